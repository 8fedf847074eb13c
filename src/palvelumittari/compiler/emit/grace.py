"""The grace of `ceases` in source: how long after a trigger the act may still go on."""

from __future__ import annotations

import attrs

from palvelumittari.compiler.emit.criterion import Judging
from palvelumittari.compiler.emit.spans import Span
from palvelumittari.records.measure import Ceases, Window


@attrs.define
class Grace:
    """Until the n-th own run after a trigger begins, or for some seconds; a speechless run counts as a turn here.

    `begins` holds where that run begins, or how many events there are; it is empty where only seconds count.
    """

    measure: Ceases
    judging: Judging
    opened: str
    span: Span = attrs.field(init=False)
    begins: str = attrs.field(init=False, default="")

    def __attrs_post_init__(self) -> None:
        within_ms = self.measure.within.within_ms
        window = Window(within_ms, None) if within_ms is not None else None
        self.span = Span(self.judging, window, self.opened, self.measure.act.side)

    def write(self) -> Grace:
        """Write what the questions below rest on."""
        self.span.write()
        if self.measure.within.turns is not None:
            program, self.begins = self.judging.program, self.judging.program.fresh("q")
            who, turns = program.runs(self.span.side), program.constant(self.measure.within.turns)
            run = f"run_start(own_{who}, firsts_{who}, lasts_{who}, {self.opened}, {turns}, count)"
            self.judging.source.line(f"{self.begins} = {run}")
        return self

    def is_over(self, index: str) -> tuple[str, str]:
        """Expressions for: the act should be gone at an event that the customer sees; times are missing to tell."""
        inside, unknown = self.span.place(index)
        by_runs = f"{index} >= {self.begins}" if self.begins else "False"
        return f"({by_runs} if {unknown} else not {inside})", "" if self.begins else unknown

    def breached(self, acts: str, last: str) -> tuple[str, str]:
        """Expressions for: an act up to an event came too late; nobody can tell whether one did (empty: never so)."""
        source, fresh = self.judging.source, self.judging.program.fresh
        if self.span.window is None:
            return f"next_after({acts}, {self.begins} - 1, count) <= {last}", ""
        breach, unsure, index = fresh("h"), fresh("h"), fresh("i")
        source.line(f"{breach} = {unsure} = False")
        with source.picking(index, acts, f"{self.opened} < {index} <= {last}"):
            over, unknown = self.is_over(index)
            with source.block(f"if {over}"):
                source.line(f"{breach} = True")
                source.line("break")
            if unknown:
                with source.block(f"if {unknown}"):
                    source.line(f"{unsure} = True")
        return breach, "" if self.begins else unsure

    def own_after(self, last: str) -> str:
        """A local that says whether the own side did anything up to an event when the act should have been gone."""
        source, program = self.judging.source, self.judging.program
        found, index = program.fresh("h"), program.fresh("i")
        if self.span.window is None:
            source.line(f"{found} = {self.begins} <= {last}")
            return found
        source.line(f"{found} = False")
        own = f"own_{program.runs(self.span.side)}"
        with source.picking(index, own, f"{self.opened} < {index} <= {last}"):
            over, _ = self.is_over(index)
            with source.block(f"if {over}"):
                source.line(f"{found} = True")
                source.line("break")
        return found
