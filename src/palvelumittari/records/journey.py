"""The journey: a customer's encounters one after another, with the peak, the low point and the end shown apart."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.records.explanations import journey as explanation
from palvelumittari.records.references import EncounterRef, EventRef
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text


@attrs.frozen(kw_only=True)
class Highlight:
    """The criterion that weighed most in an encounter: for the service (points above 0) or against it."""

    criterion: str
    title: Text
    points: float
    reason: Text
    advice: Text | None = None


@attrs.frozen(kw_only=True)
class Stop:
    """One encounter of a journey, with what spoke most for the service in it and what spoke most against it."""

    encounter: EncounterRef
    best: Highlight | None = None
    worst: Highlight | None = None


class JourneyCourse(StrEnum):
    """How the bands run: all alike, never down, never up, or both."""

    EVEN = "even"
    RISING = "rising"
    FALLING = "falling"
    MIXED = "mixed"


@attrs.frozen(kw_only=True)
class HandOver:
    """A change from one encounter to the next, by number: the sector or the channel is another.

    `by` is the last act with which staff of the former sent the customer on, `None` where none is known.
    """

    before: int
    after: int
    sector: bool
    channel: bool
    by: EventRef | None = None


@attrs.frozen(kw_only=True)
class Journey:
    """A customer's encounters in their order. There is no overall score: a mean hides the bad ones.

    `peak`, `trough` and `end` are the numbers of the best, the worst (of equals the first) and the last encounter
    that have a score; `mean` is shown beside them; all are `None` without any score. `bands` counts the encounters by
    band (`none`: without a score), `below_good_count` those of which a customer would not say they were pleasant.
    """

    stops: tuple[Stop, ...]
    peak: int | None = None
    trough: int | None = None
    end: int | None = None
    mean: float | None = None
    course: JourneyCourse | None = None
    bands: FrozenMap[int] = FrozenMap()
    below_good_count: int = 0
    hand_overs: tuple[HandOver, ...] = ()
    engine: str

    def stop(self, number: int) -> Stop:
        """The encounter of that number, from 1."""
        return self.stops[number - 1]

    def explain(self, language: str = "en") -> str:
        """The journey as a text to read, in `en`, `fi` or `sv`."""
        return explanation.explain(self, language)
