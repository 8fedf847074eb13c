"""How sure a figure is: bootstrap intervals, and the trend of a row of numbers with its margin."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from math import sqrt
from statistics import NormalDist, fmean, linear_regression, stdev
from typing import TypeVar

from palvelumittari.records.figures import Interval

Unit = TypeVar("Unit")

SAMPLES = 1000
"""How many samples a bootstrap draws."""

LEVEL = 0.95
"""How often an interval of this kind holds the figure."""

SEED = 1
"""Fixed, so that the same data give the same interval."""

LEAST_FOR_TREND = 5
"""Through fewer values a line can be drawn, and means of fewer can be compared, but it says nothing."""

_NORMAL = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2)

LEAST_DEFINED_SHARE = 0.5
"""If a figure is not defined in more than half of the samples, its interval would describe the luckier half."""


def bootstrap(units: Sequence[Unit], figure: Callable[[Sequence[Unit]], float | None]) -> Interval | None:
    """The percentile interval of a figure over samples of the units, drawn with replacement.

    Args:
        units: What the figure is made of; drawn as wholes, so an encounter keeps all its ratings.
        figure: What is computed; `None` where it is not defined.

    Returns:
        The lower and the upper end (both included), or `None` with fewer than two units, or where the figure is not
        defined for most samples.
    """
    if len(units) < 2:
        return None
    chance = random.Random(SEED)
    drawn = (figure(chance.choices(units, k=len(units))) for _ in range(SAMPLES))
    found = sorted(each for each in drawn if each is not None)
    if len(found) < SAMPLES * LEAST_DEFINED_SHARE:
        return None
    tail = (1 - LEVEL) / 2
    return Interval(_quantile(found, tail), _quantile(found, 1 - tail))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of the ordered values lies, in a straight line between neighbours."""
    place = share * (len(ordered) - 1)
    lower = int(place)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (place - lower) * (ordered[upper] - ordered[lower])


def slope(places: Sequence[float], values: Sequence[float]) -> tuple[float, Interval] | None:
    """The slope of the straight line through values at places, by least squares, with its interval.

    Args:
        places: Where each value stands, such as hours from the first.
        values: As many values.

    Returns:
        The slope, in values for each unit of the places, and its interval by the t distribution. `None` with fewer
        than `LEAST_FOR_TREND` values, or where all stand at one place.
    """
    freedom = len(values) - 2
    if len(values) < LEAST_FOR_TREND or len(set(places)) < 2:
        return None
    found, start = linear_regression(places, values)
    rest = sum((value - start - found * place) ** 2 for place, value in zip(places, values, strict=True))
    middle = fmean(places)
    error = sqrt(rest / freedom / sum((place - middle) ** 2 for place in places))
    margin = t_quantile(freedom) * error
    return found, Interval(found - margin, found + margin)


def limits_of_agreement(differences: Sequence[float]) -> tuple[float, Interval] | None:
    """The mean difference of two observers, and the limits between which 95 % of their differences lie.

    `None` with fewer than two differences. Source: J. M. Bland and D. G. Altman, Lancet 327 (1986), 307-310.
    """
    if len(differences) < 2:
        return None
    bias, margin = fmean(differences), _NORMAL * stdev(differences)
    return bias, Interval(bias - margin, bias + margin)


def t_quantile(freedom: int) -> float:
    """The 97.5 % quantile of Student's t; within 0.03 of the tables from three degrees of freedom on.

    Source: the expansion of R. A. Fisher and E. A. Cornish, Technometrics 2 (1960), 209-225.

    >>> round(t_quantile(10), 2)
    2.23
    """
    normal = _NORMAL
    terms: tuple[float, ...] = (
        (normal**3 + normal) / 4,
        (5 * normal**5 + 16 * normal**3 + 3 * normal) / 96,
        (3 * normal**7 + 19 * normal**5 + 17 * normal**3 - 15 * normal) / 384,
    )
    return normal + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))
