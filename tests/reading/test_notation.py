"""The timeline notation: events and whole documents as people write them down."""

from __future__ import annotations

from typing import Any

import pytest

from palvelumittari.reading.notation import (
    format_document,
    format_events,
    parse_document,
    parse_events,
    parse_timeline,
)
from palvelumittari.records.encounter import Actor, Event
from palvelumittari.words.errors import EncounterError, Problem

DESIGN = """\
    0:00    customer arrive
    0:02    server   greet: Iltaa!
    0:20    server   small_talk (15 s): ...
    0:36    customer minimal #lengthened: mmmm
    -       colleague/anna offer > companion: Löytyikö kaikki?
    72:00:00 server  contact: soittaa ja kysyy
"""


def one(line: str) -> Event:
    """The event of one line without problems."""
    (event,), problems = parse_events(line)
    assert problems == ()
    return event


def told(text: str, **keys: Any) -> list[Problem]:
    """What is wrong with a timeline."""
    return list(parse_events(text, **keys)[1])


# --- reading ----------------------------------------------------------------------------------------------------


def test_the_example_of_the_documentation_is_read() -> None:
    """Every part of the notation at least once."""
    events, problems = parse_events(DESIGN)
    assert problems == ()
    assert events == (
        Event(Actor.CUSTOMER, "arrive", at_ms=0),
        Event(Actor.SERVER, "greet", at_ms=2_000, text="Iltaa!"),
        Event(Actor.SERVER, "small_talk", at_ms=20_000, lasts_ms=15_000, text="..."),
        Event(Actor.CUSTOMER, "minimal", at_ms=36_000, tags=("lengthened",), text="mmmm"),
        Event(Actor.COLLEAGUE, "offer", who="anna", to=Actor.COMPANION, text="Löytyikö kaikki?"),
        Event(Actor.SERVER, "contact", at_ms=259_200_000, text="soittaa ja kysyy"),
    )


def test_blank_lines_and_comments_are_passed_over() -> None:
    """A `#` begins a comment only at the start of a line."""
    events, problems = parse_events("# a ride\n\n  # more\r\n- server greet #again: # 1\r\n")
    assert problems == ()
    assert events == (Event(Actor.SERVER, "greet", tags=("again",), text="# 1"),)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (": Iltaa: kaksi", "Iltaa: kaksi"),
        (":Iltaa", "Iltaa"),
        (r": a\nb\\n", "a\nb\\n"),
        (':  " Iltaa "', " Iltaa "),
        (r': "a\tb\u00e4"', "a\tbä"),
        (': "Iltaa", sanoi hän', '"Iltaa", sanoi hän'),
        (': hän sanoi "Iltaa"', 'hän sanoi "Iltaa"'),
        (": (15 s) #a > b {}", "(15 s) #a > b {}"),
        (":", ""),
        ("", None),
    ],
)
def test_a_text_is_the_rest_of_the_line(said: str, text: str | None) -> None:
    """With two escapes, or as a JSON string where the whole of it is in quotes."""
    assert one(f"- server greet{said}").text == text


def test_marks_need_no_blanks_and_no_order() -> None:
    """People do not keep an order; writing does."""
    written = one("0:01 server small_talk(1.5 min)#again#hedged>companion:moi")
    assert written == one("0:01 server small_talk #again (90 s) > companion #hedged: moi")
    assert written.lasts_ms == 90_000


def test_names_may_be_in_quotes() -> None:
    """A `who`, an act and a tag may hold anything."""
    event = one(r'- colleague/"Anna L\u00e4nsi" "odd: act" #"a b"#c {"detector": "x/1", "span": [0, 2]}: moi')
    assert (event.who, event.act, event.tags) == ("Anna Länsi", "odd: act", ("a b", "c"))
    assert (event.detector, event.span) == ("x/1", (0, 2))


# --- what is wrong ----------------------------------------------------------------------------------------------


