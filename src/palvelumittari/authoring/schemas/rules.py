"""What the readers check beyond types: ranges, shapes of names, keys that belong together.

The bounds of numbers stand here a second time, because the readers check them in code. The tests hold both against
each other: whatever is refused here must be refused there.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from palvelumittari.authoring.schemas.languages import (
    NOT_BLANK,
    Json,
    condition,
    duration,
    offered,
    qualified,
    selector,
    shape,
    text,
    window,
)
from palvelumittari.reading.case_file import CaseDocument
from palvelumittari.reading.criterion_checks import MAX_WEIGHT
from palvelumittari.reading.criterion_reader import CriterionHead, SituationChanges
from palvelumittari.reading.readings_file import RESERVED, ReadingsDocument
from palvelumittari.reading.rubric_file import CRITERION_ID, RUBRIC_ID, SECTOR, VERSION, RubricDocument
from palvelumittari.reading.vocabulary_file import (
    FIELD,
    ID,
    NUMERIC,
    ActEntry,
    FieldEntry,
    GroupEntry,
    VocabularyDocument,
)
from palvelumittari.records.case import NO_SCORE, Expectation
from palvelumittari.records.encounter import Actor, Encounter, Event
from palvelumittari.records.measure import Avoids, Ceases, Grade, Grades, Phase, Precedes, Responds, Shows
from palvelumittari.records.rubric import Cue, Reading, Scoring
from palvelumittari.records.verdict import Band
from palvelumittari.records.vocabulary import Field, FieldType, Vocabulary
from palvelumittari.scoring import MODELS

Key = tuple[type[Any], str]

FIRST: Json = {"const": 1}
"""The only version of our forms that there is."""

_SHARE: Json = {"minimum": 0, "maximum": 1}
_SOME: Json = {"minItems": 1}
_DOCUMENTS = (RubricDocument, VocabularyDocument, ReadingsDocument, CaseDocument)


@attrs.frozen(kw_only=True)
class Rules:
    """What to add to the keys of records and to whole records; `words` are the definitions with the words to offer."""

    keys: Mapping[Key, Json]
    tables: Mapping[type[Any], Json]
    words: Mapping[str, Json]


def rules_of(vocabulary: Vocabulary) -> Rules:
    """The rules of all readers, with the words of a vocabulary to offer."""
    keys = {
        **{(document, "schema"): FIRST for document in _DOCUMENTS},
        **_rubric_keys(),
        **_measure_keys(),
        **_vocabulary_keys(),
        **_case_keys(),
        **_encounter_keys(vocabulary),
    }
    return Rules(keys=keys, tables=_tables(), words=_words(vocabulary))


def _words(vocabulary: Vocabulary) -> dict[str, Json]:
    groups = [act.id for act in vocabulary.acts.values() if act.is_group]
    numeric = [name for name, field in vocabulary.fields.items() if field.type in NUMERIC]
    return {
        "act": {**offered(vocabulary.timeline_acts(), shape(ID)), "not": {"enum": groups}},
        "act_or_group": offered(vocabulary.acts, shape(ID)),
        "tag": offered(vocabulary.tags, shape(ID)),
        "numeric_field": offered(numeric, shape(FIELD)),
        "selector": selector(vocabulary.acts.values()),
        "condition": condition(),
        "window": window(),
        "duration": duration(),
        "text": text(),
    }


def word(name: str) -> Json:
    """A reference to a definition of `Rules.words`."""
    return {"$ref": f"#/definitions/{name}"}


# --- rubrics ----------------------------------------------------------------------------------------------------


def _rubric_keys() -> dict[Key, Json]:
    weight: Json = {"exclusiveMinimum": 0, "maximum": MAX_WEIGHT}
    return {
        (RubricDocument, "id"): {"pattern": shape(RUBRIC_ID)},
        (RubricDocument, "version"): {"pattern": shape(VERSION)},
        (RubricDocument, "extends"): _each({"pattern": shape(RUBRIC_ID)}),
        (RubricDocument, "sectors"): _each({"pattern": shape(SECTOR)}),
        (RubricDocument, "drop"): _each({"pattern": qualified()}),
        (CriterionHead, "id"): {"pattern": shape(CRITERION_ID)},
        (CriterionHead, "weight"): weight,
        (CriterionHead, "refines"): _one_or_several({"type": "string", "pattern": qualified()}),
        (CriterionHead, "instead"): _one_or_several(word("act_or_group")),
        (SituationChanges, "weight"): weight,
        (Scoring, "model"): {"anyOf": [{"enum": list(MODELS)}, {"type": "string"}]},
        (Scoring, "loss_weight"): {"minimum": 0},
        (Scoring, "doubt"): {"minimum": 0},
    }


def _measure_keys() -> dict[Key, Json]:
    return {
        (Shows, "at_least"): {"minimum": 1},
        (Shows, "phases"): {"minimum": 1, "maximum": len(Phase)},
        (Avoids, "allow"): {"minimum": 0},
        (Avoids, "each"): {"exclusiveMinimum": 0, "maximum": 1},
        (Responds, "rules"): _SOME,
        (Grades, "acts"): _SOME,
        (Grade, "is"): _SHARE,
        **{(kind, "otherwise"): _SHARE for kind in (Shows, Precedes, Grades)},
    }


def _each(item: Json) -> Json:
    return {"items": {"type": "string", **item}}


def _one_or_several(item: Json) -> Json:
    return {"anyOf": [item, {"type": "array", "items": item}]}


# --- vocabulary and readings ------------------------------------------------------------------------------------


def _vocabulary_keys() -> dict[Key, Json]:
    return {
        (ActEntry, "kind_of"): {"items": word("act")},
        (ActEntry, "by"): {"items": {"enum": [*Actor, "staff"]}},
        (GroupEntry, "acts"): {"items": word("act"), **_SOME},
        (Reading, "id"): {"pattern": shape(ID), "not": {"enum": sorted(RESERVED)}},
        (Reading, "from"): word("numeric_field"),
    }


def names_like(pattern: Json) -> Json:
    """The names of the entries of a table: of that shape, and no words of Python, with which conditions are written."""
    return {"propertyNames": {**pattern, "not": {"enum": keyword.kwlist}}}


# --- cases and encounters ---------------------------------------------------------------------------------------


def _case_keys() -> dict[Key, Json]:
    return {
        (Expectation, "band"): {"enum": [*Band, NO_SCORE]},
        (Expectation, "score"): {"items": {"type": "number", "minimum": 0, "maximum": 100}},
    }


def _encounter_keys(vocabulary: Vocabulary) -> dict[Key, Json]:
    return {
        (Encounter, "id"): NOT_BLANK,
        (Encounter, "sector"): {"pattern": shape(SECTOR)},
        (Encounter, "setting"): _fields(vocabulary, "setting"),
        (Encounter, "customer"): _fields(vocabulary, "customer"),
        (Event, "act"): word("act"),
        (Event, "tags"): {"items": word("tag")},
    }


def _fields(vocabulary: Vocabulary, place: str) -> Json:
    """The declared fields of a place with what they take; further ones may be a plugin's."""
    known = {name.partition(".")[2]: field for name, field in vocabulary.fields.items() if name.startswith(f"{place}.")}
    return {
        "properties": {key: _field(field) for key, field in known.items()},
        "propertyNames": {"pattern": shape(ID)},
    }


