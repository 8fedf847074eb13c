"""What the cases of a rubric show: outcomes, kinds, situations, parts of measures; and which cases belong to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.authoring.small import covered, criterion, meter_with, write_case, write_rubric

from palvelumittari.authoring.ablation import Ablation
from palvelumittari.authoring.coverage import Became, Coverage, coverage_of
from palvelumittari.authoring.coverage_data import coverage_data
from palvelumittari.authoring.demands import Kind
from palvelumittari.authoring.played import case_folder, own_cases, read_cases
from palvelumittari.words.errors import RubricError

ANSWER = criterion("answer", 'responds = { after = "customer.ask", with = "staff.answer" }')
RUSH = criterion("rush", 'avoids = { act = "staff.rush", healed = "staff.apologise" }', "must")

ASKED = "- customer ask\n- server answer"
UNANSWERED = "- customer ask\n- server idle\n- customer leave"
SILENT = "- server greet"


def counts(found: Coverage, name: str) -> dict[str, int]:
    """In how many cases a criterion became what, without the zeros."""
    one = next(each for each in found.criteria if each.criterion.id == f"small/{name}")
    return {became: count for became, count in one.counts.items() if count}


# --- criteria -----------------------------------------------------------------------------------------------------


def test_a_criterion_that_is_shown_in_all_kinds_wants_nothing(tmp_path: Path) -> None:
    """Met, missed, and without a say, each with the cases that show it."""
    found = covered(tmp_path, ANSWER, {"asked": ASKED, "unanswered": UNANSWERED, "silent": SILENT, "again": ASKED})
    assert counts(found, "answer") == {Became.MET: 2, Became.MISSED: 1, Became.NOT_APPLICABLE: 1}
    assert found.criteria[0].shown == {
        Kind.MET: ("again", "asked"),
        Kind.MISSED: ("unanswered",),
        Kind.ASIDE: ("silent",),
    }
    assert (found.criteria[0].wanting, found.wanting, found.is_complete) == ((), (), True)


@pytest.mark.parametrize(
    ("timelines", "wanting"),
    [
        ({}, (Kind.MET, Kind.MISSED, Kind.ASIDE)),
        ({"asked": ASKED}, (Kind.MISSED, Kind.ASIDE)),
        ({"asked": ASKED, "silent": SILENT}, (Kind.MISSED,)),
        ({"unanswered": UNANSWERED, "silent": SILENT}, (Kind.MET,)),
        ({"asked": ASKED, "unanswered": UNANSWERED}, (Kind.ASIDE,)),
    ],
)
def test_what_no_case_shows_is_wanting(timelines: dict[str, str], wanting: tuple[Kind, ...], tmp_path: Path) -> None:
    """Each kind by itself."""
    found = covered(tmp_path, ANSWER, timelines)
    assert found.criteria[0].wanting == wanting
    assert found.wanting == found.criteria
    assert not found.is_complete


def test_met_without_an_occasion_is_told_apart(tmp_path: Path) -> None:
    """It earns nothing, so it is no proof that the criterion can be met."""
    healed = "- server rush\n- server apologise"
    found = covered(tmp_path, RUSH, {"calm": SILENT, "rushed": "- server rush", "healed": healed})
    assert counts(found, "rush") == {Became.MET: 1, Became.MISSED: 1, Became.NO_OCCASION: 1}
    assert found.is_complete


def test_what_another_criterion_judges_is_told_apart(tmp_path: Path) -> None:
    """Being replaced is no situation in which a criterion has nothing to say."""
    nicer = criterion(
        "nicer", 'refines = "small/answer"\nresponds = { after = "customer.ask", with = "staff.explain" }'
    )
    found = covered(tmp_path, ANSWER + nicer, {"asked": ASKED, "silent": SILENT})
    assert counts(found, "answer") == {Became.REPLACED: 1, Became.NOT_APPLICABLE: 1}
    assert found.criteria[0].wanting == (Kind.MET, Kind.MISSED)


def test_a_failing_measure_and_an_open_end_show_nothing(tmp_path: Path) -> None:
    """They are counted as what they are."""
    meter = meter_with(write_rubric(tmp_path, ANSWER))
    write_case(tmp_path / "cases", "open", "- customer ask", 'sector = "kiosk"\nrecord = "excerpt"')
    found = coverage_of(meter, "small", read_cases(meter, own_cases(meter, "small")))
    assert counts(found, "answer") == {Became.UNDECIDED: 1}
    assert len(found.criteria[0].wanting) == 3


# --- situations ---------------------------------------------------------------------------------------------------

BUSY = "[[criterion.situation]]\nwhen = \"seen('bystander.join_queue')\"\nweight = 3\n"


def test_situations_that_never_applied_are_named(tmp_path: Path) -> None:
    """By criterion and number; those that did with the cases in which they did."""
    regular = '[[criterion.situation]]\nwhen = "customer.regular"\nweight = 1\n'
    timelines = {"busy": f"- bystander join_queue\n{ASKED}", "missed": UNANSWERED, "silent": SILENT}
    found = covered(tmp_path, ANSWER + BUSY + regular, timelines)
    assert [(each.criterion, each.number, each.cases) for each in found.situations] == [
        ("small/answer", 1, ("busy",)),
        ("small/answer", 2, ()),
    ]
    assert [each.number for each in found.never_applied] == [2]
    assert (found.wanting, found.is_complete) == ((), False)


def test_situations_that_an_override_gives_to_what_is_inherited_count_too(tmp_path: Path) -> None:
    """They are this rubric's own; those of the parent are the parent's."""
    override = (
        '[override."service/task"]\n[[override."service/task".situation]]\nwhen = "customer.regular"\nweight = 1\n'
    )
    more = 'sectors = ["kiosk"]\nextends = ["service"]'
    meter = meter_with(write_rubric(tmp_path, override, more=more))
    found = coverage_of(meter, "small", ())
    assert [each.criterion for each in found.situations] == ["service/task"]
    assert found.criteria == ()


# --- steps and rules ----------------------------------------------------------------------------------------------

SCALE = """\
when = "channel == 'phone'"
[criterion.grades]
acts = [
  { act = "staff.smile", is = 1, phase = "closing" },
  { act = "staff.smile | staff.nod", is = 0.5 },
  { act = "staff.nod", is = 0.2 },
]
"""


def unused(found: Coverage) -> list[tuple[str, int, str]]:
    """The parts that nothing exercised."""
    return [(each.name, each.number, each.acts.text) for each in found.unused]


def test_an_event_exercises_the_first_step_that_it_matches(tmp_path: Path) -> None:
    """A nod is taken by the second step, so that the third is dead."""
    meter = meter_with(write_rubric(tmp_path, criterion("warm", SCALE)))
    phone = 'sector = "kiosk"\nrecord = "full"\nchannel = "phone"'
    cases = read_cases(meter, [write_case(tmp_path, "nod", "- server nod\n- server smile", phone)])
    assert unused(coverage_of(meter, "small", cases)) == [("acts", 1, "staff.smile"), ("acts", 3, "staff.nod")]


def test_a_criterion_that_does_not_apply_exercises_nothing(tmp_path: Path) -> None:
    """The nod was seen, but not on the phone."""
    assert len(unused(covered(tmp_path, criterion("warm", SCALE), {"nod": "- server nod"}))) == 3


def test_a_step_behind_a_trigger_needs_the_trigger(tmp_path: Path) -> None:
    """Without it nothing is graded, and before it nothing either."""
    scale = '[criterion.grades]\nacts = [{ act = "staff.fix", is = 1 }]\nafter = "system.fault"\n'
    early = {"none": "- server fix", "early": "- server fix\n- system fault\n- customer leave"}
    assert unused(covered(tmp_path, criterion("mend", scale), early)) == [("acts", 1, "staff.fix")]
    assert unused(covered(tmp_path, criterion("mend", scale), {"late": "- system fault\n- server fix"})) == []


def test_a_rule_that_nothing_triggers_is_named(tmp_path: Path) -> None:
    """The question was asked, the complaint was not made; other measures have no such parts."""
    rules = """\