def test_everything_wrong_is_told_at_once_with_carets() -> None:
    """The messages as people see them, with file, line and column."""
    text = "0:00 customer arrive\n0:99 srver greet\n0:20 server small talk (15): moi\n- server greet: a\\tb\n"
    assert (
        "\n".join(map(str, told(text, file="ride.txt", first_line=7)))
        == """\
ride.txt:8:1: not a time
    0:99 srver greet
    ^^^^
    found '0:99'; expected a time such as 0:36, 12:05.250 or 1:02:03
    try: write `-` where no time was noted
ride.txt:8:6: unknown actor 'srver'
    0:99 srver greet
         ^^^^^
    expected one of customer, companion, server, colleague, bystander, system
    try: did you mean `server`?
ride.txt:9:19: what follows the act cannot be read
    0:20 server small talk (15): moi
                      ^^^^^^^^^^^^^^
    found 'talk (15): moi'; expected > addressee, #tag, (duration) or : text
    try: put a colon before what was said
ride.txt:10:18: unknown escape \\t
    - server greet: a\\tb
                     ^^
    expected \\n or \\\\
    try: write \\\\ for a backslash"""
    )


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        ("server greet: moi", 1, "the time is missing"),
        ("colleague/anna greet", 1, "the time is missing"),
        ("1:60:00 server greet", 1, "not a time"),
        ("0:00", 5, "an actor is missing"),
        ("- : moi", 3, "an actor is missing"),
        ("- server", 9, "the act is missing"),
        ("- server: moi", 9, "the act is missing"),
        ("- server/ greet", 10, "the name behind the slash is missing"),
        ('- server/"anna greet', 10, "the name behind the slash is missing"),
        ("- server greet # again", 17, "the tag behind the # is missing"),
        ("- server greet > boss", 18, "unknown actor 'boss'"),
        ("- server greet >", 17, "an actor is missing"),
        ("- server greet > customer > customer", 27, "the addressee stands twice"),
        ("- server greet (15 s) (16 s)", 23, "the duration stands twice"),
        ("- server greet (15)", 16, "not a duration"),
        ("- server greet (15 s", 16, "the bracket is not closed"),
        ('- server greet {"detector": "a"', 16, "not a JSON object"),
        ('- server greet {"detectr": "a"}', 16, "unknown key `detectr`"),
        ('- server greet {"span": [1, "a"]}', 16, "a value of the wrong kind"),
        ('- server greet {"span": [1, 1e999]}', 29, "'1e999' is too large for a number"),
        ('- server greet {} {"span": [0, 1]}', 19, "the object in braces stands twice"),
        (r'- server greet: "a\q"', 19, "not JSON: invalid \\escape: line 1 column 3 (char 2)"),
        (r'- server greet: "\ud800"', 17, "half of a surrogate pair, which is no character"),
        ("- server greet: \ud800", 1, "half of a surrogate pair, which is no character"),
    ],
)
def test_each_mistake_has_its_message_and_its_caret(line: str, column: int, what: str) -> None:
    """The first problem of the line stands at the first wrong character."""
    problem = told(line)[0]
    assert problem.what.startswith(what.partition(": line")[0])
    assert (problem.place.line, problem.place.column) == (1, column)
    assert problem.place.caret().encode()


def test_of_very_many_problems_the_first_are_told() -> None:
    """A file that is no timeline at all ends soon."""
    problems = told("x\n" * 100_000)
    assert len(problems) == 101
    assert problems[-1].what == "there are more: these are the first 100 problems"


@pytest.mark.parametrize("rest", ["> x " * 1_000, ": " + "\\q" * 1_000])
def test_of_very_many_problems_of_one_line_the_first_are_told(rest: str) -> None:
    """A hostile line costs little as well."""
    assert len(told(f"- server greet {rest}")) == 101


