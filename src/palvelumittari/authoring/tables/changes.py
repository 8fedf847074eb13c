"""What a rubric changes of an inherited criterion: the override that leads from the one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import attrs

Path = tuple[str | int, ...]

_UNSET: Mapping[str, Any] = MappingProxyType(
    {"caps": "poor", "lifts": True, "free": False, "lifecycle": "stable", "refines": [], "instead": [], "situation": []}
)
"""What a criterion says by leaving a key out."""


@attrs.frozen
class Difference:
    """The override, and the paths of what it cannot express because a key went away."""

    override: Mapping[str, Any]
    lost: tuple[Path, ...] = ()


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    """What must be overridden in `old`, a criterion as plain data, to get `new`; the `id` is left aside.

    An override replaces keys and goes key by key into tables; it cannot take away a key that has no other way of being
    unset.
    """
    unset = {key: value for key, value in _UNSET.items() if key in old and key not in new}
    rest = {key: value for key, value in old.items() if key not in unset and key != "id"}
    new = {key: value for key, value in new.items() if key != "id"}
    return Difference({**_changed(rest, new), **unset}, tuple(_lost(rest, new, ())))


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in new.items():
        before = old.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            inner = _changed(before, value)
            if inner:
                found[key] = inner
        elif key not in old or before != value:
            found[key] = value
    return found


def _lost(old: Mapping[str, Any], new: Mapping[str, Any], path: Path) -> Iterator[Path]:
    for key, value in old.items():
        if key not in new:
            yield (*path, key)
        elif isinstance(value, Mapping) and isinstance(new[key], Mapping):
            yield from _lost(value, new[key], (*path, key))
