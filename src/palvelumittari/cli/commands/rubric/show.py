"""`palvelumittari rubric show`: a rubric as a page or a table, or the vocabulary as a page."""

from __future__ import annotations

import click

from palvelumittari.authoring.pages import page_in_markdown, rubric_page
from palvelumittari.authoring.tables import rubric_table
from palvelumittari.cli.rubric_page import show_page
from palvelumittari.cli.screen import make_screen
from palvelumittari.cli.session import Session, language_option, pass_session
from palvelumittari.cli.vocabulary_page import show_vocabulary

VOCABULARY = "vocabulary"
"""What `rubric show` calls the vocabulary; no rubric may have that id."""

TEXT, MARKDOWN, CSV = "text", "markdown", "csv"


@click.command(short_help="Show a rubric, or the vocabulary, to read.")
@click.argument("name", metavar="ID|FILE.toml|vocabulary")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice([TEXT, MARKDOWN, CSV]),
    default=TEXT,
    show_default=True,
    help="How to show a rubric: as text, as Markdown, or as a table for spreadsheets (CSV in UTF-8), in all languages.",
)
@language_option
@pass_session
def show(session: Session, name: str, form: str, language: str) -> None:
    """Show a rubric to read aloud, inherited criteria and where they come from included; or the vocabulary, with which
    encounters are written down.

    `palvelumittari rubric import` makes a rubric of a table that was edited.
    """
    if name == VOCABULARY:
        if form != TEXT:
            raise click.BadParameter("the vocabulary is shown as text only", param_hint="--format")
        show_vocabulary(make_screen(), session.meter().vocabulary, language)
        return
    meter, chosen = session.meter_with([name])
    assert chosen is not None  # for the type checker: there is one because we gave one
    if form == CSV:
        rubrics = meter.catalog.rubrics
        _write_bytes(rubric_table(rubrics[chosen], rubrics))
    elif form == MARKDOWN:
        _write_bytes(page_in_markdown(rubric_page(meter, chosen, language)))
    else:
        show_page(make_screen(), rubric_page(meter, chosen, language))


def _write_bytes(text: str) -> None:
    """Write a file's content to standard output: in UTF-8 whatever the terminal speaks, its line ends as they are."""
    click.echo(text.encode(), nl=False)
