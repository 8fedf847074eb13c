"""Word of mouth: how many hear of it, how surely, and that it never touches a score."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.formats import dumps, loads
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.episode import Episode, RecoveryState
from palvelumittari.records.relationship import RelationStep
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.records.word_of_mouth import TellingModel, WordOfMouth
from palvelumittari.rollup import Telling, make_word_of_mouth
from palvelumittari.words.errors import EncounterError

Met = Callable[..., Encounter]
Scored = Callable[[float | None], Verdict]
Matter = Callable[..., Episode]


@pytest.mark.parametrize(("score", "told"), [(100.0, 5), (75.0, 1.25), (50.0, 0), (25.0, 2.5), (0.0, 10)])
def test_how_many_hear_of_it(scored: Scored, score: float, told: float) -> None:
    """A U that is steeper on the bad side."""
    assert make_word_of_mouth(scored(score)).told == told


@pytest.mark.parametrize("distance", [5.0, 20.0, 45.0])
def test_bad_is_told_to_twice_as_many_as_good(scored: Scored, distance: float) -> None:
    """B16: the negative sticks."""
    good, bad = (make_word_of_mouth(scored(50 + sign * distance)) for sign in (1, -1))
    assert bad.told == pytest.approx(2 * good.told, abs=0.001)


@pytest.mark.parametrize(
    ("state", "stories", "evidence"),
    [
        (RecoveryState.OK, 0.33, 0.33),
        (RecoveryState.RECOVERED, 0.70, 0.33),
        (RecoveryState.RECONCILED, 0.70, 0.33),
        (RecoveryState.UNRECOVERED, 0.95, 0.95),
        (RecoveryState.FAILED, 0.95, 0.95),
        (RecoveryState.DOUBLE_DEVIATION, 0.95, 0.95),
    ],
)
def test_how_surely_it_is_told(state: RecoveryState, stories: float, evidence: float) -> None:
    """Maybe, probably, surely; research sees no gain from a recovery."""
    assert Telling().probability(state, TellingModel.STORIES) == stories
    assert Telling().probability(state, TellingModel.EVIDENCE) == evidence


def test_an_episode_brings_its_state(matter: Matter, met: Met) -> None:
    """Put right is told on by the stories' rule."""
    episode = matter([met("system fault", "server fix")], [60.0])
    assert make_word_of_mouth(episode).probability == 0.70
    assert make_word_of_mouth(episode, model="evidence").probability == 0.33


def test_by_the_evidence_a_recovery_makes_no_more_talk(matter: Matter, met: Met) -> None:
    """It may leave the customer more content than before the failure; more people do not hear of it for that."""
    episode = matter([met("customer request", "server serve"), met("system fault", "server fix #again")], [50.0, 30.0])
    assert episode.before == 0
    assert episode.score is not None
    assert episode.score > 50
    assert make_word_of_mouth(episode).told > 0
    evidence = make_word_of_mouth(episode, model="evidence")
    assert (evidence.standing, evidence.told) == (0, 0)


def test_by_the_evidence_what_was_not_made_good_is_told_as_bad(matter: Matter, met: Met) -> None:
    """The standing before the failure is a ceiling, no floor."""
    episode = matter([met("customer request", "server serve"), met("system fault")], [50.0, 30.0])
    stories, evidence = make_word_of_mouth(episode), make_word_of_mouth(episode, model="evidence")
    assert evidence.standing == stories.standing < 0


@pytest.mark.parametrize(("score", "state"), [(20.0, RecoveryState.FAILED), (50.0, RecoveryState.OK)])
def test_a_verdict_knows_no_repair(scored: Scored, score: float, state: RecoveryState) -> None:
    """Below neutral it counts as a failure that stands."""
    assert make_word_of_mouth(scored(score)).state is state


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (None, 5),
        (RelationStep.FORMER, 1.667),
        (RelationStep.CONSUMER, 1.667),
        (RelationStep.CUSTOMER, 5),
        (RelationStep.ADVOCATE, 8.333),
    ],
)
def test_commitment_tells_more_people(scored: Scored, step: RelationStep | None, told: float) -> None:
    """In proportion to the step; how surely it is told stays."""
    found = make_word_of_mouth(scored(100.0), step=step)
    assert (found.told, found.probability) == (told, 0.33)


def test_the_numbers_may_be_others(scored: Scored) -> None:
    """They are assumptions."""
    numbers = Telling(base=1, gain=2, loss=3)
    found = make_word_of_mouth(scored(0.0), numbers=numbers)
    assert (found.told, found.base, found.gain, found.loss) == (4, 1, 2, 3)


def test_nothing_is_said_without_a_score(scored: Scored) -> None:
    """No score is not neutral."""
    with pytest.raises(EncounterError, match="nothing can be said of word of mouth"):
        make_word_of_mouth(scored(None))


@pytest.mark.parametrize(
    ("score", "language", "lines"),
    [
        (100.0, "en", ["Told as something good to about 5.0 people", "by the rule of the stories: 33%"]),
        (0.0, "fi", ["Kerrotaan huonona noin 10,0 ihmiselle", "tarinoiden säännön mukaan: 95\N{NO-BREAK SPACE}%"]),
        (50.0, "sv", ["Varken gott eller dåligt: berättas för ungefär 0,0 personer", "33\N{NO-BREAK SPACE}%"]),
    ],
)
def test_it_explains_itself(scored: Scored, score: float, language: str, lines: list[str]) -> None:
    """In three languages, under a heading that says where it stands."""
    text = make_word_of_mouth(scored(score)).explain(language)
    assert all(line in text for line in lines)


def test_it_reads_back_the_same(scored: Scored, vocabulary: Vocabulary) -> None:
    """Whatever the model."""
    for model in TellingModel:
        found = make_word_of_mouth(scored(70.0), model=model, step=RelationStep.LOYALIST)
        assert loads(dumps(found), WordOfMouth, vocabulary=vocabulary) == found
    assert "by what research found" in make_word_of_mouth(scored(70.0), model="evidence").explain()
