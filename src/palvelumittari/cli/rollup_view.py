"""A record about several encounters at the command line: as text to read, or as data that loads again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, TypeVar

import click

from palvelumittari.cli.screen import Screen, make_screen, styled
from palvelumittari.formats import Format, dumps
from palvelumittari.records.word_of_mouth import TellingModel

Function = TypeVar("Function", bound=Callable[..., Any])

TEXT = "text"
"""The format to read, which is not for programs."""

DEEPER = 2
"""How much further to the right the second line of a paragraph begins."""


def form_option(function: Function) -> Function:
    """Adds `-f`, which a command gets as `form`."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice([TEXT, Format.JSON.value, Format.NDJSON.value]),
        default=TEXT,
        show_default=True,
        help="text: to read; json: the record; ndjson: the record on one line, and what belongs beside it on others.",
    )(function)


def names_option(function: Function) -> Function:
    """Adds `--names`, which a command gets as `names`."""
    return click.option(
        "--names",
        is_flag=True,
        help="Let the ids of the encounters and what was said stand in the result. By default encounters are numbered: "
        "an id may be somebody's name.",
    )(function)


def telling_option(function: Function) -> Function:
    """Adds `--word-of-mouth`, which a command gets as `model`."""
    return click.option(
        "--word-of-mouth",
        "model",
        type=click.Choice([model.value for model in TellingModel]),
        default=TellingModel.STORIES.value,
        show_default=True,
        help="What is held of a failure that was put right: that it is told on (stories), or not (evidence).",
    )(function)


def show(record: Any, form: str, language: str, beside: Iterable[Any] = ()) -> None:
    """A record with what belongs beside it: as text, the record alone as JSON, or each of them on a line."""
    if form == TEXT:
        screen = make_screen()
        for number, each in enumerate((record, *beside)):
            if number:
                screen.blank()
            show_text(screen, each.explain(language))
        return
    wanted = (record,) if form == Format.JSON else (record, *beside)
    for each in wanted:
        sys.stdout.buffer.write(dumps(each, format=form).encode())
    sys.stdout.buffer.flush()


def show_text(screen: Screen, text: str) -> None:
    """An explanation on the screen: its first line and its headings bold, long lines wrapped where they stand."""
    for before, line in pairwise(["", *text.split("\n")]):
        if not line:
            screen.blank()
            continue
        indent = len(line) - len(line.lstrip())
        is_head = not before and not indent
        screen.line(styled(line.strip(), "bold" if is_head else ""), indent=indent, hang=indent + DEEPER)
