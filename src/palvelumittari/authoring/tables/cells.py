"""Cells: a value as the text that an expert would type, and what such a text means.

Every value survives the way there and back. What would not, such as a list of selectors or an empty text, stands in the
cell as TOML writes it: `["staff.greet", "staff.nod"]`, `""`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from palvelumittari.authoring.tables.columns import SHARES, Column, Kind, meant
from palvelumittari.authoring.toml_writer import inline

_FORMULA = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"  # the last four are the same signs in full width
_DANGEROUS = re.compile(f"'*[{_FORMULA}]")
_GUARDED = re.compile(f"'+[{_FORMULA}]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?\Z", re.ASCII)
_SEPARATOR = re.compile(r"[,;\n]")
_TOML_MARKS = ('"', "[", "{")


class Misread(ValueError):
    """A cell does not hold what its column wants; `args[0]` says what that is."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it where it would.

    >>> guarded("=1+1"), guarded("greeting")
    ("'=1+1", 'greeting')
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """The reverse of `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def write_cell(column: Column, value: Any) -> str:
    """What stands in the cell for a value."""
    text = _plain(value)
    try:
        is_clear = text is not None and not _CONTROL.search(text) and repr(_read(column, text)) == repr(value)
    except Misread:
        is_clear = False
    return guarded(text if is_clear and text is not None else inline(value))


def read_cell(column: Column, text: str) -> Any:
    """What a cell means; `None` if it is empty. Raises `Misread`."""
    text = unguarded(text)
    return _read(column, text) if text.strip() else None


def _plain(value: Any) -> str | None:
    """A value as one would type it; `None` if nobody would."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return inline(value) if isinstance(value, bool | int | float) else None


def _read(column: Column, text: str) -> Any:
    if text.lstrip().startswith(_TOML_MARKS):
        value = _toml(text)
        if value is not None:
            return value
    return _READERS[column.kind](column, text)


def _toml(text: str) -> Any:
    """A text as TOML would read it behind `=`; `None` if it is no value."""
    try:
        found = tomllib.loads(f"value = {text.strip()}")
    except (ValueError, RecursionError):
        return None
    return found["value"] if len(found) == 1 else None


def _text(_: Column, text: str) -> str:
    return text


def _word(column: Column, text: str) -> str:
    return meant("role", text.strip()) if column.key == "role" else text.strip()


def _list(_: Column, text: str) -> list[str]:
    return [item.strip() for item in _SEPARATOR.split(text) if item.strip()]


def _names(column: Column, text: str) -> str | list[str]:
    return _list(column, text) if _SEPARATOR.search(text) else text.strip()


def _number(column: Column, text: str) -> float:
    plain = text.strip().replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")
    share = plain.removesuffix("%").rstrip() if column.key in SHARES else plain
    if not _NUMBER.match(share):
        raise Misread(_EXPECTED.get(column.key, "a number, such as 2"))
    found = _figure(share.replace(",", "."))
    return found if share == plain else found / 100


def _figure(text: str) -> float:
    try:
        return int(text)
    except ValueError:  # a fraction, or thousands of digits
        return float(text)


_EXPECTED = MappingProxyType(
    {
        "weight": "a positive number, such as 2",
        "each": "a number from 0 to 1, such as 0.5, or 50 %",
        "is": "a number from 0 to 1, such as 0.5, or 50 %",
        "otherwise": "a number from 0 to 1, such as 0.5, or 50 %",
        "schema": "the number 1",
    }
)


def _flag(_: Column, text: str) -> bool:
    word = meant("flag", text)
    if word not in ("true", "false"):
        raise Misread("true or false")
    return word == "true"


def _value(_: Column, text: str) -> Any:
    found = _toml(text)
    if found is None and _NUMBER.match(text.strip()):
        found = _figure(text.strip().replace(",", "."))
    if found is None and meant("flag", text) in ("true", "false"):
        found = meant("flag", text) == "true"
    return text.strip() if found is None else found


_READERS: Mapping[Kind, Callable[[Column, str], Any]] = MappingProxyType(
    {
        Kind.TEXT: _text,
        Kind.WORD: _word,
        Kind.NAMES: _names,
        Kind.LIST: _list,
        Kind.NUMBER: _number,
        Kind.FLAG: _flag,
        Kind.VALUE: _value,
    }
)
