"""The headings of a table."""

from __future__ import annotations

import pytest

from palvelumittari.authoring.tables.columns import Column, column_names, in_order, meant, read_heading


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("id", "id"),
        ("  Weight ", "weight"),
        ("at least", "at_least"),
        ("Declared In", "declared_in"),
        ("title", "title"),
        ("title.zh-Hans", "title.zh-Hans"),
        ("Title (fi)", "title.fi"),
        ("title_sv", "title.sv"),
        ("why en", "why.en"),
        ("options.usual_s", "options.usual_s"),
        ("scoring.loss_weight", "scoring.loss_weight"),
        ("Paino", "weight"),
        ("otsikko.fi", "title.fi"),
        ("Neuvo (sv)", "advice.sv"),
        ("i stället", "instead"),
        ("bygger på", "extends"),
        ("handling", "act"),
    ],
)
def test_headings_are_read_in_three_languages(heading: str, name: str) -> None:
    """Capitals, blanks and brackets do not matter."""
    column = read_heading(heading)
    assert column is not None
    assert column.name == name


@pytest.mark.parametrize("heading", ["", "notes", "weight.fi", "title.", "title (fi) x", ".fi"])
def test_other_headings_mean_nothing(heading: str) -> None:
    """Only some columns have a second part."""
    assert read_heading(heading) is None


@pytest.mark.parametrize("name", column_names())
def test_every_machine_name_is_a_heading(name: str) -> None:
    """And no word of another language takes its place."""
    assert read_heading(name) == Column(name)


def test_columns_stand_in_a_fixed_order() -> None:
    """Languages as the engine has them, others behind."""
    names = ["weight", "title.sv", "title.et", "act", "title.en", "row", "title", "title.fi"]
    columns = [column for column in map(read_heading, names) if column]
    found = [column.name for column in in_order(columns)]
    assert found == ["row", "weight", "title", "title.en", "title.fi", "title.sv", "title.et", "act"]


def test_words_of_the_catalogue_are_understood() -> None:
    """In every language; what is none of them stays."""
    assert [meant("row", word) for word in ("Kriteeri", "steg", "rule", "hm")] == ["criterion", "step", "rule", "hm"]
    assert meant("flag", "EPÄTOSI") == "false"
