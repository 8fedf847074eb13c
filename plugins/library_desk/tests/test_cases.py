"""The cases of the library desk, and what they must cover together."""

import json
import tomllib
from collections import defaultdict
from importlib.resources import files
from typing import Any

import pytest

import palvelumittari as pm

OWN = "library_desk/desk/"
FOLDER = files("palvelumittari_library_desk") / "cases"
CASES: dict[str, dict[str, Any]] = {
    file.name.removesuffix(".case.toml"): tomllib.loads(file.read_text(encoding="utf-8")) for file in FOLDER.iterdir()
}
ROWS = {
    *("D03", "D04", "D05", "D06", "D07a", "D07b", "D08a", "D08b", "D09", "D10", "D11", "D12", "D13a", "D13b"),
}
"""The rows of the acceptance table that belong to the library."""


def encounter_of(case: dict[str, Any], meter: pm.Meter) -> pm.Encounter:
    """The encounter of a case, read from the notation that its file holds."""
    head = {"id": case["id"], **case["encounter"]}
    timeline = head.pop("timeline")
    flat: dict[str, Any] = {}
    for key, value in head.items():
        flat |= {f"{key}.{inner}": one for inner, one in value.items()} if isinstance(value, dict) else {key: value}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in flat.items()]
    return meter.loads("\n".join(lines) + "\n\n" + timeline, format="timeline")


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_gets_the_verdict_it_expects(name: str, meter: pm.Meter) -> None:
    """Band and outcomes are as the case says."""
    expected = CASES[name]["expect"]
    verdict = meter.score(encounter_of(CASES[name], meter))
    assert (verdict.band or "no_score") == expected["band"], verdict.explain()
    outcomes = {criterion: verdict.finding(criterion).outcome for criterion in expected["outcomes"]}
    assert outcomes == expected["outcomes"], verdict.explain()


@pytest.mark.parametrize("name", sorted(CASES))
def test_no_case_stands_on_the_edge_of_a_band(name: str, meter: pm.Meter) -> None:
    """The calculated score of a case is at least one point away from every cut."""
    score = meter.score(encounter_of(CASES[name], meter)).calculated_score
    assert score is not None
    assert min(abs(score - cut) for cut in (20, 40, 60, 80)) >= 1


def test_every_row_of_the_library_is_a_case() -> None:
    """The file of a case is named like its id, and all rows are there."""
    assert set(CASES) >= ROWS
    assert all(case["id"] == name for name, case in CASES.items())


def test_every_criterion_is_met_missed_and_without_object_in_some_case(meter: pm.Meter) -> None:
    """Each criterion of the desk has a case in which it is met, one in which it fails, and one without it."""
    found: dict[str, set[str]] = defaultdict(set)
    for case in CASES.values():
        for finding in meter.score(encounter_of(case, meter)).findings:
            found[finding.criterion].add(str(finding.outcome))
    own = {criterion: outcomes for criterion, outcomes in found.items() if criterion.startswith(OWN)}
    assert len(own) == 7
    for criterion, outcomes in own.items():
        assert {"met", "not_applicable"} <= outcomes, criterion
        assert outcomes & {"missed", "partly"}, criterion


@pytest.mark.parametrize("name", sorted(name for name, case in CASES.items() if "contrast" in case))
def test_a_contrast_is_the_same_service_in_another_situation(name: str, meter: pm.Meter) -> None:
    """Two cases in contrast hold the same acts of staff and differ in their band."""

    def staff_acts(case: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
        events = encounter_of(case, meter).events
        return [(event.act, event.tags) for event in events if event.side is pm.Side.STAFF]

    case, other = CASES[name], CASES[CASES[name]["contrast"]]
    assert staff_acts(case) == staff_acts(other)
    assert case["expect"]["band"] != other["expect"]["band"]
