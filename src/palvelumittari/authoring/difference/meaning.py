"""What parts of a rubric mean, whatever way they are written: equal meanings judge alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from palvelumittari.authoring.difference.proof import Prover
from palvelumittari.reading.term_checks import reads_customer
from palvelumittari.records.condition import Condition
from palvelumittari.records.rubric import Criterion, Lifecycle, Situation
from palvelumittari.records.selector import Alternative, Selector

WORDS = frozenset({"title", "why", "advice", "instead", "free"})
"""The keys of a criterion by which nothing is judged."""


def meaning(value: Any) -> Any:
    """A part of a rubric as a value that is equal to another if and only if both surely judge alike.

    Of a selector the order of alternatives matters in so far as it decides whose turns count.
    """
    match value:
        case Selector():
            return "selector", frozenset(map(_alternative, value.alternatives)), value.side
        case Condition():
            return meaning(value.root)
        case Mapping():
            return tuple((key, meaning(value[key])) for key in sorted(value))
        case tuple():
            return tuple(map(meaning, value))
    if attrs.has(type(value)):
        fields = (field for field in attrs.fields(type(value)) if field.eq)
        return type(value).__name__, *(meaning(getattr(value, field.name)) for field in fields)
    return value


def _alternative(alternative: Alternative) -> Any:
    tags, without = frozenset(alternative.tags), frozenset(alternative.without)
    return alternative.actors, alternative.act, alternative.to, tags, without


def meaning_of_situation(situation: Situation) -> Any:
    """What a situation does, without its words."""
    criterion = {key: value for key, value in situation.criterion.items() if key not in WORDS}
    return meaning(situation.when), situation.excuse, meaning(criterion), meaning(situation.measure)


def meaning_of_situations(criterion: Criterion, prover: Prover) -> Any:
    """What the situations of a criterion do that may apply, in order."""
    return tuple(meaning_of_situation(each) for each in criterion.situations if prover.can_apply(each))


def occasions(criterion: Criterion, prover: Prover) -> tuple[bool, ...]:
    """Which conditions of a criterion read the customer, so that they give an occasion."""
    conditions = [criterion.when] if criterion.when is not None else []
    conditions += [each.when for each in criterion.situations if prover.can_apply(each)]
    return tuple(reads_customer(each, prover.readings) for each in conditions)


def displaced(name: str, criteria: Mapping[str, Criterion], prover: Prover) -> frozenset[str]:
    """The criteria that count and step back where one is judged, through chains of `refines`."""
    seen, waiting = {name}, list(criteria[name].refines)
    while waiting:
        other = waiting.pop()
        if other in criteria and other not in seen:
            seen.add(other)
            waiting += criteria[other].refines
    return frozenset(each for each in seen - {name} if not prover.is_silent(criteria[each]))


def is_trial(*criteria: Criterion) -> bool:
    """Whether all of some criteria are on trial."""
    return all(each.lifecycle is Lifecycle.TRIAL for each in criteria)
