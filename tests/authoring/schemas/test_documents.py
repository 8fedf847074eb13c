"""The schemas themselves: published as the code says, whole, explained, and named by every shipped file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
from jsonschema import Draft7Validator

from palvelumittari import Meter, dumps
from palvelumittari.authoring.schemas import (
    Kind,
    directive,
    file_name,
    kind_of_toml,
    schema,
    schema_text,
    write_schemas,
)
from palvelumittari.authoring.schemas.documents import core_vocabulary
from palvelumittari.authoring.schemas.wording import descriptions, worded
from palvelumittari.authoring.trying import try_case
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.vocabulary import Act, Vocabulary
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

Whole = Callable[[str], dict[str, Any]]
Json = dict[str, Any]


def test_what_is_published_and_named_is_up_to_date(tool: ModuleType) -> None:
    """The files in docs/schema are what the code says, and every shipped TOML file names the one that fits it."""
    assert list(tool.outdated()) == [], "run: python tools/schemas.py --update"


def test_every_shipped_toml_file_leads_to_its_schema(tool: ModuleType) -> None:
    """From the file itself, as an editor goes: the path of the first line is that of a schema of its kind."""
    files = tool.shipped()
    assert len(files) > 250
    for file in files:
        first = file.read_text("utf-8").split("\n", 1)[0]
        found = (file.parent / first.removeprefix("#:schema ")).resolve()
        assert json.loads(found.read_text("utf-8"))["title"] == f"palvelumittari {kind_of_toml(file.name)}", file


def test_every_shipped_toml_file_fits_its_schema(tool: ModuleType) -> None:
    """Nothing that ships is underlined, the words of plugins included."""
    validators = {kind: Draft7Validator(schema(kind)) for kind in Kind}
    for file in tool.shipped():
        errors = validators[kind_of_toml(file.name)].iter_errors(read_toml(file).data)
        assert [f"{error.json_path}: {error.message}" for error in errors] == [], file


def test_shipped_cases_give_json_that_fits() -> None:
    """Encounter and verdict of every fifth, as `dumps` writes them."""
    meter = Meter()
    validators = {kind: Draft7Validator(schema(kind)) for kind in (Kind.ENCOUNTER, Kind.VERDICT)}
    for case in meter.catalog.cases[::5]:
        tried = try_case(meter, case.file)
        for kind, record in ((Kind.ENCOUNTER, tried.case.encounter), (Kind.VERDICT, tried.verdict)):
            assert [error.message for error in validators[kind].iter_errors(json.loads(dumps(record)))] == []


@pytest.mark.parametrize("kind", Kind)
def test_a_schema_is_one(kind: Kind) -> None:
    """It is draft-07, has a name of its own without a host, and says what it is of."""
    found = schema(kind)
    Draft7Validator.check_schema(found)
    assert found["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert found["$id"] == f"urn:palvelumittari:schema:{kind}:1"
    assert found["description"].endswith(".")
    assert json.loads(schema_text(str(kind))) == found


@pytest.mark.parametrize("kind", Kind)
def test_every_key_is_explained(kind: Kind) -> None:
    """Editors show something at each key."""
    for table in tables(schema(kind)):
        assert [key for key, found in table["properties"].items() if not found.get("description")] == []


@pytest.mark.parametrize("kind", Kind)
def test_every_reference_leads_somewhere_and_every_definition_is_used(kind: Kind) -> None:
    """Nothing hangs loose."""
    found = schema(kind)
    text = json.dumps(found)
    assert all(f'"#/definitions/{name}"' in text for name in found["definitions"])
    assert text.count('"$ref"') == sum(text.count(f'"$ref": "#/definitions/{name}"') for name in found["definitions"])


def tables(value: Any) -> Iterator[Json]:
    """Every table of a schema that knows all its keys."""
    if isinstance(value, dict):
        if value.get("additionalProperties") is False:
            yield value
        for inner in value.values():
            yield from tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tables(inner)


def test_every_description_belongs_to_a_key() -> None:
    """What the readers no longer know is not described any longer."""
    said = {text for kind in Kind for text in texts(schema(kind))}
    every = [(f"{name}.{key}", text) for name, keys in descriptions().items() for key, text in keys.items()]
    assert [name for name, text in every if text not in said] == []


def texts(value: Any) -> Iterator[str]:
    """Every description in a schema."""
    if isinstance(value, dict):
        if isinstance(value.get("description"), str):
            yield value["description"]
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_a_key_without_words_stops_the_making() -> None:
    """Whoever adds a key to a reader learns where to say what it means."""
    with pytest.raises(LookupError) as caught:
        worded("Shows", "mood")
    assert caught.value.args[0] == "descriptions.toml lacks `mood` in [Shows]: say there what it means"


def test_the_whole_documents_hold_every_key(whole: Whole) -> None:
    """The documents that are changed in every place really have every key, so that none goes untested."""
    names = {
        Kind.RUBRIC: ["rubric.toml", "child.toml"],
        Kind.VOCABULARY: ["vocabulary.toml"],
        Kind.READINGS: ["readings.toml"],
        Kind.CASE: ["case.toml"],
        Kind.ENCOUNTER: ["encounter.json"],
        Kind.VERDICT: ["verdict.json"],
    }
    for kind, files in names.items():
        used = {key for name in files for key in keys(whole(name))}
        assert {key for table in tables(schema(kind)) for key in table["properties"]} - used == set(), kind


def keys(value: Any) -> Iterator[str]:
    """Every key within a document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_the_words_of_a_vocabulary_are_offered() -> None:
    """Those of the core if none is given; each act by staff and customer if they do it, else by whoever does."""
    offered = schema(Kind.RUBRIC)["definitions"]["selector"]["anyOf"][0]["enum"]
    assert {"staff.greet", "customer.greet", "system.delay", "customer.bid"} <= set(offered)
    assert "companion.bid" not in offered
    yodel = Act("yodel", Text({"en": "yodel"}), modalities=frozenset(["speech"]))  # type: ignore[arg-type]
    grown = attrs.evolve(core_vocabulary(), acts=FrozenMap({**core_vocabulary().acts, "yodel": yodel}))
    assert "staff.yodel" in schema(Kind.RUBRIC, grown)["definitions"]["selector"]["anyOf"][0]["enum"]
    assert "yodel" in schema(Kind.ENCOUNTER, grown)["definitions"]["act"]["anyOf"][0]["enum"]


