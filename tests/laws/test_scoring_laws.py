"""The laws of scoring, on findings of any kind.

A law that forbids a *lower* score speaks of two scores: where one side has no score there is nothing to
compare. When a score may vanish or appear is a law of its own.
"""

from __future__ import annotations

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from palvelumittari.records.rubric import Caps, Lifecycle, Role, Scoring
from palvelumittari.records.verdict import Band, Outcome
from palvelumittari.scoring import (
    MODELS,
    RANGES,
    Judgement,
    Tally,
    all_weight,
    coverage,
    judged_weight,
    not_judged_weight,
    outcome_of,
    settle,
    tally,
)

FINDINGS = 8
WEIGHTS = st.sampled_from([0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0]) | st.floats(0.5, 5.0)
FULFILMENTS = st.sampled_from([0.0, 0.1, 0.2, 0.25, 1 / 3, 0.4, 0.5, 0.6, 2 / 3, 0.75, 0.8, 0.9, 1.0]) | st.floats(
    0.0, 1.0
)
UNJUDGED = st.sampled_from([Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED, Outcome.UNDECIDED, Outcome.ERROR])
DESIGN = Scoring()
LEDGERS = st.just(DESIGN) | st.builds(Scoring, loss_weight=st.floats(0.0, 5.0), doubt=st.floats(0.0, 10.0))
MODEL_SCORINGS = st.sampled_from([Scoring(model=name) for name in MODELS]) | LEDGERS


@st.composite
def judgements(draw: st.DrawFn, excuses: bool = True) -> tuple[Judgement, ...]:
    """Up to eight criteria of any kind that refine each other without cycles; the order is any."""
    ids = draw(st.permutations([f"c{number}" for number in range(draw(st.integers(0, FINDINGS)))]))
    return tuple(draw(_judgement(name, excuses)) for name in ids)


@st.composite
def _judgement(draw: st.DrawFn, name: str, excuses: bool) -> Judgement:
    fulfilment = draw(FULFILMENTS) if draw(st.integers(0, 3)) else None
    later = [f"c{number}" for number in range(int(name[1:]) + 1, FINDINGS + 1)]
    return Judgement(
        criterion=name,
        role=draw(st.sampled_from(Role)),
        weight=draw(WEIGHTS),
        outcome=draw(UNJUDGED) if fulfilment is None else outcome_of(fulfilment),
        fulfilment=fulfilment,
        vacuous=fulfilment == 1 and draw(st.booleans()),
        cites=draw(st.booleans()),
        excuse=excuses and draw(st.booleans()),
        refines=tuple(draw(st.lists(st.sampled_from(later), max_size=2, unique=True))) if draw(st.booleans()) else (),
        caps=draw(st.sampled_from(Caps)),
        lifts=draw(st.booleans()),
        lifecycle=draw(st.sampled_from([Lifecycle.STABLE, Lifecycle.STABLE, Lifecycle.TRIAL])),
    )


def added(role: Role, fulfilments: st.SearchStrategy[float]) -> st.SearchStrategy[Judgement]:
    """A finding of another criterion that refines nothing."""

    def build(fulfilment: float, weight: float, cites: bool, lifts: bool) -> Judgement:
        return Judgement(
            criterion="added",
            role=role,
            weight=weight,
            outcome=outcome_of(fulfilment),
            fulfilment=fulfilment,
            cites=cites,
            lifts=lifts,
        )

    return st.builds(build, fulfilments, WEIGHTS, st.booleans(), st.booleans())


def scored(findings: tuple[Judgement, ...], scoring: Scoring) -> Tally:
    """The tally of judgements."""
    return tally(settle(findings), scoring)


def raised(findings: tuple[Judgement, ...], at: int, fulfilment: float) -> tuple[Judgement, ...]:
    """The same findings, with another fulfilment in one place; whether it cites an event stays."""
    changed = attrs.evolve(findings[at], fulfilment=fulfilment, outcome=outcome_of(fulfilment))
    return (*findings[:at], changed, *findings[at + 1 :])


