"""The shift: how one server's (or one place's) encounters spread, run and fare in a rush; the mean never alone."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.records.explanations import shift as explanation
from palvelumittari.records.figures import LEAST_FOR_RANKING, Interval, Trend
from palvelumittari.records.references import EncounterRef
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text


@attrs.frozen(kw_only=True)
class Spread:
    """How some encounters spread over the bands.

    `bands` counts them from the best band to the worst, `none` those without a score. `below_good_share` is the share
    of the scored ones that a customer would not call pleasant; it and the figures of scores are `None` without any.
    """

    bands: FrozenMap[int]
    scored_count: int
    below_good_share: float | None = None
    mean: float | None = None
    median: float | None = None

    @property
    def count(self) -> int:
        """All encounters, those without a score included."""
        return sum(self.bands.values())


class Hours(StrEnum):
    """Whether an encounter fell into quiet hours or a rush."""

    QUIET = "quiet"
    RUSH = "rush"


@attrs.frozen(kw_only=True)
class Fault:
    """A criterion that fell short most often: in how many encounters, of how many in which it was judged."""

    criterion: str
    title: Text
    count: int
    judged_count: int
    points: float
    advice: Text | None = None


@attrs.frozen(kw_only=True)
class Worst:
    """The worst tenth of the scored encounters (at least one), worst first, with the mean of their scores."""

    encounters: tuple[EncounterRef, ...]
    mean: float


@attrs.frozen(kw_only=True)
class Worker:
    """The encounters of one server: a number from 1, and the id only if names were asked for.

    `rank` counts from 1, the smallest share below good first; it is `None` for whoever has too few encounters for it.
    `interval` is that of the share below good.
    """

    number: int
    id: str | None = None
    spread: Spread
    interval: Interval | None = None
    rank: int | None = None


@attrs.frozen(kw_only=True)
class Shift:
    """The encounters of a shift in their order.

    `trend` is how the score runs over the shift, `None` with too few. `hours` holds the spreads in quiet hours and in
    a rush, as far as the records tell the one from the other; `rush_interval` is that of the difference of the
    two means (rush less quiet). `workers` is empty unless the encounters were grouped by server; `least_for_ranking` is
    how many encounters a rank takes.
    """

    spread: Spread
    worst: Worst | None = None
    trend: Trend | None = None
    hours: FrozenMap[Spread] = FrozenMap()
    rush_interval: Interval | None = None
    faults: tuple[Fault, ...] = ()
    workers: tuple[Worker, ...] = ()
    least_for_ranking: int = LEAST_FOR_RANKING
    engine: str

    def explain(self, language: str = "en") -> str:
        """The shift as a text to read, in `en`, `fi` or `sv`."""
        return explanation.explain(self, language)
