"""Agreement in categories, held against the published example of Krippendorff and against laws."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palvelumittari.rollup.statistics.agreement import Level, ac2, alpha

FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
"""The example of Krippendorff (2011): four observers, twelve units, five categories, holes."""

UNITS: list[list[float | None]] = [list(unit) for unit in zip(*FOUR_CODERS, strict=True)]
CATEGORIES = (1.0, 2.0, 3.0, 4.0, 5.0)

tables = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.none() | st.sampled_from(CATEGORIES), min_size=raters, max_size=raters), min_size=2, max_size=8
    )
)


@pytest.mark.parametrize(("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_the_published_example(level: str, value: float) -> None:
    """As in the paper."""
    assert alpha(UNITS, Level(level)) == pytest.approx(value, abs=0.0005)


def test_ac2_of_the_same_example() -> None:
    """As irrCAC 0.4.4 computes it with ordinal weights."""
    assert ac2(UNITS, CATEGORIES) == pytest.approx(0.89894, abs=0.000005)


def test_alpha_is_not_defined_without_variation() -> None:
    """Where all say the same, nothing shows whether they could tell the categories apart."""
    assert alpha([[2, 2], [2, 2]]) is None
    assert alpha([[1, None], [None, 2]]) is None
    assert alpha([]) is None


def test_ac2_stands_where_alpha_collapses() -> None:
    """Nearly all ratings alike: alpha falls to about 0, although the observers differ once in twenty."""
    units: list[list[float | None]] = [[4, 4]] * 19 + [[4, 3]]
    low, high = alpha(units), ac2(units, CATEGORIES)
    assert low is not None
    assert high is not None
    assert low <= 0
    assert high > 0.9


def test_ac2_needs_two_ratings_of_a_unit_and_two_categories() -> None:
    """Else there is nothing to agree in."""
    assert ac2([[1, None]], CATEGORIES) is None
    assert ac2([[1, 1]], [1]) is None


def test_opposite_observers_are_worse_than_chance() -> None:
    """Who always says the opposite is not independent."""
    units = [[1, 2], [2, 1]] * 5
    value = alpha(units, Level.NOMINAL)
    assert value is not None
    assert value < -0.8


@given(tables)
def test_who_sits_where_does_not_matter(units: list[list[float | None]]) -> None:
    """Observers and units may change places among themselves."""
    turned = [list(reversed(unit)) for unit in reversed(units)]
    for one, other in ((alpha(units), alpha(turned)), (ac2(units, CATEGORIES), ac2(turned, CATEGORIES))):
        assert one == (other if other is None else pytest.approx(other))


@given(st.lists(st.sampled_from(CATEGORIES), min_size=2, max_size=9), st.integers(2, 4))
def test_full_agreement_is_one(ratings: Sequence[float], raters: int) -> None:
    """For every level, as soon as there are two categories."""
    assume(len(set(ratings)) > 1)
    units = [[rating] * raters for rating in ratings]
    assert [alpha(units, level) for level in Level] == [1.0] * 3
    assert ac2(units, CATEGORIES) == pytest.approx(1.0)


@given(tables)
def test_a_unit_that_one_rated_changes_no_alpha(units: list[list[float | None]]) -> None:
    """It cannot be paired."""
    alone: list[float | None] = [5.0, *[None] * (len(units[0]) - 1)]
    assert alpha([*units, alone]) == alpha(units)
