"""What is known of an encounter while looking for advice: which events are the server's to change, and the places."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from palvelumittari.advice.bench import Bench
from palvelumittari.records.condition import Condition
from palvelumittari.records.encounter import Actor, Encounter, Event, Side
from palvelumittari.records.measure import Phase
from palvelumittari.records.selector import Selector
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference.moments import Moments
from palvelumittari.reference.timeline import START, Timeline

_FIRST = ("greet", "notice", "eye_contact", "smile")
"""Acts that belong to the meeting, with their kinds, where no phase is named."""

_REFUSING = ("refuse", "refer_cold")
"""Acts that turn the customer away: what was asked for comes in their place, not beside them."""

_LAST = ("thank", "farewell", "invite_feedback")
"""Acts that belong to the parting."""


@attrs.frozen
class Known:
    """An encounter's timeline with its moments, asked about what may be changed and where something may come."""

    timeline: Timeline
    moments: Moments

    @property
    def events(self) -> tuple[Event, ...]:
        """The events in order."""
        return self.timeline.events

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary."""
        return self.timeline.vocabulary

    # --- whose events -------------------------------------------------------------------------------------------

    def mine(self, indices: Iterable[int]) -> tuple[int, ...]:
        """The events among these that advice may change: the server's own, and no core acts."""
        return tuple(index for index in indices if self._is_mine(self.events[index]))

    def _is_mine(self, event: Event) -> bool:
        return event.by is Actor.SERVER and event.act not in self.vocabulary.core_acts

    def speaks(self, index: int) -> bool:
        """Whether an event is said."""
        return self.vocabulary.acts[self.events[index].act].speaks

    def is_core(self, act: str) -> bool:
        """Whether an act does the task that the customer came for."""
        return act in self.vocabulary.core_acts

    def later(self, selector: Selector, index: int) -> tuple[int, ...]:
        """The server's events after an index that a selector selects, core acts included."""
        found = self.timeline.matches(selector)
        return tuple(each for each in found if each > index and self.events[each].by is Actor.SERVER)

    def refusal(self, index: int) -> int | None:
        """The server's refusal of what an event asks for, if it comes before the customer does anything else."""
        for each in range(index + 1, len(self.events)):
            if self.events[each].side is Side.CUSTOMER:
                return None
            if self.mine([each]) and self.events[each].act in self.vocabulary.any_of(*_REFUSING):
                return each
        return None

    # --- places: the index behind which something comes -----------------------------------------------------------

    def place_for(self, act: str, phases: tuple[Phase, ...] = (), while_: Condition | None = None) -> int | None:
        """Behind which event an act may come, by its phase and while a condition holds; `None` if nowhere."""
        usual = self._usual_place(act, phases)
        if while_ is None or self._holds(while_, usual):
            return usual
        places = range(self._end, START, -1)
        return next((place for place in places if self._holds(while_, place)), None)

    def _usual_place(self, act: str, phases: tuple[Phase, ...]) -> int:
        if act in self.vocabulary.any_of(*_FIRST) and set(phases) <= {Phase.BEFORE, Phase.OPENING}:
            return self.meeting
        if phases:
            return self._end_of(phases[-1])
        return self._end_of(Phase.CLOSING if act in self.vocabulary.any_of(*_LAST) else Phase.SERVICE)

    def _end_of(self, phase: Phase) -> int:
        """The last event of a phase: in the opening the customer has said by then what it is about."""
        found = [index for index, each in enumerate(self.timeline.phases) if each is phase]
        if found and phase is not Phase.CLOSING:
            return found[-1]
        return self.meeting if phase in (Phase.BEFORE, Phase.OPENING) else self._end

    @property
    def meeting(self) -> int:
        """The customer's arrival, else the start of the record."""
        arrivals = self.vocabulary.any_of("arrive")
        found = (i for i, event in enumerate(self.events) if event.by is Actor.CUSTOMER and event.act in arrivals)
        return next(found, START)

    @property
    def _end(self) -> int:
        """The last event before the customer leaves for good."""
        left = self.timeline.left_after(START)
        return len(self.events) - 1 if left is None else left - 1

    def _holds(self, while_: Condition, place: int) -> bool:
        return self.moments.after(while_, place)


def known_of(encounter: Encounter, bench: Bench) -> Known:
    """What there is to know of an encounter."""
    timeline = Timeline(encounter, bench.vocabulary)
    return Known(timeline, Moments(timeline, tuple(bench.rubric.readings.values())))
