"""Selectors: which events a rubric means, as in `server.small_talk #lengthened | colleague.joke`."""

from __future__ import annotations

import attrs

from palvelumittari.records.encounter import SIDE_OF, Actor, Side

STAFF = frozenset({Actor.SERVER, Actor.COLLEAGUE})
ANYBODY = frozenset(Actor)


@attrs.frozen
class Alternative:
    """One alternative of a selector: an act (kinds included) by one of `actors`, perhaps to somebody, with tags.

    `start` and `end` are the half-open range of its characters in the selector's text.
    """

    actors: frozenset[Actor]
    act: str
    to: frozenset[Actor] | None = attrs.field(default=None, kw_only=True)
    tags: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    without: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    @property
    def what(self) -> str:
        """The act with its tags and without who does it, in the notation of rubrics: `small_talk #contested`."""
        return " ".join([self.act, *(f"#{tag}" for tag in self.tags), *(f"!#{tag}" for tag in self.without)])

    @property
    def side(self) -> Side | None:
        """The side that does this, `None` if it is neither or both."""
        sides = {SIDE_OF.get(actor) for actor in self.actors}
        return sides.pop() if len(sides) == 1 else None


@attrs.frozen
class Selector:
    """Alternatives, any of which may match. The first is what advice proposes."""

    text: str
    alternatives: tuple[Alternative, ...] = attrs.field(eq=False)

    @property
    def side(self) -> Side:
        """The side whose turns count when this is awaited: that of the first alternative with a side, else staff."""
        sides = (alternative.side for alternative in self.alternatives)
        return next((side for side in sides if side is not None), Side.STAFF)

    @property
    def acts(self) -> tuple[str, ...]:
        """The act of each alternative, in order, each once."""
        return tuple(dict.fromkeys(alternative.act for alternative in self.alternatives))

    @property
    def wanted(self) -> tuple[str, ...]:
        """What each alternative selects, whoever does it: the act with its tags, in order, each once."""
        return tuple(dict.fromkeys(alternative.what for alternative in self.alternatives))

    @property
    def reads_staff(self) -> bool:
        """Whether any alternative may match what staff did."""
        return any(alternative.actors & STAFF for alternative in self.alternatives)

    @property
    def reads_others(self) -> bool:
        """Whether any alternative may match what the customer's side, a bystander or the system did."""
        return any(alternative.actors - STAFF for alternative in self.alternatives)

    def __str__(self) -> str:
        return self.text
