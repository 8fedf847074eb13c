"""Whether an encounter fits the vocabulary, its own timeline and the limits."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from palvelumittari.reading.encounters import Limits, check_encounter, odd_events
from palvelumittari.reading.structure import json_path
from palvelumittari.records.encounter import Actor, Channel, Encounter, Event, Modality
from palvelumittari.records.vocabulary import BUILT_IN_FIELDS, Act, Field, FieldType, Tag, Vocabulary
from palvelumittari.words.errors import Problem, Severity
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text


def _act(name: str, **keys: Any) -> Act:
    return Act(name, Text(FrozenMap()), modalities=frozenset({Modality.SPEECH}), **keys)


ACTS = (
    _act("greet"),
    _act("small_talk"),
    _act("fault", by=frozenset({Actor.SYSTEM})),
    _act("attend", is_group=True, members=("greet", "small_talk")),
)
FIELDS = (
    Field("setting.queue", FieldType.COUNT),
    Field("setting.pace", FieldType.CHOICE, values=("quiet", "busy")),
    Field("setting.severity", FieldType.NUMBER, range=(0.0, 1.0)),
    Field("customer.regular", FieldType.FLAG),
)
VOCABULARY = Vocabulary(
    FrozenMap({act.id: act for act in ACTS}),
    FrozenMap({name: Tag(name, Text(FrozenMap())) for name in ("hedged", "lengthened")}),
    FrozenMap({field.name: field for field in (*BUILT_IN_FIELDS, *FIELDS)}),
)
PLAIN = Encounter("a", (Event(Actor.SERVER, "greet"),), sector="taxi")


def found(limits: Limits | None = None, **keys: Any) -> list[tuple[str, Problem]]:
    """What is wrong with a plain encounter in which some keys are changed."""
    encounter = attrs.evolve(PLAIN, **keys)
    problems = check_encounter(encounter, VOCABULARY, limits) if limits else check_encounter(encounter, VOCABULARY)
    return [(json_path(path), problem) for path, problem in problems]


def only(limits: Limits | None = None, **keys: Any) -> tuple[str, Problem]:
    """The one thing that is wrong."""
    ((path, problem),) = found(limits, **keys)
    return path, problem


def event(**keys: Any) -> tuple[Event, ...]:
    """One event in which some keys are changed."""
    return (attrs.evolve(PLAIN.events[0], **keys),)


def timed(*seconds: float | None) -> tuple[Event, ...]:
    """Greetings at these times."""
    return tuple(Event(Actor.SERVER, "greet", at_ms=None if at is None else round(at * 1000)) for at in seconds)


def test_a_plain_encounter_has_no_problem() -> None:
    """Nor has one without events, or with a channel alone."""
    assert found() == []
    assert found(events=()) == []
    assert found(sector=None, channel=Channel.PHONE) == []


def test_an_unknown_act_names_the_nearest() -> None:
    """The message that people see for a misspelt act."""
    path, problem = only(events=event(act="smal_talk"))
    assert path == "$.events[0].act"
    assert (
        str(problem)
        == """\
