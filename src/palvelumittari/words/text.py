"""A text in several languages, with a fallback to English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from palvelumittari.words.frozen import FrozenMap

LANGUAGES = ("en", "fi", "sv")
"""The languages in which the engine itself speaks."""


def _frozen(said: Mapping[str, str]) -> FrozenMap[str]:
    return FrozenMap(said)


@attrs.frozen
class Text:
    """The same text by language tag (BCP 47), for instance `Text({"en": "greeting", "fi": "tervehdys"})`.

    >>> Text({"en": "greeting", "fi": "tervehdys"}).said_in("fi-FI")
    'tervehdys'
    >>> Text({"en": "greeting"}).said_in("sv")
    'greeting'
    """

    said: FrozenMap[str] = attrs.field(converter=_frozen)

    def said_in(self, language: str) -> str:
        """The text in `language`; else in its base language; else in English; else in any; else empty."""
        for tag in (language, language.partition("-")[0], "en"):
            if self.said.get(tag):
                return self.said[tag]
        return next(filter(None, self.said.values()), "")

    def missing(self, languages: Iterable[str] = LANGUAGES) -> tuple[str, ...]:
        """Which of `languages` this text lacks."""
        return tuple(language for language in languages if not self.said.get(language))

    def __str__(self) -> str:
        return self.said_in("en")
