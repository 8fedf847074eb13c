"""The verdict: what the meter says of an encounter, with every reason and every piece of evidence."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.records import explanation
from palvelumittari.records.encounter import SECONDS, Actor
from palvelumittari.records.rubric import Lifecycle, Role, RubricRef
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text


class Outcome(StrEnum):
    """What became of one criterion."""

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVED = "not_observed"
    EXCUSED = "excused"
    UNDECIDED = "undecided"
    ERROR = "error"


JUDGED = frozenset({Outcome.MET, Outcome.PARTLY, Outcome.MISSED})
"""The outcomes that hold a fulfilment which counts."""


class Band(StrEnum):
    """How good the service was, in words; from worst to best."""

    VERY_POOR = "very_poor"
    POOR = "poor"
    NEUTRAL = "neutral"
    GOOD = "good"
    VERY_GOOD = "very_good"

    @property
    def rank(self) -> int:
        """0 for the worst to 4 for the best."""
        return list(Band).index(self)

    @property
    def is_pleasant(self) -> bool:
        """Whether this passes: a service aims at a pleasant encounter, so neutral is not enough."""
        return self.rank >= Band.GOOD.rank


class Status(StrEnum):
    """Whether there is a score, and whether a criterion failed to compute."""

    SCORED = "scored"
    NO_SCORE = "no_score"
    WITH_ERRORS = "with_errors"


class Part(StrEnum):
    """What an event is to a finding: what called for the act (`trigger`), or what was done or should not have been."""

    TRIGGER = "trigger"
    CREDIT = "credit"


class Weighs(StrEnum):
    """Whether a piece of evidence speaks for the service or against it."""

    FOR = "for"
    AGAINST = "against"


@attrs.frozen
class Evidence:
    """An event that a finding rests on: its index (from 0) in the encounter's events, and what it is to the finding.

    `by`, `act`, `at_ms` and `text` repeat the event, so that a verdict can be read without its encounter.
    """

    event: int
    part: Part
    weighs: Weighs
    by: Actor = attrs.field(kw_only=True)
    act: str = attrs.field(kw_only=True)
    at_ms: int | None = attrs.field(default=None, kw_only=True, metadata=SECONDS)
    text: str | None = attrs.field(default=None, kw_only=True)


@attrs.frozen(kw_only=True)
class Finding:
    """What became of one criterion, and why.

    `fulfilment` lies in [0, 1], `rating` in [-1, 1]; both are `None` where nothing was judged. `points` is the
    contribution to the model's account (0 where none). All three are rounded to 9 places. `judged` is false for
    a success without an occasion. `situations` are the situations that applied, in order: their titles or, without one,
    their conditions, which are the same in every language.
    """

    criterion: str
    title: Text
    role: Role
    weight: float
    outcome: Outcome
    fulfilment: float | None = None
    rating: float | None = None
    points: float = 0.0
    judged: bool = False
    counted: bool = True
    on_evidence: bool = False
    lifecycle: Lifecycle = Lifecycle.STABLE
    reason: Text
    advice: Text | None = None
    evidence: tuple[Evidence, ...] = ()
    situations: tuple[Text, ...] = ()
    rubric: str = ""


class GateKind(StrEnum):
    """Why a band was held back."""

    GRAVE = "grave"
    NO_GRAVE = "no_grave"
    NO_DELIGHT = "no_delight"


@attrs.frozen
class Gate:
    """A gate that bit: the band moved from `before` to `after`, because of `criteria` (empty: for want of any)."""

    kind: GateKind
    before: Band
    after: Band
    criteria: tuple[str, ...] = ()


@attrs.frozen
class Step:
    """A cue: the event (index from 0) that moved a reading, and the value after it.

    `cue` is the selector that the event matched, in the notation of rubrics. `title` is the title of the event's
    act and `tags` are its tags, so that a verdict can be read without its encounter.
    """

    event: int
    value: float
    cue: str
    title: Text = attrs.field(kw_only=True)
    tags: tuple[str, ...] = attrs.field(default=(), kw_only=True)


@attrs.frozen
class Course:
    """How a reading ran: its start and every cue that moved it.

    `declared` says that the encounter's context set the start to something else than where the reading starts
    by itself, as four people waiting do.
    """

    reading: str
    title: Text
    start: float
    steps: tuple[Step, ...] = ()
    declared: bool = attrs.field(default=False, kw_only=True)


class NoteKind(StrEnum):
    """What a reader of the verdict should know beside the findings."""

    SERVED_BY_PARENT = "served_by_parent"
    UNIVERSAL = "universal"
    CHOSEN_BY_CALLER = "chosen_by_caller"
    EXCERPT = "excerpt"
    ODD_ACTOR = "odd_actor"


@attrs.frozen
class Note:
    """A remark about the whole verdict."""

    kind: NoteKind
    text: Text


@attrs.frozen(kw_only=True)
class Verdict:
    """The whole result for one encounter.

    `score` lies in [0, 100] with one decimal and inside its band; `calculated_score` is the score before gates;
    both are `None`, as is `band`, when nothing was judged on evidence. `coverage` is the share of the weight
    that was judged on evidence, in [0, 1] and rounded to 6 places, `None` where no criterion applies. `plugins`
    are the versions of the distributions whose rubrics were used.
    """

    encounter: str
    score: float | None
    calculated_score: float | None
    band: Band | None
    coverage: float | None
    status: Status
    findings: tuple[Finding, ...]
    gates: tuple[Gate, ...] = ()
    readings: tuple[Course, ...] = ()
    notes: tuple[Note, ...] = ()
    model: str
    rubrics: tuple[RubricRef, ...]
    digest: str
    engine: str
    plugins: FrozenMap[str] = FrozenMap()
    sector: str | None = None
    channel: str | None = None

    def finding(self, criterion: str) -> Finding:
        """The finding of one criterion by its id; raises `KeyError` if the rubric has no such criterion."""
        for finding in self.findings:
            if finding.criterion == criterion:
                return finding
        raise KeyError(criterion)

    def explain(self, language: str = "en") -> str:
        """The verdict as a text to read, in `en`, `fi` or `sv`; texts that lack a translation stay English."""
        return explanation.explain(self, language)
