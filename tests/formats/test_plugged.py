"""Formats that plugins read: checked as strictly as ours, and a reader that fails breaks nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import pytest

import palvelumittari as pm
from palvelumittari.formats import write_plugged


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
    with pytest.raises(
        pm.EncounterError, match=r"the reader `rides` of the plugin rides \(.*\) failed: ValueError: no ride"
    ):
        list(meter.load_many(io.BytesIO(b"fail"), format="rides"))


@pytest.mark.parametrize(("text", "message"), [("", "no encounter"), ("greet thank", "several"), ("gret", "unknown")])
def test_load_wants_exactly_one_encounter(meter: pm.Meter, text: str, message: str) -> None:
    """None, several and a bad one are errors."""
    with pytest.raises(pm.EncounterError, match=message):
        meter.load(io.BytesIO(text.encode()), format="rides")


def test_load_gives_the_one_encounter(meter: pm.Meter) -> None:
    """One encounter is read as `load` reads one of ours."""
    assert meter.load(io.BytesIO(b"greet"), format="rides").events[0].act == "greet"


def test_a_format_that_nobody_reads_names_those_of_plugins_too(meter: pm.Meter) -> None:
    """With the nearest of them."""
    with pytest.raises(pm.EncounterError) as caught:
        meter.load_many(io.BytesIO(b"greet"), format="ride")
    (problem,) = caught.value.problems
    assert (problem.expected, problem.hint) == ("one of json, ndjson, timeline, rides", "did you mean `rides`?")


def test_the_suffix_may_be_in_capitals(meter: pm.Meter, tmp_path: Path) -> None:
    """As with the suffixes of ours."""
    (tmp_path / "MONDAY.RIDES").write_text("greet")
    assert len(list(meter.load_many(tmp_path / "MONDAY.RIDES"))) == 1


def test_the_suffixes_of_ours_stay_ours(tmp_path: Path) -> None:
    """A plugin's format of that name is read only by its name."""
    module = ModuleType("palvelumittari_texts")
    readers = pm.hookimpl(lambda: {"txt": _rides}, specname="palvelumittari_readers")
    setattr(module, "palvelumittari_readers", readers)  # noqa: B010  # a module made on the spot
    meter = pm.Meter(plugins=[module], installed=False)
    file = tmp_path / "talk.txt"
    file.write_text("id: a\nsector: kiosk\n\n- server greet\n")
    assert meter.load(file).id == "a"
    file.write_text("greet")
    assert meter.load(file, format="txt").id.endswith("talk.txt-0")


# --- writing ----------------------------------------------------------------------------------------------------


def _ids(records: Iterable[pm.Encounter | pm.Verdict]) -> Iterable[str]:
    for record in records:
        yield str(getattr(record, "id", ""))


def _encounter(name: str) -> pm.Encounter:
    return pm.Encounter(name, [], sector="kiosk")


def test_pieces_come_as_soon_as_they_are_made() -> None:
    """The second record is not asked for before the first piece is out."""
    asked = []

    def records() -> Iterable[pm.Encounter]:
        for name in "ab":
            asked.append(name)
            yield _encounter(name)

    pieces = write_plugged(_ids, records(), format="ids", plugin="tester")
    assert (next(iter(pieces)), asked) == ("a", ["a"])


def test_what_the_records_raise_is_not_the_writers_fault() -> None:
    """It passes as it is."""

    def records() -> Iterable[pm.Encounter]:
        yield _encounter("a")
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        list(write_plugged(_ids, records(), format="ids", plugin="tester"))


@pytest.mark.parametrize(
    ("writer", "message"),
    [
        (lambda _: 1 / 0, "the writer `ids` of the plugin tester failed: ZeroDivisionError: division by zero"),
        (lambda _: None, "the writer `ids` of the plugin tester failed: TypeError"),
        (lambda _: [3], "gives something other than text"),
    ],
)
def test_a_writer_that_fails_is_named(writer: Any, message: str) -> None:
    """Whatever it does wrong."""
    with pytest.raises(pm.PluginError, match=message):
        list(write_plugged(writer, [], format="ids", plugin="tester"))
