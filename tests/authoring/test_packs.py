"""Rubric packs: which rubrics lie beside a case, and which meter judges it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import palvelumittari as pm
from palvelumittari.authoring.packs import PackMeters, not_loaded, rubric_files, rubrics_beside

ROOT = Path(__file__).parents[2]
METER = pm.Meter()
RUBRIC = """
schema  = 1
id      = "{id}"
version = "1.0.0"
sectors = ["{id}"]
title   = {{ en = "A", fi = "B", sv = "C" }}
[[criterion]]
id     = "hello"
role   = "linear"
weight = 1
title  = {{ en = "A", fi = "B", sv = "C" }}
why    = "A test."
shows  = {{ act = "staff.greet" }}
"""


def write(folder: Path, *names: str) -> None:
    """Write files: a rubric of the name, or what cannot be one."""
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(RUBRIC.format(id=file.stem), encoding="utf-8")


def names_beside(case: Path) -> list[str]:
    """The names of the rubrics beside a case."""
    return [file.name for file in rubrics_beside(case)]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["pack/cases/a.toml", "pack/b.toml"], ["a.toml"]),
        (["pack/b.toml", "pack/a.toml", "pack/rubrics/c.toml", "d.toml"], ["a.toml", "b.toml", "c.toml"]),
        (["pack/cases/rubrics/a.toml", "pack/b.toml"], ["a.toml"]),
        (["pack/rubrics/c.toml"], ["c.toml"]),
        (["d.toml", "rubrics/e.toml", "pack/other/f.toml"], []),
    ],
)
def test_the_nearest_rubrics_belong_to_a_case(files: list[str], found: list[str], tmp_path: Path) -> None:
    """In its folder and in `rubrics/` there, else in the folder above; no further up and nowhere else."""
    write(tmp_path, *files)
    assert names_beside(tmp_path / "pack" / "cases" / "x.case.toml") == found


def test_what_is_no_rubric_is_left_out(tmp_path: Path) -> None:
    """Vocabularies, readings, cases, settings of other programs; but a broken rubric is told, not left out."""
    write(tmp_path, "a.toml", "vocabulary.toml", "readings.toml", "pyproject.toml", "x.case.toml")
    (tmp_path / "tool.toml").write_text('extends = ["x"]\n', encoding="utf-8")
    (tmp_path / "deps.toml").write_text("schema = 1\n", encoding="utf-8")
    (tmp_path / "broken.toml").write_text("schema = \n", encoding="utf-8")
    (tmp_path / "folder.toml").mkdir()
    assert [file.name for file in rubric_files(tmp_path)] == ["a.toml", "broken.toml"]
    assert list(rubric_files(tmp_path / "a.toml")) == [tmp_path / "a.toml"]
    assert list(rubric_files(tmp_path / "none.toml")) == []


def test_what_is_loaded_is_not_loaded_again(tmp_path: Path) -> None:
    """The sources of an installed plugin lie beside its cases; so may a copy of them."""
    own = ROOT / "rubrics" / "transit" / "transit.toml"
    copy = tmp_path / "copy.toml"
    copy.write_bytes(own.read_bytes())
    write(tmp_path, "new.toml")
    (tmp_path / "broken.toml").write_text("schema = \n", encoding="utf-8")
    files = [own, copy, tmp_path / "new.toml", tmp_path / "broken.toml"]
    assert not_loaded(files, METER.catalog) == (tmp_path / "new.toml", tmp_path / "broken.toml")


def test_each_pack_gets_a_meter_of_its_own_once(tmp_path: Path) -> None:
    """And what has no rubric beside it, or lies in no folder at all, gets the common one."""
    write(tmp_path, "one/one.toml", "two/two.toml")
    made: list[Sequence[Path]] = []

    def make(rubrics: Sequence[Path]) -> pm.Meter:
        made.append(rubrics)
        return pm.Meter(rubrics=rubrics, installed=False)

    meters = PackMeters(METER, make)
    first = meters.meter_for(tmp_path / "one" / "cases" / "a.case.toml")
    assert meters.meter_for(tmp_path / "one" / "cases" / "b.case.toml") is first
    second = meters.meter_for(tmp_path / "two" / "a.case.toml")
    assert ("one" in first.catalog.rubrics, "one" in second.catalog.rubrics) == (True, False)
    assert made == [(tmp_path / "one" / "one.toml",), (tmp_path / "two" / "two.toml",)]
    assert meters.meter_for(tmp_path / "far" / "away" / "a.case.toml") is METER
    assert meters.meter_for(METER.catalog.cases[0].file) is METER


def test_a_broken_pack_is_told_for_each_case_and_tried_once(tmp_path: Path) -> None:
    """Each time as an error of its own, so that no traceback grows."""
    (tmp_path / "bad.toml").write_text('schema = 1\nextends = ["none"]\n', encoding="utf-8")
    tries: list[Sequence[Path]] = []

    def make(rubrics: Sequence[Path]) -> pm.Meter:
        tries.append(rubrics)
        return pm.Meter(rubrics=rubrics, installed=False)

    meters = PackMeters(METER, make)
    for name in ("a", "b"):
        with pytest.raises(pm.RubricError, match="the key `id` is missing"):
            meters.meter_for(tmp_path / f"{name}.case.toml")
    assert len(tries) == 1
