"""Conditions in source: expressions for "is known to be true" and "is known to be false", whose third is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import attrs

from palvelumittari.compiler.program import CannotCompileError, Program
from palvelumittari.compiler.source import Source
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

_OPERATORS = {
    Comparison.EQUAL: "==",
    Comparison.UNEQUAL: "!=",
    Comparison.LESS: "<",
    Comparison.AT_MOST: "<=",
    Comparison.MORE: ">",
    Comparison.AT_LEAST: ">=",
    Comparison.IN: "in",
    Comparison.NOT_IN: "not in",
}
"""Operators as they are written in source, not as a rubric writes them."""


@attrs.define
class Moment:
    """Where a condition is asked: of the whole record, at an event (before its own cues), or after one's cues.

    `index` is the name of the local that holds the event, `None` for the whole record. `values` are expressions for
    readings that are known by another name; what is looked up on the way is remembered there.
    """

    index: str | None = None
    is_after: bool = False
    values: dict[str, str] = attrs.field(factory=dict)

    @property
    def state(self) -> str:
        """How many events have moved the readings."""
        if self.index is None:
            return "count"
        return f"{self.index} + 1" if self.is_after else self.index

    def with_values(self, values: dict[str, str]) -> Moment:
        """The same moment, with other readings."""
        return Moment(self.index, self.is_after, values)


@attrs.define
class Asking:
    """Writes what a condition needs before it can be asked, and gives the expressions that ask."""

    program: Program
    source: Source
    moment: Moment

    # --- truth --------------------------------------------------------------------------------------------------

    def true(self, node: Node) -> str:
        """An expression for: this is known to be true."""
        match node:
            case Join(connective=connective, inner=inner):
                return _joined(connective is Connective.AND, map(self.true, inner))
            case Not(inner=part):
                return self.false(part)
            case Throughout(inner=part) if not self.readings_in(part):
                return self.true(part)
            case Throughout(scope=scope, inner=part):
                return self.over_states(part, wanted=True, first_decides=scope is Scope.EVER)
            case Compare():
                return self.compared(node, holds=True)
            case Seen(selector=selector):
                return self.seen(self.program.matches(selector))
            case _:
                return self.value(node)[0]

    def false(self, node: Node) -> str:
        """An expression for: this is known to be false."""
        match node:
            case Join(connective=connective, inner=inner):
                return _joined(connective is Connective.OR, map(self.false, inner))
            case Not(inner=part):
                return self.true(part)
            case Throughout(inner=part) if not self.readings_in(part):
                return self.false(part)
            case Throughout(scope=scope, inner=part):
                return self.over_states(part, wanted=False, first_decides=scope is Scope.ALWAYS)
            case Compare():
                return self.compared(node, holds=False)
            case _:
                value, is_sure = self.value(node)
                return f"(not {value})" if is_sure else f"({value} is not None and not {value})"

    def compared(self, node: Compare, *, holds: bool) -> str:
        """A comparison of two values that are both known."""
        (left, left_sure), (right, right_sure) = self.value(node.left), self.value(node.right)
        both = [f"{value} is not None" for value, sure in ((left, left_sure), (right, right_sure)) if not sure]
        asked = f"{left} {_OPERATORS[node.comparison]} {right}"
        return _joined(True, [*both, asked if holds else f"not {asked}"])

    # --- values -------------------------------------------------------------------------------------------------

    def value(self, node: Node) -> tuple[str, bool]:
        """An expression for a value, and whether it is never `None`."""
        match node:
            case Literal(value=value):
                return self.program.constant(value), True
            case Values(values=values):
                return self.program.constant(tuple(literal.value for literal in values)), True
            case Seen(selector=selector):
                return f"(True if {self.seen(self.program.matches(selector))} else False)", True
            case Count(selector=selector):
                return self.counted(self.program.matches(selector)), True
            case Name(name="phase"):
                return self.phase()
            case Name(name=name) if self.program.is_reading(name):
                return self.reading(name), True
            case Name(name=name):
                return self.program.field(name), False
            case _:
                return f"(True if {self.true(node)} else False if {self.false(node)} else None)", False

    def seen(self, found: str) -> str:
        """Whether any event of a list was noted by now."""
        return found if self.moment.index is None else f"({found} and {found}[0] <= {self.moment.index})"

    def counted(self, found: str) -> str:
        """How many events of a list were noted by now."""
        return f"len({found})" if self.moment.index is None else f"bisect_right({found}, {self.moment.index})"

    def phase(self) -> tuple[str, bool]:
        """The phase of the event, if the moment is that of an event."""
        index = self.moment.index
        if index is None:
            return "None", False
        phases = self.program.phases()
        return (
            (f"({phases}[{index}] if {index} >= 0 else None)", False)
            if self.moment.is_after
            else (
                f"{phases}[{index}]",
                True,
            )
        )

    def reading(self, name: str) -> str:
        """A local that holds a reading at this moment."""
        if name not in self.moment.values:
            number = self.program.reading(name)
            local = self.program.fresh("r")
            place = "-1" if self.moment.index is None else f"bisect_left(a{number}, {self.moment.state})"
            self.source.line(f"{local} = v{number}[{place}]")
            self.moment.values[name] = local
        return self.moment.values[name]

    # --- ever and always ----------------------------------------------------------------------------------------

    def readings_in(self, node: Node) -> tuple[str, ...]:
        """The readings that a part names, each once."""
        names = (each.name for each in Condition("", node).nodes() if isinstance(each, Name))
        return tuple(dict.fromkeys(name for name in names if self.program.is_reading(name)))

    def over_states(self, inner: Node, *, wanted: bool, first_decides: bool) -> str:
        """A local that says whether some state (or every state) up to now makes a part true (or false)."""
        if any(isinstance(each, Throughout) for each in Condition("", inner).nodes()):
            raise CannotCompileError("an ever or always stands inside another one")
        found = self.program.fresh("h")
        self.source.line(f"{found} = {not first_decides}")
        with self.each_state(inner) as within:
            asked = within.true(inner) if wanted else within.false(inner)
            with self.source.block(f"if {asked}" if first_decides else f"if not {asked}"):
                self.source.line(f"{found} = {first_decides}")
                self.source.line("break")
        return found

    @contextmanager
    def each_state(self, inner: Node) -> Iterator[Asking]:
        """A loop over the states up to now in which the readings of a part differ."""
        names = self.readings_in(inner)
        numbers = [self.program.reading(name) for name in names]
        values = {name: self.program.fresh("r") for name in names}
        single = len(names) == 1
        loop = self._single(numbers[0]) if single else self._several(numbers)
        state = values[names[0]] if single else self.program.fresh("s")
        with self.source.block(f"for {state} in {loop}"):
            if not single:
                for name, number in zip(names, numbers, strict=True):
                    self.source.line(f"{values[name]} = v{number}[bisect_left(a{number}, {state})]")
            yield Asking(self.program, self.source, self.moment.with_values(values))

    def _single(self, number: int) -> str:
        if self.moment.index is None:
            return f"v{number}"
        return f"v{number}[: bisect_left(a{number}, {self.moment.state}) + 1]"

    def _several(self, numbers: Sequence[int]) -> str:
        return f"states_up_to({self.moment.state}, {', '.join(f'a{number}' for number in numbers)})"


def _joined(is_and: bool, parts: Iterator[str] | Sequence[str]) -> str:
    listed = list(parts)
    return listed[0] if len(listed) == 1 else f"({(' and ' if is_and else ' or ').join(listed)})"


# --- conditions as the measures ask them ------------------------------------------------------------------------


def is_true(condition: Condition, moment: Moment, program: Program, source: Source) -> str:
    """An expression for: a condition is known to be true at a moment."""
    return Asking(program, source, moment).true(condition.root)


def when_name(condition: Condition, program: Program) -> str:
    """The local that says whether a `when` is true; each is asked once."""
    if condition.text not in program.when_names:
        name = f"w{len(program.when_names)}"
        program.when_names[condition.text] = name
        program.whens.line(f"{name} = {is_true(condition, Moment(), program, program.whens)}")
    return program.when_names[condition.text]


def witnessed(condition: Condition, program: Program, source: Source) -> str:
    """An expression for: some event made a true `when` true; asked of the whole record."""
    parts = []
    for node in condition.nodes():
        if isinstance(node, Seen | Count):
            parts.append(f"{program.matches(node.selector)}")
        elif isinstance(node, Throughout) and node.scope is Scope.EVER:
            parts.extend(_turned(node.inner, program, source))
    return _joined(False, parts) if parts else "False"


def _turned(inner: Node, program: Program, source: Source) -> list[str]:
    """A local that says whether a part of an `ever` became true by a cue, not at the start."""
    asking = Asking(program, source, Moment())
    if not asking.readings_in(inner):
        return []
    found, started = program.fresh("h"), program.fresh("h")
    source.line(f"{found} = False")
    source.line(f"{started} = True")
    with asking.each_state(inner) as within:
        with source.block(f"if {within.true(inner)}"):
            source.line(f"{found} = not {started}")
            source.line("break")
        source.line(f"{started} = False")
    return [found]


# --- changes ----------------------------------------------------------------------------------------------------


def dependencies(condition: Condition, program: Program) -> tuple[str, str]:
    """What may change a condition: the lists of events that move its readings, and those of other events."""
    asking = Asking(program, Source(), Moment())
    moved = [f"a{program.reading(name)}" for name in asking.readings_in(condition.root)]
    others = [program.matches(selector) for selector in condition.selectors]
    if "phase" in condition.names:
        others.append(f"phase_changes({program.phases()})")
    return _tuple(moved), _tuple(others)


def only_reading(condition: Condition, program: Program) -> str | None:
    """The one reading that a condition rests on beside fields, so that each of its values is asked but once."""
    if condition.selectors or "phase" in condition.names:
        return None
    if any(isinstance(node, Throughout) for node in condition.nodes()):
        return None
    names = [name for name in condition.names if program.is_reading(name)]
    return names[0] if len(names) == 1 else None


def _tuple(items: Sequence[str]) -> str:
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
