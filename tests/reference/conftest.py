"""One way to ask every engine the same question: a rubric's text and an encounter go in, a verdict comes out.

`score` takes criteria in TOML, a timeline in notation and a head, and gives the verdict; `finding` takes the keys of
one criterion. Both run on every engine in `ENGINES`: the reference interpreter and the compiler.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import attrs
import pytest

from palvelumittari.compiler import compile_rubric
from palvelumittari.formats import loads
from palvelumittari.reading.readings_file import add_readings
from palvelumittari.reading.rubric_file import read_rubric
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile, read_toml
from palvelumittari.reading.uniting import check_rubric, unite
from palvelumittari.reading.vocabulary_file import EMPTY, add_vocabulary
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.rubric import Rubric
from palvelumittari.records.verdict import Finding, Outcome, Part, Verdict, Weighs
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import Judgements, judge
from palvelumittari.reference.timeline import Timeline
from palvelumittari.report.verdicts import Versions, make_verdict
from palvelumittari.words.errors import RubricError, raise_errors
from palvelumittari.words.frozen import FrozenMap

HERE = Path(__file__).parent
CRITERION = {"role": "linear", "weight": 1, "title": {"en": "It"}}
DOCUMENT = {"schema": 1, "id": "test", "version": "1.0.0", "title": {"en": "Test"}}

PLAIN = "- bystander say"
"""A timeline in which nothing happens that any criterion of these tests asks for."""

Functions = Mapping[str, Callable[..., Any]]


class Engine(Protocol):
    """What judges: the reference interpreter, or whatever is compiled from the same rubric."""

    def __call__(
        self, encounter: Encounter, rubric: Rubric, vocabulary: Vocabulary, functions: Functions, /
    ) -> Judgements: ...


def judge_compiled(encounter: Encounter, rubric: Rubric, vocabulary: Vocabulary, functions: Functions, /) -> Judgements:
    """What the compiled function judges; evidence and sentences are the reference interpreter's."""
    told = judge(encounter, rubric, vocabulary, functions)
    numbers = compile_rubric(rubric, vocabulary, functions).numbers(encounter)
    pairs = zip(told.judged, numbers.judgements, strict=True)
    return Judgements(tuple(attrs.evolve(each, judgement=own) for each, own in pairs), told.courses)


ENGINES: Mapping[str, Engine] = {"reference": judge, "compiled": judge_compiled}


class Score(Protocol):
    """Criteria in TOML and an encounter, judged."""

    def __call__(
        self, rubric: str, timeline: str = PLAIN, *, functions: Functions = FrozenMap(), **head: Any
    ) -> Verdict: ...


class Ask(Protocol):
    """The keys of one criterion in TOML and an encounter, judged."""

    def __call__(
        self, criterion: str, timeline: str = PLAIN, *, functions: Functions = FrozenMap(), **head: Any
    ) -> Finding: ...


def read_encounter(timeline: str, vocabulary: Vocabulary, **head: Any) -> Encounter:
    """An encounter from a timeline and the members of its head; face to face and a full record unless they say else."""
    members = {"id": "e", "channel": "face_to_face", "record": "full", **head}
    members = {key: value for key, value in members.items() if value is not None}
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in members.items())
    return loads(f"{lines}\n{timeline}", vocabulary=vocabulary, format="timeline")


def read_criteria(text: str, terms: Terms, functions: Functions = FrozenMap()) -> Rubric:
    """A rubric from criteria in TOML, whose role, weight and title may be left out; it must be without errors."""
    data = tomllib.loads(text)
    criteria = [{"id": "it", **CRITERION, **raw} for raw in data.pop("criterion")]
    file = read_rubric(TomlFile("test.toml", text, {**DOCUMENT, **data, "criterion": criteria}))
    terms = Terms(vocabulary=terms.vocabulary, readings=terms.readings, functions=functions)
    raise_errors(check_rubric(file, {"test": file}, terms), RubricError)
    return unite(["test"], {"test": file}, terms)


@pytest.fixture(scope="session")
def terms() -> Terms:
    """The small vocabulary and the readings of these tests."""
    vocabulary = add_vocabulary(EMPTY, read_toml(HERE / "vocabulary.toml"))
    return add_readings(Terms(vocabulary=vocabulary), read_toml(HERE / "readings.toml"))


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    return ENGINES[request.param]


@pytest.fixture
def score(engine: Engine, terms: Terms) -> Score:
    """The verdict of an engine on criteria and an encounter."""

    def scored(rubric: str, timeline: str = PLAIN, *, functions: Functions = FrozenMap(), **head: Any) -> Verdict:
        encounter = read_encounter(timeline, terms.vocabulary, **head)
        united = read_criteria(rubric, terms, functions)
        judgements = engine(encounter, united, terms.vocabulary, functions)
        return make_verdict(encounter, united, judgements, terms.vocabulary, versions=Versions(engine="0"))

    return scored


@pytest.fixture
def finding(score: Score) -> Ask:
    """The finding of an engine on one criterion."""

    def found(criterion: str, timeline: str = PLAIN, *, functions: Functions = FrozenMap(), **head: Any) -> Finding:
        return score(f"[[criterion]]\n{criterion}", timeline, functions=functions, **head).findings[0]

    return found


@pytest.fixture
def timeline(terms: Terms) -> Callable[..., Timeline]:
    """A timeline of the reference interpreter from its notation."""
    return lambda text, **head: Timeline(read_encounter(text, terms.vocabulary, **head), terms.vocabulary)


def result(found: Finding) -> Outcome | float:
    """The fulfilment where there is one, else the outcome."""
    return found.outcome if found.fulfilment is None else found.fulfilment


def cited(found: Finding) -> dict[str, list[int]]:
    """The events a finding cites, by what they are to it: `trigger for`, `credit against` and so on."""
    kinds = [(part, weighs) for part in Part for weighs in Weighs]
    events = {
        f"{part} {weighs}": [each.event for each in found.evidence if (each.part, each.weighs) == (part, weighs)]
        for part, weighs in kinds
    }
    return {kind: indices for kind, indices in events.items() if indices}
