"""Agreement of several observers: Krippendorff's alpha for categories, Gwet's AC2 where one category prevails.

Both compare how far pairs of ratings of the same unit lie apart with how far they would by chance. They take any number
of observers and missing ratings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import accumulate, product

Ratings = Sequence[float | None]
"""What each observer said of one unit; `None` for one who did not say."""


class Level(StrEnum):
    """What the numbers that stand for categories mean: names, an order, or distances."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


Distance = Callable[[float, float], float]


def alpha(units: Sequence[Ratings], level: Level = Level.ORDINAL) -> float | None:
    """Krippendorff's alpha: 1 for full agreement, 0 for as much as chance gives, below 0 for systematic disagreement.

    Args:
        units: One row for each unit (such as an encounter), one rating or `None` for each observer.
        level: What the ratings mean; the categories of an order are numbers that grow with it.

    Returns:
        The coefficient, or `None` where it is not defined: fewer than two ratings of any unit, or all ratings alike.

    Source:
        K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), with the coincidence matrix.
    """
    pairable = [found for unit in units if len(found := [each for each in unit if each is not None]) > 1]
    totals = Counter(value for unit in pairable for value in unit)
    count = totals.total()
    if len(totals) < 2:
        return None
    distance = _distance(level, totals)
    observed = sum(_apart(unit, distance) / (len(unit) - 1) for unit in pairable) / count
    expected = _expected(totals, distance) / (count * (count - 1))
    return 1 - observed / expected


def _apart(unit: Sequence[float], distance: Distance) -> float:
    """The distances of all ordered pairs of ratings of one unit."""
    return sum(distance(one, other) for one, other in product(unit, unit))


def _expected(totals: Mapping[float, int], distance: Distance) -> float:
    return sum(totals[one] * totals[other] * distance(one, other) for one, other in product(totals, totals))


def _distance(level: Level, totals: Mapping[float, int]) -> Distance:
    """The squared distance of two categories."""
    if level is Level.NOMINAL:
        return lambda one, other: float(one != other)
    if level is Level.INTERVAL:
        return lambda one, other: (one - other) ** 2
    middle = _middles(totals)
    return lambda one, other: (middle[one] - middle[other]) ** 2


def _middles(totals: Mapping[float, int]) -> dict[float, float]:
    """Where the middle of each category lies if all ratings stand in a row: in an order, ranks are the distances."""
    values = sorted(totals)
    ends = accumulate(totals[value] for value in values)
    return {value: end - totals[value] / 2 for value, end in zip(values, ends, strict=True)}


def ac2(units: Sequence[Ratings], categories: Sequence[float]) -> float | None:
    """Gwet's AC2 with ordinal weights: does not collapse, as alpha does, where nearly all ratings are of one category.

    Args:
        units: As for `alpha`.
        categories: All categories that there are, in their order, those that nobody used included.

    Returns:
        The coefficient, or `None` where no unit has two ratings, or there is only one category.

    Source:
        K. L. Gwet, Handbook of Inter-Rater Reliability, 4th edition (2014), chapter 5.
    """
    rated = [found for unit in units if (found := [each for each in unit if each is not None])]
    pairable = [unit for unit in rated if len(unit) > 1]
    if not pairable or len(categories) < 2:
        return None
    weight = _ordinal_weights(categories)
    agreed = sum(_agreement(Counter(unit), weight) for unit in pairable) / len(pairable)
    shares = _shares(rated, categories)
    by_chance = _chance(shares, weight)
    return (agreed - by_chance) / (1 - by_chance)


Weights = Mapping[tuple[float, float], float]


def _ordinal_weights(categories: Sequence[float]) -> Weights:
    """1 for the same category, less the more pairs of categories lie between, 0 from end to end."""
    places = {category: place for place, category in enumerate(categories)}
    widest = _pairs(len(categories))
    return {
        (one, other): 1 - _pairs(abs(places[one] - places[other]) + 1) / widest
        for one, other in product(categories, categories)
    }


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _agreement(counts: Counter[float], weight: Weights) -> float:
    """The weighted share of the pairs of ratings of one unit that agree."""
    raters = counts.total()
    near = {one: sum(weight[one, other] * count for other, count in counts.items()) for one in counts}
    return sum(counts[one] * (near[one] - 1) for one in counts) / (raters * (raters - 1))


def _shares(units: Sequence[Sequence[float]], categories: Sequence[float]) -> list[float]:
    """How often each category was used, every unit counting the same."""
    return [sum(unit.count(category) / len(unit) for unit in units) / len(units) for category in categories]


def _chance(shares: Sequence[float], weight: Weights) -> float:
    size = len(shares)
    return sum(weight.values()) / (size * (size - 1)) * sum(share * (1 - share) for share in shares)
