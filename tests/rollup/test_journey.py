"""Journeys: peak, low point and end apart, the spread, what was worst, and the hand-overs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import pytest

from palvelumittari.formats import dumps, loads
from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.journey import Journey, JourneyCourse
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup import make_journey
from palvelumittari.words.errors import EncounterError

Met = Callable[..., Encounter]
Scored = Callable[[float | None], Verdict]


def gone(scored: Scored, scores: Sequence[float | None]) -> Journey:
    """The journey of verdicts with these scores."""
    return make_journey([scored(score) for score in scores])


def test_the_figures_stand_apart(scored: Scored) -> None:
    """Of equals the first; what has no score is counted and left out."""
    journey = gone(scored, [70.0, 90.0, 10.0, 90.0, 10.0, 50.0, None])
    assert (journey.peak, journey.trough, journey.end, journey.mean) == (2, 3, 6, 53.3)
    assert dict(journey.bands) == {"very_good": 2, "good": 1, "neutral": 1, "poor": 0, "very_poor": 2, "none": 1}
    assert journey.below_good_count == 3
    assert journey.stop(3).encounter.score == 10.0


@pytest.mark.parametrize(
    ("scores", "course", "told"),
    [
        ([70.0, 75.0], JourneyCourse.EVEN, "The encounters were all alike."),
        ([30.0, 50.0, None, 70.0], JourneyCourse.RISING, "It got better all the way."),
        ([70.0, 70.0, 30.0], JourneyCourse.FALLING, "It got worse all the way."),
        ([70.0, 30.0, 70.0], JourneyCourse.MIXED, "It went up and down."),
    ],
)
def test_how_it_went(scored: Scored, scores: list[float | None], course: JourneyCourse, told: str) -> None:
    """By bands, for scores within a band differ by chance."""
    journey = gone(scored, scores)
    assert journey.course is course
    assert f"\n  {told}\n" in journey.explain()
    assert ("It ended at its lowest point." in journey.explain()) is (scores[-1] == 30.0)


def test_without_a_score_there_are_no_figures(scored: Scored) -> None:
    """And the text says so."""
    journey = gone(scored, [None])
    assert (journey.peak, journey.trough, journey.end, journey.mean, journey.course) == (None,) * 5
    assert journey.explain().splitlines()[:2] == ["Journey: 1 no score. Encounters: 1", "  No encounter got a score."]


def test_what_was_worst_is_told_with_its_reason(meter: Meter, met: Met) -> None:
    """The criterion that cost most, why, and what would have been better."""
    encounters = [met("customer ask", "server answer"), met("customer ask", "server refer_cold", "customer leave")]
    journey = meter.journey(encounters)
    assert journey.trough == 2
    worst = journey.stop(2).worst
    assert worst is not None
    verdict = meter.score(encounters[1])
    assert worst.points == min(finding.points for finding in verdict.findings)
    assert journey.stop(1).best is not None
    assert worst.reason.said_in("en") in journey.explain()
    assert f"Better: {worst.advice}" in journey.explain()
    without = attrs.evolve(journey.stop(2), worst=attrs.evolve(worst, advice=None))
    assert "Better:" not in attrs.evolve(journey, stops=(journey.stop(1), without)).explain()


def test_hand_overs_are_told_with_who_sent_the_customer_on(vocabulary: Vocabulary, met: Met, scored: Scored) -> None:
    """Another place, another channel, both, or only sent on; nothing where all stays as it was."""
    encounters = [met("server refer_cold", "server refer_number", "customer refer_cold"), *[met("server greet")] * 4]
    places = [("a", "phone"), ("a", "phone"), ("b", "phone"), ("b", "chat"), ("c", "email"), ("c", "email")]
    verdicts = [attrs.evolve(scored(50.0), sector=sector, channel=channel) for sector, channel in places]
    journey = make_journey(verdicts, encounters=[*encounters, met("server greet")], vocabulary=vocabulary)
    found = [(each.before, each.after, each.sector, each.channel) for each in journey.hand_overs]
    assert found == [(1, 2, False, False), (2, 3, True, False), (3, 4, False, True), (4, 5, True, True)]
    first = journey.hand_overs[0].by
    assert first is not None
    assert (first.act, first.event) == ("refer_number", 1)
    text = journey.explain()
    title = vocabulary.title("refer_number").said_in("en")
    assert f"encounter 1 → encounter 2: sent on. Last sent on by “{title}”." in text
    assert "encounter 2 → encounter 3: another place." in text
    assert "encounter 3 → encounter 4: another channel." in text
    assert "encounter 4 → encounter 5: another place and another channel." in text
    bare = make_journey(verdicts)
    assert [each.before for each in bare.hand_overs] == [2, 3, 4]


def test_a_journey_needs_verdicts(scored: Scored, met: Met) -> None:
    """And as many encounters, or none."""
    with pytest.raises(EncounterError, match="no journey can be made of this\n    found 0 verdicts and 0 encounters"):
        make_journey([])
    with pytest.raises(EncounterError, match="found 1 verdicts and 2 encounters"):
        make_journey([scored(50.0)], encounters=[met("server greet")] * 2)


def test_a_journey_reads_back_the_same_and_names_nobody(meter: Meter, met: Met, vocabulary: Vocabulary) -> None:
    """Neither ids nor words, unless asked for."""
    encounters = [met("customer ask: Am I Anna?", "server refer_cold: Ask Pekka"), met("server greet", channel="phone")]
    private, named = meter.journey(encounters), meter.journey(encounters, names=True)
    assert loads(dumps(private), Journey, vocabulary=vocabulary) == private
    assert not any(name in dumps(private) for name in ("Anna", "Pekka", "kunigunde"))
    assert named.stop(1).encounter.id == "kunigunde"
    assert "Pekka" in dumps(named)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Journey: 1 good, 1 very poor. Encounters: 2"),
        ("fi", "Asiakaspolku: 1 hyvä, 1 erittäin huono. Kohtaamisia: 2"),
        ("sv", "Kundresa: 1 bra, 1 mycket dålig. Möten: 2"),
    ],
)
def test_it_explains_itself(scored: Scored, language: str, told: str) -> None:
    """In three languages."""
    assert gone(scored, [70.0, 10.0]).explain(language).startswith(told + "\n")
