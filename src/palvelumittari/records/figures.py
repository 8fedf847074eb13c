"""Figures with their uncertainty, as records about several encounters hold them."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.words.phrases import decimal, phrase

LEAST_FOR_RANKING = 9
"""How many encounters a figure about one person must rest on (Duurland 2017: nine or more visits to each outlet)."""


@attrs.frozen
class Interval:
    """A 95 % interval; both ends are included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it.

        >>> Interval(-0.4, 0.2).holds(0)
        True
        """
        return self.low <= value <= self.high

    def told(self, language: str, places: int = 1) -> str:
        """The interval in words: `−0.4 to 0.2`."""
        ends = (decimal(end, language, places) for end in (self.low, self.high))
        low, high = (end.replace("-", "\N{MINUS SIGN}") for end in ends)
        return phrase("figure.interval", language, low=low, high=high)


class Pace(StrEnum):
    """Against what a trend runs: the hours of the clock, or the number of the encounter where no times are known."""

    HOUR = "hour"
    ENCOUNTER = "encounter"


@attrs.frozen
class Trend:
    """How many points the score changes for each hour (or encounter), with the interval of that slope.

    `is_sure` says whether the interval leaves out 0, so that the direction at least is known.
    """

    slope: float
    interval: Interval
    pace: Pace = attrs.field(kw_only=True)

    @property
    def is_sure(self) -> bool:
        """Whether the direction is known: 0 lies outside the interval."""
        return not self.interval.holds(0)
