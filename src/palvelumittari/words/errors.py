"""Problems (what is wrong, where, what to try) and the errors that carry them.

A *problem* is a record: checks yield problems, nobody raises in the middle of a check, and all
problems of a file are raised together. An *error* is an exception that carries problems.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum

import attrs


class Severity(StrEnum):
    """Whether a problem stops the work (`error`) or only deserves a look (`warning`)."""

    ERROR = "error"
    WARNING = "warning"


@attrs.frozen
class Place:
    """Where a problem stands: as much of it as is known.

    `path` is a JSON path such as `$.events[4].act`; `line` and `column` count from 1;
    `excerpt` is the text of that line and `width` the number of characters to underline.
    """

    file: str | None = None
    path: str | None = None
    line: int | None = attrs.field(default=None, kw_only=True)
    column: int | None = attrs.field(default=None, kw_only=True)
    excerpt: str | None = attrs.field(default=None, kw_only=True)
    width: int = attrs.field(default=1, kw_only=True)

    def __str__(self) -> str:
        """`ride.json:3:7 at $.events[4].act`, leaving out what is not known."""
        numbers = [str(number) for number in (self.line, self.column) if number is not None]
        spot = ":".join([self.file, *numbers]) if self.file else "line " + ":".join(numbers) if numbers else ""
        return " at ".join(part for part in (spot, self.path) if part)

    def caret(self) -> str:
        """The excerpt with a caret line beneath, or an empty string."""
        if self.excerpt is None or self.column is None:
            return ""
        lead = "".join(mark if mark == "\t" else " " for mark in self.excerpt[: self.column - 1])
        width = max(1, min(self.width, len(self.excerpt) - len(lead)))
        return f"    {self.excerpt}\n    {lead}{'^' * width}"


@attrs.frozen
class Problem:
    """One thing that is wrong: `what`, where, what was `found`, what was `expected`, what to try (`hint`)."""

    what: str
    place: Place = Place()
    found: str | None = attrs.field(default=None, kw_only=True)
    expected: str | None = attrs.field(default=None, kw_only=True)
    hint: str | None = attrs.field(default=None, kw_only=True)
    severity: Severity = attrs.field(default=Severity.ERROR, kw_only=True)

    @property
    def is_error(self) -> bool:
        """Whether this problem stops the work."""
        return self.severity is Severity.ERROR

    def at(self, place: Place) -> Problem:
        """The same problem at another place."""
        return attrs.evolve(self, place=place)

    def __str__(self) -> str:
        """All of it as text: a first line with the place, then found, expected, hint and the caret."""
        where = str(self.place)
        mark = "" if self.is_error else "warning: "
        first = f"{where}: {mark}{self.what}" if where else mark + self.what
        details = [f"found {self.found}" if self.found else "", f"expected {self.expected}" if self.expected else ""]
        body = "; ".join(detail for detail in details if detail)
        hint = f"try: {self.hint}" if self.hint else ""
        rest = (self.place.caret(), f"    {body}" if body else "", f"    {hint}" if hint else "")
        return "\n".join([first, *filter(None, rest)])


class PalvelumittariError(Exception):
    """The root of all errors of this package. `problems` holds what is wrong, in order."""

    def __init__(self, *problems: Problem) -> None:
        """Carry `problems` (at least one)."""
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        """Every problem, one after the other."""
        return "\n".join(map(str, self.problems))


class EncounterError(PalvelumittariError):
    """An encounter (or a verdict, or a case's encounter) cannot be read or does not fit the vocabulary."""


class RubricError(PalvelumittariError):
    """A rubric, a vocabulary, a readings file or a case is wrong, or no single rubric can be chosen."""


class PluginError(PalvelumittariError):
    """A plugin cannot be loaded, collides with another, or breaks the contract of its hooks."""


class EvaluationError(PalvelumittariError):
    """A plugin's measure or scoring model returned nonsense or raised. Becomes an `error` finding."""


class EncounterWarning(UserWarning):
    """An encounter that can be scored, but holds something odd, such as an act by an actor who cannot do it."""


def raise_errors(problems: Iterable[Problem], kind: type[PalvelumittariError]) -> None:
    """Raise `kind` with every error among `problems`; warnings alone raise nothing."""
    errors = [problem for problem in problems if problem.is_error]
    if errors:
        raise kind(*errors)


MAX_COMPARED = 100
"""Characters of a word that are compared: comparing is slow, and no term is longer."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or `None` if nothing is near.

    >>> nearest("smal_talk", ["greet", "small_talk"])
    'small_talk'
    """
    matches = difflib.get_close_matches(word[:MAX_COMPARED], list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint naming the nearest known word, or `None`."""
    match = nearest(word, known)
    return f"did you mean `{match}`?" if match else None


def shown(value: object, limit: int = 60) -> str:
    """A value as it should stand in a message: short, quoted, on one line.

    >>> shown("a" * 100, limit=10)
    "'aaaaaa...'"
    """
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write down a whole number of thousands of digits
        return "a number too long to show"
    if len(text) <= limit + 2:
        return text
    return text[: limit - 3] + "..." + (text[0] if text[0] in "'\"" else "")
