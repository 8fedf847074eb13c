"""Bars and signed points."""

from __future__ import annotations

import pytest

from palvelumittari.report.figures import number, score_bar
from palvelumittari.words.phrases import signed


@pytest.mark.parametrize(
    ("score", "cells"), [(None, (0, 20)), (0.0, (0, 20)), (19.9, (4, 16)), (50.0, (10, 10)), (100.0, (20, 0))]
)
def test_a_bar_is_as_full_as_the_score(score: float | None, cells: tuple[int, int]) -> None:
    """No score fills nothing."""
    assert score_bar(score) == cells


@pytest.mark.parametrize(
    ("points", "text"), [(7.5, "+7,5"), (-7.5, "\N{MINUS SIGN}7,5"), (0.0, "0,0"), (0.04, "0,0"), (-0.04, "0,0")]
)
def test_points_carry_their_sign(points: float, text: str) -> None:
    """What rounds to nothing has none."""
    assert signed(points, "fi") == text


@pytest.mark.parametrize(("value", "text"), [(3.0, "3"), (0.25, "0.25"), (1 / 3, "0.333"), (100, "100")])
def test_numbers_have_no_needless_decimals(value: float, text: str) -> None:
    """Three at most."""
    assert number(value, "en") == text
