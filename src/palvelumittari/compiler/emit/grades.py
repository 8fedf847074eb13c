"""`grades` in source: which step of a scale did it reach?"""

from __future__ import annotations

from palvelumittari.compiler.emit.criterion import NOT_APPLICABLE, NOT_OBSERVED, UNDECIDED, Judging
from palvelumittari.compiler.emit.spans import Span
from palvelumittari.records.measure import Grades, Pick


def emit_grades(measure: Grades, judging: Judging) -> None:
    """Write the worst, best or summed grade of the events that were graded and not healed."""
    if measure.after is None:
        _emit_graded(measure, judging, None)
        return
    called, source, opened = judging.matches(measure.after), judging.source, judging.program.fresh("t")
    with source.block(f"if {called}"):
        source.line(f"{opened} = {called}[0]")
        _emit_graded(measure, judging, opened)


def _emit_graded(measure: Grades, judging: Judging, opened: str | None) -> None:
    source, steps = judging.source, judging.program.fresh("g")
    _emit_steps(measure, judging, opened, steps)
    with source.block(f"if {steps}"):
        standing = _emit_standing(measure, judging, steps)
        with source.block(f"if {standing}"):
            judging.worth(_picked(measure, judging, standing))
        with source.block("else"):
            judging.worth("1.0")
    with source.block("else"):
        _emit_nothing(measure, judging, opened)


def _emit_steps(measure: Grades, judging: Judging, opened: str | None, steps: str) -> None:
    """A dict from each graded event to the first step that grades it."""
    source = judging.source
    source.line(f"{steps} = {{}}")
    for step, grade in enumerate(measure.acts):
        found = judging.matches(grade.act, while_=grade.while_, phase=grade.phase, beyond=opened)
        index = judging.program.fresh("i")
        with source.picking(index, found, f"{index} not in {steps}"):
            source.line(f"{steps}[{index}] = {step}")


def _emit_standing(measure: Grades, judging: Judging, steps: str) -> str:
    """A list of the steps that stand, in the order of their events: those worth everything, and what nothing healed."""
    source, fresh = judging.source, judging.program.fresh
    standing, index, last = fresh("l"), fresh("i"), fresh("t")
    worths = judging.constant(tuple(grade.is_ for grade in measure.acts))
    keeps = "True"
    if measure.healed is not None:
        healing = judging.matches(measure.healed)
        source.line(f"{last} = {healing}[-1] if {healing} else -1")
        keeps = f"{index} >= {last} or {worths}[{steps}[{index}]] >= 1"
    source.line(f"{standing} = []")
    with source.picking(index, f"sorted({steps})", keeps):
        source.line(f"{standing}.append({steps}[{index}])")
    return standing


def _picked(measure: Grades, judging: Judging, standing: str) -> str:
    """An expression for the grade that counts; a sum adds each step once, in the order in which they were reached."""
    step, worths = judging.program.fresh("i"), judging.constant(tuple(grade.is_ for grade in measure.acts))
    if measure.pick is Pick.SUM:
        picked = f"sum([{worths}[{step}] for {step} in dict.fromkeys({standing})])"
    else:
        choose = "min" if measure.pick is Pick.WORST else "max"
        picked = f"{choose}([{worths}[{step}] for {step} in {standing}])"
    return f"min(1.0, round(min(1.0, {picked}), 9))"


def _emit_nothing(measure: Grades, judging: Judging, opened: str | None) -> None:
    """No event was graded: what that is worth, if it is known and if it proves anything."""
    source = judging.source
    known = judging.program.absence_is_known(*(grade.act for grade in measure.acts))
    if opened is not None:
        _emit_unanswered(measure, judging, opened, known)
    elif measure.otherwise is None:
        judging.without(NOT_APPLICABLE)
    elif measure.otherwise >= 1:
        conditions = tuple(grade.while_ for grade in measure.acts if grade.while_ is not None)
        judging.kept(conditions, known)
    else:
        with source.block(f"if not is_full or not {known}"):
            judging.without(NOT_OBSERVED)
        with source.block("else"):
            judging.worth(judging.share(measure.otherwise), cites=False)


def _emit_unanswered(measure: Grades, judging: Judging, opened: str, known: str) -> None:
    """Nothing after the trigger was graded; the absence of what is unwanted is believed in any record."""
    source, share = judging.source, measure.otherwise or 0.0
    best = max(measure.acts, key=lambda grade: grade.is_).act
    over = Span(judging, None, opened, best.side).write().passed() if share < 1 else "True"
    with source.block(f"if not {over}"):
        judging.without(UNDECIDED, cites=True)
    with source.block(f"elif not {known}"):
        judging.without(NOT_OBSERVED, cites=True)
    with source.block("else"):
        judging.worth(judging.share(share))
