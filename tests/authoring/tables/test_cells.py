"""What stands in a cell for a value, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palvelumittari.authoring.tables.cells import Misread, guarded, read_cell, unguarded, write_cell
from palvelumittari.authoring.tables.columns import Column, Kind, column_names

TEXTS = st.text() | st.sampled_from(
    ["", " a ", "=1+1", "'=x", "must", "välttämätön", "4", "true", "a, b", '"x"', "[1]", "-5", "a\r\nb"]
)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
OF_KIND = {
    Kind.TEXT: TEXTS | st.just({}),
    Kind.WORD: TEXTS | st.lists(TEXTS, max_size=3),
    Kind.NAMES: TEXTS | st.lists(TEXTS, max_size=3),
    Kind.LIST: TEXTS | st.lists(TEXTS, max_size=3),
    Kind.NUMBER: NUMBERS,
    Kind.FLAG: st.booleans(),
    Kind.VALUE: VALUES,
}
COLUMNS = [Column(name) for name in column_names()] + [Column("title", "fi"), Column("options", "x")]
CELLS = st.sampled_from(COLUMNS).flatmap(lambda column: st.tuples(st.just(column), OF_KIND[column.kind]))


@given(CELLS)
def test_every_value_survives_its_cell(cell: tuple[Column, Any]) -> None:
    """Whatever a column may hold, with its kind."""
    column, value = cell
    assert repr(read_cell(column, write_cell(column, value))) == repr(value)


@given(st.text())
def test_no_text_is_a_formula(text: str) -> None:
    """None begins with a sign that starts one, and each comes back."""
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("name", "value", "cell"),
    [
        ("title.en", "=HYPERLINK(x)", "'=HYPERLINK(x)"),
        ("title.en", "", '""'),
        ("title.en", "two\nlines", "two\nlines"),
        ("title.en", "bell\x07", '"bell\\u0007"'),
        ("weight", 2.5, "2.5"),
        ("act", ["staff.greet", "staff.nod"], '["staff.greet", "staff.nod"]'),
        ("refines", "service/pace", "service/pace"),
        ("refines", ["service/pace"], '["service/pace"]'),
        ("refines", ["a", "b"], "a, b"),
        ("instead", ["quiet"], "quiet"),
        ("excuse", True, "true"),
        ("title", {}, "{}"),
        ("options.x", "phone_use", "phone_use"),
        ("options.x", "4", '"4"'),
        ("options.x", date(2026, 1, 2), "2026-01-02"),
        ("options.x", -5, "'-5"),
        ("weight", "two", '"two"'),
    ],
)
def test_values_stand_as_one_would_type_them(name: str, value: Any, cell: str) -> None:
    """What cannot be typed stands as in TOML."""
    key, _, inner = name.partition(".")
    assert write_cell(Column(key, inner or None), value) == cell


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("weight", "2,5", 2.5),
        ("weight", " 3 ", 3),
        ("is", "50 %", 0.5),
        ("is", "12,5\N{NO-BREAK SPACE}%", 0.125),
        ("otherwise", "\N{MINUS SIGN}1", -1),
        ("free", "TOSI", True),
        ("excuse", "Falskt", False),
        ("role", "Välttämätön", "must"),
        ("extends", "service; taxi/ride", ["service", "taxi/ride"]),
        ("phase", "opening,closing", ["opening", "closing"]),
        ("act", " staff.greet ", "staff.greet"),
        ("act", "[staff.greet", "[staff.greet"),
        ("options", "1,5", 1.5),
        ("options", "SANT", True),
        ("options", "a = 1", "a = 1"),
        ("options", "1\nb = 2", "1\nb = 2"),
        ("weight", "  ", None),
        ("weight", "1e3", 1000.0),
    ],
)
def test_cells_are_read_as_spreadsheets_write_them(name: str, cell: str, value: Any) -> None:
    """Decimal commas, percent, the words of Finnish and Swedish spreadsheets."""
    found = read_cell(Column(name), cell)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "cell", "expected"),
    [
        ("weight", "two", "a positive number, such as 2"),
        ("weight", "50 %", "a positive number, such as 2"),
        ("is", "half", "a number from 0 to 1, such as 0.5, or 50 %"),
        ("at_least", "x", "a number, such as 2"),
        ("free", "perhaps", "true or false"),
        ("schema", "one", "the number 1"),
    ],
)
def test_what_does_not_fit_is_told(name: str, cell: str, expected: str) -> None:
    """With what was expected."""
    with pytest.raises(Misread, match=expected):
        read_cell(Column(name), cell)
