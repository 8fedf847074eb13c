"""Case files as tests: collected by pytest, judged with the rubrics beside them, told without a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

import palvelumittari as pm
from palvelumittari.testing.pytest_plugin import MeterWith

from .conftest import KEY_ACT, MakePlugin, case, hotel, write

FAILURE = """\
band: expected poor, got good (75.0)
hotel/key: expected missed, got met
    Answered (1 of 1): “handing over the key” (event 3).
hotel/kye: expected met, got no such criterion
    did you mean `hotel/key`?

  At the desk (hotel/cases/key.case.toml)
  key: 75.0 of 100, good
  Judged on evidence: 100% of the weight

  What decided
    +3.0  The key in time (met) [hotel/key]
            Answered (1 of 1): “handing over the key” (event 3).
            event 1 occasion, event 3 for

  What happened
  occasion   1  - customer request
             2  - customer ask
       for   3  - server   hand_key
"""


@pytest.fixture
def here(pack: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the pack, in which pytest is run."""
    monkeypatch.chdir(pack.parent)
    return pack


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """What pytest says with the plugin, which is asked for at the command line."""
    return pytester.runpytest("-p", "palvelumittari.testing.pytest_plugin", "-p", "no:cacheprovider", *arguments)


def test_a_case_is_a_test_by_its_id(here: Path, pytester: pytest.Pytester) -> None:
    """And it passes if it gets the verdict that it expects, with the rubric and the vocabulary beside it."""
    result = run(pytester, "-v", "hotel")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["hotel/cases/key.case.toml::key PASSED*"])


def test_without_the_plugin_nothing_is_collected(here: Path, pytester: pytest.Pytester) -> None:
    """Case files are tests for those who ask for it."""
    pytester.runpytest("-p", "no:palvelumittari.testing.pytest_plugin", "hotel").assert_outcomes()


def test_a_failure_shows_expected_actual_the_timeline_and_what_decided(here: Path, pytester: pytest.Pytester) -> None:
    """In the words of the engine and without a traceback."""
    expect = 'band = "poor", outcomes = { "hotel/key" = "missed", "hotel/kye" = "met" }'
    timeline = "- customer request\n- customer ask\n- server hand_key"
    write(here, {"cases/key.case.toml": case("key", expect, timeline)})
    result = run(pytester, "hotel")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*_ case key _*", "FAILED hotel/cases/key.case.toml::key - Failed: band: expected*"])
    assert FAILURE in result.stdout.str() + "\n"
    assert "Traceback" not in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()


def test_a_failure_in_which_nothing_weighed_says_so(here: Path, pytester: pytest.Pytester) -> None:
    """A heading with nothing under it would leave its reader waiting."""
    write(here, {"cases/key.case.toml": case("key", timeline="- customer quiet")})
    shown = run(pytester, "hotel").stdout.str()
    assert "  Nothing earned or cost a point.\n\n  What happened\n" in shown
    assert "What decided" not in shown


def test_a_broken_case_is_an_error_in_the_words_of_the_engine(here: Path, pytester: pytest.Pytester) -> None:
    """With the place, what was expected and what to try; the other cases go on."""
    write(here, {"cases/bad.case.toml": case("bad", timeline="- server hand_kye")})
    result = run(pytester, "hotel")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            "*ERROR at setup of case bad*",
            "hotel/cases/bad.case.toml:10:10: unknown act 'hand_kye'",
            "    - server hand_kye",
            "             ^^^^^^^^",
            "    try: did you mean `hand_key`?",
        ]
    )
    assert "def " not in result.stdout.str()


@pytest.mark.parametrize(("text", "name"), [("id = 3", "odd"), ("id = ", "odd"), ('id = "K 1"', "K 1")])
def test_a_case_without_a_readable_id_is_called_like_its_file(
    text: str, name: str, here: Path, pytester: pytest.Pytester
) -> None:
    """It is an error when it is run, and collected all the same."""
    write(here, {"cases/odd.case.toml": text})
    result = run(pytester, "--collect-only", "-q", "hotel/cases/odd.case.toml")
    result.stdout.fnmatch_lines([f"hotel/cases/odd.case.toml::{name}"])
    run(pytester, "hotel/cases/odd.case.toml").assert_outcomes(errors=1)


