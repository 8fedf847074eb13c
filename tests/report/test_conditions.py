"""Conditions in words: titles instead of names, in the reader's language."""

from __future__ import annotations

import pytest

import palvelumittari as pm
from palvelumittari.report.conditions import ConditionSpeaker


@pytest.fixture(scope="module")
def meter() -> pm.Meter:
    """A meter with the core's content alone."""
    return pm.Meter(installed=False)


@pytest.mark.parametrize(
    ("condition", "language", "words"),
    [
        ("queue >= 1 or hurry > 0.5", "fi", "”Muita odottamassa” ≥ 1 tai ”Kiire” > 0,5"),
        (
            "(queue > 1 or hurry > 0.5) and talk < 0.3",
            "en",
            "(“Others waiting” > 1 or “Hurry” > 0.5) and “Appetite for talk” < 0.3",
        ),
        ("not customer.regular", "sv", "inte ”stamkund”"),
        ("channel in ['phone', 'chat']", "en", "“channel” = “phone” or “chat”"),
        ("phase != 'closing'", "fi", "”vaihe” ≠ ”closing”"),
        ("customer.first_time == true", "en", "“customer's first time” = true"),
        ("ever(strain > 0.3)", "en", "at some point “Strain” > 0.3"),
        ("always(talk > 0.3)", "fi", "koko ajan ”Juttuhalu” > 0,3"),
        ("seen('customer.smile | customer.laugh')", "en", "“smile” or “laugh” was noted"),
        ("count('customer.ask') > 2", "en", "the number of “question” > 2"),
        ("setting.unheard_of > 1", "en", "“setting.unheard_of” > 1"),
    ],
)
def test_a_condition_is_said_in_words(meter: pm.Meter, condition: str, language: str, words: str) -> None:
    """Readings, fields and acts by their titles; signs and joining words of the language."""
    speaker = ConditionSpeaker(meter.vocabulary, meter.catalog.terms.readings, language)
    assert speaker.say(condition) == words
