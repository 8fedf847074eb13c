"""Schema and reader judge alike: what the schema underlines the reader refuses, and almost the other way round."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from palvelumittari import Meter, dumps
from palvelumittari.authoring.schemas import Kind, schema
from palvelumittari.authoring.schemas.documents import core_vocabulary
from palvelumittari.reading.mismatch import Mismatch
from palvelumittari.reading.rubric_types import parse_window
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.records.encounter import Encounter
from palvelumittari.testing import encounters
from palvelumittari.words.timing import ms_from_duration

Whole = Callable[[str], dict[str, Any]]
Refusals = Callable[[Kind, Any], list[str]]
Path = tuple[str | int, ...]

VALIDATORS = {kind: Draft7Validator(schema(kind)) for kind in Kind}
CORE = core_vocabulary()

ODD: tuple[Any, ...] = (
    *("", " ", "No Such", "service/greeting", "staff.greet", "greet", "1 turn", "0 s", "1.0.0", "# no"),
    *(0, 2, 11, 101, -1, 0.5, 1.5, 5e8, True, False),
    *([], ["staff.greet"], ["greet", 2], [1, 0], [0.5, 0.7, 0.9], [{}]),
    *({}, {"en": "x"}, {"en": 5}),
)
"""What is put into the place of every value, one after the other."""

BEYOND = (
    # words that only the vocabulary, the plugins and the other rubrics know
    *("unknown (act|tag|field|rubric|criterion|scoring model)", "no plugin brings", "no parent declares"),
    *("is never done by", "is (no|already a context) field", "already declared", "is a group", "stands twice"),
    # what is written in a text: conditions, the timeline, numbers and dates within texts
    *("condition", "only the fields of the record", "is no function here", "expected true or false\n"),
    *("not a time\n", "(the act|an actor) is missing", "this window can never be met", "a date and time"),
    *("seconds with at most three decimals", "a reading moves all the time", "a start may read context fields alone"),
    # two values of the same document that do not go together
    *("lies outside the range", "the range is empty", "no range of scores", "times go backwards", "the record ends at"),
    *("the span lies outside", "phases can never be reached", "a kind of itself", "refines itself"),
    # what depends on the parent of an override
    *("exactly one measure, this one has 2", "ceases needs after or once, and not both"),
    "only a (must caps|bonus lifts)",
    # JSON Schema takes 5.0 for a whole number
    r"found a number \([0-9]+\.0\); expected a whole number",
)
"""What the reader says of faults that no schema can express."""


def is_valid(kind: Kind, data: Any) -> bool:
    """What the schema says."""
    return bool(VALIDATORS[kind].is_valid(data))


def parts(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Path]]:
    """A document with the path beneath which to change it; criteria and overrides one by one, for that is quicker."""
    yield {key: value for key, value in data.items() if key not in ("criterion", "override")}, ()
    for index, criterion in enumerate(data.get("criterion", ())):
        told = [each for each in data["criterion"][:index] if each["id"] in str(criterion.get("refines"))]
        yield {**data, "criterion": [criterion, *told]}, ("criterion", 0)
    for name, override in data.get("override", {}).items():
        yield {**data, "override": {name: override}}, ("override", name)


def mutated(data: dict[str, Any], top: Path, seen: set[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every document that differs in one place: a key left out, a key too many, or an odd value; with a name of it.

    Of several places that are alike, such as the titles of all criteria, only the first is changed: `seen` keeps them.
    """
    for path, value in places(at(data, top), top):
        alike = (*top[:1], *("*" if isinstance(step, int) else step for step in path[len(top) :]))
        if alike in seen:
            continue
        seen.add(alike)
        for name, change in changes(value):
            document = copy.deepcopy(data)
            change(at(document, path[:-1]), path[-1])
            yield f"{'.'.join(map(str, path))} {name}", document
        if isinstance(value, dict):
            document = copy.deepcopy(data)
            at(document, path)["surplus"] = 1
            yield f"{'.'.join(map(str, path))}.surplus", document
    document = copy.deepcopy(data)
    at(document, top)["surplus"] = 1
    yield "surplus", document


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value within a document, outer before inner."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield (*path, step), item
        yield from places(item, (*path, step))


def at(data: Any, path: Path) -> Any:
    """The value at a path."""
    for step in path:
        data = data[step]
    return data