[criterion.responds]
rules = [
  { after = "customer.ask", with = "staff.answer" },
  { after = "customer.complain", with = "staff.apologise" },
]
"""
    found = covered(tmp_path, criterion("both", rules) + RUSH, {"asked": ASKED})
    assert unused(found) == [("rules", 2, "customer.complain")]


# --- which cases --------------------------------------------------------------------------------------------------


def test_cases_lie_beside_a_rubric_or_beside_its_folder_in_a_plugin(tmp_path: Path) -> None:
    """`cases` beside the file; and beside `rubrics`, where a plugin keeps them."""
    plain, packed = tmp_path / "plain", tmp_path / "packed" / "rubrics"
    for folder in (plain, packed):
        folder.mkdir(parents=True)
    meter = meter_with(write_rubric(plain, ANSWER, id="plain"), write_rubric(packed, RUSH, id="packed", more=""))
    one = write_case(plain / "cases", "one", ASKED)
    two = write_case(packed.parent / "cases", "two", SILENT)
    assert (own_cases(meter, "plain"), own_cases(meter, "packed")) == ([one], [two])
    assert (case_folder(meter, "plain"), case_folder(meter, "packed")) == (str(one.parent), str(two.parent))


def test_a_loaded_rubric_has_the_cases_that_came_with_it() -> None:
    """Those in its own folder, not those of the other sectors."""
    meter = meter_with()
    found = [Path(str(file)) for file in own_cases(meter, "salon")]
    assert {file.parent.parent.name for file in found} == {"salon"}
    assert "E08.case.toml" in {file.name for file in found}


def test_a_case_of_another_sector_is_left_out(tmp_path: Path) -> None:
    """The rubric has no say in it."""
    meter = meter_with(write_rubric(tmp_path, ANSWER))
    files = [write_case(tmp_path, "mine", ASKED), write_case(tmp_path, "other", ASKED, 'sector = "salon"')]
    found = coverage_of(meter, "small", read_cases(meter, files))
    assert (found.cases, found.left_out) == (("mine",), ("other",))


def test_a_rubric_on_which_only_others_rest_judges_by_itself(tmp_path: Path) -> None:
    """And through its heir where one is made for the sector."""
    base = write_rubric(tmp_path, ANSWER, id="base", more="")
    heir = write_rubric(tmp_path, RUSH, id="heir", more='sectors = ["kiosk"]\nextends = ["base"]')
    meter = meter_with(base, heir)
    files = [
        write_case(tmp_path, "kiosk", ASKED),
        write_case(tmp_path, "zoo", UNANSWERED, 'sector = "zoo"\nrecord = "full"'),
    ]
    found = coverage_of(meter, "base", read_cases(meter, files))
    assert (found.cases, found.left_out) == (("kiosk", "zoo"), ())
    assert found.criteria[0].wanting == (Kind.ASIDE,)


def test_a_criterion_that_an_heir_drops_is_not_shown_by_its_cases(tmp_path: Path) -> None:
    """It is neither counted there nor does it decide anything."""
    base = write_rubric(tmp_path, ANSWER + RUSH, id="base", more="")
    heir = write_rubric(tmp_path, "", id="heir", more='sectors = ["kiosk"]\nextends = ["base"]\ndrop = ["base/answer"]')
    meter = meter_with(base, heir)
    found = coverage_of(meter, "base", read_cases(meter, [write_case(tmp_path, "kiosk", ASKED)]))
    assert sum(found.criteria[0].counts.values()) == 0
    assert found.ablations[0] == Ablation(criterion="base/answer")


def test_an_unknown_rubric_is_told() -> None:
    """Before anything is judged."""
    meter = meter_with()
    for ask in (lambda: own_cases(meter, "salun"), lambda: coverage_of(meter, "salun", ())):
        with pytest.raises(RubricError, match="there is no rubric `salun`"):
            ask()


def test_all_cases_that_cannot_be_read_are_told_together(tmp_path: Path) -> None:
    """Not only the first."""
    meter = meter_with()
    files = [write_case(tmp_path, name, "- customer aks") for name in ("one", "two")]
    with pytest.raises(RubricError) as caught:
        read_cases(meter, files)
    assert len(caught.value.problems) == 2


# --- as data ------------------------------------------------------------------------------------------------------


def test_a_coverage_is_plain_data(tmp_path: Path) -> None:
    """Everything that the record knows, in JSON."""
    found = covered(tmp_path, ANSWER + BUSY, {"asked": ASKED})
    data = json.loads(json.dumps(coverage_data(found)))
    assert {key: data[key] for key in ("schema", "rubric", "complete", "cases", "left_out")} == {
        "schema": 1,
        "rubric": "small",
        "complete": False,
        "cases": ["asked"],
        "left_out": [],
    }
    (one,) = data["criteria"]
    assert (one["criterion"], one["role"], one["weight"]) == ("small/answer", "linear", 2)
    assert one["demanded"] == {"met": 1.0, "missed": 0.0, "aside": "not_applicable"}
    assert (one["wanting"], one["counts"]["met"]) == (["missed", "aside"], 1)
    assert one["shown"] == {"met": ["asked"], "missed": [], "aside": []}
    assert data["situations"] == [
        {"criterion": "small/answer", "number": 1, "when": "seen('bystander.join_queue')", "cases": []}
    ]
    assert data["ablation"] == [{"criterion": "small/answer", "bands": ["asked"], "score_change": 0.0, "most": None}]
    assert (data["doubled"], data["unused"]) == ([], [])


def test_unused_parts_are_plain_data(tmp_path: Path) -> None:
    """With the key under which they stand in the file."""
    data = coverage_data(covered(tmp_path, criterion("warm", SCALE), {}))
    assert data["unused"][0] == {"criterion": "small/warm", "key": "acts", "number": 1, "acts": "staff.smile"}
