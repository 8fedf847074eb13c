"""The tables of small timelines on the page of the rubric language: each row is scored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import palvelumittari as pm

PAGE = Path(__file__).parents[2] / "docs" / "rubric.md"
_HEAD = re.compile(r"\| what happens \| `([\w-]+)` \|\n\|---\|---\|\n((?:\|.*\n)+)")
_HEAD_LINE = re.compile(r"[a-z_.]+: ")
_TIMED = re.compile(r"\d+:\d\d ")


def rows() -> Iterator[tuple[str, str, str]]:
    """Criterion, what happens, and the outcome that the page tells, of every row."""
    for criterion, body in _HEAD.findall(PAGE.read_text("utf-8")):
        for line in body.splitlines():
            happens, outcome = (cell.strip() for cell in line.strip("|").split("|"))
            yield criterion, happens, outcome


@cache
def meter(folder: Path) -> pm.Meter:
    """A meter with the rubric that the page builds."""
    return pm.Meter(rubrics=[folder / "ferry.toml"], installed=False)


@pytest.fixture(scope="module")
def folder(examples: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the page."""
    found = tmp_path_factory.mktemp("rubric")
    for example in examples.examples_of(PAGE.read_text("utf-8")):
        if isinstance(example, examples.Shown):
            example.write(found)
    return found


def encounter(happens: str) -> pm.Encounter:
    """The encounter of a row: its code spans are events, or lines of the head."""
    spans = re.findall(r"`([^`]+)`", happens)
    head = {"id": "row", "sector": "ferry", "channel": "face_to_face", "record": "full"}
    head |= dict(span.split(": ", 1) for span in spans if _HEAD_LINE.match(span))
    events = [span if _TIMED.match(span) else f"- {span}" for span in spans if not _HEAD_LINE.match(span)]
    text = "\n".join([*(f"{key}: {value}" for key, value in head.items()), "", *events])
    return pm.loads(text, format="timeline")


def said(finding: pm.Finding) -> str:
    """A finding as the tables say it."""
    parts = [finding.outcome.replace("_", " ")]
    parts += [f"{finding.fulfilment:g}"] if finding.fulfilment is not None else []
    parts += ["not judged"] if finding.fulfilment is not None and not finding.judged else []
    return ", ".join(parts)


@pytest.mark.parametrize(("criterion", "happens", "outcome"), tuple(rows()))
def test_a_row_is_what_the_meter_says(criterion: str, happens: str, outcome: str, folder: Path) -> None:
    """What happens gets the outcome and the fulfilment that the page tells."""
    verdict = meter(folder).score(encounter(happens))
    assert said(verdict.finding(f"ferry/crossing/{criterion}")) == outcome


def test_every_measure_but_calls_has_a_table() -> None:
    """Seven measures have their rows; the eighth needs Python and stands on the page of plugins."""
    assert len({criterion for criterion, _, _ in rows()}) == 7