def assert_not_lower(before: Tally, after: Tally) -> None:
    """Neither the score, nor the calculated score, nor the band fell; no score is no comparison."""
    if before.band is None or after.band is None:
        return
    assert before.score is not None and after.score is not None
    assert before.calculated_score is not None and after.calculated_score is not None
    assert after.score >= before.score
    assert after.calculated_score >= before.calculated_score
    assert after.band.rank >= before.band.rank


def _one_of_them(data: st.DataObject, findings: tuple[Judgement, ...], *roles: Role) -> int:
    """The place of a finding that has a fulfilment below 1 and one of `roles` (none given: any)."""
    places = [
        at
        for at, one in enumerate(findings)
        if one.fulfilment is not None and one.fulfilment < 1 and (not roles or one.role in roles)
    ]
    assume(places)
    return data.draw(st.sampled_from(places))


# --- Better service is never worth less -------------------------------------------------------------------------------


@given(findings=judgements(), scoring=LEDGERS, data=st.data())
def test_healing_a_must_never_lowers_score_or_band(
    findings: tuple[Judgement, ...], scoring: Scoring, data: st.DataObject
) -> None:
    """A must that was breached and is now fully kept."""
    at = _one_of_them(data, findings, Role.MUST)
    assert_not_lower(scored(findings, scoring), scored(raised(findings, at, 1.0), scoring))


@given(findings=judgements(), scoring=LEDGERS, data=st.data())
def test_raising_any_fulfilment_never_lowers_score_or_band(
    findings: tuple[Judgement, ...], scoring: Scoring, data: st.DataObject
) -> None:
    """Any role, by any amount, excused ones too."""
    at = _one_of_them(data, findings)
    fulfilment = data.draw(st.floats(findings[at].fulfilment, 1.0) | st.just(1.0))
    assert_not_lower(scored(findings, scoring), scored(raised(findings, at, fulfilment), scoring))


@given(findings=judgements(), scoring=MODEL_SCORINGS, met=added(Role.LINEAR, st.just(1.0)))
def test_adding_a_met_linear_never_lowers_score_or_band(
    findings: tuple[Judgement, ...], scoring: Scoring, met: Judgement
) -> None:
    """In every model; it refines nothing."""
    assert_not_lower(scored(findings, scoring), scored((*findings, met), scoring))


def test_a_met_linear_that_refines_takes_more_than_it_gives() -> None:
    """Where the law ends: a narrow criterion replaces a heavier one, and both were met."""
    parent = Judgement(criterion="parent", role=Role.LINEAR, weight=5, outcome=Outcome.MET, fulfilment=1.0)
    child = attrs.evolve(parent, criterion="child", weight=0.5, refines=("parent",))
    assert (scored((parent,), DESIGN).score, scored((parent, child), DESIGN).score) == (79.9, 57.1)


@given(findings=judgements(), scoring=MODEL_SCORINGS, bonus=added(Role.BONUS, FULFILMENTS))
@example(
    findings=(Judgement(criterion="c0", role=Role.LINEAR, weight=4.0, outcome=Outcome.MET, fulfilment=1.0),),
    scoring=DESIGN,
    bonus=Judgement(criterion="added", role=Role.BONUS, weight=5.0, outcome=Outcome.PARTLY, fulfilment=0.5),
)
def test_adding_a_bonus_never_lowers_score_or_band(
    findings: tuple[Judgement, ...], scoring: Scoring, bonus: Judgement
) -> None:
    """Of any fulfilment, in every model; one of .5 that does not lift may only stop at the gate."""
    assert_not_lower(scored(findings, scoring), scored((*findings, bonus), scoring))


@given(findings=judgements(excuses=False), model=st.sampled_from(["mean", "lowest"]), data=st.data())
def test_raising_any_fulfilment_never_lowers_a_scorecard_without_excuses(
    findings: tuple[Judgement, ...], model: str, data: st.DataObject
) -> None:
    """`mean` and `lowest` keep the law where nothing is excused."""
    at = _one_of_them(data, findings)
    fulfilment = data.draw(st.floats(findings[at].fulfilment, 1.0))
    scoring = Scoring(model=model)
    assert_not_lower(scored(findings, scoring), scored(raised(findings, at, fulfilment), scoring))


