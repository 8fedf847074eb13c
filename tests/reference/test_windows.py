"""Windows in seconds, in turns, in both and in neither; when they close, and what cannot be told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.reference.conftest import Ask, result

from palvelumittari.reading.rubric_types import parse_window
from palvelumittari.records.encounter import Side
from palvelumittari.records.verdict import Outcome
from palvelumittari.reference.timeline import Timeline
from palvelumittari.reference.windows import Reach, Span

Read = Callable[..., Timeline]
IN, OUT, UNKNOWN = Reach.INSIDE, Reach.OUTSIDE, Reach.UNKNOWN
MISSED, UNDECIDED = 0.0, Outcome.UNDECIDED


def _span(line: Timeline, window: str | None, opened: int = 0) -> Span:
    return Span(line, parse_window(window) if window else None, opened, Side.STAFF)


def test_seconds_include_their_end(timeline: Read) -> None:
    """Exactly 20 s after the trigger is inside; times run from start to start, whatever the trigger lasts."""
    line = timeline("0:10 customer ask (15 s)\n0:30 server say\n0:30.001 server say")
    assert [_span(line, "20 s").reach(index) for index in (1, 2)] == [IN, OUT]


def test_turns_reach_to_the_end_of_the_nth_turn(timeline: Read) -> None:
    """All of the awaited side's turn counts, and a speechless run before it."""
    line = timeline(
        "- customer ask\n- server smile\n- customer say\n- server say\n- server say\n- customer say\n- server say"
    )
    assert [_span(line, "1 turn").reach(index) for index in range(1, 7)] == [IN, IN, IN, IN, OUT, OUT]
    assert _span(line, "2 turns").reach(6) is IN


def test_both_take_seconds_where_both_ends_are_timed(timeline: Read) -> None:
    """A timed answer after the turn but in time is inside; an untimed one goes by turns."""
    line = timeline(
        "0:00 customer ask\n0:01 server say\n0:02 customer say\n0:03 server say\n- customer say\n- server say"
    )
    assert [_span(line, "90 s or 1 turn").reach(index) for index in (1, 3, 5)] == [IN, IN, OUT]
    assert _span(line, "2 s or 1 turn").reach(3) is OUT


def test_both_take_turns_where_the_trigger_is_untimed(timeline: Read) -> None:
    """One end is not enough."""
    line = timeline("- customer ask\n0:01 server say\n0:02 customer say\n0:03 server say")
    assert [_span(line, "90 s or 1 turn").reach(index) for index in (1, 3)] == [IN, OUT]


def test_seconds_alone_cannot_place_untimed_events(timeline: Read) -> None:
    """Neither an untimed answer nor one to an untimed trigger."""
    line = timeline("0:00 customer ask\n- server say\n- customer ask\n0:09 server say")
    assert _span(line, "20 s").reach(1) is UNKNOWN
    assert _span(line, "20 s", 2).reach(3) is UNKNOWN


def test_nothing_is_inside_after_the_customer_left(timeline: Read) -> None:
    """The leaving itself still is; without a window all is inside until then."""
    line = timeline("- customer ask\n- server say\n- customer leave\n- server say")
    assert [_span(line, None).reach(index) for index in (0, 1, 2, 3)] == [OUT, IN, IN, OUT]
    assert _span(line, "2 turns").reach(3) is OUT


ASKED = 'responds = { after = "customer.ask", with = "server.answer", within = "%s" }'


@pytest.mark.parametrize("record", ["full", "excerpt"])
@pytest.mark.parametrize(
    ("within", "timeline_text"),
    [
        ("20 s", "0:00 customer ask\n0:21 customer say"),
        ("1 turn", "- customer ask\n- server say"),
        ("2 turns", "- customer ask\n- server say\n- customer say\n- server say"),
        ("20 s or 1 turn", "0:00 customer ask\n0:21 customer say"),
        ("20 s or 1 turn", "- customer ask\n- server say"),
        ("20 s or 1 turn", "0:00 customer ask\n- server say"),
        ("20 s", "0:00 customer ask\n0:05 customer leave"),
        ("20 s", "0:00 customer ask\n0:05 customer abandon"),
        ("1 turn", "- customer ask\n- customer leave"),
        ("20 s", "- customer ask\n- customer leave"),
    ],
)
def test_unmet_by_the_close_is_missed_in_any_record(finding: Ask, record: str, within: str, timeline_text: str) -> None:
    """Rule 1: the turns or seconds have passed, or the customer has left."""
    assert result(finding(ASKED % within, timeline_text, record=record)) == MISSED


@pytest.mark.parametrize(
    ("within", "timeline_text"),
    [
        ("20 s", "0:00 customer ask\n0:20 customer say"),
        ("1 turn", "- customer ask\n- server smile"),
        ("2 turns", "- customer ask\n- server say\n- customer say"),
        ("20 s or 1 turn", "0:00 customer ask\n0:10 server say"),
        ("20 s or 1 turn", "- customer ask"),
        ("20 s", "- customer ask\n- customer say"),
    ],
)
def test_still_open_is_missed_in_a_full_record_and_undecided_in_an_excerpt(
    finding: Ask, within: str, timeline_text: str
) -> None:
    """Rules 1 and 2: the end of a full record closes every window, the end of an excerpt none."""
    assert result(finding(ASKED % within, timeline_text, record="full")) == MISSED
    assert result(finding(ASKED % within, timeline_text, record="excerpt")) == UNDECIDED


def test_the_end_of_the_record_lets_seconds_pass(finding: Ask) -> None:
    """`ends` may be later than the last event."""
    assert result(finding(ASKED % "20 s", "0:00 customer ask", record="excerpt", ends=21)) == MISSED


@pytest.mark.parametrize("record", ["full", "excerpt"])
def test_seconds_alone_over_untimed_events_are_undecided(finding: Ask, record: str) -> None:
    """The answer came, but nobody can say when."""
    found = finding(ASKED % "20 s", "- customer ask\n- server answer", record=record)
    assert found.outcome is UNDECIDED
    assert str(found.reason) == "Times are missing, so nobody can tell whether “answer” came in time."


def test_a_machine_records_in_full_unless_it_says_otherwise(finding: Ask) -> None:
    """`record` when absent is full if the observer is a machine, else an excerpt."""
    text = "- customer ask"
    assert result(finding(ASKED % "1 turn", text, record=None, observer="machine")) == MISSED
    assert result(finding(ASKED % "1 turn", text, record=None, observer="customer")) == UNDECIDED
    assert result(finding(ASKED % "1 turn", text, record="excerpt", observer="machine")) == UNDECIDED
