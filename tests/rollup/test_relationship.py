"""The ladder: rising, dropping, forgiving, leaving and coming back (E10 to E17)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import pytest

from palvelumittari.formats import dumps, loads
from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.episode import Episode, RecoveryState
from palvelumittari.records.relationship import MoveCause, Relationship, RelationStep
from palvelumittari.records.rubric import Role
from palvelumittari.records.verdict import Finding, Outcome, Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup import emotional_among, make_relationship
from palvelumittari.rollup.relationship import AFTERCARE, EMOTIONAL
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

Met = Callable[..., Encounter]
Scored = Callable[[float | None], Verdict]
Matter = Callable[..., Episode]

VG, G, N, P, VP = 90.0, 70.0, 50.0, 30.0, 10.0


def finding(criterion: str, fulfilment: float) -> Finding:
    """A bonus that was earned on evidence."""
    return Finding(
        criterion=criterion,
        title=Text(FrozenMap({"en": criterion.partition("/")[2]})),
        role=Role.BONUS,
        weight=1,
        outcome=Outcome.MET,
        fulfilment=fulfilment,
        rating=fulfilment,
        points=fulfilment,
        judged=True,
        on_evidence=True,
        reason=Text(FrozenMap({"en": "It happened."})),
    )


def touching(verdict: Verdict) -> Verdict:
    """The same with a positive surprise."""
    return attrs.evolve(verdict, findings=(finding("service/positive-surprise", 1.0),))


def cared(verdict: Verdict, fulfilment: float) -> Verdict:
    """The same with aftercare."""
    return attrs.evolve(verdict, findings=(finding(AFTERCARE, fulfilment),))


def climbed(scored: Scored, scores: Sequence[float | None], start: str | None = None) -> Relationship:
    """The relationship after verdicts of these scores."""
    return make_relationship([scored(score) for score in scores], start=start)


def causes(relationship: Relationship) -> list[MoveCause]:
    """Why each move was made."""
    return [move.cause for move in relationship.moves]


def test_there_are_five_steps_and_the_door() -> None:
    """E10: from a chance visitor to one who spreads the word."""
    assert [(step.value, step.number) for step in RelationStep] == [
        ("former", 0),
        ("consumer", 1),
        ("trier", 2),
        ("customer", 3),
        ("loyalist", 4),
        ("advocate", 5),
    ]


@pytest.mark.parametrize(
    ("start", "scores", "step"),
    [
        ("consumer", [VG], "trier"),
        ("consumer", [G], "consumer"),
        ("consumer", [G, G], "trier"),
        ("consumer", [N, N, N], "consumer"),
        ("trier", [VG], "customer"),
        ("customer", [VG], "customer"),
        ("customer", [VG, G, G], "loyalist"),
        ("consumer", [VG, VG, VG, VG], "loyalist"),
        ("loyalist", [G] * 5, "loyalist"),
    ],
)
def test_enough_good_leads_a_step_up(scored: Scored, start: str, scores: list[float], step: str) -> None:
    """One, one, two and three; a step begins with nothing."""
    relationship = climbed(scored, scores, start)
    assert relationship.step == step
    if relationship.moves[-1].cause is MoveCause.ROSE:
        assert relationship.balance == 0


def test_the_highest_step_asks_for_emotion(scored: Scored) -> None:
    """E11: three very good encounters lead nowhere unless they touched; the third that does opens the step."""
    history = [scored(VG)] * 3
    plain = make_relationship(history, start="loyalist")
    assert (plain.step, causes(plain)[-1]) == (RelationStep.LOYALIST, MoveCause.LACKS_EMOTION)
    more = make_relationship([*history, *[touching(scored(VG))] * 3], start="loyalist")
    assert (more.step, causes(more)[-2:]) == (RelationStep.ADVOCATE, [MoveCause.LACKS_EMOTION, MoveCause.ROSE])
    assert more.emotional_count == 3
    assert "Touched by: positive-surprise." in more.explain()
    good = make_relationship([touching(scored(G))] * 6, start="loyalist")
    assert (good.step, good.emotional_count) == (RelationStep.LOYALIST, 0)


@pytest.mark.parametrize("start", ["loyalist", "advocate"])
@pytest.mark.parametrize("score", [P, VP])
def test_one_bad_encounter_is_forgiven_on_the_highest_steps(scored: Scored, start: str, score: float) -> None:
    """E12: an occasional bad one does not spoil it, but is remembered in the balance."""
    relationship = climbed(scored, [G, score, G, G, G, G, score], start)
    assert relationship.step == start
    assert causes(relationship).count(MoveCause.FORGIVEN) == 2
    assert relationship.moves[1].change == (-1 if score == P else -2)


def test_two_bad_ones_among_five_cost_a_step(scored: Scored) -> None:
    """And with the step what was held against the firm is paid."""
    relationship = climbed(scored, [P, G, G, G, P, P], "advocate")
    assert [move.after.value for move in relationship.moves] == ["advocate"] * 4 + ["loyalist"] * 2
    assert causes(relationship)[-2:] == [MoveCause.TWO_BAD, MoveCause.FORGIVEN]
    assert relationship.moves[4].balance == 0


def test_who_rises_forgets_no_bad_encounter(scored: Scored) -> None:
    """The second bad one among five costs the highest step even if it was reached between the two."""
    touched = [touching(scored(VG))] * 2
    relationship = make_relationship([*touched, scored(P), *touched, scored(VP)], start="loyalist")
    assert [move.after.value for move in relationship.moves][-3:] == ["loyalist", "advocate", "loyalist"]
    assert causes(relationship)[-1] is MoveCause.TWO_BAD


@pytest.mark.parametrize(
    ("start", "score", "step", "cause"),
    [
        ("consumer", P, "former", MoveCause.POOR),
        ("trier", P, "consumer", MoveCause.POOR),
        ("customer", P, "trier", MoveCause.POOR),
        ("consumer", VP, "former", MoveCause.VERY_POOR),
        ("customer", VP, "former", MoveCause.VERY_POOR),
    ],
)
def test_on_the_lower_steps_one_bad_encounter_may_ruin_all(
    scored: Scored, start: str, score: float, step: str, cause: MoveCause
) -> None:
    """E13: poor costs a step, very poor the customer."""
    relationship = climbed(scored, [score], start)
    assert (relationship.step, causes(relationship)) == (step, [cause])


def lost(matter: Matter, met: Met, control: str) -> Episode:
    """A failure that nobody put right."""
    episode = matter([met("system fault", "customer leave", failure_control=control)], [20.0])
    assert episode.state is RecoveryState.UNRECOVERED
    return episode


def test_an_unrecovered_failure_costs_the_customer(matter: Matter, met: Met) -> None:
    """On the lower steps whatever its cause; on the higher ones only if the firm could have prevented it."""
    low, high = lost(matter, met, "low"), lost(matter, met, "high")
    assert make_relationship([low], start="customer").step is RelationStep.FORMER
    forgiven = make_relationship([low], start="advocate")
    assert (forgiven.step, forgiven.balance, causes(forgiven)) == (RelationStep.ADVOCATE, -3, [MoveCause.FORGIVEN])
    betrayed = make_relationship([high], start="advocate")
    assert (betrayed.step, causes(betrayed)) == (RelationStep.LOYALIST, [MoveCause.BETRAYED])


def test_an_episode_that_ends_well_counts_by_its_band(matter: Matter, met: Met) -> None:
    """One matter, one move: not each encounter of it."""
    lines = ("0:00 system fault", "0:01 server apologise", "0:02 server explain", "0:03 server fix")
    good = matter([met(*lines, severity=0.2)], [70.0])
    relationship = make_relationship([good, good], start="consumer", names=True)
    assert [move.change for move in relationship.moves] == [0.5, 0.5]
    assert relationship.step is RelationStep.TRIER
    assert relationship.moves[1].encounter.number == 2


def test_whoever_comes_back_begins_anew(scored: Scored) -> None:
    """A later encounter shows that the customer did."""
    relationship = climbed(scored, [VP, G, VP, P], "customer")
    assert [move.after.value for move in relationship.moves] == ["former", "consumer", "former", "former"]
    assert causes(relationship) == [MoveCause.VERY_POOR, MoveCause.RETURNED, MoveCause.VERY_POOR, MoveCause.POOR]
    assert relationship.needed is None
    assert relationship.explain().startswith("No longer a customer (former customer; step 0)")


@pytest.mark.parametrize(("fulfilment", "change"), [(1.0, 0.25), (0.2, 0.05)])
def test_aftercare_adds_to_the_balance(scored: Scored, fulfilment: float, change: float) -> None:
    """E15 to E17: a call or a card more than a mass greeting."""
    relationship = make_relationship([cared(scored(N), fulfilment)])
    (move,) = relationship.moves
    assert (move.change, move.aftercare, relationship.aftercare_count) == (change, change, 1)
    assert "No aftercare" not in relationship.explain()


def test_missing_aftercare_is_flagged_and_costs_nothing(scored: Scored) -> None:
    """E14: nothing to judge, nothing taken off."""
    relationship = climbed(scored, [None], "customer")
    assert (relationship.balance, relationship.step, causes(relationship)) == (0, "customer", [MoveCause.NO_SCORE])
    assert relationship.aftercare_count == 0
    assert "No aftercare in any of them: nothing is taken off for that" in relationship.explain()


def test_what_takes_the_place_of_a_touching_criterion_touches(meter: Meter) -> None:
    """Through chains, and nothing else does."""
    parents = {"a/x": ("a/y",), "a/y": ("service/companions",), "a/z": ("service/pace",)}
    plain = meter.rubric("service").criteria[0]
    some = [attrs.evolve(plain, id=name, refines=refined) for name, refined in parents.items()]
    assert emotional_among(some) == EMOTIONAL | {"a/x", "a/y"}


def test_every_touching_criterion_is_there(meter: Meter) -> None:
    """A renamed one would silently touch no longer."""
    known = {criterion.id for criterion in meter.rubric("service").criteria}
    assert {*EMOTIONAL, AFTERCARE} <= known
    in_salon = {each.id for each in meter.rubric("salon").criteria if "service/companions" in each.refines}
    assert in_salon
    assert in_salon <= meter.emotional_criteria


def test_a_relationship_reads_back_the_same_and_names_nobody(scored: Scored, vocabulary: Vocabulary) -> None:
    """Ids only if asked for."""
    history = [touching(scored(VG)), cared(scored(G), 1.0), scored(P)]
    private, named = make_relationship(history), make_relationship(history, names=True)
    assert loads(dumps(private), Relationship, vocabulary=vocabulary) == private
    assert "kunigunde" not in dumps(private)
    assert named.moves[0].encounter.id == "kunigunde"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Step 2 of 5, trier, after a history of 1 (began as chance visitor)"),
        ("fi", "Porras 2/5, kokeilija. Takana kohtaamisia tai asioita: 1 (alussa kuluttaja)"),
        ("sv", "Steg 2 av 5, prövare, efter en historia på 1 (började som konsument)"),
    ],
)
def test_it_explains_itself(scored: Scored, language: str, told: str) -> None:
    """In three languages."""
    assert climbed(scored, [VG]).explain(language).startswith(told)


def test_the_start_is_told_where_it_is_assumed(scored: Scored) -> None:
    """And only there."""
    line = "Assumed to begin as chance visitor: nobody noted the step (customer.relationship)"
    assert line in climbed(scored, [G]).explain()
    assert line not in climbed(scored, [G], "consumer").explain()
    assert "How the customer came there" not in make_relationship([]).explain()


def test_a_loyal_customer_sees_how_far_the_last_step_is(scored: Scored) -> None:
    """The balance and what must touch."""
    text = climbed(scored, [G], "loyalist").explain()
    assert "Balance +0.50; the next step takes 3.00" in text
    assert "Very good encounters that touched the customer: 0; the highest step takes 3" in text
