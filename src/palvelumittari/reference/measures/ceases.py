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
from palvelumittari.reference.windows import Reach, reach


class State(Enum):
    """What became of one trigger."""

    RESPECTED = auto()
    IGNORED = auto()
    OPEN = auto()
    UNTIMED = auto()
    UNSEEN = auto()


@attrs.frozen
class Stop:
    """A trigger with what became of it, and the events that went on all the same."""

    event: int
    state: State
    breaches: tuple[int, ...] = ()


def ceases(measure: Ceases, stage: Stage) -> Result:
    """Share of the triggers after which the act was gone; undecided ones are left out."""
    stops = [_stop(measure, event, stage) for event in _called(measure, stage)]
    if not stops:
        acts = measure.after.acts if measure.after else ()
        key = "no_trigger" if measure.after else "no_turning_point"
        return without(Outcome.NOT_APPLICABLE, key, acts=acts, condition=str(measure.once or ""))
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
    own = timeline.runs_after(event, side)
    turns = measure.within.turns
    begins = own[turns - 1].first if turns is not None and len(own) >= turns else None
    last = _last(measure, event, stage)
    later = [index for index in stage.matches(measure.act, beyond=event) if index <= last]
    placed = {index: _too_late(measure, event, index, begins, stage) for index in later}
    breaches = tuple(index for index, late in placed.items() if late)
    if breaches:
        return Stop(event, State.IGNORED, breaches)
    if None in placed.values():
        return Stop(event, State.UNTIMED)
    if not timeline.is_closed_after(event) and (begins is None if turns is not None else not own):
        return Stop(event, State.OPEN)
    return Stop(event, State.RESPECTED if timeline.absence_is_known(measure.act) else State.UNSEEN)


def _last(measure: Ceases, event: int, stage: Stage) -> int:
    """The last event before `until` is true, or at which the customer leaves."""
    end = stage.timeline.last_after(event)
    if measure.until is None:
        return end
    later = range(event + 1, end + 1)
    return next((index - 1 for index in later if stage.moments.at(measure.until, index)), end)


def _too_late(measure: Ceases, event: int, index: int, begins: int | None, stage: Stage) -> bool | None:
    """Whether an act came when it should have been gone; `None` if times are missing."""
    if measure.within.within_ms is not None:
        window = attrs.evolve(measure.within, turns=None)
        where = reach(stage.timeline, window, event, index, measure.act.side)
        if where is not Reach.UNKNOWN:
            return where is Reach.OUTSIDE
        if measure.within.turns is None:
            return None
    return begins is not None and index >= begins


def _open(measure: Ceases, stops: list[Stop]) -> Result:
    evidence = triggers([stop.event for stop in stops], Weighs.AGAINST)
    states = {stop.state for stop in stops}
    for state, outcome, key in (
        (State.OPEN, Outcome.UNDECIDED, "undecided_ceases"),
        (State.UNTIMED, Outcome.UNDECIDED, "undecided_untimed"),
    ):
        if state in states:
            return without(outcome, key, evidence, acts=measure.act.acts)
    return without(Outcome.NOT_OBSERVED, "not_observed_modality", evidence, acts=measure.act.acts)


def _told(measure: Ceases, decided: list[Stop], stage: Stage) -> Result:
    respected = [stop for stop in decided if stop.state is State.RESPECTED]
    ignored = [stop for stop in decided if stop.state is State.IGNORED]
    breaches = tuple(sorted({index for stop in ignored for index in stop.breaches}))
    own = [stage.timeline.runs_after(stop.event, measure.act.side)[:1] for stop in respected]
    instead = tuple(dict.fromkeys(run.first for runs in own for run in runs))
    evidence = (
        *triggers([stop.event for stop in respected], Weighs.FOR),
        *triggers([stop.event for stop in ignored], Weighs.AGAINST),
        *credits_for(index for index in instead if index not in breaches),
        *credits_against(breaches),
    )
    values = {
        "acts": stage.acts_of(breaches) or measure.act.acts,
        "events": breaches or tuple(stop.event for stop in respected),
        "triggers": tuple(stop.event for stop in (ignored or respected) if stop.event >= 0),
        "met": len(respected),
        "total": len(decided),
    }
    key = "ceases_met" if not ignored else "ceases_partly" if respected else "ceases_missed"
    return worth(len(respected) / len(decided), Reason(key, values), evidence)
