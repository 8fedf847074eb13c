"""The files of a batch: what is checked before it starts, and their cutting into ranges of whole lines."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import attrs

from palvelumittari.formats.reader import Reader
from palvelumittari.formats.sources import decode, name_of, opened, read_lines, reading, wide_encoding
from palvelumittari.meter import Meter
from palvelumittari.reading.encounters import DEFAULT_LIMITS
from palvelumittari.records.encounter import Encounter
from palvelumittari.words.errors import EncounterError, PalvelumittariError, Place, Problem

SPAN_BYTES = 1 << 16
"""How many bytes a worker gets at a time, if lines are shorter: a verdict is much longer than its encounter."""

_SIGN_BYTES = 1 << 12


@attrs.frozen(kw_only=True)
class Input:
    """A file as it was when the batch began.

    No more than `size` bytes are read. `sign` is a digest of its first bytes and of the last before `size`; `device`
    and `inode` tell whether another file took its place.
    """

    path: str
    size: int
    modified: int
    sign: str
    device: int
    inode: int

    @property
    def name(self) -> str:
        """The name for messages."""
        return name_of(self.path) or self.path

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The file, if it is still the same one; raises `EncounterError` if it is not, or cannot be read."""
        with reading(self.name):
            stream = Path(self.path).open("rb")  # noqa: SIM115 - errors of opening and of the caller's block differ
        with stream:
            if not os.path.samestat(os.fstat(stream.fileno()), _stat(self)):
                raise EncounterError(_moved(self.name))
            yield stream

    def read(self, stream: IO[bytes], start: int, length: int) -> bytes:
        """Bytes of the file, as many as were asked for; raises `EncounterError` if there are fewer by now."""
        with reading(self.name):
            stream.seek(start)
            found = stream.read(length)
        if len(found) < length:
            what = "this file became shorter while it was read"
            hint = "let nobody write to it, and start again"
            raise EncounterError(Problem(what, Place(self.name), expected=f"{self.size:,} bytes", hint=hint))
        return found


def _stat(one: Input) -> os.stat_result:
    return os.stat_result((0, one.inode, one.device, 0, 0, 0, 0, 0, 0, 0))


def _moved(name: str) -> Problem:
    what = "another file took the place of this one while it was read"
    return Problem(what, Place(name), hint="put the first one back and use --resume, or start again")


# --- before the start -------------------------------------------------------------------------------------------


def look_at(paths: Sequence[str], meter: Meter) -> tuple[Input, ...]:
    """The files of a batch, each checked as far as its first line.

    Raises:
        EncounterError: With what is wrong in any of them: missing, unreadable, empty, or no NDJSON.
    """
    found: list[Input] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(_looked_at(path, meter))
        except PalvelumittariError as error:
            problems += error.problems
    if problems:
        raise EncounterError(*problems)
    return tuple(found)


def _looked_at(path: str, meter: Meter) -> Input:
    with opened(path) as stream:
        status = os.fstat(stream.fileno())
        check_lines(stream, path, meter)  # type: ignore[arg-type]  # a path is opened for bytes
        return Input(
            path=path,
            size=status.st_size,
            modified=status.st_mtime_ns,
            sign=_sign(stream, status.st_size),  # type: ignore[arg-type]  # as above
            device=status.st_dev,
            inode=status.st_ino,
        )


def check_lines(stream: IO[bytes], path: str, meter: Meter) -> None:
    """Raise `EncounterError` unless a file begins as NDJSON does."""
    name = name_of(path)
    reader = Reader(Encounter, meter.vocabulary, DEFAULT_LIMITS, name)
    lines = read_lines(stream, DEFAULT_LIMITS.document_bytes, name)
    first = next((line for line in lines if not line.is_blank), None)
    if first is None:
        raise EncounterError(reader.empty())
    if wide_encoding(first.raw):
        raise EncounterError(*decode(first.raw, file=name)[1])
    is_plugged = Path(path).suffix.removeprefix(".").lower() in meter.catalog.readers
    if is_plugged or not reader.is_by_lines(first):
        raise EncounterError(no_lines(name))


def no_lines(name: str | None) -> Problem:
    """A batch cannot be cut into lines."""
    hint = "without -o every format is read; `-f ndjson > results.ndjson` keeps what comes out"
    return Problem("this is no NDJSON", Place(name), expected="one JSON object a line", hint=hint)


