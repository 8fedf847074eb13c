"""From raw text to a record: decoding, choosing the format, parsing, and placing what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import IO, Any, Generic

import attrs

from palvelumittari.formats.kinds import Kind, kind_of_data, one, raise_unless_known, words_for
from palvelumittari.formats.naming import Format, format_named, format_of, format_of_first_line, format_of_text
from palvelumittari.formats.sources import Line, Raw, decode, legible, read_at_most, read_lines, wide_encoding
from palvelumittari.formats.structuring import CONVERTER, SCHEMA, Found, record_from
from palvelumittari.reading.encounters import Limits
from palvelumittari.reading.excerpts import place_in
from palvelumittari.reading.gathering import MORE
from palvelumittari.reading.json_members import find_members
from palvelumittari.reading.notation import parse_document
from palvelumittari.reading.strict_json import holds_several, parse_json
from palvelumittari.reading.structure import json_path
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import EncounterError, Place, Problem

Read = tuple[Kind | None, tuple[Problem, ...]]
"""A record, perhaps with warnings; or `None` with everything that is wrong."""

_CUT_RAW = 1_000
_SPLIT = "split the encounter"
_BY_LINES = "write many encounters as NDJSON, one JSON object a line"


@attrs.frozen
class Reader(Generic[Kind]):
    """Reads records of one kind from one source, whose `name` stands in messages.

    `format` is what the caller asks for; without it the name and the text decide. `others` are kinds that a document
    may be of instead, if it says so or looks so; where there are any, a list in one JSON document holds many records.
    """

    kind: type[Kind]
    vocabulary: Vocabulary
    limits: Limits
    name: str | None
    format: Format | None = attrs.field(default=None, converter=attrs.converters.optional(format_named))
    others: tuple[type[Any], ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a class that is no kind of record."""
        raise_unless_known(self.kind)

    def read_stream(self, stream: IO[Any]) -> Iterator[tuple[int, Raw, Read[Kind]]]:
        """What stands on every line (or in the one document) of a stream: its first line, its raw text, the record."""
        lines = (line for line in read_lines(stream, self.limits.document_bytes, self.name) if not line.is_blank)
        first = next(lines, None)
        if first is None:
            raise EncounterError(self.empty())
        if wide_encoding(first.raw):
            raise EncounterError(*decode(first.raw, file=self.name)[1])
        if self.is_by_lines(first):
            yield from ((line.number, *self.read_line(line)) for line in chain((first,), lines))
        else:
            rest = read_at_most(stream, self.limits.document_bytes - len(first.raw), self.name)
            raw: Any = first.raw + (rest or first.raw[:0])  # type: ignore[operator]  # a stream gives one kind
            many = self.read_list(raw, first.number) if self.others else None
            yield from (
                (first.number, raw, each) for each in ([self.read(raw, first.number)] if many is None else many)
            )

    def is_by_lines(self, first: Line) -> bool:
        """Whether a stream that begins with this line is NDJSON; a `.json` file may be, too."""
        asked = self.format or format_of(self.name)
        if self.format is None and asked in (None, Format.JSON):
            asked = format_of_first_line(decode(first.raw)[0] or legible(first.raw))
        return first.is_cut or asked is Format.NDJSON

    def read_line(self, line: Line) -> tuple[Raw, Read[Kind]]:
        """The record on one line of NDJSON."""
        if line.is_cut:
            return line.raw[:_CUT_RAW], (None, (self.too_large("the line", _SPLIT, line.number),))
        return line.raw, self.read_json(line.raw, line.number)

    def read(self, raw: Raw, first_line: int = 1) -> Read[Kind]:
        """The record of a whole document."""
        text, problems = self.text_of(raw, first_line)
        if problems:
            return None, problems
        asked = self.format or format_of(self.name) or format_of_text(text)
        if asked is Format.TIMELINE:
            return self.timeline_record(text, first_line)
        return self.json_record(text, first_line)

    def read_json(self, raw: Raw, first_line: int) -> Read[Kind]:
        """The record of a JSON document."""
        text, problems = self.text_of(raw, first_line)
        return (None, problems) if problems else self.json_record(text, first_line)

    def text_of(self, raw: Raw, first_line: int) -> tuple[str, tuple[Problem, ...]]:
        """The text of a document that is neither too large nor empty nor in another encoding."""
        if len(raw) > self.limits.document_bytes:
            return "", (self.too_large("the document", f"{_SPLIT}; {_BY_LINES}"),)
        text, problems = decode(raw, file=self.name, first_line=first_line)
        return text, problems or (() if text.strip() else (self.empty(),))

    def json_record(self, text: str, first_line: int) -> Read[Kind]:
        """The record of a JSON text."""
        data, problems = parse_json(text, partial(place_in, text, file=self.name, first_line=first_line))
        if problems:
            return None, (self.too_many(problems[0]),) if holds_several(text) else problems
        record, found = record_from(data, self.kind_of(data), self.vocabulary, self.limits)
        return record, self.placed(text, found, first_line) if found else ()

    def kind_of(self, data: Any) -> type[Any]:
        """The kind that a document must be: one of the others if it is of that, else the first."""
        seeming = kind_of_data(data) if self.others else None
        return seeming if seeming is not None and seeming in self.others else self.kind

    def read_list(self, raw: Raw, first_line: int) -> list[Read[Kind]] | None:
        """The records of a JSON document that is a list, as `score -f json` writes it; `None` if it is none."""
        text, problems = self.text_of(raw, first_line)
        if problems or not text.lstrip().startswith("["):
            return None
        data, problems = parse_json(text, partial(place_in, text, file=self.name, first_line=first_line))
        if problems or not isinstance(data, list):
            return None
        return [self.listed(number, item, text, first_line) for number, item in enumerate(data)]

    def listed(self, number: int, data: Any, text: str, first_line: int) -> Read[Kind]:
        """The record at one place of a list."""
        record, found = record_from(data, self.kind_of(data), self.vocabulary, self.limits)
        below = tuple(((number, *path), problem) for path, problem in found)
        return record, self.placed(text, below, first_line) if below else ()

    def timeline_record(self, text: str, first_line: int) -> Read[Kind]:
        """The record of a document in the timeline notation."""
        if self.kind is not Encounter:
            what = f"{one(self.kind)} cannot stand in the timeline notation"
            return None, (Problem(what, Place(self.name), expected="JSON"),)
        document = parse_document(text, file=self.name, first_line=first_line)
        data = {"schema": SCHEMA, **document.data, "events": CONVERTER.unstructure(document.events)}
        record, found = record_from(data, self.kind, self.vocabulary, self.limits)
        misfits = (problem.at(document.place(path)) for path, problem in found)
        return (None if document.problems else record), _in_order((*document.problems, *misfits))

    def placed(self, text: str, found: Found, first_line: int) -> tuple[Problem, ...]:
        """Problems with the places of their paths in a JSON text."""
        at = find_members(text, [path for path, _ in found])
        where = partial(place_in, text, file=self.name, first_line=first_line)
        return _in_order(
            problem.at(where(at[path].first, at[path].last, path=json_path(path))) for path, problem in found
        )

    def empty(self) -> Problem:
        """There is nothing to read."""
        expected = f"one {words_for(self.kind)}"
        return Problem("the file is empty" if self.name else "the text is empty", Place(self.name), expected=expected)

    def too_large(self, what: str, hint: str, line: int | None = None) -> Problem:
        """There is too much to read."""
        expected = f"at most {self.limits.document_bytes:,} bytes"
        return Problem(f"{what} is too large", Place(self.name, line=line), expected=expected, hint=hint)

    def too_many(self, second: Problem) -> Problem:
        """A further record stands behind the first one."""
        kind = words_for(self.kind)
        hint = f"{_BY_LINES}; `palvelumittari score` reads them, and in Python load_many"
        return Problem(f"more than one {kind}", second.place, expected=f"one {kind} a document", hint=hint)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of the file; what says that there are more stays behind them."""
    return tuple(
        sorted(
            problems,
            key=lambda problem: (problem.what == MORE.what, problem.place.line or 0, problem.place.column or 0),
        )
    )
