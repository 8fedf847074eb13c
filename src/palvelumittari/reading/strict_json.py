"""Strict JSON: what Python's `json` lets pass is refused here, and every value can be found again in its text.

Refused are NaN and infinities, numbers too large for a float, a key that stands twice in an object, half
surrogate pairs and deep nesting. The usual text is parsed by the fast decoder of the standard library alone;
only where that one meets something odd are the tokens read once more, to say where, and to find all of it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from palvelumittari.reading.excerpts import Where
from palvelumittari.reading.gathering import first_problems
from palvelumittari.reading.json_members import MAX_DEPTH, Member, decoded, members
from palvelumittari.reading.structure import Path
from palvelumittari.words.errors import Place, Problem, shown

MAX_DIGITS = 308
"""How many digits a whole number may have: any such number is also a finite float."""


_TOO_LARGE: int = 10**MAX_DIGITS


class _FlawError(Exception):
    """The text is JSON by its grammar but holds what is refused; it never leaves this module."""


# --- parsing ----------------------------------------------------------------------------------------------------


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _FlawError
    return found


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise _FlawError
    return number


def _int(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise _FlawError
    return int(digits)


def _constant(_: str) -> Any:
    raise _FlawError


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_float, parse_int=_int, parse_constant=_constant)

# Half of a surrogate pair, or an escaped backslash that may hide one: enough to read the tokens.
_PERHAPS_HALF = re.compile(
    r"""\\\\u[dD][89a-fA-F]
      | \\u[dD][89abAB][0-9a-fA-F]{2} (?!\\u[dD][c-fC-F][0-9a-fA-F]{2})
      | (?<!\\u[dD][89abAB][0-9a-fA-F]{2}) \\u[dD][c-fC-F]""",
    re.VERBOSE,
)


def parse_json(text: str, where: Where) -> tuple[Any, tuple[Problem, ...]]:
    """The value of a JSON text, or `None` with what is wrong: the first error of grammar, or everything refused.

    Args:
        text: The whole JSON text.
        where: Makes a place from a range of offsets in `text`.
    """
    try:
        data = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        return None, (_syntax_problem(text, error, where),)
    except (_FlawError, RecursionError):
        return None, first_problems(_flaws(text, where)) or (_too_deep(where(0, 1)),)
    problems = first_problems(_flaws(text, where)) if _PERHAPS_HALF.search(text) or _is_deep(data) else ()
    return (None if problems else data), problems


def syntax_error(text: str) -> json.JSONDecodeError | None:
    """The first error of grammar; `None` if the text is JSON, even if it holds what is refused.

    >>> syntax_error("1e999") is None, syntax_error("2026-11-21") is None
    (True, False)
    """
    try:
        _DECODER.decode(text)
    except json.JSONDecodeError as error:
        return error
    except (_FlawError, RecursionError):
        return None
    return None


def ends_early(text: str) -> bool:
    """Whether a text would be JSON if it went on, as the first line of a document would.

    >>> ends_early('{"id": 1,'), ends_early('{"id" 1,')
    (True, False)
    """
    error = syntax_error(text)
    return error is not None and error.pos >= len(text.rstrip())


def holds_several(text: str) -> bool:
    """Whether one JSON value after another stands in a text, as in NDJSON."""
    error = syntax_error(text)
    return error is not None and error.msg == "Extra data" and text[error.pos] in "{["


def end_of_json(text: str, start: int) -> int | None:
    """The offset behind the JSON value that starts at `start`; `None` if none does."""
    try:
        return json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(text, start)[1]
    except (json.JSONDecodeError, RecursionError):
        return None


def _is_deep(data: Any) -> bool:
    level, depth = [data], 0
    while level:
        level = [
            item
            for outer in level
            for item in (outer.values() if type(outer) is dict else outer if type(outer) is list else ())
            if type(item) in (dict, list)
        ]
        depth += 1
    return depth > MAX_DEPTH


def _syntax_problem(text: str, error: json.JSONDecodeError, where: Where) -> Problem:
    at_end = error.pos >= len(text.rstrip())
    return Problem(
        f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
        where(error.pos, error.pos + 1),
        found="the end of the text" if at_end else shown(text[error.pos : error.pos + 20].partition("\n")[0]),
    )


def _too_deep(place: Place) -> Problem:
    return Problem("nested too deeply", place, expected=f"at most {MAX_DEPTH} lists and objects inside one another")


# --- what is refused ---------------------------------------------------------------------------------------------

_WHOLE_NUMBER = re.compile(r"-?[0-9]+")
_NOT_A_NUMBER = frozenset({"NaN", "Infinity", "-Infinity"})


def _flaws(text: str, where: Where) -> Iterator[Problem]:
    for member in members(text):
        if len(member.path) >= MAX_DEPTH:
            yield _too_deep(where(member.start, member.end))
        if member.is_repeated:
            yield _repeated(member, where)
        if member.key_start is not None:
            yield from _half_flaws(str(member.path[-1]), where, member.key_start, member.start)
        if text[member.start] not in "{[":
            yield from _scalar_flaws(text[member.start : member.end], member, where)


def _repeated(member: Member, where: Where) -> Problem:
    key = shown(member.path[-1])
    return Problem(f"the key {key} stands twice in one object", where(member.first, member.end), hint="leave one out")


def _half_flaws(text: str, where: Where, start: int, end: int) -> Iterator[Problem]:
    if not is_whole(text):
        yield Problem(
            "half of a surrogate pair, which is no character",
            where(start, end),
            found=shown(text),
            expected=r"both halves, such as \ud83d\ude00",
        )


def _scalar_flaws(token: str, member: Member, where: Where) -> Iterator[Problem]:
    place = where(member.start, member.end)
    if token.startswith('"'):
        yield from _half_flaws(decoded(token), where, member.start, member.end)
    elif token in _NOT_A_NUMBER:
        yield Problem(f"{token} is not a number that JSON knows", place, expected="a finite number")
    elif _WHOLE_NUMBER.fullmatch(token):
        if (digits := len(token.lstrip("-"))) > MAX_DIGITS:
            yield Problem(f"a whole number of {digits:,} digits", place, expected=f"at most {MAX_DIGITS} digits")
    elif _is_infinite(token):
        yield Problem(f"{shown(token)} is too large for a number", place, expected="a finite number")


def _is_infinite(token: str) -> bool:
    try:
        return math.isinf(float(token))
    except ValueError:
        return False


def is_whole(text: str) -> bool:
    """Whether a text holds no half of a surrogate pair, so that it can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- values -----------------------------------------------------------------------------------------------------


def check_json(value: object, path: Path = ()) -> Iterator[tuple[Path, Problem]]:
    """What keeps a value in memory from being written as JSON and read back the same, each with its path."""
    if len(path) > MAX_DEPTH:
        yield path, Problem("nested too deeply", expected=f"at most {MAX_DEPTH} levels")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(key, str) and is_whole(key):
                yield from check_json(item, (*path, key))
            else:
                yield path, Problem("a key that JSON cannot hold", found=shown(key), expected="text")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from check_json(item, (*path, index))
    elif not _is_json_scalar(value):
        yield path, Problem("a value that JSON cannot hold", found=shown(value), expected="text or a finite number")


def _is_json_scalar(value: object) -> bool:
    if isinstance(value, str):
        return is_whole(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return abs(value) < _TOO_LARGE
    return value is None


_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def inline(value: Any) -> str:
    r"""A value as JSON on one line; what would break or vanish there is escaped, the rest stays legible.

    >>> print(inline("Iltaa!\n"))
    "Iltaa!\n"
    """
    written = json.dumps(value, ensure_ascii=False)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
