"""From plain data to a checked record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from palvelumittari.formats.kinds import KIND_KEY, Kind, check_kind, name_of_kind, names_its_kind, words_for
from palvelumittari.reading.encounters import Limits, check_encounter, check_event_count
from palvelumittari.reading.gathering import MORE, MOST_PROBLEMS
from palvelumittari.reading.structure import Path, described, make_converter, structured
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import Problem

Found = tuple[tuple[Path, Problem], ...]

SCHEMA = 1
"""The version of the file format that is read and written."""

CONVERTER = make_converter()


def head_of(kind: type[Any]) -> dict[str, Any]:
    """What stands first in a document: the schema, and the kind where the content does not tell it."""
    return {"schema": SCHEMA, KIND_KEY: name_of_kind(kind)} if names_its_kind(kind) else {"schema": SCHEMA}


def record_from(data: Any, kind: type[Kind], vocabulary: Vocabulary, limits: Limits) -> tuple[Kind | None, Found]:
    """Plain data as a record, or `None` with every problem; beside a record there may be warnings.

    Args:
        data: What a JSON reader returns.
        kind: Which record it must be.
        vocabulary: What an encounter may name.
        limits: How large an encounter may be.
    """
    found = tuple(_check_top(data, kind, limits))
    if found:
        return None, found
    head = ("schema", KIND_KEY) if names_its_kind(kind) else ("schema",)
    plain = {key: value for key, value in data.items() if key not in head}
    record, misfits = structured(CONVERTER, plain, kind)
    if record is None:
        return None, _told(misfits)
    if not isinstance(record, Encounter):
        return record, ()
    found = _told(check_encounter(record, vocabulary, limits))
    return (None if any(problem.is_error for _, problem in found) else record), found


def _check_top(data: Any, kind: type[Any], limits: Limits) -> Iterable[tuple[Path, Problem]]:
    if not isinstance(data, Mapping):
        yield (), _not_an_object(data, kind)
    elif "schema" not in data:
        yield (), Problem("the key `schema` is missing", hint=f'add "schema": {SCHEMA}')
    elif type(data["schema"]) is not int or data["schema"] != SCHEMA:
        yield (
            ("schema",),
            Problem(
                f"unknown schema: this version of palvelumittari reads schema {SCHEMA}",
                found=described(data["schema"]),
                hint="upgrade palvelumittari if a newer one wrote this",
            ),
        )
    elif problem := check_kind(data, kind):
        yield (), problem
    elif isinstance(data.get("events"), list):
        yield from check_event_count(len(data["events"]), limits)


def _not_an_object(data: Any, kind: type[Any]) -> Problem:
    name = words_for(kind)
    if isinstance(data, list):
        hint = "write NDJSON: one object a line, without brackets and commas around them"
        return Problem(f"a list at the top, not one {name}", expected=f"one {name} a document", hint=hint)
    return Problem(f"not an object that could be one {name}", found=described(data), expected="a JSON object")


def _told(found: Iterable[tuple[Path, Problem]]) -> Found:
    """The first problems and the first warnings; many warnings hide no problem."""
    errors: list[tuple[Path, Problem]] = []
    warnings: list[tuple[Path, Problem]] = []
    for path, problem in found:
        kept = errors if problem.is_error else warnings
        if len(kept) < MOST_PROBLEMS:
            kept.append((path, problem))
        elif problem.is_error:
            return (*errors, ((), MORE))
    return (*errors, *warnings)
