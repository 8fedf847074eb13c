"""Whether an encounter fits the vocabulary, its own timeline and the limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from palvelumittari.reading.structure import Path, described
from palvelumittari.records.encounter import Encounter, Event
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import Problem, Severity, did_you_mean, shown
from palvelumittari.words.timing import MAX_TIME_MS, seconds_from_ms

_SECTOR = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")

Found = Iterator[tuple[Path, Problem]]


@attrs.frozen(kw_only=True)
class Limits:
    """How large an encounter may be.

    `events` counts events, `text_bytes` the UTF-8 bytes of all their texts together, `document_bytes` the bytes of
    one document, or of one line of NDJSON, in a file.
    """

    events: int = 100_000
    text_bytes: int = 1_048_576
    document_bytes: int = 33_554_432


DEFAULT_LIMITS = Limits()


def check_encounter(encounter: Encounter, vocabulary: Vocabulary, limits: Limits = DEFAULT_LIMITS) -> Found:
    """Everything that keeps an encounter from being judged, and as warnings what is merely odd.

    Args:
        encounter: Any encounter, read or made by hand.
        vocabulary: The acts, tags and fields that it may name.
        limits: How many events and how much text it may hold; beyond them nothing else is checked.

    Returns:
        Problems, each with the path of what is wrong: `("events", 4, "act")`.
    """
    too_large = [*check_event_count(len(encounter.events), limits), *_check_text_size(encounter, limits)]
    if too_large:
        yield from too_large
        return
    yield from _check_identity(encounter)
    yield from _check_fields(encounter, vocabulary)
    for index, event in enumerate(encounter.events):
        for path, problem in _check_event(event, vocabulary):
            yield ("events", index, *path), problem
    yield from _check_times(encounter)


def check_event_count(count: int, limits: Limits) -> Found:
    """Whether there are too many events."""
    if count > limits.events:
        yield ("events",), _too_large("too many events", count, limits.events, "events")


def _check_text_size(encounter: Encounter, limits: Limits) -> Found:
    size = sum(len(event.text.encode("utf-8", "replace")) for event in encounter.events if event.text)
    if size > limits.text_bytes:
        yield ("events",), _too_large("too much text", size, limits.text_bytes, "text_bytes")


def _too_large(what: str, found: int, limit: int, name: str) -> Problem:
    unit = "events" if name == "events" else "bytes"
    return Problem(
        what,
        found=f"{found:,} {unit}",
        expected=f"at most {limit:,}",
        hint="split the encounter",
    )


# --- the encounter itself ---------------------------------------------------------------------------------------


def _check_identity(encounter: Encounter) -> Found:
    if not encounter.id.strip():
        yield ("id",), Problem("the id is empty", expected="text that tells this encounter from others")
    if encounter.sector is None and encounter.channel is None:
        yield (
            (),
            Problem(
                "neither sector nor channel", hint="add `sector` (such as taxi), `channel` (such as phone), or both"
            ),
        )
    if encounter.sector is not None and not _SECTOR.fullmatch(encounter.sector):
        yield ("sector",), _bad_sector(encounter.sector)


def _bad_sector(sector: str) -> Problem:
    plain = re.sub(r"[\s-]+", "_", re.sub(r"\s*[/.]\s*", ".", sector.strip().lower()))
    return Problem(
        "not a sector",
        found=shown(sector),
        expected="lower-case words with dots between them, such as retail.toys",
        hint=f"did you mean `{plain}`?" if _SECTOR.fullmatch(plain) else None,
    )


def _check_fields(encounter: Encounter, vocabulary: Vocabulary) -> Found:
    for place, values in (("setting", encounter.setting), ("customer", encounter.customer)):
        for key, value in values.items():
            for problem in _check_field(place, key, value, vocabulary):
                yield (place, key), problem


def _check_field(place: str, key: str, value: Any, vocabulary: Vocabulary) -> Iterator[Problem]:
    field = vocabulary.fields.get(f"{place}.{key}")
    if field is None:
        known = [name.partition(".")[2] for name in vocabulary.fields if name.startswith(f"{place}.")]
        yield Problem(
            f"unknown field {shown(f'{place}.{key}')}", expected=_one_of(known), hint=did_you_mean(key, known)
        )
    elif not field.accepts(value):
        hint = did_you_mean(value, field.values) if isinstance(value, str) else None
        yield Problem(
            "a value that the field does not take", found=described(value), expected=field.expected, hint=hint
        )


def _one_of(known: Iterable[str]) -> str:
    words = sorted(known)
    return "one of " + ", ".join(words) if words else "none, as the vocabulary declares none"


# --- events -----------------------------------------------------------------------------------------------------


def _check_event(event: Event, vocabulary: Vocabulary) -> Found:
    yield from _check_act(event, vocabulary)
    for index, tag in enumerate(event.tags):
        if tag not in vocabulary.tags:
            hint = did_you_mean(tag, vocabulary.tags)
            yield ("tags", index), Problem(f"unknown tag {shown(tag)}", expected=_one_of(vocabulary.tags), hint=hint)
    if event.span is not None:
        yield from _check_span(event.span, event.text)


def _check_act(event: Event, vocabulary: Vocabulary) -> Found:
    act = vocabulary.acts.get(event.act)
    if act is None:
        hint = did_you_mean(event.act, vocabulary.timeline_acts())
        yield ("act",), Problem(f"unknown act {shown(event.act)}", expected="an act of the vocabulary", hint=hint)
    elif act.is_group:
        yield (
            ("act",),
            Problem(
                f"`{act.id}` is a group of acts and never stands in a timeline",
                expected=_one_of(vocabulary.selected[act.id]),
            ),
        )
    elif not _can_do(event, vocabulary):
        yield (
            ("by",),
            Problem(
                f"`{act.id}` is nothing that the actor `{event.by}` does",
                expected=_one_of(act.by),
                severity=Severity.WARNING,
            ),
        )


def odd_events(encounter: Encounter, vocabulary: Vocabulary) -> tuple[int, ...]:
    """The events (indices from 0) that are noted of an actor who cannot do them, about which the check warns.

    Acts that the vocabulary does not declare are not odd but wrong, and not told here.
    """
    return tuple(index for index, event in enumerate(encounter.events) if not _can_do(event, vocabulary))


def _can_do(event: Event, vocabulary: Vocabulary) -> bool:
    act = vocabulary.acts.get(event.act)
    return act is None or event.by in act.by


def _check_span(span: tuple[int, int], text: str | None) -> Found:
    start, end = span
    if text is None:
        yield ("span",), Problem("a span without a text", hint="add `text`, or leave `span` out")
    elif not 0 <= start <= end <= len(text):
        yield (
            ("span",),
            Problem(
                "the span lies outside the text", found=f"[{start}, {end}]", expected=f"from 0 to {len(text)}, in order"
            ),
        )


def _check_times(encounter: Encounter) -> Found:
    events = encounter.events
    latest: int | None = None
    for index, event in enumerate(events):
        yield from _check_range(("events", index, "at"), event.at_ms)
        yield from _check_range(("events", index, "lasts"), event.lasts_ms)
        if event.at_ms is not None:
            if latest is not None and event.at_ms < (events[latest].at_ms or 0):
                yield ("events", index, "at"), _backwards(events, index, latest)
            else:
                latest = index
    yield from _check_range(("ends",), encounter.ends_ms)
    if latest is not None and encounter.ends_ms is not None and encounter.ends_ms < (events[latest].at_ms or 0):
        yield ("ends",), _ends_early(events, latest, encounter.ends_ms)


def _check_range(path: Path, ms: int | None) -> Found:
    if ms is not None and not 0 <= ms <= MAX_TIME_MS:
        yield path, Problem("not a time", found=f"{seconds_from_ms(ms)} s", expected="seconds from 0 to ten years")


def _backwards(events: Sequence[Event], index: int, before: int) -> Problem:
    return Problem(
        f"times go backwards: {_timed(events, index)}, but {_timed(events, before, ' before it')}",
        expected=f"at least {seconds_from_ms(events[before].at_ms or 0)} s",
        hint="put the events in order, or leave out the times that are not known",
    )


def _ends_early(events: Sequence[Event], last: int, ends_ms: int) -> Problem:
    return Problem(
        f"the record ends at {seconds_from_ms(ends_ms)} s, but {_timed(events, last)}",
        expected=f"at least {seconds_from_ms(events[last].at_ms or 0)} s",
        hint="`ends` may be left out",
    )


def _timed(events: Sequence[Event], index: int, words: str = "") -> str:
    event = events[index]
    return f"events[{index}] (`{event.act}`){words} is at {seconds_from_ms(event.at_ms or 0)} s"
