"""A rubric as the TOML file that a person would write by hand: heads, overrides, criteria, with their `=` aligned."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.reading.structure import file_key
from palvelumittari.records.measure import MEASURES, Grade, Rule

WIDTH = 120
"""A table that fits into so many characters may stand on one line."""

_HEAD = ("schema", "id", "version", "extends", "sectors", "channels", "title", "summary", "drop")
_CRITERION = ("id", "role", "weight", "caps", "lifts", "free", "lifecycle", "refines", "title", "why", "advice")
_LAST = ("instead", "when")
_LISTED = {"rules": Rule, "acts": Grade}
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")


def rubric_toml(document: Mapping[str, Any]) -> str:
    """The text of a rubric file.

    Args:
        document: Head, scoring, overrides and criteria as plain data, as `tomllib` would read them.
    """
    tables = ("scoring", "override", "criterion")
    blocks = [_pairs(_sorted({key: value for key, value in document.items() if key not in tables}, _HEAD))]
    if "scoring" in document:
        blocks.append(["[scoring]", *_pairs(document["scoring"].items())])
    for name, changes in document.get("override", {}).items():
        blocks.append(list(_record(f"override.{_key(name)}", changes, is_element=False)))
    blocks += (list(_record("criterion", criterion, is_element=True)) for criterion in document.get("criterion", ()))
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def inline(value: Any) -> str:
    """A value as it stands behind `=`, on one line.

    >>> inline({"act": "staff.greet", "is": 1})
    '{ act = "staff.greet", is = 1 }'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {inline(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(inline, value))}]"
    return str(value)  # numbers; times and dates, whose text TOML reads as well


def _key(name: str) -> str:
    return name if _BARE.match(name) else inline(name)


def _sorted(record: Mapping[str, Any], order: tuple[str, ...], last: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """The items of a record, those in `order` first, those in `last` at the end."""
    places = {key: place - len(order) for place, key in enumerate(order)} | dict.fromkeys(last, 1)
    return sorted(record.items(), key=lambda item: places.get(item[0], 0))


def _pairs(items: Iterable[tuple[str, Any]]) -> list[str]:
    """One line for each key, with aligned signs; a long list of tables has a line for each of them."""
    named = [(_key(key), value) for key, value in items]
    width = max((len(key) for key, _ in named), default=0)
    return [f"{key:<{width}} = {_broken(value, len(key))}" for key, value in named]


def _broken(value: Any, used: int) -> str:
    is_tables = isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value)
    if is_tables and (len(value) > 1 or used + len(inline(value)) > WIDTH):
        return "[\n" + "".join(f"  {inline(item)},\n" for item in value) + "]"
    return inline(value)


def _record(name: str, record: Mapping[str, Any], *, is_element: bool) -> Iterator[str]:
    """A criterion, or what is overridden of one, with its measure and its situations as tables of their own."""
    measures = {key: value for key, value in record.items() if key in MEASURES and isinstance(value, Mapping)}
    situations = record.get("situation") or ()
    plain = {key: value for key, value in record.items() if key not in measures and not (key == "situation" and value)}
    if plain or is_element or not (measures or situations):
        yield f"[[{name}]]" if is_element else f"[{name}]"
        yield from _pairs(_sorted(plain, _CRITERION, _LAST))
    for measure, keys in measures.items():
        yield f"[{name}.{measure}]"
        yield from _pairs(_measured(keys, MEASURES[measure], Rule))
    for situation in situations:
        yield f"[[{name}.situation]]"
        yield from _pairs(_measured(dict(_sorted(situation, ("title", "when", "excuse")))))


def _measured(keys: Mapping[str, Any], *kinds: type[Any]) -> list[tuple[str, Any]]:
    """What a measure says in the order of its record; its rules and steps in that of theirs."""
    order = tuple(file_key(field.name) for kind in kinds for field in attrs.fields(kind))
    return [(key, _listed(key, value)) for key, value in _sorted(keys, order)]


def _listed(key: str, value: Any) -> Any:
    kind = _LISTED.get(key)
    if kind is None or not isinstance(value, list | tuple):
        return value
    return [dict(_measured(item, kind)) if isinstance(item, Mapping) else item for item in value]
