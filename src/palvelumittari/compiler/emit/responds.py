"""`responds` in source: was each trigger answered in time?"""

from __future__ import annotations

import attrs

from palvelumittari.compiler.emit.criterion import NOT_OBSERVED, UNDECIDED, Judging
from palvelumittari.compiler.emit.spans import Span
from palvelumittari.records.measure import Responds, Rule


@attrs.frozen
class Counts:
    """The locals that count what became of the triggers; `unsure` says that one was open or lacked a time."""

    met: str
    missed: str
    unsure: str
    unseen: str

    @classmethod
    def fresh(cls, judging: Judging) -> Counts:
        """Four new locals, set to nothing."""
        names = [judging.program.fresh("c") for _ in range(4)]
        judging.source.line(f"{' = '.join(names)} = 0")
        return cls(*names)


def emit_responds(measure: Responds, judging: Judging) -> None:
    """Write the share of the triggers that were answered, over all rules; undecided ones are left out."""
    source = judging.source
    triggers = dict.fromkeys(judging.matches(rule.after) for rule in measure.rules)
    with source.block(f"if {' or '.join(triggers)}"):
        counts = Counts.fresh(judging)
        for rule in measure.rules:
            _emit_rule(rule, judging, counts)
        _emit_result(judging, counts)


def _emit_rule(rule: Rule, judging: Judging, counts: Counts) -> None:
    opened, source = judging.program.fresh("t"), judging.source
    with source.block(f"for {opened} in {judging.matches(rule.after)}"):
        span = Span(judging, rule.within, opened, rule.with_.side).write()
        is_timed = span.within_ms is not None
        answered, unsure = _emit_timed(rule, judging, span) if is_timed else _emit_answer(rule, judging, span)
        with source.block(f"if {answered}"):
            source.line(f"{counts.met} += 1")
        if is_timed:
            with source.block(f"elif {unsure}"):
                source.line(f"{counts.unsure} += 1")
            with source.block("else"):
                _emit_unanswered(rule, judging, span.passed(), counts, "if")
        else:
            _emit_unanswered(rule, judging, span.passed(), counts, "elif")


def _emit_answer(rule: Rule, judging: Judging, span: Span) -> tuple[str, str]:
    """An expression for: the trigger was answered in the window; goes on to the next trigger if this one is removed."""
    answer, answered = span.first(judging.matches(rule.with_))
    if rule.unless is not None:
        removal, removed = span.first(judging.matches(rule.unless))
        with judging.source.block(f"if {removed} and not ({answered} and {answer} <= {removal})"):
            judging.source.line("continue")
    return answered, "False"


def _emit_timed(rule: Rule, judging: Judging, span: Span) -> tuple[str, str]:
    """The same where seconds count, and an expression for: an event may have answered it, but lacks a time."""
    source, fresh = judging.source, judging.program.fresh
    answer, unsure, index = fresh("i"), fresh("h"), fresh("i")
    source.line(f"{answer} = count")
    source.line(f"{unsure} = False")
    with source.picking(index, judging.matches(rule.with_), f"{index} > {span.opened}"):
        inside, unknown = span.place(index)
        with source.block(f"if {inside}"):
            source.line(f"{answer} = {index}")
            source.line("break")
        with source.block(f"if {unknown}"):
            source.line(f"{unsure} = True")
    if rule.unless is not None:
        _emit_removal(rule, judging, span, answer)
    return f"{answer} < count", unsure


def _emit_removal(rule: Rule, judging: Judging, span: Span, answer: str) -> None:
    """Go on to the next trigger if an `unless` act that is not known to come too late came before the answer."""
    source, index, gone = judging.source, judging.program.fresh("i"), judging.program.fresh("h")
    source.line(f"{gone} = False")
    with source.picking(index, judging.matches(rule.unless), f"{index} > {span.opened}"):
        inside, unknown = span.place(index)
        with source.block(f"if {inside} or {unknown}"):
            source.line(f"{gone} = {index} < {answer}")
            source.line("break")
    with source.block(f"if {gone}"):
        source.line("continue")


def _emit_unanswered(rule: Rule, judging: Judging, passed: str, counts: Counts, head: str) -> None:
    source = judging.source
    with source.block(f"{head} not {passed}"):
        source.line(f"{counts.unsure} += 1")
    with source.block(f"elif {judging.program.absence_is_known(rule.with_)}"):
        source.line(f"{counts.missed} += 1")
    with source.block("else"):
        source.line(f"{counts.unseen} += 1")


def _emit_result(judging: Judging, counts: Counts) -> None:
    """What was open and what lacked a time are both undecided; what nobody could have seen is not observed."""
    source = judging.source
    with source.block(f"if {counts.met} or {counts.missed}"):
        judging.worth(f"round({counts.met} / ({counts.met} + {counts.missed}), 9)")
    with source.block(f"elif {counts.unsure}"):
        judging.without(UNDECIDED, cites=True)
    with source.block(f"elif {counts.unseen}"):
        judging.without(NOT_OBSERVED, cites=True)
