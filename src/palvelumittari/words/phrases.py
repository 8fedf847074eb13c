"""The engine's own sentences in English, Finnish and Swedish, from the files of the folder `catalogue`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from palvelumittari.words.text import LANGUAGES


@cache
def catalogue() -> Mapping[str, Any]:
    """The whole catalogue: section, key, language. The files share sections, and each phrase stands in one of them."""
    found: dict[str, Any] = {}
    for file in sorted(files("palvelumittari.words").joinpath("catalogue").iterdir(), key=lambda file: file.name):
        _add(found, tomllib.loads(file.read_text("utf-8")))
    return found


def _add(known: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, str):
            known[key] = value
        else:
            _add(known.setdefault(key, {}), value)


def spoken_language(language: str) -> str:
    """The language in which the engine answers a wish: itself, its base language, or English.

    >>> spoken_language("sv-FI"), spoken_language("et")
    ('sv', 'en')
    """
    base = language.lower().replace("_", "-").partition("-")[0]
    return base if base in LANGUAGES else "en"


def phrase(key: str, language: str, /, *parts: object, **values: object) -> str:
    """The phrase of a dotted key in a language, filled in; raises `KeyError` for a key that is not there.

    >>> phrase("band.good", "fi")
    'hyvä'
    """
    entry: Any = catalogue()
    for part in key.split("."):
        entry = entry[part]
    template: str = entry[spoken_language(language)]
    return template.format(*parts, **values)


def quoted(text: str, language: str) -> str:
    """A text in the quotation marks of a language."""
    return phrase("quote", language, text)


def act_in_words(title: str, language: str, tags: Iterable[str] = (), without: Iterable[str] = ()) -> str:
    """An act by its title, with the tags that it bears and those that it must not bear.

    >>> act_in_words("offer", "en", ["again"], ["hedged"])
    '“offer” #again without #hedged'
    """
    named = " ".join([quoted(title, language), *(f"#{tag}" for tag in tags)])
    barred = [f"#{tag}" for tag in without]
    return phrase("without", language, named, one_of(barred, language)) if barred else named


def one_of(items: list[str], language: str, limit: int = 4) -> str:
    """Alternatives as a list in words: `a, b or c`; beyond `limit` the rest is counted.

    >>> one_of(["a", "b", "c"], "en")
    'a, b or c'
    """
    if len(items) > limit:
        return phrase("more", language, ", ".join(items[:limit]), len(items) - limit)
    if len(items) < 2:
        return "".join(items)
    return phrase("or", language, ", ".join(items[:-1]), items[-1])


def decimal(value: float, language: str, places: int = 1) -> str:
    """A number with the decimal mark of a language.

    >>> decimal(59.5, "fi"), decimal(59.5, "en")
    ('59,5', '59.5')
    """
    text = f"{value:z.{places}f}"
    return text if spoken_language(language) == "en" else text.replace(".", ",")


def signed(value: float, language: str, places: int = 1) -> str:
    """A number with its sign; what rounds to nothing has none.

    >>> signed(4, "en"), signed(-7.5, "fi"), signed(0, "en")
    ('+4.0', '−7,5', '0.0')
    """
    size = decimal(abs(value), language, places)
    if not float(f"{value:.{places}f}"):
        return size
    return ("+" if value > 0 else "\N{MINUS SIGN}") + size


def percent(share: float, language: str) -> str:
    """A share as a percentage, spaced as the language wants it.

    >>> percent(0.5, "en"), percent(0.5, "sv")
    ('50%', '50\\xa0%')
    """
    gap = "" if spoken_language(language) == "en" else "\N{NO-BREAK SPACE}"
    return f"{round(share * 100)}{gap}%"
