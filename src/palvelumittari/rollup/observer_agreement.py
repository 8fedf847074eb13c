"""How far several observers of the same encounters agree, and how much kinder the first is than each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from palvelumittari.records.figures import Interval
from palvelumittari.records.panel import Agreement, Bias, Figure, Quality
from palvelumittari.records.verdict import Band, Verdict
from palvelumittari.rollup.statistics.agreement import ac2, alpha
from palvelumittari.rollup.statistics.correlation import icc_mean, icc_single
from palvelumittari.rollup.statistics.uncertainty import bootstrap, limits_of_agreement

PLACES = 3
RANKS = tuple(float(band.rank) for band in Band)

THRESHOLDS: Mapping[Figure, tuple[float, float]] = MappingProxyType(
    {
        Figure.ALPHA: (0.8, 0.667),
        Figure.AC2: (0.8, 0.667),
        Figure.ICC_SINGLE: (0.75, 0.5),
        Figure.ICC_MEAN: (0.75, 0.5),
    }
)
"""From where on a figure is reliable, and from where on tentatively (Krippendorff; Koo and Li 2016)."""

Unit = TypeVar("Unit")


Row = Sequence[Verdict | None]
"""The verdicts on one encounter, a place for each observer; `None` for one who noted nothing of it."""


def agreements(rows: Sequence[Row]) -> Iterator[Agreement]:
    """Each coefficient with its interval; the scores need every observer, so rows with a hole are left out there."""
    ranks = [_ranks(row) for row in rows]
    scores = [full for row in rows if (full := _scores(row)) is not None]
    rated = [unit for unit in ranks if sum(each is not None for each in unit) > 1]
    yield _agreement(Figure.ALPHA, rated, alpha)
    yield _agreement(Figure.AC2, rated, lambda units: ac2(units, RANKS))
    yield _agreement(Figure.ICC_SINGLE, scores, icc_single)
    yield _agreement(Figure.ICC_MEAN, scores, icc_mean)


def _ranks(row: Row) -> list[float | None]:
    return [None if each is None or each.band is None else float(each.band.rank) for each in row]


def _scores(row: Row) -> list[float] | None:
    """The scores of a row; `None` if one is missing."""
    found = [each.score for each in row if each is not None and each.score is not None]
    return found if len(found) == len(row) else None


def _agreement(
    figure: Figure, units: Sequence[Unit], coefficient: Callable[[Sequence[Unit]], float | None]
) -> Agreement:
    value = coefficient(units)
    interval = bootstrap(units, coefficient) if value is not None else None
    return Agreement(
        figure=figure,
        count=len(units),
        value=None if value is None else round(value, PLACES),
        interval=None if interval is None else Interval(round(interval.low, PLACES), round(interval.high, PLACES)),
        quality=None if value is None else _quality(figure, value),
    )


def _quality(figure: Figure, value: float) -> Quality:
    reliable, tentative = THRESHOLDS[figure]
    if value >= reliable:
        return Quality.RELIABLE
    return Quality.TENTATIVE if value >= tentative else Quality.UNRELIABLE


def biases(rows: Sequence[Row]) -> Iterator[Bias]:
    """The first rater held against each other one."""
    for place in range(1, len(rows[0])):
        differences = [
            first.score - other.score
            for first, other in ((row[0], row[place]) for row in rows)
            if first is not None and other is not None and first.score is not None and other.score is not None
        ]
        if differences:
            yield _bias(place + 1, differences)


def _bias(rater: int, differences: Sequence[float]) -> Bias:
    limits = limits_of_agreement(differences)
    return Bias(
        rater=rater,
        count=len(differences),
        mean=round(sum(differences) / len(differences), 1),
        limits=None if limits is None else Interval(round(limits[1].low, 1), round(limits[1].high, 1)),
    )
