"""Conditions as they are read aloud."""

from __future__ import annotations

from functools import cache

import pytest

from palvelumittari.authoring.pages.spoken import Spoken
from palvelumittari.meter import Meter
from palvelumittari.reading.conditions import parse_condition
from palvelumittari.report.rules import Wording


@cache
def core() -> Meter:
    """The vocabulary and the readings without plugins."""
    return Meter(installed=False)


def said(condition: str, language: str = "en") -> str:
    """A condition in words."""
    vocabulary, readings = core().vocabulary, core().catalog.terms.readings
    selector = Wording(vocabulary, language).selector
    spoken = Spoken(vocabulary=vocabulary, readings=readings, language=language, selector=selector)
    return spoken(parse_condition(condition))


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("channel == 'phone'", "it happens by phone"),
        ("channel not in ['phone', 'chat']", "it does not happen by phone or by chat"),
        ("channel < 'phone'", "the channel is under by phone"),
        ("ever(talk < 0.3)", "at some point “Appetite for talk” is under 0.3"),
        ("always(queue <= 1)", "all the time “Others waiting” is at most 1"),
        ("queue >= 1 or hurry > 0.5", "“Others waiting” is at least 1 or “Hurry” is over 0.5"),
        ("customer.regular", "“regular customer” is noted"),
        ("not customer.regular", "“regular customer” is noted as untrue"),
        ("customer.regular == true", "“regular customer” is true"),
        ("not seen('staff.serve')", "there was no “serving” (staff)"),
        ("seen('customer.ask | companion.ask')", "there was “question” (customer or companion)"),
        ("count('staff.offer') == 1", "the number of “offer” (staff) is 1"),
        ("not (talk < 0.3)", "it is not so that “Appetite for talk” is under 0.3"),
        (
            "customer.regular and (queue > 3 or setting.pace == 'busy')",
            "“regular customer” is noted and (“Others waiting” is over 3 or “pace of the place” is busy)",
        ),
        (
            "ever(talk < 0.3 and hurry > 0.5)",
            "at some point (“Appetite for talk” is under 0.3 and “Hurry” is over 0.5)",
        ),
        ("phase != 'service'", "the phase is not service"),
        ("setting.deadline_s < 900", "“time to the customer's deadline” is under 15 min"),
        ("setting.deadline_s > -1", "“time to the customer's deadline” is over -1"),
        ("sector in ['retail.toys', 'retail']", "the sector is “retail.toys” or “retail”"),
        ("setting.mood == 'glum'", "“setting.mood” is “glum”"),
        ("0.5 < talk", "0.5 is under “Appetite for talk”"),
        ("(talk < 0.3) == true", "“Appetite for talk” is under 0.3 is true"),
        ("true", "true"),
    ],
)
def test_conditions_are_read_aloud(condition: str, words: str) -> None:
    """Without signs; what the vocabulary does not know stands as it is."""
    assert said(condition) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "asioidaan kasvokkain tai ”asiakkaan ikäryhmä” on lapsi tai nuori"),
        ("sv", "det sker ansikte mot ansikte eller ”kundens åldersgrupp” är barn eller ungdom"),
    ],
)
def test_values_have_words_in_every_language(language: str, words: str) -> None:
    """Those of the core's own fields."""
    assert said("channel == 'face_to_face' or customer.age_group in ['child', 'youth']", language) == words
