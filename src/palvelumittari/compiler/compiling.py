"""Compiling: a rubric becomes one generated function."""

from __future__ import annotations

import linecache
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from math import fsum
from types import FunctionType
from typing import Any

import attrs

from palvelumittari.compiler import running
from palvelumittari.compiler.emit.criteria import emit_criteria
from palvelumittari.compiler.emit.ledger import emit_account, emit_coverage, emit_settling
from palvelumittari.compiler.emit.opening import emit_found, emit_opening, starts_source
from palvelumittari.compiler.emit.walk import emit_walk
from palvelumittari.compiler.numbers import Numbers, Row, numbers_of
from palvelumittari.compiler.program import Functions, Program
from palvelumittari.compiler.source import Constants, Source
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.rubric import Rubric
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.scoring import MODELS, Model, ledger
from palvelumittari.words.frozen import FrozenMap

LISTED = 100
"""How many characters of a constant a listing shows."""

_NAME = "judge_encounter"
_CALLED: tuple[Callable[..., Any], ...] = (
    bisect_left,
    bisect_right,
    fsum,
    running.ask_plugin,
    running.beyond,
    running.covered_by,
    running.find_phases,
    running.find_runs,
    running.make_scene,
    running.next_after,
    running.phase_changes,
    running.points_after,
    running.points_at,
    running.run_start,
    running.states_up_to,
    running.turn_end,
)
"""The functions that generated ones may call, by their own names."""


@attrs.frozen(eq=False)
class Compiled:
    """A rubric as one function. `source` is its Python, in which texts and numbers of the rubric are constants."""

    rubric: Rubric
    source: str
    constants: Mapping[str, Any]
    function: Callable[[Encounter], tuple[Any, ...]]
    models: Mapping[str, Model]

    def numbers(self, encounter: Encounter) -> Numbers:
        """The numbers of the verdict on an encounter, which must fit the vocabulary.

        Raises `EvaluationError` if a plugin's scoring model breaks its contract.
        """
        return numbers_of(self.rubric, Row._make(self.function(encounter)), self.models)

    @property
    def listing(self) -> str:
        """The source, and below it as comments which criterion each number is and what the constants hold."""
        return "\n".join([self.source, *self._legend(), ""])

    def _legend(self) -> Iterator[str]:
        for number, criterion in enumerate(self.rubric.criteria):
            yield f"# criterion {number} = {criterion.id!a}"
        for name, value in self.constants.items():
            yield f"# {name} = {_shown(value)}"


def _shown(value: Any) -> str:
    """A constant on one line, the same in every process; of what holds more than a few values only the kind."""
    if isinstance(value, frozenset):
        value = tuple(sorted(value))
    if isinstance(value, tuple | str | int | float):
        shown = ascii(value)
        return shown if len(shown) <= LISTED else f"{shown[:LISTED]}..."
    return f"a {type(value).__name__}"


def compile_rubric(
    rubric: Rubric,
    vocabulary: Vocabulary,
    functions: Functions = FrozenMap(),
    models: Mapping[str, Model] = MODELS,
) -> Compiled:
    """The function that judges encounters by a rubric, as `reference.judge` and `scoring` do, but fast.

    Args:
        rubric: A rubric that was read and united.
        vocabulary: The acts, tags and fields that it names.
        functions: The measures that plugins bring, by name.
        models: The scoring models, by name.

    Raises:
        CannotCompileError: If the rubric has more forms than are worth writing out.
    """
    program = Program(rubric, vocabulary, functions)
    text = _written(program, is_ledger=_is_ledger(rubric, models)).text
    return Compiled(rubric, text, program.constants.values, _made(text, program.constants), models)


def _is_ledger(rubric: Rubric, models: Mapping[str, Model]) -> bool:
    """Whether the function adds up by itself, as only the default model is written out."""
    return models.get(rubric.scoring.model) is ledger


def _written(program: Program, *, is_ledger: bool) -> Source:
    """The whole source. What comes last is written first, for it says what must be at hand."""
    after, body, source = Source(), Source(), Source()
    emit_criteria(program, after)
    starts = starts_source(program)
    if program.needs_phases:
        program.phase_tapes()
    emit_opening(program, starts, body)
    body.line("# the walk")
    emit_walk(program, body)
    emit_found(program, body)
    body.line("# where criteria and situations apply")
    body.join(program.whens)
    body.join(after)
    if is_ledger:
        body.line("# the account")
        emit_settling(program, body)
        emit_account(program, body)
        emit_coverage(program, body)
    _emit_return(program, body, is_ledger=is_ledger)
    with source.block(f"def {_NAME}(encounter)"):
        source.join(body)
    return source


def _emit_return(program: Program, source: Source, *, is_ledger: bool) -> None:
    account = "score, calculated, band, ungated, coverage, away, excused" if is_ledger else "None, " * 6 + "None"
    rows = ", ".join(f"({''.join(f'{name}, ' for name in _each(stem, program))})" for stem in "oxpeub")
    source.line(f"return {account}, {rows}")


def _each(stem: str, program: Program) -> list[str]:
    return [f"{stem}{number}" for number in range(len(program.rubric.criteria))]


def _made(text: str, constants: Constants) -> Callable[[Encounter], tuple[Any, ...]]:
    """The function of a source, which tracebacks and debuggers can show."""
    file = f"<palvelumittari {sha256(text.encode()).hexdigest()[:16]}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    names: dict[str, Any] = {each.__name__: each for each in _CALLED}
    names.update(constants.values)
    exec(compile(text, file, "exec"), names)  # the source holds nothing but our own words and numbers
    function = names[_NAME]
    assert isinstance(function, FunctionType)
    return function
