"""Parts of a measure that no case has exercised: steps of a scale, rules of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from palvelumittari.authoring.played import Played
from palvelumittari.records.measure import Grades, Responds
from palvelumittari.records.rubric import Criterion
from palvelumittari.records.selector import Selector
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference.moments import Moments
from palvelumittari.reference.stage import Stage
from palvelumittari.reference.timeline import Timeline
from palvelumittari.words.frozen import FrozenMap


@attrs.frozen(kw_only=True)
class UnusedPart:
    """A step of `grades` that graded no event of any case, or a rule of `responds` that none triggered.

    `number` counts from 1; `acts` are those of the step, or those that trigger the rule. `name` is the key in the file.
    """

    criterion: str
    name: str
    number: int
    acts: Selector


def unused_parts(
    criteria: Iterable[Criterion], played: Sequence[Played], vocabulary: Vocabulary
) -> Iterator[UnusedPart]:
    """The steps and rules of some criteria, as they stand outside their situations, that nothing has exercised."""
    stages = [_stage(each, vocabulary) for each in played]
    for criterion in criteria:
        used = {number for stage in stages for number in _used(criterion, stage)}
        for number, (name, acts) in enumerate(_parts(criterion), start=1):
            if number not in used:
                yield UnusedPart(criterion=criterion.id, name=name, number=number, acts=acts)


def _parts(criterion: Criterion) -> list[tuple[str, Selector]]:
    match criterion.measure:
        case Grades(acts=steps):
            return [("acts", step.act) for step in steps]
        case Responds(rules=rules):
            return [("rules", rule.after) for rule in rules]
        case _:
            return []


def _stage(played: Played, vocabulary: Vocabulary) -> tuple[Played, Moments]:
    readings = tuple(played.rubric.readings.values())
    return played, Moments(Timeline(played.case.encounter, vocabulary), readings)


def _used(criterion: Criterion, stage: tuple[Played, Moments]) -> Iterator[int]:
    """The parts by number that an encounter exercises, if the criterion applies to it."""
    played, moments = stage
    if played.settled_on(criterion.id) is None or not _applies(criterion, moments):
        return
    asked = Stage(moments=moments, role=criterion.role, functions=FrozenMap())
    match criterion.measure:
        case Grades() as measure:
            yield from _graded(measure, asked)
        case Responds(rules=rules):
            yield from (number for number, rule in enumerate(rules, start=1) if asked.matches(rule.after))
        case _:
            return


def _applies(criterion: Criterion, moments: Moments) -> bool:
    return criterion.when is None or moments.throughout(criterion.when) is True


def _graded(measure: Grades, stage: Stage) -> Iterator[int]:
    """The steps that grade an event: of several that match it the first."""
    opened = -1
    if measure.after is not None:
        called = stage.matches(measure.after)
        if not called:
            return
        opened = called[0]
    taken: set[int] = set()
    for number, step in enumerate(measure.acts, start=1):
        events = set(stage.matches(step.act, while_=step.while_, phase=step.phase, beyond=opened)) - taken
        taken |= events
        if events:
            yield number