unknown act 'smal_talk'
    expected an act of the vocabulary
    try: did you mean `small_talk`?"""
    )


def test_a_group_is_no_act() -> None:
    """A group names several acts; the message lists them."""
    path, problem = only(events=event(act="attend"))
    assert path == "$.events[0].act"
    assert problem.what == "`attend` is a group of acts and never stands in a timeline"
    assert problem.expected == "one of greet, small_talk"


def test_a_near_group_is_not_proposed() -> None:
    """Only what may stand in a timeline is proposed for it."""
    assert only(events=event(act="attends"))[1].hint is None


def test_an_unknown_tag_lists_the_known_ones() -> None:
    """Tags are declared, too."""
    path, problem = only(events=event(tags=("hedged", "lenghtened")))
    assert path == "$.events[0].tags[1]"
    assert problem.expected == "one of hedged, lengthened"
    assert problem.hint == "did you mean `lengthened`?"


def test_an_act_by_an_actor_who_cannot_do_it_is_a_warning() -> None:
    """Such an encounter is odd, not wrong."""
    path, problem = only(events=event(act="fault"))
    assert path == "$.events[0].by"
    assert problem.severity is Severity.WARNING
    assert str(problem) == ("warning: `fault` is nothing that the actor `server` does\n    expected one of system")


def test_an_unknown_field_lists_the_declared_ones() -> None:
    """A misspelt field is an error, not a silent miss."""
    path, problem = only(setting={"quee": 0})
    assert path == "$.setting.quee"
    assert problem.what == "unknown field 'setting.quee'"
    assert problem.expected == "one of pace, queue, severity"
    assert problem.hint == "did you mean `queue`?"
    assert only(customer={"queue": 0})[1].expected == "one of regular"


def test_a_vocabulary_may_declare_no_fields() -> None:
    """Even then the message says what is expected."""
    bare = attrs.evolve(VOCABULARY, fields=FrozenMap())
    ((_, problem),) = check_encounter(attrs.evolve(PLAIN, setting={"queue": 0}), bare)
    assert problem.expected == "none, as the vocabulary declares none"


@pytest.mark.parametrize(
    ("place", "key", "value", "expected", "hint"),
    [
        ("setting", "queue", -1, "a whole number from 0", None),
        ("setting", "queue", 1.5, "a whole number from 0", None),
        ("setting", "queue", True, "a whole number from 0", None),
        ("setting", "queue", "4", "a whole number from 0", None),
        ("setting", "pace", "bussy", "one of quiet, busy", "did you mean `busy`?"),
        ("setting", "severity", 1.01, "a number from 0 to 1", None),
        ("setting", "severity", None, "a number from 0 to 1", None),
        ("customer", "regular", 1, "true or false", None),
        ("customer", "regular", {"a": ()}, "true or false", None),
    ],
)
def test_a_value_that_the_field_does_not_take(
    place: str, key: str, value: Any, expected: str, hint: str | None
) -> None:
    """Of the wrong type, or outside the range; nothing is coerced."""
    keys: dict[str, Any] = {place: {key: value}}
    path, problem = only(None, **keys)
    assert (path, problem.expected, problem.hint) == (f"$.{place}.{key}", expected, hint)
    assert problem.found


def test_times_that_go_backwards_name_both_events() -> None:
    """Times that nobody noted in between do not hide it, and equal times are in order."""
    path, problem = only(events=timed(1, 9, None, 9, 5.25, 9))
    assert path == "$.events[4].at"
    assert problem.what == (
        "times go backwards: events[4] (`greet`) is at 5.25 s, but events[3] (`greet`) before it is at 9 s"
    )
    assert problem.expected == "at least 9 s"


def test_every_time_that_goes_backwards_is_told() -> None:
    """Each is compared with the latest time before it, so one slip is one problem."""
    assert [path for path, _ in found(events=timed(9, 1, 2, 9))] == ["$.events[1].at", "$.events[2].at"]


def test_a_record_does_not_end_before_its_last_event() -> None:
    """It may end with it, and untimed events have no say."""
    path, problem = only(events=timed(1, 9, None), ends_ms=8_999)
    assert path == "$.ends"
    assert problem.what == "the record ends at 8.999 s, but events[1] (`greet`) is at 9 s"
    assert found(events=timed(1, 9, None), ends_ms=9_000) == []
    assert found(events=timed(None), ends_ms=0) == []


@pytest.mark.parametrize("ms", [-1, 10**15])
def test_times_of_encounters_made_by_hand_have_a_range(ms: int) -> None:
    """Python code may pass any number; files cannot."""
    assert only(events=event(at_ms=ms))[0] == "$.events[0].at"
    assert only(events=event(lasts_ms=ms))[0] == "$.events[0].lasts"
    assert only(ends_ms=ms)[0] == "$.ends"


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_id_tells_nothing_apart(name: str) -> None:
    """An id is text with something in it."""
    assert only(id=name)[0] == "$.id"


def test_an_encounter_needs_a_sector_or_a_channel() -> None:
    """Without either no rubric can be chosen."""
    path, problem = only(sector=None)
    assert (path, problem.what) == ("$", "neither sector nor channel")


@pytest.mark.parametrize(
    ("sector", "hint"),
    [
        ("Taxi", "did you mean `taxi`?"),
        ("retail/toys", "did you mean `retail.toys`?"),
        ("Food counter", "did you mean `food_counter`?"),
        ("", None),
        ("retail..toys", None),
        ("1a", None),
        ("ääni", None),
    ],
)
def test_a_sector_is_dotted_lower_case_words(sector: str, hint: str | None) -> None:
    """Where it is plain what was meant, it is proposed."""
    path, problem = only(sector=sector)
    assert (path, problem.hint) == ("$.sector", hint)
    assert found(sector="retail.toys_2") == []


@pytest.mark.parametrize("span", [(0, 6), (-1, 2), (3, 2)])
def test_a_span_lies_in_the_text(span: tuple[int, int]) -> None:
    """It is a half-open range of characters."""
    path, problem = only(events=event(text="Iltaa", span=span))
    assert path == "$.events[0].span"
    assert problem.expected == "from 0 to 5, in order"
    assert found(events=event(text="Iltaa", span=(0, 5))) == []


def test_a_span_needs_a_text() -> None:
    """There is nothing else that it could be a part of."""
    assert only(events=event(span=(0, 0)))[1].what == "a span without a text"


def test_events_are_limited() -> None:
    """The message says how many, how many may be, and how to change it."""
    path, problem = only(Limits(events=2), events=timed(3, 2, 1))
    assert path == "$.events"
    assert str(problem) == ("too many events\n    found 3 events; expected at most 2\n    try: split the encounter")
    assert Limits().events == 100_000


def test_text_is_limited_in_bytes() -> None:
    """All texts together count, as they stand in a file."""
    events = (*event(text="ää"), *event(text="ab"))
    path, problem = only(Limits(text_bytes=5), events=events)
    assert (path, problem.found) == ("$.events", "6 bytes")
    assert found(Limits(text_bytes=6), events=events) == []
    assert Limits().text_bytes == 1_048_576


def test_everything_is_told_at_once() -> None:
    """Problems of the head and of every event, in order."""
    events = (*event(act="gret", tags=("x",)), *event(act="fault", span=(0, 1)))
    paths = [path for path, _ in found(id="", sector="Taxi", setting={"a": 1}, events=events)]
    assert paths == [
        *("$.id", "$.sector", "$.setting.a"),
        *("$.events[0].act", "$.events[0].tags[0]", "$.events[1].by", "$.events[1].span"),
    ]


def test_odd_events_are_those_that_the_check_warns_of() -> None:
    """By their indices; an act that nobody declares is wrong, not odd."""
    events = (Event(Actor.SERVER, "fault"), Event(Actor.SYSTEM, "fault"), Event(Actor.CUSTOMER, "fault"))
    encounter = attrs.evolve(PLAIN, events=(*events, Event(Actor.SERVER, "gret")))
    warned = [path[1] for path, problem in check_encounter(encounter, VOCABULARY) if not problem.is_error]
    assert list(odd_events(encounter, VOCABULARY)) == warned == [0, 2]