def is_grown(one: Input) -> int:
    """How many bytes a file has now that it had not when the batch began; 0 if it is gone or shorter."""
    try:
        return max(0, Path(one.path).stat().st_size - one.size)
    except OSError:
        return 0


def unchanged(old: Input, now: Input) -> bool:
    """Whether a file still is what it was, up to where it ended then; something may have been added to it."""
    if old.path != now.path or now.size < old.size:
        return False
    if now.size == old.size:
        return (old.modified, old.sign) == (now.modified, now.sign)
    with Path(now.path).open("rb") as stream:
        return _sign(stream, old.size) == old.sign


def _sign(stream: IO[bytes], size: int) -> str:
    stream.seek(0)
    first = stream.read(min(size, _SIGN_BYTES))
    stream.seek(max(0, size - _SIGN_BYTES))
    return hashlib.sha256(first + stream.read(min(size, _SIGN_BYTES))).hexdigest()


# --- cutting ----------------------------------------------------------------------------------------------------


@attrs.frozen
class Span:
    """Whole lines of a file: which one (its index), from which byte to before which, and the number of the first line.

    `data` holds them where the file is a stream, from which nothing can be read twice.
    """

    file: int
    start: int
    end: int
    first_line: int = attrs.field(kw_only=True)
    line_count: int = attrs.field(kw_only=True)
    data: bytes | None = attrs.field(default=None, kw_only=True, repr=False)


@attrs.frozen
class Position:
    """How far a batch is: the index of a file, an offset in it, and the number of the line that begins there."""

    file: int = 0
    byte: int = 0
    line: int = 1


def spans_of(inputs: Sequence[Input], position: Position, length: int = SPAN_BYTES) -> Iterator[Span]:
    """What is left of the files from a position, in ranges of about `length` bytes; a longer line stands alone."""
    for index in range(position.file, len(inputs)):
        with inputs[index].opened() as stream:
            at = position if index == position.file else Position(index)
            while at.byte < inputs[index].size:
                span = _next_span(inputs[index], stream, at, length)
                yield span
                at = Position(index, span.end, span.first_line + span.line_count)


def _next_span(one: Input, stream: IO[bytes], at: Position, length: int) -> Span:
    piece = one.read(stream, at.byte, min(length, one.size - at.byte))
    end = at.byte + len(piece)
    if end < one.size:
        whole = piece.rfind(b"\n") + 1
        if not whole:
            return Span(at.file, at.byte, _end_of_line(one, stream, end), first_line=at.line, line_count=1)
        end, piece = at.byte + whole, piece[:whole]
    return Span(at.file, at.byte, end, first_line=at.line, line_count=piece.count(b"\n"))


def _end_of_line(one: Input, stream: IO[bytes], at: int) -> int:
    """The offset behind the next line feed from `at` on, or the end of the file."""
    while at < one.size:
        piece = one.read(stream, at, min(SPAN_BYTES, one.size - at))
        found = piece.find(b"\n") + 1
        if found:
            return at + found
        at += len(piece)
    return at


def spans_of_stream(stream: IO[bytes], index: int, name: str, length: int = SPAN_BYTES) -> Iterator[Span]:
    """The lines of a stream, in pieces of about `length` bytes that hold their data; a too long line stands alone."""
    limit = DEFAULT_LIMITS.document_bytes
    held: list[bytes] = []
    start = end = 0
    line = 1
    with reading(name):
        while raw := stream.readline(limit + 1):
            is_cut = len(raw) > limit and not raw.endswith(b"\n")
            if held and (is_cut or end - start >= length):
                yield Span(index, start, end, first_line=line, line_count=len(held), data=b"".join(held))
                start, line, held = end, line + len(held), []
            held.append(raw)
            end += len(raw) + (_skipped(stream) if is_cut else 0)
            if is_cut:
                yield Span(index, start, end, first_line=line, line_count=1, data=raw)
                start, line, held = end, line + 1, []
    if held:
        yield Span(index, start, end, first_line=line, line_count=len(held), data=b"".join(held))


def _skipped(stream: IO[bytes]) -> int:
    """How many bytes there were up to the end of the line, which are passed over."""
    size = 0
    while piece := stream.readline(SPAN_BYTES):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size
