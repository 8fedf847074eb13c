"""A meter of the core alone, and files of many encounters with some bad lines."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from palvelumittari import Meter
from palvelumittari.batch import Recipe

SECTORS = ("kiosk", "taxi", "library_desk")
ACTS = ("greet", "small_talk", "answer", "ask", "thank")

Lines = Callable[..., bytes]


RUBRIC = """
schema = 1
id = "counter"
version = "1.0.0"
sectors = ["kiosk", "taxi", "library_desk"]
title = { en = "Counter" }
[[criterion]]
id = "hello"
role = "linear"
weight = 2
title = { en = "A hello" }
why = "Everybody likes to be greeted."
advice = { en = "Say hello." }
[criterion.shows]
act = "staff.greet"
"""
"""One criterion: what is tested here hangs on the lines, not on the rubric, and scoring costs little."""


@pytest.fixture(scope="session")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Recipe:
    """How to build a meter of the core and one small rubric."""
    rubric = tmp_path_factory.mktemp("rubrics") / "counter.toml"
    rubric.write_text(RUBRIC)
    return Recipe(installed=False, rubrics=(rubric,))


@pytest.fixture(scope="session")
def meter(recipe: Recipe) -> Meter:
    """The meter after the recipe."""
    return recipe.meter()


@pytest.fixture
def _ready(monkeypatch: pytest.MonkeyPatch, meter: Meter) -> None:
    """Workers that are forks of this process need not build the meter again."""
    monkeypatch.setattr(Recipe, "meter", lambda _: meter)


def encounter_line(number: int, act: str = "greet", sector: str = "kiosk") -> bytes:
    """An encounter on a line."""
    events = [{"by": "customer", "act": "ask"}, {"by": "server", "act": act}]
    server = {"id": f"s{number % 4}"}
    data = {"schema": 1, "id": f"e{number}", "sector": sector, "record": "full", "server": server, "events": events}
    return json.dumps(data).encode() + b"\n"


BAD_LINES = (
    b'{"schema": 1, "id": "b", "events": [{"by": "server", "act": "gret"}]}\n',
    b"{}\n",
    b'{"id": "h\xe4n"}\n',
    b"[1, 2]\n",
)


@pytest.fixture(scope="session")
def lines() -> Lines:
    """Many encounters of several sectors, some lines bad, some blank: `lines(100)`; always the same."""

    def make(count: int, seed: int = 1) -> bytes:
        chance = random.Random(seed)
        found = []
        for number in range(count):
            if chance.random() < 0.1:
                found.append(chance.choice((*BAD_LINES, b"\n")))
            else:
                found.append(encounter_line(number, chance.choice(ACTS), chance.choice(SECTORS)))
        return b"".join(found)

    return make


@pytest.fixture
def many(tmp_path: Path, lines: Lines) -> Path:
    """A file of sixty lines."""
    path = tmp_path / "many.ndjson"
    path.write_bytes(lines(60))
    return path
