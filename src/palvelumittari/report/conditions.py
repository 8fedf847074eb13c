"""Conditions in words: readings, fields and acts by their titles, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from palvelumittari.reading.conditions import parse_condition
from palvelumittari.records.condition import (
    Compare,
    Comparison,
    Count,
    Join,
    Literal,
    Name,
    Node,
    Not,
    Seen,
    Throughout,
    Values,
)
from palvelumittari.records.rubric import Reading
from palvelumittari.records.selector import Selector
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.phrases import decimal, one_of, phrase, quoted

_SIGNS: Mapping[Comparison, str] = MappingProxyType(
    {
        Comparison.EQUAL: "=",
        Comparison.UNEQUAL: "≠",
        Comparison.LESS: "<",
        Comparison.AT_MOST: "≤",
        Comparison.MORE: ">",
        Comparison.AT_LEAST: "≥",
        Comparison.IN: "=",
        Comparison.NOT_IN: "≠",
    }
)

_BUILT_IN = ("phase", "channel", "sector", "language", "observer")
"""Names that no vocabulary titles."""


@attrs.frozen
class ConditionSpeaker:
    """Says conditions in one language."""

    vocabulary: Vocabulary
    readings: Mapping[str, Reading]
    language: str

    def say(self, condition: str) -> str:
        """A condition, given as its text, in words: `“Others waiting” ≥ 1 or “Hurry” > 0.5`."""
        return self._node(parse_condition(condition).root)

    def _node(self, node: Node) -> str:
        match node:
            case Join() | Not() | Throughout():
                return self._joined(node)
            case Compare(left=left, comparison=comparison, right=right):
                return f"{self._node(left)} {_SIGNS[comparison]} {self._node(right)}"
            case Seen(selector=selector) | Count(selector=selector):
                key = "seen" if isinstance(node, Seen) else "count"
                return phrase(f"condition.{key}", self.language, self._acts(selector))
            case Name(name=name):
                return self._name(name)
            case Values(values=values):
                return one_of([self._node(value) for value in values], self.language)
            case Literal(value=value):
                return self._literal(value)

    def _joined(self, node: Join | Not | Throughout) -> str:
        if isinstance(node, Join):
            word = phrase(f"condition.{node.connective}", self.language)
            return f" {word} ".join(map(self._inside, node.inner))
        key = "not" if isinstance(node, Not) else node.scope
        return phrase(f"condition.{key}", self.language, self._inside(node.inner))

    def _inside(self, node: Node) -> str:
        """A part that stands in brackets where it joins others."""
        text = self._node(node)
        return f"({text})" if isinstance(node, Join) else text

    def _acts(self, selector: Selector) -> str:
        titles = [self.vocabulary.title(act).said_in(self.language) for act in selector.acts]
        return one_of([quoted(title, self.language) for title in titles], self.language)

    def _name(self, name: str) -> str:
        if name in self.readings:
            title = self.readings[name].title.said_in(self.language)
        else:
            field = self.vocabulary.fields.get(name)
            title = field.title.said_in(self.language) if field else ""
        if not title:
            title = phrase(f"condition.{name}", self.language) if name in _BUILT_IN else name
        return quoted(title, self.language)

    def _literal(self, value: str | float | bool) -> str:
        if isinstance(value, bool):
            return phrase(f"condition.{str(value).lower()}", self.language)
        if isinstance(value, str):
            return quoted(value, self.language)
        return decimal(value, self.language, 0 if value == int(value) else len(str(value).partition(".")[2]))
