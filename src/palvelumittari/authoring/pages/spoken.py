"""Conditions as they are read aloud: no signs, fields and readings by their titles, who did what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from palvelumittari.records.condition import (
    Compare,
    Comparison,
    Condition,
    Count,
    Join,
    Literal,
    Name,
    Node,
    Not,
    Scalar,
    Seen,
    Throughout,
    Values,
)
from palvelumittari.records.rubric import Reading
from palvelumittari.records.selector import Selector
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.report.figures import number
from palvelumittari.words.phrases import catalogue, one_of, phrase, quoted
from palvelumittari.words.timing import duration_from_ms

_KEYS: Mapping[Comparison, str] = MappingProxyType(
    {
        Comparison.EQUAL: "equal",
        Comparison.UNEQUAL: "unequal",
        Comparison.LESS: "less",
        Comparison.AT_MOST: "at_most",
        Comparison.MORE: "more",
        Comparison.AT_LEAST: "at_least",
        Comparison.IN: "equal",
        Comparison.NOT_IN: "unequal",
    }
)

_BY_CHANNEL: Mapping[Comparison, str] = MappingProxyType(
    {
        Comparison.EQUAL: "channel",
        Comparison.IN: "channel",
        Comparison.UNEQUAL: "not_channel",
        Comparison.NOT_IN: "not_channel",
    }
)


@attrs.frozen(kw_only=True)
class Spoken:
    """Says conditions in one language; `selector` says which acts are meant."""

    vocabulary: Vocabulary
    readings: Mapping[str, Reading]
    language: str
    selector: Callable[[Selector], str]

    def __call__(self, condition: Condition) -> str:
        """A condition in words: `the number of “offer” (staff) is over 1`."""
        return self._node(condition.root)

    def name(self, name: str) -> str:
        """A field or reading by its title; by its name where it has none."""
        if name in self.readings:
            return quoted(self.readings[name].title.said_in(self.language), self.language)
        field = self.vocabulary.fields.get(name)
        title = field.title.said_in(self.language) if field else ""
        return quoted(title, self.language) if title else self._word("aloud_name", name)

    def _say(self, key: str, *parts: object) -> str:
        return phrase(f"aloud.{key}", self.language, *parts)

    def _node(self, node: Node) -> str:
        match node:
            case Join(connective=connective, inner=inner):
                word = phrase(f"condition.{connective}", self.language)
                return f" {word} ".join(self._joined(part) for part in inner)
            case Not(inner=inner):
                return self._reversed(inner)
            case Throughout(scope=scope, inner=inner):
                return self._say(scope, self._joined(inner))
            case Seen(selector=selector):
                return self._say("seen", self.selector(selector))
            case Name(name=name):
                return self._say("set", self.name(name))
            case Compare():
                return self._compared(node)
            case _:
                return self._value(node, "")

    def _reversed(self, node: Node) -> str:
        """What does not hold."""
        match node:
            case Seen(selector=selector):
                return self._say("unseen", self.selector(selector))
            case Name(name=name):
                return self._say("unset", self.name(name))
            case _:
                return self._say("not", self._joined(node))

    def _joined(self, node: Node) -> str:
        """A part that stands in brackets where it joins others."""
        text = self._node(node)
        return f"({text})" if isinstance(node, Join) else text

    def _compared(self, node: Compare) -> str:
        left, right = (side.name if isinstance(side, Name) else "" for side in (node.left, node.right))
        if left == "channel" and node.comparison in _BY_CHANNEL:
            return self._say(_BY_CHANNEL[node.comparison], self._value(node.right, left))
        first, second = self._value(node.left, right), self._value(node.right, left)
        return self._say(_KEYS[node.comparison], first, second)

    def _value(self, node: Node, field: str) -> str:
        """One side of a comparison; `field` is what stands on the other, whose values may have words."""
        match node:
            case Count(selector=selector):
                return self._say("count", self.selector(selector))
            case Name(name=name):
                return self.name(name)
            case Values(values=values):
                return one_of([self._value(value, field) for value in values], self.language, limit=len(values))
            case Literal(value=value):
                return self._literal(value, field)
            case _:
                return self._joined(node)

    def _literal(self, value: Scalar, field: str) -> str:
        if isinstance(value, bool):
            return phrase(f"condition.{str(value).lower()}", self.language)
        if isinstance(value, str):
            return self._word("phase" if field == "phase" else f"value.{field}", value)
        declared = self.vocabulary.fields.get(field)
        if declared is not None and declared.unit == "s" and value >= 0:
            return duration_from_ms(round(value * 1000))
        return number(value, self.language)

    def _word(self, section: str, value: str) -> str:
        """A value by its word in the catalogue, or as it stands in the rubric."""
        words: object = catalogue()
        for step in (*section.split("."), value):
            words = words.get(step) if isinstance(words, Mapping) else None
        if isinstance(words, Mapping) and isinstance(words.get(self.language), str):
            return phrase(f"{section}.{value}", self.language)
        return quoted(value, self.language)
