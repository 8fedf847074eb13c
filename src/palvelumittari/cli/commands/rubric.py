"""`palvelumittari rubric`: which rubrics there are, what they say, and whether a file of one's own is in order."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from palvelumittari.cli.check_context import Bench
from palvelumittari.cli.checking import Checked, verdict_on
from palvelumittari.cli.commands.plugin import show_problem
from palvelumittari.cli.rubric_page import show_rubric
from palvelumittari.cli.screen import Screen, make_screen, styled
from palvelumittari.cli.session import Session, language_option, pass_session
from palvelumittari.cli.telling import Ending
from palvelumittari.cli.vocabulary_page import show_vocabulary
from palvelumittari.meter import Meter
from palvelumittari.reading.rubric_file import RubricFile

VOCABULARY = "vocabulary"
"""What `rubric show` calls the vocabulary; no rubric may have that id."""


@click.group(short_help="List, show and check rubrics.")
def rubric() -> None:
    """The rules by which service is judged."""


# --- list -------------------------------------------------------------------------------------------------------


@rubric.command("list", short_help="Name every rubric.")
@pass_session
def list_rubrics(session: Session) -> None:
    """Name every rubric: id, version, what it is for, how many criteria it judges by, where it comes from."""
    meter = session.meter()
    rows = [_row(meter, file) for file in sorted(meter.catalog.rubrics.values(), key=lambda file: file.id)]
    heads = ("rubric", "version", "sectors and channels", "criteria", "from")
    make_screen().table(*heads, rows=rows, fixed=(0, 1, 3))


def _row(meter: Meter, file: RubricFile) -> list[str | Text]:
    document = file.document
    united, own = len(meter.rubric(file.id).criteria), len(document.criterion)
    serves = ", ".join([*document.sectors, *document.channels]) or "everything else"
    criteria = str(united) if united == own else f"{united} ({own} own)"
    return [styled(file.id, "bold"), document.version, serves, criteria, file.origin]


# --- show -------------------------------------------------------------------------------------------------------


@rubric.command(short_help="Show a rubric, or the vocabulary, to read.")
@click.argument("name", metavar="ID|FILE.toml|vocabulary")
@language_option
@pass_session
def show(session: Session, name: str, language: str) -> None:
    """Show a rubric to read, inherited criteria included; or the vocabulary, with which encounters are written down."""
    if name == VOCABULARY:
        show_vocabulary(make_screen(), session.meter().vocabulary, language)
        return
    meter, chosen = session.meter_with([name])
    assert chosen is not None  # for the type checker: there is one because we gave one
    show_rubric(make_screen(), meter, chosen, language)


# --- check ------------------------------------------------------------------------------------------------------


@rubric.command(short_help="Check files of your own, and say all that is wrong.")
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
