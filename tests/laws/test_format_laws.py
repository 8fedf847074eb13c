"""The laws of formats: what is written reads back the same, and whatever is read raises nothing but its own error."""

from __future__ import annotations

import io
import json
from datetime import timedelta, timezone
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palvelumittari.formats import Limits, Reject, dumps, load, load_many, loads
from palvelumittari.reading.notation import format_events, parse_events
from palvelumittari.records.encounter import (
    Actor,
    Channel,
    Encounter,
    Event,
    Modality,
    Observer,
    Record,
    Source,
)
from palvelumittari.records.rubric import RubricRef
from palvelumittari.records.verdict import Band, Status, Verdict
from palvelumittari.records.vocabulary import BUILT_IN_FIELDS, Act, Field, FieldType, Tag, Vocabulary
from palvelumittari.words.errors import EncounterError
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text
from palvelumittari.words.timing import MAX_TIME_MS

ACTS = ("greet", "small_talk", "minimal", "bar/juggle", 'odd "act" > #1', "")
TAGS = ("lengthened", "again", "odd tag:", "#")
FIELDS = (
    Field("setting.queue", FieldType.COUNT),
    Field("setting.note", FieldType.TEXT),
    Field("customer.wish to_talk", FieldType.NUMBER),
    Field("customer.regular", FieldType.FLAG),
)
VOCABULARY = Vocabulary(
    FrozenMap({name: Act(name, Text(FrozenMap()), modalities=frozenset({Modality.SPEECH})) for name in ACTS}),
    FrozenMap({name: Tag(name, Text(FrozenMap())) for name in TAGS}),
    FrozenMap({field.name: field for field in (*BUILT_IN_FIELDS, *FIELDS)}),
)

