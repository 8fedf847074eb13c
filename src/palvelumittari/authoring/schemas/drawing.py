"""Drawing a schema from a record: its keys, their types, defaults, and which of them must be there.

Types come from the annotations, keys from `file_fields`, so that reader and schema look at the same thing.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import attrs

from palvelumittari.authoring.schemas.languages import Json
from palvelumittari.authoring.schemas.rules import Rules, word
from palvelumittari.authoring.schemas.wording import described, told
from palvelumittari.reading.structure import field_types, file_fields, file_key
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Calls, Phase, Window
from palvelumittari.records.selector import Selector
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text
from palvelumittari.words.timing import MAX_TIME_MS

_SECONDS: Json = {"type": "number", "minimum": 0, "maximum": MAX_TIME_MS // 1000}
_ANY_TEXT: Json = {"type": "string"}
_NAMES: Json = {"anyOf": [_ANY_TEXT, {"type": "array", "items": _ANY_TEXT}]}
_PLAIN: Mapping[Any, Json] = types.MappingProxyType(
    {
        Any: {},
        str: _ANY_TEXT,
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        float: {"type": "number"},
        datetime: {"type": "string", "examples": ["2026-11-21T17:40:00+02:00"]},
    }
)

_WRITTEN = (Text, Selector, Condition, Window)
"""What is written in a small language; the definition bears the name of the class in lower case."""


@attrs.frozen(kw_only=True)
class Drawing:
    """A schema in the making.

    `rules` says what the readers ask beyond types; `nullable` whether what may be left out may also be null, which
    JSON has and TOML has not; `definitions` gathers what is referred to.
    """

    rules: Rules
    nullable: bool = False
    definitions: dict[str, Json] = attrs.field(factory=dict)

    def reference(self, name: str, draw: Callable[[], Json]) -> Json:
        """A reference to a definition, which is drawn when it is first asked for."""
        if name not in self.definitions:
            self.definitions[name] = {}  # while it is drawn it may refer to itself
            self.definitions[name] = draw()
        return {"$ref": f"#/definitions/{name}"}

    def defined(self, body: Json) -> dict[str, Json]:
        """All definitions that a body and its definitions refer to, by name."""
        drawn = json.dumps([body, self.definitions])
        words = {name: found for name, found in self.rules.words.items() if f'"{word(name)["$ref"]}"' in drawn}
        return dict(sorted({**self.definitions, **words}.items()))

    def record(self, kind: type[Any]) -> Json:
        """A reference to a record."""
        return self.reference(kind.__name__, lambda: self.table(kind))

    def table(self, kind: type[Any]) -> Json:
        """A record as a table of its keys."""
        required = [file_key(field.name) for field in file_fields(kind) if field.default is attrs.NOTHING]
        return {
            "description": told(kind),
            **closed(self.properties(kind), required),
            **self.rules.tables.get(kind, {}),
        }

    def properties(self, kind: type[Any]) -> dict[str, Json]:
        """The keys of a record, each with its shape and what an editor tells of it."""
        types_by_name = field_types(kind)
        return {
            file_key(field.name): self._property(kind, field, types_by_name[field.name]) for field in file_fields(kind)
        }

    def _property(self, kind: type[Any], field: attrs.Attribute[Any], wanted: Any) -> Json:
        key = file_key(field.name)
        rule = self.rules.keys.get((kind, key), {})
        shape = rule if "$ref" in rule else self._form(field.metadata.get("form"), wanted) | rule
        default = {"default": field.default} if isinstance(field.default, bool | int | float | str) else {}
        return {"description": described(kind, key)} | beside(shape) | default

    def _form(self, form: str | None, wanted: Any) -> Json:
        """The shape of a field that is read in a form of its own, else that of its type."""
        if form == "seconds":
            return self._or_null(_SECONDS)
        if form == "duration":
            return word("duration")
        if form == "plain_text":
            return {"anyOf": [_ANY_TEXT, word("text")]}
        return _NAMES if form == "names" else self.shape(wanted)

    def shape(self, wanted: Any) -> Json:
        """The shape of a value of a type."""
        if wanted in _PLAIN:
            return dict(_PLAIN[wanted])
        origin, arguments = typing.get_origin(wanted), typing.get_args(wanted)
        if origin in (typing.Union, types.UnionType):
            (inner,) = (part for part in arguments if part is not type(None))
            return self._or_null(self.shape(inner))
        if origin is tuple:
            return self._list(arguments)
        if origin is FrozenMap:
            return {"type": "object", "additionalProperties": self.shape(arguments[0])}
        return self._named(wanted)

    def _list(self, arguments: tuple[Any, ...]) -> Json:
        many = {"type": "array", "items": self.shape(arguments[0])}
        if arguments == (Phase, ...):
            return {"anyOf": [self.shape(Phase), many]}
        length = {} if arguments[-1] is Ellipsis else {"minItems": len(arguments), "maxItems": len(arguments)}
        return many | length

    def _named(self, wanted: type[Any]) -> Json:
        """The shape of one of our own classes."""
        if issubclass(wanted, StrEnum):
            return {"enum": [member.value for member in wanted]}
        if wanted in _WRITTEN:
            return word(wanted.__name__.lower())
        found = self.record(wanted)
        return {"anyOf": [_ANY_TEXT, found]} if wanted is Calls else found

    def _or_null(self, shape: Json) -> Json:
        if not self.nullable:
            return shape
        if "enum" in shape:
            return shape | {"enum": [*shape["enum"], None]}
        if isinstance(shape.get("type"), str):
            return shape | {"type": [shape["type"], "null"]}
        return {"anyOf": [shape, {"type": "null"}]}


def beside(shape: Json) -> Json:
    """A shape that may stand beside a description; what stands beside a reference would not count."""
    return {"allOf": [shape]} if "$ref" in shape else shape


def closed(properties: Mapping[str, Json], required: list[str]) -> Json:
    """A table of these keys and no others."""
    must = {"required": required} if required else {}
    return {"type": "object", "properties": dict(properties), **must, "additionalProperties": False}
