"""Windows: whether an event is still inside one, and whether one has passed."""

from __future__ import annotations

from enum import Enum, auto

from palvelumittari.records.encounter import Side
from palvelumittari.records.measure import Window
from palvelumittari.reference.timeline import START, Timeline


class Reach(Enum):
    """Where an event lies: inside the window, outside, or nobody can tell because times are missing."""

    INSIDE = auto()
    OUTSIDE = auto()
    UNKNOWN = auto()


def reach(timeline: Timeline, window: Window | None, opened: int, event: int, side: Side) -> Reach:
    """Whether `event` lies in a window opened at index `opened` in which `side` is awaited."""
    if not opened < event <= timeline.last_after(opened):
        return Reach.OUTSIDE
    if window is None:
        return Reach.INSIDE
    start, at = timeline.time_of(opened), timeline.time_of(event)
    if window.within_ms is not None and start is not None and at is not None:
        return Reach.INSIDE if at - start <= window.within_ms else Reach.OUTSIDE
    if window.turns is None:
        return Reach.UNKNOWN
    turns = timeline.turns_after(opened, side)
    over = len(turns) >= window.turns and event > turns[window.turns - 1].last
    return Reach.OUTSIDE if over else Reach.INSIDE


def can_be_timed(timeline: Timeline, window: Window | None, opened: int) -> bool:
    """Whether a window can be judged at all: one in seconds alone needs the time at which it opened."""
    seconds_alone = window is not None and window.turns is None
    return not seconds_alone or timeline.time_of(opened) is not None


def has_passed(timeline: Timeline, window: Window | None, opened: int, side: Side) -> bool:
    """Whether a window opened at `opened` is over, so that what did not come in it was missed."""
    if timeline.is_closed_after(opened) and (opened != START or timeline.encounter.is_full):
        return True
    if window is None:
        return False
    start = timeline.time_of(opened)
    if window.within_ms is not None and start is not None and timeline.latest_ms is not None:
        return timeline.latest_ms - start > window.within_ms
    return window.turns is not None and len(timeline.turns_after(opened, side)) >= window.turns
