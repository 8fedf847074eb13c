"""Windows in source: whether an event is still inside one, and whether one has passed."""

from __future__ import annotations

import attrs

from palvelumittari.compiler.emit.criterion import Judging
from palvelumittari.records.encounter import Side
from palvelumittari.records.measure import Window

START = "-1"
"""The start of the record, where the name of an event's index is wanted."""


@attrs.define
class Span:
    """A window opened by the event whose index the local `opened` holds, in which `side` is awaited.

    `left` holds the event at which the customer leaves after that, or how many events there are; `end` the last event
    of the n-th turn in the same way; `start` the time at which the window opened.
    """

    judging: Judging
    window: Window | None
    opened: str
    side: Side
    left: str = attrs.field(init=False, default="")
    end: str = attrs.field(init=False, default="")
    start: str = attrs.field(init=False, default="")

    def write(self) -> Span:
        """Write what the questions below rest on."""
        program, source = self.judging.program, self.judging.source
        self.left = program.fresh("q")
        source.line(f"{self.left} = next_after({program.leavings}, {self.opened}, count)")
        if self.turns is not None:
            self.end, who = program.fresh("q"), program.runs(self.side)
            turns = program.constant(self.turns)
            source.line(f"{self.end} = turn_end(turns_{who}, ends_{who}, {self.opened}, {turns}, count)")
        if self.within_ms is not None:
            self.start = program.fresh("t")
            source.line(f"{self.start} = {self.time_of(self.opened)}")
        return self

    @property
    def turns(self) -> int | None:
        """How many turns the window lasts."""
        return self.window.turns if self.window is not None else None

    @property
    def within_ms(self) -> int | None:
        """How long the window lasts."""
        return self.window.within_ms if self.window is not None else None

    def time_of(self, index: str) -> str:
        """When an event began; the start of the record is 0. Only the opening may be the start."""
        if index == START:
            return "0"
        at_ms = self.judging.program.layout.at_ms(f"events[{index}]")
        return f"(0 if {index} < 0 else {at_ms})" if index == self.opened else at_ms

    def place(self, index: str) -> tuple[str, str]:
        """Expressions for: an event after the opening lies inside; nobody can tell whether it does."""
        inside = f"{index} <= {self.left}"
        if self.window is None:
            return inside, "False"
        if self.within_ms is None:
            return f"({inside} and {index} <= {self.end})", "False"
        time = self.judging.program.fresh("t")
        self.judging.source.line(f"{time} = {self.time_of(index)}")
        timed = f"{self.start} is not None and {time} is not None"
        soon = f"{time} - {self.start} <= {self.judging.constant(self.within_ms)}"
        if self.turns is None:
            return f"({inside} and {timed} and {soon})", f"({inside} and not ({timed}))"
        return f"({inside} and ({soon} if {timed} else {index} <= {self.end}))", "False"

    def first(self, indices: str) -> tuple[str, str]:
        """A local with the first of some events after the opening, and an expression for: it is one, and inside.

        For windows without seconds alone: where the first event lies outside them, all later ones do.
        """
        found = self.judging.program.fresh("i")
        self.judging.source.line(f"{found} = next_after({indices}, {self.opened}, count)")
        return found, f"({found} < count and {self.place(found)[0]})"

    @property
    def closed(self) -> str:
        """Whether the customer's leaving or the end of a full record closes the window."""
        return f"(is_full or {self.left} < count)"

    def passed(self) -> str:
        """An expression for: the window is over, so that what did not come in it was missed."""
        source, found = self.judging.source, self.judging.program.fresh("h")
        by_turns = f"{self.end} < count" if self.turns is not None else "False"
        if self.within_ms is None:
            return self.closed if self.turns is None else f"(is_full or {self.left} < count or {by_turns})"
        source.line(f"{found} = {self.closed}")
        with source.block(f"if not {found}"):
            self._passed_by_time(found, by_turns)
        return found

    def _passed_by_time(self, found: str, by_turns: str) -> None:
        source, program = self.judging.source, self.judging.program
        latest, index = program.fresh("t"), program.fresh("i")
        source.line(f"{latest} = {program.layout.ends_ms}")
        later = f"range(count - 1, {self.opened}, -1)"
        with source.block(f"if {latest} is None"), source.block(f"for {index} in {later}"):
            source.line(f"{latest} = {program.layout.at_ms(f'events[{index}]')}")
            with source.block(f"if {latest} is not None"):
                source.line("break")
        timed = f"{self.start} is not None and {latest} is not None"
        late = f"{latest} - {self.start} > {self.judging.constant(self.within_ms)}"
        source.line(f"{found} = ({late}) if {timed} else {by_turns}")
