"""What a measure finds: fulfilment or why there is none, the events it rests on, and the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from palvelumittari.records.verdict import Outcome, Part, Weighs
from palvelumittari.words.frozen import FrozenMap, freeze
from palvelumittari.words.text import Text


@attrs.frozen
class Cited:
    """An event that a finding rests on: its index, whether it called for the act or was it, and which way it speaks."""

    event: int
    part: Part
    weighs: Weighs


@attrs.frozen
class Reason:
    """Why, as the key of a phrase and the values that go into it: acts, events, numbers, texts."""

    key: str
    values: FrozenMap[Any] = attrs.field(default=FrozenMap(), converter=freeze)


@attrs.frozen(kw_only=True)
class Result:
    """What a measure says of a timeline.

    `fulfilment` lies in [0, 1]; it is `None` exactly where `outcome` is one of those without. `vacuous` marks a
    success without an occasion.
    """

    reason: Reason
    fulfilment: float | None = None
    outcome: Outcome | None = None
    evidence: tuple[Cited, ...] = ()
    vacuous: bool = False
    said: Text | None = None


def worth(fulfilment: float, reason: Reason, evidence: Iterable[Cited] = (), *, vacuous: bool = False) -> Result:
    """A result with a fulfilment, rounded so that shares such as 1 - 3 x 0.1 come out exact."""
    clean = min(1.0, max(0.0, round(fulfilment, 9)))
    return Result(fulfilment=clean, reason=reason, evidence=tuple(evidence), vacuous=vacuous)


def without(outcome: Outcome, key: str, evidence: Iterable[Cited] = (), **values: Any) -> Result:
    """A result without a fulfilment."""
    return Result(outcome=outcome, reason=Reason(key, values), evidence=tuple(evidence))


def triggers(events: Iterable[int], weighs: Weighs) -> tuple[Cited, ...]:
    """Events as what called for the act; the start of the record is no event."""
    return tuple(Cited(event, Part.TRIGGER, weighs) for event in events if event >= 0)


def credits_for(events: Iterable[int]) -> tuple[Cited, ...]:
    """Events as what was done well."""
    return tuple(Cited(event, Part.CREDIT, Weighs.FOR) for event in events)


def credits_against(events: Iterable[int]) -> tuple[Cited, ...]:
    """Events as what should not have been."""
    return tuple(Cited(event, Part.CREDIT, Weighs.AGAINST) for event in events)
