"""Finding circles: what extends, refines or is a kind of itself, perhaps over several steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def circle_through(start: str, first: str, following: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The way from `start` over `first` back to `start`, both ends included; empty if there is none.

    >>> circle_through("a", "b", {"a": ["b"], "b": ["c"], "c": ["a"]}.__getitem__)
    ('a', 'b', 'c', 'a')
    """
    waiting: list[tuple[str, ...]] = [(start, first)]
    seen: set[str] = set()
    while waiting:
        trail = waiting.pop(0)
        if trail[-1] == start:
            return trail
        if trail[-1] not in seen:
            seen.add(trail[-1])
            waiting.extend((*trail, further) for further in following(trail[-1]))
    return ()
