"""Criteria in source: where each applies, which situations hold, and the measure as they make it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from palvelumittari.compiler.emit.avoids import emit_avoids
from palvelumittari.compiler.emit.calls import emit_calls
from palvelumittari.compiler.emit.ceases import emit_ceases
from palvelumittari.compiler.emit.conditions import when_name
from palvelumittari.compiler.emit.criterion import NOT_OBSERVED, Judging, Telling
from palvelumittari.compiler.emit.grades import emit_grades
from palvelumittari.compiler.emit.precedes import emit_precedes
from palvelumittari.compiler.emit.prompt import emit_prompt
from palvelumittari.compiler.emit.responds import emit_responds
from palvelumittari.compiler.emit.shows import emit_shows
from palvelumittari.compiler.program import CannotCompileError, Program
from palvelumittari.compiler.source import Source
from palvelumittari.reading.term_checks import reads_customer
from palvelumittari.records.measure import (
    Avoids,
    Calls,
    Ceases,
    Grades,
    Measure,
    Precedes,
    Prompt,
    Responds,
    Shows,
    measure_name,
    with_changes,
)
from palvelumittari.records.rubric import Criterion, Situation

MOST_FORMS = 64
"""How many forms of one measure are written out, for each combination of situations that change it."""

Flagged = tuple[str, Situation]
"""A situation with the local that says whether it applies."""


def emit_criteria(program: Program, source: Source) -> None:
    """Write what becomes of each criterion by itself; in a record without events nothing was observed."""
    criteria = program.rubric.criteria
    stems = (("o", "0"), ("b", "0"), ("x", "None"), ("e", "False"), ("u", "False"), ("p", "0.0"))
    for stem, value in stems if criteria else ():
        source.line(" = ".join([*(f"{stem}{number}" for number in range(len(criteria))), value]))
    if any(isinstance(each.measure, Calls) for each in criteria):
        source.line("scene = None")
    with source.block("if count"):
        for number, criterion in enumerate(criteria):
            _emit_criterion(criterion, number, program, source)
    with source.block("else"):
        for number, criterion in enumerate(criteria):
            _emit_unseen(criterion, number, program, source)


def _emit_unseen(criterion: Criterion, number: int, program: Program, source: Source) -> None:
    applies = f" if {when_name(criterion.when, program)} else 0" if criterion.when is not None else ""
    source.line(f"o{number} = {NOT_OBSERVED}{applies}")


def _emit_criterion(criterion: Criterion, number: int, program: Program, source: Source) -> None:
    source.line(f"# criterion {number}: {measure_name(criterion.measure)}")
    flagged = [(when_name(each.when, program), each) for each in criterion.situations]
    _check_forms(criterion, flagged)
    telling = tuple(_telling(criterion, flagged, program))
    judging = Judging(program=program, source=source, number=number, role=criterion.role, telling=telling)
    if criterion.when is None:
        _emit_judged(criterion, flagged, judging)
    else:
        with source.block(f"if {when_name(criterion.when, program)}"):
            _emit_judged(criterion, flagged, judging)


def _emit_judged(criterion: Criterion, flagged: Sequence[Flagged], judging: Judging) -> None:
    if flagged:
        bits = (f"({1 << place} if {flag} else 0)" for place, (flag, _) in enumerate(flagged))
        judging.source.line(f"b{judging.number} = {' | '.join(bits)}")
    _emit_forms(criterion, flagged, judging)


def _telling(criterion: Criterion, flagged: Sequence[Flagged], program: Program) -> Iterator[Telling]:
    """The conditions that give an occasion by being true."""
    readings = program.rubric.readings
    for flag, situation in flagged:
        if reads_customer(situation.when, readings):
            yield Telling(condition=situation.when, flag=flag)
    if criterion.when is not None and reads_customer(criterion.when, readings):
        yield Telling(condition=criterion.when)


def _check_forms(criterion: Criterion, flagged: Sequence[Flagged]) -> None:
    if 1 << sum(bool(each.measure) or "role" in each.criterion for _, each in flagged) > MOST_FORMS:
        raise CannotCompileError(f"criterion `{criterion.id}` has too many situations that change its measure")


def _emit_forms(criterion: Criterion, flagged: Sequence[Flagged], judging: Judging) -> None:
    """Write the measure, once for each form that the situations left may give it."""
    if not flagged:
        emit_measure(criterion.measure, attrs.evolve(judging, role=criterion.role))
        return
    (flag, situation), *rest = flagged
    role = situation.criterion.get("role", criterion.role)
    changed = attrs.evolve(criterion, measure=with_changes(criterion.measure, situation.measure), role=role)
    if _form(changed) == _form(criterion):
        _emit_forms(criterion, rest, judging)
        return
    with judging.source.block(f"if {flag}"):
        _emit_forms(changed, rest, judging)
    with judging.source.block("else"):
        _emit_forms(criterion, rest, judging)


def _form(criterion: Criterion) -> tuple[object, ...]:
    """What the code of a measure depends on; a plugin may tell options apart that are equal, such as 1 and true."""
    measure = criterion.measure
    has_floor = isinstance(measure, Shows | Precedes)
    return measure, criterion.role if has_floor else None, repr(measure) if isinstance(measure, Calls) else ""


def emit_measure(measure: Measure, judging: Judging) -> None:
    """Write a measure."""
    match measure:
        case Shows():
            emit_shows(measure, judging)
        case Avoids():
            emit_avoids(measure, judging)
        case Responds():
            emit_responds(measure, judging)
        case Ceases():
            emit_ceases(measure, judging)
        case Precedes():
            emit_precedes(measure, judging)
        case Prompt():
            emit_prompt(measure, judging)
        case Grades():
            emit_grades(measure, judging)
        case _:
            emit_calls(measure, judging)
