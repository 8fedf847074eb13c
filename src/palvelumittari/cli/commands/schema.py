"""`palvelumittari schema`: JSON Schemas, with which editors complete and underline our files."""

from __future__ import annotations

from pathlib import Path

import click

from palvelumittari.authoring.schemas import Kind, file_name, schema_text, write_schemas
from palvelumittari.authoring.schemas import schema as schema_of
from palvelumittari.cli.screen import make_screen, styled


@click.command(short_help="Print or write JSON Schemas, for editors.")
@click.argument("kind", required=False, type=click.Choice([kind.value for kind in Kind]), metavar="[KIND]")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write into this folder, as KIND.schema.json, instead of printing; without KIND all schemas.",
)
def schema(kind: str | None, folder: Path | None) -> None:
    """Print the JSON Schema (draft-07) of a kind of file: encounter, case, rubric, readings, vocabulary or verdict.

    Editors complete, explain and underline with it. A TOML file names its schema in its first line, as in
    `#:schema schema/rubric.schema.json`. Without KIND the kinds are listed. The schemas know the words of the core;
    the acts, tags and fields of plugins are let pass.
    """
    if folder is not None:
        for file in write_schemas(folder, tuple(Kind) if kind is None else (Kind(kind),)):
            make_screen().verbatim(f"wrote {file}")
    elif kind is not None:
        click.echo(schema_text(kind), nl=False)
    else:
        rows = [[styled(each, "bold"), file_name(each), schema_of(each)["description"]] for each in Kind]
        make_screen().table("kind", "schema", "of what", rows=rows, fixed=(0, 1))
