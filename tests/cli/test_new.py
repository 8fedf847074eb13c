"""`palvelumittari rubric new` and `plugin new`: what they print can be typed, and what they make is in order."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from palvelumittari.cli.making import shell_word

Run = Callable[..., Result]

MADE = """\
Made the rubric hotel for the sector hotel:

  hotel/
    cases/
      help-looked-for.case.toml
      help-too-late.case.toml
      help-unwanted.case.toml
      left-to-look.case.toml
      price-not-told.case.toml
      price-of-regular.case.toml
      price-told.case.toml
    schema/
      case.schema.json
      encounter.schema.json
      readings.schema.json
      rubric.schema.json
      vocabulary.schema.json
    README.md
    hotel.toml

To try it, type:
  palvelumittari rubric check hotel
  palvelumittari case run hotel
  palvelumittari rubric show hotel/hotel.toml

hotel/README.md tells how to go on.
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The working folder is the test's own; a plugin that was imported from it is forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    yield
    for module in [name for name in sys.modules if name.startswith("palvelumittari_hotel")]:
        del sys.modules[module]


def commands_in(text: str) -> list[str]:
    """The commands that are to be typed next."""
    lines = text.partition("To try it, type:\n")[2].partition("\n\n")[0].splitlines()
    assert len(lines) == 3
    return [line.strip() for line in lines]


def uncommented(line: str) -> str:
    """A line of a rubric, put to use if it waits for it: what has a # and no blank behind it."""
    return line[1:] if line.startswith("#") and not line.startswith(("# ", "#:", "#\n")) else line


# --- rubrics ------------------------------------------------------------------------------------------------------


def test_a_rubric_is_made_and_told(run: Run) -> None:
    """What was made, as a tree, and what to type next."""
    result = run("rubric", "new", "hotel")
    assert (result.stdout, result.stderr, result.exit_code) == (MADE, "", 0)


@pytest.mark.parametrize("into", [".", "my drafts", "it's $HOME", "-odd"])
def test_the_next_commands_for_a_rubric_can_be_typed_as_they_stand(into: str, run: Run) -> None:
    """Wherever it was made, they end well: the check without a warning, the cases all passed, and the page."""
    Path(into).mkdir(exist_ok=True)
    check, cases, show = (run(*shlex.split(line)[1:]) for line in commands_in(_made(run, into)))
    assert check.stdout.endswith("8 files checked, all in order\n")
    assert cases.stdout.endswith("7 passed, 0 failed\n")
    assert show.stdout.startswith("hotel 0.1.0  Hotel\n")
    assert [check.exit_code, cases.exit_code, show.exit_code] == [0, 0, 0]


def _made(run: Run, into: str) -> str:
    result = run("rubric", "new", "hotel", f"--into={into}")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_measures_that_wait_to_be_used_are_in_order(run: Run) -> None:
    """Without their # all of them pass the check without a warning, and the cases still pass."""
    run("rubric", "new", "hotel")
    file = Path("hotel/hotel.toml")
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(map(uncommented, lines)), encoding="utf-8")
    result = run("rubric", "check", file)
    assert result.stdout == ("hotel/hotel.toml: rubric hotel 0.1.0, 7 criteria: fine\n1 file checked, all in order\n")
    assert run("case", "run", "hotel").exit_code == 0


def test_the_readme_names_commands_that_work(run: Run) -> None:
    """Those of the program that stand on lines of their own, typed in the folder above."""
    run("rubric", "new", "hotel")
    text = Path("hotel/README.md").read_text("utf-8")
    timeline = text.partition("`visit.timeline`:\n\n")[2].partition("\n\nand let")[0]
    Path("visit.timeline").write_text("\n".join(line[4:] for line in timeline.split("\n")), encoding="utf-8")
    commands = [line.strip() for line in text.splitlines() if line.startswith("    palvelumittari ")]
    assert len(commands) >= 4
    for command in commands:
        result = run(*shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.output)


