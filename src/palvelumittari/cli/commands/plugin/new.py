"""`palvelumittari plugin new`: a plugin to start from."""

from __future__ import annotations

from pathlib import Path

import click

from palvelumittari.authoring.scaffold import Kind, Wish, make
from palvelumittari.cli.making import making_options, shell_word, show_made
from palvelumittari.cli.screen import make_screen
from palvelumittari.cli.session import Session, pass_session


@click.command(short_help="Make a plugin of your own to start from.")
@making_options
@pass_session
def new(session: Session, name: str, title: str | None, sector: str | None, into: Path) -> None:
    """Make a plugin of your own to start from, in the new folder palvelumittari-NAME: something that pip installs.

    It brings a rubric that rests on the universal one, an act, a measure in Python, cases and tests, all of them
    working. NAME is the name of the plugin and of its rubric, such as hotel. If you need no Python, begin with
    `palvelumittari rubric new`.
    """
    wish = Wish.of(Kind.PLUGIN, name, title=title, sector=sector, into=into)
    made = make(wish, session.catalog())
    installed = shell_word(f"{Path() / made.folder}[test]", is_path=True)
    commands = (
        f"python -m pip install --editable {installed}",
        f"python -m pytest {shell_word(made.folder)}",
        f"palvelumittari rubric show {name}",
    )
    show_made(make_screen(), made, commands)
