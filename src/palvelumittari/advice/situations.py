"""Another situation: the context fields of an encounter, changed or taken away."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.reading.structure import MISFITS, make_converter, problems_of, read_field
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.vocabulary import FieldType, Vocabulary
from palvelumittari.words.errors import EncounterError, Place, Problem, did_you_mean, raise_errors, shown
from palvelumittari.words.frozen import freeze, thaw

_TOP = ("sector", "channel", "language", "observer", "record", "observed")
"""What of an encounter's head makes a situation; `record` and `observed` say what its silence proves."""

_PLACES = ("setting", "customer")

_CONVERTER = make_converter()


def under(place: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of one place by their dotted names.

    >>> under("setting", {"queue": 0})
    {'setting.queue': 0}
    """
    return {f"{place}.{key}": value for key, value in values.items()}


def check_fields(fields: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Names of fields that an encounter cannot have, with the nearest ones that it can."""
    known = (*_TOP, *(name for name in vocabulary.fields if name.partition(".")[0] in _PLACES))
    for name in fields:
        if name not in known:
            hint = did_you_mean(name, known) or "`palvelumittari rubric show vocabulary` lists them"
            yield Problem(f"unknown field {shown(name)}", expected="a field that an encounter may have", hint=hint)


def with_fields(encounter: Encounter, fields: Mapping[str, Any]) -> Encounter:
    """An encounter with other values of known fields, `None` to take one away.

    Raises:
        EncounterError: If a value of the encounter's head is of the wrong kind. (Those of `setting` and `customer` are
            checked with the whole encounter.)
    """
    tops = {name: value for name, value in fields.items() if name in _TOP}
    raise_errors(_wrong_values(tops), EncounterError)
    values: dict[str, Any] = {name: _read(name, value) for name, value in tops.items()}
    values |= {place: _inner(encounter, place, fields) for place in _PLACES}
    return attrs.evolve(encounter, **values)


def _inner(encounter: Encounter, place: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the setting or of the customer, with other values and without those taken away."""
    other = {name.partition(".")[2]: value for name, value in fields.items() if name.startswith(f"{place}.")}
    return {key: value for key, value in {**getattr(encounter, place), **other}.items() if value is not None}


def _wrong_values(tops: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in tops.items():
        try:
            _read(name, value)
        except MISFITS as error:
            yield from (problem.at(Place(path=f"$.{name}")) for _, problem in problems_of(error))


def _read(name: str, value: Any) -> Any:
    return read_field(_CONVERTER, Encounter, name, value)


def said_of(fields: Mapping[str, Any]) -> Iterator[str]:
    """The changes of fields as people write them: `setting.queue = 0`, and `- setting.queue` for one taken away."""
    for name, value in fields.items():
        written = json.dumps(thaw(freeze(value)), ensure_ascii=False) if not isinstance(value, str) else value
        yield f"- {name}" if value is None else f"{name} = {written}"


def value_from_text(name: str, text: str, vocabulary: Vocabulary) -> Any:
    """What a text means as the value of a field: text for a field that holds text, else a JSON value, else text."""
    field = vocabulary.fields.get(name)
    holds_text = field is not None and field.type in (FieldType.TEXT, FieldType.CHOICE)
    if (holds_text or name == "record") and not text.startswith('"'):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
