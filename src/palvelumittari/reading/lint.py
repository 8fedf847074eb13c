"""Linters: what a rubric may say, but should think twice about. All are warnings with a reason and a remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from palvelumittari.reading.parts import selectors_of
from palvelumittari.reading.structure import Path
from palvelumittari.reading.term_checks import reads_customer, reads_staff
from palvelumittari.reading.terms import Terms
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Calls, Grades, Measure, Precedes, Prompt, Responds, Shows, measure_name
from palvelumittari.records.rubric import Criterion, Role
from palvelumittari.records.selector import Selector
from palvelumittari.words.errors import Problem, Severity

Found = Iterator[tuple[Path, Problem]]
POSITIVE = frozenset({Role.LINEAR, Role.BONUS})
"""The roles in which succeeding earns points."""


def lint_criterion(criterion: Criterion, terms: Terms) -> Found:
    """Doubts about one criterion by itself."""
    yield from _staff_in_when(criterion, terms)
    yield from _free_points(criterion, terms)


def _doubt(what: str, hint: str) -> Problem:
    return Problem(what, hint=hint, severity=Severity.WARNING)


def _staff_in_when(criterion: Criterion, terms: Terms) -> Found:
    conditions: list[tuple[Path, Condition]] = [(("when",), criterion.when)] if criterion.when else []
    conditions += [(("situation", index, "when"), each.when) for index, each in enumerate(criterion.situations)]
    for path, condition in conditions:
        if reads_staff(condition, terms.readings):
            what = "this `when` reads what staff did, so that doing more could lower the score"
            yield path, _doubt(what, "ask for a cue of the customer, or move the act into the measure")


def _free_points(criterion: Criterion, terms: Terms) -> Found:
    if criterion.role not in POSITIVE or criterion.free or has_cue(criterion, terms):
        return
    what = "points can be earned here without any cue of the customer"
    hint = "add `when`, `while` or `after` with a cue, or say free = true if that is meant"
    yield (measure_name(criterion.measure),), _doubt(what, hint)


def has_cue(criterion: Criterion, terms: Terms) -> bool:
    """Whether a criterion can only be earned once the customer, a bystander or the system gave an occasion."""
    if criterion.when is not None and reads_customer(criterion.when, terms.readings):
        return True
    return all(_cued(condition, trigger, terms) for condition, trigger in _earning(criterion.measure))


def _cued(condition: Condition | None, trigger: Selector | None, terms: Terms) -> bool:
    by_trigger = trigger is not None and not trigger.reads_staff
    return by_trigger or (condition is not None and reads_customer(condition, terms.readings))


def _earning(measure: Measure) -> Iterator[tuple[Condition | None, Selector | None]]:
    """The condition and the trigger of every way in which staff acts can earn points."""
    match measure:
        case Shows():
            yield measure.while_, measure.after
        case Responds():
            yield from ((None, rule.after) for rule in measure.rules)
        case Prompt():
            yield None, measure.after
        case Precedes():
            yield None, measure.act
        case Grades():
            yield from ((grade.while_, measure.after) for grade in measure.acts if grade.is_ > 0)
        case Calls():
            return


def lint_together(criteria: Sequence[Criterion], terms: Terms) -> Iterator[tuple[str, Problem]]:
    """Doubts about criteria side by side: one that judges the same as another, by its id."""
    judged = [(criterion, _judged(criterion, terms)) for criterion in criteria]
    for (first, by_first), (second, by_second) in combinations(judged, 2):
        related = first.id in second.refines or second.id in first.refines
        if by_first == by_second and not related:
            what = f"this criterion judges the same as `{first.id}`"
            yield second.id, _doubt(what, "merge them, or let one refine the other")


def _judged(criterion: Criterion, terms: Terms) -> object:
    """What a criterion looks at: its measure, the acts it selects with their tags, and when it applies."""
    selected = frozenset(
        (alternative.actors, terms.vocabulary.any_of(alternative.act), alternative.tags, alternative.without)
        for selector in selectors_of(criterion.measure)
        for alternative in selector.alternatives
    )
    negative = criterion.role in (Role.MUST, Role.PENALTY)
    options = criterion.measure if isinstance(criterion.measure, Calls) else None
    when = criterion.when.text if criterion.when else None
    return (measure_name(criterion.measure), selected, when, negative, options)
