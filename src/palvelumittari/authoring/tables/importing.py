"""Making a rubric file of a table: its TOML, and every problem of it at the cell that it comes from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path as FilePath
from typing import Any

import attrs

from palvelumittari.authoring.tables.blocks import Block, Gathered, gather
from palvelumittari.authoring.tables.inheriting import Inheritance, inherit
from palvelumittari.authoring.tables.places import Places, cell_problems
from palvelumittari.authoring.tables.sheet import Sheet, read_sheet
from palvelumittari.authoring.toml_writer import rubric_toml
from palvelumittari.plugins.stock import problems_of
from palvelumittari.reading.gathering import first_problems
from palvelumittari.reading.lineage import Files
from palvelumittari.reading.rubric_file import RUBRIC_ID, read_rubric
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import parse_toml
from palvelumittari.words.errors import PalvelumittariError, Problem, RubricError, raise_errors

_FIRST_VERSION = "1.0.0"


@attrs.frozen(kw_only=True)
class Imported:
    """What became of a table: the rubric's TOML, the warnings about it, and notes on what was understood how.

    `what` names the rubric: `salon 1.0.0, 7 criteria`.
    """

    toml: str
    what: str
    warnings: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def import_table(raw: bytes, name: str, files: Files, terms: Terms) -> Imported:
    """The rubric that a table tells.

    Args:
        raw: The bytes of a CSV file.
        name: What the file is called; without a row for the rubric it gives the rubric its name.
        files: The rubrics by id on which it may rest.
        terms: The vocabulary, readings and functions that it may name.

    Raises:
        RubricError: With every problem, each at its cell.
    """
    sheet = read_sheet(raw, name)
    gathered = gather(sheet)
    document, places, notes, problems = assembled(sheet, gathered, files)
    toml = rubric_toml(document)
    checked = _checked(toml, name, files, terms)
    found = cell_problems(checked, toml, sheet, places, {**gathered.problems, **problems})
    raise_errors(first_problems(found), RubricError)
    warnings = tuple(problem for problem in found if not problem.is_error)
    own = len(document["criterion"])
    what = f"{document['id']} {document['version']}, {own} {'criterion' if own == 1 else 'criteria'}"
    return Imported(toml=toml, what=what, warnings=warnings, notes=(*sheet.notes, *notes))


def document_in(raw: bytes, name: str, files: Files) -> Mapping[str, Any]:
    """The rubric that a table tells as plain data, without looking whether it is in order.

    Arguments are those of `import_table`; raises `RubricError` if it is no table, or a single cell cannot be read.
    """
    sheet = read_sheet(raw, name)
    gathered = gather(sheet)
    document, _, _, problems = assembled(sheet, gathered, files)
    raise_errors((*gathered.problems.values(), *problems.values()), RubricError)
    return document


def _checked(toml: str, name: str, files: Files, terms: Terms) -> tuple[Problem, ...]:
    """Everything that is wrong or doubtful in the rubric, at its places in the TOML."""
    try:
        rubric = read_rubric(parse_toml(toml, name), name)
    except PalvelumittariError as error:
        return error.problems
    return tuple(problems_of([rubric], {**files, rubric.id: rubric}, terms))


# --- the document -----------------------------------------------------------------------------------------------


def assembled(
    sheet: Sheet, gathered: Gathered, files: Files
) -> tuple[dict[str, Any], Places, list[str], Mapping[Any, Problem]]:
    """The document with the places of its values, what was decided on the way, and what is wrong with that."""
    places = Places()
    head, notes = _head(sheet, gathered.blocks, places)
    found = inherit(sheet, gathered.blocks, head, files)
    document: dict[str, Any] = {**head, **_inherited(found, head)}
    for path, block in found.placed:
        places.add(path, block)
    own = [_own(block, head) for block in found.own]
    for index, block in enumerate(found.own):
        places.add(("criterion", index), block)
    return {**document, "criterion": own}, places, [*notes, *found.notes], found.problems


def _inherited(found: Inheritance, head: Mapping[str, Any]) -> dict[str, Any]:
    drop = [*_names(head.get("drop")), *found.drop]
    return {key: value for key, value in (("drop", drop), ("override", found.override)) if value}


def _names(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _own(block: Block, head: Mapping[str, Any]) -> dict[str, Any]:
    """A criterion of the rubric itself; its id may stand in full."""
    record = dict(block.record)
    if isinstance(record.get("id"), str):
        record["id"] = record["id"].removeprefix(f"{head.get('id')}/")
    return record


def _head(sheet: Sheet, blocks: Iterable[Block], places: Places) -> tuple[dict[str, Any], list[str]]:
    """What the row of the rubric says; without one, a head made from the file's name."""
    heads = [block for block in blocks if block.kind == "rubric"]
    if heads:
        places.add((), heads[0])
        return {"schema": 1, **heads[0].record}, []
    stem = FilePath(sheet.name).stem
    made = {"schema": 1, "id": rubric_id(stem), "version": _FIRST_VERSION, "title": {"en": stem}}
    note = f"{sheet.name} has no row `rubric`, so the rubric is called `{made['id']}`, version {_FIRST_VERSION}"
    return made, [note]


def rubric_id(name: str) -> str:
    """An id made of a file's name.

    >>> rubric_id("Lauttaväylä 2"), rubric_id("2026")
    ('lauttavayla_2', 'rubric_2026')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9-]+", "_", plain).strip("_-")
    return found if RUBRIC_ID.match(found) else f"rubric_{found}".rstrip("_-")
