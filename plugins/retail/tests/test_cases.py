"""The cases of the shop beside their verdicts, which the contract holds against what they expect."""

from pathlib import Path

import pytest

import palvelumittari as pm

OWN = ["timing-of-approach", "time-to-look", "one-question", "need-based-advice", "personal-space"]
OWN += ["till-add-on", "returns"]


def test_a_case_is_named_after_its_file(tried):
    """So that an acceptance row is found under its id."""
    assert all(Path(each.case.file).name == f"{name}.case.toml" for name, each in tried.items())


def test_contrasts_hold_both_ways(tried):
    """A case and its contrast name each other."""
    pairs = {name: each.case.contrast for name, each in tried.items() if each.case.contrast}
    assert pairs
    assert all(pairs[other] == name for name, other in pairs.items())


@pytest.mark.parametrize("criterion", OWN)
def test_every_criterion_is_shown_from_all_sides(criterion, tried):
    """Some case meets it, some misses it wholly or in part, and to some it does not apply."""
    findings = [each.verdict.finding(f"retail/shop/{criterion}") for each in tried.values()]
    outcomes = {finding.outcome for finding in findings if finding.judged or finding.outcome == "not_applicable"}
    assert {"met", "not_applicable"} <= outcomes
    assert outcomes & {"missed", "partly"}


def test_an_accent_is_recorded_nowhere(tried):
    """What the story of the toy shop mentions and nobody may be judged by reaches no record."""
    text = pm.dumps(tried["A07"].case.encounter)
    assert "orosta" not in text
    assert "ccent" not in text


def test_the_same_acts_get_opposite_verdicts_by_the_situation_alone(tried):
    """The robot that was chosen and the human who should have been one did the same things."""
    done = {name: [(each.by, each.act) for each in tried[name].case.encounter.events] for name in ("C08", "C08-self")}
    assert done["C08"] == done["C08-self"]
