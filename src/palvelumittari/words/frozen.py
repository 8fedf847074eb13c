"""An immutable, hashable, picklable mapping, and how to freeze plain JSON data into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

Value = TypeVar("Value")


class FrozenMap(Mapping[str, Value]):
    """A read-only mapping with text keys that keeps its order.

    >>> FrozenMap({"queue": 4})["queue"]
    4
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Value] | None = None) -> None:
        """Copy `items`."""
        self._items = dict(items or {})

    def __getitem__(self, key: str) -> Value:
        return self._items[key]

    if not TYPE_CHECKING:  # typed as every mapping's `get`, which raises and catches an error for each missing key

        def get(self, key, default=None):
            """The value of a key, or the default."""
            return self._items.get(key, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"


def freeze(value: Any) -> Any:
    """JSON data with every object as a `FrozenMap` and every list as a tuple."""
    if isinstance(value, Mapping):
        return FrozenMap({key: freeze(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    return value


def thaw(value: Any) -> Any:
    """The reverse of `freeze`: plain dicts and lists, ready for a JSON writer."""
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [thaw(item) for item in value]
    return value