def changes(value: Any) -> Iterator[tuple[str, Callable[[Any, Any], None]]]:
    """What may be done to a value within what holds it."""

    def leave_out(holder: Any, step: Any) -> None:
        del holder[step]

    def put(odd: Any) -> Callable[[Any, Any], None]:
        return lambda holder, step: holder.__setitem__(step, copy.deepcopy(odd))

    yield "left out", leave_out
    for odd in ODD:
        if type(odd) is not type(value) or odd != value:
            yield f"= {odd!r}", put(odd)


def test_the_documents_are_in_order(name: str, kind: Kind, whole: Whole, refusals: Refusals) -> None:
    """Before anything is changed, reader and schema find no fault, so that the next tests prove something."""
    assert refusals(kind, whole(name)) == []
    assert [error.message for error in VALIDATORS[kind].iter_errors(whole(name))] == []


def test_whatever_is_underlined_is_refused_and_the_other_way_round(
    name: str, kind: Kind, whole: Whole, refusals: Refusals
) -> None:
    """One fault at a time, at every place of every document: no false underline, and none missing that is possible."""
    wrong: list[str] = []
    seen: set[Path] = set()
    for what, document in (each for part in parts(whole(name)) for each in mutated(*part, seen)):
        found = refusals(kind, document)
        if is_valid(kind, document):
            missing = (each for each in found if not re.search("|".join(BEYOND), each, re.M))
            wrong += [f"{what}: not underlined: {each}" for each in missing]
        elif not found:
            wrong.append(f"{what}: underlined, but in order")
    assert wrong == []


@given(data=st.data())
def test_scored_encounters_and_verdicts_are_never_underlined(data: st.DataObject, meter: Meter) -> None:
    """Whatever encounter comes in, its JSON and that of its verdict fit their schemas."""
    encounter: Encounter = data.draw(encounters(CORE))
    for kind, record in ((Kind.ENCOUNTER, encounter), (Kind.VERDICT, meter.score(encounter))):
        assert [error.message for error in VALIDATORS[kind].iter_errors(json.loads(dumps(record)))] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-200, 200) | st.floats(-1e9, 1e9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@pytest.mark.parametrize("document", ["encounter.json", "verdict.json"])
@given(data=st.data())
def test_what_is_underlined_in_json_is_refused(
    document: str, data: st.DataObject, whole: Whole, refusals: Refusals
) -> None:
    """Any value at any place, null among them: what the schema refuses is refused."""
    kind = Kind.ENCOUNTER if document == "encounter.json" else Kind.VERDICT
    content = whole(document)
    path = data.draw(st.sampled_from([path for path, _ in places(content)]))
    at(content, path[:-1])[path[-1]] = data.draw(JSON)
    if not is_valid(kind, content):
        assert refusals(kind, content) != []


def is_read(read: Callable[[str], Any], text: str) -> bool:
    """Whether a reader takes a text."""
    try:
        read(text)
    except (Mismatch, ValueError):
        return False
    return True


def pieces(*words: str) -> st.SearchStrategy[str]:
    """Texts that often are nearly what they should be."""
    return st.lists(st.sampled_from(words) | st.text(max_size=2), max_size=9).map("".join)


@given(pieces("staff", "customer", "*", ".", "greet", " ", " | ", "|", " #", "#aloud", "!#", " > ", "server", "\t"))
def test_a_selector_that_is_read_is_not_underlined(text: str) -> None:
    """The pattern of selectors is no stricter than their parser."""
    if is_read(parse_selector, text):
        assert Draft7Validator(definition("selector")).is_valid(text)


@given(pieces("1", "20", "0.5", ".", " ", "s", " s", "min", "h", " turn", " turns", " or ", "or"))
def test_a_window_or_duration_that_is_read_is_not_underlined(text: str) -> None:
    """The patterns of windows and durations are no stricter than their parsers."""
    for read, name in ((parse_window, "window"), (ms_from_duration, "duration")):
        if is_read(read, text):
            assert Draft7Validator(definition(name)).is_valid(text)


def definition(name: str) -> dict[str, Any]:
    """One of the small languages in the schema of rubrics."""
    found: dict[str, Any] = schema(Kind.RUBRIC)["definitions"][name]
    return found
