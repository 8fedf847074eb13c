"""`responds`: was each trigger answered in time?"""

from __future__ import annotations

from enum import Enum, auto

import attrs

from palvelumittari.records.measure import Responds, Rule
from palvelumittari.records.verdict import Outcome, Weighs
from palvelumittari.reference.results import Reason, Result, credits_for, triggers, without, worth
from palvelumittari.reference.stage import Stage
from palvelumittari.reference.windows import Reach, Span


class State(Enum):
    """What became of one trigger."""

    MET = auto()
    MISSED = auto()
    REMOVED = auto()
    OPEN = auto()
    UNTIMED = auto()
    UNSEEN = auto()


@attrs.frozen
class Called:
    """A trigger with what became of it, and the event that answered it."""

    rule: Rule
    event: int
    state: State
    answer: int | None = None


def responds(measure: Responds, stage: Stage) -> Result:
    """Share of the triggers that were answered, over all rules; undecided ones are left out."""
    everything = [_called(rule, event, stage) for rule in measure.rules for event in stage.matches(rule.after)]
    called = sorted((each for each in everything if each.state is not State.REMOVED), key=lambda each: each.event)
    acts = tuple(dict.fromkeys(act for rule in measure.rules for act in rule.with_.wanted))
    if not called:
        asked = tuple(dict.fromkeys(act for rule in measure.rules for act in rule.after.wanted))
        return without(Outcome.NOT_APPLICABLE, "trigger_removed" if everything else "no_trigger", acts=asked)
    met = [each for each in called if each.state is State.MET]
    missed = [each for each in called if each.state is State.MISSED]
    if not met and not missed:
        return _open(called, acts)
    return _told(met, missed, stage)


def _called(rule: Rule, event: int, stage: Stage) -> Called:
    span = Span(stage.timeline, rule.within, event, rule.with_.side)
    later = stage.matches(rule.with_, beyond=event)
    answer = next((index for index in later if span.reach(index) is Reach.INSIDE), None)
    removal = _removal(rule, span, stage)
    if removal is not None and (answer is None or removal < answer):
        return Called(rule, event, State.REMOVED)
    if answer is not None:
        return Called(rule, event, State.MET, answer)
    unsure = any(span.reach(index) is Reach.UNKNOWN for index in later)
    return Called(rule, event, _unanswered(rule, span, stage, unsure=unsure))


def _removal(rule: Rule, span: Span, stage: Stage) -> int | None:
    """The first `unless` act that is not known to come after the window."""
    later = stage.matches(rule.unless, beyond=span.opened)
    return next((index for index in later if span.reach(index) is not Reach.OUTSIDE), None)


def _unanswered(rule: Rule, span: Span, stage: Stage, *, unsure: bool) -> State:
    if unsure:
        return State.UNTIMED
    if not span.has_passed:
        return State.OPEN if span.can_be_timed else State.UNTIMED
    return State.MISSED if stage.timeline.absence_is_known(rule.with_) else State.UNSEEN


def _open(called: list[Called], acts: tuple[str, ...]) -> Result:
    """No trigger was decided: undecided, or not observed if none was even open."""
    states = {each.state for each in called}
    evidence = triggers(dict.fromkeys(each.event for each in called), Weighs.AGAINST)
    if State.OPEN in states:
        return without(Outcome.UNDECIDED, "undecided_open", evidence, acts=acts)
    if State.UNTIMED in states:
        return without(Outcome.UNDECIDED, "undecided_untimed", evidence, acts=acts)
    return without(Outcome.NOT_OBSERVED, "not_observed_modality", evidence, acts=acts)


def _told(met: list[Called], missed: list[Called], stage: Stage) -> Result:
    answers = tuple(sorted({each.answer for each in met if each.answer is not None}))
    evidence = (
        *triggers(dict.fromkeys(each.event for each in met), Weighs.FOR),
        *triggers(dict.fromkeys(each.event for each in missed), Weighs.AGAINST),
        *credits_for(answers),
    )
    wanted = tuple(dict.fromkeys(act for each in missed for act in each.rule.with_.wanted))
    values = {
        "acts": wanted or stage.acts_of(answers),
        "met": len(met),
        "total": len(met) + len(missed),
        "events": tuple(each.event for each in missed) if missed else answers,
        "triggers": stage.acts_of(tuple(each.event for each in (missed or met))),
    }
    key = "responds_met" if not missed else "responds_partly" if met else "responds_missed"
    return worth(len(met) / (len(met) + len(missed)), Reason(key, values), evidence)
