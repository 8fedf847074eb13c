"""Rubrics as tables, and back."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palvelumittari.authoring.tables.importing import document_in, import_table
from palvelumittari.authoring.tables.writing import BYTE_ORDER_MARK, rubric_table
from palvelumittari.authoring.toml_writer import rubric_toml
from palvelumittari.meter import Meter
from palvelumittari.reading.lineage import all_entries
from palvelumittari.reading.rubric_file import RubricFile, read_rubric
from palvelumittari.reading.toml_file import TomlFile, parse_toml
from palvelumittari.testing import rubric_documents

CORE = Meter(installed=False)
ALL = Meter()
RUBRICS = CORE.catalog.rubrics
SERVICE = list(all_entries(["service"], RUBRICS))


def rubric_of(document: dict[str, Any]) -> RubricFile:
    """A rubric file that says a document."""
    return read_rubric(TomlFile("random.toml", "", document), "random")


def there_and_back(rubric: RubricFile) -> RubricFile:
    """The rubric that is made of the table of a rubric."""
    return read_rubric(
        parse_toml(rubric_toml(document_in(rubric_table(rubric, RUBRICS).encode(), "t.csv", RUBRICS)), "t")
    )


def rows(table: str) -> list[dict[str, str]]:
    """The cells of a table by their headings, empty ones left out."""
    found = csv.DictReader(io.StringIO(table.removeprefix(BYTE_ORDER_MARK), newline=""))
    return [{key: text for key, text in row.items() if text} for row in found]


@pytest.mark.parametrize("name", sorted(ALL.catalog.rubrics))
def test_every_rubric_that_ships_comes_back_as_it_was(name: str) -> None:
    """From its file over the table and TOML to an equal document, without a warning that it did not have."""
    rubric, files = ALL.catalog.rubrics[name], ALL.catalog.rubrics
    imported = import_table(rubric_table(rubric, files).encode(), f"{name}.csv", files, ALL.catalog.terms)
    again = read_rubric(parse_toml(imported.toml, name))
    assert again.document == rubric.document
    assert imported.warnings == ()


DOCUMENTS = rubric_documents(CORE.vocabulary, readings=CORE.catalog.terms.readings, measures=("random.measure",))


@given(DOCUMENTS)
def test_every_rubric_comes_back_as_it_was(document: dict[str, Any]) -> None:
    """Whatever it says."""
    rubric = rubric_of(document)
    assert there_and_back(rubric).document == rubric.document


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "weight": st.sampled_from([1, 2.5, 4, 5.0]),
        "role": st.sampled_from(["must", "linear"]),
        "title": st.dictionaries(st.sampled_from(["en", "fi", "et"]), st.text(max_size=9)),
        "why": st.text(max_size=9) | st.just({"en": "table"}),
        "when": st.just("customer.regular"),
        "caps": st.sampled_from(["poor", "none"]),
        "refines": st.sampled_from([[], "service/pace", ["service/pace"]]),
        "responds": st.sampled_from(
            [{}, {"within": "5 s"}, {"rules": [{"after": "customer.ask", "with": "staff.say"}]}]
        ),
        "situation": st.sampled_from([[], [{"when": "customer.regular", "excuse": True}]]),
    },
)


def fitting(name: str, changes: dict[str, Any]) -> dict[str, Any]:
    """Changes without a second measure."""
    has = "responds" in all_entries(["service"], RUBRICS)[name].raw
    return {key: value for key, value in changes.items() if has or key != "responds"}


@settings(max_examples=30)  # each example is a table of all that `service` says
@given(
    st.dictionaries(st.sampled_from(SERVICE), CHANGES, max_size=6),
    st.lists(st.sampled_from(SERVICE), max_size=4, unique=True),
    DOCUMENTS,
)
def test_what_is_changed_of_parents_comes_back(
    override: dict[str, Any], drop: list[str], document: dict[str, Any]
) -> None:
    """Overrides that change nothing, and those of criteria that are dropped, too."""
    override = {name: fitting(name, changes) for name, changes in override.items()}
    more = {key: value for key, value in (("override", override), ("drop", drop)) if value}
    rubric = rubric_of({**document, "extends": ["service"], **more})
    assert there_and_back(rubric).document == rubric.document


def test_a_table_shows_what_is_inherited_and_where_it_comes_from() -> None:
    """The rubric first; each criterion with what stands below it; those of the rubric itself at the end."""
    found = rows(rubric_table(RUBRICS["salon"], RUBRICS))
    assert found[0]["row"] == "rubric"
    assert (found[0]["id"], found[0]["extends"], found[0]["title.fi"]) == ("salon", "service", "Kampaamo")
    named = {row["id"]: row for row in found[1:] if row["row"] == "criterion"}
    assert (named["service/noticing"]["declared_in"], named["service/noticing"]["role"]) == ("service", "must")
    assert (named["consultation"]["declared_in"], named["consultation"]["measure"]) == ("salon", "grades")
    at = found.index(named["consultation"])
    assert [row["row"] for row in found[at : at + 4]] == ["criterion", "step", "step", "situation"]
    assert {row["id"] for row in found[at : at + 4]} == {"consultation"}


def test_what_is_dropped_has_a_row_of_its_own() -> None:
    """With everything it says, so that it can be taken back."""
    rubric = rubric_of(
        {
            "schema": 1,
            "id": "small",
            "version": "1.0.0",
            "title": {},
            "extends": ["service"],
            "drop": ["service/closing"],
        }
    )
    row = next(row for row in rows(rubric_table(rubric, RUBRICS)) if row["row"] == "drop")
    assert (row["id"], row["measure"]) == ("service/closing", "grades")


def test_a_table_is_what_excel_expects() -> None:
    """A byte order mark, lines that end in CR LF, cells in quotes where they must be."""
    table = rubric_table(RUBRICS["service"], RUBRICS)
    assert table.startswith("\ufeffrow,id,declared_in,version,role,weight,title.en,title.fi,title.sv,")
    assert table.endswith("\r\n")
