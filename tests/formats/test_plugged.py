"""Formats that plugins read: checked as strictly as ours, and a reader that fails breaks nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import pytest

import palvelumittari as pm


def _rides(stream: IO[bytes], name: str | None) -> Iterable[Mapping[str, Any]]:
    for index, line in enumerate(stream.read().decode().split()):
        if line == "fail":
            raise ValueError("no ride")
        events = [{"by": "server", "act": line}]
        yield {"schema": 1, "id": f"{name}-{index}", "channel": "face_to_face", "events": events}


@pytest.fixture
def meter() -> pm.Meter:
    """A meter with a plugin that reads `rides`: an act a word."""
    module = ModuleType("palvelumittari_rides")

    @pm.hookimpl
    def palvelumittari_readers() -> Mapping[str, Any]:
        return {"rides": _rides}

    setattr(module, "palvelumittari_readers", palvelumittari_readers)  # noqa: B010  # a module made on the spot
    return pm.Meter(plugins=[module], installed=False)


def test_the_suffix_of_a_file_chooses_the_reader_of_a_plugin(meter: pm.Meter, tmp_path: Path) -> None:
    """Every encounter that the reader gives is read and scored like any other."""
    file = tmp_path / "monday.rides"
    file.write_text("greet thank")
    found = list(meter.load_many(file))
    assert [each.events[0].act for each in found if isinstance(each, pm.Encounter)] == ["greet", "thank"]


def test_what_a_reader_gives_is_checked(meter: pm.Meter) -> None:
    """An act that nobody declares is a reject with its number and remedy, and the rest go on."""
    first, second = meter.load_many(io.StringIO("gret thank"), format="rides")
    assert isinstance(first, pm.Reject)
    assert (first.line, "did you mean `greet`?" in str(first.problems[0])) == (1, True)
    assert isinstance(second, pm.Encounter)


def test_a_reader_that_raises_is_named(meter: pm.Meter) -> None:
    """Whatever a reader raises becomes an error that names it."""
    with pytest.raises(pm.EncounterError, match="the reader `rides` failed: ValueError: no ride"):
        list(meter.load_many(io.BytesIO(b"fail"), format="rides"))


@pytest.mark.parametrize(("text", "message"), [("", "no encounter"), ("greet thank", "several"), ("gret", "unknown")])
def test_load_wants_exactly_one_encounter(meter: pm.Meter, text: str, message: str) -> None:
    """None, several and a bad one are errors."""
    with pytest.raises(pm.EncounterError, match=message):
        meter.load(io.BytesIO(text.encode()), format="rides")


def test_load_gives_the_one_encounter(meter: pm.Meter) -> None:
    """One encounter is read as `load` reads one of ours."""
    assert meter.load(io.BytesIO(b"greet"), format="rides").events[0].act == "greet"
