"""Shifts: the spread, the worst tenth, the trend with its margin, quiet hours against rush, faults, and who served."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import pytest

from palvelumittari.formats import dumps, loads
from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.figures import Pace
from palvelumittari.records.shift import Shift
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup import make_shift
from palvelumittari.words.errors import EncounterError
from palvelumittari.words.frozen import FrozenMap

Met = Callable[..., Encounter]
Scored = Callable[[float | None], Verdict]


def worked(scored: Scored, scores: Sequence[float | None], **options: object) -> Shift:
    """The shift of verdicts with these scores."""
    return make_shift([scored(score) for score in scores], **options)  # type: ignore[arg-type]


def by_server(met: Met, *names: str | None) -> list[Encounter]:
    """An encounter for each name, served by whoever bears it."""
    return [attrs.evolve(met("customer arrive"), server={} if name is None else {"id": name}) for name in names]


def test_the_spread_and_the_worst_tenth(scored: Scored) -> None:
    """The mean is one line among others; what has no score is counted and left out."""
    shift = worked(scored, [70.0, 90.0, None, 10.0, *[60.0] * 8])
    assert dict(shift.spread.bands) == {
        **{"very_good": 1, "good": 9, "neutral": 0, "poor": 0, "very_poor": 1},
        "none": 1,
    }
    assert (shift.spread.count, shift.spread.scored_count) == (12, 11)
    assert shift.spread.below_good_share == pytest.approx(1 / 11, abs=1e-6)
    assert (shift.spread.mean, shift.spread.median) == (59.1, 60.0)
    assert shift.worst is not None
    assert [(ref.number, ref.score) for ref in shift.worst.encounters] == [(4, 10.0), (5, 60.0)]
    assert shift.worst.mean == 35.0


def test_one_bad_encounter_does_not_drown_in_the_mean(scored: Scored) -> None:
    """Row D14: two shifts with one mean are told apart."""
    even, uneven = worked(scored, [66.0] * 10), worked(scored, [72.0] * 9 + [12.0])
    assert even.spread.mean == uneven.spread.mean == 66.0
    assert "Below good: 0% of those scored (10)" in even.explain()
    assert "Below good: 10% of those scored (10)" in uneven.explain()
    assert "Worst tenth: mean 12.0 (encounter 10: 12.0, very poor)" in uneven.explain()


def test_the_touch_that_fades(scored: Scored) -> None:
    """Row D14: a shift that starts well and ends badly has a trend, and how sure it is."""
    shift = worked(scored, [85.0, 80.0, 78.0, 70.0, 66.0, 60.0, 57.0, 50.0])
    assert shift.trend is not None
    assert shift.trend.is_sure
    assert shift.trend.pace is Pace.ENCOUNTER
    assert shift.trend.slope == pytest.approx(-5.0, abs=0.1)
    assert "It got worse over the shift: −5.0 points for each encounter (95 %: −5.5 to −4.5)." in shift.explain()


def test_a_trend_by_the_clock(scored: Scored, met: Met) -> None:
    """Where all encounters say when they began, the trend is one of hours."""
    starts = [f"2026-11-21T{8 + hour:02}:00:00" for hour in (0, 2, 4, 6, 8)]
    encounters = [met("customer arrive", started=start) for start in starts]
    shift = worked(scored, [50.0, 54.0, 58.0, 62.0, 66.0], encounters=encounters)
    assert shift.trend is not None
    assert (shift.trend.pace, shift.trend.slope) == (Pace.HOUR, 2.0)
    assert "It got better over the shift: +2.0 points for each hour (95 %: 2.0 to 2.0)." in shift.explain()


@pytest.mark.parametrize("starts", [["2026-11-21T08:00:00"] * 5, ["2026-11-21T08:00:00", *[None] * 4]])
def test_no_clock_no_hours(scored: Scored, met: Met, starts: list[str | None]) -> None:
    """All at one time, or not all with a time: then the order of the encounters is all that is known."""
    encounters = [met("customer arrive", started=start) for start in starts]
    shift = worked(scored, [50.0, 54.0, 58.0, 62.0, 66.0], encounters=encounters)
    assert shift.trend is not None
    assert shift.trend.pace is Pace.ENCOUNTER


def test_noise_is_no_trend(scored: Scored) -> None:
    """Up and down leaves the direction open; four encounters leave everything open."""
    assert "No clear trend over the shift" in worked(scored, [50.0, 80.0, 40.0, 75.0, 55.0, 62.0]).explain()
    assert "Too few scored encounters for a trend." in worked(scored, [50.0, 80.0, 40.0, None]).explain()


def test_the_rush_beside_the_quiet_hours(scored: Scored, met: Met) -> None:
    """By the pace that was noted, else by whether anybody waited; the difference has its interval."""
    quiet = [met("customer arrive", pace="quiet")] * 3 + [met("customer arrive", queue=0)] * 3
    rush = [met("customer arrive", pace="busy")] * 3 + [met("customer arrive", queue=4)] * 3
    scores = [80.0, 82.0, 78.0, 81.0, 79.0, 80.0, 50.0, 45.0, 55.0, 52.0, 48.0, 50.0, 30.0]
    shift = worked(scored, scores, encounters=[*quiet, *rush, met("customer arrive")])
    assert (shift.hours["quiet"].mean, shift.hours["rush"].mean) == (80.0, 50.0)
    assert (shift.hours["quiet"].count, shift.hours["rush"].count) == (6, 6)
    assert shift.rush_interval is not None
    assert shift.rush_interval.low < -30 < shift.rush_interval.high < 0
    assert "In the rush the score is lower" in shift.explain()
    turned = worked(scored, [*scores[6:12], *scores[:6], 30.0], encounters=[*quiet, *rush, met("customer arrive")])
    assert "In the rush the score is higher" in turned.explain()
    alike = worked(scored, [50.0, 60.0] * 6 + [30.0], encounters=[*quiet, *rush, met("customer arrive")])
    assert "Between the two no difference is sure" in alike.explain()


def test_too_few_in_the_rush_are_not_compared(scored: Scored, met: Met) -> None:
    """The figures are shown, with how many encounters they rest on; no difference is claimed."""
    encounters = [met("customer arrive", queue=0)] * 5 + [met("customer arrive", queue=3)]
    shift = worked(scored, [70.0] * 5 + [20.0], encounters=encounters)
    assert shift.rush_interval is None
    assert "Rush: 100% below good, mean 20.0, encounters scored: 1" in shift.explain()


def test_a_rush_without_scores_is_said(scored: Scored, met: Met) -> None:
    """Not a share of nothing."""
    shift = worked(scored, [None], encounters=[met("customer arrive", queue=3)])
    assert "Rush: no encounter got a score (1)" in shift.explain()
    assert "No encounter got a score." in shift.explain()
    assert (shift.worst, shift.trend, shift.spread.mean) == (None, None, None)


def test_what_cost_most(meter: Meter, met: Met) -> None:
    """Criteria by all points lost in the shift, with how often they fell short of how often they were judged."""
    left = meter.score(met("customer complain", "server small_talk", "customer say", "server recite"))
    heard = meter.score(met("customer ask", "server answer"))
    shift = make_shift([left, heard])
    fault = next(each for each in shift.faults if each.criterion == "service/response")
    lost = -left.finding("service/response").points
    assert (fault.count, fault.judged_count, fault.points) == (1, 2, pytest.approx(-lost))
    assert fault.advice is not None
    assert "Listening and responding: fell short in 1 of 2 [service/response]" in shift.explain()
    assert [each.points for each in shift.faults] == sorted(each.points for each in shift.faults)


def test_ranks_take_nine_encounters(scored: Scored, met: Met) -> None:
    """Below that a person is told how many there are, and no place."""
    names = ["anna"] * 9 + ["bertta"] * 9 + ["cecilia"] * 8 + [None]
    scores = [70.0] * 9 + [70.0] * 6 + [30.0] * 3 + [90.0] * 8 + [10.0]
    shift = worked(scored, scores, encounters=by_server(met, *names), by="id")
    assert [(each.number, each.rank, each.spread.scored_count) for each in shift.workers] == [
        (1, 1, 9),
        (2, 2, 9),
        (3, None, 8),
    ]
    text = shift.explain()
    assert "server 2: 33% below good, mean 56.7, encounters scored: 9; place 2, share below good 95 %: " in text
    assert "server 3: 0% below good, mean 90.0, encounters scored: 8; no ranking: that takes at least 9" in text


def test_equals_share_a_place(scored: Scored, met: Met) -> None:
    """And the minimum may be set."""
    encounters = by_server(met, *["anna", "bertta", "cecilia"] * 2)
    shift = worked(scored, [70.0, 70.0, 30.0] * 2, encounters=encounters, by="id", least_for_ranking=2)
    assert [each.rank for each in shift.workers] == [1, 1, 3]


def test_nobody_is_named_unless_asked(scored: Scored, met: Met) -> None:
    """Neither servers nor encounters, in no language and no file."""
    encounters = by_server(met, *["anna"] * 3)
    silent = worked(scored, [70.0, 60.0, 20.0], encounters=encounters, by="id")
    said = "".join([silent.explain("en"), silent.explain("fi"), silent.explain("sv"), dumps(silent)])
    assert "anna" not in said
    assert "kunigunde" not in said
    named = worked(scored, [70.0, 60.0, 20.0], encounters=encounters, by="id", names=True)
    assert "anna: 33% below good" in named.explain()
    assert "kunigunde" in named.explain()


@pytest.mark.parametrize("options", [{"by": "id"}, {"encounters": 3}])
def test_what_no_shift_can_be_made_of(scored: Scored, met: Met, options: dict[str, object]) -> None:
    """Grouping without encounters, or another number of them than of verdicts."""
    if "encounters" in options:
        options = {"encounters": [met("customer arrive")] * 3}
    with pytest.raises(EncounterError, match="no shift can be made of this"):
        worked(scored, [70.0], **options)
    with pytest.raises(EncounterError, match="0 verdicts"):
        make_shift([])


def test_a_shift_loads_again(scored: Scored, met: Met, vocabulary: Vocabulary) -> None:
    """Nothing is lost."""
    names = ["anna"] * 9 + ["bertta"] * 3
    scores = [*range(10, 100, 10), 20.0, None, 80.0]
    encounters = by_server(met, *names)
    shift = worked(scored, scores, encounters=encounters, by="id", names=True)
    assert loads(dumps(shift), Shift, vocabulary=vocabulary) == shift
    assert FrozenMap(shift.spread.bands) == loads(dumps(shift), Shift, vocabulary=vocabulary).spread.bands


@pytest.mark.parametrize(("language", "head"), [("fi", "Vuoro: 1 hyvä, 1 huono. "), ("sv", "Skift: 1 bra, 1 dålig. ")])
def test_a_shift_in_other_languages(scored: Scored, language: str, head: str) -> None:
    """Every line is said in the reader's language."""
    assert worked(scored, [70.0, 30.0]).explain(language).startswith(head)