def test_what_is_found_later_gets_its_place() -> None:
    """A check of the events leads back to the word in the line."""
    timeline = parse_timeline(DESIGN, file="ride.txt", first_line=3)
    assert timeline.place((3, "act")).caret().endswith("    ^^^^^^^")
    assert str(timeline.place((3, "tags", 0))) == "ride.txt:6:31"
    assert str(timeline.place((4, "to"))) == "ride.txt:7:36"
    assert str(timeline.place((0, "text"))) == "ride.txt:3:5"


# --- writing ----------------------------------------------------------------------------------------------------


def test_events_are_written_in_columns() -> None:
    """And read back the same."""
    events, _ = parse_events(DESIGN)
    written = format_events(events)
    assert (
        written
        == """\
0:00     customer       arrive
0:02     server         greet: Iltaa!
0:20     server         small_talk (15 s): ...
0:36     customer       minimal #lengthened: mmmm
-        colleague/anna offer > companion: Löytyikö kaikki?
72:00:00 server         contact: soittaa ja kysyy
"""
    )
    assert parse_events(written) == (events, ())


def test_no_events_are_no_text() -> None:
    """An empty timeline is an empty text."""
    assert format_events([]) == ""
    assert parse_events("") == ((), ())


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Event(Actor.SERVER, "greet", text="a\nb\\"), "- server greet: a\\nb\\\\"),
        (Event(Actor.SERVER, "greet", text=""), '- server greet: ""'),
        (Event(Actor.SERVER, "greet", text=" edge"), '- server greet: " edge"'),
        (Event(Actor.SERVER, "greet", text='"Hei"'), '- server greet: "\\"Hei\\""'),
        (Event(Actor.SERVER, "greet", text="a\u2028b\r"), '- server greet: "a\\u2028b\\r"'),
        (Event(Actor.SERVER, "greet", who="two\nlines"), '- server/"two\\nlines" greet'),
        (Event(Actor.SERVER, "", tags=("", "a b")), '- server "" #"" #"a b"'),
        (Event(Actor.SERVER, "greet", detector="x", lasts_ms=0), '- server greet (0 s) {"detector": "x"}'),
        (Event(Actor.SYSTEM, "fault", at_ms=1, lasts_ms=7_200_000), "0:00.001 system fault (2 h)"),
    ],
)
def test_what_plain_words_cannot_hold_is_written_as_json(event: Event, line: str) -> None:
    """Nothing is lost, and everything stays on its line."""
    assert format_events([event]) == line + "\n"
    assert one(line) == event


@pytest.mark.parametrize(
    ("event", "path"),
    [
        (Event(Actor.SERVER, "greet", at_ms=-1), "$.events[0].at"),
        (Event(Actor.SERVER, "greet", lasts_ms=10**15), "$.events[0].lasts"),
        (Event(Actor.SERVER, "greet", text="\ud800"), "$.events[0]"),
        (Event(Actor.SERVER, "greet", tags=("\udc00",)), "$.events[0]"),
    ],
)
def test_what_cannot_be_read_back_is_not_written(event: Event, path: str) -> None:
    """Such an event is no file's, and the error says which."""
    with pytest.raises(EncounterError) as caught:
        format_events([event])
    assert [problem.place.path for problem in caught.value.problems] == [path]


# --- documents --------------------------------------------------------------------------------------------------


def test_a_head_holds_json_or_text() -> None:
    """Dotted keys make tables, and the blank line ends the head."""
    text = """\

# told by Anna
schema: 1
id:     ride-117
sector: taxi
started: 2026-11-21T17:40:00+02:00
observed: ["speech", "task"]
setting: {"pace": "quiet"}
setting.queue: 0
server.id: "117"
outcome.note: "Hei", sanoi hän: jatkoi
extra.a.b: [1, {"c": null}]

0:00 customer arrive

# the end
- server greet
"""
    document = parse_document(text, file="elsewhere.timeline")
    assert document.problems == ()
    assert document.data == {
        "schema": 1,
        "id": "ride-117",
        "sector": "taxi",
        "started": "2026-11-21T17:40:00+02:00",
        "observed": ["speech", "task"],
        "setting": {"pace": "quiet", "queue": 0},
        "server": {"id": "117"},
        "outcome": {"note": '"Hei", sanoi hän: jatkoi'},
        "extra": {"a": {"b": [1, {"c": None}]}},
    }
    assert document.events == (Event(Actor.CUSTOMER, "arrive", at_ms=0), Event(Actor.SERVER, "greet"))