def test_a_broken_rubric_is_an_error_of_each_of_its_cases(here: Path, pytester: pytest.Pytester) -> None:
    """So that nobody takes the silence of a rubric that was left out for a verdict."""
    write(here, {"hotel.toml": hotel().replace("linear", "liner"), "cases/more.case.toml": case("more")})
    result = run(pytester, "hotel")
    result.assert_outcomes(errors=2)
    assert result.stdout.str().count("hotel.toml:9:10 at $.criterion[0].role: a value of the wrong kind") == 2


def test_cases_are_chosen_by_name_and_by_node(here: Path, pytester: pytest.Pytester) -> None:
    """As any tests are."""
    write(here, {"cases/more.case.toml": case("more")})
    run(pytester, "hotel", "-k", "more").assert_outcomes(passed=1, deselected=1)
    run(pytester, "hotel/cases/more.case.toml::more").assert_outcomes(passed=1)


def test_cases_run_on_several_workers(here: Path, pytester: pytest.Pytester) -> None:
    """Each worker makes meters of its own."""
    write(here, {"cases/more.case.toml": case("more", 'band = "poor"')})
    result = run(pytester, "hotel", "-n", "2")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["band: expected poor, got good (75.0)"])


def test_rubrics_may_be_named_instead(here: Path, pytester: pytest.Pytester) -> None:
    """Then those beside the cases do not count."""
    strict = hotel().replace("staff.hand_key", "staff.greet")
    write(here.parent, {"strict/hotel.toml": strict, "strict/notes.toml": "", "strict/vocabulary.toml": KEY_ACT})
    for where in ("strict", "strict/hotel.toml"):
        write(here.parent, {"pytest.ini": f"[pytest]\npalvelumittari_rubrics = {where}\n"})
        result = run(pytester, "hotel")
        result.assert_outcomes(failed=1)
        result.stdout.fnmatch_lines(["band: expected good, got *"])


def test_a_setting_that_names_no_rubric_is_an_error(here: Path, pytester: pytest.Pytester) -> None:
    """With what the setting is for."""
    write(here.parent, {"pytest.ini": "[pytest]\npalvelumittari_rubrics = nowhere\n"})
    result = run(pytester, "hotel")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "*nowhere: there is no rubric here",
            "    try: palvelumittari_rubrics names rubric files, or folders in which some lie",
        ]
    )


def test_plugins_may_be_named_and_then_no_other_is_used(
    here: Path, pytester: pytest.Pytester, make_plugin: MakePlugin
) -> None:
    """A case in a package is judged by the plugin that lies around it, which is not loaded twice."""
    name = make_plugin("inn", files={"rubrics/inn.toml": hotel("inn"), "vocabulary.toml": KEY_ACT})
    text = case("key", 'outcomes = { "inn/key" = "met" }')
    write(here.parent, {"pytest.ini": f"[pytest]\npalvelumittari_plugins = {name}\n"})
    write(
        here.parent,
        {f"site/{name}/cases/key.case.toml": text, "taxi.case.toml": case("t", timeline="- server drive_harshly")},
    )
    run(pytester, "site").assert_outcomes(passed=1)
    result = run(pytester, "taxi.case.toml")
    result.stdout.fnmatch_lines(["taxi.case.toml:10:10: unknown act 'drive_harshly'"])
    write(here.parent, {"pytest.ini": "[pytest]\npalvelumittari_plugins = palvelumittari_none\n"})
    result = run(pytester, "site")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*cannot be imported: ModuleNotFoundError*"])


# --- the fixture ------------------------------------------------------------------------------------------------


def test_a_meter_knows_the_given_plugins_only(meter_with: MeterWith) -> None:
    """And no other that is installed."""
    meter = meter_with("palvelumittari_taxi")
    assert [status.name for status in meter.catalog.plugins] == ["taxi"]
    assert meter_with().catalog.plugins == ()


def test_asking_twice_gives_the_same_meter(meter_with: MeterWith, pack: Path) -> None:
    """Meters are kept; others are other meters."""
    rubric = pack / "hotel.toml"
    assert meter_with(rubrics=[rubric]) is meter_with(rubrics=(str(rubric),))
    assert meter_with(rubrics=[rubric]) is not meter_with()
    assert "hotel" in meter_with(rubrics=[rubric]).catalog.rubrics


def test_a_plugin_that_cannot_be_loaded_raises(meter_with: MeterWith) -> None:
    """Nobody tests a meter from which the plugin was left out."""
    with pytest.raises(pm.PluginError, match="palvelumittari_none"):
        meter_with("palvelumittari_none")
