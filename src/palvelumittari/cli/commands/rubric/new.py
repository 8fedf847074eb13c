"""`palvelumittari rubric new`: a rubric to start from."""

from __future__ import annotations

from pathlib import Path

import click

from palvelumittari.authoring.scaffold import Kind, Wish, make
from palvelumittari.cli.making import making_options, shell_word, show_made
from palvelumittari.cli.screen import make_screen
from palvelumittari.cli.session import Session, pass_session


@click.command(short_help="Make a rubric of your own to start from.")
@making_options
@pass_session
def new(session: Session, name: str, title: str | None, sector: str | None, into: Path) -> None:
    """Make a rubric of your own to start from, in a new folder: one that rests on the universal rubric, with its cases.

    Every line is explained, and nothing of it is a program. NAME is the id of the rubric, such as hotel or hotel/desk.
    """
    wish = Wish.of(Kind.RUBRIC, name, title=title, sector=sector, into=into)
    made = make(wish, session.catalog())
    folder, file = shell_word(made.folder), shell_word(made.folder / f"{wish.slug}.toml")
    commands = (
        f"palvelumittari rubric check {folder}",
        f"palvelumittari case run {folder}",
        f"palvelumittari rubric show {file}",
    )
    show_made(make_screen(), made, commands)
