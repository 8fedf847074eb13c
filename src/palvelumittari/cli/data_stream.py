"""Records for programs on standard output: one JSON object, an array, or an object a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from palvelumittari.formats import Format, dumps

if TYPE_CHECKING:
    from palvelumittari.formats.kinds import Record

TEXT = "text"
"""The format to read, which is not for programs."""

FORMATS = (TEXT, Format.JSON.value, Format.NDJSON.value)
"""What `-f` may ask for."""

format_option = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=TEXT,
    show_default=True,
    help="text: to read; json: one object if there is one encounter in all, else an array; ndjson: an object a line.",
)
"""Adds `--format`, which a command gets as `form`."""


def write_records(records: Iterable[Record], form: str) -> None:
    """Records in UTF-8, whatever the encoding of the terminal, each as soon as it is there."""
    pieces = _document(records) if form == Format.JSON else (_line(record) + "\n" for record in records)
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode(errors="replace"))
        sys.stdout.buffer.flush()


def _document(records: Iterable[Record]) -> Iterator[str]:
    rest = iter(records)
    first = list(islice(rest, 2))
    if len(first) == 1:
        yield dumps(first[0])
        return
    yield "["
    for number, record in enumerate(chain(first, rest)):
        yield (",\n" if number else "\n") + _line(record)
    yield "\n]\n"


def _line(record: Record) -> str:
    return dumps(record, format=Format.NDJSON).rstrip("\n")
