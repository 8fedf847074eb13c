"""Changes to what the server did: data that says what to do instead, and how a timeline looks with it.

Events are named by their index (from 0) in the encounter as it was recorded, so several changes can be applied at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType

import attrs

from palvelumittari.records.encounter import SECONDS, Actor, Encounter, Event
from palvelumittari.words.errors import EncounterError, Place, Problem
from palvelumittari.words.text import Text

START = -1
"""Stands for the start of the record where the index of an event is wanted."""


class ChangeKind(StrEnum):
    """What is done to the timeline."""

    REPLACE = "replace"
    ADD = "add"
    LEAVE_OUT = "leave_out"
    MOVE_EARLIER = "move_earlier"
    SHORTEN = "shorten"


@attrs.frozen(kw_only=True)
class Change:
    """One change to what the server did.

    `events` are the indices of the events that are replaced, left out, moved or shortened, all in the same way; an
    added act has none. `after` is the index of the event behind which an act is added or moved to (-1: the start of
    the record). `act`, `to` and `tags` say what is added or comes instead; `lasts_ms` how long what is shortened
    lasts then, in milliseconds (seconds in files). `moment` tells when this is, `what` tells the change.
    """

    kind: ChangeKind
    events: tuple[int, ...] = ()
    after: int | None = None
    act: str | None = None
    to: Actor | None = None
    tags: tuple[str, ...] = ()
    lasts_ms: int | None = attrs.field(default=None, metadata=SECONDS)
    moment: Text
    what: Text

    @property
    def event_count(self) -> int:
        """How many events are other than they were; the measure of how small a change is."""
        return max(1, len(self.events))

    def fits(self, encounter: Encounter) -> bool:
        """Whether an encounter has the events that this names."""
        last = len(encounter.events) - 1
        return all(0 <= index <= last for index in self.events) and START <= (self.after or 0) <= max(last, 0)


def changed(encounter: Encounter, changes: Iterable[Change]) -> Encounter:
    """An encounter with changes applied all at once; times stay in order, everything else stays as it is.

    Raises:
        EncounterError: If a change names an event that the encounter does not have.
    """
    changes = tuple(changes)
    if not all(change.fits(encounter) for change in changes):
        problem = Problem("this change is meant for another encounter", Place(encounter.id or None))
        raise EncounterError(attrs.evolve(problem, hint="apply it to the encounter that the advice was asked for"))
    marked = _Marked(encounter)
    for change in changes:
        _APPLY[change.kind](marked, change)
    return attrs.evolve(encounter, events=tuple(marked.events()))


@attrs.define(init=False)
class _Marked:
    """A timeline on which what is taken away and what comes in is marked, while all indices stay."""

    was: tuple[Event, ...]
    kept: dict[int, Event]
    added: dict[int, list[Event]]

    def __init__(self, encounter: Encounter) -> None:
        self.was = encounter.events
        self.kept = dict(enumerate(encounter.events))
        self.added = {}

    def events(self) -> Iterator[Event]:
        """The events in their new order."""
        for index in range(START, len(self.was)):
            if index in self.kept:
                yield self.kept[index]
            yield from self.added.get(index, ())

    def replace(self, change: Change) -> None:
        for index in change.events:
            was = self.was[index]
            self.kept[index] = attrs.evolve(_new(change), by=was.by, who=was.who, at_ms=was.at_ms)

    def add(self, change: Change) -> None:
        self._insert(change, attrs.evolve(_new(change), at_ms=self._time_at(change)))

    def leave_out(self, change: Change) -> None:
        for index in change.events:
            del self.kept[index]

    def move_earlier(self, change: Change) -> None:
        for index in change.events:
            self._insert(change, attrs.evolve(self.kept.pop(index), at_ms=self._time_at(change)))

    def shorten(self, change: Change) -> None:
        for index in change.events:
            self.kept[index] = attrs.evolve(self.was[index], lasts_ms=change.lasts_ms)

    def _insert(self, change: Change, event: Event) -> None:
        self.added.setdefault(_place(change), []).append(event)

    def _time_at(self, change: Change) -> int | None:
        """The time noted for the event behind which something comes; at the start that of the first event."""
        return self.was[max(0, _place(change))].at_ms if self.was else None


def _new(change: Change) -> Event:
    return Event(Actor.SERVER, change.act or "", to=change.to, tags=change.tags)


def _place(change: Change) -> int:
    return START if change.after is None else change.after


_APPLY: Mapping[ChangeKind, Callable[[_Marked, Change], None]] = MappingProxyType(
    {
        ChangeKind.REPLACE: _Marked.replace,
        ChangeKind.ADD: _Marked.add,
        ChangeKind.LEAVE_OUT: _Marked.leave_out,
        ChangeKind.MOVE_EARLIER: _Marked.move_earlier,
        ChangeKind.SHORTEN: _Marked.shorten,
    }
)
