"""From a history of verdicts and episodes to the step on which the customer stands: a ladder with five steps.

The steps are the story's (E10); compare the loyalty ladder of Christopher, Payne & Ballantyne. Strong relations
forgive failures that the firm could not help and turn against it for those it could (Grégoire & Fisher 2006). The
numbers are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from palvelumittari.records.episode import Control, Episode, RecoveryState
from palvelumittari.records.references import EncounterRef, reference
from palvelumittari.records.relationship import MoveCause, RelationMove, Relationship, RelationStep
from palvelumittari.records.rubric import Criterion
from palvelumittari.records.verdict import Band, Finding, Verdict
from palvelumittari.words.engine import engine_version
from palvelumittari.words.text import Text

PLACES = 6

EMOTIONAL = frozenset(
    f"service/{name}"
    for name in (
        "response",
        "quiet-wish",
        "hurry-wish",
        "visible-need",
        "extra-mile",
        "positive-surprise",
        "companions",
    )
)
"""The criteria that touch: being heard (U05), read (U06), surprised (U16), one's company seen to (U19)."""

AFTERCARE = "service/aftercare"

_WORTH: Mapping[Band, float] = MappingProxyType(
    {Band.VERY_GOOD: 1.0, Band.GOOD: 0.5, Band.NEUTRAL: 0.0, Band.POOR: -1.0, Band.VERY_POOR: -2.0}
)
_NEEDED: Mapping[RelationStep, float] = MappingProxyType(
    {RelationStep.CONSUMER: 1.0, RelationStep.TRIER: 1.0, RelationStep.CUSTOMER: 2.0, RelationStep.LOYALIST: 3.0}
)
_STEPS = tuple(RelationStep)


@attrs.frozen(kw_only=True)
class Ladder:
    """The numbers of the ladder, all of which a caller may set otherwise.

    Args:
        worth: What an encounter of each band adds to the balance.
        unrecovered: What a failure adds that was not put right (-3).
        aftercare: What full aftercare adds (0.25); a mass greeting, which is worth a fifth, adds a fifth of it.
        needed: The balance from which on a customer leaves each step for the next.
        emotional_needed: How many very good encounters that touched the highest step asks for (3).
        window: Among how many last encounters two bad ones shake even a loyal customer (5).
    """

    worth: Mapping[Band, float] = _WORTH
    unrecovered: float = -3.0
    aftercare: float = 0.25
    needed: Mapping[RelationStep, float] = _NEEDED
    emotional_needed: int = 3
    window: int = 5


LADDER = Ladder()
"""The numbers that are used where a caller gives none."""


def make_relationship(
    history: Sequence[Verdict | Episode],
    *,
    start: RelationStep | str | None = None,
    emotional: Iterable[str] = EMOTIONAL,
    names: bool = False,
    ladder: Ladder = LADDER,
) -> Relationship:
    """Where a customer stands after a history.

    Args:
        history: The verdicts on the customer's encounters, in their order; an episode stands for all of its own.
        start: The step before the first of them; `None` if nobody knows, then the lowest.
        emotional: The ids of the criteria that touch. `emotional_among` adds those that take their place in sectors.
        names: Whether the ids of the encounters may stand in the record.
        ladder: The numbers of the model.
    """
    first = RelationStep.CONSUMER if start is None else RelationStep(start)
    climb = _Climb(ladder, frozenset(emotional), first)
    for number, each in enumerate(history, start=1):
        climb.take(each, _reference(number, each, names=names))
    return Relationship(
        start=first,
        start_known=start is not None,
        step=climb.step,
        balance=climb.balance,
        needed=ladder.needed.get(climb.step),
        moves=tuple(climb.moves),
        emotional_count=climb.emotional_count,
        emotional_needed=ladder.emotional_needed,
        aftercare_count=climb.aftercare_count,
        engine=engine_version(),
    )


def emotional_among(criteria: Iterable[Criterion], base: Iterable[str] = EMOTIONAL) -> frozenset[str]:
    """The criteria that touch, with those among `criteria` that take the place of one of them."""
    known = {criterion.id: criterion.refines for criterion in criteria}
    found = frozenset(base)
    while more := {name for name, parents in known.items() if found & set(parents)} - found:
        found |= more
    return found


def _reference(number: int, each: Verdict | Episode, *, names: bool) -> EncounterRef:
    if isinstance(each, Verdict):
        return reference(number, each, names=names)
    first = each.encounters[0]
    return attrs.evolve(first, number=number, id=first.id if names else None, score=each.score, band=each.band)


