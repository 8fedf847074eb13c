"""The laws of events: what may be changed in a record without changing its verdict, and what nothing may earn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import palvelumittari as pm
from palvelumittari.records.measure import Shows
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import judge
from palvelumittari.report.verdicts import Versions, make_verdict
from palvelumittari.scoring import Settled, all_weight, judged_weight, not_judged_weight, settle, tally
from palvelumittari.testing import encounters
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import LANGUAGES

METER = pm.Meter()
ANOTHER_METER = pm.Meter()
VOCABULARY = METER.vocabulary
SERVICE = encounters(VOCABULARY)
RANDOM = settings(max_examples=60, deadline=None)


def _scored(encounter: pm.Encounter) -> pm.Verdict:
    return METER.score(encounter)


def _judged(verdict: pm.Verdict) -> list[object]:
    """What a verdict says, without the words and times that repeat its events."""
    findings = [
        attrs.evolve(
            finding,
            reason=pm.Text({}),
            evidence=tuple(attrs.evolve(each, at_ms=None, text=None) for each in finding.evidence),
        )
        for finding in verdict.findings
    ]
    return [verdict.score, verdict.calculated_score, verdict.band, verdict.gates, verdict.readings, findings]


def _changed(encounter: pm.Encounter, change: Callable[[pm.Event], pm.Event]) -> pm.Encounter:
    return attrs.evolve(encounter, events=tuple(map(change, encounter.events)))


@RANDOM
@given(SERVICE, st.integers(1, 10_000_000))
def test_shifting_all_times_changes_nothing(encounter: pm.Encounter, by_ms: int) -> None:
    """Only distances between events count (a window from the start of the record stands in no shipped rubric)."""

    def shift(at_ms: int | None) -> int | None:
        return None if at_ms is None else at_ms + by_ms

    later = _changed(encounter, lambda event: attrs.evolve(event, at_ms=shift(event.at_ms)))
    later = attrs.evolve(later, ends_ms=shift(encounter.ends_ms))
    assert _judged(_scored(later)) == _judged(_scored(encounter))


def test_no_shipped_rubric_counts_from_the_start_of_the_record() -> None:
    """So that shifting times changes nothing: `within` without `after` is anchored at 0:00."""
    for name in METER.catalog.rubrics:
        shows = [each.measure for each in METER.rubric(name).criteria if isinstance(each.measure, Shows)]
        assert not any(each.within is not None and each.within.within_ms and each.after is None for each in shows)


@RANDOM
@given(SERVICE, st.none() | st.text(min_size=1, max_size=5))
def test_renaming_people_changes_nothing(encounter: pm.Encounter, name: str | None) -> None:
    """Neither who did it nor which server it was."""
    renamed = _changed(encounter, lambda event: attrs.evolve(event, who=name))
    renamed = attrs.evolve(renamed, server={"id": name or "x"})
    assert _scored(renamed) == _scored(encounter)


@RANDOM
@given(SERVICE, st.integers(2, 50))
def test_stretching_durations_that_nothing_reads_changes_nothing(encounter: pm.Encounter, times: int) -> None:
    """The universal rubric compares no durations."""
    rubric = METER.rubric("service")
    assert not any(isinstance(each.measure, Shows) and each.measure.longer for each in rubric.criteria)

    def stretch(event: pm.Event) -> pm.Event:
        return attrs.evolve(event, lasts_ms=None if event.lasts_ms is None else event.lasts_ms * times)

    assert _scored(_changed(encounter, stretch)) == _scored(encounter)


@RANDOM
@given(encounters(VOCABULARY, max_events=0))
def test_no_events_no_score(encounter: pm.Encounter) -> None:
    """Whatever is declared about customer, setting and record."""
    verdict = _scored(encounter)
    assert (verdict.score, verdict.band, verdict.status) == (None, None, pm.Status.NO_SCORE)


@RANDOM
@given(SERVICE, st.sampled_from(["fi", "sv-FI", "en", "xx"]))
def test_the_language_of_a_record_changes_nothing(encounter: pm.Encounter, language: str) -> None:
    """Nobody is served better in one language than in another."""
    assert _scored(attrs.evolve(encounter, language=language)) == _scored(encounter)


@RANDOM
@given(SERVICE)
def test_coverage_and_not_judged_are_all_weight(encounter: pm.Encounter) -> None:
    """Nothing is lost between them; a verdict rounds the share to 6 places."""
    kept: list[Settled] = []

    def model(settled: Sequence[Settled], _scoring: pm.Scoring) -> pm.Tally:
        kept.extend(settled)
        return pm.Tally()

    rubric = METER.rubric("service")
    rubric = attrs.evolve(rubric, scoring=pm.Scoring(model="spy"))
    judgements = judge(encounter, rubric, VOCABULARY)
    versions = Versions(engine="0")
    verdict = make_verdict(
        encounter, rubric, judgements, VOCABULARY, versions=versions, models=FrozenMap({"spy": model})
    )
    assert judged_weight(kept) + not_judged_weight(kept) == pytest.approx(all_weight(kept))
    share = round(judged_weight(kept) / all_weight(kept), 6) if all_weight(kept) else None
    assert verdict.coverage == share


@RANDOM
@given(SERVICE)
def test_scoring_twice_gives_equal_verdicts(encounter: pm.Encounter) -> None:
    """By this meter, and by another one."""
    assert _scored(encounter) == _scored(encounter) == ANOTHER_METER.score(encounter)


@RANDOM
@given(SERVICE)
def test_a_verdict_reads_back_the_same(encounter: pm.Encounter) -> None:
    """Through JSON and back."""
    verdict = _scored(encounter)
    assert pm.loads(pm.dumps(verdict), pm.Verdict) == verdict


@RANDOM
@given(SERVICE, st.sampled_from(LANGUAGES))
def test_explain_names_what_weighed_most(encounter: pm.Encounter, language: str) -> None:
    """It never fails, and it holds the title of every counted finding among the top three, with its reason."""
    verdict = _scored(encounter)
    text = verdict.explain(language)
    counted = sorted((each for each in verdict.findings if each.counted), key=lambda each: -abs(each.points))
    for finding in counted[:3]:
        if finding.points:
            assert finding.title.said_in(language) in text
            assert finding.reason.said_in(language) in text


# --- all rubrics that are installed -------------------------------------------------------------------------------


def _sectors() -> Iterator[tuple[str | None, pm.Channel]]:
    """A sector and a channel for every rubric that anything is scored by."""
    for file in METER.catalog.rubrics.values():
        document = file.document
        for channel in document.channels or (pm.Channel.FACE_TO_FACE,):
            for sector in document.sectors or (None,):
                yield sector, channel


PLACES = sorted(set(_sectors()), key=str)
PLACE_IDS = [f"{sector}-{channel}" for sector, channel in PLACES]


@pytest.mark.parametrize(("sector", "channel"), PLACES, ids=PLACE_IDS)
@RANDOM
@given(data=st.data())
def test_every_valid_encounter_can_be_scored(sector: str | None, channel: pm.Channel, data: st.DataObject) -> None:
    """By every installed rubric, without an exception, and without an error in any criterion."""
    encounter = data.draw(encounters(VOCABULARY, sector=sector))
    verdict = _scored(attrs.evolve(encounter, channel=channel))
    assert verdict.status is not pm.Status.WITH_ERRORS
    assert all(verdict.explain(language) for language in LANGUAGES)


def _plain(sector: str | None, channel: pm.Channel) -> pm.Encounter:
    """An ordinary errand in which nothing is missed and nothing is left to answer."""
    by, other = pm.Actor.SERVER, pm.Actor.CUSTOMER
    acts = [
        *((other, "arrive"), (by, "notice"), (by, "greet"), (other, "greet"), (other, "request"), (by, "serve")),
        *((by, "state_price"), (other, "pay"), (by, "deliver"), (by, "thank"), (other, "thank"), (other, "leave")),
    ]
    return pm.Encounter(
        "plain", tuple(pm.Event(*each) for each in acts), sector=sector, channel=channel, record=pm.Record.FULL
    )


@cache
def _staff_acts(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(name for name in vocabulary.timeline_acts() if pm.Actor.SERVER in vocabulary.acts[name].by)


def _tallied(encounter: pm.Encounter, rubric: pm.Rubric) -> tuple[int | None, dict[str, float]]:
    """The rank of the band, and the ratings: a verdict without its words."""
    settled = settle([each.judgement for each in judge(encounter, rubric, VOCABULARY, METER.catalog.measures).judged])
    band = tally(settled, rubric.scoring, METER.catalog.models).band
    return None if band is None else band.rank, {each.criterion: each.rating or 0.0 for each in settled}


@pytest.mark.parametrize(("sector", "channel"), PLACES, ids=PLACE_IDS)
def test_no_free_points(sector: str | None, channel: pm.Channel) -> None:
    """One staff act without a cue, put into a plain encounter, never lifts its band unless it is listed as free.

    A plain encounter without a score stands for the middle band: an act may bring it a score, but not a good one.
    """
    plain = _plain(sector, channel)
    rubric = METER.rubric(*(ref.id for ref in _scored(plain).rubrics))
    free = {each.id for each in rubric.criteria if each.free}
    rank, ratings = _tallied(plain, rubric)
    lifted = []
    for act in _staff_acts(VOCABULARY):
        for place in (1, 4, 6, len(plain.events) - 1):
            events = (*plain.events[:place], pm.Event(pm.Actor.SERVER, act), *plain.events[place:])
            after, gains = _tallied(attrs.evolve(plain, events=events), rubric)
            is_higher = after is not None and after > (pm.Band.NEUTRAL.rank if rank is None else rank)
            if is_higher and not any(gains[each] > ratings[each] for each in free):
                lifted.append((act, place, [each for each in gains if gains[each] > ratings[each]]))
    assert lifted == []