@pytest.mark.parametrize(
    ("head", "file", "name"),
    [
        ("sector: taxi", "rides/ride-9.timeline", "ride-9"),
        ("id: a", "rides/ride-9.timeline", "a"),
        ("sector: taxi", "<stdin>", "stdin"),
        ("sector: taxi", "<string>", None),
        ("sector: taxi", None, None),
    ],
)
def test_the_stem_of_the_file_is_the_id(head: str, file: str | None, name: str | None) -> None:
    """Where the head gives none, and there is a file."""
    assert parse_document(head, file=file).data.get("id") == name


def test_everything_wrong_with_a_head_is_told() -> None:
    """Beside what is wrong with the events, each with line and caret."""
    text = """\
sector: taxi
setting.queue: 0
setting.queue: 1
sector.more: 2
language:
just words
events: []
extra: {"a": 1e999, "a": 2}
0:00 customer arrive
0:01 nobody greet
"""
    document = parse_document(text, file="ride.txt")
    assert [(problem.place.line, problem.place.column, problem.what) for problem in document.problems] == [
        (3, 1, "`setting.queue` has a value already"),
        (4, 1, "`sector.more` has a value already"),
        (5, 10, "the value is missing"),
        (6, 1, "not a line of the head"),
        (7, 1, "the events stand below the head, one a line"),
        (8, 14, "'1e999' is too large for a number"),
        (8, 21, "the key 'a' stands twice in one object"),
        (10, 6, "unknown actor 'nobody'"),
    ]
    assert len(document.events) == 1


def test_half_a_surrogate_pair_in_a_head_is_told() -> None:
    """No file can hold it."""
    assert parse_document("id: \ud800").problems[0].what.startswith("half of a surrogate pair")


def test_a_head_without_end_is_cut_off_by_its_problems() -> None:
    """A file that is no document at all ends soon."""
    assert len(parse_document("words\n" * 1_000).problems) == 101


def test_what_is_found_later_in_a_document_gets_its_place() -> None:
    """A check of the encounter leads back to the line of the head, or to the event."""
    document = parse_document('sector: taxi\nextra: {"a": 1}\n\n- server gret\n', file="ride.txt")
    assert str(document.place(("extra", "a"))) == "ride.txt:2:1 at $.extra.a"
    assert str(document.place(("events", 0, "act"))) == "ride.txt:4:10"
    assert str(document.place(("id",))) == "ride.txt at $.id"
    assert str(document.place(())) == "ride.txt at $"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("taxi", "id: taxi"),
        ("two words: a # b", "id: two words: a # b"),
        ("117", 'id: "117"'),
        ("true", 'id: "true"'),
        ("NaN", 'id: "NaN"'),
        ("1e999", 'id: "1e999"'),
        ('{"a": 1}', r'id: "{\"a\": 1}"'),
        ("{open", "id: {open"),
        ("", 'id: ""'),
        (" a", 'id: " a"'),
        ("a\nb", r'id: "a\nb"'),
        ("a\\b", "id: a\\b"),
        (117, "id: 117"),
        (None, "id: null"),
        ({"a": 1, "b-c": "x"}, "id.a: 1\nid.b-c: x"),
        ({"a b": 1}, 'id: {"a b": 1}'),
        ({}, "id: {}"),
        ([], "id: []"),
    ],
)
def test_values_of_a_head_are_read_back_the_same(value: Any, line: str) -> None:
    """A text that would be read as JSON is written as a JSON string."""
    assert format_document({"id": value, "events": []}, []) == f"{line}\n\n"
    assert parse_document(f"{line}\n").data == {"id": value}