def _field(field: Field) -> Json:
    unit = f", in {field.unit}" if field.unit else ""
    told: Json = {"description": f"{str(field.title)[:1].upper()}{str(field.title)[1:]}{unit}."}
    if field.type is FieldType.FLAG:
        return {**told, "type": "boolean"}
    if field.type in NUMERIC:
        low, high = field.range or (0 if field.type is FieldType.COUNT else None, None)
        bounds = {key: bound for key, bound in (("minimum", low), ("maximum", high)) if bound is not None}
        return {**told, "type": "integer" if field.type is FieldType.COUNT else "number", **bounds}
    return {**told, "enum": list(field.values)} if field.values else {**told, "type": "string"}


# --- what belongs together --------------------------------------------------------------------------------------


def exactly_one(keys: Iterable[str]) -> Json:
    """One of these keys and no other of them."""
    return {"oneOf": [{"required": [key]} for key in keys]}


def only_with(key: str, value: Any, then: Json) -> Json:
    """Where a key has a value, something more is asked."""
    return {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": then}


def _tables() -> dict[type[Any], Json]:
    def filled(key: str) -> Json:
        return {"properties": {key: _SOME}, "required": [key]}

    def named(key: str) -> Json:
        return {"properties": {key: {"type": "string"}}, "required": [key]}

    is_span = {"properties": {"span": {"type": "array"}}, "required": ["span"]}
    is_ranged: Json = {"properties": {"type": {"enum": list(NUMERIC)}}}
    return {
        Ceases: exactly_one(("after", "once")),
        Cue: exactly_one(("set", "add")),
        ActEntry: {"anyOf": [filled("modalities"), filled("kind_of")]},
        FieldEntry: {
            **only_with("type", FieldType.CHOICE, filled("values")),
            "else": {"properties": {"values": {"maxItems": 0}}},
            "allOf": [{"if": {"required": ["range"]}, "then": is_ranged}],
        },
        CaseDocument: {
            "anyOf": [{"properties": {"id": NOT_BLANK}}, {"properties": {"encounter": {"required": ["id"]}}}]
        },
        Expectation: {
            "anyOf": [
                {"required": ["band"]},
                {"required": ["score"]},
                {"required": ["outcomes"], "properties": {"outcomes": {"minProperties": 1}}},
            ]
        },
        Encounter: {"anyOf": [named("sector"), named("channel")]},
        Event: {"if": is_span, "then": named("text")},
    }
