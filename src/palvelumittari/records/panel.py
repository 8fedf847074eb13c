"""The panel: what several observers noted of the same encounters, where they differ, and how far they agree."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.records.encounter import Actor, Observer
from palvelumittari.records.explanations import panel as explanation
from palvelumittari.records.figures import Interval
from palvelumittari.records.verdict import Band, Outcome
from palvelumittari.words.text import Text


@attrs.frozen(kw_only=True)
class Rater:
    """One observer: the number from 1, and whose eyes these are (`None` where the records do not say)."""

    number: int
    observer: Observer | None = None


@attrs.frozen(kw_only=True)
class View:
    """What one observer's record of one encounter came to; `None` where nothing was judged on evidence."""

    rater: int
    score: float | None = None
    band: Band | None = None


@attrs.frozen(kw_only=True)
class Unseen:
    """An event that findings rest on and that another observer did not note, with the ids of those criteria."""

    by: Actor
    act: str
    title: Text
    tags: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class BlindSpot:
    """What one observer (`rater`) did not note and another (`other`), whose findings rest on it, did."""

    rater: int
    other: int
    unseen: tuple[Unseen, ...]


@attrs.frozen(kw_only=True)
class CriterionGap:
    """One criterion of one encounter as the first observer's record and another's (`rater`) show it.

    `gap` is the first one's rating less the other's, in [-2, 2]: above 0 where the first saw it in a better light;
    `None` where one of the two could not be judged.
    """

    criterion: str
    title: Text
    rater: int
    outcome: Outcome
    other_outcome: Outcome
    gap: float | None = None


@attrs.frozen(kw_only=True)
class PanelEncounter:
    """One encounter: every observer's view of it, the criteria in which they differ from the first, and blind spots.

    `band_gap` is the number of bands between the best and the worst view, `None` with fewer than two bands.
    """

    number: int
    id: str | None = None
    views: tuple[View, ...]
    band_gap: int | None = None
    gaps: tuple[CriterionGap, ...] = ()
    blind_spots: tuple[BlindSpot, ...] = ()


class Figure(StrEnum):
    """A coefficient of agreement: of bands (`alpha`, `ac2`), of one score, or of the mean score of all observers."""

    ALPHA = "alpha"
    AC2 = "ac2"
    ICC_SINGLE = "icc_single"
    ICC_MEAN = "icc_mean"


class Quality(StrEnum):
    """What a coefficient allows: conclusions, tentative ones, or none."""

    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    UNRELIABLE = "unreliable"


@attrs.frozen(kw_only=True)
class Agreement:
    """A coefficient of agreement over `count` encounters, with its 95 % interval.

    `value` is `None` where the coefficient is not defined, as it is where all observers always say the same one band.
    """

    figure: Figure
    count: int
    value: float | None = None
    interval: Interval | None = None
    quality: Quality | None = None


@attrs.frozen(kw_only=True)
class Bias:
    """How much higher the first observer's scores are than another's, in points, over `count` encounters.

    `limits` hold 95 % of the differences; `None` with fewer than two.
    """

    rater: int
    count: int
    mean: float
    limits: Interval | None = None


@attrs.frozen(kw_only=True)
class Panel:
    """Several observers of the same encounters.

    The first rater, to whom the others are held, is the one who served if their record is there. Gaps have a sign:
    nobody assumes who is too kind.
    """

    raters: tuple[Rater, ...]
    encounters: tuple[PanelEncounter, ...]
    agreements: tuple[Agreement, ...] = ()
    biases: tuple[Bias, ...] = ()
    engine: str

    def agreement(self, figure: Figure) -> Agreement:
        """One coefficient; raises `KeyError` if the panel has none of that kind."""
        for agreement in self.agreements:
            if agreement.figure is figure:
                return agreement
        raise KeyError(figure)

    def explain(self, language: str = "en") -> str:
        """The panel as a text to read, in `en`, `fi` or `sv`."""
        return explanation.explain(self, language)
