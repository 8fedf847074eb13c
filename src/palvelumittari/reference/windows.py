"""Windows: whether an event is still inside one, and whether one has passed."""

from __future__ import annotations

from enum import Enum, auto
from functools import cached_property

import attrs

from palvelumittari.records.encounter import Side
from palvelumittari.records.measure import Window
from palvelumittari.reference.timeline import Timeline


class Reach(Enum):
    """Where an event lies: inside the window, outside, or nobody can tell because times are missing."""

    INSIDE = auto()
    OUTSIDE = auto()
    UNKNOWN = auto()


@attrs.frozen(slots=False)
class Span:
    """A window opened by the event at index `opened` (START: by the start of the record), in which `side` is awaited.

    Without a window it reaches to the end of the record. The customer's leaving closes it in any case.
    """

    timeline: Timeline
    window: Window | None
    opened: int
    side: Side

    @cached_property
    def _start_ms(self) -> int | None:
        return self.timeline.time_of(self.opened)

    @cached_property
    def _last(self) -> int:
        return self.timeline.last_after(self.opened)

    @cached_property
    def _last_of_turns(self) -> int | None:
        """The last event of the n-th turn, `None` where the record has no n-th turn or the window counts none."""
        turns = self.window.turns if self.window is not None else None
        found = self.timeline.turns_after(self.opened, self.side)[: turns or 0]
        return found[-1].last if turns is not None and len(found) == turns else None

    def reach(self, event: int) -> Reach:
        """Whether an event lies in the window: by seconds where both ends are timed, else by turns."""
        if not self.opened < event <= self._last:
            return Reach.OUTSIDE
        if self.window is None:
            return Reach.INSIDE
        at_ms = self.timeline.time_of(event)
        if self.window.within_ms is not None and self._start_ms is not None and at_ms is not None:
            return Reach.INSIDE if at_ms - self._start_ms <= self.window.within_ms else Reach.OUTSIDE
        if self.window.turns is None:
            return Reach.UNKNOWN
        over = self._last_of_turns is not None and event > self._last_of_turns
        return Reach.OUTSIDE if over else Reach.INSIDE

    @property
    def can_be_timed(self) -> bool:
        """Whether it can be judged at all: a window in seconds alone needs the time at which it opened."""
        seconds_alone = self.window is not None and self.window.turns is None
        return not seconds_alone or self._start_ms is not None

    @property
    def has_passed(self) -> bool:
        """Whether the window is over, so that what did not come in it was missed."""
        if self.timeline.is_closed_after(self.opened):
            return True
        if self.window is None:
            return False
        latest_ms = self.timeline.latest_after(self.opened)
        if self.window.within_ms is not None and self._start_ms is not None and latest_ms is not None:
            return latest_ms - self._start_ms > self.window.within_ms
        return self._last_of_turns is not None