def test_fields_are_offered_with_what_they_take() -> None:
    """Type, unit, values and range, as the vocabulary says."""
    core = core_vocabulary()
    held = schema(Kind.ENCOUNTER, Vocabulary(core.acts, core.tags, core.fields))["properties"]
    assert held["setting"]["properties"]["queue"]["type"] == "integer"
    assert held["setting"]["properties"]["queue"]["minimum"] == 0
    assert held["customer"]["properties"]["regular"]["type"] == "boolean"
    assert held["customer"]["properties"]["talk_wish"]["enum"] == list(core.fields["customer.talk_wish"].values)


def test_there_is_no_schema_of_anything_else() -> None:
    """A kind that is not known is a mistake of the program."""
    with pytest.raises(ValueError, match="'poem' is not a valid Kind"):
        schema_text("poem")


# --- writing ----------------------------------------------------------------------------------------------------


def test_schemas_are_written_into_a_new_folder(tmp_path: Path) -> None:
    """All of them by default, and nothing else is left there."""
    found = write_schemas(tmp_path / "deep" / "schema")
    assert [file.name for file in found] == [file_name(kind) for kind in Kind]
    assert sorted(found) == sorted((tmp_path / "deep" / "schema").iterdir())
    assert found[2].read_text("utf-8") == schema_text("rubric")


def test_nothing_half_written_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new file cannot take the place of the old one, the old one stays and the draft goes."""
    (old,) = write_schemas(tmp_path, [Kind.CASE])
    old.write_text("old")

    def refuse(*_: object) -> None:
        raise PermissionError("no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        write_schemas(tmp_path, [Kind.CASE])
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("case.schema.json", "old")]


# --- the tool ---------------------------------------------------------------------------------------------------


def test_the_tool_mends_what_is_out_of_date(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names every file with what is wrong, and with --update it writes; what else stands in a file stays."""
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "SCHEMAS", tmp_path / "docs" / "schema")
    rubric, case = tmp_path / "rubrics" / "inn" / "inn.toml", tmp_path / "rubrics" / "inn" / "cases" / "I1.case.toml"
    case.parent.mkdir(parents=True)
    rubric.write_bytes(b"# The inn.\r\nschema = 1\n")
    case.write_text("#:schema wrong.json\nschema = 1\n")
    assert tool.main([]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{Path('docs/schema/encounter.schema.json')} is not what the code says"
    assert said[-1] == f"{rubric.relative_to(tmp_path)} must begin with the line {directive(rubric, tool.SCHEMAS)}"
    assert tool.main(["--update"]) == 0
    assert rubric.read_bytes() == b"#:schema ../../docs/schema/rubric.schema.json\n# The inn.\r\nschema = 1\n"
    assert case.read_text() == "#:schema ../../../docs/schema/case.schema.json\nschema = 1\n"
    assert tool.main([]) == 0
