"""One criterion in the making: the names that hold what becomes of it, and what its measure may ask for."""

from __future__ import annotations

import attrs

from palvelumittari.compiler.emit.conditions import Moment, dependencies, is_true, only_reading, witnessed
from palvelumittari.compiler.program import Program
from palvelumittari.compiler.source import Source
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Phase
from palvelumittari.records.rubric import Role
from palvelumittari.records.selector import Selector

OMISSION_FLOOR = 0.25
"""What an untriggered linear act that was left out is worth, as the rubric language says."""

NOT_APPLICABLE, NOT_OBSERVED, UNDECIDED, ERROR = 0, 1, 2, 3
"""Codes of the outcomes without a fulfilment."""


@attrs.frozen(kw_only=True)
class Telling:
    """A condition that reads the customer and was true: a `when`, or that of a situation (`flag` says whether)."""

    condition: Condition
    flag: str | None = None


@attrs.frozen(kw_only=True)
class Judging:
    """Where the code of one criterion's measure is written.

    `number` is the criterion's place in the rubric. In the generated function `o3` holds the code of an outcome
    without a fulfilment, `x3` the fulfilment, `e3` whether an event is cited, `u3` whether there was no occasion.
    """

    program: Program
    source: Source
    number: int
    role: Role
    telling: tuple[Telling, ...] = ()

    # --- results ------------------------------------------------------------------------------------------------

    def without(self, code: int, *, cites: str | bool = False) -> None:
        """The result: no fulfilment."""
        if code != NOT_APPLICABLE:
            self.source.line(f"o{self.number} = {code}")
        self._cites(cites)

    def worth(self, share: str, *, cites: str | bool = True) -> None:
        """The result: a fulfilment that is known to lie in [0, 1], rounded as the reference rounds it."""
        self.source.line(f"x{self.number} = {share}")
        self._cites(cites)

    def _cites(self, cites: str | bool) -> None:
        if cites is not False:
            self.source.line(f"e{self.number} = {cites}")

    def constant(self, value: object) -> str:
        """The name of a constant."""
        return self.program.constant(value)

    def share(self, value: float) -> str:
        """The name of a fulfilment that the rubric gives."""
        return self.constant(min(1.0, max(0.0, round(value, 9))))

    def omission_floor(self, otherwise: float | None, *, is_triggered: bool) -> float:
        """The least an untriggered wanted act is worth: `otherwise`, or a quarter for a linear criterion."""
        if otherwise is not None:
            return otherwise
        return OMISSION_FLOOR if self.role is Role.LINEAR and not is_triggered else 0.0

    # --- events -------------------------------------------------------------------------------------------------

    def matches(
        self,
        selector: Selector | None,
        *,
        while_: Condition | None = None,
        phase: tuple[Phase, ...] = (),
        beyond: str | None = None,
    ) -> str:
        """The list of the events after `beyond` that match, while a condition holds, in one of the phases."""
        found = self.program.matches(selector)
        if while_ is None and not phase and beyond is None:
            return found
        name, index = self.program.fresh("l"), self.program.fresh("i")
        self.source.line(f"{name} = []")
        with self.source.block(f"for {index} in {found}"):
            tests = [f"{index} > {beyond}"] if beyond is not None else []
            if phase:
                tests.append(f"{self.program.phases()}[{index}] in {self.constant(phase)}")
            if while_ is not None:
                tests.append(is_true(while_, Moment(index), self.program, self.source))
            with self.source.block(f"if {' and '.join(tests)}"):
                self.source.line(f"{name}.append({index})")
        return name

    # --- occasions ----------------------------------------------------------------------------------------------

    def kept(self, while_: tuple[Condition, ...], known: str) -> None:
        """The success of what never happened: judged only if there was an occasion, believed only if it would show."""
        with self.source.block(f"if not {known}"):
            self.without(NOT_OBSERVED)
        with self.source.block("else"):
            self.source.line(f"x{self.number} = 1.0")
            self._occasion(list(while_))

    def _occasion(self, conditions: list[Condition]) -> None:
        """The first condition that held with something shown behind it gives the occasion, else what is telling."""
        if not conditions:
            return self._told()
        held = held_and_shown(conditions[0], self.program, self.source)
        with self.source.block(f"if {held}"):
            self._cites(f"{held} == 2")
        with self.source.block("else"):
            self._occasion(conditions[1:])
        return None

    def _told(self) -> None:
        if not self.telling:
            self.source.line(f"u{self.number} = True")
            return
        flags = [each.flag for each in self.telling]
        if None not in flags:
            self.source.line(f"u{self.number} = not ({' or '.join(map(str, flags))})")
        seen = self.program.fresh("h")
        self.source.line(f"{seen} = False")
        for each in self.telling:
            with self.source.block(f"if {each.flag or True}"):
                found = witnessed(each.condition, self.program, self.source)
                self.source.line(f"{seen} = {seen} or bool({found})")
        self._cites(seen)


def held_and_shown(condition: Condition, program: Program, source: Source) -> str:
    """A local: 0 if no event found a condition true with something shown behind it, 2 if a cue came before, else 1."""
    only = only_reading(condition, program)
    if only is not None:
        return _held_by(only, condition, program, source)
    held, index = program.fresh("h"), program.fresh("i")
    source.line(f"{held} = 0")
    cues = [f"a{program.reading(name)}" for name in sorted(condition.names) if program.is_reading(name)]
    others = [program.matches(each) for each in condition.selectors if each.reads_others]
    noted = _customer_noted(condition, program)
    moved, points = dependencies(condition, program)
    if not (cues or others or noted):
        return held
    cued = [f"({each} and {each}[0] < {index})" for each in cues]
    shown = [*noted, *cued, *(f"({each} and {each}[0] <= {index})" for each in others)]
    found = f"points_at(count, {moved}, {points}) if {' or '.join([*cues, *others, *noted])} else ()"
    with source.picking(index, found, " or ".join(shown)):
        asked = is_true(condition, Moment(index), program, source)
        with source.block(f"if {asked}"):
            source.line(f"{held} = 2 if {' or '.join(cued) or 'False'} else 1")
            source.line("break")
    return held


def _held_by(reading: str, condition: Condition, program: Program, source: Source) -> str:
    """The same for a condition on one reading and on fields: asked at its start and after each of its cues."""
    held, index, value, number = program.fresh("h"), program.fresh("i"), program.fresh("r"), program.reading(reading)
    source.line(f"{held} = 0")
    noted = " or ".join(_customer_noted(condition, program))
    source.line(f"{value} = v{number}[0]")
    asked = is_true(condition, Moment(index, values={reading: value}), program, source)
    with source.block(f"if ({noted}) and {asked}"):
        source.line(f"{held} = 1")
    pairs, changes = f"{index}, {value}", f"zip(a{number}, v{number}[1:])"
    with source.block(f"elif a{number}"), source.picking(pairs, changes, f"{index} + 1 < count and {asked}"):
        source.line(f"{held} = 2")
        source.line("break")
    return held


def _customer_noted(condition: Condition, program: Program) -> list[str]:
    """Expressions for: a field of the customer was noted that the condition, or the start of its readings, names."""
    names = sorted(condition.names)
    noted = [f"{program.field(name)} is not None" for name in names if name.startswith("customer.")]
    readings = [program.reading(name) for name in names if program.is_reading(name)]
    return [*noted, *(f"z{number}" for number in readings)]
