"""What the cases of a rubric must show of each criterion, derived from the criterion itself.

Three kinds of finding are demanded, each in one case at least:

- **met**: judged, and as good as the criterion can be. A success without an occasion is not judged; it is enough only
  where there can be no other.
- **missed**: judged, and as bad as the criterion can be. Mostly that is a fulfilment of 0. It is more where the rubric
  says what an omission is worth (`otherwise`), where no step of a scale is worth 0, and a quarter for a linear `shows`
  or `precedes` without a trigger. A criterion whose best is its worst can never be missed: it stays wanting.
- **aside**: the criterion has no say. What that means is the strictest that it can come to: `not_applicable` where it
  has a `when` or waits for something (a trigger); else `excused` where a situation excuses; else met without an
  occasion, where it asks that something stays away; else `not_observed`. That another criterion judges in its place
  does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

import attrs

from palvelumittari.reading.term_checks import reads_customer
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import (
    Avoids,
    Calls,
    Ceases,
    Grades,
    Measure,
    Pick,
    Precedes,
    Prompt,
    Responds,
    Shows,
    with_changes,
)
from palvelumittari.records.rubric import Criterion, Reading, Role, Situation
from palvelumittari.records.verdict import Outcome
from palvelumittari.reference.stage import OMISSION_FLOOR
from palvelumittari.scoring import Settled

_AWAITING = (Responds, Ceases, Precedes, Prompt, Calls)
"""Measures that say nothing until something calls for them; a plugin's function may always say nothing."""


class Kind(StrEnum):
    """What the cases must show of a criterion."""

    MET = "met"
    MISSED = "missed"
    ASIDE = "aside"


class Aside(StrEnum):
    """How a criterion comes to have no say, the strictest first."""

    NOT_APPLICABLE = "not_applicable"
    EXCUSED = "excused"
    NO_OCCASION = "no_occasion"
    NOT_OBSERVED = "not_observed"


@attrs.frozen(kw_only=True)
class Demands:
    """What a criterion can come to: its `best` and `worst` fulfilment in [0, 1], and how it may have no say.

    `on_occasion` says that it can be met on an occasion, so that a success without one is not enough.
    """

    best: float
    worst: float
    on_occasion: bool
    aside: Aside

    def shown_by(self, settled: Settled) -> Iterator[Kind]:
        """The kinds that a finding on the criterion shows."""
        if self._is_met(settled):
            yield Kind.MET
        if _is_judged(settled) and self.worst < self.best and (settled.fulfilment or 0.0) <= self.worst:
            yield Kind.MISSED
        if self._is_aside(settled):
            yield Kind.ASIDE

    def _is_met(self, settled: Settled) -> bool:
        if _is_judged(settled):
            return settled.fulfilment is not None and settled.fulfilment >= self.best
        return not self.on_occasion and _is_vacuous(settled)

    def _is_aside(self, settled: Settled) -> bool:
        if self.aside is Aside.NO_OCCASION:
            return _is_vacuous(settled)
        return settled.judged_by is None and settled.outcome.value == self.aside.value


def demands_of(criterion: Criterion, readings: Mapping[str, Reading]) -> Demands:
    """What the cases must show of a criterion; `readings` are those of its rubric."""
    variants = tuple(_variants(criterion))
    on_occasion = any(_may_have_occasion(each, readings) for each in variants)
    return Demands(
        best=max(_best(each.measure) for each in variants),
        worst=min(_worst(each.measure, each.role) for each in variants),
        on_occasion=on_occasion,
        aside=_aside(criterion, variants, on_occasion=on_occasion),
    )


def _is_judged(settled: Settled) -> bool:
    return settled.judged and settled.judged_by is None


def _is_vacuous(settled: Settled) -> bool:
    return settled.outcome is Outcome.MET and not settled.judged


def _variants(criterion: Criterion) -> Iterator[Criterion]:
    """The criterion as it stands, and as each of its situations makes it."""
    yield criterion
    for situation in criterion.situations:
        measure = with_changes(criterion.measure, situation.measure)
        yield attrs.evolve(criterion, measure=measure, **situation.criterion)


# --- how good and how bad ---------------------------------------------------------------------------------------


def _best(measure: Measure) -> float:
    if not isinstance(measure, Grades) or measure.healed is not None:
        return 1.0
    steps = [step.is_ for step in measure.acts]
    reached = min(1.0, round(sum(steps), 9)) if measure.pick is Pick.SUM else max(steps)
    return max(reached, measure.otherwise or 0.0)


def _worst(measure: Measure, role: Role) -> float:
    match measure:
        case Shows() | Precedes():
            awaits = isinstance(measure, Shows) and measure.after is not None
            return _omitted(measure.otherwise, OMISSION_FLOOR if role is Role.LINEAR and not awaits else 0.0)
        case Grades():
            nothing = _omitted(measure.otherwise, 0.0 if measure.after is not None else 1.0)
            return min(nothing, *(step.is_ for step in measure.acts), 1.0)
        case _:
            return 0.0


def _omitted(otherwise: float | None, usual: float) -> float:
    return usual if otherwise is None else otherwise


# --- occasions, and no say --------------------------------------------------------------------------------------


def _may_have_occasion(criterion: Criterion, readings: Mapping[str, Reading]) -> bool:
    """Whether a success of the criterion can rest on something that happened."""
    measure = criterion.measure
    if not _waits_for_nothing(measure):
        return True
    if isinstance(measure, Avoids):
        shown = measure.healed is not None or measure.allow > 0
        conditions = [measure.while_]
    else:
        assert isinstance(measure, Grades)  # for the type checker: no other measure waits for nothing
        shown = measure.healed is not None or any(step.is_ >= 1 for step in measure.acts)
        conditions = [step.while_ for step in measure.acts]
    told = [*conditions, criterion.when, *(each.when for each in criterion.situations)]
    return shown or any(_tells(each, readings) for each in told)


def _tells(condition: Condition | None, readings: Mapping[str, Reading]) -> bool:
    return condition is not None and reads_customer(condition, readings)


def _waits_for_nothing(measure: Measure) -> bool:
    """Whether the measure asks that something stays away, so that it can be met though nothing happened."""
    is_kept = isinstance(measure, Grades) and measure.after is None and (measure.otherwise or 0.0) >= 1
    return is_kept or isinstance(measure, Avoids)


def _aside(criterion: Criterion, variants: tuple[Criterion, ...], *, on_occasion: bool) -> Aside:
    if criterion.when is not None or any(_awaits(each.measure) for each in variants):
        return Aside.NOT_APPLICABLE
    if any(_excuses(each) for each in criterion.situations):
        return Aside.EXCUSED
    keeps_away = any(_waits_for_nothing(each.measure) for each in variants)
    return Aside.NO_OCCASION if keeps_away and on_occasion else Aside.NOT_OBSERVED


def _awaits(measure: Measure) -> bool:
    if isinstance(measure, Shows):
        return measure.after is not None
    if isinstance(measure, Grades):
        return measure.after is not None or measure.otherwise is None
    return isinstance(measure, _AWAITING)


def _excuses(situation: Situation) -> bool:
    return situation.excuse is True
