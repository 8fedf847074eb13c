"""`ceases`: after a cue, did it stop?"""

from __future__ import annotations

from enum import Enum, auto

import attrs

from palvelumittari.records.measure import Ceases
from palvelumittari.records.verdict import Outcome, Weighs
from palvelumittari.reference.results import (
    Reason,
    Result,
    credits_against,
    credits_for,
    triggers,
    without,
    worth,
)
from palvelumittari.reference.stage import Stage
from palvelumittari.reference.timeline import START
from palvelumittari.reference.windows import Reach, Span


class State(Enum):
    """What became of one trigger."""

    RESPECTED = auto()
    IGNORED = auto()
    OPEN = auto()
    UNTIMED = auto()
    UNSEEN = auto()
    TAKEN_BACK = auto()


@attrs.frozen
class Stop:
    """A trigger with what became of it: the events that went on all the same, the first event that came instead."""

    event: int
    state: State
    breaches: tuple[int, ...] = ()
    instead: int | None = None


@attrs.frozen
class Grace:
    """How long after a trigger the act may still go on: until the n-th own run begins, or for some seconds."""

    span: Span | None
    begins: int | None

    def is_over(self, index: int) -> bool | None:
        """Whether an own event comes when the act should be gone; `None` if times are missing."""
        where = self.span.reach(index) if self.span is not None else Reach.UNKNOWN
        if where is not Reach.UNKNOWN:
            return where is Reach.OUTSIDE
        return None if self.begins is None else index >= self.begins


def ceases(measure: Ceases, stage: Stage) -> Result:
    """Share of the triggers after which the act was gone; those undecided or taken back at once are left out."""
    called = _called(measure, stage)
    if not called:
        acts = measure.after.wanted if measure.after else ()
        key = "no_trigger" if measure.after else "no_turning_point"
        return without(Outcome.NOT_APPLICABLE, key, acts=acts, condition=str(measure.once or ""))
    stops = [stop for stop in (_stop(measure, event, stage) for event in called) if stop.state is not State.TAKEN_BACK]
    if not stops:
        return without(Outcome.NOT_APPLICABLE, "ceases_taken_back")
    decided = [stop for stop in stops if stop.state in (State.RESPECTED, State.IGNORED)]
    if not decided:
        return _open(measure, stops)
    return _told(measure, decided, stage)


def _called(measure: Ceases, stage: Stage) -> list[int]:
    """The events that call for stopping; the start of the record if `once` is true from there."""
    if measure.once is None:
        return list(stage.matches(measure.after))
    truths = [stage.moments.after(measure.once, index) for index in range(START, len(stage.timeline.events))]
    rises = zip([False, *truths], truths, strict=False)
    return [index for index, (before, now) in enumerate(rises, start=START) if now and not before]


def _stop(measure: Ceases, event: int, stage: Stage) -> Stop:
    timeline, side = stage.timeline, measure.act.side
    end = timeline.last_after(event)
    last = _last(measure, event, end, stage)
    grace = _grace(measure, event, stage)
    acts = {i: grace.is_over(i) for i in stage.matches(measure.act, beyond=event) if i <= last}
    breaches = tuple(index for index, over in acts.items() if over)
    if breaches:
        return Stop(event, State.IGNORED, breaches)
    if None in acts.values():
        return Stop(event, State.UNTIMED)
    own = (i for i in range(event + 1, last + 1) if timeline.events[i].side is side)
    instead = next((index for index in own if grace.is_over(index)), None)
    if instead is None and last < end:
        return Stop(event, State.TAKEN_BACK)
    if instead is None and not timeline.is_closed_after(event):
        return Stop(event, State.OPEN)
    return Stop(event, State.RESPECTED if timeline.absence_is_known(measure.act) else State.UNSEEN, (), instead)


def _last(measure: Ceases, event: int, end: int, stage: Stage) -> int:
    """The last event before `until` is true, or at which the customer leaves."""
    if measure.until is None:
        return end
    later = range(event + 1, end + 1)
    return next((index - 1 for index in later if stage.moments.at(measure.until, index)), end)


def _grace(measure: Ceases, event: int, stage: Stage) -> Grace:
    """Until when the act is tolerated; a speechless run (`quiet`, `adjust`) counts as a turn here."""
    side, window = measure.act.side, measure.within
    begins = None
    if window.turns is not None:
        own = stage.timeline.runs_after(event, side)
        begins = own[window.turns - 1].first if len(own) >= window.turns else len(stage.timeline.events)
    timed = window.within_ms is not None
    span = Span(stage.timeline, attrs.evolve(window, turns=None), event, side) if timed else None
    return Grace(span, begins)


def _open(measure: Ceases, stops: list[Stop]) -> Result:
    """No trigger was decided: undecided, or not observed if the record would not show the act."""
    evidence = triggers([stop.event for stop in stops], Weighs.AGAINST)
    states = {stop.state for stop in stops}
    if State.OPEN in states:
        return without(Outcome.UNDECIDED, "undecided_ceases", evidence, acts=measure.act.wanted)
    if State.UNTIMED in states:
        return without(Outcome.UNDECIDED, "undecided_untimed", evidence, acts=measure.act.wanted)
    return without(Outcome.NOT_OBSERVED, "not_observed_modality", evidence, acts=measure.act.wanted)


def _told(measure: Ceases, decided: list[Stop], stage: Stage) -> Result:
    respected = [stop for stop in decided if stop.state is State.RESPECTED]
    ignored = [stop for stop in decided if stop.state is State.IGNORED]
    breaches = tuple(sorted({index for stop in ignored for index in stop.breaches}))
    instead = dict.fromkeys(stop.instead for stop in respected if stop.instead is not None)
    evidence = (
        *triggers([stop.event for stop in respected], Weighs.FOR),
        *triggers([stop.event for stop in ignored], Weighs.AGAINST),
        *credits_for(index for index in instead if index not in breaches),
        *credits_against(breaches),
    )
    values = {
        "acts": stage.acts_of(breaches) or measure.act.wanted,
        "events": breaches or tuple(stop.event for stop in respected if stop.event >= 0),
        "triggers": tuple(stop.event for stop in (ignored or respected) if stop.event >= 0),
        "met": len(respected),
        "total": len(decided),
    }
    key = "ceases_met" if not ignored else "ceases_partly" if respected else "ceases_missed"
    return worth(len(respected) / len(decided), Reason(key, values), evidence)
