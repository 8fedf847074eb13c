"""Proof that something cannot matter: what no encounter of the old version could hold can change no old score.

Everything here errs on one side. What is said never to happen never happens; of much else that never happens nothing is
said, and the change counts as one of scores.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.authoring.difference.edition import Edition
from palvelumittari.records.condition import (
    Compare,
    Comparison,
    Condition,
    Connective,
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
from palvelumittari.records.encounter import Channel
from palvelumittari.records.measure import Ceases, Grades, Measure, Precedes, Prompt, Responds, Shows
from palvelumittari.records.rubric import Criterion, Lifecycle, Reading, Situation
from palvelumittari.records.selector import Alternative, Selector
from palvelumittari.records.vocabulary import Field, FieldType, Vocabulary

Possible = frozenset[Any] | None
"""The values that something may have, `None` among them for unknown; `None` alone says that it may be anything."""

_ANY_TRUTH: frozenset[bool | None] = frozenset({True, False, None})
_ELSE = "\0"
"""Stands for every sector that a condition does not name."""

_EQUALITY = (Comparison.EQUAL, Comparison.UNEQUAL, Comparison.IN, Comparison.NOT_IN)
_CALLING = frozenset({"act", "acts", "after", "once", "rules", "otherwise"})
"""The keys of measures that decide whether there is anything to judge."""

_COMPARE: Mapping[Comparison, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        Comparison.EQUAL: lambda left, right: left == right,
        Comparison.UNEQUAL: lambda left, right: left != right,
        Comparison.LESS: lambda left, right: left < right,
        Comparison.AT_MOST: lambda left, right: left <= right,
        Comparison.MORE: lambda left, right: left > right,
        Comparison.AT_LEAST: lambda left, right: left >= right,
        Comparison.IN: lambda left, right: left in right,
        Comparison.NOT_IN: lambda left, right: left not in right,
    }
)


@attrs.frozen(kw_only=True)
class Known:
    """What an encounter of the old version may hold: one that its vocabulary allows and that it is made for."""

    acts: frozenset[str]
    tags: frozenset[str]
    fields: Mapping[str, Field]
    sectors: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()


def known_to(edition: Edition) -> Known:
    """What the encounters of an edition may hold."""
    vocabulary, document = edition.vocabulary, edition.document
    return Known(
        acts=frozenset(vocabulary.timeline_acts()),
        tags=frozenset(vocabulary.tags),
        fields=vocabulary.fields,
        sectors=document.sectors,
        channels=document.channels,
    )


@attrs.frozen
class Prover:
    """Asks the rules of one edition about the encounters that the old one knows."""

    known: Known
    vocabulary: Vocabulary
    readings: Mapping[str, Reading]

    # --- criteria and situations --------------------------------------------------------------------------------

    def is_silent(self, criterion: Criterion) -> bool:
        """Whether a criterion counts in no verdict: it is on trial, or it never applies."""
        return criterion.lifecycle is Lifecycle.TRIAL or self.never_applies(criterion)

    def never_applies(self, criterion: Criterion) -> bool:
        """Whether a criterion is never judged: its `when` is never true, or nothing ever calls for it."""
        if criterion.when is not None and not self.can_be_true(criterion.when):
            return True
        calling = any(_CALLING & frozenset(each.measure) for each in criterion.situations)
        return not calling and self._is_never_called(criterion.measure)

    def can_apply(self, situation: Situation) -> bool:
        """Whether a situation may apply to an encounter."""
        return self.can_be_true(situation.when)

    def _is_never_called(self, measure: Measure) -> bool:
        match measure:
            case Responds(rules=rules):
                return all(self.is_never(rule.after) for rule in rules)
            case Ceases(once=Condition() as once):
                return not self.can_be_true(once)
            case Precedes(act=called):
                return self.is_never(called)
            case Grades(after=None, otherwise=None, acts=acts):
                return all(self.is_never(grade.act) for grade in acts)
            case Prompt(after=Selector() as called) | Shows(after=Selector() as called):
                return self.is_never(called)
            case Grades(after=Selector() as called) | Ceases(after=Selector() as called):
                return self.is_never(called)
        return False

    # --- selectors and readings ---------------------------------------------------------------------------------

    def is_never(self, selector: Selector) -> bool:
        """Whether a selector selects no event: all its acts, or a tag that it asks for, are new."""
        return all(map(self._is_new, selector.alternatives))

    def _is_new(self, alternative: Alternative) -> bool:
        acts = self.vocabulary.selected.get(alternative.act, frozenset())
        return not acts & self.known.acts or any(tag not in self.known.tags for tag in alternative.tags)

    def _of_reading(self, reading: Reading) -> Possible:
        """The values of a reading that no cue can move: those at which it may start."""
        if any(not self.is_never(cue.on) for cue in reading.cues):
            return None
        found = {reading.start, *(each.set for each in reading.starts if self.can_be_true(each.when))}
        if reading.from_field is not None:
            given = self._of_field(reading.from_field)
            if given is None:
                return None
            found |= {float(value) for value in given if value is not None}
        low, high = reading.range
        return frozenset(min(high, max(low, round(value, 6))) for value in found)

    def _of_field(self, name: str) -> Possible:
        if name == "channel":
            return frozenset(self.known.channels or {*Channel, None})
        field = self.known.fields.get(name)
        if field is None:
            return frozenset({None})
        if field.type is FieldType.FLAG:
            return _ANY_TRUTH
        return frozenset({*field.values, None}) if field.values else None

    # --- conditions ---------------------------------------------------------------------------------------------

    def can_be_true(self, condition: Condition) -> bool:
        """Whether a condition may be true of an encounter, at any moment."""
        return True in self._truths(condition.root)

    def _truths(self, node: Node) -> frozenset[bool | None]:
        match node:
            case Join(connective=connective, inner=inner):
                return _joined(connective, map(self._truths, inner))
            case Not(inner=part):
                return frozenset(None if truth is None else not truth for truth in self._truths(part))
            case Throughout(inner=part):
                return self._truths(part)
            case Compare():
                return self._compared(node)
        found = self._values(node)
        return _ANY_TRUTH if found is None else frozenset(None if each is None else bool(each) for each in found)

    def _compared(self, node: Compare) -> frozenset[bool | None]:
        left, right = self._values(node.left), self._values(node.right)
        if node.comparison in _EQUALITY:
            left = self._of_sector(node.left, node.right, left)
            right = self._of_sector(node.right, node.left, right)
        unknown = frozenset({None})
        if unknown in (left, right):
            return unknown
        if left is None or right is None:
            return _ANY_TRUTH
        compare = _COMPARE[node.comparison]
        return frozenset(None if a is None or b is None else compare(a, b) for a, b in product(left, right))

    def _of_sector(self, node: Node, other: Node, otherwise: Possible) -> Possible:
        """Those sectors that the other side of a comparison names and the old version serves, and all others."""
        if not (isinstance(node, Name) and node.name == "sector" and self.known.sectors):
            return otherwise
        literals = other.values if isinstance(other, Values) else (other,)
        if not all(isinstance(each, Literal) for each in literals):
            return otherwise
        named = {str(each.value) for each in literals if isinstance(each, Literal)}
        return frozenset({_ELSE, *(name for name in named if is_within(name, self.known.sectors))})

    def _values(self, node: Node) -> Possible:
        match node:
            case Literal(value=value):
                return frozenset({value})
            case Values(values=values):
                return frozenset({tuple(each.value for each in values)})
            case Seen(selector=selector):
                return frozenset({False} if self.is_never(selector) else {False, True})
            case Count(selector=selector):
                return frozenset({0}) if self.is_never(selector) else None
            case Name(name="phase" | "sector"):
                return None
            case Name(name=name):
                return self._of_reading(self.readings[name]) if name in self.readings else self._of_field(name)
        return self._truths(node)


def is_within(sector: str, sectors: Iterable[str]) -> bool:
    """Whether one of some sectors covers another: `retail` covers `retail.toys`."""
    return any(sector == each or sector.startswith(f"{each}.") for each in sectors)


def _joined(connective: Connective, parts: Iterable[frozenset[bool | None]]) -> frozenset[bool | None]:
    """Every truth that parts may have together, in Kleene's logic."""
    decisive = connective is Connective.OR
    found: frozenset[bool | None] = frozenset({not decisive})
    for part in parts:
        found = frozenset(_both(first, second, decisive) for first, second in product(found, part))
    return found


def _both(first: bool | None, second: bool | None, decisive: bool) -> bool | None:
    if decisive in (first, second):
        return decisive
    return None if None in (first, second) else not decisive
