"""A spreadsheet's file as rows of cells: encoding, separator and headings found out, every cell with its name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as FilePath

import attrs

from palvelumittari.authoring.tables.columns import Column, column_names, read_heading
from palvelumittari.reading.excerpts import printable
from palvelumittari.reading.gathering import first_problems
from palvelumittari.reading.toml_file import MAX_BYTES
from palvelumittari.words.errors import Place, Problem, RubricError, did_you_mean, raise_errors

_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=.\r?\n", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_COMMENT = "#"


@attrs.frozen
class Cell:
    """A cell by its row, counted from 1 as spreadsheets do, its column, counted from 0, and that column's heading.

    Without a column it is the whole row.
    """

    row: int
    column: int | None = None
    heading: str = attrs.field(default="", kw_only=True)

    def __str__(self) -> str:
        """`cell D7 (weight)`, or `row 7`."""
        if self.column is None:
            return f"row {self.row}"
        heading = f" ({printable(self.heading)})" if self.heading else ""
        return f"cell {column_letters(self.column)}{self.row}{heading}"


def column_letters(column: int) -> str:
    """What a spreadsheet calls a column that is counted from 0.

    >>> column_letters(3), column_letters(27)
    ('D', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


@attrs.frozen(kw_only=True)
class Line:
    """One row of a sheet: its number and the texts of its cells that are not empty, by column."""

    number: int
    cells: Mapping[Column, str]


@attrs.frozen(kw_only=True)
class Sheet:
    """A table as it was read: `name` for messages, where each column stands, the rows that are not empty.

    `notes` tell what was odd about the file.
    """

    name: str
    columns: Mapping[Column, int]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def cell(self, row: int, column: Column) -> Cell:
        """The cell of a row in a column; the row itself where there is no such column."""
        at = self.columns.get(column)
        return Cell(row) if at is None else Cell(row, at, heading=self.headings[at].strip())

    def place(self, cell: Cell) -> Place:
        """The place of a cell for a message: `table.csv: cell D7 (weight)`."""
        return place_of(self.name, cell)


def place_of(name: str, cell: Cell) -> Place:
    """The place of a cell in the file of that name."""
    return Place(f"{name}: {cell}")


def read_table(path: FilePath) -> bytes:
    """The bytes of a file; raises `RubricError` if it cannot be read or is too long for a rubric."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RubricError(Problem(f"cannot read this file: {error.strerror or error}", Place(str(path)))) from None
    if len(raw) > MAX_BYTES:
        raise RubricError(Problem("the file is too long", Place(str(path)), expected=f"at most {MAX_BYTES} bytes"))
    return raw


def read_sheet(raw: bytes, name: str) -> Sheet:
    """The rows and headings of a CSV file.

    Commas, semicolons and tabs may part the cells; UTF-8, with or without a byte order mark, UTF-16 with one, and
    Windows-1252 are read.

    Raises:
        RubricError: If it is no table, or a heading is not known.
    """
    text, notes = _decoded(raw, name)
    text = _SEPARATOR_LINE.sub("", text, count=1) if _SEPARATOR_LINE.match(text) else text
    rows = _rows(text, name)
    first = next((number for number, row in enumerate(rows) if any(map(str.strip, row))), None)
    if first is None:
        raise RubricError(Problem("the table is empty", Place(name), hint="the first row names the columns"))
    headings = tuple(rows[first])
    columns, problems = _columns(headings, first + 1, name)
    problems += _headless(rows, first, headings, name)
    raise_errors(first_problems(problems), RubricError)
    lines = (_line(number, row, columns) for number, row in enumerate(rows[first + 1 :], first + 2))
    kept = tuple(line for line in lines if line.cells)
    return Sheet(name=name, columns=columns, headings=headings, lines=kept, notes=notes)


def _line(number: int, row: list[str], columns: Mapping[Column, int]) -> Line:
    found = {column: row[at] for column, at in columns.items() if at < len(row) and row[at].strip()}
    return Line(number=number, cells=found)


def _decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        return raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        note = f"{name}: this is not UTF-8, so it was read as Windows-1252; see whether ä and ö came out right"
        return raw.decode("cp1252"), (note,)
    except UnicodeDecodeError:
        hint = "save the table as CSV UTF-8"
        raise RubricError(Problem("this is neither UTF-8 nor Windows-1252", Place(name), hint=hint)) from None


def _rows(text: str, name: str) -> list[list[str]]:
    """The rows as the separator parts them under which most headings are known."""
    return _parted(text, max(_SEPARATORS, key=lambda separator: _known(text, separator)), name)


def _known(text: str, separator: str) -> int:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        first = next((row for row in rows if any(map(str.strip, row))), [])
    except csv.Error:
        return 0
    return sum(read_heading(heading) is not None for heading in first)


def _parted(text: str, separator: str, name: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        hint = "a cell with a quotation mark, a separator or a line end in it stands in quotes: save it anew"
        place = place_of(name, Cell(len(rows) + 1))
        raise RubricError(Problem(f"this is not CSV: {error}", place, hint=hint)) from None
    return rows


def _columns(headings: tuple[str, ...], row: int, name: str) -> tuple[dict[Column, int], list[Problem]]:
    """Where each column stands, and what is wrong with the headings; those that begin with `#` are notes."""
    found: dict[Column, int] = {}
    problems: list[Problem] = []
    for at, heading in enumerate(headings):
        if not heading.strip() or heading.strip().startswith(_COMMENT):
            continue
        column, place = read_heading(heading), place_of(name, Cell(row, at))
        if column is None:
            problems.append(_unknown_heading(heading, place))
        elif column in found:
            what = f"the column `{column.name}` stands twice"
            problems.append(Problem(what, place, hint=f"the first is {column_letters(found[column])}: leave one out"))
        else:
            found[column] = at
    return found, problems


def _unknown_heading(heading: str, place: Place) -> Problem:
    word = printable(heading.strip())
    hint = did_you_mean(word.casefold(), column_names()) or "a column of your own notes begins with #"
    return Problem(f"unknown column `{word}`", place, hint=hint)


def _headless(rows: list[list[str]], first: int, headings: Iterable[str], name: str) -> Iterator[Problem]:
    """Cells that say something in a column without a heading."""
    named = {at for at, heading in enumerate(headings) if heading.strip()}
    for number, row in enumerate(rows[first + 1 :], first + 2):
        for at, text in enumerate(row):
            if at not in named and text.strip():
                yield Problem("there is no heading above this cell", place_of(name, Cell(number, at)), hint="name it")