def test_pytest_runs_the_cases_of_a_rubric(run: Run, tmp_path: Path) -> None:
    """With the plugin for pytest alone; no Python is needed beside the cases."""
    run("rubric", "new", "hotel")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "palvelumittari.testing.pytest_plugin", "hotel"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "7 passed" in done.stdout


def test_what_is_wrong_with_a_wish_is_told(run: Run, tmp_path: Path) -> None:
    """On standard error, with the remedy; nothing is made."""
    result = run("rubric", "new", "hotelli-ä")
    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == (
        "error: 'hotelli-ä' cannot name a rubric\n"
        "    expected lower-case letters a to z and digits, words joined by _, as in hotel, night_bus or hotel/desk\n"
        "    try: did you mean `hotelli_a`?\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_what_is_loaded_takes_names(run: Run, plugin: Callable[..., str]) -> None:
    """Also a plugin that the caller names."""
    module = plugin("kiosk")
    result = run("-p", module, "rubric", "new", "kiosk")
    assert result.stderr.startswith("error: the name `kiosk` is taken by the plugin kiosk (palvelumittari_kiosk)")
    assert result.exit_code == 2


# --- plugins ------------------------------------------------------------------------------------------------------


def test_a_plugin_is_made_and_told(run: Run) -> None:
    """The first command installs it; the path in front of [test] is one for every shell."""
    result = run("plugin", "new", "hotel", "--title", "Hotel & Spa")
    assert result.stdout.startswith(
        "Made the plugin hotel for the sector hotel:\n\n  palvelumittari-hotel/\n    schema/"
    )
    assert commands_in(result.stdout) == [
        'python -m pip install --editable "./palvelumittari-hotel[test]"',
        "python -m pytest palvelumittari-hotel",
        "palvelumittari rubric show hotel",
    ]
    assert result.stdout.endswith("\npalvelumittari-hotel/README.md tells how to go on.\n")


def test_a_new_plugin_is_in_order(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in use, the check finds nothing, the cases pass, and the last of the next commands shows its rubric."""
    shown = commands_in(run("plugin", "new", "hotel").stdout)[-1]
    monkeypatch.syspath_prepend("palvelumittari-hotel/src")
    with_plugin = ("-p", "palvelumittari_hotel")
    assert run(*with_plugin, "plugin", "list").stdout.endswith("Plugins: 1, in use: 1\n")
    assert run(*with_plugin, "rubric", "check", "palvelumittari-hotel").stdout.endswith(
        "8 files checked, all in order\n"
    )
    assert run(*with_plugin, "case", "run", "palvelumittari-hotel").stdout.endswith("6 passed, 0 failed\n")
    assert run(*with_plugin, *shlex.split(shown)[1:]).stdout.startswith("hotel 0.1.0  Hotel\n")


def test_a_name_that_is_taken_is_told(run: Run) -> None:
    """As for rubrics; `salon` is a rubric of the core."""
    result = run("plugin", "new", "salon")
    assert (
        result.stderr
        == "error: the name `salon` is taken by a rubric of palvelumittari\n    try: choose another name\n"
    )
    assert result.exit_code == 2


# --- words for a shell --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("drafts/hotel", "drafts/hotel"),
        ("my drafts/hotel", '"my drafts/hotel"'),
        ("-odd/hotel", "./-odd/hotel"),
        ("it's/hotel", '"it\'s/hotel"'),
        ("$HOME/a", "'$HOME/a'"),
        ("koti/ä", "koti/ä"),
    ],
)
def test_a_path_can_be_typed(word: str, typed: str) -> None:
    """And a shell gives it back."""
    assert shell_word(word) == typed
    assert Path(shlex.split(typed)[0]) == Path(word)


@pytest.mark.parametrize("path", ["/abs/hotel", "../hotel", "./hotel"])
def test_what_is_a_path_in_any_case_stays(path: str) -> None:
    """Nothing is put in front of it."""
    assert shell_word(path, is_path=True) == path
