"""`shows`: did it happen, often enough and in enough phases?"""

from __future__ import annotations

from palvelumittari.records.measure import Shows
from palvelumittari.records.verdict import Outcome, Weighs
from palvelumittari.reference.results import Reason, Result, credits_for, triggers, without, worth
from palvelumittari.reference.stage import Stage
from palvelumittari.reference.timeline import START
from palvelumittari.reference.windows import Reach, Span


def shows(measure: Shows, stage: Stage) -> Result:
    """Share of the wanted events and phases that were reached."""
    opened = START
    if measure.after is not None:
        called = stage.matches(measure.after)
        if not called:
            return without(Outcome.NOT_APPLICABLE, "no_trigger", acts=measure.after.wanted)
        opened = called[0]
    span = Span(stage.timeline, measure.within, opened, measure.act.side)
    hits, unsure = _hits(measure, stage, span)
    share = _share(measure, stage, hits)
    if not hits:
        silent = _silence(measure, stage, span, unsure)
        if silent is not None:
            return silent
    floor = stage.omission_floor(measure.otherwise, triggered=measure.after is not None)
    return _told(measure, hits, max(share, floor), opened)


def _hits(measure: Shows, stage: Stage, span: Span) -> tuple[tuple[int, ...], bool]:
    """The events that count, and whether others might count but lack a time or a duration."""
    found = stage.matches(measure.act, while_=measure.while_, phase=measure.phase, beyond=span.opened)
    placed = {index: _placed(measure, stage, span, index) for index in found}
    inside = tuple(index for index, where in placed.items() if where is Reach.INSIDE)
    return inside, Reach.UNKNOWN in placed.values()


def _placed(measure: Shows, stage: Stage, span: Span, index: int) -> Reach:
    """Whether an event counts by its time and its duration."""
    where = span.reach(index) if measure.within is not None else Reach.INSIDE
    if measure.longer is None or where is Reach.OUTSIDE:
        return where
    lasts_ms = stage.timeline.events[index].lasts_ms
    if lasts_ms is None:
        return Reach.UNKNOWN
    return where if lasts_ms >= measure.longer else Reach.OUTSIDE


def _share(measure: Shows, stage: Stage, hits: tuple[int, ...]) -> float:
    phases = {stage.timeline.phases[index] for index in hits}
    return min(1.0, len(hits) / measure.at_least, len(phases) / measure.phases)


def _silence(measure: Shows, stage: Stage, span: Span, unsure: bool) -> Result | None:
    """Why nothing that counts was noted, where that proves nothing; `None` where it does."""
    called = triggers([span.opened], Weighs.AGAINST)
    if unsure:
        return without(Outcome.UNDECIDED, "undecided_untimed", called, acts=measure.act.wanted)
    if span.opened == START and not stage.is_full:
        return without(Outcome.NOT_OBSERVED, "not_observed_excerpt", acts=measure.act.wanted)
    if not span.has_passed:
        key = "undecided_open" if span.can_be_timed else "undecided_untimed"
        return without(Outcome.UNDECIDED, key, called, acts=measure.act.wanted)
    if not stage.timeline.absence_is_known(measure.act):
        return without(Outcome.NOT_OBSERVED, "not_observed_modality", called, acts=measure.act.wanted)
    return None


def _told(measure: Shows, hits: tuple[int, ...], share: float, opened: int) -> Result:
    weighs = Weighs.FOR if hits else Weighs.AGAINST
    evidence = (*triggers([opened], weighs), *credits_for(hits))
    values = {"acts": measure.act.wanted, "events": hits, "count": len(hits), "wanted": measure.at_least}
    values["phases"] = measure.phases
    key = "shows_met" if share >= 1 else "shows_partly" if hits else "shows_missed"
    return worth(share, Reason(key, values), evidence)
