"""Hypothesis strategies: whole rubrics, which use all of the rubric language and are always valid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from palvelumittari.reading.rubric_file import read_rubric
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.reading.uniting import check_rubric, unite
from palvelumittari.records.encounter import Channel
from palvelumittari.records.rubric import Reading, Rubric
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.scoring import MODELS
from palvelumittari.testing.strategies.of_criteria import Sheet, criteria
from palvelumittari.testing.strategies.of_terms import Phrasing, texts
from palvelumittari.testing.strategies.of_vocabularies import readings as random_readings
from palvelumittari.words.errors import RubricError, raise_errors
from palvelumittari.words.frozen import FrozenMap

Functions = Mapping[str, Callable[..., Any]]
Table = dict[str, Any]

ID = "random/rubric"
"""The id of every random rubric."""

SCORINGS = st.fixed_dictionaries(
    {},
    optional={
        "model": st.sampled_from(list(MODELS)),
        "loss_weight": st.sampled_from([1.5, 0, 1]) | st.floats(0, 5),
        "doubt": st.sampled_from([3, 0, 1]) | st.floats(0, 10),
    },
)
HEADS = st.fixed_dictionaries(
    {"schema": st.just(1), "id": st.just(ID), "version": st.just("1.0.0"), "title": texts()},
    optional={
        "summary": texts(),
        "sectors": st.lists(st.sampled_from(["retail", "retail.toys", "taxi"]), max_size=2, unique=True),
        "channels": st.lists(st.sampled_from([each.value for each in Channel]), max_size=2, unique=True),
        "scoring": SCORINGS,
    },
)


def rubrics(
    vocabulary: Vocabulary,
    *,
    readings: Mapping[str, Reading] | None = None,
    measures: Functions = FrozenMap(),
    max_criteria: int = 4,
) -> SearchStrategy[Rubric]:
    """Rubrics ready to judge with, read and checked as files are; they use all that the rubric language has.

    Args:
        vocabulary: The acts, tags and fields that they name.
        readings: The readings that their conditions name; `None` for readings that are drawn too.
        measures: Functions that `calls` may name, as a meter's catalog holds them; none for no `calls`.
        max_criteria: How many criteria they hold at most.
    """
    if readings is None:
        return random_readings(vocabulary).flatmap(
            lambda known: _rubrics(vocabulary, FrozenMap(known), measures, max_criteria)
        )
    return _rubrics(vocabulary, FrozenMap(readings), measures, max_criteria)


def _rubrics(
    vocabulary: Vocabulary, known: FrozenMap[Reading], measures: Functions, max_criteria: int
) -> SearchStrategy[Rubric]:
    documents = rubric_documents(vocabulary, readings=known, measures=tuple(measures), max_criteria=max_criteria)
    return documents.map(lambda data: rubric_from(data, vocabulary, readings=known, measures=measures))


def rubric_documents(
    vocabulary: Vocabulary,
    *,
    readings: Mapping[str, Reading] = FrozenMap(),
    measures: Sequence[str] = (),
    max_criteria: int = 4,
) -> SearchStrategy[Table]:
    """The same as plain data in the form of a rubric file; the arguments are those of `rubrics`."""
    return _documents(criteria(Sheet(Phrasing(vocabulary, readings), measures)), max_criteria)


@st.composite
def _documents(draw: DrawFn, drawn: SearchStrategy[Table], max_criteria: int) -> Table:
    found = [draw(drawn) for _ in range(draw(st.integers(1, max_criteria)))]
    return {**draw(HEADS), "criterion": [draw(_placed(at, each)) for at, each in enumerate(found)]}


@st.composite
def _placed(draw: DrawFn, at: int, criterion: Table) -> Table:
    """A criterion with its id, which may refine those before it, so that no circle comes of it."""
    earlier = [f"{ID}/c{number}" for number in range(at)]
    refined = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
    return {"id": f"c{at}", **criterion, **({"refines": refined} if refined else {})}


def rubric_from(
    document: Mapping[str, Any],
    vocabulary: Vocabulary,
    *,
    readings: Mapping[str, Reading] = FrozenMap(),
    measures: Functions = FrozenMap(),
) -> Rubric:
    """The rubric that a document says, alone in the world; raises `RubricError` with every problem of it."""
    terms = Terms(vocabulary=vocabulary, readings=FrozenMap(readings), functions=measures, models=MODELS)
    file = read_rubric(TomlFile("random.toml", "", dict(document)), "random")
    raise_errors(check_rubric(file, {file.id: file}, terms), RubricError)
    return unite([file.id], {file.id: file}, terms)
