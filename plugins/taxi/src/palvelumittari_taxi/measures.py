"""What a taxi rubric cannot say in data: measures that compare one utterance with the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from palvelumittari import Actor, Answer, Event, Scene, Text

STAFF = frozenset({Actor.SERVER, Actor.COLLEAGUE})


@attrs.frozen
class Round:
    """A stretch of the driver's chat and the rider's reply to it, as indices of events."""

    stretch: tuple[int, ...]
    reply: tuple[int, ...]


def fading_replies(scene: Scene, *, shrink: float = 0.7, ease: float = 0.5) -> Answer | None:
    """Whether the driver heard the rider's replies fade, and talked less or stopped.

    Replies fade when each of two in a row is clearly shorter than the one before, and none of them carries the talk
    on with a question or a laugh. After that the driver's next stretch should be clearly shorter too, or not come.
    Length is time where every stretch and reply was timed, else words where all were written down.

    Why in Python: the measures of the rubric language look at one event after another and at readings, which move by
    fixed steps; that one reply is shorter than the last, only a comparison of the two can tell.

    Args:
        scene: The ride.
        shrink: A reply is clearly shorter if it has at most this share of the former's length, 0 to 1.
        ease: The driver's stretch is clearly shorter if it has at most this share of the former's length, 0 to 1.

    Returns:
        The share of fadings that were heard; `None` if no replies faded, or if lengths are not known.
    """
    rounds = tuple(_rounds(scene))
    lengths = _lengths(scene, rounds)
    if lengths is None:
        return None
    heard: list[int] = []
    ignored: list[int] = []
    for last in _fadings(scene, rounds, lengths, shrink):
        after = rounds[last + 1].stretch if last + 1 < len(rounds) else ()
        if after and _total(lengths, after) > ease * _total(lengths, rounds[last].stretch):
            ignored.append(after[0])
        elif after or _is_over(scene, rounds[last].reply[-1]):
            heard.append(rounds[last].reply[-1])
    return _answer(heard, ignored)


def _answer(heard: Sequence[int], ignored: Sequence[int]) -> Answer | None:
    if not heard and not ignored:
        return None
    return Answer(
        fulfilment=len(heard) / (len(heard) + len(ignored)),
        speaks_for=tuple(heard),
        speaks_against=tuple(ignored),
        reason=_IGNORED if ignored else _HEARD,
    )


def _rounds(scene: Scene) -> Iterator[Round]:
    """The rounds of the chat, first to last; the last may lack its reply."""
    talk = set(scene.find("small_talk", by=STAFF))
    stretch: list[int] = []
    reply: list[int] = []
    for index, event in enumerate(scene.encounter.events):
        if index in talk:
            if reply:
                yield Round(tuple(stretch), tuple(reply))
                stretch, reply = [], []
            stretch.append(index)
        elif stretch and _is_reply(scene, event):
            reply.append(index)
    if stretch:
        yield Round(tuple(stretch), tuple(reply))


def _is_reply(scene: Scene, event: Event) -> bool:
    """Whether the rider says something to the driver, or says nothing where a word was due."""
    said = scene.vocabulary.acts[event.act].speaks or event.act in scene.vocabulary.any_of("quiet", "laugh")
    return event.by is Actor.CUSTOMER and event.addressee in STAFF and said


# --- lengths ----------------------------------------------------------------------------------------------------


def _lengths(scene: Scene, rounds: Sequence[Round]) -> dict[int, float] | None:
    """The length of each event of the rounds: milliseconds if all are known, else words, else `None`."""
    events = scene.encounter.events
    silent = scene.vocabulary.any_of("quiet", "laugh")
    parts = [index for one in rounds for index in (*one.stretch, *one.reply)]
    for length_of in (_milliseconds, _words):
        found = {index: 0.0 if events[index].act in silent else length_of(events[index]) for index in parts}
        known = {index: length for index, length in found.items() if length is not None}
        if len(known) == len(found):
            return known
    return None


def _milliseconds(event: Event) -> float | None:
    return event.lasts_ms


def _words(event: Event) -> float | None:
    return len(event.text.split()) if event.text else None


def _total(lengths: dict[int, float], events: Sequence[int]) -> float:
    return sum(lengths[index] for index in events)


# --- fading -----------------------------------------------------------------------------------------------------


def _fadings(scene: Scene, rounds: Sequence[Round], lengths: dict[int, float], shrink: float) -> Iterator[int]:
    """The rounds at whose reply the rider had become clearly shorter twice in a row."""
    said = [_total(lengths, one.reply) for one in rounds]
    fell = [before > 0 and now <= shrink * before for before, now in pairwise(said)]
    for last in range(2, len(rounds)):
        replies = (rounds[last - 1].reply, rounds[last].reply)
        asked = any(_carries_on(scene, index) for reply in replies for index in reply)
        if all(replies) and all(fell[last - 2 : last]) and not asked:
            yield last


def _carries_on(scene: Scene, index: int) -> bool:
    """Whether a reply asks for more, however short it is."""
    event = scene.encounter.events[index]
    return event.act in scene.vocabulary.any_of("ask", "laugh", "joke", "request") or "?" in (event.text or "")


def _is_over(scene: Scene, index: int) -> bool:
    """Whether it is certain that no further stretch came: staff did something else, or the record is closed."""
    events = scene.encounter.events
    left = scene.find("leave", by={Actor.CUSTOMER}, after=index)
    return scene.encounter.is_full or bool(left) or any(event.by in STAFF for event in events[index + 1 :])


_HEARD = Text(
    {
        "en": "As the replies faded, the driver's talk did too.",
        "fi": "Kun vastaukset hiipuivat, hiipui kuljettajankin juttelu.",
        "sv": "När svaren tynade bort, gjorde förarens prat det också.",
    }
)
_IGNORED = Text(
    {
        "en": "The replies got shorter and shorter, and the driver talked on.",
        "fi": "Vastaukset lyhenivät lyhenemistään, ja kuljettaja jatkoi juttuaan.",
        "sv": "Svaren blev kortare och kortare, och föraren pratade vidare.",
    }
)
