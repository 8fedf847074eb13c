"""The episode: one matter over several encounters, what went wrong in it, and how well it was put right."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.records.explanations import episode as explanation
from palvelumittari.records.references import EncounterRef, EventRef
from palvelumittari.records.verdict import Band


class RecoveryState(StrEnum):
    """Where a matter stands."""

    OK = "ok"
    FAILED = "failed"
    ACKNOWLEDGED = "acknowledged"
    REPAIRING = "repairing"
    RECOVERED = "recovered"
    UNRECOVERED = "unrecovered"
    DOUBLE_DEVIATION = "double_deviation"
    RECONCILED = "reconciled"


class Cause(StrEnum):
    """Why a matter came to stand elsewhere."""

    FAILURE = "failure"
    POOR_SERVICE = "poor_service"
    SECOND_FAILURE = "second_failure"
    RETOLD = "retold"
    ACKNOWLEDGED = "acknowledged"
    REPAIR_BEGUN = "repair_begun"
    REPAIRED = "repaired"
    REPAIR_FAILED = "repair_failed"
    RECONCILED = "reconciled"
    LEFT = "left"
    TOO_LATE = "too_late"


@attrs.frozen(kw_only=True)
class Transition:
    """A change of state: in which encounter (its number), why, and the event that brought it, if one did."""

    encounter: int
    cause: Cause
    before: RecoveryState
    after: RecoveryState
    event: EventRef | None = None


class FailureKind(StrEnum):
    """What was lost: money (or what was paid for), or the service alone."""

    MONEY = "money"
    SERVICE = "service"


class Control(StrEnum):
    """How far the firm could have prevented the failure."""

    LOW = "low"
    HIGH = "high"


@attrs.frozen(kw_only=True)
class Failure:
    """What went wrong: `severity` in [0, 1], what was lost, whose control it was, whether the cause lasts.

    `count` is which failure of this customer it is: 1 is the first.
    """

    severity: float
    kind: FailureKind
    control: Control
    stable: bool
    count: int = 1


class JusticeKind(StrEnum):
    """The three ways in which a recovery can be fair."""

    DISTRIBUTIVE = "distributive"
    INTERACTIONAL = "interactional"
    PROCEDURAL = "procedural"


class JusticePart(StrEnum):
    """What the three are made of."""

    REDRESS = "redress"
    REGRET = "regret"
    RESPECT = "respect"
    CARE = "care"
    INITIATIVE = "initiative"
    EASE = "ease"
    SPEED = "speed"


@attrs.frozen(kw_only=True)
class Part:
    """One part of justice: its value in [0, 1], `None` where it does not apply, and the events that it rests on."""

    part: JusticePart
    value: float | None
    evidence: tuple[EventRef, ...] = ()


@attrs.frozen(kw_only=True)
class Justice:
    """One of the three kinds: its value in [0, 1] (the mean of its parts that apply) and its weight."""

    kind: JusticeKind
    value: float
    weight: float
    parts: tuple[Part, ...]


class LimitKind(StrEnum):
    """Why a score was held back."""

    PARADOX = "paradox"
    UNRECOVERED = "unrecovered"
    DOUBLE_DEVIATION = "double_deviation"
    RECONCILED = "reconciled"


class Barrier(StrEnum):
    """What shuts the gate to a paradox: after it nobody is more content than before the failure."""

    SEVERE = "severe"
    NOT_FIRST = "not_first"
    STABLE = "stable"
    CONTROLLED = "controlled"


@attrs.frozen(kw_only=True)
class Limit:
    """A limit that bit: the score (0 to 100, one decimal) before and after it; `barriers` for the paradox gate."""

    kind: LimitKind
    before: float
    after: float
    barriers: tuple[Barrier, ...] = ()


class StayKind(StrEnum):
    """What a customer did about a failure, and with what success."""

    SILENT = "silent"
    UNSATISFIED = "unsatisfied"
    SATISFIED = "satisfied"
    SATISFIED_QUICKLY = "satisfied_quickly"


@attrs.frozen(kw_only=True)
class Stay:
    """How probably such customers stay, in [0, 1]: after a minor loss (below 5 dollars) and a major one (above 100)."""

    kind: StayKind
    minor: float
    major: float


class AssumptionKind(StrEnum):
    """What was not known and had to be assumed."""

    SEVERITY = "severity"
    KIND = "kind"
    REFUNDED = "refunded"
    CONTROL = "control"
    STABLE = "stable"
    BEFORE = "before"
    DURING = "during"
    SPEED = "speed"
    RETOLD = "retold"


@attrs.frozen(kw_only=True)
class Assumption:
    """Something assumed for want of data: the number it was taken as, and the encounter that it concerns, if one."""

    kind: AssumptionKind
    value: float | None = None
    encounter: int | None = None


@attrs.frozen(kw_only=True)
class Episode:
    """One matter over one or several encounters.

    `before`, `during` and `after` are the customer's standing before the failure, in it and after it, in [-1, 1]
    (0 is neutral): `after` is what the formula gives before `limits`. Without a failure `before` and `after` are the
    mean and `during` is `None`. `quality` is the quality of the recovery in [0, 1], `None` without a failure.
    `score` (0 to 100, one decimal, inside its band) and `band` are `None` where no encounter got a score and nothing
    failed. Transitions and evidence count the encounters from 1.
    """

    encounters: tuple[EncounterRef, ...]
    state: RecoveryState
    score: float | None
    band: Band | None
    before: float | None = None
    during: float | None = None
    after: float | None = None
    quality: float | None = None
    failure: Failure | None = None
    transitions: tuple[Transition, ...] = ()
    justice: tuple[Justice, ...] = ()
    limits: tuple[Limit, ...] = ()
    stay: Stay | None = None
    assumptions: tuple[Assumption, ...] = ()
    engine: str

    def explain(self, language: str = "en") -> str:
        """The episode as a text to read, in `en`, `fi` or `sv`."""
        return explanation.explain(self, language)
