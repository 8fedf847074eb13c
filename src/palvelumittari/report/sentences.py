"""Reasons as sentences: acts by their titles, events by their moments, in every language of the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import Reason
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.phrases import one_of, percent, phrase, quoted
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

    def sentence(self, reason: Reason) -> Text:
        """A reason as a sentence in every language."""
        return in_all_languages(lambda language: self._say(reason, language))

    def _say(self, reason: Reason, language: str) -> str:
        values = {key: self._value(key, value, language) for key, value in reason.values.items()}
        values["delay"] = values.get("delay_ms", "")
        values["what"] = self._events(reason.values.get("events", ()), language)
        text = phrase(f"reason.{reason.key}", language, **values)
        return text[:1].upper() + text[1:]

    def _value(self, key: str, value: Any, language: str) -> str:
        if key in ("acts", "later"):
            return self._acts(value, language)
        if key == "share":
            return percent(value, language)
        if key == "delay_ms":
            return "" if value is None else duration_from_ms(value)
        return str(value)

    def _acts(self, acts: tuple[str, ...], language: str) -> str:
        titles = [quoted(self.vocabulary.title(act).said_in(language), language) for act in acts]
        return one_of(list(dict.fromkeys(titles)), language)

    def _events(self, events: tuple[int, ...], language: str) -> str:
        named = [self.moment(event, language) for event in events[:MAX_NAMED]]
        text = ", ".join(named)
        return phrase("more", language, text, len(events) - MAX_NAMED) if len(events) > MAX_NAMED else text

    def moment(self, index: int, language: str) -> str:
        """An event by its act and its time, or its number (from 1) where no time was noted."""
        event = self.encounter.events[index]
        title = quoted(self.vocabulary.title(event.act).said_in(language), language)
        when = clock_from_ms(event.at_ms) if event.at_ms is not None else phrase("event_number", language, index + 1)
        return f"{title} ({when})"
