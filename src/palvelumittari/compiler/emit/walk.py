"""The walk in source: one pass over the events, which fills the lists and moves the readings."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

import attrs

from palvelumittari.compiler.program import Program
from palvelumittari.compiler.source import Source
from palvelumittari.compiler.tapes import ALWAYS, TURN_CODES, Kind, Test, codes_of, tape_of, tests_by_kind
from palvelumittari.records.rubric import Cue, Reading

Tests = tuple[Test, ...]
Heard = tuple[int, int, Tests]
"""A reading, one of its cues, and the tests by which an event of a class is one."""


@attrs.frozen
class Handled:
    """What is done with all events of one class: lists that gather them, unlooked at or not, and cues they may be."""

    gathers: tuple[int, ...] = ()
    tested: tuple[tuple[int, Tests], ...] = ()
    hears: tuple[Heard, ...] = ()

    @property
    def special(self) -> Special:
        """What takes more than a look into a table."""
        return self.tested, self.hears


Special = tuple[tuple[tuple[int, Tests], ...], tuple[Heard, ...]]
"""What is written out for some classes: tested gatherings, and cues."""


def emit_walk(program: Program, source: Source) -> None:
    """Write the walk over the events; `codes` lists what kind of event each is."""
    kinds = _handling(program)
    classes = _numbered(kinds.values())
    table = codes_of(program.vocabulary, {kind: classes[handled] for kind, handled in kinds.items()})
    codes = program.constants.add(table)
    by, act = program.layout.by("event"), program.layout.act("event")
    source.line(f"codes = [{codes}[{by}][{act}] for event in events]")
    if not classes:
        return
    gathers = program.constant(((), *(handled.gathers for handled in classes)))
    firsts: dict[Special, int] = {}
    for handled, number in classes.items():
        firsts.setdefault(handled.special, number * TURN_CODES)
    firsts.pop(((), ()), None)
    with source.block("for i, code in enumerate(codes)"):
        with source.block(f"for place in {gathers}[code >> {TURN_CODES.bit_length() - 1}]"):
            source.line("lists[place].append(i)")
        if firsts:
            with source.block(f"if code >= {min(firsts.values())}"):
                _emit_tree(list(firsts.items()), _Leaf(program, source))


def _numbered(handled: Iterable[Handled]) -> Mapping[Handled, int]:
    """A number from 1 for each class, those with the same special treatment side by side, those without first."""
    by_special: dict[Special, list[Handled]] = {((), ()): []}
    for each in dict.fromkeys(handled):
        by_special.setdefault(each.special, []).append(each)
    together = (each for alike in by_special.values() for each in alike)
    return {each: number for number, each in enumerate(together, start=1)}


def _handling(program: Program) -> Mapping[Kind, Handled]:
    """What is done with each kind of event that concerns the rubric."""
    gathers: dict[Kind, list[tuple[int, Tests]]] = {}
    hears: dict[Kind, list[Heard]] = {}
    for place, tape in enumerate(program.tapes):
        for kind, tests in tests_by_kind(tape).items():
            gathers.setdefault(kind, []).append((place, tests))
    for name, number in program.readings.items():
        for cue_place, cue in enumerate(program.rubric.readings[name].cues):
            for kind, tests in tests_by_kind(tape_of(cue.on, program.vocabulary)).items():
                before = hears.setdefault(kind, [])
                if (ALWAYS,) not in [earlier for reading, _, earlier in before if reading == number]:
                    before.append((number, cue_place, tests))
    return {kind: _handled(gathers.get(kind, ()), hears.get(kind, ())) for kind in sorted({*gathers, *hears})}


def _handled(gathers: Sequence[tuple[int, Tests]], hears: Sequence[Heard]) -> Handled:
    plain = tuple(place for place, tests in gathers if tests == (ALWAYS,))
    return Handled(plain, tuple(each for each in gathers if each[0] not in plain), tuple(hears))


def _emit_tree(specials: Sequence[tuple[Special, int]], leaf: _Leaf) -> None:
    """Write which special treatment an event gets, by halving; each has the code from which on it is the one."""
    if len(specials) == 1:
        leaf.write(*specials[0][0])
        return
    half = len(specials) // 2
    with leaf.source.block(f"if code < {specials[half][1]}"):
        _emit_tree(specials[:half], leaf)
    with leaf.source.block("else"):
        _emit_tree(specials[half:], leaf)


@attrs.frozen
class _Leaf:
    program: Program
    source: Source

    def write(self, tested: Sequence[tuple[int, Tests]], hears: Sequence[Heard]) -> None:
        """Write what is done with the events of some classes beside gathering them."""
        if any(test.tags or test.without for test in _tests_of(tested, hears)):
            self.source.line(f"tags = {self.program.layout.tags('events[i]')}")
        if any(test.to is not None for test in _tests_of(tested, hears)):
            self.source.line(f"to = {self.program.layout.to('events[i]')}")
        for place, tests in tested:
            with self.source.block(f"if {self._passes(tests)}"):
                self.source.line(f"m{place}.append(i)")
        for number in dict.fromkeys(number for number, _, _ in hears):
            self._hear(number, [(cue, tests) for reading, cue, tests in hears if reading == number])

    def _hear(self, number: int, cues: Sequence[tuple[int, Tests]]) -> None:
        """The first matching cue applies."""
        reading = self.program.rubric.readings[list(self.program.readings)[number]]
        head = "if"
        for place, tests in cues:
            if tests == (ALWAYS,) and head == "if":
                self._move(number, reading, reading.cues[place])
                return
            with self.source.block("else" if tests == (ALWAYS,) else f"{head} {self._passes(tests)}"):
                self._move(number, reading, reading.cues[place])
            head = "elif"

    def _move(self, number: int, reading: Reading, cue: Cue) -> None:
        low, high = reading.range
        constant = self.program.constant
        moved = self.program.fresh("n")
        if cue.add is None:
            set_to = min(high, max(low, round(cue.set or 0.0, 6)))
            self.source.line(f"{moved} = {constant(set_to)}")
        else:
            summed = f"round(v{number}[-1] + {constant(cue.add)}, 6)"
            self.source.line(f"{moved} = min({constant(high)}, max({constant(low)}, {summed}))")
        with self.source.block(f"if {moved} != v{number}[-1]"):
            self.source.line(f"v{number}.append({moved})")
            self.source.line(f"a{number}.append(i)")

    def _passes(self, tests: Tests) -> str:
        return " or ".join(map(self._pass, tests))

    def _pass(self, test: Test) -> str:
        parts = [f"{self._constant(tag)} in tags" for tag in test.tags]
        parts += [f"{self._constant(tag)} not in tags" for tag in test.without]
        if test.to is not None:
            named = f"to in {self._constant(test.to)}"
            parts.append(f"(to is None or {named})" if test.by_default else named)
        return f"({' and '.join(parts)})"

    def _constant(self, value: Hashable) -> str:
        return self.program.constant(value)


def _tests_of(tested: Sequence[tuple[int, Tests]], hears: Sequence[Heard]) -> Iterator[Test]:
    for _, tests in tested:
        yield from tests
    for _, _, tests in hears:
        yield from tests
