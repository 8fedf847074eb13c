"""A rubric of one's own with cases, built from as little text as possible."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from palvelumittari.authoring.coverage import Coverage, coverage_of
from palvelumittari.authoring.played import own_cases, read_cases
from palvelumittari.meter import Meter

HEAD = 'schema = 1\nid = "{id}"\nversion = "1.0.0"\ntitle = {{ en = "Small" }}\n{more}\n'
CASE = """\
schema = 1
id = "{id}"
title = {{ en = "A case" }}
expect = {{ band = "good" }}

[encounter]
{head}
timeline = \"\"\"
{timeline}
\"\"\"
"""


def criterion(name: str, body: str, role: str = "linear", weight: float = 2) -> str:
    """The text of a criterion."""
    head = f'id = "{name}"\nrole = "{role}"\nweight = {weight}\ntitle = {{ en = "{name}" }}\n'
    return f"[[criterion]]\n{head}{body}\n"


def write_rubric(folder: Path, text: str, *, id: str = "small", more: str = 'sectors = ["kiosk"]') -> Path:
    """A rubric file."""
    path = folder / f"{id}.toml"
    path.write_text(HEAD.format(id=id, more=more) + text, encoding="utf-8")
    return path


def write_case(folder: Path, name: str, timeline: str, head: str = 'sector = "kiosk"\nrecord = "full"') -> Path:
    """A case file; its expectation is not what these tests look at."""
    path = folder / f"{name}.case.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CASE.format(id=name, head=head, timeline=timeline), encoding="utf-8")
    return path


def meter_with(*rubrics: Path) -> Meter:
    """A meter with the core and some files, whatever is installed."""
    return Meter(installed=False, rubrics=rubrics)


def covered(folder: Path, text: str, timelines: Mapping[str, str]) -> Coverage:
    """The coverage of a rubric of these criteria by cases with these timelines."""
    meter = meter_with(write_rubric(folder, text))
    for name, timeline in timelines.items():
        write_case(folder / "cases", name, timeline)
    return coverage_of(meter, "small", read_cases(meter, own_cases(meter, "small")))
