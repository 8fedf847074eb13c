"""The same encounter told otherwise: events added, taken away, or replaced by what somebody else might have done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from palvelumittari.reading.mismatch import Mismatch
from palvelumittari.reading.notation import format_events, parse_events
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.reading.term_checks import check_selector
from palvelumittari.records.encounter import Encounter, Event
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference.timeline import START, Timeline
from palvelumittari.words.errors import EncounterError, Place, Problem, raise_errors, shown

_PLACED = re.compile(r"\s*@(\d{1,9})\s+")

Which = str | int
"""Events: an index from 0; or as text a number from 1, as people count, or a selector such as `customer.minimal`."""


@attrs.frozen
class Retold:
    """An encounter told otherwise, and what is other in it, a line for each event."""

    encounter: Encounter
    said: tuple[str, ...]


def retell(
    encounter: Encounter,
    vocabulary: Vocabulary,
    *,
    add: Sequence[str | Event] = (),
    remove: Sequence[Which] = (),
    replace: Mapping[Which, str] = MappingProxyType({}),
) -> Retold:
    """An encounter with events replaced, removed and added; all numbers and places mean the encounter as it was.

    Raises:
        EncounterError: With every line that cannot be read, and every selector or number that matches nothing.
    """
    teller = _Teller(encounter, vocabulary)
    for which, deed in replace.items():
        teller.replace(which, deed)
    for which in remove:
        teller.remove(which)
    for line in add:
        teller.add(line)
    raise_errors(teller.problems, EncounterError)
    return Retold(attrs.evolve(encounter, events=tuple(teller.events())), tuple(teller.said()))


@attrs.define
class _Teller:
    """Notes on a timeline what is taken away and what comes in, while all indices stay."""

    encounter: Encounter
    vocabulary: Vocabulary
    problems: list[Problem] = attrs.field(factory=list, init=False)
    _instead: dict[int, Event | None] = attrs.field(factory=dict, init=False)
    _added: dict[int, list[Event]] = attrs.field(factory=dict, init=False)

    # --- what is other ------------------------------------------------------------------------------------------

    def replace(self, which: Which, deed: str) -> None:
        """Let the same actor do something else at the same time."""
        for index in self._which(which):
            was = self.encounter.events[index]
            new = self._read(f"- {was.by} {deed}", deed)
            if new is not None:
                self._instead[index] = attrs.evolve(new, who=was.who, at_ms=was.at_ms)

    def remove(self, which: Which) -> None:
        """Take events away."""
        self._instead.update(dict.fromkeys(self._which(which)))

    def add(self, line: str | Event) -> None:
        """Put an event in its place: where a line says, else by its time, else at the end."""
        if isinstance(line, Event):
            self._put(self._place_by_time(line), line)
            return
        placed = _PLACED.match(line)
        event = self._read(f"- {line[placed.end() :]}" if placed else line, line)
        if event is None:
            return
        place = int(placed[1]) - 1 if placed else self._place_by_time(event)
        if place >= len(self.encounter.events):
            self._wrong(f"there is no event {place + 1}", line, self._how_many())
            return
        self._put(place, attrs.evolve(event, at_ms=self._time_at(place)) if placed else event)

    def _put(self, place: int, event: Event) -> None:
        """Several events in one place stand by their times, if all have one, else as they are given."""
        there = self._added.setdefault(place, [])
        there.append(event)
        if all(each.at_ms is not None for each in there):
            there.sort(key=lambda each: each.at_ms or 0)

    def _place_by_time(self, event: Event) -> int:
        """The last event that begins no later; the last of all for one without a time."""
        events = self.encounter.events
        if event.at_ms is None:
            return len(events) - 1
        later = (i for i, each in enumerate(events) if each.at_ms is not None and each.at_ms > (event.at_ms or 0))
        return next(later, len(events)) - 1

    def _time_at(self, place: int) -> int | None:
        events = self.encounter.events
        return events[max(0, place)].at_ms if events else None

    # --- reading ------------------------------------------------------------------------------------------------

    def _read(self, line: str, written: str) -> Event | None:
        """The event of a line; what is wrong with it is noted."""
        events, problems = parse_events(line)
        self.problems += problems
        if not events and not problems:
            self._wrong("this names no event", written, "a line such as `0:36 customer minimal: mmm`")
        return events[0] if len(events) == 1 and not problems else None

    def _which(self, which: Which) -> tuple[int, ...]:
        """The indices of events; what is wrong is noted."""
        if isinstance(which, int) or which.strip().isdecimal():
            index = which if isinstance(which, int) else int(which) - 1
            if 0 <= index < len(self.encounter.events):
                return (index,)
            what = f"there is no event {which}" if isinstance(which, str) else f"there is no event of index {which}"
            self._wrong(what, str(which), self._how_many())
            return ()
        return self._selected(which)

    def _selected(self, text: str) -> tuple[int, ...]:
        try:
            selector = parse_selector(text)
        except Mismatch as error:
            self.problems.append(Problem(error.what or "no selector", found=shown(text), hint=error.hint))
            return ()
        wrong = [problem for problem in check_selector(selector, self.vocabulary) if problem.is_error]
        self.problems += wrong
        found = () if wrong else Timeline(self.encounter, self.vocabulary).matches(selector)
        if not found and not wrong:
            self._wrong(
                f"no event matches {shown(text)}", text, "a selector of an event in this encounter, or a number"
            )
        return found

    def _wrong(self, what: str, found: str, expected: str) -> None:
        self.problems.append(Problem(what, Place(self.encounter.id), found=shown(found), expected=expected))

    def _how_many(self) -> str:
        return f"one of {len(self.encounter.events)} events"

    # --- the outcome --------------------------------------------------------------------------------------------

    def events(self) -> Iterator[Event]:
        """The events in their new order."""
        for index in range(START, len(self.encounter.events)):
            kept = None if index == START else self._instead.get(index, self.encounter.events[index])
            yield from () if kept is None else (kept,)
            yield from self._added.get(index, ())

    def said(self) -> Iterator[str]:
        """What is other, in the order of the timeline: `- 0:12 customer look_away`, `+ 0:34 customer laugh`."""
        for index in range(START, len(self.encounter.events)):
            if index in self._instead:
                yield from _lines("-", (self.encounter.events[index],))
                yield from _lines("+", filter(None, (self._instead[index],)))
            yield from _lines("+", self._added.get(index, ()))


def _lines(mark: str, events: Iterable[Event]) -> Iterator[str]:
    return (f"{mark} {' '.join(line.split())}" for line in format_events(events).splitlines())
