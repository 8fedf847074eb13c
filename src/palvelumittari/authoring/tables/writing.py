"""Writing a rubric as a table: one row for the rubric and for each criterion, situation, rule and step."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from palvelumittari.authoring.tables.cells import write_cell
from palvelumittari.authoring.tables.changes import difference
from palvelumittari.authoring.tables.columns import DECLARED, LISTED, MEASURE, ROW, TABLES, Column, in_order
from palvelumittari.reading.lineage import Entry, Files, all_entries, entries, merged
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.records.measure import MEASURES
from palvelumittari.words.frozen import thaw

Row = Mapping[Column, str]
Raw = Mapping[str, Any]

BYTE_ORDER_MARK = "\ufeff"
"""Stands before the table, for without it Excel takes UTF-8 for something else."""

_ALWAYS = tuple(map(Column, (ROW, "id", DECLARED)))


def rubric_table(rubric: RubricFile, files: Files) -> str:
    """A rubric with all that it inherits as CSV (RFC 4180, with a byte order mark), for spreadsheets.

    Args:
        rubric: The rubric.
        files: All rubrics by id, its parents among them.
    """
    rows = list(_rows(rubric, files))
    columns = in_order([*_ALWAYS, *(column for row in rows for column in row)])
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([column.name for column in columns])
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return BYTE_ORDER_MARK + stream.getvalue()


def _rows(rubric: RubricFile, files: Files) -> Iterator[Row]:
    document = thaw(rubric.file.data)
    before = all_entries(rubric.document.extends, files)
    head = {key: value for key, value in document.items() if key not in ("criterion", "override", "drop")}
    yield {Column(ROW): "rubric", **_cells(head)}
    for name in rubric.document.drop:
        yield from _criterion("drop", before[name], name)
    inherited = entries(rubric.document.extends, files)
    for name, entry in inherited.items():
        changes = document.get("override", {}).get(name)
        if name not in rubric.document.drop and (changes is None or _is_told_by_its_row(entry, changes)):
            yield from _criterion("criterion", Entry(merged(entry.raw, changes or {}), entry.owner), name)
    for name, changes in document.get("override", {}).items():
        is_shown = name in inherited and name not in rubric.document.drop
        if not (is_shown and _is_told_by_its_row(inherited[name], changes)):
            yield from _criterion("override", Entry(changes, before[name].owner), name)
    for raw in document.get("criterion", ()):
        yield from _criterion("criterion", Entry(raw, rubric.id), raw["id"])


def _is_told_by_its_row(entry: Entry, changes: Raw) -> bool:
    """Whether an override can be found again by comparing the criterion with that of the parents."""
    found = difference(thaw(entry.raw), thaw(merged(entry.raw, changes)))
    return bool(changes) and not found.lost and found.override == changes


def _criterion(kind: str, entry: Entry, name: str) -> Iterator[Row]:
    """The row of a criterion, or of what is overridden of one, with those below it."""
    raw = thaw(entry.raw)
    yield {Column(ROW): kind, **_cells(raw), Column("id"): name, Column(DECLARED): entry.owner}
    below = [row for measure in MEASURES.keys() & raw.keys() for row in _listed(raw[measure])]
    for situation in raw.get("situation", ()):
        below += [{Column(ROW): "situation", **_cells(situation)}, *_listed(situation)]
    yield from ({**row, Column("id"): name} for row in below)


def _listed(record: Any) -> Iterator[Row]:
    for key, kind in LISTED.items():
        for item in record.get(key, ()) if isinstance(record, Mapping) else ():
            yield {Column(ROW): kind, **_cells(item)}


def _cells(record: Raw) -> Row:
    """The cells of what stands directly in a record; rows of their own are left out."""
    found: dict[Column, str] = {}
    for key, value in record.items():
        if key in MEASURES and isinstance(value, Mapping):
            found |= {Column(MEASURE): key, **_cells(value)}
        elif key in TABLES and isinstance(value, Mapping) and value:
            columns = {Column(key, inner): item for inner, item in value.items()}
            found |= {column: write_cell(column, item) for column, item in columns.items()}
        elif not (key in (*LISTED, "situation") and value):
            found[Column(key)] = write_cell(Column(key), value)
    return found
