"""`palvelumittari plugin list`, and commands that plugins bring."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Plugin = Callable[..., str]

COMMANDS = '''
"""A plugin with commands."""

import click

from palvelumittari import PluginError, Problem, hookimpl


@click.command()
@click.argument("words", nargs=-1)
def chorus(words):
    """Say it again."""
    click.echo(" ".join(words))


@click.command()
def score():
    """Never called."""


@click.command()
def stumble():
    """Fail as an engine's command would."""
    raise PluginError(Problem("no voice", hint="drink some water"))


@hookimpl
def palvelumittari_commands():
    return [chorus, score, stumble]
'''


def test_without_plugins_it_says_how_to_get_some(run: Run) -> None:
    """The names of the shipped ones stand ready to be copied."""
    result = run("plugin", "list")
    assert result.stdout.startswith("No plugins. To get the shipped ones:\n    pip install palvelumittari-")
    assert result.exit_code == 0


def test_a_plugin_is_listed_with_what_it_brings(run: Run, plugin: Plugin) -> None:
    """Counts and names, by kind."""
    act = '[act.wrap]\ntitle = { en = "wrapping" }\nmodalities = ["task"]\n'
    module = plugin("kiosk", files={"vocabulary.toml": "schema = 1\n" + act + act.replace("wrap", "ribbon")})
    assert run("-p", module, "plugin", "list").stdout == (
        "kiosk  not installed, named by the caller  (entry point palvelumittari_kiosk)  in use\n"
        "    acts          2  wrap, ribbon\n"
        "\n"
        "Plugins: 1, in use: 1\n"
    )


def test_a_broken_plugin_is_listed_with_its_remedy_and_ends_well(run: Run, plugin: Plugin) -> None:
    """The others are in use all the same, and the last line says who is not."""
    result = run("-p", plugin("kiosk"), "-p", plugin("broken", "raise RuntimeError('no')"), "plugin", "list")
    assert (
        "broken  not installed, named by the caller  (entry point palvelumittari_broken)  LEFT OUT\n" in result.stdout
    )
    assert "cannot be imported: RuntimeError: no\n        try: mend it, or do not load it\n" in result.stdout
    assert result.stdout.endswith("Plugins: 2, in use: 1, LEFT OUT because something is wrong: broken\n")
    assert (result.stderr, result.exit_code) == ("", 0)


def test_a_plugin_that_the_caller_names_must_load(run: Run, talk: Path) -> None:
    """Whoever asks for it does not want a verdict without it."""
    result = run("-p", "no_such_plugin", "score", talk)
    assert "plugin no_such_plugin" in result.stderr
    assert "is it misspelt, or not on the Python path?" in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


def test_strict_ends_the_list_too(run: Run, plugin: Plugin) -> None:
    """With `--strict` nothing that is broken passes."""
    result = run("--strict", "-p", plugin("broken", "raise RuntimeError('no')"), "plugin", "list")
    assert "cannot be imported: RuntimeError: no" in result.stderr
    assert result.exit_code == 2


# --- commands ---------------------------------------------------------------------------------------------------


def test_a_plugin_brings_commands(run: Run, plugin: Plugin) -> None:
    """They get their arguments like any other."""
    result = run("-p", plugin("singer", COMMANDS), "chorus", "la", "la")
    assert (result.stdout, result.exit_code) == ("la la\n", 0)


def test_errors_of_a_plugins_command_are_told_like_ours(run: Run, plugin: Plugin) -> None:
    """No traceback for what has a message."""
    result = run("-p", plugin("singer", COMMANDS), "stumble")
    assert result.stderr.endswith("error: no voice\n    try: drink some water\n")
    assert result.exit_code == 2


def test_no_plugin_takes_the_place_of_our_commands(run: Run, plugin: Plugin, talk: Path) -> None:
    """Ours is called, the collision is noted, and the list tells how to mend it."""
    module = plugin("singer", COMMANDS)
    result = run("-p", module, "score", talk)
    assert "of 100" in result.stdout
    assert result.stderr == (
        "note: the command `score` of the plugin singer (palvelumittari_singer) is left out: "
        "palvelumittari has one of that name\n"
    )
    listed = run("-p", module, "plugin", "list").stdout
    assert "    its command `score` cannot be called: palvelumittari has one of that name\n" in listed


def test_an_unknown_command_is_a_usage_error(run: Run, plugin: Plugin) -> None:
    """Also where plugins have been asked."""
    result = run("-p", plugin("singer", COMMANDS), "chors")
    assert "No such command 'chors'" in result.stderr
    assert result.exit_code == 2


WARNING = '''
"""A plugin whose command warns."""

import warnings

import click

from palvelumittari import EncounterWarning, hookimpl


@click.command()
def mutter():
    """Warn twice."""
    warnings.warn(EncounterWarning("odd, this"))
    warnings.warn("old, this", FutureWarning)


@hookimpl
def palvelumittari_commands():
    return [mutter]
'''


def test_warnings_about_encounters_are_notes(run: Run, plugin: Plugin) -> None:
    """Other warnings stay what Python makes of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", FutureWarning)
        result = run("-p", plugin("mutterer", WARNING), "mutter")
    first, *rest = result.stderr.splitlines()
    assert first == "note: odd, this"
    assert "FutureWarning: old, this" in rest[0]
    assert result.exit_code == 0


READER = '''
"""A plugin that reads a format of its own."""

from palvelumittari import hookimpl


def read_rows(stream, name):
    for index, row in enumerate(stream.read().decode().split()):
        event = {"by": "server", "act": row}
        yield {"schema": 1, "id": f"row-{index}", "sector": "kiosk", "record": "full", "events": [event]}


@hookimpl
def palvelumittari_readers():
    return {"rows": read_rows}
'''


def test_a_plugins_format_is_scored_like_ours(run: Run, plugin: Plugin, write: Callable[[str, str], Path]) -> None:
    """The suffix of the file tells which one it is; what does not fit is told, and the rest goes on."""
    result = run("-p", plugin("rows", READER), "score", write("shop.rows", "greet gret thank"))
    assert "row-0: " in result.stdout
    assert "row-2: " in result.stdout
    assert "did you mean `greet`?" in result.stderr
    assert result.exit_code == 2


# --- modules in the current folder ------------------------------------------------------------------------------


def test_a_module_in_the_current_folder_is_found(
    run: Run, write: Callable[[str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `python -m` finds it; after the command the path of Python is what it was."""
    write("here/palvelumittari_close_by.py", '"""A plugin."""')
    monkeypatch.chdir(tmp_path / "here")
    before = list(sys.path)
    try:
        assert "close_by  not installed" in run("-p", "palvelumittari_close_by", "plugin", "list").stdout
    finally:
        sys.modules.pop("palvelumittari_close_by", None)
    assert sys.path == before


def test_without_a_module_the_current_folder_is_not_looked_into(tmp_path: Path) -> None:
    """Nobody runs what happens to lie there."""
    (tmp_path / "tomllib.py").write_text("raise SystemExit(77)")
    program = Path(sys.executable).with_name("palvelumittari")
    if not program.exists():
        pytest.skip("the script is not installed")
    done = subprocess.run([program, "--no-plugins", "rubric", "list"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0


def test_a_missing_module_is_told_without_the_inside_of_python(run: Run) -> None:
    """The place of an import that we asked for helps nobody."""
    result = run("-p", "palvelumittari_nowhere", "plugin", "list")
    assert "    cannot be imported: ModuleNotFoundError: No module named 'palvelumittari_nowhere'\n" in result.stdout
    assert "frozen" not in result.stdout
