"""Reasons as sentences: acts by their titles, events by their moments, in every language of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.rubric import Reading
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import Reason
from palvelumittari.report.conditions import ConditionSpeaker
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.phrases import act_in_words, one_of, percent, phrase
from palvelumittari.words.text import LANGUAGES, Text
from palvelumittari.words.timing import clock_from_ms, duration_from_ms

MAX_NAMED = 3
"""How many events a sentence names before it counts the rest."""


def in_all_languages(say: Callable[[str], str]) -> Text:
    """A text that `say` gives for each language of the engine."""
    return Text(FrozenMap({language: say(language) for language in LANGUAGES}))


@attrs.frozen
class Speaker:
    """Says reasons about one encounter."""

    encounter: Encounter
    vocabulary: Vocabulary
    readings: Mapping[str, Reading] = FrozenMap()

    def condition(self, text: str) -> Text:
        """A condition, given as it stands in the rubric, in words of every language."""
        return in_all_languages(lambda language: self._condition(text, language))

    def _condition(self, text: str, language: str) -> str:
        return ConditionSpeaker(self.vocabulary, self.readings, language).say(text)

    def sentence(self, reason: Reason) -> Text:
        """A reason as a sentence in every language."""
        return in_all_languages(lambda language: self._say(reason, language))

    def _say(self, reason: Reason, language: str) -> str:
        values = {key: self._value(key, value, language) for key, value in reason.values.items()}
        values["delay"] = values.get("delay_ms", "")
        values["what"] = self._events(reason.values.get("events", ()), language, reason.values.get("whiles", ()))
        text = phrase(f"reason.{reason.key}", language, **values)
        return text[:1].upper() + text[1:]

    def _value(self, key: str, value: Any, language: str) -> str:
        if key in ("acts", "later"):
            return self._acts(value, language)
        if key == "share":
            return percent(value, language)
        if key == "condition" and value:
            return self._condition(value, language)
        if key == "fields":
            return ", ".join(self._condition(field, language) for field in value.split(", "))
        if key == "delay_ms":
            return "" if value is None else duration_from_ms(value)
        return str(value)

    def _acts(self, acts: tuple[str, ...], language: str) -> str:
        return one_of(list(dict.fromkeys(self._act(act, language) for act in acts)), language)

    def _act(self, what: str, language: str) -> str:
        """An act as a selector names it, `small_talk #contested !#again`, in words."""
        act, *marks = what.split()
        tags = [mark[1:] for mark in marks if mark.startswith("#")]
        without = [mark[2:] for mark in marks if mark.startswith("!#")]
        return act_in_words(self.vocabulary.title(act).said_in(language), language, tags, without)

    def _events(self, events: tuple[int, ...], language: str, whiles: tuple[str, ...]) -> str:
        """Events in words, those together that count under the same condition.

        `whiles` are the conditions, one for each event (empty: it needs none), or nothing if no event needs any.
        """
        groups: dict[str, list[int]] = {}
        for event, held in zip(events, whiles or ("",) * len(events), strict=True):
            groups.setdefault(held, []).append(event)
        return "; ".join(self._moments(group, held, language) for held, group in groups.items())

    def _moments(self, events: list[int], held: str, language: str) -> str:
        """Events that count under one condition; of very many the rest is counted."""
        text = ", ".join(self.moment(event, language) for event in events[:MAX_NAMED])
        if len(events) > MAX_NAMED:
            text = phrase("more", language, text, len(events) - MAX_NAMED)
        return phrase("while", language, what=text, condition=self._condition(held, language)) if held else text

    def moment(self, index: int, language: str) -> str:
        """An event by its act, its tags and its time, or its number (from 1) where no time was noted."""
        event = self.encounter.events[index]
        title = act_in_words(self.vocabulary.title(event.act).said_in(language), language, event.tags)
        when = clock_from_ms(event.at_ms) if event.at_ms is not None else phrase("event_number", language, index + 1)
        return f"{title} ({when})"
