"""How verdicts spread over the bands."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from palvelumittari.records.verdict import Band
from palvelumittari.report.distribution import Distribution


def counted(*bands: Band | None) -> Distribution:
    """The distribution of verdicts with these bands."""
    found = Distribution()
    for band in bands:
        found.add(cast(Any, SimpleNamespace(band=band)))
    return found


def test_nothing_counted_has_no_shares() -> None:
    """And nothing is divided by zero."""
    nothing = Distribution()
    assert (nothing.count, nothing.scored_count, nothing.below_good_count, nothing.share(Band.GOOD)) == (0, 0, 0, 0.0)


def test_verdicts_without_a_score_count_but_are_not_below_good() -> None:
    """Nobody knows what they would have been."""
    found = counted(Band.GOOD, Band.VERY_GOOD, Band.NEUTRAL, Band.VERY_POOR, None)
    assert (found.count, found.scored_count, found.below_good_count) == (5, 4, 2)
    assert (found.share(Band.GOOD), found.share(None)) == (0.2, 0.2)


def test_what_could_not_be_scored_stands_apart() -> None:
    """It is in no share."""
    found = counted(Band.GOOD)
    found.add(None)
    assert (found.count, found.rejected_count, found.share(Band.GOOD)) == (1, 1, 1.0)
