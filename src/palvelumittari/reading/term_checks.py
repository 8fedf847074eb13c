"""Checking selectors and conditions against the terms: acts, tags, fields and readings that exist, types that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto

import attrs

from palvelumittari.reading.structure import within_text
from palvelumittari.reading.terms import Terms
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
    Seen,
    Throughout,
    Values,
)
from palvelumittari.records.encounter import Actor
from palvelumittari.records.measure import Phase
from palvelumittari.records.rubric import Reading
from palvelumittari.records.selector import STAFF, Alternative, Selector
from palvelumittari.records.vocabulary import FieldType, Vocabulary
from palvelumittari.words.errors import Place, Problem, did_you_mean, shown

_QUOTED = re.compile(r"""["']\s*""")


class Stand(Enum):
    """Where a condition stands, which decides what it may name."""

    WHEN = auto()
    MOMENT = auto()
    START = auto()


class Kind(Enum):
    """What a part of a condition is worth."""

    NUMBER = "a number"
    TEXT = "text"
    TRUTH = "true or false"
    LIST = "a list"
    UNKNOWN = "unknown"


# --- selectors --------------------------------------------------------------------------------------------------


def check_selector(selector: Selector, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Problems of a selector: unknown acts and tags, actors who cannot do what is selected."""
    for alternative in selector.alternatives:
        place = within_text(selector.text, alternative.start, alternative.end)
        yield from _check_alternative(alternative, vocabulary, place)


def _check_alternative(alternative: Alternative, vocabulary: Vocabulary, place: Place) -> Iterator[Problem]:
    act = vocabulary.acts.get(alternative.act)
    if act is None:
        hint = (
            did_you_mean(alternative.act, vocabulary.acts) or "`palvelumittari rubric show vocabulary` lists all acts"
        )
        yield Problem(f"unknown act `{alternative.act}`", place, hint=hint)
    elif not any(alternative.actors & vocabulary.acts[kind].by for kind in vocabulary.selected[act.id]):
        who, able = _listed(alternative.actors), _listed(act.by)
        hint = f"did you mean `{_foremost(act.by)}.{act.id}`?"
        yield Problem(f"`{act.id}` is never done by {who}", place, expected=f"done by {able}", hint=hint)
    for tag in (*alternative.tags, *alternative.without):
        if tag not in vocabulary.tags:
            yield Problem(f"unknown tag `#{tag}`", place, hint=did_you_mean(tag, vocabulary.tags))


def _listed(actors: frozenset[Actor]) -> str:
    return " or ".join(actor for actor in Actor if actor in actors)


def _foremost(actors: frozenset[Actor]) -> str:
    return "staff" if actors == STAFF else next(iter(sorted(actors, key=list(Actor).index)), "staff")


# --- conditions -------------------------------------------------------------------------------------------------


@attrs.frozen
class _Checker:
    condition: Condition
    stand: Stand
    terms: Terms

    def problem(self, node: Node, what: str, *, hint: str | None = None, expected: str | None = None) -> Problem:
        place = within_text(self.condition.text, node.start, node.end)
        return Problem(what, place, hint=hint, expected=expected)

    def check(self) -> Iterator[Problem]:
        yield from self.truth(self.condition.root, within=False)

    def truth(self, node: Node, *, within: bool) -> Iterator[Problem]:
        """Problems of a part that must be true or false; `within` an ever or always."""
        match node:
            case Join() | Not():
                for inner in node.parts():
                    yield from self.truth(inner, within=within)
            case Throughout():
                yield from self.throughout(node, within=within)
            case Compare():
                yield from self.compare(node, within=within)
            case _:
                yield from self.value(node, within=within)
                kind = self.kind(node)
                if kind not in (Kind.TRUTH, Kind.UNKNOWN):
                    yield self.problem(node, f"this is {kind.value}", expected="true or false", hint="compare it")

    def throughout(self, node: Throughout, *, within: bool) -> Iterator[Problem]:
        if within:
            yield self.problem(node, f"`{node.scope}` stands inside another ever or always")
        if self.stand is Stand.START:
            yield self.problem(node, "a start may read context fields alone")
        yield from self.truth(node.inner, within=True)

    def compare(self, node: Compare, *, within: bool) -> Iterator[Problem]:
        yield from self.value(node.left, within=within)
        yield from self.value(node.right, within=within)
        left, right = self.kind(node.left), self.kind(node.right)
        if Kind.UNKNOWN in (left, right):
            return
        if node.comparison in (Comparison.IN, Comparison.NOT_IN):
            yield from self.membership(node)
        elif left is Kind.LIST or right is Kind.LIST:
            yield self.problem(node, "a list stands only to the right of `in`", hint="use in")
        elif left is not right:
            yield self.problem(node, f"{left.value} is compared with {right.value}", expected="two of one kind")
        elif node.comparison not in (Comparison.EQUAL, Comparison.UNEQUAL) and left is not Kind.NUMBER:
            yield self.problem(node, f"`{node.comparison}` compares numbers", hint="use == or !=")
        yield from self.choices(node.left, node.right)
        yield from self.choices(node.right, node.left)

    def membership(self, node: Compare) -> Iterator[Problem]:
        if not isinstance(node.right, Values):
            yield self.problem(node.right, "`in` needs a list", hint='write in ["a", "b"]')
            return
        left = self.kind(node.left)
        if not node.right.values:
            yield self.problem(node.right, "nothing is in an empty list", hint="write the values that count")
        for item in node.right.values:
            if self.kind(item) is not left:
                yield self.problem(item, f"{self.kind(item).value} in a list for {left.value}")

    def choices(self, name: Node, other: Node) -> Iterator[Problem]:
        """Problems of literals that a choice field can never hold."""
        values = self.permitted(name)
        literals = other.values if isinstance(other, Values) else (other,)
        for literal in literals:
            value = literal.value if isinstance(literal, Literal) else None
            if values and isinstance(value, str) and value not in values:
                what, expected = f"{shown(value)} is no value of this field", "one of " + ", ".join(values)
                yield self.problem(literal, what, hint=did_you_mean(value, values), expected=expected)

    def permitted(self, node: Node) -> tuple[str, ...]:
        if not isinstance(node, Name):
            return ()
        if node.name == "phase":
            return tuple(Phase)
        field = self.terms.vocabulary.fields.get(node.name)
        return field.values if field else ()

    def value(self, node: Node, *, within: bool) -> Iterator[Problem]:
        """Problems of a part as a value."""
        match node:
            case Name():
                yield from self.name(node, within=within)
            case Seen() | Count():
                yield from self.selection(node)
            case Literal() | Values():
                return
            case _:
                yield self.problem(node, "a condition stands where a value belongs")

    def selection(self, node: Seen | Count) -> Iterator[Problem]:
        if self.stand is Stand.START:
            yield self.problem(node, "a start may read context fields alone")
        quoted = _QUOTED.search(self.condition.text, node.start)
        begin = quoted.end() if quoted else node.start
        for problem in check_selector(node.selector, self.terms.vocabulary):
            column = begin + (problem.place.column or 1) - 1
            yield problem.at(within_text(self.condition.text, column, column + problem.place.width))

    def name(self, node: Name, *, within: bool) -> Iterator[Problem]:
        if node.name == "phase":
            if self.stand is not Stand.MOMENT:
                yield self.problem(node, "`phase` does not stand here", hint="use it in while, once or until")
        elif node.name in self.terms.readings:
            if self.stand is Stand.START:
                yield self.problem(node, "a start may read context fields alone")
            elif self.stand is Stand.WHEN and not within:
                yield self.problem(node, "a reading moves all the time", hint="wrap it in ever(...) or always(...)")
        elif node.name not in self.terms.vocabulary.fields:
            known = [*self.terms.vocabulary.fields, *self.terms.readings, "phase", "true", "false"]
            yield self.problem(node, f"unknown field or reading `{node.name}`", hint=did_you_mean(node.name, known))

    def kind(self, node: Node) -> Kind:
        """What a part is worth."""
        match node:
            case Literal():
                return _kind_of_literal(node)
            case Values():
                return Kind.LIST
            case Count():
                return Kind.NUMBER
            case Name():
                return self.kind_of_name(node.name)
            case _:
                return Kind.TRUTH

    def kind_of_name(self, name: str) -> Kind:
        if name in self.terms.readings:
            return Kind.NUMBER
        if name == "phase":
            return Kind.TEXT
        field = self.terms.vocabulary.fields.get(name)
        return _KIND_OF_FIELD[field.type] if field else Kind.UNKNOWN


_KIND_OF_FIELD = {
    FieldType.COUNT: Kind.NUMBER,
    FieldType.NUMBER: Kind.NUMBER,
    FieldType.FLAG: Kind.TRUTH,
    FieldType.TEXT: Kind.TEXT,
    FieldType.CHOICE: Kind.TEXT,
}


def _kind_of_literal(node: Literal) -> Kind:
    if isinstance(node.value, bool):
        return Kind.TRUTH
    return Kind.TEXT if isinstance(node.value, str) else Kind.NUMBER


def check_condition(condition: Condition, stand: Stand, terms: Terms) -> Iterator[Problem]:
    """Problems of a condition: unknown names, types that do not fit, parts that do not stand where it stands."""
    return _Checker(condition, stand, terms).check()


def reads_staff(condition: Condition, readings: Mapping[str, Reading]) -> bool:
    """Whether a condition depends on what staff did, directly or through a reading that staff acts move."""
    return any(selector.reads_staff for selector in _all_selectors(condition, readings))


def reads_customer(condition: Condition, readings: Mapping[str, Reading]) -> bool:
    """Whether a condition depends on the customer, a bystander or the system: on what they did or who they are."""
    fields = any(name.startswith("customer.") for name in condition.names)
    return fields or any(selector.reads_others for selector in _all_selectors(condition, readings))


def _all_selectors(condition: Condition, readings: Mapping[str, Reading]) -> Iterable[Selector]:
    yield from condition.selectors
    for name in condition.names:
        if name in readings:
            yield from (cue.on for cue in readings[name].cues)
