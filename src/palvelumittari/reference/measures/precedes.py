"""`precedes`: did the right thing come first?"""

from __future__ import annotations

from palvelumittari.records.measure import Precedes
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


def precedes(measure: Precedes, stage: Stage) -> Result:
    """Share of the acts that had a `first` before them."""
    acts = stage.matches(measure.act)
    if not acts:
        return without(Outcome.NOT_APPLICABLE, "no_trigger", acts=measure.act.wanted)
    firsts = stage.matches(measure.first)
    prepared = tuple(index for index in acts if firsts and firsts[0] < index)
    if not firsts:
        silent = _silence(measure, stage, acts)
        if silent is not None:
            return silent
    floor = stage.omission_floor(measure.otherwise, triggered=False)
    return _told(measure, stage, firsts, prepared, acts, max(len(prepared) / len(acts), floor))


def _silence(measure: Precedes, stage: Stage, acts: tuple[int, ...]) -> Result | None:
    called = triggers(acts, Weighs.AGAINST)
    if not stage.is_full:
        return without(Outcome.NOT_OBSERVED, "not_observed_excerpt", called, acts=measure.first.wanted)
    if not stage.timeline.absence_is_known(measure.first):
        return without(Outcome.NOT_OBSERVED, "not_observed_modality", called, acts=measure.first.wanted)
    return None


def _told(
    measure: Precedes,
    stage: Stage,
    firsts: tuple[int, ...],
    prepared: tuple[int, ...],
    acts: tuple[int, ...],
    share: float,
) -> Result:
    rash = tuple(index for index in acts if index not in prepared)
    evidence = (
        *triggers(prepared, Weighs.FOR),
        *credits_for(firsts[:1] if prepared else ()),
        *credits_against(rash),
    )
    values = {"acts": measure.first.wanted, "later": stage.acts_of(rash or acts), "events": rash or firsts[:1]}
    key = "precedes_met" if not rash else "precedes_missed"
    return worth(share, Reason(key, values), evidence)
