"""Settling: what becomes of each judgement once excuses, trials and refinements are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from palvelumittari.records.rubric import Lifecycle
from palvelumittari.records.verdict import JUDGED, Outcome
from palvelumittari.scoring.judgement import Judgement
from palvelumittari.scoring.roles import rating


@attrs.frozen
class Settled:
    """A judgement with its final `outcome`, ready for a model.

    `rating` lies in [-1, 1] and is `None` unless `judged`. `counted` is false for trial and refined-away
    criteria, `on_evidence` is true where a judged one cites an event or its rating is negative, and
    `judged_by` is the id of the criterion that refined this one away. `judgement` keeps what was there
    before: its outcome, even an `error`.
    """

    judgement: Judgement
    outcome: Outcome
    rating: float | None = attrs.field(default=None, kw_only=True)
    judged: bool = attrs.field(default=False, kw_only=True)
    counted: bool = attrs.field(default=True, kw_only=True)
    on_evidence: bool = attrs.field(default=False, kw_only=True)
    judged_by: str | None = attrs.field(default=None, kw_only=True)

    @property
    def criterion(self) -> str:
        """The id of the criterion."""
        return self.judgement.criterion

    @property
    def fulfilment(self) -> float | None:
        """The fulfilment in [0, 1] where the outcome is met, partly or missed, else `None`."""
        return self.judgement.fulfilment if self.outcome in JUDGED else None


def settle(judgements: Sequence[Judgement]) -> tuple[Settled, ...]:
    """Settle all judgements of one encounter, in the given order.

    A negative rating with an excuse becomes `excused`; what was met without an occasion stays `met` but is
    not judged; a trial criterion is judged but not counted; what a judged criterion refines becomes
    `not_applicable`. Leave retired criteria out. Ids in `refines` that are not among `judgements` are
    ignored, also as links of a chain.
    """
    settled = tuple(map(_settle_alone, judgements))
    judges = _judges(settled)
    return tuple(_settle_among(one, judges.get(one.criterion)) for one in settled)


def _settle_alone(judgement: Judgement) -> Settled:
    """One judgement without regard to the others."""
    counted = judgement.lifecycle is Lifecycle.STABLE
    if judgement.fulfilment is None or judgement.vacuous:
        return Settled(judgement, judgement.outcome, counted=counted)
    rated = rating(judgement.role, judgement.fulfilment)
    if rated < 0 and judgement.excuse:
        return Settled(judgement, Outcome.EXCUSED, counted=counted)
    seen = judgement.cites or rated < 0
    return Settled(judgement, judgement.outcome, rating=rated, judged=True, counted=counted, on_evidence=seen)


def _settle_among(settled: Settled, judge: str | None) -> Settled:
    """The finding as the others leave it: refined away if another judges in its place."""
    if judge is None:
        return settled
    return Settled(settled.judgement, Outcome.NOT_APPLICABLE, counted=False, judged_by=judge)


def _judges(settled: Sequence[Settled]) -> dict[str, str]:
    """By the id of each criterion that is refined away: the id of the one that judges in its place."""
    refines = {one.criterion: one.judgement.refines for one in settled}
    children: dict[str, list[str]] = {}
    for child in filter(_displaces, settled):
        for parent in _reached(child.criterion, refines):
            children.setdefault(parent, []).append(child.criterion)
    return {parent: _foremost(candidates, children) for parent, candidates in children.items()}


def _displaces(settled: Settled) -> bool:
    """Whether the criteria that this one refines give way to it."""
    return settled.counted and (settled.judged or settled.outcome is Outcome.EXCUSED)


def _reached(child: str, refines: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """All criteria that `child` refines, through chains; never itself, so that a cycle ends."""
    seen = {child}
    waiting = list(refines[child])
    while waiting:
        parent = waiting.pop()
        if parent in refines and parent not in seen:
            seen.add(parent)
            waiting.extend(refines[parent])
            yield parent


def _foremost(candidates: Sequence[str], refined_away: Mapping[str, object]) -> str:
    """Whom to name: one that stands itself, the first by id, so that the order of findings decides nothing."""
    standing = [candidate for candidate in candidates if candidate not in refined_away]
    return min(standing or candidates)
