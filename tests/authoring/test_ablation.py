"""What a criterion decides, and which criteria say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.authoring.small import covered, criterion, meter_with, write_rubric

from palvelumittari.authoring.ablation import Ablation, ablated, dropped
from palvelumittari.authoring.coverage import Coverage
from palvelumittari.authoring.played import own_cases, play, read_cases
from palvelumittari.records.case import Case
from palvelumittari.records.rubric import Role
from palvelumittari.records.verdict import Outcome, Verdict
from palvelumittari.scoring import Judgement

ANSWER = criterion("answer", 'responds = { after = "customer.ask", with = "staff.answer | staff.explain" }')
SMILE = criterion("smile", 'shows = { act = "staff.smile" }', "bonus", weight=0.5)
ASKED = "- customer ask\n- server answer"
UNANSWERED = "- customer ask\n- server idle\n- customer leave"


def judgement(name: str, *refines: str) -> Judgement:
    """A criterion that was met."""
    return Judgement(
        criterion=name, role=Role.LINEAR, weight=1, outcome=Outcome.MET, fulfilment=1.0, cites=True, refines=refines
    )


# --- dropping -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parent", ["salon", "written"])
def test_ablation_is_what_a_rubric_gets_that_drops_the_criterion(parent: str, tmp_path: Path) -> None:
    """Nothing is judged again, and yet bands and scores are those of a rubric with `drop`."""
    core = meter_with()
    names = [*(each.id for each in core.rubric(parent).criteria if each.declared_in == parent), "service/response"]
    heads = {name: f'extends = ["{parent}"]\ndrop = ["{name}"]' for name in names}
    files = [write_rubric(tmp_path, "", id=f"less{at}", more=head) for at, head in enumerate(heads.values())]
    meter = meter_with(*files)
    cases = read_cases(meter, own_cases(meter, parent))
    played = [each for each in play(meter, parent, cases) if each.rubric.id == parent]
    found = list(ablated(names, played, meter.catalog.models))
    whole = [(one.case, meter.score(one.case.encounter, parent)) for one in played]
    for at, each in enumerate(found):
        less = [(case, meter.score(case.encounter, f"less{at}")) for case, _ in whole]
        assert each == expected(names[at], whole, less)
    assert any(each.bands for each in found)


def expected(name: str, whole: list[tuple[Case, Verdict]], less: list[tuple[Case, Verdict]]) -> Ablation:
    """The ablation that two rows of verdicts on the same cases amount to."""
    both = [(case.id, before, after) for (case, before), (_, after) in zip(whole, less, strict=True)]
    scores = [(case, before.calculated_score, after.calculated_score) for case, before, after in both]
    moves = {case: round(abs(a - b), 1) for case, a, b in scores if a is not None and b is not None}
    most = max(moves, key=lambda case: moves[case])
    return Ablation(
        criterion=name,
        bands=tuple(case for case, before, after in both if before.band is not after.band),
        score_change=moves[most],
        most=most if moves[most] else None,
    )


def test_chains_through_a_dropped_criterion_still_hold() -> None:
    """The grandchild refines the grandparent, once and in order; what refines nobody stays as it was."""
    chain = [judgement("a"), judgement("b", "a", "x"), judgement("c", "b", "a"), judgement("d")]
    assert [(each.criterion, each.refines) for each in dropped("b", chain)] == [
        ("a", ()),
        ("c", ("a", "x")),
        ("d", ()),
    ]


def test_dropping_what_is_not_there_changes_nothing() -> None:
    """A case of another rubric has no judgement on it."""
    chain = [judgement("a"), judgement("b", "a")]
    assert dropped("z", chain) == chain


def test_what_a_dropped_criterion_refined_is_judged_in_its_stead(tmp_path: Path) -> None:
    """A refinement that says the same as what it refines decides nothing."""
    same = criterion("same", 'refines = "small/answer"\nresponds = { after = "customer.ask", with = "staff.answer" }')
    found = covered(tmp_path, ANSWER + same, {"asked": ASKED, "unanswered": UNANSWERED})
    assert found.ablations == (Ablation(criterion="small/answer"), Ablation(criterion="small/same"))
    assert found.undecisive == found.ablations


def test_bands_and_the_greatest_move_of_a_score_are_told(tmp_path: Path) -> None:
    """A score that vanishes changes the band, but moves no score."""
    timelines = {"asked": ASKED, "smiled": f"{ASKED}\n- server smile"}
    found = covered(tmp_path, ANSWER + SMILE, timelines)
    answer, smile = found.ablations
    assert (answer.criterion, answer.bands, answer.most) == ("small/answer", ("asked", "smiled"), "smiled")
    assert (answer.score_change, smile.score_change) == (15.6, 2.7)  # 72.7 without one is 57.1, without the other 70.0
    assert (smile.bands, smile.most) == ((), "smiled")
    assert found.undecisive == (smile,)


# --- doubles ------------------------------------------------------------------------------------------------------

TWIN = criterion("twin", 'responds = { after = "customer.ask", with = "staff.answer" }')


def doubled(found: Coverage) -> list[tuple[str, str, int]]:
    """The pairs with the number of cases."""
    return [(each.one, each.other, len(each.cases)) for each in found.doubles]


def test_two_criteria_that_always_say_the_same_are_doubled(tmp_path: Path) -> None:
    """Three cases with different fulfilments, and none in which they differ."""
    timelines = {"one": ASKED, "two": ASKED, "three": UNANSWERED}
    assert doubled(covered(tmp_path, ANSWER + TWIN, timelines)) == [("small/answer", "small/twin", 3)]


@pytest.mark.parametrize(
    "timelines",
    [
        {"one": ASKED, "two": UNANSWERED},
        {"one": ASKED, "two": ASKED, "three": ASKED},
        {"one": ASKED, "two": ASKED, "three": UNANSWERED, "four": "- customer ask\n- server explain"},
    ],
)
def test_too_few_cases_or_one_that_differs_make_no_double(timelines: dict[str, str], tmp_path: Path) -> None:
    """Two cases are chance, to be met together proves nothing, and one difference is a difference."""
    assert doubled(covered(tmp_path, ANSWER + TWIN, timelines)) == []


def test_criteria_that_seldom_meet_are_no_double(tmp_path: Path) -> None:
    """Judged together in three cases, apart in four: that is a part of the matter, not the same."""
    wider = criterion("wider", 'responds = { after = "customer.ask | customer.request", with = "staff.answer" }')
    apart = {f"apart{number}": "- customer request\n- server answer" for number in range(4)}
    together = {"one": ASKED, "two": ASKED, "three": UNANSWERED}
    assert doubled(covered(tmp_path, ANSWER + wider, together)) == [("small/answer", "small/wider", 3)]
    assert doubled(covered(tmp_path, ANSWER + wider, together | apart)) == []


def test_a_refinement_is_compared_with_what_it_refines(tmp_path: Path) -> None:
    """Though never both of them count: that is the double that an expert most wants to see."""
    twin = TWIN.replace("responds", 'refines = "small/answer"\nresponds')
    timelines = {"one": ASKED, "two": ASKED, "three": UNANSWERED}
    assert doubled(covered(tmp_path, ANSWER + twin, timelines)) == [("small/answer", "small/twin", 3)]
