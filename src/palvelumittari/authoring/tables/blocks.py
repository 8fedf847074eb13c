"""The rows of a sheet gathered into what they tell: the head, criteria, overrides; each value with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.authoring.tables.cells import Misread, read_cell
from palvelumittari.authoring.tables.changes import Path
from palvelumittari.authoring.tables.columns import (
    DECLARED,
    LISTED,
    MEASURE,
    MEASURE_KEYS,
    ROW,
    SPOKEN,
    Column,
    meant,
)
from palvelumittari.authoring.tables.sheet import Cell, Line, Sheet
from palvelumittari.records.measure import MEASURES
from palvelumittari.words.errors import Problem, did_you_mean, nearest

TOP = ("rubric", "criterion", "override", "drop")
"""Kinds of rows that stand by themselves; all others belong to one above them."""

_KINDS = (*TOP, "situation", *LISTED.values())


@attrs.define
class Block:
    """A row that stands by itself with those below it: as plain data, and the cell of each path within that."""

    kind: str
    row: int
    record: dict[str, Any] = attrs.field(factory=dict)
    cells: dict[Path, Cell] = attrs.field(factory=dict)
    rows: dict[Path, int] = attrs.field(factory=dict)

    def put(self, path: Path, value: Any, cell: Cell) -> bool:
        """Note a value and where it stands; what holds it stands at the first of its cells.

        Nothing is noted, and the answer is no, if another cell says the same already.
        """
        inner = self.inner(path[:-1])
        if not isinstance(inner, dict) or path[-1] in inner:
            return False
        inner[path[-1]] = value
        for length in range(1, len(path)):
            self.cells.setdefault(path[:length], cell)
        self.cells[path] = cell
        return True

    def add(self, path: Path, row: int) -> Path:
        """A new table at the end of a list; its path."""
        inner = self.inner(path[:-1])
        if not isinstance(inner.get(path[-1]), list):
            inner[path[-1]] = []
        items = inner[path[-1]]
        items.append({})
        self.rows[(*path, len(items) - 1)] = row
        self.cells.setdefault(path, Cell(row))
        return (*path, len(items) - 1)

    def inner(self, path: Path) -> Any:
        """What stands at a path; tables on the way are made."""
        inner: Any = self.record
        for step in path:
            inner = inner.setdefault(step, {}) if isinstance(step, str) else inner[step]
        return inner


@attrs.frozen
class Gathered:
    """The blocks of a sheet, and what is wrong in single cells."""

    blocks: tuple[Block, ...]
    problems: Mapping[Cell, Problem]


def gather(sheet: Sheet) -> Gathered:
    """The rows of a sheet as blocks; every cell that cannot be read is told, and goes on as the text that it holds."""
    gathering = _Gathering(sheet)
    for line in sheet.lines:
        gathering.line(line)
    return Gathered(tuple(gathering.blocks), gathering.problems)


class _Gathering:
    """Goes down a sheet once. `situation` is the path of the situation to which further rows belong."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.blocks: list[Block] = []
        self.problems: dict[Cell, Problem] = {}
        self.situation: Path = ()

    def refuse(self, cell: Cell, problem: Problem) -> None:
        self.problems.setdefault(cell, problem.at(self.sheet.place(cell)))

    def line(self, line: Line) -> None:
        kind = self.kind(line)
        if kind in TOP:
            self.blocks.append(Block(kind, line.number))
            self.situation = ()
            self.fill(line, self.blocks[-1], (), self.measure(line, kind))
        elif kind is not None:
            self.below(line, kind)

    def kind(self, line: Line) -> str | None:
        """What a row is; without a word of its own, a criterion if it has an id."""
        column = Column(ROW)
        if column not in line.cells:
            if Column("id") in line.cells:
                return "criterion"
            self.refuse_unnamed(line)
            return None
        word = meant(ROW, line.cells[column].strip())
        if word in _KINDS:
            return word
        expected, hint = "one of " + ", ".join(_KINDS), did_you_mean(word, _KINDS)
        self.refuse(self.sheet.cell(line.number, column), Problem(_found(word, expected), hint=hint))
        return None

    def refuse_unnamed(self, line: Line) -> None:
        """A row that says neither what it is nor what it is called."""
        column = Column(ROW) if Column(ROW) in self.sheet.columns else Column("id")
        expected = ", ".join(_KINDS[:-1]) + f" or {_KINDS[-1]} in the column `{ROW}`"
        hint = f"a criterion has an `id`; any other row says in the column `{ROW}` what it is"
        problem = Problem("this row has no `id`, so it is not clear what it is", expected=expected, hint=hint)
        self.refuse(self.sheet.cell(line.number, column), problem)

    def measure(self, line: Line, kind: str) -> Path:
        """Where what a row says of its measure belongs."""
        column = Column(MEASURE)
        said = [one for one in line.cells if one.key in MEASURE_KEYS]
        if kind not in ("criterion", "override") or not (said or column in line.cells):
            return ()
        name = line.cells.get(column, "").strip()
        if name not in MEASURES:
            expected = "one of " + ", ".join(MEASURES)
            hint = did_you_mean(name, MEASURES)
            what = _found(name, expected) if name else f"no measure is named for `{said[0].name}`, expected {expected}"
            self.refuse(self.sheet.cell(line.number, column), Problem(what, hint=hint))
            name = nearest(name, MEASURES) or name or MEASURE
        self.blocks[-1].put((name,), {}, self.sheet.cell(line.number, column))
        return (name,)

    def below(self, line: Line, kind: str) -> None:
        """A situation, rule or step of the criterion or override above."""
        if not self.blocks or self.blocks[-1].kind == "rubric":
            hint = "it belongs below the row of its criterion"
            cell = self.sheet.cell(line.number, Column(ROW))
            self.refuse(cell, Problem(f"this {kind} stands below no criterion", hint=hint))
            return
        block = self.blocks[-1]
        if not self.belongs(line, kind, block):
            return
        if kind == "situation":
            path = self.situation = block.add(("situation",), line.number)
        else:
            path = block.add((*self.holder(block), _LIST_OF[kind]), line.number)
        self.fill(line, block, path, ())

    def belongs(self, line: Line, kind: str, block: Block) -> bool:
        """Whether a row stands below the criterion that it names, if it names one."""
        column = Column("id")
        named, above = line.cells.get(column, "").strip(), str(block.record.get("id", ""))
        if not named or f"/{above}".endswith(f"/{named}") or f"/{named}".endswith(f"/{above}"):
            return True
        what = f"this {kind} belongs to `{named}`, but stands below `{above}`"
        hint = f"move it below `{named}`, or delete it with that"
        self.refuse(self.sheet.cell(line.number, column), Problem(what, hint=hint))
        return False

    def holder(self, block: Block) -> Path:
        """What a rule or step belongs to: the situation above, or the measure of the criterion."""
        measures = [name for name, keys in block.record.items() if name in MEASURES and isinstance(keys, dict)]
        return self.situation or tuple(measures[:1])

    def fill(self, line: Line, block: Block, path: Path, measure: Path) -> None:
        for column, text in line.cells.items():
            if column.name not in (ROW, DECLARED, MEASURE) and not (path and column.name == "id"):
                cell = self.sheet.cell(line.number, column)
                inside = measure if column.key in MEASURE_KEYS else ()
                self.put(block, (*path, *inside), column, self.read(column, text, cell), cell)

    def put(self, block: Block, path: Path, column: Column, value: Any, cell: Cell) -> None:
        inner: tuple[str, ...] = () if column.inner is None else (column.inner,)
        if column.inner is None and column.key in SPOKEN and column.key != "why" and isinstance(value, str):
            inner = ("en",)
        if not block.put((*path, column.key, *inner), value, cell):
            self.refuse(cell, Problem(f"another column says the `{column.key}` of this row, too", hint="leave one out"))

    def read(self, column: Column, text: str, cell: Cell) -> Any:
        try:
            return read_cell(column, text)
        except Misread as error:
            self.refuse(cell, Problem(_found(text.strip(), str(error))))
            return text


_LIST_OF = {kind: key for key, kind in LISTED.items()}


def _found(text: str, expected: str) -> str:
    return f"found `{text}`, expected {expected}"


def rows_of(block: Block) -> Iterator[tuple[Path, int]]:
    """The rows of a block with the path of what each tells."""
    yield (), block.row
    yield from block.rows.items()
