"""Parsing selectors."""

from __future__ import annotations

import pytest

from palvelumittari.reading.selectors import parse_selector
from palvelumittari.reading.structure import Mismatch
from palvelumittari.records.encounter import Actor
from palvelumittari.records.selector import ANYBODY, STAFF, Alternative


def test_all_parts_of_a_selector() -> None:
    """Actor, act, addressee, tags that must and must not be there, alternatives."""
    selector = parse_selector("server.small_talk #a !#b > companion | *.joke|staff.offer")
    assert selector.alternatives == (
        Alternative(
            frozenset({Actor.SERVER}), "small_talk", to=frozenset({Actor.COMPANION}), tags=("a",), without=("b",)
        ),
        Alternative(ANYBODY, "joke"),
        Alternative(STAFF, "offer"),
    )


def test_an_addressee_may_be_staff() -> None:
    """Of either kind."""
    (found,) = parse_selector("customer.ask > staff").alternatives
    assert found.to == STAFF


def test_blanks_do_not_matter() -> None:
    """Selectors are equal if they are but for blanks, and characters count from the first that is none."""
    selector = parse_selector("  server.greet   #a |\n\tserver.say ")
    assert str(selector) == "server.greet #a | server.say"
    assert selector == parse_selector("server.greet #a | server.say")
    assert [(each.start, each.end) for each in selector.alternatives] == [(0, 17), (21, 31)]


@pytest.mark.parametrize(
    ("text", "what", "wrong", "hint"),
    [
        ("servr.greet", "`servr` is no actor", "servr", "did you mean `server`?"),
        (
            "xxx.greet",
            "`xxx` is no actor",
            "xxx",
            "use customer, companion, server, colleague, bystander, system, staff, *",
        ),
        ("server.greet > custmer", "`custmer` is no actor", "custmer", "did you mean `customer`?"),
        ("server.greet server.say", "two acts without | between them", "server.say", "put | between"),
        ("server.ask > customer > companion", "two addressees", "companion", "put | between two alternatives"),
        ("greet", "this is no selector", "greet", "say who does it: staff.greet"),
        ("server.greet, server.say", "this is no selector", ", server.say", None),
        ("server.", "this is no selector", "server.", None),
        ("server.greet #", "this is no selector", "#", None),
        ("#a", "an alternative must begin with actor.act", "#a", None),
        ("server.say | > customer", "an alternative must begin with actor.act", "> customer", None),
        ("| server.greet", "an alternative is missing", "|", "remove the | that is too many"),
        ("server.greet |", "an alternative is missing", "|", "remove the | that is too many"),
        ("a.b | | c.d", "`a` is no actor", "a", None),
        ("server.b || server.d", "an alternative is missing", "|", "remove the | that is too many"),
    ],
)
def test_each_mistake_has_its_words_and_its_place(text: str, what: str, wrong: str, hint: str | None) -> None:
    """The wrong characters are those under the caret."""
    with pytest.raises(Mismatch) as caught:
        parse_selector(text)
    assert caught.value.span is not None
    source, start, end = caught.value.span
    assert (caught.value.what, source[start:end]) == (what, wrong)
    assert hint is None or caught.value.hint == hint


def test_what_a_selector_wants_is_told_without_who_does_it() -> None:
    """Each act with its tags, once."""
    selector = parse_selector("server.say | colleague.say | server.offer #a #b !#c | server.offer > customer")
    assert selector.wanted == ("say", "offer #a #b !#c", "offer")
    assert selector.acts == ("say", "offer")


def test_an_empty_selector_is_refused() -> None:
    """There is no character to point at."""
    with pytest.raises(Mismatch) as caught:
        parse_selector("  ")
    assert caught.value.span == ("", 0, 0)
