"""Kinds of records: what messages call them, how a document says which it is, and what is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs
import pytest

from palvelumittari.formats import Reject, dump, dumps, load, load_mixed, loads
from palvelumittari.formats.kinds import is_kind, kind_of_data, name_of_kind, names_its_kind, one, words_for
from palvelumittari.records.encounter import Actor, Encounter, Event
from palvelumittari.records.episode import Episode, RecoveryState
from palvelumittari.records.journey import Journey
from palvelumittari.records.references import EncounterRef
from palvelumittari.records.verdict import Band, Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.records.word_of_mouth import WordOfMouth
from palvelumittari.words.errors import EncounterError

MET = Encounter("a", (Event(Actor.SERVER, "greet"),), sector="taxi")
EPISODE = Episode(
    encounters=(EncounterRef(number=1, score=70.0, band=Band.GOOD),),
    state=RecoveryState.OK,
    score=70.0,
    band=Band.GOOD,
    engine="0.1.0",
)


def told(text: str, kind: type[Any], vocabulary: Vocabulary) -> str:
    """What is wrong with a text."""
    with pytest.raises(EncounterError) as caught:
        loads(text, kind, vocabulary=vocabulary)
    return str(caught.value)


def mixed(where: Any, vocabulary: Vocabulary, *kinds: type[Any]) -> Iterator[Any]:
    """Whatever stands in a stream."""
    return load_mixed(where, kinds or (Encounter, Verdict, Episode), vocabulary=vocabulary)


def test_kinds_have_names() -> None:
    """In files with underscores, in messages with blanks and an article."""
    assert name_of_kind(WordOfMouth) == "word_of_mouth"
    assert (words_for(WordOfMouth), one(WordOfMouth), one(Episode)) == (
        "word of mouth",
        "a word of mouth",
        "an episode",
    )


NAMED = ("advice", "comparison", "episode", "journey", "panel", "relationship", "shift", "word_of_mouth")
"""What documents call the kinds that name themselves."""


@pytest.mark.parametrize("name", NAMED)
def test_a_kind_is_found_by_its_name(name: str) -> None:
    """It is loaded then, if nobody has asked for it before."""
    kind = kind_of_data({"kind": name})
    assert kind is not None
    assert (name_of_kind(kind), is_kind(kind), names_its_kind(kind)) == (name, True, True)


def test_a_class_of_the_same_name_is_no_kind() -> None:
    """Only the records themselves are."""
    assert is_kind(Verdict)
    assert not is_kind(type("Verdict", (), {}))


@pytest.mark.parametrize("name", ["encounter", "verdict", *NAMED])
def test_no_record_has_an_attribute_that_would_hide_its_kind(name: str) -> None:
    """The head of a document and the record share one table."""
    kind = kind_of_data({"kind": name})
    assert kind is not None
    assert not {"schema", "kind"} & {field.name for field in attrs.fields(kind)}


def test_records_of_several_encounters_name_their_kind(vocabulary: Vocabulary) -> None:
    """Behind the schema; encounters and verdicts have none, as ever."""
    assert list(json.loads(dumps(EPISODE)))[:2] == ["schema", "kind"]
    assert "kind" not in json.loads(dumps(MET))
    assert loads(dumps(EPISODE), Episode, vocabulary=vocabulary) == EPISODE
    assert not names_its_kind(Verdict)


def test_records_go_to_files_and_back(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """As encounters do, one or many."""
    dump(EPISODE, tmp_path / "a.json")
    assert load(tmp_path / "a.json", Episode, vocabulary=vocabulary) == EPISODE
    dump([MET, EPISODE], tmp_path / "b.ndjson")
    assert list(mixed(tmp_path / "b.ndjson", vocabulary)) == [MET, EPISODE]


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (dumps(EPISODE), Encounter, "this is an episode"),
        (dumps(EPISODE), Journey, "this is an episode"),
        (dumps(MET), Episode, "this is an encounter"),
        ('{"schema": 1, "findings": []}', Episode, "this is a verdict"),
        ('{"schema": 1, "state": "ok"}', Episode, "the key `kind` is missing"),
        ('{"schema": 1, "state": "ok"}', Episode, 'try: add "kind": "episode"'),
        ('{"schema": 1, "kind": "episod"}', Episode, "unknown kind of record"),
        ('{"schema": 1, "kind": "episod"}', Episode, "try: did you mean `episode`?"),
        ('{"schema": 1, "kind": 5}', Verdict, "found 5; expected a verdict"),
        ('{"schema": 1, "kind": "encounter", "events": []}', Encounter, "unknown kind of record"),
        ("[]", Episode, "a list at the top, not one episode"),
        ("5", WordOfMouth, "not an object that could be one word of mouth"),
        ("", Episode, "expected one episode"),
        ("id: a", Episode, "an episode cannot stand in the timeline notation"),
        (dumps(EPISODE).replace('"good"', '"god"'), Episode, "did you mean `good`?"),
        (dumps(EPISODE).replace('"engine"', '"engin"'), Episode, "unknown key `engin`"),
        (dumps(EPISODE) + dumps(EPISODE), Episode, "more than one episode"),
    ],
)
def test_what_is_wrong_is_told(vocabulary: Vocabulary, text: str, kind: type[Any], message: str) -> None:
    """With the words for the kind that was wanted."""
    assert message in told(text.strip().replace("\n", " ") if "id:" in text else text, kind, vocabulary)


def test_only_encounters_have_a_notation() -> None:
    """The notation is for timelines."""
    with pytest.raises(EncounterError, match="an episode cannot stand in the timeline notation"):
        dumps(EPISODE, format="timeline")


def test_what_is_no_record_is_a_mistake_of_the_program(vocabulary: Vocabulary) -> None:
    """It names those that there are."""
    with pytest.raises(TypeError, match=r"a record is one of Encounter, Verdict, .*, not a Reject"):
        loads("{}", Reject, vocabulary=vocabulary)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"events": []}, Encounter),
        ({"findings": []}, Verdict),
        ({"kind": "journey"}, Journey),
        ({"kind": "walk"}, None),
        ({}, None),
        ([], None),
    ],
)
def test_the_content_tells_the_kind(data: Any, kind: type[Any] | None) -> None:
    """By its name, else by what it cannot do without."""
    assert kind_of_data(data) is kind


def test_a_list_gives_its_members(vocabulary: Vocabulary) -> None:
    """As `score -f json` writes it; what is wrong in one has its place and leaves the others alone."""
    odd = dumps(MET, indent=None).replace("greet", "gret").strip()
    text = f"[\n{dumps(MET, indent=None).strip()},\n{odd},\n{dumps(EPISODE, indent=None).strip()}\n]\n"
    first, bad, last = mixed(BytesIO(text.encode()), vocabulary)
    assert (first, last) == (MET, EPISODE)
    assert isinstance(bad, Reject)
    assert "line 3" in str(bad.problems[0])
    assert "$[1].events[0].act: unknown act 'gret'" in str(bad.problems[0])


@pytest.mark.parametrize("text", ["[1,", "[\n\xff", " 5", '{"schema": 1,\n "kind": "journey"}'])
def test_what_is_neither_is_rejected(vocabulary: Vocabulary, text: str) -> None:
    """A broken list, no text, no object, or a kind that was not asked for."""
    (bad,) = mixed(BytesIO(text.encode("latin-1")), vocabulary)
    assert isinstance(bad, Reject)
    assert bad.problems