NASTY = st.sampled_from(
    [
        *("", " ", " edge", "edge ", "a\nb", "\n", "a\r\nb", "\r", "a\\nb", "\\", "a\\", '"', '"quoted"', '"a" b'),
        *("# no comment", "a: b", "> to", "(15 s)", "{}", "117", "true", "null", "NaN", "1e999", "[1", "-", "0:00"),
        *("\x00", "\x1b[31m", "\x85", "a\u2028b", "\u00a0", "\ufeff", "\U0001f3a3", "e\u0301", "\\ud800", "äö", "\t"),
    ]
)
TEXTS = NASTY | st.text(max_size=12)
JSON_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
JSON_VALUES = st.recursive(
    JSON_SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=6
)
FREE = st.dictionaries(TEXTS | st.sampled_from(["a", "b-c", "d_e"]), JSON_VALUES, max_size=3).map(FrozenMap)
TIMES = st.sampled_from([0, 1, 250, 1000, 61_001, 3_600_000, MAX_TIME_MS]) | st.integers(0, MAX_TIME_MS)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event that fits the vocabulary, untimed."""
    text = draw(st.none() | TEXTS)
    ends = st.integers(0, len(text or ""))
    return Event(
        draw(st.sampled_from(Actor)),
        draw(st.sampled_from(ACTS)),
        lasts_ms=draw(st.none() | TIMES),
        who=draw(st.none() | TEXTS),
        to=draw(st.none() | st.sampled_from(Actor)),
        text=text,
        tags=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=3))),
        detector=draw(st.none() | TEXTS),
        span=None if text is None else draw(st.none() | st.tuples(ends, ends).map(lambda span: (min(span), max(span)))),
    )


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Event, ...]:
    """Events some of which have times, in order."""
    plain = draw(st.lists(events(), max_size=4))
    times = sorted(draw(st.lists(TIMES, min_size=len(plain), max_size=len(plain))))
    timed = draw(st.lists(st.booleans(), min_size=len(plain), max_size=len(plain)))
    return tuple(
        attrs.evolve(event, at_ms=at if is_timed else None)
        for event, at, is_timed in zip(plain, times, timed, strict=True)
    )


def _zone(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes))


@st.composite
def encounters(draw: st.DrawFn) -> Encounter:
    """Any encounter that fits the vocabulary."""
    return Encounter(
        draw(TEXTS.filter(lambda text: text.strip() != "")),
        draw(timelines()),
        sector=draw(st.sampled_from(["taxi", "retail.toys", "food_counter"])),
        channel=draw(st.none() | st.sampled_from(Channel)),
        language=draw(st.none() | TEXTS),
        started=draw(st.none() | st.datetimes(timezones=st.none() | st.integers(-1439, 1439).map(_zone))),
        observer=draw(st.none() | st.sampled_from(Observer)),
        record=draw(st.none() | st.sampled_from(Record)),
        observed=draw(st.none() | st.lists(st.sampled_from(Modality), max_size=3).map(tuple)),
        ends_ms=draw(st.none() | st.just(MAX_TIME_MS)),
        setting=draw(st.fixed_dictionaries({}, optional={"queue": st.integers(0, 10**30), "note": TEXTS})),
        customer=draw(
            st.fixed_dictionaries({}, optional={"wish to_talk": st.floats(-1e300, 1e300), "regular": st.booleans()})
        ),
        server=draw(FREE),
        outcome=draw(FREE),
        source=draw(st.none() | st.builds(Source, TEXTS, st.none() | TEXTS, st.none() | st.integers(0, 9))),
        extra=draw(FREE),
    )


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    """Any verdict without findings; those of real ones are read back in the tests of the meter."""
    scores = st.none() | st.floats(0, 100)
    return Verdict(
        encounter=draw(TEXTS),
        score=draw(scores),
        calculated_score=draw(scores),
        band=draw(st.none() | st.sampled_from(Band)),
        coverage=draw(st.none() | st.floats(0, 1)),
        status=draw(st.sampled_from(Status)),
        findings=(),
        model=draw(TEXTS),
        rubrics=tuple(draw(st.lists(st.builds(RubricRef, TEXTS, TEXTS, TEXTS), max_size=2))),
        digest=draw(TEXTS),
        engine=draw(TEXTS),
        plugins=FrozenMap(draw(st.dictionaries(TEXTS, TEXTS, max_size=2))),
    )


@given(encounters(), st.sampled_from(["json", "ndjson", "timeline"]))
def test_an_encounter_reads_back_the_same_from_every_format(encounter: Encounter, format: str) -> None:
    """Nothing that an encounter can hold is lost or changed on the way through a file."""
    assert loads(dumps(encounter, format=format), vocabulary=VOCABULARY) == encounter


@given(encounters(), st.sampled_from(["json", "ndjson", "timeline"]))
def test_writing_what_was_read_gives_the_same_text(encounter: Encounter, format: str) -> None:
    """A written file is a fixed point, so a diff of two files shows what changed and nothing else."""
    text = dumps(encounter, format=format)
    assert dumps(loads(text, vocabulary=VOCABULARY), format=format) == text


@given(verdicts(), st.sampled_from(["json", "ndjson"]))
def test_a_verdict_reads_back_the_same(verdict: Verdict, format: str) -> None:
    """Nothing that a verdict can hold is lost or changed on the way through a file."""
    assert loads(dumps(verdict, format=format), Verdict, vocabulary=VOCABULARY) == verdict


@given(timelines())
def test_events_read_back_the_same_from_the_notation(timeline: tuple[Event, ...]) -> None:
    """The notation holds every event, one a line."""
    text = format_events(timeline)
    assert parse_events(text) == (timeline, ())
    assert text.count("\n") == len(timeline)


@given(st.lists(encounters(), max_size=4))
def test_many_encounters_read_back_the_same_in_order(some: list[Encounter]) -> None:
    """NDJSON holds as many encounters as there are, whatever their texts hold."""
    text = "".join(dumps(encounter, format="ndjson") for encounter in some)
    if some:
        assert list(load_many(io.BytesIO(text.encode()), vocabulary=VOCABULARY)) == some


LINES = st.sampled_from(
    [
        *(
            '{"schema": 1, "id": "a", "sector": "taxi", "events": []}',
            '{"schema": 1',
            "]",
            "{",
            '"',
            "sector: taxi",
            "",
        ),
        *(
            "0:00 server greet",
            "- customer minimal #lengthened",
            "0:01 server greet (1 s) {",
            '- x/"',
            "id: [",
            "a.b: 1",
        ),
    ]
)
ANY_TEXT = st.text() | st.lists(LINES | st.text(max_size=5), max_size=5).map("\n".join)
ANY_FORMAT = st.sampled_from([None, "json", "ndjson", "timeline"])


def _raises_only_its_own(read: Any) -> None:
    try:
        read()
    except EncounterError as error:
        assert error.problems
        assert str(error).encode()


@given(ANY_TEXT | st.binary() | st.text().map(lambda text: text.encode("utf-16")), ANY_FORMAT)
@example("[" * 10_000, None)
@example('{"a":' * 10_000, "json")
@example("extra: " + "[" * 10_000, "timeline")
@example("- server greet {" + '"a":{' * 10_000, "timeline")
@example("\ud800", None)
@example("id: \ud800", "timeline")
@example('"' * 1_000, "timeline")
@example("9" * 5_000, None)
@example('{"schema": 1, "id": "a", "sector": "taxi", "events": [{"by": "server", "act": "greet", "at": 1e308}]}', None)
def test_any_text_gives_a_record_or_an_encounter_error(text: str | bytes, format: str | None) -> None:
    """No input whatever ends in another exception, and every message can be printed."""
    _raises_only_its_own(lambda: loads(text, vocabulary=VOCABULARY, format=format))
    _raises_only_its_own(lambda: loads(text, Verdict, vocabulary=VOCABULARY, format=format))


@given(ANY_TEXT | st.binary(), ANY_FORMAT, st.integers(0, 40))
def test_any_stream_gives_records_rejects_or_an_encounter_error(
    text: str | bytes, format: str | None, most: int
) -> None:
    """No stream whatever ends in another exception, even under a tiny limit, and every reject says why."""
    limits = Limits(document_bytes=most)

    def stream() -> io.StringIO | io.BytesIO:
        return io.StringIO(text) if isinstance(text, str) else io.BytesIO(text)

    def read_all() -> None:
        for item in load_many(stream(), vocabulary=VOCABULARY, format=format, limits=limits):
            assert not isinstance(item, Reject) or item.problems

    _raises_only_its_own(read_all)
    _raises_only_its_own(lambda: load(stream(), vocabulary=VOCABULARY, format=format, limits=limits))


@given(st.recursive(JSON_SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=10))
def test_any_value_in_the_place_of_any_other_is_a_record_or_an_encounter_error(value: Any) -> None:
    """Values of the wrong kind are told, never coerced and never a crash."""
    for key in ("id", "sector", "channel", "events", "observed", "ends", "setting", "started", "source", "extra"):
        data = {"schema": 1, "id": "a", "sector": "taxi", "events": [], key: value}
        _raises_only_its_own(lambda data=data: loads(json.dumps(data), vocabulary=VOCABULARY))
    for key in ("at", "by", "act", "lasts", "who", "to", "text", "tags", "detector", "span"):
        event = {"by": "server", "act": "greet", key: value}
        data = {"schema": 1, "id": "a", "sector": "taxi", "events": [event]}
        _raises_only_its_own(lambda data=data: loads(json.dumps(data), vocabulary=VOCABULARY))


@pytest.mark.parametrize("value", [10**400, -(10**400)])
def test_a_number_beyond_every_float_is_told(value: int) -> None:
    """A whole number that no float can hold is neither a time nor a crash."""
    text = f'{{"schema": 1, "id": "a", "sector": "taxi", "events": [], "ends": {value}}}'
    with pytest.raises(EncounterError, match="401 digits"):
        loads(text, vocabulary=VOCABULARY)