@attrs.frozen
class _Seen:
    """What the ladder sees of a verdict or an episode."""

    band: Band | None
    is_unrecovered: bool = False
    is_betrayal: bool = False
    touching: tuple[Finding, ...] = ()
    aftercare: float = 0.0

    @property
    def is_bad(self) -> bool:
        """Whether it was poor or worse."""
        return self.is_unrecovered or (self.band is not None and self.band.rank <= Band.POOR.rank)


def _seen(each: Verdict | Episode, emotional: frozenset[str]) -> _Seen:
    if isinstance(each, Episode):
        is_lost = each.state is RecoveryState.UNRECOVERED
        is_controlled = each.failure is not None and each.failure.control is Control.HIGH
        return _Seen(each.band, is_lost, is_lost and is_controlled)
    earned = [finding for finding in each.findings if finding.counted and finding.on_evidence and finding.judged]
    touching = tuple(finding for finding in earned if finding.criterion in emotional and (finding.rating or 0) > 0)
    cared = sum(finding.fulfilment or 0.0 for finding in earned if finding.criterion == AFTERCARE)
    return _Seen(each.band, touching=touching, aftercare=cared)


@attrs.define
class _Climb:
    """A customer on the ladder."""

    ladder: Ladder
    emotional: frozenset[str]
    step: RelationStep
    balance: float = 0.0
    moves: list[RelationMove] = attrs.field(factory=list)
    recent: list[bool] = attrs.field(factory=list)
    emotional_count: int = 0
    aftercare_count: int = 0

    def take(self, each: Verdict | Episode, ref: EncounterRef) -> None:
        """Take the next encounter or episode."""
        seen, before = _seen(each, self.emotional), self.step
        has_returned = before is RelationStep.FORMER
        if has_returned:
            self.step, self.balance, self.recent = RelationStep.CONSUMER, 0.0, []
        change = self.change(seen)
        self.balance = reached = round(self.balance + change, PLACES)
        self.recent = [*self.recent, seen.is_bad][-self.ladder.window :]
        is_touching = seen.band is Band.VERY_GOOD and bool(seen.touching)
        self.emotional_count += is_touching
        self.aftercare_count += seen.aftercare > 0
        cause = self.judged(seen)
        self.moves.append(
            RelationMove(
                encounter=ref,
                cause=MoveCause.RETURNED if has_returned and not seen.is_bad else cause,
                before=before,
                after=self.step,
                change=change,
                reached=reached,
                balance=self.balance,
                aftercare=round(seen.aftercare * self.ladder.aftercare, PLACES),
                emotional=_titles(seen) if is_touching else (),
            )
        )

    def change(self, seen: _Seen) -> float:
        """What it adds to the balance."""
        worth = 0.0 if seen.band is None else self.ladder.worth[seen.band]
        base = self.ladder.unrecovered if seen.is_unrecovered else worth
        return round(base + seen.aftercare * self.ladder.aftercare, PLACES)

    def judged(self, seen: _Seen) -> MoveCause:
        """Why the customer rises, stays, drops or leaves; does so, too."""
        if seen.is_bad:
            return self.shaken(seen) if self.step.number >= RelationStep.LOYALIST.number else self.put_off(seen)
        if self.balance < self.ladder.needed.get(self.step, float("inf")):
            return MoveCause.NO_SCORE if seen.band is None and not seen.aftercare else MoveCause.STAYED
        if self.step is RelationStep.LOYALIST and self.emotional_count < self.ladder.emotional_needed:
            return MoveCause.LACKS_EMOTION
        self.go(self.step.number + 1)
        return MoveCause.ROSE

    def put_off(self, seen: _Seen) -> MoveCause:
        """On the lower steps one bad encounter may ruin all."""
        if seen.is_unrecovered or seen.band is Band.VERY_POOR:
            self.go(RelationStep.FORMER.number)
            return MoveCause.UNRECOVERED if seen.is_unrecovered else MoveCause.VERY_POOR
        self.go(self.step.number - 1)
        return MoveCause.POOR

    def shaken(self, seen: _Seen) -> MoveCause:
        """On the two highest steps one bad encounter is forgiven, unless the firm could have helped it and did not."""
        if not seen.is_betrayal and sum(self.recent) < 2:
            return MoveCause.FORGIVEN
        self.go(self.step.number - 1)
        return MoveCause.BETRAYED if seen.is_betrayal else MoveCause.TWO_BAD

    def go(self, number: int) -> None:
        """Stand on another step with nothing in the balance; who went down holds nothing more against the firm."""
        has_fallen = number < self.step.number
        self.step, self.balance = _STEPS[number], 0.0
        self.recent = [] if has_fallen else self.recent


def _titles(seen: _Seen) -> tuple[Text, ...]:
    return tuple(finding.title for finding in seen.touching)
