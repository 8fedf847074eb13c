"""Dense random timelines: few acts and many events, so that windows, turns, phases and readings are really hit."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from palvelumittari.records.encounter import Actor, Channel, Encounter, Event, Modality, Observer, Record

KINDS: tuple[tuple[Actor, str, int], ...] = (
    (Actor.SERVER, "small_talk", 4),
    (Actor.SERVER, "answer", 4),
    (Actor.SERVER, "greet", 2),
    (Actor.SERVER, "apologise", 2),
    (Actor.SERVER, "quiet", 2),
    (Actor.SERVER, "serve", 1),
    (Actor.SERVER, "charge", 1),
    (Actor.COLLEAGUE, "joke", 2),
    (Actor.COLLEAGUE, "offer", 2),
    (Actor.CUSTOMER, "minimal", 4),
    (Actor.CUSTOMER, "ask", 4),
    (Actor.CUSTOMER, "small_talk", 2),
    (Actor.CUSTOMER, "decline", 1),
    (Actor.CUSTOMER, "fumble", 2),
    (Actor.CUSTOMER, "quiet", 1),
    (Actor.CUSTOMER, "arrive", 1),
    (Actor.CUSTOMER, "leave", 1),
    (Actor.COMPANION, "complain", 1),
    (Actor.COMPANION, "request", 1),
    (Actor.BYSTANDER, "join_queue", 2),
    (Actor.BYSTANDER, "leave_queue", 1),
    (Actor.SYSTEM, "fault", 1),
)
"""Who does what, and how often."""


def dense_encounters(random: Random, count: int, *, most: int = 14) -> Iterator[Encounter]:
    """Some encounters; some have all times, some have none, most have a few."""
    return (dense_encounter(random, most) for _ in range(count))


def dense_encounter(random: Random, most: int = 14) -> Encounter:
    """One encounter with at most that many events."""
    noted = random.choice((0.0, 0.5, 0.9, 1.0, 1.0))
    at_ms, events = 0, []
    for _ in range(random.randint(0 if random.random() < 0.1 else 1, most)):
        at_ms += random.choice((0, 1000, 5000, 19_000, 20_000, 21_000, 90_000))
        events.append(_event(random, at_ms if random.random() < noted else None))
    return Encounter(
        "dense",
        tuple(events),
        sector="test",
        channel=random.choice((Channel.FACE_TO_FACE, Channel.FACE_TO_FACE, Channel.PHONE, Channel.CHAT, None)),
        record=random.choice((Record.FULL, Record.EXCERPT, Record.EXCERPT, None)),
        observer=random.choice((Observer.MACHINE, Observer.CUSTOMER, None)),
        observed=random.choice((None, None, None, (Modality.TASK,), (Modality.SPEECH, Modality.SPEECH), ())),
        ends_ms=random.choice((None, None, at_ms, at_ms + 30_000)),
        setting=_some(random, {"queue": (0, 1, 4), "pace": ("quiet", "busy"), "deadline_s": (600,)}),
        customer=_some(random, {"at_fault": (True, False), "regular": (True,), "talk_wish": ("quiet", "chat")}),
    )


def _event(random: Random, at_ms: int | None) -> Event:
    by, act, _ = random.choices(KINDS, [weight for *_, weight in KINDS])[0]
    return Event(
        by,
        act,
        at_ms=at_ms,
        lasts_ms=random.choice((None, 5000, 30_000, 60_000)),
        to=random.choice((None, None, None, *Actor)),
        tags=tuple(tag for tag in ("lengthened", "minor") if random.random() < 0.25),
    )


def _some(random: Random, fields: dict[str, tuple[Any, ...]]) -> dict[str, Any]:
    return {key: random.choice(values) for key, values in fields.items() if random.random() < 0.4}
