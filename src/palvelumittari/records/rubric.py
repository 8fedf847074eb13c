"""The rubric: a named, versioned set of criteria, with the readings they are judged against."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from palvelumittari.records.condition import Condition
from palvelumittari.records.encounter import Channel
from palvelumittari.records.measure import Measure
from palvelumittari.records.selector import Selector
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text


class Role(StrEnum):
    """How fulfilment counts (Kano's model): failing only, both ways, succeeding only, or as a penalty."""

    MUST = "must"
    LINEAR = "linear"
    BONUS = "bonus"
    PENALTY = "penalty"


class Caps(StrEnum):
    """Whether a failed must caps the band (`poor`) or never does (`none`)."""

    POOR = "poor"
    NONE = "none"


class Lifecycle(StrEnum):
    """Whether a criterion counts (`stable`), is shown but not counted (`trial`), or is not judged (`retired`)."""

    STABLE = "stable"
    TRIAL = "trial"
    RETIRED = "retired"


@attrs.frozen(kw_only=True)
class Situation:
    """The same criterion under other circumstances.

    Where `when` is true, `criterion` replaces keys of the criterion and `measure` keys of its measure (both by
    attribute name), and `excuse` turns a negative rating into none.
    """

    when: Condition
    excuse: bool | None = None
    criterion: FrozenMap[Any] = FrozenMap()
    measure: FrozenMap[Any] = FrozenMap()
    title: Text | None = None


@attrs.frozen(kw_only=True)
class Criterion:
    """One thing that is judged. `id` is qualified by the rubric that declares it: `taxi/ride/dose-of-talk`.

    `weight` is a positive number (1 to 5 by custom). `when` says where the criterion applies (`None`:
    everywhere), `refines` the ids of the criteria that this one replaces where it is judged, `instead` what
    advice proposes, `caps` whether a failed must caps the band, `lifts` whether a bonus opens `very_good`,
    `free` whether it may be earned without a customer's cue.
    """

    id: str
    role: Role
    weight: float
    title: Text
    measure: Measure
    why: Text | None = None
    advice: Text | None = None
    when: Condition | None = None
    refines: tuple[str, ...] = ()
    situations: tuple[Situation, ...] = ()
    instead: tuple[str, ...] = ()
    caps: Caps = Caps.POOR
    lifts: bool = True
    free: bool = False
    lifecycle: Lifecycle = Lifecycle.STABLE
    declared_in: str = ""


@attrs.frozen(kw_only=True)
class Cue:
    """An event matching `on` moves a reading: `set` to a value or `add` to it."""

    on: Selector
    set: float | None = None
    add: float | None = None


@attrs.frozen(kw_only=True)
class Start:
    """Another start of a reading, where `when` (on context fields alone) is true."""

    when: Condition
    set: float


@attrs.frozen(kw_only=True)
class Reading:
    """A running estimate of the situation.

    It starts at the first of `starts` that is true, else at the context field `from_field`, else at `start`;
    the first matching cue of an event moves it; values stay in `range` (inclusive) and are rounded to 6 places.
    """

    id: str
    title: Text
    range: tuple[float, float] = (0.0, 1.0)
    start: float = 0.0
    from_field: str | None = None
    starts: tuple[Start, ...] = ()
    cues: tuple[Cue, ...] = ()
    origin: str = attrs.field(default="", eq=False, metadata={"form": "unwritten"})


@attrs.frozen(kw_only=True)
class Scoring:
    """Which model aggregates, and its constants: losses weigh `loss_weight`, `doubt` keeps thin evidence near 50."""

    model: str = "ledger"
    loss_weight: float = 1.5
    doubt: float = 3.0


@attrs.frozen
class RubricRef:
    """Which rubric was used: id, version, and the SHA-256 of the rubric as it was read."""

    id: str
    version: str
    digest: str


@attrs.frozen(kw_only=True)
class Rubric:
    """Criteria ready to judge with: parents, overrides and drops resolved.

    What one file declares or, when several rubrics match, their union. `parts` are the rubrics that matched,
    `digest` the SHA-256 over the canonical JSON of all criteria with their acts and readings.
    """

    id: str
    title: Text
    criteria: tuple[Criterion, ...]
    readings: FrozenMap[Reading]
    scoring: Scoring
    parts: tuple[RubricRef, ...]
    digest: str
    sectors: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
