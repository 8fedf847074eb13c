"""How scores and bands spread: the figures that a shift and each of its parts have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean, median

from palvelumittari.records.references import EncounterRef
from palvelumittari.records.shift import Spread
from palvelumittari.records.verdict import Band, Verdict
from palvelumittari.words.frozen import FrozenMap

NO_SCORE = "none"
"""The key under which encounters without a score are counted."""

SHARE_PLACES = 6


def spread_of(verdicts: Sequence[Verdict]) -> Spread:
    """The spread of some verdicts, of none at all, too."""
    scores = scores_of(verdicts)
    return Spread(
        bands=bands_of(verdicts),
        scored_count=len(scores),
        below_good_share=below_good_share(verdicts),
        mean=round(fmean(scores), 1) if scores else None,
        median=round(median(scores), 1) if scores else None,
    )


def scores_of(verdicts: Sequence[Verdict]) -> list[float]:
    """The scores of those verdicts that have one."""
    return [verdict.score for verdict in verdicts if verdict.score is not None]


def bands_of(verdicts: Iterable[Verdict | EncounterRef]) -> FrozenMap[int]:
    """How many verdicts have which band, from the best to the worst; those without a score last."""
    counts = Counter(verdict.band.value if verdict.band else NO_SCORE for verdict in verdicts)
    order = [*(band.value for band in reversed(Band)), NO_SCORE]
    return FrozenMap({name: counts[name] for name in order if name != NO_SCORE or counts[name]})


def below_good_share(verdicts: Sequence[Verdict]) -> float | None:
    """The share of the scored verdicts whose band is below good."""
    bands = [verdict.band for verdict in verdicts if verdict.band is not None]
    if not bands:
        return None
    return round(sum(not band.is_pleasant for band in bands) / len(bands), SHARE_PLACES)
