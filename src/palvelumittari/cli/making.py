"""What `rubric new` and `plugin new` share: their options, and how they show what was made."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

import click

from palvelumittari.authoring.scaffold import Made
from palvelumittari.cli.screen import Screen, styled

Function = TypeVar("Function", bound=Callable[..., Any])

INDENT = 2


def making_options(function: Function) -> Function:
    """Adds what a command that makes something gets as `name`, `title`, `sector` and `into`."""
    parameters = (
        click.argument("name"),
        click.option("--title", metavar="TEXT", help="What people call the place; by default made of NAME."),
        click.option("--sector", metavar="SECTOR", help="Which encounters the rubric serves; by default as in NAME."),
        click.option(
            "--into",
            type=click.Path(path_type=Path),
            default=Path(),
            metavar="FOLDER",
            help="Where to make the new folder; by default in the current one.",
        ),
    )
    for add in reversed(parameters):
        function = add(function)
    return function


def shell_word(word: str | Path, *, is_path: bool = False) -> str:
    """A word as it can be typed in a shell: as it is if it may, else in double quotes, which most shells know.

    `is_path` puts `./` before what a program could take for something else than a place.

    >>> shell_word("drafts/hotel"), shell_word("my drafts/hotel"), shell_word("hotel[test]", is_path=True)
    ('drafts/hotel', '"my drafts/hotel"', '"./hotel[test]"')
    """
    text = str(word)
    if text.startswith("-") or (is_path and not text.startswith(("/", "."))):
        text = f"./{text}"
    if re.fullmatch(r"[\w./:+-]+", text):
        return text
    return shlex.quote(text) if re.search(r'["$`\\!]', text) else f'"{text}"'


def show_made(screen: Screen, made: Made, commands: Sequence[str]) -> None:
    """What was made as a tree, and the commands to type next, ready to be copied."""
    wish = made.wish
    screen.line(f"Made the {wish.kind} ", styled(wish.name, "bold"), f" for the sector {wish.sector}:")
    screen.blank()
    screen.verbatim(styled(f"{made.folder}/", "bold"), indent=INDENT)
    for depth, name in tree(made.files):
        screen.verbatim(name, indent=INDENT * (depth + 2))
    screen.blank()
    screen.line("To try it, type:")
    for command in commands:
        screen.verbatim(command, indent=INDENT)
    screen.blank()
    screen.line(f"{made.folder / 'README.md'} tells how to go on.")


def tree(files: Sequence[PurePosixPath]) -> Iterator[tuple[int, str]]:
    """Files, and the folders in which they lie, each with how deep it lies: folders before files, in order.

    >>> list(tree([PurePosixPath("a.toml"), PurePosixPath("cases/b.toml")]))
    [(0, 'cases/'), (1, 'b.toml'), (0, 'a.toml')]
    """
    tops = dict.fromkeys(file.parts[0] for file in files if len(file.parts) > 1)
    for top in tops:
        yield 0, f"{top}/"
        inside = [file.relative_to(top) for file in files if file.parts[0] == top]
        yield from ((depth + 1, name) for depth, name in tree(inside))
    yield from ((0, file.name) for file in files if len(file.parts) == 1)
