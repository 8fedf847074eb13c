"""Bands: where they begin, and the score that is printed inside them."""

from __future__ import annotations

from palvelumittari.records.verdict import Band
from palvelumittari.words.frozen import FrozenMap

PLACES = 6
"""Decimals to which a value is rounded before it is compared, so that 0.1 + 0.2 meets a cut at 0.3."""

BALANCE_CUTS = (-0.6, -0.2, 0.2, 0.6)
"""Where poor, neutral, good and very_good begin on a balance in [-1, 1]; edges belong to the band above."""

SCORE_CUTS = (20.0, 40.0, 60.0, 80.0)
"""The same edges on a score in [0, 100]."""

RANGES: FrozenMap[tuple[float, float]] = FrozenMap(
    {
        Band.VERY_POOR: (0.0, 19.9),
        Band.POOR: (20.0, 39.9),
        Band.NEUTRAL: (40.0, 59.9),
        Band.GOOD: (60.0, 79.9),
        Band.VERY_GOOD: (80.0, 100.0),
    }
)
"""The lowest and the highest score that is printed in each band."""

_ORDER = tuple(Band)


def band_at(value: float, cuts: tuple[float, ...]) -> Band:
    """The band of a value, given the four lower edges from worst to best.

    >>> band_at(0.2, BALANCE_CUTS).value, band_at(59.9999, SCORE_CUTS).value
    ('good', 'neutral')
    """
    rounded = round(value, PLACES)
    return _ORDER[sum(rounded >= cut for cut in cuts)]


def printed_score(value: float, band: Band) -> float:
    """A score in [0, 100] as it is printed: one decimal, kept inside its band.

    >>> printed_score(91.26, Band.GOOD), printed_score(12.0, Band.POOR), printed_score(61.26, Band.GOOD)
    (79.9, 20.0, 61.3)
    """
    low, high = RANGES[band]
    return min(max(round(value, 1), low), high)
