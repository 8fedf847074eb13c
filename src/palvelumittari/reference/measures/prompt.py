"""`prompt`: how soon did it come?"""

from __future__ import annotations

from palvelumittari.records.measure import Prompt, Window
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
from palvelumittari.reference.windows import Reach, Span
from palvelumittari.scoring import rating


def prompt(measure: Prompt, stage: Stage) -> Result:
    """From 1 to 0 by the delay between the first trigger and the first act after it."""
    called = stage.matches(measure.after)
    if not called:
        return without(Outcome.NOT_APPLICABLE, "no_trigger", acts=measure.after.wanted)
    opened = called[0]
    last = stage.timeline.last_after(opened)
    came = [index for index in stage.matches(measure.act, beyond=opened) if index <= last]
    if not came:
        return _never(measure, stage, opened)
    start, at = stage.timeline.time_of(opened), stage.timeline.time_of(came[0])
    if start is not None and at is not None:
        return _told(measure, stage, opened, came[0], _by_delay(measure, at - start), delay_ms=at - start)
    if measure.untimed is None:
        evidence = triggers([opened], Weighs.AGAINST)
        return without(Outcome.UNDECIDED, "undecided_untimed", evidence, acts=measure.act.wanted)
    span = Span(stage.timeline, measure.untimed, opened, measure.act.side)
    return _told(measure, stage, opened, came[0], 1.0 if span.reach(came[0]) is Reach.INSIDE else 0.0)


def _by_delay(measure: Prompt, delay_ms: int) -> float:
    """Situations may have moved `full` behind `none`: then `full` decides alone."""
    if delay_ms <= measure.full:
        return 1.0
    return 0.0 if delay_ms >= measure.none else (measure.none - delay_ms) / (measure.none - measure.full)


def _never(measure: Prompt, stage: Stage, opened: int) -> Result:
    evidence = triggers([opened], Weighs.AGAINST)
    if not _is_over(measure, stage, opened):
        return without(Outcome.UNDECIDED, "undecided_open", evidence, acts=measure.act.wanted)
    if not stage.timeline.absence_is_known(measure.act):
        return without(Outcome.NOT_OBSERVED, "not_observed_modality", evidence, acts=measure.act.wanted)
    return worth(0, Reason("prompt_never", {"acts": measure.act.wanted, "events": (opened,)}), evidence)


def _is_over(measure: Prompt, stage: Stage, opened: int) -> bool:
    """Whether it is certain that the act did not come in time: from `none` on nothing is left to earn."""
    turns = measure.untimed.turns if measure.untimed is not None else None
    window = Window(measure.none - 1, turns)
    return Span(stage.timeline, window, opened, measure.act.side).has_passed


def _told(
    measure: Prompt, stage: Stage, opened: int, came: int, share: float, *, delay_ms: int | None = None
) -> Result:
    good = rating(stage.role, share) >= 0
    weighs = Weighs.FOR if good else Weighs.AGAINST
    credit = credits_for([came]) if good else credits_against([came])
    values = {"acts": measure.act.wanted, "events": (came,), "triggers": (opened,), "delay_ms": delay_ms}
    key = "prompt_untimed" if delay_ms is None else "prompt_delay"
    return worth(share, Reason(key, values), (*triggers([opened], weighs), *credit))
