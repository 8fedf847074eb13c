"""The small languages of rubrics, read out of their texts."""

from __future__ import annotations

from typing import Any

import pytest

from palvelumittari.reading.rubric_types import parse_window, rubric_converter
from palvelumittari.reading.structure import Mismatch, structured
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Calls, Phase, Responds, Rule, Shows, Window
from palvelumittari.records.selector import Selector


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("20 s", Window(20_000)),
        ("2 min", Window(120_000)),
        ("1 turn", Window(None, 1)),
        ("2 turns", Window(None, 2)),
        ("90 s or 1 turn", Window(90_000, 1)),
        ("1 turn or 90 s", Window(90_000, 1)),
    ],
)
def test_windows(text: str, window: Window) -> None:
    """In seconds, in turns or both, in any order."""
    assert parse_window(text) == window
    assert parse_window(str(window)) == window


@pytest.mark.parametrize("text", ["", "soon", "1", "turn", "1 turn or 2 turns", "1 s or 2 s", "1 s, 1 turn", "-1 turn"])
def test_what_is_no_window(text: str) -> None:
    """Each measure once, and nothing else."""
    with pytest.raises(Mismatch, match='a window such as "20 s"'):
        parse_window(text)


@pytest.mark.parametrize("text", ["0 s", "0 turns", "0 s or 1 turn", "1 s or 0 turns"])
def test_a_window_of_nothing_can_never_be_met(text: str) -> None:
    """An answer is a later event, so it takes some time."""
    with pytest.raises(Mismatch) as caught:
        parse_window(text)
    assert caught.value.what == "this window can never be met"


def read(kind: type[Any], data: Any) -> Any:
    """A record, which must fit."""
    record, problems = structured(rubric_converter(), data, kind)
    assert problems == ()
    return record


def test_the_languages_are_read_inside_records() -> None:
    """A single phase needs no list, and alternatives may stand in a list."""
    shows = read(Shows, {"act": ["staff.greet", "staff.say"], "phase": "opening", "while": "talk > 0", "within": "1 s"})
    assert str(shows.act) == "staff.greet | staff.say"
    assert shows.phase == (Phase.OPENING,)
    assert str(shows.while_) == "talk > 0"
    assert shows.within == Window(1000)
    assert read(Shows, {"act": "staff.say", "phase": ["opening", "closing"]}).phase == tuple(Phase)[1::2]


def test_a_function_may_stand_alone() -> None:
    """Without options."""
    assert read(Calls, "taxi.route") == Calls(function="taxi.route")
    assert read(Calls, {"function": "taxi.route", "options": {"a": [1]}}).options == {"a": (1,)}


def test_rules_are_a_list() -> None:
    """Each with its own trigger and answer."""
    rule = {"after": "customer.bid", "with": "staff.say"}
    responds = read(Responds, {"rules": [rule]})
    assert isinstance(responds.rules[0], Rule)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Selector, 1, 'a selector such as "server.greet"'),
        (Selector, [], 'a selector such as "server.greet"'),
        (Selector, ["server.greet", 1], 'a selector such as "server.greet"'),
        (Condition, True, 'a condition in quotes such as "setting.queue > 0"'),
        (Window, 20, 'a window in quotes such as "1 turn"'),
    ],
)
def test_the_languages_are_text(kind: type[Any], value: Any, expected: str) -> None:
    """Nothing else is taken for it."""
    _, ((_, problem),) = structured(rubric_converter(), value, kind)
    assert problem.expected == expected
