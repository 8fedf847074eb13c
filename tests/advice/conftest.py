"""A meter with the criteria that a test writes down, and advice on a timeline by it."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent
from types import ModuleType
from typing import Any, Protocol

import pytest

import palvelumittari as pm
from palvelumittari.advice import Bench, advise
from palvelumittari.reading.rubric_file import read_rubric
from palvelumittari.reading.toml_file import parse_toml
from palvelumittari.reading.uniting import check_rubric, unite
from palvelumittari.records.advice import Advice, Piece
from palvelumittari.reference import judge
from palvelumittari.scoring import MODELS
from palvelumittari.words.errors import raise_errors

HEAD = """
schema  = 1
id      = "kiosk"
version = "1.0.0"
sectors = ["kiosk"]
title   = { en = "Kiosk" }
"""

BASE = """
[[criterion]]
id     = "base"
role   = "linear"
weight = 1
title  = { en = "Base" }
[criterion.responds]
after = "customer.pay"
with  = "staff.thank"
"""
"""A criterion that is met at the end of each timeline here, so that there is always a score."""

CRITERION = """
[[criterion]]
id     = "{name}"
role   = "{role}"
weight = {weight}
title  = {{ en = "{name}" }}
advice = {{ en = "Mind {name}." }}
{body}
"""


class Asked(Protocol):
    """Advice on a timeline by criteria."""

    def __call__(self, criteria: str, timeline: str, **head: Any) -> tuple[pm.Encounter, Advice]: ...


def _objects(scene: pm.Scene, *, to: str, by: str = "server", longer_s: float = 0) -> pm.Answer:
    """Objects to each event of an act, if it lasts longer than that."""
    found = scene.find(to, by=[pm.Actor(by)])
    long = tuple(i for i in found if (scene.encounter.events[i].lasts_ms or 0) >= longer_s * 1000)
    return pm.Answer(fulfilment=0.0 if long else 1.0, speaks_against=long)


def _plugin() -> ModuleType:
    module = ModuleType("palvelumittari_stall")
    module.palvelumittari_measures = pm.hookimpl(lambda: {"objects": _objects})  # type: ignore[attr-defined]
    module.palvelumittari_measures.__name__ = "palvelumittari_measures"  # type: ignore[attr-defined]
    return module


def criterion(body: str, *, name: str = "it", role: str = "linear", weight: float = 4) -> str:
    """A criterion in TOML, with the given keys."""
    return CRITERION.format(name=name, role=role, weight=weight, body=dedent(body).strip())


def encounter(meter: pm.Meter, timeline: str, **head: Any) -> pm.Encounter:
    """An encounter from its events in notation; it ends with a payment and thanks."""
    lines = {"id": "talk", "sector": "kiosk", "record": "full", **head}
    events = "\n".join(line.strip() for line in timeline.strip().split("\n"))
    text = (
        "\n".join(f"{key}: {value}" for key, value in lines.items()) + f"\n\n{events}\n- customer pay\n- server thank\n"
    )
    return meter.loads(text, format="timeline")


@pytest.fixture(scope="session")
def meter() -> pm.Meter:
    """A meter of the core alone, with a measure that objects."""
    return pm.Meter([_plugin()], installed=False)


@pytest.fixture
def bench(meter: pm.Meter) -> Callable[[str], Bench]:
    """Where timelines are scored by criteria in TOML."""

    def make(criteria: str) -> Bench:
        terms = meter.catalog.terms
        file = read_rubric(parse_toml(HEAD + BASE + criteria, "kiosk.toml"))
        raise_errors(check_rubric(file, {"kiosk": file}, terms), pm.RubricError)
        rubric = unite(["kiosk"], {"kiosk": file}, terms)
        measures = meter.catalog.measures
        return Bench(
            rubric, meter.vocabulary, judge=lambda one: judge(one, rubric, meter.vocabulary, measures), models=MODELS
        )

    return make


@pytest.fixture
def asked(meter: pm.Meter, bench: Callable[[str], Bench]) -> Asked:
    """Asks for advice: `encounter, advice = asked(criteria, timeline)`."""

    def call(criteria: str, timeline: str, **head: Any) -> tuple[pm.Encounter, Advice]:
        one = encounter(meter, timeline, **head)
        return one, advise(one, bench(criteria))

    return call


def said(piece: Piece | None) -> list[str]:
    """What a piece changes, in English, a line each."""
    assert piece is not None
    return [f"{change.moment}: {change.what}" for change in piece.changes]
