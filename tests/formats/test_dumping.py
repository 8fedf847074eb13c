"""Writing records to texts and files."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from palvelumittari.formats import Reject, dump, dumps, load, load_many, loads
from palvelumittari.records.encounter import Actor, Encounter, Event
from palvelumittari.records.rubric import Role, RubricRef
from palvelumittari.records.verdict import (
    Band,
    Course,
    Evidence,
    Finding,
    Gate,
    GateKind,
    Note,
    NoteKind,
    Outcome,
    Part,
    Status,
    Step,
    Verdict,
    Weighs,
)
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import EncounterError
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

SMALL = Encounter("a", (Event(Actor.SERVER, "greet", at_ms=2500, text="Iltaa, väki!"),), sector="taxi")

STEP = Step(0, 0.2, "customer.minimal", title=Text(FrozenMap({"en": "minimal reply"})), tags=("lengthened",))

VERDICT = Verdict(
    encounter="a",
    score=39.9,
    calculated_score=52.25,
    band=Band.POOR,
    coverage=None,
    status=Status.SCORED,
    findings=(
        Finding(
            criterion="service/greeting",
            title=Text(FrozenMap({"en": "Greeting", "fi": "Tervehdys"})),
            role=Role.MUST,
            weight=2,
            outcome=Outcome.MISSED,
            fulfilment=0.0,
            rating=-1.0,
            points=-3.0,
            reason=Text(FrozenMap({"en": "nobody greeted"})),
            evidence=(Evidence(0, Part.CREDIT, Weighs.AGAINST, by=Actor.SERVER, act="greet", at_ms=2500),),
            situations=(Text(FrozenMap({"en": "Rush", "fi": "Ruuhka"})), Text(FrozenMap({"en": "setting.queue > 3"}))),
        ),
    ),
    gates=(Gate(GateKind.GRAVE, Band.NEUTRAL, Band.POOR, ("service/greeting",)),),
    readings=(
        Course("talk", Text(FrozenMap({"en": "Talk"})), 0.5, (STEP,)),
        Course("queue", Text(FrozenMap({"en": "Others waiting"})), 4.0, declared=True),
    ),
    notes=(Note(NoteKind.EXCERPT, Text(FrozenMap({"en": "a told moment"}))),),
    model="ledger",
    rubrics=(RubricRef("taxi/ride", "1.0.0", "ab" * 32),),
    digest="cd" * 32,
    engine="0.1.0",
    plugins=FrozenMap({"palvelumittari-taxi": "0.1.0"}),
)


def test_keys_stand_in_the_order_of_the_documentation(ride: str, vocabulary: Vocabulary) -> None:
    """Writing what was read gives the same text, so files can be compared line by line."""
    written = dumps(loads(ride, vocabulary=vocabulary))
    assert json.loads(written) == json.loads(ride)
    assert list(json.loads(written)) == list(json.loads(ride))
    assert written.endswith("}\n")


def test_json_is_legible() -> None:
    """Letters stay letters, whole seconds whole, and what has its default is left out."""
    assert (
        dumps(SMALL)
        == """\
{
  "schema": 1,
  "id": "a",
  "sector": "taxi",
  "events": [
    {
      "at": 2.5,
      "by": "server",
      "act": "greet",
      "text": "Iltaa, väki!"
    }
  ]
}
"""
    )


def test_ndjson_is_one_line() -> None:
    """One record a line, without blanks; the indentation does not matter."""
    line = dumps(SMALL, format="ndjson")
    assert line == (
        '{"schema":1,"id":"a","sector":"taxi",'
        '"events":[{"at":2.5,"by":"server","act":"greet","text":"Iltaa, väki!"}]}\n'
    )


def test_the_notation_has_a_head_and_columns(ride: str, vocabulary: Vocabulary) -> None:
    """Every key of an encounter as people write it, what plain words cannot hold as JSON."""
    assert (
        dumps(loads(ride, vocabulary=vocabulary), format="timeline")
        == """\
schema: 1
id: ride-117
sector: taxi
channel: face_to_face
language: fi
started: 2026-11-21T17:40:00+02:00
observer: customer
record: excerpt
observed: ["speech", "task"]
ends: 900
setting.queue: 0
setting.pace: quiet
customer.regular: true
server.id: car-12
outcome.satisfaction: 2
source.format: vcon
source.path: a.json
source.index: 0
extra.notes: [{"by": "Länsi"}, null, 0.5]

