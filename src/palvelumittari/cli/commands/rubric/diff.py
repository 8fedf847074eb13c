"""`palvelumittari rubric diff`: what changed between two versions of a rubric, and which version that calls for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from palvelumittari.authoring.difference import Moves, compare
from palvelumittari.authoring.difference.saying import Sayer
from palvelumittari.cli.diff_page import json_of, markdown_of, show_difference, show_moves
from palvelumittari.cli.diff_stream import Named, Rescorer
from palvelumittari.cli.screen import make_screen
from palvelumittari.cli.session import Session, ids_of, is_file_name, language_option, pass_session, source_option
from palvelumittari.cli.telling import Ending

_FORMS = ("text", "json", "markdown")


@click.command(short_help="Compare two versions of a rubric.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--old-with",
    "old_files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    help="A further rubric file that OLD rests on, such as a parent (repeatable).",
)
@click.option(
    "--new-with",
    "new_files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    help="The same for NEW.",
)
@click.option(
    "--on",
    "paths",
    multiple=True,
    metavar="PATH",
    help="Encounters to score with both: a file in any format that `score` reads, - for standard input, a *.case.toml, "
    "or a folder with such cases. Repeatable.",
)
@source_option
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    metavar="N",
    help="How many encounters whose band moved are shown; those that moved farthest come first.",
)
@click.option(
    "-f", "--format", "form", type=click.Choice(_FORMS), default="text", show_default=True, help="How it is told."
)
@language_option
@pass_session
def diff(  # noqa: PLR0913, PLR0917  # click hands over each option by itself
    session: Session,
    old: str,
    new: str,
    old_files: tuple[Path, ...],
    new_files: tuple[Path, ...],
    paths: tuple[str, ...],
    source: str | None,
    limit: int,
    form: str,
    language: str,
) -> None:
    """Tell what changed from rubric OLD to rubric NEW, and which version number that calls for.

    OLD and NEW are each the id of a loaded rubric or a TOML file; a vocabulary.toml and a readings.toml beside a file,
    or in the folder above, are taken along. Inherited criteria are compared, too.

    Ends with 1 if the version of NEW is lower than its changes call for, with 2 if something cannot be read.
    """
    before, after = _named(session, old, old_files, is_first=True), _named(session, new, new_files)
    rescorer = Rescorer(before, after, source)
    difference = compare(*before, *after)
    moves = Moves(limit) if paths else None
    if moves is not None:
        rescorer.compare(paths, moves)
    sayer = Sayer(before[0], after[0], language)
    if form == "text":
        screen = make_screen()
        show_difference(screen, difference, sayer)
        if moves is not None:
            show_moves(screen, moves, sayer)
    else:
        text = json_of(difference, moves) if form == "json" else markdown_of(difference, moves, sayer)
        sys.stdout.buffer.write(text.encode(errors="replace"))
    if moves is not None and moves.rejected_count:
        raise click.exceptions.Exit(Ending.BAD_INPUT)
    raise click.exceptions.Exit(Ending.FINE if difference.fit.is_fine else Ending.BELOW)


def _named(session: Session, name: str, further: tuple[Path, ...], *, is_first: bool = False) -> Named:
    """A meter of its own for a rubric that the caller names; what is wrong with plugins is told with the first."""
    file = Path(name) if is_file_name(name) else None
    files = (*further, file) if file is not None else further
    meter = session.meter(files) if is_first else session.further_meter(files)
    return meter, ids_of(meter, [name])[0]
