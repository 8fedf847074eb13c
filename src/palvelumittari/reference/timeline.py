"""The timeline of an encounter with what is found before judging: matches, runs, turns, phases, ends of windows."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import groupby

import attrs

from palvelumittari.records.encounter import Actor, Encounter, Event, Side
from palvelumittari.records.measure import Phase
from palvelumittari.records.selector import STAFF, Alternative, Selector
from palvelumittari.records.vocabulary import Vocabulary

START = -1
"""Stands for the start of the record where an event's index is wanted."""


@attrs.frozen
class Run:
    """A run of events by one side, from index `first` to `last`; a turn if somebody speaks in it."""

    side: Side
    first: int
    last: int
    speaks: bool


@attrs.frozen(slots=False)
class Timeline:
    """An encounter's events, ready to be asked. Events are named by their index from 0."""

    encounter: Encounter
    vocabulary: Vocabulary
    _found: dict[Selector, tuple[int, ...]] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events in order."""
        return self.encounter.events

    # --- selecting ----------------------------------------------------------------------------------------------

    def matches(self, selector: Selector | None) -> tuple[int, ...]:
        """The events that a selector selects; none for no selector."""
        if selector is None:
            return ()
        if selector not in self._found:
            indices = (index for index, event in enumerate(self.events) if self.is_match(event, selector))
            self._found[selector] = tuple(indices)
        return self._found[selector]

    def is_match(self, event: Event, selector: Selector) -> bool:
        """Whether any alternative of a selector selects an event."""
        return any(self._fits(event, alternative) for alternative in selector.alternatives)

    def _fits(self, event: Event, wanted: Alternative) -> bool:
        return (
            event.by in wanted.actors
            and event.act in self.vocabulary.selected[wanted.act]
            and (wanted.to is None or event.addressee in wanted.to)
            and all(tag in event.tags for tag in wanted.tags)
            and not any(tag in event.tags for tag in wanted.without)
        )

    def absence_is_known(self, selector: Selector) -> bool:
        """Whether the record would show every alternative of a selector, so that seeing none means there was none."""
        return all(self._would_show(act) for alternative in selector.alternatives for act in self._named(alternative))

    def _named(self, alternative: Alternative) -> tuple[str, ...]:
        act = self.vocabulary.acts[alternative.act]
        return act.members if act.is_group else (act.id,)

    def _would_show(self, act: str) -> bool:
        return bool(self.vocabulary.acts[act].modalities & self.encounter.observed_modalities)

    # --- turns --------------------------------------------------------------------------------------------------

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs of the two sides; bystanders and the system do not break them."""
        return self._runs_from(0)

    def _runs_from(self, start: int) -> tuple[Run, ...]:
        sides = [(index, self.events[index].side) for index in range(start, len(self.events))]
        sided = [(index, side) for index, side in sides if side is not None]
        found = []
        for side, group in groupby(sided, key=lambda pair: pair[1]):
            indices = [index for index, _ in group]
            speaks = any(self.vocabulary.acts[self.events[index].act].speaks for index in indices)
            found.append(Run(side, indices[0], indices[-1], speaks))
        return tuple(found)

    @cached_property
    def _turns(self) -> dict[Side, list[Run]]:
        return {side: [run for run in self.runs if run.side is side and run.speaks] for side in Side}

    def turns_after(self, index: int, side: Side) -> list[Run]:
        """The turns (speaking runs) of a side that begin after an event."""
        turns = self._turns[side]
        return turns[bisect_right(turns, index, key=lambda run: run.first) :]

    def runs_after(self, index: int, side: Side) -> tuple[Run, ...]:
        """The runs of a side after an event, speaking or not; what is left of a run that was going on is the first."""
        return tuple(run for run in self._runs_from(index + 1) if run.side is side)

    # --- ends ---------------------------------------------------------------------------------------------------

    @cached_property
    def _leavings(self) -> tuple[int, ...]:
        leaving = self.vocabulary.any_of("leave")
        events = enumerate(self.events)
        return tuple(index for index, event in events if event.by is Actor.CUSTOMER and event.act in leaving)

    def left_after(self, index: int) -> int | None:
        """The first event after `index` at which the customer leaves or abandons, or `None`."""
        return next(iter(self._leavings[bisect_right(self._leavings, index) :]), None)

    def last_after(self, index: int) -> int:
        """The last event that a window opened at `index` can reach."""
        left = self.left_after(index)
        return len(self.events) - 1 if left is None else left

    def is_closed_after(self, index: int) -> bool:
        """Whether a window opened at `index` is closed by the customer's leaving or the end of a full record."""
        return self.encounter.is_full or self.left_after(index) is not None

    def time_of(self, index: int) -> int | None:
        """When an event began, in milliseconds; the start of the record is 0."""
        return 0 if index == START else self.events[index].at_ms

    def latest_after(self, index: int) -> int | None:
        """The latest time that the record notes after an event, its end included; `None` if it notes none."""
        if self.encounter.ends_ms is not None:
            return self.encounter.ends_ms
        later = reversed(self.events[index + 1 :])
        return next((event.at_ms for event in later if event.at_ms is not None), None)

    # --- phases -------------------------------------------------------------------------------------------------

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The phase of each event, found from the whole record."""
        arrived = self._first(Actor.CUSTOMER, "arrive") or 0
        first, last = self._core_span()
        closing = self._closing(first, last)
        return tuple(_phase(index, arrived, first, closing) for index in range(len(self.events)))

    def _first(self, actor: Actor, act: str) -> int | None:
        wanted = self.vocabulary.any_of(act)
        found = (i for i, event in enumerate(self.events) if event.by is actor and event.act in wanted)
        return next(found, None)

    def _core_span(self) -> tuple[int | None, int]:
        """The first core act, and the last request or core act other than charge, pay and deliver (-1: none)."""
        core = [i for i, event in enumerate(self.events) if event.act in self.vocabulary.core_acts]
        ending = self.vocabulary.any_of("charge", "pay", "deliver")
        working = [i for i in core if self.events[i].act not in ending]
        if not core:
            core = working = self._stand_ins()
        requests = [i for i, event in enumerate(self.events) if event.act in self.vocabulary.any_of("request")]
        return (core[0] if core else None), max([*working, *requests], default=START)

    def _stand_ins(self) -> list[int]:
        """Without any core act, staff's first and last answer, explanation, help, recommendation or referral."""
        wanted = self.vocabulary.any_of("answer", "explain", "help", "recommend", "refer")
        found = [i for i, event in enumerate(self.events) if event.by in STAFF and event.act in wanted]
        return [found[0], found[-1]] if found else []

    def _closing(self, first: int | None, last: int) -> int | None:
        if first is None:
            return None
        wanted = self.vocabulary.any_of("charge", "pay", "deliver", "thank", "farewell", "leave")
        later = range(max(first, last + 1), len(self.events))
        return next((index for index in later if self.events[index].act in wanted), None)


def _phase(index: int, arrived: int, first_core: int | None, closing: int | None) -> Phase:
    if index < arrived:
        return Phase.BEFORE
    if first_core is None or index < first_core:
        return Phase.OPENING
    return Phase.CLOSING if closing is not None and index >= closing else Phase.SERVICE
