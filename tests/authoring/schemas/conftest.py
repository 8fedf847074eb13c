"""Documents in which every key of their kind stands, and how our readers judge a document like them."""

from __future__ import annotations

import importlib.util
import json
import tomllib
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from palvelumittari import Meter
from palvelumittari.authoring.schemas import Kind
from palvelumittari.authoring.schemas.documents import core_vocabulary
from palvelumittari.formats import loads
from palvelumittari.plugins import load_catalog
from palvelumittari.plugins.stock import problems_of
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.readings_file import add_readings
from palvelumittari.reading.rubric_file import RubricFile, read_rubric
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.reading.vocabulary_file import add_vocabulary
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Verdict
from palvelumittari.words.errors import EncounterWarning, PalvelumittariError, Problem

ROOT = Path(__file__).parents[3]
WHOLE = Path(__file__).parent / "whole"
NAMES: Mapping[str, Kind] = {
    "rubric.toml": Kind.RUBRIC,
    "child.toml": Kind.RUBRIC,
    "vocabulary.toml": Kind.VOCABULARY,
    "readings.toml": Kind.READINGS,
    "case.toml": Kind.CASE,
    "encounter.json": Kind.ENCOUNTER,
    "verdict.json": Kind.VERDICT,
}

Refusals = Callable[[Kind, Any], list[str]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `name` on each document."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", NAMES)


@pytest.fixture
def kind(name: str) -> Kind:
    """What the document is."""
    return NAMES[name]


@pytest.fixture(scope="session")
def whole() -> Callable[[str], dict[str, Any]]:
    """The document of a name as plain data, anew each time."""

    def read(name: str) -> dict[str, Any]:
        text = (WHOLE / name).read_text("utf-8")
        return dict(json.loads(text) if name.endswith(".json") else tomllib.loads(text))

    return read


@pytest.fixture(scope="session")
def meter() -> Meter:
    """A meter without plugins."""
    return Meter(installed=False)


@pytest.fixture(scope="session")
def refusals(whole: Callable[[str], dict[str, Any]]) -> Refusals:
    """What our own reader finds wrong with a document: what its problems say, nothing if it is in order."""
    core = load_catalog(installed=False).terms
    terms = attrs.evolve(core, functions={"whole.measure": print})
    assert core.vocabulary == core_vocabulary()

    def read_rubric_among_others(file: TomlFile) -> list[Problem]:
        rubric = read_rubric(file)
        parent = parent_of(file.data)
        return problems_of([rubric], {parent.id: parent, rubric.id: rubric}, terms)

    raw = whole("rubric.toml")

    def parent_of(data: Mapping[str, Any]) -> RubricFile:
        """The parent with those criteria alone that a document speaks of, because the others only take time."""
        text = json.dumps(data)
        spoken_of = [each for each in raw["criterion"] if f'whole/parent/{each["id"]}"' in text]
        return read_rubric(TomlFile("rubric.toml", "", {**raw, "criterion": spoken_of}))

    readers: Mapping[Kind, Callable[[TomlFile], Any]] = {
        Kind.RUBRIC: read_rubric_among_others,
        Kind.VOCABULARY: lambda file: add_vocabulary(core.vocabulary, file),
        Kind.READINGS: lambda file: add_readings(Terms(vocabulary=core.vocabulary), file),
        Kind.CASE: lambda file: read_case(file, core.vocabulary),
        Kind.ENCOUNTER: lambda file: loads(json.dumps(file.data), Encounter, vocabulary=core.vocabulary),
        Kind.VERDICT: lambda file: loads(json.dumps(file.data), Verdict, vocabulary=core.vocabulary),
    }

    def judge(kind: Kind, data: Any) -> list[str]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", EncounterWarning)
                found = readers[kind](TomlFile("x.toml", "", data))
        except PalvelumittariError as error:
            found = error.problems
        problems = found if isinstance(found, list | tuple) else ()
        return [str(problem) for problem in problems if problem.is_error]

    return judge


@pytest.fixture(scope="session")
def tool() -> ModuleType:
    """The script `tools/schemas.py`, which is no part of any package."""
    spec = importlib.util.spec_from_file_location("palvelumittari_tool_schemas", ROOT / "tools" / "schemas.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
