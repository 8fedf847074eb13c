"""Intervals and slopes: known values, and that an interval means what it says."""

from __future__ import annotations

import random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palvelumittari.records.figures import Interval, Pace, Trend
from palvelumittari.rollup.statistics.uncertainty import bootstrap, limits_of_agreement, slope, t_quantile


@pytest.mark.parametrize(("freedom", "value"), [(3, 3.182), (4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042)])
def test_the_quantile_of_t(freedom: int, value: float) -> None:
    """As in any table, within the error that the function states."""
    assert t_quantile(freedom) == pytest.approx(value, abs=0.03)


def test_a_line_is_found_exactly() -> None:
    """Three points for each place, from wherever it starts."""
    found = slope([0, 1, 2, 3, 4], [10, 13, 16, 19, 22])
    assert found is not None
    assert found[0] == pytest.approx(3)
    assert (found[1].low, found[1].high) == pytest.approx((3, 3))


def test_a_slope_with_its_margin() -> None:
    """Worked by hand: slope 0.9, standard error 0.2517, three degrees of freedom."""
    found = slope([1, 2, 3, 4, 5], [1, 3, 2, 4, 5])
    assert found is not None
    assert found[0] == pytest.approx(0.9)
    assert (found[1].low, found[1].high) == pytest.approx((0.9 - 3.182 * 0.25166, 0.9 + 3.182 * 0.25166), abs=0.01)


@pytest.mark.parametrize(("places", "values"), [([0, 1, 2, 3], [1, 2, 3, 4]), ([1] * 6, [1, 2, 3, 4, 5, 6])])
def test_no_slope_of_too_little(places: list[float], values: list[float]) -> None:
    """Four values, or all at one place."""
    assert slope(places, values) is None


def test_the_limits_of_agreement() -> None:
    """The mean and 1.96 standard deviations to both sides."""
    found = limits_of_agreement([1, 2, 3, 4, 5])
    assert found is not None
    bias, limits = found
    assert (bias, limits.low, limits.high) == pytest.approx((3, 3 - 3.099, 3 + 3.099), abs=0.001)
    assert limits_of_agreement([1]) is None


def test_a_bootstrap_is_the_same_every_time() -> None:
    """Its chance is fixed."""
    units = [1.0, 4.0, 2.0, 8.0, 5.0, 7.0]
    assert bootstrap(units, fmean) == bootstrap(units, fmean)


def test_a_bootstrap_of_what_is_seldom_defined_is_none() -> None:
    """An interval over the lucky samples would be a tale."""
    assert bootstrap([1.0, 2.0], lambda units: 1.0 if units == [1.0, 1.0] else None) is None
    assert bootstrap([1.0], fmean) is None


def test_an_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """Of a hundred samples of thirty from one distribution, about ninety-five intervals hold its mean."""
    chance = random.Random(7)
    samples = [[chance.gauss(50, 10) for _ in range(30)] for _ in range(100)]
    held = sum(found.holds(50) for sample in samples if (found := bootstrap(sample, fmean)) is not None)
    assert 86 <= held <= 99


@given(st.lists(st.floats(0, 100), min_size=2, max_size=12))
def test_the_interval_of_a_mean_lies_among_the_values(values: list[float]) -> None:
    """A mean of some of them cannot lie outside."""
    found = bootstrap(values, fmean)
    assert found is not None
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9


def test_whether_a_trend_is_sure() -> None:
    """It is if 0 lies outside its interval."""
    assert Trend(-2.0, Interval(-3.0, -1.0), pace=Pace.HOUR).is_sure
    assert not Trend(-2.0, Interval(-5.0, 1.0), pace=Pace.ENCOUNTER).is_sure


def test_an_interval_in_words() -> None:
    """With the marks of the language."""
    told = [Interval(-0.5, 1.25).told(language, 2) for language in ("en", "fi", "sv")]
    assert told == ["−0.50 to 1.25", "−0,50 – 1,25", "−0,50 till 1,25"]
