"""The six schemas: what stands at the top of each kind of file, and how its parts hang together."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.authoring.schemas.drawing import Drawing, beside, closed
from palvelumittari.authoring.schemas.languages import Json, qualified, shape
from palvelumittari.authoring.schemas.naming import Kind
from palvelumittari.authoring.schemas.rules import FIRST, exactly_one, names_like, only_with, rules_of
from palvelumittari.authoring.schemas.wording import described, told, worded
from palvelumittari.plugins.content import core_folder
from palvelumittari.reading.case_file import CaseDocument
from palvelumittari.reading.criterion_reader import CriterionHead, SituationChanges, SituationHead
from palvelumittari.reading.readings_file import ReadingsDocument
from palvelumittari.reading.rubric_file import RubricDocument
from palvelumittari.reading.structure import file_fields, file_key
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.reading.vocabulary_file import (
    EMPTY,
    FIELD,
    ID,
    ActEntry,
    FieldEntry,
    GroupEntry,
    TagEntry,
    VocabularyDocument,
    add_vocabulary,
)
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.measure import MEASURES, Responds, Rule
from palvelumittari.records.rubric import Caps, Reading, Role, Scoring
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary

_HEAD = "http://json-schema.org/draft-07/schema#"
_VERSION = 1


def schema_text(kind: Kind | str) -> str:
    """The schema of a kind of file as it is published: JSON that ends with a line feed.

    Raises `ValueError` if there is no such kind.
    """
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def schema(kind: Kind | str, vocabulary: Vocabulary | None = None) -> Json:
    """The schema of a kind of file, with the words of a vocabulary to offer; by default those of the core alone.

    Raises `ValueError` if there is no such kind.
    """
    kind = Kind(kind)
    is_json = kind in (Kind.ENCOUNTER, Kind.VERDICT)
    drawing = Drawing(rules=rules_of(vocabulary or core_vocabulary()), nullable=is_json)
    body = _BODIES[kind](drawing)
    head = {"$schema": _HEAD, "$id": f"urn:palvelumittari:schema:{kind}:{_VERSION}", "title": f"palvelumittari {kind}"}
    return {**head, **body, "definitions": drawing.defined(body)}


@cache
def core_vocabulary() -> Vocabulary:
    """The vocabulary that ships with the engine, without any plugin's."""
    return add_vocabulary(EMPTY, read_toml(core_folder() / "vocabulary.toml"))


# --- rubrics ----------------------------------------------------------------------------------------------------


def _rubric(drawing: Drawing) -> Json:
    body = drawing.table(RubricDocument)
    properties = body["properties"]
    properties["criterion"] |= {"items": drawing.reference("Criterion", lambda: _criterion(drawing))}
    properties["override"] |= {
        "propertyNames": {"pattern": qualified()},
        "additionalProperties": drawing.reference("Override", lambda: _override(drawing)),
    }
    properties["scoring"] = {"description": told(Scoring), **beside(drawing.record(Scoring))}
    return body


def _criterion(drawing: Drawing) -> Json:
    properties = drawing.properties(CriterionHead)
    for name, kind in MEASURES.items():
        properties[name] = {"description": told(kind), **_measure(drawing, kind)}
    properties["situation"] = _situations(drawing)
    required = [file_key(field.name) for field in file_fields(CriterionHead) if field.default is attrs.NOTHING]
    return {
        "description": told(CriterionHead),
        **closed(properties, required),
        **exactly_one(MEASURES),
        "allOf": [
            only_with("caps", Caps.NONE, {"properties": {"role": {"const": Role.MUST}}}),
            only_with("lifts", False, {"properties": {"role": {"const": Role.BONUS}}}),
            *(_changeable(name, kind) for name, kind in MEASURES.items()),
        ],
    }


def _measure(drawing: Drawing, kind: type[Any]) -> Json:
    """A measure in full; `responds` may hold the keys of its only rule, `calls` the name of its function."""
    if kind is Responds:
        return {"anyOf": [drawing.record(Rule), drawing.record(Responds)]}
    return beside(drawing.shape(kind))


