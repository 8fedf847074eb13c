"""From places in the TOML that was made of a table back to the cells of the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from palvelumittari.authoring.tables.blocks import Block, rows_of
from palvelumittari.authoring.tables.changes import Path
from palvelumittari.authoring.tables.columns import MEASURE, MEASURE_KEYS, Column
from palvelumittari.authoring.tables.sheet import Cell, Sheet
from palvelumittari.reading.positions import find_positions
from palvelumittari.reading.structure import json_path, missing_key
from palvelumittari.records.measure import MEASURES
from palvelumittari.words.errors import Place, Problem

_KEYS = ("id", "version", "role", "weight", "title", "when", *MEASURE_KEYS)
"""What a rubric, a criterion, a measure or a situation may lack."""


@attrs.define
class Places:
    """The cell of each path of a document, and the row of each table in it, by their JSON paths."""

    cells: dict[str, Cell] = attrs.field(factory=dict)
    rows: dict[str, int] = attrs.field(factory=dict)
    paths: dict[str, Path] = attrs.field(factory=dict)

    def add(self, path: Path, block: Block) -> None:
        """Note the cells of a block whose record stands at a path."""
        for inner, cell in block.cells.items():
            self.cells[json_path((*path, *inner))] = cell
            self.paths[json_path((*path, *inner))] = (*path, *inner)
        for inner, row in rows_of(block):
            self.rows[json_path((*path, *inner))] = row

    def nearest(self, path: str) -> str | None:
        """The longest known path that leads to a path, itself included."""
        leading = [one for one in {*self.cells, *self.rows} if path == one or path.startswith((f"{one}.", f"{one}["))]
        return max(leading, key=len, default=None)


def cell_problems(
    checked: Iterable[Problem], toml: str, sheet: Sheet, places: Places, told: Mapping[Cell, Problem]
) -> list[Problem]:
    """Every problem at its cell, in the order of the sheet.

    Args:
        checked: What the rubric reader says of the TOML.
        toml: The TOML that was made of the sheet.
        sheet: The sheet.
        places: Where the values of the TOML came from.
        told: What is known to be wrong in single cells; nothing more is said of these.
    """
    mapping = _Mapping(toml, sheet, places)
    found = [*told.items()]
    for problem in checked:
        cell = mapping.cell(problem)
        if cell is None or cell not in told:
            found.append((cell or Cell(0), mapping.moved(problem, cell)))
    found.sort(key=lambda item: (item[0].row, -1 if item[0].column is None else item[0].column))
    return list(dict.fromkeys(problem for _, problem in found))


class _Mapping:
    """Finds the cells of problems that stand in TOML."""

    def __init__(self, toml: str, sheet: Sheet, places: Places) -> None:
        self.toml, self.sheet, self.places = toml, sheet, places
        self.positions = find_positions(toml)

    def cell(self, problem: Problem) -> Cell | None:
        """The cell of a problem, its row where no single cell is to blame, or `None` if the table does not say it."""
        at = self.places.nearest(problem.place.path or "")
        if at is None:
            return None
        key = _missing(problem)
        cell = self.places.cells.get(at) or self.row_cell(self.places.rows[at])
        return cell if key is None else self.missing_cell(self.places.rows.get(at, cell.row), key)

    def missing_cell(self, row: int, key: str) -> Cell:
        """The empty cell in which a key should stand."""
        named = [column for column in self.sheet.columns if column.key == key]
        return self.sheet.cell(row, named[0] if named else Column(key))

    def row_cell(self, row: int) -> Cell:
        """The cell that names what a row tells."""
        line = next((line for line in self.sheet.lines if line.number == row), None)
        has_id = line is not None and Column("id") in line.cells
        return self.sheet.cell(row, Column("id")) if has_id else Cell(row)

    def moved(self, problem: Problem, cell: Cell | None) -> Problem:
        """A problem at its cell, with a caret where it stands within the cell's text."""
        if cell is None:
            return problem.at(Place(self.sheet.name))
        key = _missing(problem)
        if key is not None and cell.column is None:
            problem = attrs.evolve(problem, hint=f"add a column `{key}`")
        place = self.sheet.place(cell)
        return problem.at(self.caret(problem.place, place) or place)

    def caret(self, there: Place, place: Place) -> Place | None:
        """The place with the text of the cell, where the problem underlines a part of it."""
        path = self.places.paths.get(there.path or "")
        located = self.positions.get(path) if path is not None else None
        if located is None or there.line is None or there.column is None:
            return None
        lines = self.toml.split("\n")
        offset = sum(len(line) + 1 for line in lines[: there.line - 1]) + there.column - 1
        text = self.toml[located.content : located.value.end - 1]
        index = offset - located.content
        if not 0 <= index < len(text) or located.content == located.value.start or "\\" in text:
            return None
        return attrs.evolve(place, excerpt=text, column=index + 1, width=there.width)


def _missing(problem: Problem) -> str | None:
    """The key that is missing, if that is the problem: its column."""
    if problem.expected == "one of " + ", ".join(MEASURES):
        return MEASURE
    return next((key for key in _KEYS if problem.what == missing_key(key).what), None)
