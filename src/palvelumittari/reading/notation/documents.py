"""A whole encounter in the timeline notation: a head of `key: value` lines, a blank line, the events."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.reading.excerpts import Where, place_in
from palvelumittari.reading.gathering import MOST_PROBLEMS, first_problems
from palvelumittari.reading.notation.timelines import Timeline, is_comment, parse_timeline
from palvelumittari.reading.notation.writing import format_events
from palvelumittari.reading.strict_json import inline, is_whole, parse_json, syntax_error
from palvelumittari.reading.structure import Path, json_path
from palvelumittari.records.encounter import Event
from palvelumittari.words.errors import Place, Problem

_KEY = re.compile(r"\s*([\w-]+(?:\.[\w-]+)*)\s*:")
_PART = re.compile(r"[\w-]+")
_STDIN = "<stdin>"
_EVENT = re.compile(r"\s*(?:-|\d+:\d[\d:.]*)\s+\w")


@attrs.frozen
class Document:
    """An encounter read from the timeline notation, not yet checked.

    `data` is the head as in the JSON form, without `events`; `problems` is everything that is wrong with head
    and timeline.
    """

    data: Mapping[str, Any]
    timeline: Timeline
    problems: tuple[Problem, ...]
    places: Mapping[Path, Place]
    file: str | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the lines that can be read."""
        return self.timeline.events

    def place(self, path: Path) -> Place:
        """The place of a path such as `("setting", "queue")` or `("events", 4, "act")`, as near as it is known."""
        if path[:1] == ("events",) and len(path) > 1:
            return self.timeline.place(path[1:])
        ancestry = (path[:length] for length in range(len(path), 0, -1))
        known = next((self.places[at] for at in ancestry if at in self.places), Place(self.file))
        return attrs.evolve(known, path=json_path(path))


def parse_document(text: str, *, file: str | None = None, first_line: int = 1) -> Document:
    """The head and the events of a document in the timeline notation.

    Args:
        text: The whole document.
        file: The name of the file, for messages; its stem is the `id` where the head gives none (`stdin` for
            `<stdin>`, and nothing for other names in angle brackets, such as `<string>`).
        first_line: The number of the text's first line in the file.
    """
    lines = text.split("\n")
    head_end = _end_of_head(lines)
    head = _Head(file)
    for number, line in enumerate(lines[:head_end], first_line):
        if line.strip() and not is_comment(line) and len(head.problems) <= MOST_PROBLEMS:
            head.read(line, number)
    if file is not None and (file == _STDIN or not file.startswith("<")):
        head.data.setdefault("id", "stdin" if file == _STDIN else pathlib.PurePath(file).stem)
    timeline = parse_timeline("\n".join(lines[head_end:]), file=file, first_line=first_line + head_end)
    problems = first_problems((*head.problems, *timeline.problems))
    return Document(head.data, timeline, problems, head.places, file)


def looks_like_timeline(text: str) -> bool:
    """Whether the first line that says anything is one of a head or of a timeline."""
    lines = (line for line in text.split("\n") if line.strip() and not is_comment(line))
    first = next(lines, "")
    return bool(_KEY.match(first) or _EVENT.match(first)) or (not first and bool(text.strip()))


def _end_of_head(lines: list[str]) -> int:
    """The index of the blank line that ends the head, or of a first event in its midst."""
    has_begun = False
    for index, line in enumerate(lines):
        if (has_begun and not line.strip()) or _EVENT.match(line):
            return index
        has_begun = has_begun or (bool(line.strip()) and not is_comment(line))
    return len(lines)


@attrs.define
class _Head:
    """What was read of a head so far."""

    file: str | None
    data: dict[str, Any] = attrs.field(factory=dict)
    places: dict[Path, Place] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)

    def read(self, line: str, number: int) -> None:
        """Read `setting.queue: 0`."""

        def place(start: int, end: int) -> Place:
            return place_in(line, start, end, file=self.file, first_line=number)

        match = _KEY.match(line)
        if match is None:
            whole = place(len(line) - len(line.lstrip()), len(line.rstrip()))
            self.problems.append(
                Problem("not a line of the head", whole, expected="`key: value`", hint="a blank line ends the head")
            )
            return
        if not is_whole(line):
            self.problems.append(Problem("half of a surrogate pair, which is no character", place(0, len(line))))
        path: Path = tuple(match[1].split("."))
        start = len(line) - len(line[match.end() :].lstrip())
        value, problems = _value(line, start, place)
        self.problems += problems
        self.put(path, value, place(match.start(1), len(line.rstrip())))

    def put(self, path: Path, value: Any, place: Place) -> None:
        """Put a value under its path; what stands there already, or cannot stand there, is noted."""
        *outer, last = map(str, path)
        table = self.data
        for key in outer:
            inner = table.setdefault(key, {})
            table = inner if isinstance(inner, dict) else {last: None}
        if path == ("events",):
            self.problems.append(Problem("the events stand below the head, one a line", place))
        elif last in table:
            name = ".".join(map(str, path))
            self.problems.append(Problem(f"`{name}` has a value already", place, hint="leave one out"))
        else:
            table[last] = value
            self.places[path] = place


def _value(line: str, start: int, place: Where) -> tuple[Any, tuple[Problem, ...]]:
    text = line[start:].rstrip()
    if not text:
        return None, (Problem("the value is missing", place(start, start), expected="JSON or text"),)
    if syntax_error(text) is not None:
        return text, ()
    return parse_json(text, lambda first, last: place(start + first, start + last))


# --- writing ----------------------------------------------------------------------------------------------------


def format_document(data: Mapping[str, Any], events: Iterable[Event]) -> str:
    """An encounter in the timeline notation.

    Args:
        data: The encounter as plain data in the JSON form, checked; its `events` are left out.
        events: The events.

    Raises:
        EncounterError: The notation cannot hold an event; see `format_events`.
    """
    head = "".join(f"{key}: {value}\n" for key, value in _head_lines(data))
    return f"{head}\n{format_events(events)}"


def _head_lines(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, Mapping) and value and all(_PART.fullmatch(inner) for inner in value):
            yield from ((f"{key}.{inner}", _written(item)) for inner, item in value.items())
        elif key != "events":
            yield key, _written(value)


def _written(value: Any) -> str:
    is_plain = isinstance(value, str) and value == value.strip() != "" and value.isprintable()
    return value if is_plain and syntax_error(value) is not None else inline(value)
