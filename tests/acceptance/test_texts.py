"""Every text that comes with the package is there in English, Finnish and Swedish, and in no two of them the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

import palvelumittari as pm
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.rubric import Criterion
from palvelumittari.records.vocabulary import BUILT_IN_FIELDS
from palvelumittari.words.text import LANGUAGES, Text

METER = pm.Meter()

SAME = {
    "service title": "service is a Swedish word, too",
}
"""Texts that two languages rightly share, each with the reason."""

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

Named = Iterator[tuple[str, Text | None]]


def of_criterion(criterion: Criterion) -> Named:
    """What a criterion says to people, its situations included."""
    yield f"{criterion.id} title", criterion.title
    yield f"{criterion.id} why", criterion.why
    yield f"{criterion.id} advice", criterion.advice
    for number, situation in enumerate(criterion.situations, start=1):
        yield f"{criterion.id} situation {number} title", situation.title
        if "advice" in situation.criterion:
            yield f"{criterion.id} situation {number} advice", situation.criterion["advice"]


def of_rubrics() -> Named:
    """The head of every rubric, and every criterion as it stands there, with what the rubric overrides."""
    for name, file in METER.catalog.rubrics.items():
        yield f"{name} title", file.document.title
        yield f"{name} summary", file.document.summary
        for criterion in METER.rubric(name).criteria:
            inherited = "" if criterion.id.startswith(f"{name}/") else f"{name}: "
            yield from ((inherited + place, text) for place, text in of_criterion(criterion))


def of_terms() -> Named:
    """The titles of readings, acts and groups, tags and fields."""
    terms, built_in = METER.vocabulary, {field.name for field in BUILT_IN_FIELDS}
    yield from ((f"reading {name}", reading.title) for name, reading in METER.catalog.terms.readings.items())
    yield from ((f"act {name}", act.title) for name, act in terms.acts.items())
    yield from ((f"tag {name}", tag.title) for name, tag in terms.tags.items())
    yield from ((f"field {name}", field.title) for name, field in terms.fields.items() if name not in built_in)


def of_cases() -> Named:
    """The title of every case, and the story where it tells one."""
    for each in METER.catalog.cases:
        case = read_case(read_toml(each.file, each.name), METER.vocabulary)
        yield f"case {case.id} title", case.title
        if case.story is not None:
            yield f"case {case.id} story", case.story


TEXTS = {**dict(of_rubrics()), **dict(of_terms()), **dict(of_cases())}


def same(text: Text) -> list[str]:
    """The pairs of languages in which a text is letter for letter the same."""
    pairs = combinations(LANGUAGES, 2)
    return [f"{one} = {other}" for one, other in pairs if text.said[one].casefold() == text.said[other].casefold()]


def numbers(text: str) -> list[str]:
    """The numbers in a text, sorted; a decimal comma is a decimal point."""
    return sorted(found.replace(",", ".") for found in NUMBER.findall(text))


@pytest.mark.parametrize("kind", ["why", "advice", "title", "summary", "story", "reading", "act", "tag", "field"])
def test_every_text_is_there_in_three_languages(kind: str) -> None:
    """Nobody who reads a page in Finnish or Swedish comes upon an English sentence."""
    texts = {place: text for place, text in TEXTS.items() if kind in (place.split()[0], place.split()[-1])}
    assert texts
    assert [place for place, text in texts.items() if text is None or text.missing()] == []


def test_no_text_is_copied_from_another_language() -> None:
    """A text that stands untranslated in the place of a translation is as good as missing."""
    found = {place: same(text) for place, text in TEXTS.items() if text is not None and not text.missing()}
    assert {place: pairs for place, pairs in found.items() if pairs and place not in SAME} == {}


def test_what_may_be_the_same_still_is() -> None:
    """An exception that nothing needs any more would hide the next mistake."""
    assert [place for place in SAME if (text := TEXTS[place]) is None or not same(text)] == []


def test_reasons_name_the_same_numbers_in_every_language() -> None:
    """Years, shares, paragraphs and stories of a reason are not lost or changed in translation."""
    reasons = {place: text for place, text in TEXTS.items() if place.endswith(" why") and text is not None}
    told = {place: {tuple(numbers(said)) for said in text.said.values()} for place, text in reasons.items()}
    assert {place: found for place, found in told.items() if len(found) > 1} == {}


def test_a_copied_text_would_be_found() -> None:
    """The comparison sees copies, and minds neither case nor the language they come from."""
    assert same(Text({"en": "Thanks", "fi": "thanks", "sv": "Tack"})) == ["en = fi"]
    assert same(Text({"en": "Tack!", "fi": "Kiitos", "sv": "Tack!"})) == ["en = sv"]
    assert numbers("32.9 % (1990)") == numbers("32,9 % (1990)") != numbers("32 % (1990)")
