"""Reasons as sentences in three languages."""

from __future__ import annotations

from string import Formatter
from typing import Any

import pytest

import palvelumittari as pm
from palvelumittari.reference import Reason
from palvelumittari.report.sentences import Speaker
from palvelumittari.words.phrases import catalogue
from palvelumittari.words.text import LANGUAGES

ACTS = ("greet", "small_talk", "small_talk", "answer", "thank")


@pytest.fixture(scope="module")
def speaker() -> Speaker:
    """Five events, of which the first two are timed."""
    events = [pm.Event(pm.Actor.SERVER, act, at_ms=None if i > 1 else i * 65_500) for i, act in enumerate(ACTS)]
    return Speaker(pm.Encounter("x", events, sector="taxi"), pm.Meter(installed=False).vocabulary)


def _said(speaker: Speaker, key: str, **values: Any) -> list[str]:
    text = speaker.sentence(Reason(key, values))
    return [text.said_in(language) for language in LANGUAGES]


def test_acts_are_named_by_their_titles(speaker: Speaker) -> None:
    """Each once, in the quotation marks and with the conjunction of the language."""
    assert _said(speaker, "shows_missed", acts=("greet", "small_talk", "greet")) == [
        "Nothing of it happened. Would have counted: “greeting” or “small talk”.",
        "Tätä ei tapahtunut. Olisi kelvannut: ”tervehdys” tai ”juttelu”.",
        "Inget av det hände. Skulle ha räknats: ”hälsning” eller ”småprat”.",
    ]


def test_many_acts_are_counted(speaker: Speaker) -> None:
    """Four are named."""
    acts = ("greet", "ask", "answer", "thank", "say", "offer")
    assert _said(speaker, "prompt_never", acts=acts)[0] == (
        "It never came: “greeting”, “question”, “answer”, “thanks” and 2 more."
    )


def test_events_are_named_by_time_or_number(speaker: Speaker) -> None:
    """Three are named, the rest is counted."""
    assert _said(speaker, "avoids_missed", events=(0, 1, 2, 3, 4)) == [
        "This should not have been: “greeting” (0:00), “small talk” (1:05.500), “small talk” (event 3) and 2 more.",
        "Tätä ei olisi pitänyt olla: ”tervehdys” (0:00), ”juttelu” (1:05.500), ”juttelu” (tapahtuma 3) ja 2 muuta.",
        "Detta borde inte ha hänt: ”hälsning” (0:00), ”småprat” (1:05.500), ”småprat” (händelse 3) och 2 till.",
    ]


def test_tags_are_named_with_their_act(speaker: Speaker) -> None:
    """Small talk of another kind is not what was meant; nor is an offer that hedges."""
    acts = ("ask", "small_talk #contested", "offer #comfort !#hedged !#again")
    assert _said(speaker, "avoids_kept", acts=acts) == [
        "There was occasion for it, but it stayed away: "
        "“question”, “small talk” #contested or “offer” #comfort without #hedged or #again.",
        "Siihen olisi ollut tilaisuus, mutta sitä ei tullut: "
        "”kysymys”, ”juttelu” #contested tai ”tarjoaminen” #comfort ilman #hedged tai #again.",
        "Det fanns tillfälle till det, men det uteblev: "
        "”fråga”, ”småprat” #contested eller ”erbjudande” #comfort utan #hedged eller #again.",
    ]


def test_an_event_is_named_with_its_tags(speaker: Speaker) -> None:
    """As it was noted."""
    event = pm.Event(pm.Actor.SERVER, "small_talk", tags=("contested",))
    told = Speaker(pm.Encounter("x", [event], sector="taxi"), speaker.vocabulary)
    assert [told.moment(0, language) for language in LANGUAGES] == [
        "“small talk” #contested (event 1)",
        "”juttelu” #contested (tapahtuma 1)",
        "”småprat” #contested (händelse 1)",
    ]


def test_a_grade_tells_under_which_condition_its_step_stood(speaker: Speaker) -> None:
    """Events of one condition together; those that needed none without any."""
    assert _said(speaker, "grades_told", events=(0,), share=0.0, whiles=("queue >= 1",)) == [
        "“greeting” (0:00), while “queue” ≥ 1: 0% of what could be.",
        "”tervehdys” (0:00), kun ”queue” ≥ 1: 0\N{NO-BREAK SPACE}% siitä, mitä voisi olla.",
        "”hälsning” (0:00), medan ”queue” ≥ 1: 0\N{NO-BREAK SPACE}% av vad det kunde vara.",
    ]
    mixed = _said(speaker, "grades_told", events=(0, 1, 2, 3), share=0.5, whiles=("talk > 0.3", "", "talk > 0.3", ""))
    assert mixed[0] == (
        "“greeting” (0:00), “small talk” (event 3), while “talk” > 0.3; "
        "“small talk” (1:05.500), “answer” (event 4): 50% of what could be."
    )
    many = _said(speaker, "grades_told", events=(0, 1, 2, 3, 4), share=0.5, whiles=("talk > 0.3",) * 5)
    assert many[0] == (
        "“greeting” (0:00), “small talk” (1:05.500), “small talk” (event 3) and 2 more, while “talk” > 0.3: "
        "50% of what could be."
    )


def test_shares_and_delays_are_written_as_the_language_wants(speaker: Speaker) -> None:
    """Percentages with their gap; durations in words of their own."""
    assert _said(speaker, "grades_told", events=(0,), share=0.25)[1].endswith(
        "25\N{NO-BREAK SPACE}% siitä, mitä voisi olla."
    )
    assert _said(speaker, "prompt_delay", events=(1,), delay_ms=65_500)[0] == (
        "It came after 65.5 s: “small talk” (1:05.500)."
    )


def test_an_unknown_act_is_named_by_its_id(speaker: Speaker) -> None:
    """A plugin that is gone must not break a sentence."""
    assert _said(speaker, "prompt_never", acts=("juggle",))[0] == "It never came: “juggle”."


VALUES: dict[str, Any] = {
    **{"acts": ("greet",), "later": ("answer",), "events": (0,), "triggers": (1,), "share": 0.5, "delay_ms": 1500},
    **{"met": 1, "total": 2, "condition": "talk < 0.3", "fields": "setting.queue", "function": "taxi.fare"},
    **{"message": "no {fare}", "criterion": "x", "reason": "y", "situation": "z"},
}


@pytest.mark.parametrize("key", sorted(catalogue()["reason"]))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_can_be_said_in_every_language(speaker: Speaker, key: str, language: str) -> None:
    """With the values that measures give, and nothing left unfilled; braces in a value stay as they are."""
    text = speaker.sentence(Reason(key, VALUES)).said_in(language)
    template = catalogue()["reason"][key][language]
    named = {name for _, name, _, _ in Formatter().parse(template) if name}
    assert text.endswith(".")
    assert named <= {*VALUES, "what", "delay"}
    assert "{" not in text.replace("{fare}", "")
