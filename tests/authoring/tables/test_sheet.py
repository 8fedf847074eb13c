"""Tables as spreadsheets save them."""

from __future__ import annotations

import pytest

from palvelumittari.authoring.tables.columns import Column
from palvelumittari.authoring.tables.sheet import Cell, Sheet, column_letters, read_sheet
from palvelumittari.words.errors import RubricError

TABLE = "id,weight,title.fi\nhello,2,Tervehdys äänellä\n"


def texts(sheet: Sheet) -> list[dict[str, str]]:
    """The cells of each row by the names of their columns."""
    return [{column.name: text for column, text in line.cells.items()} for line in sheet.lines]


def faults(raw: bytes) -> list[str]:
    """Everything that is wrong with a table."""
    with pytest.raises(RubricError) as caught:
        read_sheet(raw, "t.csv")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_and_encodings_are_found_out(separator: str, encoding: str, end: str) -> None:
    """As the spreadsheets of this world write them."""
    raw = TABLE.replace(",", separator).replace("\n", end).encode(encoding)
    sheet = read_sheet(raw, "t.csv")
    assert texts(sheet) == [{"id": "hello", "weight": "2", "title.fi": "Tervehdys äänellä"}]
    assert sheet.notes == ()


def test_the_windows_encoding_is_read_with_a_note() -> None:
    """It may be another one."""
    sheet = read_sheet(TABLE.encode("cp1252"), "t.csv")
    assert texts(sheet)[0]["title.fi"] == "Tervehdys äänellä"
    assert sheet.notes == (
        "t.csv: this is not UTF-8, so it was read as Windows-1252; see whether ä and ö came out right",
    )


def test_a_line_that_names_the_separator_is_no_row() -> None:
    """Excel hides it, so it does not count."""
    sheet = read_sheet(b"sep=;\r\nid;weight\r\nhello;2\r\n", "t.csv")
    assert sheet.lines[0].number == 2


def test_rows_are_numbered_as_in_the_spreadsheet() -> None:
    """Empty ones and those with several lines in a cell count once."""
    sheet = read_sheet(b'\n\nid,why\na,"two\nlines"\n,\nb,x\n', "t.csv")
    assert [(line.number, line.cells[Column("why")]) for line in sheet.lines] == [(4, "two\nlines"), (6, "x")]


def test_columns_of_notes_and_empty_ones_are_left_alone() -> None:
    """A heading that begins with # is the author's own."""
    sheet = read_sheet(b"id,#mine,,weight\na,whatever,,2\n", "t.csv")
    assert texts(sheet) == [{"id": "a", "weight": "2"}]


def test_cells_are_named_as_spreadsheets_do() -> None:
    """Letters count on behind Z; where there is no column it is the row."""
    assert [column_letters(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
    sheet = read_sheet(TABLE.encode(), "t.csv")
    assert str(sheet.cell(7, Column("weight"))) == "cell B7 (weight)"
    assert str(sheet.cell(7, Column("role"))) == "row 7"
    assert str(Cell(3, 1)) == "cell B3"
    assert str(sheet.place(Cell(3, 1))) == "t.csv: cell B3"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "t.csv: the table is empty\n    try: the first row names the columns"),
        (b"\x81\xff", "t.csv: this is neither UTF-8 nor Windows-1252\n    try: save the table as CSV UTF-8"),
        (b"id,wieght\na,2\n", "t.csv: cell B1: unknown column `wieght`\n    try: did you mean `weight`?"),
        (
            b"id,xyzzy\n",
            "t.csv: cell B1: unknown column `xyzzy`\n    try: a column of your own notes begins with #",
        ),
        (
            b"id,paino,weight\n",
            "t.csv: cell C1: the column `weight` stands twice\n    try: the first is B: leave one out",
        ),
        (b"id\na,b\n", "t.csv: cell B2: there is no heading above this cell\n    try: name it"),
        (
            b'id,weight\na,2\nb,"open\n',
            "t.csv: row 3: this is not CSV: unexpected end of data\n"
            "    try: a cell with a quotation mark, a separator or a line end in it stands in quotes: save it anew",
        ),
        (
            b'id,"weight\n',
            "t.csv: row 1: this is not CSV: unexpected end of data\n"
            "    try: a cell with a quotation mark, a separator or a line end in it stands in quotes: save it anew",
        ),
    ],
)
def test_what_is_no_table_is_told(raw: bytes, message: str) -> None:
    """With the cell, as far as there is one."""
    assert faults(raw) == [message]


def test_every_heading_is_told_at_once() -> None:
    """All problems of the first row, and cells below nothing."""
    assert len(faults(b"id,x,y\na,1,2,3\n")) == 3


def test_a_cell_that_is_too_long_is_told() -> None:
    """Python's reader has a limit of its own."""
    assert faults(b"x" * 200_000)[0].startswith("t.csv: row 1: this is not CSV: field larger than field limit")
    (problem,) = faults(b"id\n" + b"x" * 200_000 + b"\n")
    assert problem.startswith("t.csv: row 2: this is not CSV: field larger than field limit")
