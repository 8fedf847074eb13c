"""The small languages that stand in texts, as patterns: selectors, conditions, windows, durations and names.

The patterns are no stricter than the readers, and plain enough to mean the same in every editor's regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from palvelumittari.reading.rubric_file import CRITERION_ID, RUBRIC_ID
from palvelumittari.records.encounter import Actor
from palvelumittari.records.selector import STAFF
from palvelumittari.records.vocabulary import Act
from palvelumittari.words.text import LANGUAGES

Json = dict[str, Any]

_ACTOR = "(?:" + "|".join([*Actor, "staff", r"\*"]) + ")"
_TAGS = r"(?:\s*!?#[A-Za-z0-9_-]+)*"
_ALTERNATIVE = rf"\s*{_ACTOR}\.[A-Za-z][A-Za-z0-9_]*{_TAGS}(?:\s*>\s*{_ACTOR})?{_TAGS}"
_SPAN = r"[0-9]{1,9}(?:\.[0-9]{1,3})?\s*(?:s|min|h)"
_TURNS = "[0-9]{1,4} turns?"

NOT_BLANK: Json = {"pattern": r"\S"}
"""A text in which something stands."""


def shape(pattern: re.Pattern[str]) -> str:
    """The pattern of a reader as a schema writes it: the whole text, digits as the reader means them."""
    return "^" + pattern.pattern.removesuffix(r"\Z").replace(r"\d", "[0-9]") + "$"


def qualified() -> str:
    """The pattern of a criterion's id with its rubric's before it."""
    return shape(RUBRIC_ID).removesuffix("$") + "/" + shape(CRITERION_ID).removeprefix("^")


def offered(words: Iterable[str], pattern: str) -> Json:
    """A text for which editors offer some words, and which may be any other of that shape, such as a plugin's."""
    return {"anyOf": [{"enum": list(words)}, {"type": "string", "pattern": pattern}]}


def selector(acts: Iterable[Act]) -> Json:
    """A selector, or several; editors offer each act by those who are likeliest to do it."""
    pattern = rf"^{_ALTERNATIVE}(?:\s*\|{_ALTERNATIVE})*\s*$"
    one = offered([name for act in acts for name in _selections(act)], pattern)
    return {"anyOf": [*one["anyOf"], {"type": "array", "items": {"type": "string", "pattern": pattern}, "minItems": 1}]}


def _selections(act: Act) -> list[str]:
    """The selectors to offer for an act: staff and customer if they do it, else everybody who does."""
    foremost = [name for name, doers in (("staff", STAFF), ("customer", {Actor.CUSTOMER})) if act.by >= doers]
    return [f"{name}.{act.id}" for name in foremost or [actor for actor in Actor if actor in act.by]]


def condition() -> Json:
    """A condition, of which a schema can only say that it is not blank."""
    examples = ["setting.queue > 0", "talk < 0.3", "ever(talk < 0.3)", "seen('customer.ask')", "phase == 'closing'"]
    return {"type": "string", **NOT_BLANK, "examples": examples}


def window() -> Json:
    """How soon: a time, turns, or both."""
    either = rf"{_SPAN}|{_TURNS}|{_SPAN}\s* or \s*{_TURNS}|{_TURNS}\s* or \s*{_SPAN}"
    return {"type": "string", "pattern": rf"^\s*(?:{either})\s*$", "examples": ["1 turn", "20 s", "90 s or 1 turn"]}


def duration() -> Json:
    """A time with its unit."""
    return {"type": "string", "pattern": rf"^\s*{_SPAN}\s*$", "examples": ["5 s", "2 min", "1.5 h"]}


def text() -> Json:
    """A text by language; editors offer the languages of the engine, and any other may stand beside them."""
    names = {"en": "The text in English.", "fi": "The text in Finnish.", "sv": "The text in Swedish."}
    return {
        "description": "The same text by language. Give English; what lacks Finnish or Swedish is shown in English.",
        "type": "object",
        "properties": {language: {"type": "string", "description": names[language]} for language in LANGUAGES},
        "additionalProperties": {"type": "string"},
    }
