"""The cases of the taxi: each verdict comes out, and together they show every criterion from all sides."""

from pathlib import Path

import pytest

import palvelumittari_taxi

FOLDER = Path(palvelumittari_taxi.__file__).parent / "cases"
NAMES = sorted(path.name.removesuffix(".case.toml") for path in FOLDER.iterdir())
CRITERIA = ["dose-of-talk", "fading-replies", "no-prying", "safe-driving", "route-and-price", "ambience"]
CRITERIA += ["door-and-luggage"]
CUTS = (20, 40, 60, 80)
SHOWCASE = ("E01", "E02", "E03")


@pytest.mark.parametrize("name", NAMES)
def test_the_verdict_of_a_case_comes_out(name, cases, verdicts):
    """Band and outcomes are those that the case expects."""
    expected, verdict = cases[name][0]["expect"], verdicts[name]
    assert str(verdict.band) == expected["band"], verdict.explain("en")
    outcomes = {criterion: str(verdict.finding(criterion).outcome) for criterion in expected["outcomes"]}
    assert outcomes == expected["outcomes"], verdict.explain("en")


@pytest.mark.parametrize("name", NAMES)
def test_no_case_balances_on_a_cut(name, verdicts):
    """A point more or less changes no band."""
    assert min(abs(verdicts[name].calculated_score - cut) for cut in CUTS) >= 1


@pytest.mark.parametrize("name", NAMES)
def test_a_case_speaks_three_languages_and_is_named_after_its_file(name, cases):
    """Titles and stories are complete, and an acceptance row is found under its id."""
    case, encounter = cases[name]
    assert case["id"] == encounter.id == name
    assert set(case["title"]) == set(case.get("story", case["title"])) == {"en", "fi", "sv"}


@pytest.mark.parametrize("name", SHOWCASE)
def test_the_showcase_tells_its_story(name, cases):
    """The cases of the demo say what happened in words."""
    assert cases[name][0]["story"]


@pytest.mark.parametrize("name", NAMES)
def test_contrasts_hold_both_ways(name, cases, verdicts):
    """A case and its contrast name each other and end in different bands."""
    other = cases[name][0].get("contrast")
    if other is not None:
        assert cases[other][0]["contrast"] == name
        assert verdicts[other].band != verdicts[name].band


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_criterion_is_shown_from_all_sides(criterion, verdicts):
    """Some case meets it, some misses it, and to some it does not apply."""
    outcomes = {str(verdict.finding(f"taxi/ride/{criterion}").outcome) for verdict in verdicts.values()}
    assert {"met", "missed", "not_applicable"} <= outcomes


@pytest.mark.parametrize(("one", "other"), [("E01", "E03"), ("T6-missed", "T6-met"), ("T7-missed", "T7-carried-on")])
def test_the_driver_of_a_counter_case_does_the_same(one, other, cases):
    """What the driver says and does is the same to the letter; only the rider differs."""
    first, second = (done_by_staff(cases[name][1]) for name in (one, other))
    assert first == second


def done_by_staff(encounter):
    """What the server did, when, how long and in which words."""
    return [(each.act, each.at_ms, each.lasts_ms, each.text) for each in encounter.events if each.by == "server"]
