"""The program itself: help, version, languages, and that plugins are asked only when they are needed."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from click.testing import CliRunner, Result

from palvelumittari import __version__
from palvelumittari.cli import main, session
from palvelumittari.cli.session import default_language
from palvelumittari.meter import Meter
from palvelumittari.plugins import Catalog, PluginStatus, State
from palvelumittari.words.errors import PluginError, Problem

Run = Callable[..., Result]

COMMANDS = [
    ["score"],
    ["explain"],
    ["advise"],
    ["what-if"],
    ["rubric"],
    ["rubric", "list"],
    ["rubric", "show"],
    ["rubric", "check"],
    ["rubric", "new"],
    ["case"],
    ["case", "run"],
    ["plugin"],
    ["plugin", "list"],
    ["plugin", "new"],
    ["demo"],
    ["episode"],
    ["journey"],
    ["relationship"],
    ["shift"],
    ["panel"],
    ["rubric", "coverage"],
    ["rubric", "diff"],
    ["rubric", "import"],
    ["schema"],
]


@pytest.fixture
def _no_meter(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("plugins are loaded for this")

    monkeypatch.setattr(session, "Meter", refuse)
    monkeypatch.setattr(session, "load_catalog", refuse)


@pytest.mark.usefixtures("_no_meter")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_needs_no_plugin(run: Run, command: list[str]) -> None:
    """However broken they are, everybody can read how to use the program."""
    result = run(*command, "--help")
    assert result.stdout.startswith(f"Usage: main --no-plugins {' '.join(command)} ") or result.stdout.startswith(
        f"Usage: palvelumittari {' '.join(command)} "
    )
    assert result.exit_code == 0


@pytest.mark.usefixtures("_no_meter")
def test_the_program_tells_its_commands_and_exit_codes() -> None:
    """Also in short, with -h."""
    text = CliRunner().invoke(main, ["-h"]).stdout
    for command in ("score", "explain", "rubric", "case", "plugin", "demo"):
        assert f"\n  {command} " in text
    assert "2 bad input or usage." in " ".join(text.split())


@pytest.mark.usefixtures("_no_meter")
def test_the_version_needs_no_plugin() -> None:
    """One line with name and number."""
    assert CliRunner().invoke(main, ["--version"]).stdout == f"palvelumittari {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score"], "Missing argument"),
        (["score", "x.json", "-f", "xml"], "unknown format 'xml'; expected one of text, json, ndjson"),
        (["score", "x.json", "--lang", "et"], "'et' is not one of"),
        (["score", "x.json", "--fail-under", "101"], "101"),
        (["rubric", "check"], "Missing argument"),
        (["scroe", "x.json"], "No such command 'scroe'"),
    ],
)
def test_bad_usage_ends_with_2(run: Run, arguments: list[str], said: str) -> None:
    """As click tells it."""
    result = run(*arguments)
    assert said in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LANG": "sv"}, "sv"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "sv_SE.UTF-8", "LANG": "fi_FI.UTF-8"}, "sv"),
        ({"LC_ALL": "POSIX", "LANG": "fi_FI.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "fi_FI.UTF-8"}, "fi"),
    ],
)
def test_the_language_of_the_environment(environment: dict[str, str], language: str) -> None:
    """The first variable that says anything decides, as everywhere in POSIX."""
    assert default_language(environment) == language


def test_a_core_without_content_is_an_error_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a broken installation gives no traceback."""

    def broken(*_: object, **__: object) -> None:
        raise PluginError(Problem("the vocabulary of the core is missing", hint="install it again"))

    monkeypatch.setattr(session, "Meter", broken)
    result = run("rubric", "list")
    assert result.stderr == "error: the vocabulary of the core is missing\n    try: install it again\n"
    assert result.exit_code == 2


def test_whatever_the_system_refuses_is_an_error_message(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the name of the file, if it is known."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/secret/rubric.toml")

    monkeypatch.setattr(session, "Meter", refuse)
    result = run("rubric", "list")
    assert result.stderr == "error: /secret/rubric.toml: Permission denied\n"
    assert result.exit_code == 2


def test_an_installed_plugin_that_is_broken_is_noted_and_left_out(
    run: Run, monkeypatch: pytest.MonkeyPatch, talk: object
) -> None:
    """The others work all the same, and whoever wonders is told where to look."""
    broken = PluginStatus(name="taxi", entry_point="my_taxi", state=State.FAILED, distribution="my-taxi", version="1.0")
    real = session.Meter

    @attrs.frozen
    class MeterWithBrokenPlugin:
        meter: Meter

        @property
        def catalog(self) -> Catalog:
            return attrs.evolve(self.meter.catalog, plugins=(broken,))

        def __getattr__(self, name: str) -> object:
            return getattr(self.meter, name)

    monkeypatch.setattr(session, "Meter", lambda *given, **options: MeterWithBrokenPlugin(real(*given, **options)))
    result = run("score", talk)
    assert result.stderr == (
        "note: the plugin taxi (my-taxi 1.0, entry point my_taxi) is left out; `palvelumittari plugin list` tells why\n"
    )
    assert "of 100" in result.stdout
    assert result.exit_code == 0


def test_a_broken_pipe_is_no_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads on: the command ends without a word."""

    def refuse(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(session, "Meter", refuse)
    result = run("rubric", "list")
    assert (result.output, result.exit_code) == ("", 141)


@pytest.mark.usefixtures("_no_meter")
def test_completing_a_command_in_the_shell_needs_no_plugin() -> None:
    """Whoever presses the tabulator does not wait for them."""
    context = main.make_context("palvelumittari", ["--no-plugins"], resilient_parsing=True)
    assert main.get_command(context, "no-such-command") is None
