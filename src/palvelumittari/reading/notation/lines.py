"""Reading one line of the timeline notation."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Any, NoReturn

import attrs

from palvelumittari.reading.excerpts import place_in
from palvelumittari.reading.gathering import MOST_PROBLEMS
from palvelumittari.reading.strict_json import end_of_json, is_whole, parse_json
from palvelumittari.reading.structure import Path, make_converter, structured
from palvelumittari.records.encounter import Actor, Event
from palvelumittari.words.errors import Place, Problem, did_you_mean, shown
from palvelumittari.words.timing import ms_from_clock, ms_from_duration

Range = tuple[int, int]
"""A half-open range of characters in a line."""

NAME = re.compile(r'[^\s>#(){}:"]+')
"""An act, a tag or a `who` that needs no quotes."""

UNTIMED = "-"
"""Stands where nobody noted a time."""

_ACTOR = re.compile(r'[^\s>#(){}:"/]+')
_QUOTED = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_BLANK = re.compile(r"\s*")
_TIME = re.compile(r"\S+")
_DURATION = re.compile(r"\(([^)]*)\)")
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_ESCAPES = {"n": "\n", "\\": "\\"}
_ACTORS = tuple(Actor)
_NO_TIME = "write `-` where no time was noted"
_CONVERTER = make_converter()


@attrs.frozen
class _Derivation:
    """What the braces of a line may hold."""

    detector: str | None = None
    span: tuple[int, int] | None = None


class _StopError(Exception):
    """The rest of a line cannot be read; the problem is noted already. It never leaves this module."""


@attrs.define
class LineReader:
    """A cursor that goes over one line and notes what it meets.

    `number` is the line's number in `file`, `at` the offset of the cursor, `values` are the attributes of the
    event, `ranges` where each part of it stands by its path in the event: `("act",)`, `("tags", 0)`.
    """

    text: str
    number: int
    file: str | None = None
    at: int = attrs.field(default=0, kw_only=True)
    values: dict[str, Any] = attrs.field(factory=dict, kw_only=True)
    ranges: dict[Path, Range] = attrs.field(factory=dict, kw_only=True)
    problems: list[Problem] = attrs.field(factory=list, kw_only=True)

    def read(self) -> Event | None:
        """The event of this line; `None` if there are problems."""
        try:
            self.refuse_halves()
            self.read_time()
            self.read_actor()
            self.read_act()
            while len(self.problems) <= MOST_PROBLEMS and self.read_further():
                pass
        except _StopError:
            return None
        return None if self.problems else Event(**self.values)

    # --- the parts, in the order in which they stand ---

    def read_time(self) -> None:
        """Read `0:36`, or `-` where nobody noted a time."""
        token, span = self.take(_TIME)
        self.ranges["at",] = span
        if token.partition("/")[0] in _ACTORS:
            self.note("the time is missing", span, expected="a time such as 0:36", hint=_NO_TIME)
            self.at = span[0]
        elif token != UNTIMED:
            self.take_ms("at_ms", ms_from_clock, token, span)

    def read_actor(self) -> None:
        """Read `server` or `colleague/anna`."""
        self.values["by"] = self.take_actor("by")
        if self.follows("/"):
            self.at += 1
            self.values["who"] = self.take_name(("who",), "the name behind the slash", "colleague/anna")

    def read_act(self) -> None:
        """Read `greet`."""
        self.skip_blanks()
        self.values["act"] = self.take_name(("act",), "the act", "server greet")

    def read_further(self) -> bool:
        """Read one of the parts that may follow the act; tell whether there may be more."""
        self.skip_blanks()
        if self.at >= len(self.text):
            return False
        mark = self.text[self.at]
        read = {
            ">": self.read_addressee,
            "#": self.read_tag,
            "(": self.read_duration,
            "{": self.read_derivation,
            ":": self.read_text,
        }.get(mark, self.refuse_rest)
        read()
        return mark != ":"

    def read_addressee(self) -> None:
        """Read `> companion`."""
        self.refuse_second("to", "the addressee")
        self.at += 1
        self.values["to"] = self.take_actor("to")

    def read_tag(self) -> None:
        """Read `#lengthened`."""
        self.at += 1
        tags = self.values.setdefault("tags", [])
        tags.append(self.take_name(("tags", len(tags)), "the tag behind the #", "#lengthened"))

    def read_duration(self) -> None:
        """Read `(15 s)`."""
        self.refuse_second("lasts", "the duration")
        start = self.at
        token, span = self.take(_DURATION)
        if not token:
            self.stop("the bracket is not closed", (start, start + 1), expected="a duration such as (15 s)")
        self.ranges["lasts",] = span
        self.take_ms("lasts_ms", ms_from_duration, token[1:-1], span)

    def read_derivation(self) -> None:
        """Read `{"detector": "fi/greetings", "span": [0, 6]}`."""
        self.refuse_second("detector", "the object in braces")
        start = self.at
        end = end_of_json(self.text, start)
        if end is None:
            rest = (start, len(self.text.rstrip()))
            self.stop("not a JSON object", rest, expected='such as {"detector": "fi/greetings", "span": [0, 6]}')
        self.at = end
        self.ranges["detector",] = self.ranges["span",] = (start, end)
        found, misfits = structured(_CONVERTER, self.take_json(start, end), _Derivation)
        self.problems += [problem.at(self.place((start, end))) for _, problem in misfits]
        self.values |= attrs.asdict(found, recurse=False) if found else {}

    def read_text(self) -> None:
        """Read `: Iltaa!` to the end of the line."""
        rest = self.text[self.at + 1 :]
        start = self.at + 1 + len(rest) - len(rest.lstrip())
        end = start + len(rest.strip())
        self.ranges["text",] = (start, end)
        plain = self.text[start:end]
        is_quoted = _QUOTED.fullmatch(plain) is not None
        self.values["text"] = self.take_json(start, end) if is_quoted else self.unescaped(plain, start)

    # --- taking ---

    def take(self, pattern: re.Pattern[str]) -> tuple[str, Range]:
        """What a pattern matches behind the blanks, with its range; the empty text if it does not match."""
        self.skip_blanks()
        match = pattern.match(self.text, self.at)
        span = match.span() if match else (self.at, self.at)
        self.at = span[1]
        return self.text[slice(*span)], span

    def take_actor(self, part: str) -> Actor | None:
        """An actor; another word is noted."""
        word, span = self.take(_ACTOR)
        self.ranges[part,] = span
        expected = "one of " + ", ".join(_ACTORS)
        if not word:
            self.stop("an actor is missing", span, expected=expected)
        if word in _ACTORS:
            return Actor(word)
        self.note(f"unknown actor {shown(word)}", span, expected=expected, hint=did_you_mean(word, _ACTORS))
        return None

    def take_name(self, part: Path, what: str, example: str) -> str:
        """A word or a JSON string right at the cursor."""
        is_quoted = self.follows('"')
        match = (_QUOTED if is_quoted else NAME).match(self.text, self.at)
        if match is None:
            self.stop(f"{what} is missing", (self.at, self.at), expected=f"such as `{example}`")
        self.at = match.end()
        self.ranges[part] = match.span()
        return str(self.take_json(*match.span())) if is_quoted else match[0]

    def take_json(self, start: int, end: int) -> Any:
        """The JSON value in a range; what is wrong with it is noted."""
        value, problems = parse_json(self.text[start:end], lambda *span: self.place((start + span[0], start + span[1])))
        self.problems += problems
        return value

    def unescaped(self, plain: str, start: int) -> str:
        r"""A text that is not in quotes, with its `\n` and `\\`."""
        unknown = (match for match in _ESCAPE.finditer(plain) if match[1] not in _ESCAPES)
        for match in islice(unknown, MOST_PROBLEMS + 1):
            span = (start + match.start(), start + match.end())
            self.note(f"unknown escape {match[0]}", span, expected=r"\n or \\", hint=r"write \\ for a backslash")
        return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[0]), plain)

    def take_ms(self, name: str, convert: Callable[[str], int], token: str, span: Range) -> None:
        """Take the milliseconds that `convert` makes of a token; what it says of a wrong one is noted."""
        what, hint = ("not a time", _NO_TIME) if name == "at_ms" else ("not a duration", None)
        try:
            self.values[name] = convert(token)
        except ValueError as error:
            self.note(what, span, found=shown(token), expected=str(error), hint=hint)

    def follows(self, mark: str) -> bool:
        """Whether a mark stands at the cursor."""
        return self.text.startswith(mark, self.at)

    def skip_blanks(self) -> None:
        """Move behind blanks."""
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    # --- problems ---

    def refuse_halves(self) -> None:
        """Note characters that cannot be written as UTF-8."""
        if not is_whole(self.text):
            self.note("half of a surrogate pair, which is no character", (0, len(self.text)))

    def refuse_second(self, part: str, words: str) -> None:
        """Note a part that stands there already."""
        if (part,) in self.ranges:
            self.note(f"{words} stands twice", (self.at, self.at + 1), hint="leave one out")

    def refuse_rest(self) -> None:
        """Say that nothing can be made of what follows."""
        rest = (self.at, len(self.text.rstrip()))
        self.stop(
            "what follows the act cannot be read",
            rest,
            found=shown(self.text[slice(*rest)]),
            expected="> addressee, #tag, (duration) or : text",
            hint="put a colon before what was said",
        )

    def note(
        self, what: str, span: Range, *, found: str | None = None, expected: str | None = None, hint: str | None = None
    ) -> None:
        """Note a problem in a range of the line."""
        self.problems.append(Problem(what, self.place(span), found=found, expected=expected, hint=hint))

    def stop(
        self, what: str, span: Range, *, found: str | None = None, expected: str | None = None, hint: str | None = None
    ) -> NoReturn:
        """Note a problem and give the line up."""
        self.note(what, span, found=found, expected=expected, hint=hint)
        raise _StopError

    def place(self, span: Range) -> Place:
        """The place of a range of this line."""
        return place_in(self.text, *span, file=self.file, first_line=self.number)
