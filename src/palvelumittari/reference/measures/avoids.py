"""`avoids`: did it stay away, or was it made good?"""

from __future__ import annotations

from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Avoids
from palvelumittari.records.verdict import Outcome, Weighs
from palvelumittari.reference.results import (
    Cited,
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


def avoids(measure: Avoids, stage: Stage) -> Result:
    """One less `each` for every breach beyond `allow` that nothing healed."""
    breaches = stage.matches(measure.act, while_=measure.while_)
    healing = stage.timeline.matches(measure.healed)
    last_cure = healing[-1] if healing else START
    standing = tuple(index for index in breaches if index >= last_cure)
    excess = max(0, len(standing) - measure.allow)
    if excess:
        values = {"acts": stage.acts_of(standing), "events": standing, "allowed": measure.allow}
        reason = Reason("avoids_missed", values)
        return worth(1 - measure.each * excess, reason, credits_against(standing))
    if breaches:
        return _tolerated(stage, breaches, standing, healing)
    return kept(measure.act.wanted, measure.while_, stage, known=stage.timeline.absence_is_known(measure.act))


def _tolerated(stage: Stage, breaches: tuple[int, ...], standing: tuple[int, ...], healing: tuple[int, ...]) -> Result:
    """Breaches that were allowed, or healed by a later act."""
    cures = tuple(cure for cure in healing if cure > breaches[0])
    key = "avoids_healed" if len(standing) < len(breaches) else "avoids_allowed"
    reason = Reason(key, {"acts": stage.acts_of(breaches), "events": breaches, "cures": cures})
    return worth(1, reason, (*triggers(breaches, Weighs.FOR), *credits_for(cures)))


def kept(acts: tuple[str, ...], while_: Condition | None, stage: Stage, *, known: bool) -> Result:
    """The success of what never happened: judged only if there was an occasion, believed only if it would show."""
    if not known:
        return without(Outcome.NOT_OBSERVED, "not_observed_modality", acts=acts)
    held, evidence = occasion(while_, stage)
    key = "avoids_kept" if held else "avoids_vacuous"
    events = tuple(cited.event for cited in evidence)
    return worth(1, Reason(key, {"acts": acts, "events": events}), evidence, vacuous=not held)


def occasion(while_: Condition | None, stage: Stage) -> tuple[bool, tuple[Cited, ...]]:
    """Whether there was an occasion without a matching act, and the events that gave it.

    A `while` gives one where it held and the customer, a bystander or the system had shown something that it asks
    for. Phase, channel, sector and setting give none, nor do readings that stand where they start by themselves.
    """
    if while_ is not None:
        moments, events = stage.moments, range(len(stage.timeline.events))
        held = (index for index in events if moments.at(while_, index) and moments.is_shown(while_, index))
        first = next(held, None)
        if first is not None:
            return True, triggers(moments.cues_before(while_, first), Weighs.FOR)
    return stage.occasion, triggers(stage.witnesses, Weighs.FOR)
