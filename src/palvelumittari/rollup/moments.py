"""The events of several encounters as one line of moments, and how much time lies between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from palvelumittari.records.encounter import Actor, Encounter, Event, Side
from palvelumittari.records.references import EventRef, event_reference
from palvelumittari.records.vocabulary import Vocabulary


@attrs.frozen
class Moment:
    """One event: the number of its encounter from 1, its index in it from 0, and its place in the whole line."""

    number: int
    index: int
    place: int
    encounter: Encounter = attrs.field(repr=False)

    @property
    def event(self) -> Event:
        """What happened."""
        return self.encounter.events[self.index]

    @property
    def is_staff(self) -> bool:
        """Whether the service acted."""
        return self.event.side is Side.STAFF

    @property
    def is_customer(self) -> bool:
        """Whether the customer or the companion acted."""
        return self.event.side is Side.CUSTOMER

    @property
    def is_system(self) -> bool:
        """Whether it came from what stands behind the service."""
        return self.event.by is Actor.SYSTEM

    @property
    def since_epoch_ms(self) -> int | None:
        """When it was, if the encounter says when it began; without a time of its own, when that was."""
        started = self.encounter.started
        return None if started is None else round(started.timestamp() * 1000) + (self.event.at_ms or 0)


def moments_of(encounters: Sequence[Encounter]) -> tuple[Moment, ...]:
    """All events in the order of the encounters."""
    return tuple(Moment(*each) for each in _numbered(encounters))


def _numbered(encounters: Sequence[Encounter]) -> Iterator[tuple[int, int, int, Encounter]]:
    place = 0
    for number, encounter in enumerate(encounters, start=1):
        for index in range(len(encounter.events)):
            yield number, index, place, encounter
            place += 1


def elapsed_ms(first: Moment, later: Moment) -> int | None:
    """The milliseconds between two moments; `None` if nobody noted the times that it takes to tell.

    Two encounters can be told apart in time only if both say when they began, with or without a time zone alike.
    """
    if first.number == later.number:
        if first.event.at_ms is None or later.event.at_ms is None:
            return None
        return later.event.at_ms - first.event.at_ms
    one, other = first.since_epoch_ms, later.since_epoch_ms
    if one is None or other is None or not _are_comparable(first.encounter, later.encounter):
        return None
    return max(other - one, 0)


def _are_comparable(one: Encounter, other: Encounter) -> bool:
    """Whether both starts are told with a time zone, or both without."""
    return all(each.started is not None for each in (one, other)) and (
        (one.started.tzinfo is None) == (other.started.tzinfo is None)  # type: ignore[union-attr]  # checked above
    )


@attrs.frozen
class Citing:
    """Turns moments into references, with what was said only if `names`."""

    vocabulary: Vocabulary
    names: bool = False

    def event(self, moment: Moment) -> EventRef:
        """A moment as a record names it."""
        title = self.vocabulary.title(moment.event.act)
        return event_reference(moment.number, moment.encounter, moment.index, title, names=self.names)

    def events(self, moments: Sequence[Moment]) -> tuple[EventRef, ...]:
        """Several moments as a record names them."""
        return tuple(map(self.event, moments))
