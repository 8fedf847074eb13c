"""`palvelumittari rubric import`: a rubric from a table that was edited in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from palvelumittari.authoring.schemas.naming import Kind, directive, file_name
from palvelumittari.authoring.tables import Imported, import_table
from palvelumittari.authoring.tables.sheet import read_table
from palvelumittari.authoring.whole_file import write_whole
from palvelumittari.cli.session import Session, pass_session
from palvelumittari.cli.telling import lines_of, tell_note
from palvelumittari.plugins.surroundings import Surroundings
from palvelumittari.words.errors import Place, Problem, RubricError


@click.command("import", short_help="Make a rubric of a table from a spreadsheet.")
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    help="Write the rubric there.",
)
@click.option("--force", is_flag=True, help="Write even over a file that is there.")
@click.option(
    "--rubric",
    "parents",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    help="A rubric file on which this one rests, where it is not installed (repeatable).",
)
@pass_session
def import_rubric(
    session: Session, table: Path, output: Path | None, *, force: bool, parents: tuple[Path, ...]
) -> None:
    """Make a rubric, as TOML, of a table that was saved as CSV by a spreadsheet.

    Every problem is told by its cell, and then nothing is written; ends with 2. Without -o the rubric goes to standard
    output. `palvelumittari rubric show ID -f csv` makes such a table of a rubric.
    """
    catalog = session.meter(parents).catalog
    if output is not None and output.exists() and not force:
        raise RubricError(Problem("this file is there already", Place(str(output)), hint="another name, or --force"))
    terms = Surroundings(catalog).terms_beside([table if output is None else output])
    imported = import_table(read_table(table), str(table), catalog.rubrics, terms)
    _tell(imported)
    if output is None:
        click.echo(imported.toml, nl=False)
    else:
        write_whole(output, _schema_line(output) + imported.toml)
        click.echo(f"{output}: rubric {imported.what}")


def _tell(imported: Imported) -> None:
    for note in imported.notes:
        tell_note(note)
    for warning in imported.warnings:
        click.echo("\n".join(lines_of(warning)), err=True)


def _schema_line(output: Path) -> str:
    """The line by which editors find the schema, if schemas lie in a folder `schema` beside the file or above it."""
    around = (output.resolve().parent, *output.resolve().parents[1:3])
    folders = (folder / name for folder in around for name in ("schema", "docs/schema"))
    schemas = next((folder for folder in folders if (folder / file_name(Kind.RUBRIC)).is_file()), None)
    return f"{directive(output.resolve(), schemas)}\n" if schemas is not None else ""
