"""What files may hold for commands about several encounters."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import click
import pytest
from click.testing import Result

from palvelumittari import hookimpl
from palvelumittari.cli.score_stream import Scorer
from palvelumittari.cli.telling import Ending
from palvelumittari.cli.verdict_sources import VerdictSources
from palvelumittari.meter import Meter
from palvelumittari.records.episode import Episode
from palvelumittari.records.verdict import Verdict

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

MET = '{"schema":1,"id":"%s","sector":"kiosk","events":[{"by":"customer","act":"ask"},{"by":"server","act":"answer"}]}'
CASE = """
schema = 1
id     = "case-1"
title  = { en = "Asked and answered" }
expect = { band = "good" }

[encounter]
sector   = "kiosk"
timeline = \"\"\"
- customer ask
- server answer
\"\"\"
"""


@pytest.fixture
def sources() -> VerdictSources:
    """Sources without plugins that take episodes, too."""
    return VerdictSources(Scorer(Meter(installed=False), None, "en"), (Episode,))


def ids(sources: VerdictSources, *files: Path) -> list[str]:
    """The encounters of the verdicts in files, in their order."""
    return [each.record.encounter for each in sources.gather(map(str, files))]


def test_every_form_of_encounter_is_read_in_order(sources: VerdictSources, write: Write) -> None:
    """Cases, JSON, a list, NDJSON, the notation; each comes with its encounter."""
    files = [
        write("one.case.toml", CASE),
        write("two.json", MET % "two"),
        write("three.json", "[" + MET % "three-a" + ",\n" + MET % "three-b" + "]"),
        write("four.ndjson", MET % "four-a" + "\n" + MET % "four-b" + "\n"),
        write("five.timeline", "id: five\nsector: kiosk\n\n- customer ask\n- server answer\n"),
    ]
    assert ids(sources, *files) == ["case-1", "two", "three-a", "three-b", "four-a", "four-b", "five"]
    found = sources.gather(map(str, files))
    assert all(each.encounter is not None and each.encounter.id == each.record.encounter for each in found)


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_what_score_writes_is_read(sources: VerdictSources, run: Run, write: Write, tmp_path: Path, form: str) -> None:
    """Verdicts, one or several, without their encounters; mixed with encounters."""
    many = write("many.ndjson", MET % "a" + "\n" + MET % "b" + "\n")
    verdicts = tmp_path / f"verdicts.{form}"
    verdicts.write_text(run("score", many, "-f", form).stdout)
    single = tmp_path / "single.json"
    single.write_text(run("score", write("c.json", MET % "c"), "-f", form).stdout)
    found = sources.gather([str(verdicts), str(many), str(single)])
    assert [each.record.encounter for each in found] == ["a", "b", "a", "b", "c"]
    assert [each.encounter is None for each in found] == [True, True, False, False, True]
    assert found[0].record == found[2].record


def test_other_records_are_read_if_asked_for(sources: VerdictSources, run: Run, write: Write) -> None:
    """An episode where the command takes episodes."""
    text = run("episode", write("a.json", MET % "a"), "-f", "json").stdout
    file = write("episode.json", text)
    assert isinstance(sources.gather([str(file)])[0].record, Episode)
    plain = VerdictSources(sources.scorer)
    assert list(plain.read([str(file)])) == [None]


def test_everything_that_is_wrong_is_told_before_the_end(
    sources: VerdictSources, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not there, a bad line, a case that cannot be read, an encounter that cannot be judged."""
    bad = [
        Path("nowhere.json"),
        write("bad.ndjson", MET % "a" + "\n" + (MET % "b").replace("ask", "aks") + "\n"),
        write("bad.case.toml", "schema = 2\n"),
        write("far.json", (MET % "far").replace('"sector":"kiosk",', "").replace('"id":', '"sector":"Kiosk","id":')),
    ]
    with pytest.raises(click.exceptions.Exit) as caught:
        sources.gather(map(str, bad))
    assert caught.value.exit_code == Ending.BAD_INPUT
    told = capsys.readouterr().err
    assert "nowhere.json: there is no such file" in told
    assert "bad.ndjson:2:" in told
    assert "unknown act 'aks'" in told
    assert "bad.case.toml" in told
    assert "far.json" in told
    assert sum(each is None for each in sources.read(map(str, bad))) == 4


def test_some_commands_need_the_encounters(
    sources: VerdictSources, run: Run, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    """A verdict does not tell what happened in between."""
    met = write("a.json", MET % "a")
    verdict = write("v.json", run("score", met, "-f", "json").stdout)
    encounters, verdicts = sources.encounters([str(met)], "episode")
    assert [each.id for each in encounters] == ["a"]
    assert isinstance(verdicts[0], Verdict)
    with pytest.raises(click.exceptions.Exit):
        sources.encounters([str(met), str(verdict)], "episode")
    told = capsys.readouterr().err
    assert "v.json: a verdict does not tell what happened in between, which `episode` needs" in told
    assert "try: give the encounter that this is the verdict on" in told


def test_standard_input_is_read(run: Run) -> None:
    """For `-`, as everywhere."""
    result = run("journey", "-", input=MET % "a")
    assert result.stdout.startswith("Journey: ")


def test_what_a_plugin_reads_is_read(write: Write) -> None:
    """By the suffix, or where the format is asked for."""
    plugin = ModuleType("dots")

    @hookimpl
    def palvelumittari_readers() -> dict[str, Any]:
        return {"dots": lines_of}

    plugin.palvelumittari_readers = palvelumittari_readers  # type: ignore[attr-defined]
    meter = Meter([plugin], installed=False)
    named, unnamed = write("a.dots", "one\ntwo\n"), write("a.txt", "one\n")
    assert ids(VerdictSources(Scorer(meter, None, "en")), named) == ["one", "two"]
    assert ids(VerdictSources(Scorer(meter, None, "en", "dots")), unnamed) == ["one"]


def lines_of(stream: IO[bytes], name: str | None) -> Iterator[dict[str, Any]]:
    """An encounter for each line, which is its id."""
    yield from (json.loads(MET % line.decode().strip()) for line in stream)
