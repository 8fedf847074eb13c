"""The program: its options, its commands, and those that plugins bring."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from palvelumittari.cli.commands.advise import advise
from palvelumittari.cli.commands.case import case
from palvelumittari.cli.commands.demo import demo
from palvelumittari.cli.commands.episode import episode
from palvelumittari.cli.commands.explain import explain
from palvelumittari.cli.commands.journey import journey
from palvelumittari.cli.commands.panel import panel
from palvelumittari.cli.commands.plugin import plugin
from palvelumittari.cli.commands.relationship import relationship
from palvelumittari.cli.commands.rubric import rubric
from palvelumittari.cli.commands.schema import schema
from palvelumittari.cli.commands.score import score
from palvelumittari.cli.commands.shift import shift
from palvelumittari.cli.commands.what_if import what_if
from palvelumittari.cli.session import Session
from palvelumittari.cli.telling import all_told

PROGRAM = "palvelumittari"


class Program(click.Group):
    """The group of all commands. Plugins are loaded only for a command that is not built in, never for `--help`."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name: a built-in one, else a plugin's."""
        return super().get_command(ctx, cmd_name) or self._command_of_plugin(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; errors become messages on standard error, never tracebacks."""
        _prepare_streams(ctx)
        with all_told():
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()

    def _command_of_plugin(self, ctx: click.Context, name: str) -> click.Command | None:
        if ctx.resilient_parsing:
            return None
        commands = _session_of(ctx).meter().catalog.commands
        return next((command for command in commands if command.name == name), None)


def _session_of(ctx: click.Context) -> Session:
    """The session that the options ask for, made once."""
    if ctx.obj is None:
        options = ctx.params
        if options["plugin"]:
            ctx.with_resource(importable(Path.cwd()))
        ctx.obj = Session(
            modules=options["plugin"],
            installed=not options["no_plugins"],
            strict=options["strict"],
            built_in=frozenset(main.commands),
        )
    found: Session = ctx.obj
    return found


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Let Python find modules in a folder, before all others, until the end of the block; as `python -m` does."""
    entry = str(folder)
    sys.path.insert(0, entry)
    try:
        yield
    finally:
        with suppress(ValueError):  # a plugin may have taken it out
            sys.path.remove(entry)


def _prepare_streams(ctx: click.Context) -> None:
    """Let no character stop the output that its encoding lacks, and use no colours where they are not wanted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if os.environ.get("NO_COLOR"):
        ctx.color = False


@click.group(
    PROGRAM,
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Plugins may add commands: `palvelumittari plugin list` names them. "
    "Exit codes: 0 all is well; 1 something is below what was asked for, such as a failed case; "
    "2 bad input or usage.",
)
@click.version_option(version(PROGRAM), prog_name=PROGRAM, message="%(prog)s %(version)s")
@click.option("--no-plugins", is_flag=True, help="Use no installed plugins.")
@click.option(
    "-p",
    "--plugin",
    multiple=True,
    metavar="MODULE",
    help="Use this module, which may lie in the current folder, as a plugin, too (repeatable).",
)
@click.option("--strict", is_flag=True, help="Stop if any plugin cannot be loaded, instead of leaving it out.")
@click.pass_context
def main(ctx: click.Context, /, **_: Any) -> None:
    """Say how good the service in recorded customer encounters was, why, and what would have been better.

    Palvelumittari is Finnish for service meter. `palvelumittari demo` shows what it does.
    """
    _session_of(ctx)


for _command in (
    score,
    explain,
    advise,
    what_if,
    case,
    rubric,
    plugin,
    demo,
    schema,
    episode,
    journey,
    shift,
    relationship,
    panel,
):
    main.add_command(_command)
