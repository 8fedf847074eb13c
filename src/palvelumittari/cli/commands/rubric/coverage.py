"""`palvelumittari rubric coverage`: what the cases of a rubric show of it, and what they do not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from palvelumittari.authoring.coverage import Coverage, coverage_of
from palvelumittari.authoring.coverage_data import coverage_data
from palvelumittari.authoring.played import own_cases, read_cases
from palvelumittari.authoring.trying import case_files
from palvelumittari.cli.coverage_page import show_coverage
from palvelumittari.cli.screen import make_screen
from palvelumittari.cli.session import Session, ids_of, language_option, pass_session
from palvelumittari.cli.telling import Ending
from palvelumittari.meter import Meter


@click.command(short_help="Tell what the cases of a rubric leave unshown.")
@click.argument("names", nargs=-1, metavar="[ID|FILE.toml...]")
@click.option(
    "--cases",
    "paths",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A case or a folder with cases (repeatable), instead of those in the folder `cases` beside the rubric.",
)
@click.option("--strict", is_flag=True, help="End with 1 if a criterion or a situation wants a case.")
@language_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text: to read; json: one object for one rubric, else an array.",
)
@pass_session
def coverage(
    session: Session, names: tuple[str, ...], paths: tuple[Path, ...], strict: bool, language: str, form: str
) -> None:
    """Tell which criteria the cases of a rubric exercise, and in which outcomes; without a name, of every rubric.

    Each criterion wants a case in which it is met, one in which it is missed, and one in which it has no say. Tells
    also which situations never applied, without which criteria every case would get the same band, and which two
    criteria seem to say the same.
    """
    meter, _ = session.meter_with(names)
    found = list(_coverages(meter, _ids(meter, names), paths))
    if form == "json":
        data = [coverage_data(each) for each in found]
        click.echo(json.dumps(data[0] if len(data) == 1 else data, indent=2, ensure_ascii=False))
    else:
        _show(meter, found, language)
    if strict and not all(each.is_complete for each in found):
        raise click.exceptions.Exit(Ending.BELOW)


def _ids(meter: Meter, names: Sequence[str]) -> list[str]:
    """The ids of the rubrics named by id or file, each once; of all if none is named."""
    return list(dict.fromkeys(ids_of(meter, names))) or sorted(meter.catalog.rubrics)


def _coverages(meter: Meter, rubrics: Sequence[str], paths: Sequence[Path]) -> Iterator[Coverage]:
    named = read_cases(meter, case_files(meter, paths)) if paths else ()
    for rubric in rubrics:
        yield coverage_of(meter, rubric, named or read_cases(meter, own_cases(meter, rubric)))


def _show(meter: Meter, found: Sequence[Coverage], language: str) -> None:
    screen = make_screen()
    for number, each in enumerate(found):
        if number:
            screen.blank()
        show_coverage(screen, meter, each, language)
