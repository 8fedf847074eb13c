"""The measures: how the fulfilment of a criterion is asked of a timeline. Here their data; meaning is elsewhere.

Durations are whole milliseconds. A field whose name would be a Python keyword ends in `_` (`with_`, `is_`, `while_`)
and stands without it in TOML.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.records.condition import Condition
from palvelumittari.records.selector import Selector
from palvelumittari.words.frozen import FrozenMap, freeze
from palvelumittari.words.timing import duration_from_ms

DURATION: Mapping[str, str] = MappingProxyType({"form": "duration"})
"""Marks a field that holds milliseconds in memory and a text such as `"20 s"` in files."""


class Phase(StrEnum):
    """The parts of an encounter."""

    BEFORE = "before"
    OPENING = "opening"
    SERVICE = "service"
    CLOSING = "closing"


class Pick(StrEnum):
    """Which grade counts when several events were graded."""

    WORST = "worst"
    BEST = "best"
    SUM = "sum"


@attrs.frozen
class Window:
    """How soon something is awaited: in milliseconds, in turns of the awaited side, or both.

    With both, time counts where both ends are timed and turns count otherwise.
    """

    within_ms: int | None = None
    turns: int | None = None

    def __str__(self) -> str:
        parts = []
        if self.within_ms is not None:
            parts.append(duration_from_ms(self.within_ms))
        if self.turns is not None:
            parts.append(f"{self.turns} turn" + ("s" if self.turns != 1 else ""))
        return " or ".join(parts)


@attrs.frozen(kw_only=True)
class Shows:
    """Did it happen? Share of `at_least` events and of `phases` different phases reached, at most 1."""

    act: Selector
    at_least: int = 1
    phases: int = 1
    while_: Condition | None = None
    phase: tuple[Phase, ...] = ()
    after: Selector | None = None
    within: Window | None = None
    longer: int | None = attrs.field(default=None, metadata=DURATION)
    otherwise: float | None = None


@attrs.frozen(kw_only=True)
class Avoids:
    """Did it stay away? 1 - `each` for every event beyond `allow` that was not `healed` afterwards, at least 0."""

    act: Selector
    while_: Condition | None = None
    allow: int = 0
    each: float = 1.0
    healed: Selector | None = None


@attrs.frozen(kw_only=True)
class Rule:
    """One pair of trigger and awaited answer; an `unless` event before the answer removes the trigger."""

    after: Selector
    with_: Selector
    within: Window | None = None
    unless: Selector | None = None


@attrs.frozen(kw_only=True)
class Responds:
    """Was each trigger answered? Share over the pooled triggers of all rules."""

    rules: tuple[Rule, ...]


@attrs.frozen(kw_only=True)
class Ceases:
    """Did `act` stop? Gone from the own side's n-th turn after a trigger on, until `until` is true.

    Triggers are the events matching `after`, or the moments at which `once` became true.
    """

    act: Selector
    after: Selector | None = None
    once: Condition | None = None
    within: Window = Window(turns=1)
    until: Condition | None = None


@attrs.frozen(kw_only=True)
class Precedes:
    """Had each `act` a `first` before it? Share of the acts that had."""

    act: Selector
    first: Selector
    otherwise: float | None = None


@attrs.frozen(kw_only=True)
class Prompt:
    """How soon after the first `after` came the first `act`? 1 up to `full`, 0 from `none`, linear between.

    Untimed events count 1 inside the window `untimed`, else 0.
    """

    after: Selector
    act: Selector
    full: int = attrs.field(metadata=DURATION)
    none: int = attrs.field(metadata=DURATION)
    untimed: Window | None = None


@attrs.frozen(kw_only=True)
class Grade:
    """One step of a scale: events matching `act` (while `while_`, in `phase`) are worth `is_`."""

    act: Selector
    is_: float
    while_: Condition | None = None
    phase: tuple[Phase, ...] = ()


@attrs.frozen(kw_only=True)
class Grades:
    """Which grade? The first matching step grades each event; `pick` says which grade counts."""

    acts: tuple[Grade, ...]
    pick: Pick = Pick.WORST
    otherwise: float | None = None
    after: Selector | None = None
    healed: Selector | None = None


@attrs.frozen(kw_only=True)
class Calls:
    """What does a plugin's Python function say? `options` are handed to it as they stand."""

    function: str
    options: FrozenMap[Any] = attrs.field(default=FrozenMap(), converter=freeze)


Measure = Shows | Avoids | Responds | Ceases | Precedes | Prompt | Grades | Calls

MEASURES: FrozenMap[type[Any]] = FrozenMap(
    {
        "shows": Shows,
        "avoids": Avoids,
        "responds": Responds,
        "ceases": Ceases,
        "precedes": Precedes,
        "prompt": Prompt,
        "grades": Grades,
        "calls": Calls,
    }
)
"""The measures by the name under which a criterion holds them."""


def with_changes(measure: Measure, changes: Mapping[str, Any]) -> Measure:
    """A measure with some of its keys replaced; the keys of a rule of `responds` are replaced in all its rules."""
    if not isinstance(measure, Responds):
        return attrs.evolve(measure, **changes)
    rules: tuple[Rule, ...] = changes.get("rules", measure.rules)
    inner = {key: value for key, value in changes.items() if key != "rules"}
    return Responds(rules=tuple(attrs.evolve(rule, **inner) for rule in rules))


def measure_name(measure: Measure) -> str:
    """The name of a measure in a rubric, for instance `shows`."""
    return type(measure).__name__.lower()
