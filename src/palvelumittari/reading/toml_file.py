"""A TOML file with the places of its keys and values, so that every problem gets its line and caret."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Any

import attrs

from palvelumittari.reading.excerpts import place_in
from palvelumittari.reading.positions import Located, Span, find_positions, locate, offset_in_string
from palvelumittari.reading.structure import Path, json_path
from palvelumittari.words.errors import Place, Problem, RubricError

MAX_BYTES = 4 * 1024 * 1024
"""No rubric, vocabulary or case is this long; anything longer is not one of ours."""

_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\Z")
_ABOUT_KEYS = ("unknown key", "fixed key")
"""Problems that begin like this stand at the key, all others at the value."""

_HINTS = (
    ("inline table", "an inline table stands on one line: write [criterion.shows] with one key a line instead"),
    ("Invalid initial character for a key", "keys are letters, digits, - and _; anything else stands in quotes"),
    ("Illegal character '\\n'", "text ends on its line, with the quotation mark with which it began"),
    ("Invalid value", "text stands in quotes, true and false in lower case"),
    ("Cannot overwrite a value", "this key stands twice: leave one out"),
    ("Cannot declare", "this table stands twice: several of one kind are written [[criterion]]"),
)


@attrs.frozen(slots=False)
class TomlFile:
    """A parsed TOML file: `name` for messages, `text` as read, `data` as plain dicts and lists."""

    name: str
    text: str = attrs.field(repr=False)
    data: Mapping[str, Any] = attrs.field(repr=False)

    @cached_property
    def positions(self) -> Mapping[Path, Located]:
        """Where each key and value stands; found when first asked for."""
        return find_positions(self.text)

    def place(self, path: Path, *, at_key: bool = False, inside: Place | None = None) -> Place:
        """The place of a path; `inside` is a place within the text that stands there, `at_key` points at the key."""
        if path[:-1] in self.positions and isinstance(self._value_at(path[:-1]), str):
            path = path[:-1]  # a name alone where a list of names may stand
        located = locate(self.positions, path)
        if located is None:
            return Place(self.name, json_path(path))
        span = located.key if located.key is not None and (at_key or path not in self.positions) else located.value
        if inside is not None and inside.column is not None and path in self.positions:
            span = self._span_inside(path, located, inside.column - 1, inside.width)
        return self._place_of(path, span.start, span.end)

    def _span_inside(self, path: Path, located: Located, index: int, width: int) -> Span:
        """The characters of a text from an index on, which counts without the blanks at the text's edge."""
        value = self._value_at(path)
        if not isinstance(value, str):
            return located.value
        index += len(value) - len(value.lstrip())
        start = offset_in_string(self.text, located, index)
        return Span(start, max(start + 1, offset_in_string(self.text, located, index + width)))

    def _value_at(self, path: Path) -> Any:
        value: Any = self.data
        for step in path:
            value = value[step]
        return value

    def _place_of(self, path: Path, start: int, end: int) -> Place:
        line_end = self.text.find("\n", start)
        end = end if line_end < 0 else min(end, line_end)  # a text over several lines is underlined on its first
        return place_in(self.text, start, end, file=self.name, path=json_path(path))

    def problem(self, path: Path, problem: Problem) -> Problem:
        """A problem at `path` with its line and caret; a place within a text is moved to where the text stands."""
        inside = problem.place if problem.place.column is not None else None
        return problem.at(self.place(path, at_key=problem.what.startswith(_ABOUT_KEYS), inside=inside))

    def problems(self, found: Iterable[tuple[Path, Problem]]) -> list[Problem]:
        """All problems with their lines and carets, in the order of the file."""
        placed = (self.problem(path, problem) for path, problem in found)
        return sorted(placed, key=lambda problem: (problem.place.line or 0, problem.place.column or 0))


def parse_toml(text: str, name: str) -> TomlFile:
    """Parse TOML; raises `RubricError` with line, caret and remedy."""
    try:
        return TomlFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RubricError(_syntax_problem(text, name, str(error))) from None
    except RecursionError:
        raise RubricError(Problem("the file is nested too deeply", Place(name))) from None
    except ValueError:  # Python refuses to read a whole number of thousands of digits
        raise RubricError(Problem("a number in this file is too long", Place(name))) from None


def _syntax_problem(text: str, name: str, message: str) -> Problem:
    at = _AT.search(message)
    what = f"this is not TOML: {_AT.sub('', message)}"
    lines = text.split("\n")
    line = int(at[1]) if at and at[1] else len(lines)
    column = int(at[2]) if at and at[2] else len(lines[line - 1]) + 1
    is_broken_table = lines[line - 1][: column - 1].rstrip("\r ").endswith(("{", ","))
    told = "inline table" if is_broken_table else message.lower()
    hint = next((hint for part, hint in _HINTS if part.lower() in told), None)
    start = sum(len(before) + 1 for before in lines[: line - 1]) + column - 1
    return Problem(what, place_in(text, start, start + 1, file=name), hint=hint)


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = Problem("this is not UTF-8", Place(name, line=line), hint="save the file as UTF-8")
        raise RubricError(problem) from None


def read_toml(path: FilePath | Traversable, name: str | None = None) -> TomlFile:
    """Read and parse a TOML file; raises `RubricError` if it cannot be read or is not TOML."""
    shown = name or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RubricError(Problem(f"cannot read this file: {error.strerror or error}", Place(shown))) from None
    if len(raw) > MAX_BYTES:
        raise RubricError(Problem("the file is too long", Place(shown), expected=f"at most {MAX_BYTES} bytes"))
    return parse_toml(_decoded(raw, shown), shown)