@pytest.mark.parametrize("model", ["mean", "lowest"])
def test_a_scorecard_counts_what_is_no_longer_excused(model: str) -> None:
    """Where the law ends: .4 excused is left out (100), .5 is judged and drags the mean or the least down."""
    full = Judgement(criterion="full", role=Role.LINEAR, weight=1, outcome=Outcome.MET, fulfilment=1.0)
    half = attrs.evolve(full, criterion="half", outcome=Outcome.PARTLY, fulfilment=0.4, excuse=True)
    before = scored((full, half), Scoring(model=model)).score
    after = scored(raised((full, half), 1, 0.5), Scoring(model=model)).score
    assert (before, after) == (100.0, {"mean": 75.0, "lowest": 50.0}[model])


# --- When a score appears and vanishes --------------------------------------------------------------------------------


@given(findings=judgements(), scoring=LEDGERS, data=st.data())
def test_a_raised_duty_that_cites_an_event_never_loses_the_score(
    findings: tuple[Judgement, ...], scoring: Scoring, data: st.DataObject
) -> None:
    """Where the better must or linear is seen in an event, a score stays a score."""
    at = _one_of_them(data, findings, Role.MUST, Role.LINEAR)
    fulfilment = data.draw(st.floats(findings[at].fulfilment, 1.0))
    seen = attrs.evolve(findings[at], cites=True)
    findings = (*findings[:at], seen, *findings[at + 1 :])
    if scored(findings, scoring).band is not None:
        assert scored(raised(findings, at, fulfilment), scoring).band is not None


@given(findings=judgements(), scoring=LEDGERS, data=st.data())
def test_a_score_that_appears_is_at_least_neutral(
    findings: tuple[Judgement, ...], scoring: Scoring, data: st.DataObject
) -> None:
    """Raising a fulfilment where there was no score cannot reveal a bad one."""
    at = _one_of_them(data, findings)
    after = scored(raised(findings, at, data.draw(st.floats(findings[at].fulfilment, 1.0))), scoring)
    if scored(findings, scoring).band is None:  # no `assume`: too few random findings go without a score
        assert after.score is None or after.score >= 50


def test_a_healed_must_that_cites_nothing_leaves_nothing_to_score() -> None:
    """Where the law is silent: the only finding was a breach, and its absence proves nothing."""
    breach = Judgement(criterion="no-blame", role=Role.MUST, weight=1, outcome=Outcome.MISSED, fulfilment=0.0)
    assert scored((breach,), DESIGN).score == 33.3
    assert scored(raised((breach,), 0, 1.0), DESIGN).score is None


# --- The rest of the laws ---------------------------------------------------------------------------------------------


@given(findings=judgements(), scoring=MODEL_SCORINGS, data=st.data())
def test_other_orders_of_findings_give_the_same(
    findings: tuple[Judgement, ...], scoring: Scoring, data: st.DataObject
) -> None:
    """Findings, scores, bands, points, gates and coverage; only lists follow the order."""
    other = tuple(data.draw(st.permutations(findings)))
    assert frozenset(settle(findings)) == frozenset(settle(other))
    assert coverage(settle(findings)) == coverage(settle(other))
    first, second = scored(findings, scoring), scored(other, scoring)
    assert attrs.evolve(first, gates=()) == attrs.evolve(second, gates=())
    assert _gates_without_order(first) == _gates_without_order(second)


def _gates_without_order(result: Tally) -> list[tuple[str, Band, Band, frozenset[str]]]:
    return [(gate.kind, gate.before, gate.after, frozenset(gate.criteria)) for gate in result.gates]


