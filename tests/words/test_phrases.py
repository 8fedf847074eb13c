"""The engine's own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from palvelumittari.words.phrases import catalogue, decimal, one_of, percent, phrase, quoted, spoken_language
from palvelumittari.words.text import LANGUAGES


def leaves(entry: Mapping[str, Any], key: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every phrase with its dotted key."""
    if all(isinstance(value, str) for value in entry.values()):
        yield key, entry
        return
    for name, inner in entry.items():
        yield from leaves(inner, f"{key}.{name}".lstrip("."))


@pytest.mark.parametrize(("key", "entry"), list(leaves(catalogue())))
def test_every_phrase_is_there_in_all_languages_with_the_same_gaps(key: str, entry: Mapping[str, str]) -> None:
    """A translation that lacks a gap would lose a value without a word."""
    assert set(entry) == set(LANGUAGES)
    gaps = {language: set(re.findall(r"\{(\w*)", text)) for language, text in entry.items()}
    assert gaps["fi"] == gaps["en"] == gaps["sv"]


@pytest.mark.parametrize(
    ("wish", "answer"), [("fi", "fi"), ("FI", "fi"), ("sv_FI", "sv"), ("en-GB", "en"), ("et", "en"), ("", "en")]
)
def test_a_language_that_is_not_spoken_is_answered_in_english(wish: str, answer: str) -> None:
    """Regions do not matter."""
    assert spoken_language(wish) == answer


def test_an_unknown_phrase_is_a_mistake_of_ours() -> None:
    """It raises, so that no test passes over it."""
    with pytest.raises(KeyError):
        phrase("no.such", "en")


def test_alternatives_are_joined_in_words() -> None:
    """Of very many the rest is counted."""
    assert one_of([], "en") == ""
    assert one_of(["a"], "fi") == "a"
    assert one_of(["a", "b"], "fi") == "a tai b"
    assert one_of(["a", "b", "c"], "sv") == "a, b eller c"
    assert "2" in one_of(["a", "b", "c"], "en", limit=1)


def test_numbers_are_written_as_the_language_does() -> None:
    """Decimal comma in Finnish and Swedish, and no minus before a nought."""
    assert decimal(0.25, "fi", 2) == "0,25"
    assert decimal(-0.04, "en") == "0.0"
    assert percent(0.126, "en") == "13%"
    assert percent(0.126, "fi") == "13\N{NO-BREAK SPACE}%"


def test_quotation_marks_belong_to_the_language() -> None:
    """Finnish and Swedish close as they open."""
    assert "Moi" in quoted("Moi", "fi")
    assert quoted("Moi", "fi") != quoted("Moi", "en")
