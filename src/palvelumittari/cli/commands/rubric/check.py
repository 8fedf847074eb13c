"""`palvelumittari rubric check`: whether files of one's own are in order."""

from __future__ import annotations

from pathlib import Path

import click

from palvelumittari.cli.check_context import Bench
from palvelumittari.cli.checking import Checked, verdict_on
from palvelumittari.cli.commands.plugin import show_problem
from palvelumittari.cli.screen import Screen, make_screen, styled
from palvelumittari.cli.session import Session, pass_session
from palvelumittari.cli.telling import Ending


@click.command(short_help="Check files of your own, and say all that is wrong.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@pass_session
def check(session: Session, paths: tuple[Path, ...]) -> None:
    """Check files or folders: rubrics, vocabulary.toml, readings.toml and *.case.toml.

    Every problem of a file is told at once, with its line and what to try. Rubrics given together may extend each
    other, and may use the vocabulary.toml and readings.toml that lie in their folder or its parent. Ends with 2 if
    there is an error; warnings are only shown.
    """
    screen = make_screen()
    found = list(Bench(session.meter().catalog, paths).checked())
    for each in found:
        _show_checked(screen, each)
    screen.line(verdict_on(found))
    if not found or any(each.error_count for each in found):
        raise click.exceptions.Exit(Ending.BAD_INPUT)


def _show_checked(screen: Screen, checked: Checked) -> None:
    style = "red" if checked.error_count else "yellow" if checked.problems else "green"
    what = f"{checked.path}: {checked.what}: " if checked.what else f"{checked.path}: "
    screen.verbatim(what, styled(checked.state, style))
    for problem in checked.problems:
        show_problem(screen, problem)
    if checked.problems:
        screen.blank()
