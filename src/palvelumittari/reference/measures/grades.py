"""`grades`: which step of a scale did it reach?"""

from __future__ import annotations

import attrs

from palvelumittari.records.measure import Grade, Grades, Pick
from palvelumittari.records.selector import Selector
from palvelumittari.records.verdict import Outcome, Weighs
from palvelumittari.reference.measures.avoids import kept, occasion
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
from palvelumittari.reference.windows import Span
from palvelumittari.scoring import rating


@attrs.frozen
class Graded:
    """An event with the step (index from 0) that graded it, and what the step is worth."""

    event: int
    step: int
    worth: float


def grades(measure: Grades, stage: Stage) -> Result:
    """The worst, best or summed grade of the events that were graded and not healed."""
    opened = START
    if measure.after is not None:
        called = stage.matches(measure.after)
        if not called:
            return without(Outcome.NOT_APPLICABLE, "no_trigger", acts=measure.after.wanted)
        opened = called[0]
    everything = _graded(measure, stage, opened)
    healing = stage.timeline.matches(measure.healed)
    last_cure = healing[-1] if healing else START
    standing = [each for each in everything if each.worth >= 1 or each.event >= last_cure]
    if standing:
        return _told(measure, stage, opened, standing)
    if everything:
        events = tuple(each.event for each in everything)
        reason = Reason("avoids_healed", {"acts": stage.acts_of(events), "events": events, "cures": healing})
        return worth(1, reason, (*triggers(events, Weighs.FOR), *credits_for(healing[-1:])))
    return _nothing(measure, stage, opened)


def _graded(measure: Grades, stage: Stage, opened: int) -> list[Graded]:
    found: dict[int, Graded] = {}
    for step, grade in enumerate(measure.acts):
        for event in _events(grade, stage, opened):
            found.setdefault(event, Graded(event, step, grade.is_))
    return [found[event] for event in sorted(found)]


def _events(grade: Grade, stage: Stage, opened: int) -> tuple[int, ...]:
    return stage.matches(grade.act, while_=grade.while_, phase=grade.phase, beyond=opened)


def _told(measure: Grades, stage: Stage, opened: int, standing: list[Graded]) -> Result:
    if measure.pick is Pick.SUM:
        steps = {each.step: each.worth for each in standing}
        share, deciding = min(1.0, sum(steps.values())), standing
    else:
        choose = min if measure.pick is Pick.WORST else max
        share = choose(each.worth for each in standing)
        deciding = [each for each in standing if each.worth == share]
    events = tuple(each.event for each in deciding)
    good = rating(stage.role, share) >= 0
    credit = credits_for(events) if good else credits_against(events)
    evidence = (*triggers([opened], Weighs.FOR if good else Weighs.AGAINST), *credit)
    conditions = [measure.acts[each.step].while_ for each in deciding]
    whiles = tuple("" if condition is None else condition.text for condition in conditions)
    values = {"acts": stage.acts_of(events), "events": events, "share": share, "whiles": whiles}
    return worth(share, Reason("grades_told", values), evidence)


def _nothing(measure: Grades, stage: Stage, opened: int) -> Result:
    """No event was graded: what that is worth, if it is known and if it proves anything."""
    acts = _best(measure).wanted
    known = all(stage.timeline.absence_is_known(grade.act) for grade in measure.acts)
    if opened != START:
        return _unanswered(measure, stage, opened, known=known)
    if measure.otherwise is None:
        return without(Outcome.NOT_APPLICABLE, "no_trigger", acts=acts)
    if measure.otherwise >= 1:
        return _kept(measure, stage, known=known)
    if not stage.is_full:
        return without(Outcome.NOT_OBSERVED, "not_observed_excerpt", acts=acts)
    if not known:
        return without(Outcome.NOT_OBSERVED, "not_observed_modality", acts=acts)
    return worth(measure.otherwise, Reason("shows_missed", {"acts": acts}))


def _unanswered(measure: Grades, stage: Stage, opened: int, *, known: bool) -> Result:
    """Nothing after the trigger was graded; the absence of what is unwanted is believed in any record."""
    called = triggers([opened], Weighs.AGAINST)
    share, acts = measure.otherwise or 0.0, _best(measure).wanted
    if share < 1 and not Span(stage.timeline, None, opened, _best(measure).side).has_passed:
        return without(Outcome.UNDECIDED, "undecided_open", called, acts=acts)
    if not known:
        return without(Outcome.NOT_OBSERVED, "not_observed_modality", called, acts=acts)
    weighs = Weighs.FOR if share >= 1 else Weighs.AGAINST
    key = "avoids_kept" if share >= 1 else "shows_missed"
    return worth(share, Reason(key, {"acts": acts, "events": (opened,)}), triggers([opened], weighs))


def _kept(measure: Grades, stage: Stage, *, known: bool) -> Result:
    """Unwanted acts that never happened: as in `avoids`, with the conditions of the steps as occasions."""
    acts = tuple(dict.fromkeys(act for grade in measure.acts for act in grade.act.wanted))
    conditions = [grade.while_ for grade in measure.acts if grade.while_ is not None]
    held = next((each for each in conditions if occasion(each, attrs.evolve(stage, occasion=False))[0]), None)
    return kept(acts, held, stage, known=known)


def _best(measure: Grades) -> Selector:
    """The selector of the best step, which advice proposes."""
    return max(measure.acts, key=lambda grade: grade.is_).act
