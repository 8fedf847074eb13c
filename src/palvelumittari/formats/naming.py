"""Which format a file is in: by its name, else by how it begins."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType

from palvelumittari.reading.notation.documents import looks_like_timeline
from palvelumittari.reading.strict_json import ends_early
from palvelumittari.words.errors import EncounterError, Problem, did_you_mean, shown


class Format(StrEnum):
    """How records are written; the timeline notation holds encounters alone."""

    JSON = "json"
    NDJSON = "ndjson"
    TIMELINE = "timeline"


_SUFFIXES = MappingProxyType(
    {
        ".json": Format.JSON,
        ".ndjson": Format.NDJSON,
        ".jsonl": Format.NDJSON,
        ".timeline": Format.TIMELINE,
        ".txt": Format.TIMELINE,
    }
)


def format_named(name: str) -> Format:
    """The format that a caller asks for; raises `EncounterError` if there is none of that name."""
    if name in tuple(Format):
        return Format(name)
    raise EncounterError(unknown_format(name, Format))


def unknown_format(name: str, known: Iterable[str]) -> Problem:
    """That there is no format of that name, with those that there are and the nearest of them."""
    names = tuple(map(str, known))
    expected = "one of " + ", ".join(names)
    return Problem("unknown format", found=shown(name), expected=expected, hint=did_you_mean(name, names))


def format_of(file: str | None) -> Format | None:
    """The format that the suffix of a file's name tells, or `None`."""
    return _SUFFIXES.get(PurePath(file or "").suffix.lower())


def format_of_text(text: str) -> Format:
    """The format that a document seems to be in: the notation if its first line looks so, else JSON."""
    is_timeline = not text.lstrip().startswith(("{", "[", '"')) and looks_like_timeline(text)
    return Format.TIMELINE if is_timeline else Format.JSON


def format_of_first_line(line: str) -> Format:
    """The format of a stream that begins so: NDJSON where the line is an object, whole or broken in its midst.

    >>> format_of_first_line('{"id": "a"}'), format_of_first_line('{"id": "a",')
    (<Format.NDJSON: 'ndjson'>, <Format.JSON: 'json'>)
    """
    if line.lstrip().startswith("{"):
        goes_on = line.rstrip().endswith(("{", "[", ",", ":")) and ends_early(line)
        return Format.JSON if goes_on else Format.NDJSON
    return format_of_text(line)