def _override(drawing: Drawing) -> Json:
    """What a rubric changes of a parent's criterion: any of its keys but the id, of its measure any key."""
    properties = drawing.properties(CriterionHead)
    del properties["id"]
    for name, kind in MEASURES.items():
        inner = [_partial(drawing, each) for each in ((Responds, Rule) if kind is Responds else (kind,))]
        texts = [option for option in _measure(drawing, kind).get("anyOf", ()) if option.get("type") == "string"]
        properties[name] = {"description": told(kind), "anyOf": [*texts, *inner]}
    properties["situation"] = _situations(drawing)
    return {"description": worded("files", "override"), **closed(properties, [])}


def _partial(drawing: Drawing, kind: type[Any]) -> Json:
    """A measure of which an override gives some keys, while the others stay the parent's."""
    return drawing.reference(f"{kind.__name__}Changes", lambda: closed(drawing.properties(kind), []))


def _situations(drawing: Drawing) -> Json:
    items = drawing.reference("Situation", lambda: _situation(drawing))
    return {"description": worded("files", "situation"), "type": "array", "items": items}


def _situation(drawing: Drawing) -> Json:
    """A situation of any criterion: it may change the keys of whatever measure there is, and changes something."""
    properties: dict[str, Json] = {}
    for kind in (SituationHead, SituationChanges, *MEASURES.values(), Rule):
        for key, found in drawing.properties(kind).items():
            properties.setdefault(key, {name: part for name, part in found.items() if name != "default"})
    required = [file_key(field.name) for field in file_fields(SituationHead) if field.default is attrs.NOTHING]
    changes_nothing = {"propertyNames": {"enum": ["when", "title"]}}
    return {"description": told(SituationHead), **closed(properties, required), "not": changes_nothing}


def _changeable(name: str, kind: type[Any]) -> Json:
    """Which keys the situations of a criterion with a certain measure may hold."""
    kinds = (SituationHead, SituationChanges, kind, *((Rule,) if kind is Responds else ()))
    keys = list(dict.fromkeys(file_key(field.name) for each in kinds for field in file_fields(each)))
    inner = {"situation": {"items": {"propertyNames": {"enum": keys}}}}
    return {"if": {"required": [name]}, "then": {"properties": inner}}


# --- the others -------------------------------------------------------------------------------------------------


def _vocabulary(drawing: Drawing) -> Json:
    body = drawing.table(VocabularyDocument)
    entries = (("act", ActEntry, ID), ("group", GroupEntry, ID), ("tag", TagEntry, ID), ("field", FieldEntry, FIELD))
    for key, kind, pattern in entries:
        body["properties"][key] |= {
            "additionalProperties": drawing.record(kind),
            **names_like({"pattern": shape(pattern)}),
        }
    return body


def _readings(drawing: Drawing) -> Json:
    body = drawing.table(ReadingsDocument)
    body["properties"]["reading"] |= {"items": drawing.record(Reading)}
    return body


def _case(drawing: Drawing) -> Json:
    body = drawing.table(CaseDocument)
    encounter = {**drawing.table(Encounter), "description": described(CaseDocument, "encounter")}
    timeline = {"description": worded("files", "timeline"), "type": "string"}
    encounter["properties"] = {"timeline": timeline, **encounter["properties"]}
    encounter.pop("required")  # the id is the case's, the events may stand in the timeline
    body["properties"]["encounter"] = encounter
    return body


def _json_record(kind: type[Any]) -> Callable[[Drawing], Json]:
    """The schema of a record in a JSON file, which says before all else which version of its form it is."""

    def draw(drawing: Drawing) -> Json:
        body = drawing.table(kind)
        version = {"description": worded("files", "schema"), "type": "integer", **FIRST}
        return {
            **body,
            "properties": {"schema": version, **body["properties"]},
            "required": ["schema", *body["required"]],
        }

    return draw


_BODIES: Mapping[Kind, Callable[[Drawing], Json]] = MappingProxyType(
    {
        Kind.ENCOUNTER: _json_record(Encounter),
        Kind.CASE: _case,
        Kind.RUBRIC: _rubric,
        Kind.READINGS: _readings,
        Kind.VOCABULARY: _vocabulary,
        Kind.VERDICT: _json_record(Verdict),
    }
)
