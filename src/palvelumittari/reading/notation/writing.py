"""Writing events in the timeline notation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palvelumittari.reading.notation.lines import NAME, UNTIMED
from palvelumittari.reading.strict_json import inline, is_whole
from palvelumittari.reading.structure import json_path
from palvelumittari.records.encounter import Event
from palvelumittari.words.errors import EncounterError, Place, Problem, raise_errors, shown
from palvelumittari.words.timing import MAX_TIME_MS, clock_from_ms, duration_from_ms


def format_events(events: Iterable[Event]) -> str:
    """Events as lines that `parse_events` reads back the same; the empty text if there are none.

    Raises:
        EncounterError: A time is negative or later than ten years, or a text holds half a surrogate pair.

    >>> from palvelumittari.records.encounter import Actor
    >>> print(format_events([Event(Actor.SERVER, "greet", at_ms=2000, text="Iltaa!")]), end="")
    0:02 server greet: Iltaa!
    """
    events = tuple(events)
    raise_errors(_unwritable(events), EncounterError)
    rows = [(_time(event), _actor(event), _deed(event)) for event in events]
    times, actors = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    return "".join(f"{time:<{times}} {actor:<{actors}} {deed}\n" for time, actor, deed in rows)


def _unwritable(events: Iterable[Event]) -> Iterator[Problem]:
    for index, event in enumerate(events):
        for key, ms in (("at", event.at_ms), ("lasts", event.lasts_ms)):
            if ms is not None and not 0 <= ms <= MAX_TIME_MS:
                place = Place(path=json_path(("events", index, key)))
                yield Problem("a time that cannot be written", place, found=f"{ms} ms", expected="0 to ten years")
        texts = (event.act, event.who, event.text, event.detector, *event.tags)
        for text in texts:
            if text is not None and not is_whole(text):
                place = Place(path=json_path(("events", index)))
                yield Problem("half of a surrogate pair, which is no character", place, found=shown(text))


def _time(event: Event) -> str:
    return UNTIMED if event.at_ms is None else clock_from_ms(event.at_ms)


def _actor(event: Event) -> str:
    return event.by if event.who is None else f"{event.by}/{_name(event.who)}"


def _deed(event: Event) -> str:
    parts = [
        _name(event.act),
        f"> {event.to}" if event.to is not None else "",
        *(f"#{_name(tag)}" for tag in event.tags),
        f"({duration_from_ms(event.lasts_ms)})" if event.lasts_ms is not None else "",
        _derivation(event),
    ]
    said = "" if event.text is None else f": {_text(event.text)}"
    return " ".join(part for part in parts if part) + said


def _derivation(event: Event) -> str:
    found = {"detector": event.detector, "span": event.span}
    noted = {key: value for key, value in found.items() if value is not None}
    return inline(noted) if noted else ""


def _name(word: str) -> str:
    return word if NAME.fullmatch(word) and word.isprintable() else inline(word)


def _text(text: str) -> str:
    is_plain = text == text.strip() != "" and not text.startswith('"') and text.replace("\n", "").isprintable()
    return text.replace("\\", "\\\\").replace("\n", "\\n") if is_plain else inline(text)
