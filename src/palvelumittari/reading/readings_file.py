"""Reading readings files: running estimates with their starts and cues, checked against the vocabulary."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

import attrs

from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import Path, structured
from palvelumittari.reading.term_checks import Stand, check_condition, check_selector
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.reading.vocabulary_file import ID, NUMERIC
from palvelumittari.records.rubric import Reading
from palvelumittari.words.errors import Problem, RubricError, did_you_mean, raise_errors
from palvelumittari.words.frozen import FrozenMap

_NAMES = "lower-case letters, digits and _, and no word that conditions use themselves"
RESERVED = frozenset({"phase", "true", "false", *keyword.kwlist})
"""Words that no reading may be called, for conditions use them themselves."""


@attrs.frozen(kw_only=True)
class ReadingsDocument:
    """A readings file as it stands, its readings still raw."""

    schema: int = 1
    reading: tuple[Any, ...] = ()


def _check_numbers(reading: Reading) -> Iterator[tuple[Path, Problem]]:
    low, high = reading.range
    if low >= high:
        yield ("range",), Problem("the range is empty", expected="a lower and a higher bound")
    named: list[tuple[Path, float]] = [(("start",), reading.start)]
    named += [(("starts", index, "set"), start.set) for index, start in enumerate(reading.starts)]
    named += [(("cues", index, "set"), cue.set) for index, cue in enumerate(reading.cues) if cue.set is not None]
    for path, value in named:
        if not low <= value <= high:
            yield path, Problem(f"{value:g} lies outside the range", expected=f"{low:g} to {high:g}")
    for index, cue in enumerate(reading.cues):
        if (cue.set is None) == (cue.add is None):
            yield ("cues", index), Problem("a cue either sets or adds", hint="give set or add, not both")


def _check_terms(reading: Reading, terms: Terms) -> Iterator[tuple[Path, Problem]]:
    if reading.from_field is not None:
        field = terms.vocabulary.fields.get(reading.from_field)
        if field is None or field.type not in NUMERIC:
            numeric = [name for name, each in terms.vocabulary.fields.items() if each.type in NUMERIC]
            hint = did_you_mean(reading.from_field, numeric)
            yield ("from",), Problem(f"`{reading.from_field}` is no field that holds a number", hint=hint)
    for index, start in enumerate(reading.starts):
        for problem in check_condition(start.when, Stand.START, terms):
            yield ("starts", index, "when"), problem
    for index, cue in enumerate(reading.cues):
        for problem in check_selector(cue.on, terms.vocabulary):
            yield ("cues", index, "on"), problem


def _check_name(reading: Reading, terms: Terms) -> Iterator[tuple[Path, Problem]]:
    if not ID.match(reading.id) or reading.id in RESERVED:
        yield ("id",), Problem(f"`{reading.id}` cannot name a reading", expected=_NAMES)
    elif reading.id in terms.readings:
        origin = terms.readings[reading.id].origin or "this file"
        yield ("id",), Problem(f"the reading `{reading.id}` is already declared by {origin}")
    elif reading.id in terms.vocabulary.fields:
        yield ("id",), Problem(f"`{reading.id}` is already a context field")


def _check_reading(reading: Reading, terms: Terms) -> Iterator[tuple[Path, Problem]]:
    yield from _check_name(reading, terms)
    yield from _check_numbers(reading)
    yield from _check_terms(reading, terms)


def add_readings(terms: Terms, file: TomlFile, origin: str = "") -> Terms:
    """`terms` with the readings of a file; raises `RubricError` with every problem."""
    document, found = structured(rubric_converter(), file.data, ReadingsDocument)
    problems = list(found)
    known = terms
    if document is not None and document.schema != 1:
        problems.append((("schema",), Problem("this version reads schema 1", hint="write schema = 1")))
    for index, raw in enumerate(document.reading if document else ()):
        reading, misfits = structured(rubric_converter(), raw, Reading)
        checks = [*misfits, *(_check_reading(reading, known) if reading else ())]
        problems += [(("reading", index, *path), problem) for path, problem in checks]
        if reading is not None:
            owned = attrs.evolve(reading, origin=origin)
            known = attrs.evolve(known, readings=FrozenMap({**known.readings, reading.id: owned}))
    raise_errors(file.problems(problems), RubricError)
    return known
