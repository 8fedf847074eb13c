"""Engines: what gives the numbers of a verdict, the compiled function or the reference interpreter."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from palvelumittari import compiler
from palvelumittari.plugins import Catalog
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.rubric import Rubric
from palvelumittari.reference import judge

if TYPE_CHECKING:  # the compiler is loaded when a rubric is first compiled
    from palvelumittari.compiler import Compiled, Numbers

Scorer = Callable[[Encounter], "Numbers"]
"""Gives the numbers of an encounter that fits the vocabulary."""


class Engine(StrEnum):
    """Who judges; both say the same, one fast and one slow and obvious."""

    COMPILED = "compiled"
    REFERENCE = "reference"


def compiled_from(rubric: Rubric, catalog: Catalog) -> Compiled:
    """A rubric compiled; raises `CannotCompileError` if it has more forms than are worth writing out."""
    return compiler.compile_rubric(rubric, catalog.vocabulary, catalog.measures, catalog.models)


def make_scorer(rubric: Rubric, catalog: Catalog, engine: Engine) -> Scorer:
    """What gives the numbers by a rubric; the reference interpreter also takes what the compiler does not."""
    if engine is Engine.COMPILED:
        try:
            return compiled_from(rubric, catalog).numbers
        except compiler.CannotCompileError:
            pass
    return lambda encounter: _by_reference(encounter, rubric, catalog)


def _by_reference(encounter: Encounter, rubric: Rubric, catalog: Catalog) -> Numbers:
    judged = judge(encounter, rubric, catalog.vocabulary, catalog.measures).judged
    return compiler.numbers_from(rubric, [each.judgement for each in judged], catalog.models)
