"""Rules in words: who, how soon, and what a measure asks."""

from __future__ import annotations

import pytest

from palvelumittari.reading.conditions import parse_condition
from palvelumittari.reading.rubric_types import parse_window
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.records.encounter import Actor
from palvelumittari.records.measure import Calls, Responds, Rule, Shows
from palvelumittari.records.selector import ANYBODY, STAFF
from palvelumittari.records.vocabulary import Tag, Vocabulary
from palvelumittari.report.rules import Wording, actors_in_words, window_in_words
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

WORDING = Wording(Vocabulary(FrozenMap()), "en")
SAY = parse_selector("staff.say")


@pytest.mark.parametrize(
    ("actors", "words"),
    [
        ({Actor.CUSTOMER}, "customer"),
        (STAFF, "staff"),
        (STAFF | {Actor.CUSTOMER}, "staff or customer"),
        ({Actor.CUSTOMER, Actor.COMPANION, Actor.BYSTANDER}, "customer, companion or bystander"),
        (STAFF | {Actor.CUSTOMER, Actor.COMPANION, Actor.SYSTEM}, "staff, customer, companion or system"),
        (ANYBODY, "anybody"),
        (ANYBODY - {Actor.SYSTEM}, "anybody"),
    ],
)
def test_actors_are_named_in_a_fixed_order(actors: frozenset[Actor], words: str) -> None:
    """Server and colleague together are staff; everybody but the machine behind them is anybody."""
    assert actors_in_words(frozenset(actors), "en") == words


@pytest.mark.parametrize(
    ("window", "words"), [("20 s", "20 s"), ("1 turn", "1 vuoro"), ("90 s or 2 turns", "90 s tai 2 vuoroa")]
)
def test_windows_speak_the_language(window: str, words: str) -> None:
    """One turn and several turns are told apart."""
    assert window_in_words(parse_window(window), "fi") == words


def test_alternatives_are_grouped_by_who_does_them() -> None:
    """What is not in the vocabulary stands with its id."""
    selector = parse_selector("staff.greet | staff.nod #minor #again | server.ask > companion !#aloud !#again")
    assert WORDING.selector(selector) == (
        "“greet”, “nod” marked #minor and #again (staff); “ask” not marked #aloud or #again (server → companion)"
    )


def test_the_same_acts_of_several_are_told_once() -> None:
    """With everybody who may do them."""
    selector = parse_selector("customer.ask | customer.request | companion.ask | companion.request | system.fault")
    assert WORDING.selector(selector) == "“ask”, “request” (customer or companion); “fault” (system)"


def test_tags_and_conditions_are_said_in_words() -> None:
    """Tags by the titles of the vocabulary, conditions as the caller says them."""
    tags = FrozenMap({"minor": Tag("minor", Text(FrozenMap({"en": "minor matter"})))})
    wording = Wording(Vocabulary(FrozenMap(), tags), "en", say_condition=lambda condition: f"<{condition}>")
    measure = Shows(act=parse_selector("staff.greet #minor"), while_=parse_condition("queue < 2"))
    assert list(wording.details(measure)) == [
        ("act", "“greet” marked “minor matter” (staff)"),
        ("while", "<queue < 2>"),
    ]


def test_what_a_situation_changes_of_several_rules_is_told_once() -> None:
    """It is changed in all of them; new rules are told one after the other."""
    rules = tuple(Rule(after=parse_selector(f"customer.{act}"), with_=SAY) for act in ("ask", "request"))
    wanted = Responds(rules=rules)
    assert list(WORDING.details(wanted, only=("with_",))) == [("answered by", "“say” (staff)")]
    assert [label for label, _ in WORDING.details(wanted, only=("rules",))] == ["after", "answered by"] * 2


def test_a_measure_tells_only_what_is_not_usual() -> None:
    """Defaults are left out; shares are told in percent."""
    measure = Shows(act=parse_selector("staff.greet"), at_least=2, otherwise=0.25, longer=3000)
    assert WORDING.question(measure) == "Did it happen?"
    assert list(WORDING.details(measure)) == [
        ("act", "“greet” (staff)"),
        ("at least", "2"),
        ("longer than", "3 s"),
        ("otherwise worth", "25%"),
    ]


def test_some_parts_of_a_measure_are_told_even_if_they_are_usual() -> None:
    """As a situation changes them."""
    measure = Shows(act=parse_selector("staff.greet"))
    assert list(WORDING.details(measure, only=("at_least",))) == [("at least", "1")]


def test_a_plugins_function_is_told_with_its_options() -> None:
    """By name and value, for only the plugin knows what they mean."""
    measure = Calls(function="taxi.detour", options=FrozenMap({"most": 0.2}))
    assert list(WORDING.details(measure)) == [("function", "taxi.detour"), ("most", "0.2")]
