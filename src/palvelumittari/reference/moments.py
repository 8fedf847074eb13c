"""Readings and conditions: what is true at a moment, with `None` for unknown (Kleene's three values)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.records.condition import (
    Compare,
    Comparison,
    Condition,
    Connective,
    Count,
    Join,
    Literal,
    Name,
    Node,
    Not,
    Scope,
    Seen,
    Throughout,
    Values,
)
from palvelumittari.records.encounter import Event
from palvelumittari.records.measure import Phase
from palvelumittari.records.rubric import Reading
from palvelumittari.records.verdict import Course, Step
from palvelumittari.reference.timeline import Timeline

Truth = bool | None

_COMPARE: Mapping[Comparison, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        Comparison.EQUAL: operator.eq,
        Comparison.UNEQUAL: operator.ne,
        Comparison.LESS: operator.lt,
        Comparison.AT_MOST: operator.le,
        Comparison.MORE: operator.gt,
        Comparison.AT_LEAST: operator.ge,
        Comparison.IN: lambda left, right: left in right,
        Comparison.NOT_IN: lambda left, right: left not in right,
    }
)


@attrs.frozen(kw_only=True)
class Moment:
    """A point on the timeline at which a condition is asked.

    `state` counts the events whose cues have moved the readings, `seen` those that `seen` and `count` look at;
    `phase` is that of the event in question, if any.
    """

    state: int
    seen: int
    phase: Phase | None = None


@attrs.frozen(slots=False)
class Moments:
    """A timeline with its readings, which answers conditions at any moment."""

    timeline: Timeline
    readings: tuple[Reading, ...]

    # --- readings -----------------------------------------------------------------------------------------------

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """How each reading ran."""
        return tuple(self._course(reading) for reading in self.readings)

    @cached_property
    def values(self) -> Mapping[str, tuple[float, ...]]:
        """Each reading before each event, and after the last."""
        return {course.reading: self._spread(course) for course in self.courses}

    @cached_property
    def _reading_ids(self) -> frozenset[str]:
        return frozenset(reading.id for reading in self.readings)

    def _course(self, reading: Reading) -> Course:
        usual = _clamped(reading.start, reading)
        found = self._declared_start(reading)
        start = value = usual if found is None else _clamped(found[0], reading)
        steps = []
        for index, event in enumerate(self.timeline.events):
            moved = self._moved(reading, event, value)
            if moved is not None and moved[0] != value:
                value = moved[0]
                title = self.timeline.vocabulary.title(event.act)
                steps.append(Step(index, value, moved[1], title=title, tags=event.tags))
        return Course(reading.id, reading.title, start, tuple(steps), declared=start != usual)

    def _declared_start(self, reading: Reading) -> tuple[float, frozenset[str]] | None:
        """Where the context makes a reading start, and the fields that say so; `None` if it says nothing."""
        for start in reading.starts:
            if self.holds(start.when, Moment(state=0, seen=0)):
                return start.set, start.when.names
        given = self._field(reading.from_field) if reading.from_field else None
        return None if given is None else (float(given), frozenset({reading.from_field or ""}))

    def _field(self, name: str) -> Any:
        return self.timeline.encounter.field_value(name)

    def _moved(self, reading: Reading, event: Event, value: float) -> tuple[float, str] | None:
        """The value after an event's cue and the cue's text; the first matching cue applies."""
        for cue in reading.cues:
            if self.timeline.is_match(event, cue.on):
                moved = value + cue.add if cue.add is not None else cue.set
                return _clamped(moved or 0.0, reading), cue.on.text
        return None

    def _spread(self, course: Course) -> tuple[float, ...]:
        values = [course.start]
        moves = {step.event: step.value for step in course.steps}
        for index in range(len(self.timeline.events)):
            values.append(moves.get(index, values[-1]))
        return tuple(values)

    # --- conditions ---------------------------------------------------------------------------------------------

    def throughout(self, condition: Condition) -> Truth:
        """A `when`: `seen` and `count` mean the whole record, readings stand inside ever and always."""
        last = len(self.timeline.events)
        return self._truth(condition.root, Moment(state=last, seen=last))

    def at(self, condition: Condition | None, index: int) -> bool:
        """A `while` or `until` at an event, before its own cues and counting it as seen; unknown is not true."""
        moment = Moment(state=index, seen=index + 1, phase=self.timeline.phases[index])
        return condition is None or self.holds(condition, moment)

    def after(self, condition: Condition, index: int) -> bool:
        """A `once` after an event's own cues (index -1: at the start); unknown is not true."""
        phase = self.timeline.phases[index] if index >= 0 else None
        return self.holds(condition, Moment(state=index + 1, seen=index + 1, phase=phase))

    def holds(self, condition: Condition, moment: Moment) -> bool:
        """Whether a condition is known to be true at a moment."""
        return self._truth(condition.root, moment) is True

    def missing_fields(self, condition: Condition) -> tuple[str, ...]:
        """The context fields that a condition names and nobody noted, sorted."""
        names = condition.names - {"phase"} - self._reading_ids
        return tuple(sorted(name for name in names if self._field(name) is None))

    def _truth(self, node: Node, moment: Moment) -> Truth:
        match node:
            case Join(connective=connective, inner=inner):
                truths = [self._truth(part, moment) for part in inner]
                return _all(truths) if connective is Connective.AND else _any(truths)
            case Not(inner=part):
                truth = self._truth(part, moment)
                return None if truth is None else not truth
            case Throughout(scope=scope, inner=part):
                states = [attrs.evolve(moment, state=state) for state in range(moment.state + 1)]
                truths = [self._truth(part, state) for state in states]
                return _any(truths) if scope is Scope.EVER else _all(truths)
            case Compare(left=left, comparison=comparison, right=right):
                first, second = self._value(left, moment), self._value(right, moment)
                return None if first is None or second is None else _COMPARE[comparison](first, second)
            case _:
                value = self._value(node, moment)
                return None if value is None else bool(value)

    def _value(self, node: Node, moment: Moment) -> Any:
        match node:
            case Literal(value=value):
                return value
            case Values(values=values):
                return [literal.value for literal in values]
            case Seen(selector=selector):
                return any(index < moment.seen for index in self.timeline.matches(selector))
            case Count(selector=selector):
                return sum(index < moment.seen for index in self.timeline.matches(selector))
            case Name(name="phase"):
                return moment.phase
            case Name(name=name) if name in self._reading_ids:
                return self.values[name][moment.state]
            case Name(name=name):
                return self._field(name)
            case _:
                return self._truth(node, moment)

    # --- witnesses ----------------------------------------------------------------------------------------------

    def witnesses(self, condition: Condition) -> tuple[int, ...]:
        """The events that made a true `when` true: the first match of each `seen`, the cue behind each `ever`."""
        found: set[int] = set()
        for node in condition.nodes():
            if isinstance(node, Seen | Count):
                found.update(self.timeline.matches(node.selector)[:1])
            elif isinstance(node, Throughout) and node.scope is Scope.EVER:
                found.update(self._turning_point(node.inner))
        return tuple(sorted(found))

    def _turning_point(self, inner: Node) -> tuple[int, ...]:
        last = len(self.timeline.events)
        moments = (Moment(state=state, seen=last) for state in range(last + 1))
        first = next((moment.state for moment in moments if self._truth(inner, moment)), 0)
        return (first - 1,) if first > 0 else ()

    def cues_before(self, condition: Condition, index: int) -> tuple[int, ...]:
        """The last cue before an event of each reading that a condition names."""
        named = [course for course in self.courses if course.reading in condition.names]
        lasts = [[step.event for step in course.steps if step.event < index][-1:] for course in named]
        return tuple(sorted({event for last in lasts for event in last}))

    def is_shown(self, condition: Condition, index: int) -> bool:
        """Whether anything beside the setting stands behind a condition at an event.

        That is a cue of a reading that it names, an event that one of its `seen` and `count` selects if that may be
        another's than staff's, or a field of the customer that was noted and that it or such a reading's start names.
        """
        others = (self.timeline.matches(each) for each in condition.selectors if each.reads_others)
        return (
            any(found[0] <= index for found in others if found)
            or bool(self.cues_before(condition, index))
            or any(name.startswith("customer.") and self._field(name) is not None for name in self._fields(condition))
        )

    def _fields(self, condition: Condition) -> frozenset[str]:
        """The fields that a condition names, and those that made the readings that it names start as they did."""
        starts = [self._declared_start(each) for each in self.readings if each.id in condition.names]
        return condition.names.union(*(found[1] for found in starts if found is not None))


def _clamped(value: float, reading: Reading) -> float:
    low, high = reading.range
    return min(high, max(low, round(value, 6)))


def _all(truths: Iterable[Truth]) -> Truth:
    found = list(truths)
    if False in found:
        return False
    return None if None in found else True


def _any(truths: Iterable[Truth]) -> Truth:
    found = list(truths)
    if True in found:
        return True
    return None if None in found else False
