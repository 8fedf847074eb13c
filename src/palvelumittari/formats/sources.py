"""Where bytes come from: files and streams, read no further than the limit, and decoded with care."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

import attrs

from palvelumittari.reading.excerpts import place_in, printable
from palvelumittari.words.errors import EncounterError, Place, Problem

Readable = str | os.PathLike[str] | IO[str] | IO[bytes]
"""The path of a file, or an open stream of text or bytes."""

Raw = str | bytes

_PIECE = 1 << 20
_WIDE = (  # the longer mark first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# Which of the first four bytes are zero where the first characters are ASCII.
_UNMARKED: Mapping[tuple[bool, ...], str] = MappingProxyType(
    {
        (False, True, False, True): "UTF-16",
        (True, False, True, False): "UTF-16",
        (False, True, True, True): "UTF-32",
        (True, True, True, False): "UTF-32",
    }
)


def name_of(where: Readable) -> str | None:
    """The name of a file or stream for messages; `None` if it has none."""
    name = os.fspath(where) if isinstance(where, str | os.PathLike) else getattr(where, "name", None)
    return printable(name) if isinstance(name, str) else None


@contextmanager
def opened(where: Readable) -> Iterator[IO[str] | IO[bytes]]:
    """A stream of what stands there; a file is closed afterwards, a stream that was given stays open."""
    if isinstance(where, str | os.PathLike):
        with reading(name_of(where)):
            stream = Path(where).open("rb")  # noqa: SIM115 - errors of opening and of the caller's block differ
        with stream:
            yield stream
    else:
        yield where


@contextmanager
def reading(file: str | None) -> Iterator[None]:
    """Turn what the system says of a file that cannot be read into an `EncounterError`."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise EncounterError(_not_utf8(error, Place(file))) from None
    except FileNotFoundError:
        raise EncounterError(Problem("there is no such file", Place(file))) from None
    except IsADirectoryError:
        problem = Problem("this is a directory", Place(file), expected="a file", hint="name the files in it one by one")
        raise EncounterError(problem) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise EncounterError(Problem(f"cannot be read: {reason or error}", Place(file))) from None


def read_at_most(stream: IO[Any], limit: int, file: str | None) -> Raw:
    """What is left of a stream, cut one byte (or character) beyond `limit`, so that too much can be told."""
    pieces: list[Any] = []
    size = 0
    with reading(file):
        while size <= limit and (piece := stream.read(min(_PIECE, limit + 1 - size))):
            pieces.append(piece)
            size += len(piece)
    return pieces[0][:0].join(pieces) if pieces else b""


@attrs.frozen
class Line:
    """One line of a stream with its number and its end; `is_cut` if it was longer than the limit."""

    number: int
    raw: Raw
    is_cut: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on it."""
        return not self.raw.strip()


def read_lines(stream: IO[Any], limit: int, file: str | None) -> Iterator[Line]:
    """The lines of a stream, one by one; never more than `limit` bytes (or characters) of one are kept."""
    number = 0
    while True:
        with reading(file):
            raw = stream.readline(limit + 1)
        if not raw:
            return
        number += 1
        if len(raw) > limit and not _is_ended(raw):
            _skip_line(stream, file)
            yield Line(number, raw[:limit], is_cut=True)
        else:
            yield Line(number, raw)


def _is_ended(raw: Raw) -> bool:
    return raw.endswith(b"\n") if isinstance(raw, bytes) else raw.endswith("\n")


def _skip_line(stream: IO[Any], file: str | None) -> None:
    with reading(file):
        while (piece := stream.readline(_PIECE)) and not _is_ended(piece):
            pass


def decode(raw: Raw, *, file: str | None = None, first_line: int = 1) -> tuple[str, tuple[Problem, ...]]:
    """Bytes as text, which must be UTF-8, with or without its mark; a text is only checked.

    Returns:
        The text, empty if there are problems, and the problems.
    """
    if isinstance(raw, str):
        return _checked(raw.removeprefix("\ufeff"), file, first_line)
    if wide := wide_encoding(raw):
        return "", (Problem("not UTF-8", Place(file), found=wide, hint="save it as UTF-8"),)
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode(), ()
    except UnicodeDecodeError as error:
        line = first_line + error.object.count(b"\n", 0, error.start)
        return "", (_not_utf8(error, Place(file, line=line)),)


def _checked(text: str, file: str | None, first_line: int) -> tuple[str, tuple[Problem, ...]]:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        place = place_in(text, error.start, error.end, file=file, first_line=first_line)
        return "", (Problem("half of a surrogate pair, which is no character", place, found=repr(text[error.start])),)
    return text, ()


def wide_encoding(raw: Raw) -> str | None:
    """`UTF-16` or `UTF-32` if bytes begin as such texts do, with their mark or without it."""
    if isinstance(raw, str):
        return None
    marked = next((name for mark, name in _WIDE if raw.startswith(mark)), None)
    return marked or _UNMARKED.get(tuple(byte == 0 for byte in raw[:4]))


def _not_utf8(error: UnicodeDecodeError, place: Place) -> Problem:
    byte = error.object[error.start]
    return Problem(
        "not UTF-8",
        place,
        found=f"the byte 0x{byte:02x} at offset {error.start}",
        hint=f"save it as UTF-8 (in Latin-1 this byte is `{bytes([byte]).decode('latin-1')}`)"
        if byte >= 0xA0
        else "save it as UTF-8",
    )


def legible(raw: Raw) -> str:
    r"""Bytes as text whatever they are: what is not UTF-8 stands as `\xe4`."""
    return raw if isinstance(raw, str) else raw.decode(errors="backslashreplace")