@given(findings=judgements())
def test_coverage_and_not_judged_are_all_weight(findings: tuple[Judgement, ...]) -> None:
    """Judged and not judged weight add up, and coverage is the share of the first."""
    settled = settle(findings)
    whole, judged, rest = all_weight(settled), judged_weight(settled), not_judged_weight(settled)
    assert judged + rest == pytest.approx(whole, rel=1e-15)
    share = coverage(settled)
    assert share is None if whole == 0 else share == judged / whole
    assert share is None or 0 <= share <= 1


@given(findings=judgements(), scoring=MODEL_SCORINGS)
def test_the_score_lies_within_its_band(findings: tuple[Judgement, ...], scoring: Scoring) -> None:
    """One decimal, inside the band's range, and all or nothing."""
    result = scored(findings, scoring)
    if result.band is None or result.score is None:
        assert (result.score, result.calculated_score, result.band, result.gates) == (None, None, None, ())
        return
    low, high = RANGES[result.band]
    assert low <= result.score <= high
    assert result.score == round(result.score, 1)


@given(findings=judgements(), scoring=MODEL_SCORINGS)
def test_gates_lead_from_band_to_band(findings: tuple[Judgement, ...], scoring: Scoring) -> None:
    """Each gate starts where the former ended, and the last one ends at the band."""
    result = scored(findings, scoring)
    assert [gate.after for gate in result.gates[:-1]] == [gate.before for gate in result.gates[1:]]
    assert all(gate.before is not gate.after for gate in result.gates)
    assert not result.gates or result.gates[-1].after is result.band


@given(findings=judgements(), scoring=MODEL_SCORINGS)
def test_points_belong_to_what_is_counted_and_judged(findings: tuple[Judgement, ...], scoring: Scoring) -> None:
    """No points without a judgement that counts, and none left out."""
    settled = settle(findings)
    assert set(tally(settled, scoring).points) == {one.criterion for one in settled if one.counted and one.judged}


@given(findings=judgements(), loss_weight=st.floats(0.0, 5.0))
def test_points_are_the_accounts(findings: tuple[Judgement, ...], loss_weight: float) -> None:
    """Where gains reach losses there are no duties, so the points and the doubt alone give the score back."""
    result = scored(findings, Scoring(loss_weight=loss_weight))
    balance, turnover = sum(result.points.values()), sum(map(abs, result.points.values()))
    if result.calculated_score is not None and balance >= 0:
        assert result.calculated_score == pytest.approx(50 * (1 + balance / (turnover + 3)), abs=0.051)


@given(findings=judgements())
def test_the_points_of_scorecards_add_up(findings: tuple[Judgement, ...]) -> None:
    """In `mean` to the score before the limit of 100, in `lowest` to what is missing from 100."""
    average, least = scored(findings, Scoring(model="mean")), scored(findings, Scoring(model="lowest"))
    if average.calculated_score is not None and least.calculated_score is not None:
        assert min(100.0, sum(average.points.values())) == pytest.approx(average.calculated_score, abs=0.051)
        assert 100 + sum(least.points.values()) == pytest.approx(least.calculated_score, abs=0.051)


@given(findings=judgements(), scoring=MODEL_SCORINGS)
def test_what_does_not_count_changes_nothing(findings: tuple[Judgement, ...], scoring: Scoring) -> None:
    """Without its trials and what is not applicable, an encounter has the same score and coverage."""
    settled = settle(findings)
    rest = tuple(one for one in settled if one.counted and one.outcome is not Outcome.NOT_APPLICABLE)
    assert tally(settled, scoring) == tally(rest, scoring)
    assert coverage(settled) == coverage(rest)


@given(findings=judgements())
def test_no_counted_criterion_is_judged_twice(findings: tuple[Judgement, ...]) -> None:
    """What a judged, excused or judging finding refines is never judged beside it."""
    settled = {one.criterion: one for one in settle(findings)}
    for one in settled.values():
        if one.counted and (one.judged or one.outcome is Outcome.EXCUSED):
            parents = [settled[parent] for parent in one.judgement.refines if parent in settled]
            assert all(parent.outcome is Outcome.NOT_APPLICABLE and not parent.counted for parent in parents)
