"""The intraclass correlation, held against the example of Shrout and Fleiss and against laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palvelumittari.rollup.statistics.correlation import icc_mean, icc_single, mean_squares

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""Four judges rate six targets (1979)."""


def test_the_published_example() -> None:
    """ICC(2,1) and ICC(2,k) as in the paper."""
    assert icc_single(SHROUT_FLEISS) == pytest.approx(0.29, abs=0.005)
    assert icc_mean(SHROUT_FLEISS) == pytest.approx(0.62, abs=0.005)


def test_the_analysis_of_variance_behind_it() -> None:
    """The mean squares of the paper's table 3."""
    found = mean_squares(SHROUT_FLEISS)
    assert (found.rows, found.columns, found.within, found.error) == pytest.approx(
        (11.24, 32.49, 6.26, 1.02), abs=0.005
    )


@pytest.mark.parametrize("table", [[], [[1.0, 2.0]], [[1.0], [2.0]], [[3.0, 3.0], [3.0, 3.0]]])
def test_too_little_to_tell(table: list[list[float]]) -> None:
    """One target, one observer, or no difference at all."""
    assert icc_single(table) is None
    assert icc_mean(table) is None


def test_a_constant_bias_is_disagreement() -> None:
    """Absolute agreement: who always gives ten points more does not agree."""
    table = [[value, value + 10.0] for value in (20.0, 30.0, 50.0)]
    single = icc_single(table)
    assert single is not None
    assert 0 < single < 0.9


@given(st.lists(st.integers(0, 100), min_size=2, max_size=6, unique=True), st.integers(2, 4))
def test_full_agreement_is_one(scores: list[int], raters: int) -> None:
    """Whatever the scores, as long as they differ between targets."""
    assert icc_single([[float(score)] * raters for score in scores]) == pytest.approx(1.0)


@given(
    st.lists(st.lists(st.integers(0, 100), min_size=3, max_size=3), min_size=2, max_size=6),
)
def test_the_mean_of_all_is_trusted_at_least_as_far_as_one(table: list[list[int]]) -> None:
    """Where the observers agree at all."""
    single, mean = icc_single(table), icc_mean(table)
    if single is not None and mean is not None and single > 0:
        assert mean >= single - 1e-9
