"""The selectors and conditions inside a record, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.reading.structure import Path, file_key
from palvelumittari.records.condition import Condition
from palvelumittari.records.selector import Selector


def parts_of(record: Any, path: Path = ()) -> Iterator[tuple[Path, Selector | Condition]]:
    """Every selector and condition inside a measure, situation, criterion or reading, with its path in the file."""
    if isinstance(record, Selector | Condition):
        yield path, record
    elif isinstance(record, Mapping):
        for key, value in record.items():
            yield from parts_of(value, (*path, file_key(key)))
    elif isinstance(record, tuple):
        for index, item in enumerate(record):
            yield from parts_of(item, (*path, index))
    elif attrs.has(type(record)):
        for field in attrs.fields(type(record)):
            yield from parts_of(getattr(record, field.name), (*path, file_key(field.name)))


def selectors_of(record: Any) -> Iterator[Selector]:
    """Every selector inside a record, those within its conditions included."""
    for _, part in parts_of(record):
        if isinstance(part, Selector):
            yield part
        else:
            yield from part.selectors


def names_in(record: Any) -> frozenset[str]:
    """The fields and readings that the conditions inside a record name."""
    return frozenset(name for _, part in parts_of(record) if isinstance(part, Condition) for name in part.names)
