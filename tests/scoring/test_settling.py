"""Excuses, trials, successes without an occasion, and refinements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.records.rubric import Lifecycle, Role
from palvelumittari.records.verdict import Outcome
from palvelumittari.scoring import Judgement, Settled, settle

Judge = Callable[..., Judgement]


def _by_id(*judgements: Judgement) -> dict[str, Settled]:
    return {one.criterion: one for one in settle(judgements)}


def test_what_is_judged_gets_a_rating(judge: Judge) -> None:
    """A plain judgement keeps its outcome and fulfilment and is rated by its role."""
    (one,) = settle([judge("pace", Role.LINEAR, 2, 0.75)])
    assert (one.outcome, one.fulfilment, one.rating) == (Outcome.PARTLY, 0.75, 0.5)
    assert (one.judged, one.counted, one.on_evidence, one.judged_by) == (True, True, False, None)


def test_the_order_is_kept(judge: Judge) -> None:
    """Findings come back in the order in which they were given."""
    ids = ["b", "a", "c"]
    assert [one.criterion for one in settle([judge(name, Role.MUST, 1, 1.0) for name in ids])] == ids


@pytest.mark.parametrize(
    ("fulfilment", "cites", "on_evidence"),
    [(1.0, True, True), (1.0, False, False), (0.5, False, False), (0.0, False, True), (0.0, True, True)],
)
def test_evidence_is_a_cited_event_or_a_loss(judge: Judge, fulfilment: float, cites: bool, on_evidence: bool) -> None:
    """Absence proves nothing good, but a negative rating stands on its own."""
    (one,) = settle([judge("pace", Role.LINEAR, 2, fulfilment, cites=cites)])
    assert one.on_evidence is on_evidence


@pytest.mark.parametrize("role", [Role.MUST, Role.LINEAR, Role.PENALTY])
def test_a_situation_excuses_a_negative_rating(judge: Judge, role: Role) -> None:
    """Excused is not judged: no rating, no evidence, yet still counted in all weight."""
    (one,) = settle([judge("pace", role, 2, 0.25, excuse=True, cites=True)])
    assert (one.outcome, one.rating, one.fulfilment) == (Outcome.EXCUSED, None, None)
    assert (one.judged, one.counted, one.on_evidence) == (False, True, False)


@pytest.mark.parametrize(("role", "fulfilment"), [(Role.LINEAR, 0.5), (Role.MUST, 1.0), (Role.BONUS, 0.0)])
def test_an_excuse_takes_nothing_else_away(judge: Judge, role: Role, fulfilment: float) -> None:
    """Where the rating is not negative the excuse has no effect."""
    (one,) = settle([judge("pace", role, 2, fulfilment, excuse=True)])
    assert one.judged
    assert one.outcome is one.judgement.outcome


def test_a_success_without_an_occasion_is_met_but_not_judged(judge: Judge) -> None:
    """A vacuous success keeps its outcome and fulfilment and gets no rating."""
    (one,) = settle([judge("no-blame", Role.MUST, 2, 1.0, vacuous=True, cites=True)])
    assert (one.outcome, one.fulfilment, one.rating) == (Outcome.MET, 1.0, None)
    assert (one.judged, one.counted, one.on_evidence) == (False, True, False)


@pytest.mark.parametrize("outcome", [Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED, Outcome.UNDECIDED, Outcome.ERROR])
def test_without_a_fulfilment_nothing_is_judged(judge: Judge, outcome: Outcome) -> None:
    """The outcome stays and there is nothing to rate."""
    (one,) = settle([judge("pace", Role.LINEAR, 2, outcome, cites=True)])
    assert (one.outcome, one.rating, one.judged, one.on_evidence) == (outcome, None, False, False)


def test_a_trial_is_shown_but_not_counted(judge: Judge) -> None:
    """A trial criterion is judged like any other, yet does not count."""
    (one,) = settle([judge("new", Role.LINEAR, 2, 0.0, lifecycle=Lifecycle.TRIAL)])
    assert (one.outcome, one.rating, one.judged, one.counted) == (Outcome.MISSED, -1.0, True, False)


@pytest.mark.parametrize("fulfilment", [0.0, 0.5, 1.0])
def test_a_judged_child_refines_its_parent_away(judge: Judge, fulfilment: float) -> None:
    """Where the child is met, partly or missed, the parent is not applicable and names the child."""
    child = judge("child", Role.LINEAR, 1, fulfilment, refines=("parent",))
    parent = _by_id(judge("parent", Role.MUST, 5, 0.0, cites=True), child)["parent"]
    assert (parent.outcome, parent.judged_by) == (Outcome.NOT_APPLICABLE, "child")
    assert (parent.rating, parent.judged, parent.counted, parent.on_evidence) == (None, False, False, False)
    assert parent.judgement.outcome is Outcome.MISSED


def test_an_excused_child_refines_its_parent_away(judge: Judge) -> None:
    """What circumstances excuse in the child must not come back as the parent's loss."""
    child = judge("child", Role.LINEAR, 1, 0.0, excuse=True, refines=("parent",))
    found = _by_id(child, judge("parent", Role.LINEAR, 5, 0.0))
    assert found["child"].outcome is Outcome.EXCUSED
    assert found["parent"].judged_by == "child"


