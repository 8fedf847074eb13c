"""The cases of the taxi beside their verdicts, which the contract holds against what they expect."""

from pathlib import Path

import pytest

CRITERIA = ["dose-of-talk", "fading-replies", "no-prying", "safe-driving", "route-and-price", "ambience"]
CRITERIA += ["door-and-luggage"]


def test_a_case_is_named_after_its_file(tried):
    """So that an acceptance row is found under its id."""
    assert all(Path(each.case.file).name == f"{name}.case.toml" for name, each in tried.items())


def test_contrasts_hold_both_ways(tried):
    """A case and its contrast name each other."""
    pairs = {name: each.case.contrast for name, each in tried.items() if each.case.contrast}
    assert pairs
    assert all(pairs[other] == name for name, other in pairs.items())


@pytest.mark.parametrize("name", ["E01", "E02", "E03"])
def test_the_showcase_tells_its_story(name, tried):
    """The cases of the demo say what happened in words of all languages."""
    assert tried[name].case.story.missing() == ()


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_criterion_is_shown_from_all_sides(criterion, tried):
    """Some case meets it, some misses it, and to some it does not apply."""
    outcomes = {str(each.verdict.finding(f"taxi/ride/{criterion}").outcome) for each in tried.values()}
    assert {"met", "missed", "not_applicable"} <= outcomes


@pytest.mark.parametrize(("one", "other"), [("E01", "E03"), ("T6-missed", "T6-met"), ("T7-missed", "T7-carried-on")])
def test_the_driver_of_a_counter_case_does_the_same(one, other, tried):
    """What the driver says and does is the same to the letter; only the rider differs."""
    first, second = (done_by_staff(tried[name].case.encounter) for name in (one, other))
    assert first == second


def done_by_staff(encounter):
    """What the server did, when, how long and in which words."""
    return [(each.act, each.at_ms, each.lasts_ms, each.text) for each in encounter.events if each.by == "server"]