0:00     customer    arrive
0:02.500 server      greet {"detector": "fi/greetings", "span": [0, 5]}: Iltaa!
0:20     server/Anna small_talk > companion (15 s)
-        customer    minimal #lengthened: mmmm
"""
    )


@pytest.mark.parametrize("format", ["json", "ndjson"])
def test_a_verdict_with_everything_reads_back_the_same(vocabulary: Vocabulary, format: str) -> None:
    """Findings, evidence, gates, readings and notes survive."""
    text = dumps(VERDICT, format=format)
    assert loads(text, Verdict, vocabulary=vocabulary) == VERDICT
    assert json.loads(text)["schema"] == 1
    assert json.loads(text)["findings"][0]["evidence"][0]["at"] == 2.5


@pytest.mark.parametrize("value", [math.nan, math.inf, "\ud800", datetime(2026, 1, 1), {1}, {1: 2}, 10**400])
def test_what_json_cannot_hold_is_told_with_its_path(value: Any) -> None:
    """Nothing is written that would not read back the same."""
    for format in ("json", "ndjson", "timeline"):
        with pytest.raises(EncounterError, match=r"\$\.extra\.a"):
            dumps(attrs.evolve(SMALL, extra={"a": [{"b": value}]}), format=format)


def test_what_is_nested_too_deeply_is_not_written() -> None:
    """What `loads` would refuse, `dumps` refuses."""
    deep: Any = 1
    for _ in range(70):
        deep = [deep]
    with pytest.raises(EncounterError, match="nested too deeply"):
        dumps(attrs.evolve(SMALL, extra={"a": deep}))


def test_a_score_that_is_not_finite_is_not_written() -> None:
    """No reader of JSON would know what NaN means."""
    with pytest.raises(EncounterError, match=r"\$\.score: a value that JSON cannot hold"):
        dumps(attrs.evolve(VERDICT, score=math.nan))


def test_a_verdict_has_no_notation() -> None:
    """The notation is for timelines."""
    with pytest.raises(EncounterError, match="a verdict cannot stand in the timeline notation"):
        dumps(VERDICT, format="timeline")


def test_only_records_are_written() -> None:
    """A reject that slipped in among encounters is a mistake of the program."""
    with pytest.raises(TypeError, match="not a Reject"):
        dumps(Reject(1, (), ""))  # type: ignore[arg-type]


# --- files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.json", "a.ndjson", "a.jsonl", "a.timeline", "a.txt", "a"])
def test_the_suffix_tells_the_format(tmp_path: Path, vocabulary: Vocabulary, name: str) -> None:
    """One record goes into any format and comes back the same; nothing else is left behind."""
    dump(SMALL, tmp_path / name)
    assert load(tmp_path / name, vocabulary=vocabulary) == SMALL
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_many_records_are_written_as_they_come(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A generator of records becomes NDJSON, whatever the suffix leaves open."""
    for name in ("a.ndjson", "a"):
        dump((attrs.evolve(SMALL, id=str(number)) for number in range(3)), tmp_path / name)
        read = list(load_many(tmp_path / name, vocabulary=vocabulary))
        assert [item.id for item in read if isinstance(item, Encounter)] == ["0", "1", "2"]


def test_many_records_do_not_fit_in_one_document(tmp_path: Path) -> None:
    """Nor is the old file touched."""
    for name in ("a.json", "a.timeline"):
        with pytest.raises(EncounterError, match="many records for one document"):
            dump([SMALL, SMALL], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    """An error in the midst leaves the old file as it was, and no other one."""

    def broken() -> Iterator[Encounter]:
        yield SMALL
        raise RuntimeError("the source ran dry")

    file = tmp_path / "a.ndjson"
    file.write_text("old")
    with pytest.raises(RuntimeError, match="the source ran dry"):
        dump(broken(), file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_new_file_has_the_rights_of_the_old_one(tmp_path: Path) -> None:
    """A file that others may read stays so, and a link stays a link."""
    file, link = tmp_path / "a.json", tmp_path / "link.json"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    dump(SMALL, link)
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_text() == dumps(SMALL)


def test_what_is_no_file_is_written_to_directly(vocabulary: Vocabulary) -> None:
    """A device such as `/dev/null` is not replaced by a file."""
    dump(SMALL, os.devnull)
    assert not Path(os.devnull).is_file()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A missing directory, and a directory in the file's place."""
    with pytest.raises(EncounterError, match="cannot be written: No such file or directory"):
        dump(SMALL, tmp_path / "none" / "a.json")
    with pytest.raises(EncounterError, match="cannot be written: Is a directory"):
        dump(SMALL, tmp_path)
