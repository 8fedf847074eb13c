"""Texts in several languages."""

from __future__ import annotations

import pytest

from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

TEXT = Text(FrozenMap({"en": "greeting", "fi": "tervehdys", "sv": ""}))


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "tervehdys"), ("fi-FI", "tervehdys"), ("en", "greeting"), ("et", "greeting"), ("sv", "greeting")],
)
def test_a_missing_translation_falls_back(language: str, said: str) -> None:
    """To the base language, then to English; an empty translation counts as missing."""
    assert TEXT.said_in(language) == said


def test_without_english_any_language_serves() -> None:
    """And without any there is nothing to say."""
    assert Text(FrozenMap({"fi": "moi"})).said_in("sv") == "moi"
    assert Text(FrozenMap()).said_in("fi") == ""


def test_missing_languages_are_told() -> None:
    """Those of the engine unless others are asked for."""
    assert TEXT.missing() == ("sv",)
    assert TEXT.missing(["en", "et"]) == ("et",)
    assert str(TEXT) == "greeting"
