"""`prompt` in source: how soon did it come?"""

from __future__ import annotations

from palvelumittari.compiler.emit.criterion import NOT_OBSERVED, UNDECIDED, Judging
from palvelumittari.compiler.emit.spans import Span
from palvelumittari.records.measure import Prompt, Window


def emit_prompt(measure: Prompt, judging: Judging) -> None:
    """Write 1 to 0 by the delay between the first trigger and the first act after it."""
    source, program = judging.source, judging.program
    called, opened, came = judging.matches(measure.after), program.fresh("t"), program.fresh("i")
    with source.block(f"if {called}"):
        source.line(f"{opened} = {called}[0]")
        turns = measure.untimed.turns if measure.untimed is not None else None
        span = Span(judging, Window(measure.none - 1, turns), opened, measure.act.side).write()
        source.line(f"{came} = next_after({judging.matches(measure.act)}, {opened}, count)")
        with source.block(f"if {came} < count and {came} <= {span.left}"):
            _emit_came(measure, judging, span, came)
        with source.block("else"):
            _emit_never(measure, judging, span)


def _emit_came(measure: Prompt, judging: Judging, span: Span, came: str) -> None:
    source, at, late = judging.source, judging.program.fresh("t"), judging.program.fresh("t")
    source.line(f"{at} = {span.time_of(came)}")
    with source.block(f"if {at} is not None and {span.start} is not None"):
        source.line(f"{late} = {at} - {span.start}")
        judging.worth(_by_delay(measure, judging, late))
    with source.block("else"):
        if measure.untimed is None:
            judging.without(UNDECIDED, cites=True)
        elif measure.untimed.turns is None:
            judging.worth("0.0")
        else:
            judging.worth(f"1.0 if {came} <= {span.end} else 0.0")


def _by_delay(measure: Prompt, judging: Judging, late: str) -> str:
    """Situations may have moved `full` behind `none`: then `full` decides alone."""
    full, none = judging.constant(measure.full), judging.constant(measure.none)
    if measure.full >= measure.none:
        return f"1.0 if {late} <= {full} else 0.0"
    falling = f"round(({none} - {late}) / {judging.constant(measure.none - measure.full)}, 9)"
    return f"1.0 if {late} <= {full} else 0.0 if {late} >= {none} else {falling}"


def _emit_never(measure: Prompt, judging: Judging, span: Span) -> None:
    source = judging.source
    passed = span.passed()
    with source.block(f"if not {passed}"):
        judging.without(UNDECIDED, cites=True)
    with source.block(f"elif not {judging.program.absence_is_known(measure.act)}"):
        judging.without(NOT_OBSERVED, cites=True)
    with source.block("else"):
        judging.worth("0.0")
