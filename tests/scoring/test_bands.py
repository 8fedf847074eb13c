"""Band edges and the printed score."""

from __future__ import annotations

import pytest

from palvelumittari.records.verdict import Band
from palvelumittari.scoring import BALANCE_CUTS, RANGES, SCORE_CUTS, band_at, printed_score


@pytest.mark.parametrize(
    ("balance", "band"),
    [
        (1.0, Band.VERY_GOOD),
        (0.6, Band.VERY_GOOD),
        (0.599999, Band.GOOD),
        (0.2, Band.GOOD),
        (0.199999, Band.NEUTRAL),
        (0.0, Band.NEUTRAL),
        (-0.2, Band.NEUTRAL),
        (-0.200001, Band.POOR),
        (-0.6, Band.POOR),
        (-0.600001, Band.VERY_POOR),
        (-1.0, Band.VERY_POOR),
    ],
)
def test_a_band_includes_its_lower_edge(balance: float, band: Band) -> None:
    """On the balance and, at 50 * (S + 1), on the score."""
    assert band_at(balance, BALANCE_CUTS) is band
    assert band_at(50 * (balance + 1), SCORE_CUTS) is band


@pytest.mark.parametrize(("value", "band"), [(79.9999996, Band.VERY_GOOD), (79.9999994, Band.GOOD)])
def test_values_are_rounded_to_six_places_first(value: float, band: Band) -> None:
    """Compared after rounding, so that noise in the last bits cannot cross a cut."""
    assert band_at(value, SCORE_CUTS) is band


@pytest.mark.parametrize("band", Band)
def test_the_printed_score_stays_in_its_band(band: Band) -> None:
    """Too high is cut at the band's highest tenth, too low is raised to its edge."""
    low, high = RANGES[band]
    assert (printed_score(0.0, band), printed_score(100.0, band)) == (low, high)
    assert band_at(low, SCORE_CUTS) is band_at(high, SCORE_CUTS) is band


def test_the_printed_score_has_one_decimal() -> None:
    """Inside the band the score is only rounded."""
    assert printed_score(61.26, Band.GOOD) == 61.3