@pytest.mark.parametrize("outcome", [Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED, Outcome.UNDECIDED, Outcome.ERROR])
def test_a_child_that_is_not_judged_leaves_its_parent(judge: Judge, outcome: Outcome) -> None:
    """The parent is judged as usual."""
    found = _by_id(judge("child", Role.LINEAR, 1, outcome, refines=("parent",)), judge("parent", Role.MUST, 5, 0.0))
    assert found["parent"].rating == -1.0


@pytest.mark.parametrize("keys", [{"vacuous": True}, {"lifecycle": Lifecycle.TRIAL}])
def test_a_vacuous_or_trial_child_leaves_its_parent(judge: Judge, keys: dict[str, object]) -> None:
    """A success without an occasion and a trial do not take the parent's place."""
    found = _by_id(judge("child", Role.MUST, 1, 1.0, refines=("parent",), **keys), judge("parent", Role.MUST, 5, 0.0))
    assert found["parent"].judged


@pytest.mark.parametrize("middle", [0.0, 1.0, Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED, Outcome.ERROR])
def test_refinement_reaches_through_chains(judge: Judge, middle: float | Outcome) -> None:
    """A refines B, B refines C: a judged A takes the place of both, whatever B is."""
    found = _by_id(
        judge("c", Role.LINEAR, 1, 1.0),
        judge("b", Role.LINEAR, 1, middle, refines=("c",)),
        judge("a", Role.LINEAR, 1, 1.0, refines=("b",)),
    )
    assert (found["b"].judged_by, found["c"].judged_by) == ("a", "a")
    assert found["b"].outcome is found["c"].outcome is Outcome.NOT_APPLICABLE


def test_a_chain_judges_from_its_middle(judge: Judge) -> None:
    """Where A is not judged but B is, C alone gives way."""
    found = _by_id(
        judge("a", Role.LINEAR, 1, Outcome.NOT_APPLICABLE, refines=("b",)),
        judge("b", Role.LINEAR, 1, 1.0, refines=("c",)),
        judge("c", Role.LINEAR, 1, 1.0),
    )
    assert (found["a"].judged_by, found["b"].judged_by, found["c"].judged_by) == (None, None, "b")
    assert found["b"].judged


def test_the_judge_that_is_named_stands_itself(judge: Judge) -> None:
    """In a chain `a` judges, not `b2`; of two that stand it is the first by id, in any order."""
    judgements = [
        judge("b2", Role.LINEAR, 1, 1.0, refines=("c",)),
        judge("b1", Role.LINEAR, 1, 1.0, refines=("c",)),
        judge("z", Role.LINEAR, 1, 1.0, refines=("b1",)),
        judge("y", Role.LINEAR, 1, 1.0, refines=("b2",)),
        judge("c", Role.LINEAR, 1, 1.0),
    ]
    assert _by_id(*judgements)["c"].judged_by == _by_id(*reversed(judgements))["c"].judged_by == "y"


def test_one_child_refines_several(judge: Judge) -> None:
    """Every criterion that the child refines gives way."""
    found = _by_id(
        judge("child", Role.LINEAR, 1, 1.0, refines=("p", "q")),
        judge("p", Role.MUST, 1, 1.0),
        judge("q", Role.MUST, 1, 1.0),
    )
    assert found["p"].judged_by == found["q"].judged_by == "child"


def test_absent_criteria_are_ignored(judge: Judge) -> None:
    """Ids that are not in the rubric, or retired, refine nothing."""
    (one,) = settle([judge("child", Role.LINEAR, 1, 1.0, refines=("dropped",))])
    assert one.judged


def test_a_cycle_ends(judge: Judge) -> None:
    """Loading refuses cycles; settling one all the same comes to an end."""
    found = _by_id(judge("a", Role.MUST, 1, 1.0, refines=("b", "a")), judge("b", Role.MUST, 1, 1.0, refines=("a",)))
    assert (found["a"].judged_by, found["b"].judged_by) == ("b", "a")
