"""The cases of the library desk beside their verdicts, which the contract holds against what they expect."""

from collections import defaultdict
from pathlib import Path

import palvelumittari as pm

OWN = "library_desk/desk/"
ROWS = {
    *("D03", "D04", "D05", "D06", "D07a", "D07b", "D08a", "D08b", "D09", "D10", "D11", "D12", "D13a", "D13b"),
}
"""The rows of the acceptance table that belong to the library."""


def test_every_row_of_the_library_is_a_case(tried):
    """The file of a case is named like its id, and all rows are there."""
    assert set(tried) >= ROWS
    assert all(Path(each.case.file).name == f"{name}.case.toml" for name, each in tried.items())


def test_every_criterion_is_met_missed_and_without_object_in_some_case(tried):
    """Each criterion of the desk has a case in which it is met, one in which it fails, and one without it."""
    found = defaultdict(set)
    for each in tried.values():
        for finding in each.verdict.findings:
            found[finding.criterion].add(str(finding.outcome))
    own = {criterion: outcomes for criterion, outcomes in found.items() if criterion.startswith(OWN)}
    assert len(own) == 7
    for criterion, outcomes in own.items():
        assert {"met", "not_applicable"} <= outcomes, criterion
        assert outcomes & {"missed", "partly"}, criterion


def test_a_contrast_is_the_same_service_in_another_situation(tried):
    """Two cases in contrast hold the same acts of staff; that their bands differ is told with the acceptance rows."""

    def staff_acts(name):
        events = tried[name].case.encounter.events
        return [(event.act, event.tags) for event in events if event.side is pm.Side.STAFF]

    pairs = {name: each.case.contrast for name, each in tried.items() if each.case.contrast}
    assert pairs
    for name, other in pairs.items():
        assert staff_acts(name) == staff_acts(other), name
