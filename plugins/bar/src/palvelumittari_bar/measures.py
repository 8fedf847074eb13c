"""What a bar rubric cannot say in data: who was served before whom, and how fast for this house."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from palvelumittari import Actor, Answer, Event, Scene, Text

STAFF = frozenset({Actor.SERVER, Actor.COLLEAGUE})
PARTY = frozenset({Actor.CUSTOMER, Actor.COMPANION})
QUEUING = frozenset({Actor.CUSTOMER, Actor.BYSTANDER})
"""Who takes turns at the counter; companions are served with their customer."""


@attrs.frozen
class Guest:
    """One person at the counter: the kind of actor, and who among them."""

    by: Actor
    who: str | None


@attrs.frozen
class Turn:
    """The event at which a guest was served, since when they had waited, and those who had waited longer."""

    served: int
    since: int
    passed_over: tuple[int, ...]


# --- who was served before whom ---------------------------------------------------------------------------------


def order_of_service(scene: Scene) -> Answer | None:
    """Whether guests were served in the order in which they came to wait.

    A guest waits from the first bid, joining of the queue or order, and is served with the first serving, handover or
    charging that is addressed to their kind of actor after they ordered; orders of one kind are filled as they
    came in. A serving that cannot be told to whom it went, or that went to somebody of whose coming nothing was
    noted, is left out. Names only tell guests apart.

    Why in Python: selectors tell kinds of actors apart, never two guests, and no measure compares two orders.

    Returns:
        The share of servings that passed nobody over, among those at which more than one guest waited; `None` if
        there was never more than one.
    """
    turns = tuple(_turns(scene))
    if not turns:
        return None
    fair = tuple(turn.served for turn in turns if not turn.passed_over)
    unfair = tuple(turn for turn in turns if turn.passed_over)
    against = {index for turn in unfair for index in (turn.served, *turn.passed_over)}
    return Answer(
        fulfilment=len(fair) / len(turns),
        speaks_for=tuple(index for index in fair if index not in against),
        speaks_against=tuple(sorted(against)),
        reason=_OUT_OF_TURN if unfair else _IN_TURN,
    )


def _turns(scene: Scene) -> Iterator[Turn]:
    """The servings at which more than one guest waited, first to last."""
    acts = scene.vocabulary
    begins, orders = acts.any_of("bid", "join_queue", "request"), acts.any_of("request")
    gives_up, serves = acts.any_of("leave_queue", "leave"), acts.any_of("serve", "deliver", "charge")
    waiting: dict[Guest, int] = {}
    ordered: list[Guest] = []
    for index, event in enumerate(scene.encounter.events):
        guest = Guest(event.by, event.who)
        if event.by in QUEUING and event.act in begins:
            waiting.setdefault(guest, index)
        if event.by in QUEUING and event.act in orders:
            ordered.append(guest)
        if event.act in gives_up:
            waiting.pop(guest, None)
        if event.by in STAFF and event.act in serves:
            served = _whom(event, waiting, ordered)
            if served is not None:
                since = waiting.pop(served)
                if waiting:
                    yield Turn(index, since, tuple(other for other in waiting.values() if other < since))


def _whom(event: Event, waiting: dict[Guest, int], ordered: list[Guest]) -> Guest | None:
    """To which waiting guest a serving went: the first who ordered, else the only one of the kind."""
    candidates = [guest for guest in waiting if guest.by is event.addressee]
    first = next((guest for guest in ordered if guest in candidates), None)
    if first is not None:
        ordered.remove(first)
        return first
    return candidates[0] if len(candidates) == 1 else None


# --- how fast ---------------------------------------------------------------------------------------------------


def order_to_drink(scene: Scene, *, usual_s: float = 90.0, late: float = 2.0) -> Answer | None:
    """How soon the drinks came, held against what such an order usually takes in this house.

    Each order of the customer's party is worth 1 if the handover came within the usual time, 0 from `late` times the
    usual time on, and in between by its place between them.

    Why in Python: the measure `prompt` knows seconds that are written in the rubric, the same for a beer and for a
    cocktail; this one takes them from the encounter.

    Args:
        scene: The encounter.
        usual_s: The usual time in seconds where the encounter has no `setting.usual_s`.
        late: How many times the usual time is too late altogether; more than 1.

    Returns:
        The mean over all orders of which it is known how long they took; `None` if there are none.
    """
    declared = scene.encounter.field_value("setting.usual_s")
    usual_ms = 1000 * (usual_s if declared is None else declared)
    if usual_ms <= 0:
        return None
    waits = tuple(_waits(scene, too_long_ms=late * usual_ms))
    if not waits:
        return None
    worth = [min(1.0, max(0.0, (late - wait.lasted_ms / usual_ms) / (late - 1))) for wait in waits]
    against = {wait.ended for wait, each in zip(waits, worth, strict=True) if each < 0.5}
    return Answer(
        fulfilment=sum(worth) / len(worth),
        speaks_for=tuple(sorted({wait.ended for wait in waits} - against)),
        speaks_against=tuple(sorted(against)),
        reason=_told(max(wait.lasted_ms for wait in waits), usual_ms),
    )


@attrs.frozen
class Wait:
    """How long an order waited, and the handover that ended it, or the order itself if none came."""

    ended: int
    lasted_ms: int


def _waits(scene: Scene, too_long_ms: float) -> Iterator[Wait]:
    """The waits of the customer's party that are known: those that ended, and those too long already."""
    events = scene.encounter.events
    left = scene.find("leave", by={Actor.CUSTOMER})[:1]
    stay = left[0] if left else len(events)
    handovers = [i for i in scene.find("deliver", by=STAFF) if i < stay and events[i].addressee in PARTY]
    for order in scene.find("request", by=PARTY):
        start = events[order].at_ms
        end = next((index for index in handovers if index > order), None)
        if start is None or order > stay:
            continue
        if end is None:
            lasted = _latest_ms(scene) - start
            if lasted >= too_long_ms:
                yield Wait(order, lasted)
            continue
        at = events[end].at_ms
        if at is not None:
            yield Wait(end, at - start)


def _latest_ms(scene: Scene) -> int:
    """The latest time that the record reaches."""
    times = [event.at_ms for event in scene.encounter.events if event.at_ms is not None]
    return max([*times, scene.encounter.ends_ms or 0])


def _told(longest_ms: float, usual_ms: float) -> Text:
    """How long the longest wait was, as a sentence."""
    took, usual = f"{longest_ms / 1000:g}", f"{usual_ms / 1000:g}"
    return Text(
        {
            "en": f"From order to drink it took {took} s at most; {usual} s is usual here.",
            "fi": f"Tilauksesta juomaan kului enintään {took} s; tavallista täällä on {usual} s.",
            "sv": f"Från beställning till dryck tog det högst {took} s; {usual} s är det vanliga här.",
        }
    )


_IN_TURN = Text(
    {
        "en": "Guests were served in the order in which they came.",
        "fi": "Vieraat palveltiin siinä järjestyksessä kuin he tulivat.",
        "sv": "Gästerna betjänades i den ordning de kom.",
    }
)
_OUT_OF_TURN = Text(
    {
        "en": "A guest was served before one who had waited longer.",
        "fi": "Vieras palveltiin ennen toista, joka oli odottanut kauemmin.",
        "sv": "En gäst betjänades före någon som hade väntat längre.",
    }
)
