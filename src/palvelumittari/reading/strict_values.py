"""Reading single values strictly: nothing is coerced, a number is no text and a text is no list."""

from __future__ import annotations

import math
import re
import types
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from palvelumittari.reading.mismatch import Mismatch
from palvelumittari.words.errors import did_you_mean, shown
from palvelumittari.words.frozen import FrozenMap, freeze
from palvelumittari.words.text import Text
from palvelumittari.words.timing import duration_from_ms, ms_from_duration, ms_from_seconds, seconds_from_ms

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def _text(value: Any, _: Any = None) -> str:
    if type(value) is not str:
        raise Mismatch("text", value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Mismatch("text that can be written as UTF-8 (it holds half a surrogate pair)", value) from None
    return value


def _flag(value: Any, _: Any = None) -> bool:
    if type(value) is not bool:
        raise Mismatch("true or false", value, hint=_unquoted(value, "true", "false"))
    return value


def _whole(value: Any, _: Any = None) -> int:
    if type(value) is not int:
        raise Mismatch("a whole number", value, hint=_unquoted(value))
    return value


def _number(value: Any, _: Any = None) -> float:
    if type(value) not in (int, float):
        raise Mismatch("a number", value, hint=_unquoted(value))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Mismatch("a finite number", value)
    return number


def _unquoted(value: Any, *words: str) -> str | None:
    """What to do about a number, or one of these words, that stands in quotation marks."""
    is_meant = isinstance(value, str) and (value in words or (not words and _NUMBER.fullmatch(value)))
    return "leave out the quotation marks" if is_meant else None


def _enum(value: Any, kind: type[StrEnum]) -> StrEnum:
    known = list(kind)
    if type(value) is str and value in known:
        return kind(value)
    hint = did_you_mean(value, known) if isinstance(value, str) else None
    raise Mismatch("one of " + ", ".join(known), value, hint=hint)


def _datetime(value: Any, _: Any = None) -> datetime:
    try:
        return datetime.fromisoformat(_text(value))
    except ValueError:
        raise Mismatch("a date and time such as 2026-11-21T17:40:00+02:00", value) from None


def localised(value: Any, _: Any = None) -> Text:
    """A `Text` from a table of languages, every entry a text."""
    if not isinstance(value, Mapping):
        hint = f"write {{ en = {shown(value)} }}" if isinstance(value, str) else None
        raise Mismatch('a text by language such as { en = "...", fi = "..." }', value, hint=hint)
    for language, said in value.items():
        if not isinstance(said, str):
            raise Mismatch("text", said, path=(language,))
    return Text(FrozenMap({language: _text(said) for language, said in value.items()}))


def text_or_localised(value: Any, _: Any = None) -> Text:
    """A `Text` from a table of languages or from a plain text, which counts as English."""
    return Text(FrozenMap({"en": _text(value)})) if isinstance(value, str) else localised(value)


def as_it_stands(value: Any, _: Any = None) -> Any:
    """Plain data of any shape, frozen."""
    return freeze(value)


def _milliseconds(value: Any, _: Any = None) -> int | None:
    if value is None:
        return None
    if type(value) not in (int, float):
        raise Mismatch("a number of seconds", value)
    try:
        return ms_from_seconds(value)
    except ValueError as error:
        raise Mismatch(str(error), value) from None


def _seconds(value: int | None) -> float | None:
    return None if value is None else seconds_from_ms(value)


def _duration(value: Any, _: Any = None) -> int | None:
    if value is None:
        return None
    if type(value) is not str:
        raise Mismatch('a duration in quotes such as "20 s"', value)
    try:
        return ms_from_duration(value)
    except ValueError as error:
        raise Mismatch(str(error), value) from None


def _duration_text(value: int | None) -> str | None:
    return None if value is None else duration_from_ms(value)


def _names(value: Any, _: Any = None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(value),)
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise Mismatch("a name or a list of names", value)
    return tuple(map(_text, value))


READ_FORM: Mapping[str, Callable[[Any, Any], Any]] = types.MappingProxyType(
    {"seconds": _milliseconds, "duration": _duration, "plain_text": text_or_localised, "names": _names}
)
WRITE_FORM: Mapping[str, Callable[[Any], Any]] = types.MappingProxyType(
    {"seconds": _seconds, "duration": _duration_text}
)
"""How a field whose metadata name a form is read, and how it is written."""

UNWRITTEN = "unwritten"
"""The form of a field that stands in no file, because only the engine knows its value."""

STRICT: Mapping[type[Any], Callable[[Any, Any], Any]] = types.MappingProxyType(
    {
        str: _text,
        bool: _flag,
        int: _whole,
        float: _number,
        StrEnum: _enum,
        datetime: _datetime,
        Text: localised,
    }
)
"""How a value of each of these types is read."""
