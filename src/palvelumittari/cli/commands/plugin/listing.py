"""`palvelumittari plugin list`: which plugins there are, what they bring, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from palvelumittari.cli.screen import Screen, make_screen, styled
from palvelumittari.cli.session import Session, pass_session
from palvelumittari.cli.telling import lines_of
from palvelumittari.plugins import PluginStatus
from palvelumittari.words.errors import Problem
from palvelumittari.words.phrases import phrase

INDENT = 4
KIND_WIDTH = 12


@click.command("list", short_help="Name every plugin, and what is wrong with it.")
@pass_session
def list_plugins(session: Session) -> None:
    """Name every plugin with what it brings, or with what is wrong and how to mend it.

    A broken plugin does not end the command with an error: the others work all the same.
    """
    screen = make_screen()
    statuses = session.catalog().plugins
    for status in statuses:
        show_plugin(screen, status, session.collisions(status))
        screen.blank()
    if not statuses:
        screen.line("No plugins. To get the shipped ones:")
        screen.verbatim(phrase("cli.demo.packages", "en"), indent=INDENT)
        return
    broken = [status.name for status in statuses if not status.is_ok]
    screen.line(f"Plugins: {len(statuses)}, in use: {len(statuses) - len(broken)}" + _left_out(broken))


def _left_out(names: Sequence[str]) -> str:
    return f", LEFT OUT because something is wrong: {', '.join(names)}" if names else ""


def show_plugin(screen: Screen, status: PluginStatus, collisions: Sequence[str]) -> None:
    """One plugin: its name and release, then what it brings, then what is wrong with it."""
    release = " ".join(filter(None, (status.distribution, status.version))) or "not installed, named by the caller"
    state = styled("in use", "green") if status.is_ok else styled("LEFT OUT", "bold red")
    screen.line(styled(status.name, "bold"), f"  {release}  (entry point {status.entry_point})  ", state)
    for kind, ids in status.brings.items():
        screen.line(f"{kind:<{KIND_WIDTH}}{len(ids):>3}  {', '.join(ids)}", indent=INDENT, hang=INDENT + KIND_WIDTH + 5)
    for problem in status.problems:
        show_problem(screen, problem)
    for name in collisions:
        what = f"its command `{name}` cannot be called: palvelumittari has one of that name"
        show_problem(screen, Problem(what, hint="rename the command"))


def show_problem(screen: Screen, problem: Problem) -> None:
    """A problem as it tells itself, indented, its lines unbroken so that carets stay in place."""
    for number, line in enumerate(lines_of(problem)):
        style = "" if number else "red" if problem.is_error else "yellow"
        screen.verbatim(styled(line, style), indent=INDENT)
