"""`palvelumittari rubric show`: a rubric, or the vocabulary, as a page to read."""

from __future__ import annotations

import click

from palvelumittari.cli.rubric_page import show_rubric
from palvelumittari.cli.screen import make_screen
from palvelumittari.cli.session import Session, language_option, pass_session
from palvelumittari.cli.vocabulary_page import show_vocabulary

VOCABULARY = "vocabulary"
"""What `rubric show` calls the vocabulary; no rubric may have that id."""


@click.command(short_help="Show a rubric, or the vocabulary, to read.")
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
