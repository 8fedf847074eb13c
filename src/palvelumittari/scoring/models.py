"""Models: how the settled findings of one encounter add up to a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum

import attrs

from palvelumittari.records.rubric import Role, Scoring
from palvelumittari.records.verdict import Band, Gate
from palvelumittari.scoring.bands import BALANCE_CUTS, PLACES, SCORE_CUTS, band_at, printed_score
from palvelumittari.scoring.gates import band_behind, gates_on
from palvelumittari.scoring.settling import Settled
from palvelumittari.words.frozen import FrozenMap


@attrs.frozen(kw_only=True)
class Tally:
    """What a model says.

    `calculated_score` lies in [0, 100] with one decimal and is the score before gates; `score` is the same
    kept inside `band` (see `printed_score`); all three are `None` where there is nothing to score. `gates`
    are those that bit, in order. `points` hold, by criterion id, the contribution of every counted and judged
    finding; what a point is the model says.
    """

    calculated_score: float | None = None
    score: float | None = None
    band: Band | None = None
    gates: tuple[Gate, ...] = ()
    points: FrozenMap[float] = FrozenMap()


Model = Callable[[Sequence[Settled], Scoring], Tally]
"""A model gets the settled findings, whose order must not change the score, and the rubric's constants."""

_Valued = tuple[Settled, float]
"""A counted and judged finding with the number that a model works on."""

_DUTIES = (Role.LINEAR, Role.MUST)


def ledger(settled: Sequence[Settled], scoring: Scoring) -> Tally:
    """Gains against losses, like accounts; the default. The formula stands in `palvelumittari.scoring`.

    A finding's points are its entry in the account: `weight * rating`, losses times `loss_weight`. No score
    where every rating is 0 and no kept linear or must cites an event.
    """
    findings = [(one, one.rating) for one in settled if one.counted and one.rating is not None]
    points = {one.criterion: _entry(one, rated, scoring.loss_weight) for one, rated in findings}
    if not any(_speaks(one, rated) for one, rated in findings):
        return Tally(points=FrozenMap(points))
    balance = _balance(points.values(), findings, scoring.doubt)
    band = band_at(balance, BALANCE_CUTS)
    return _scored(50 * (balance + 1), band, points, gates_on(band, settled))


def mean(settled: Sequence[Settled], _scoring: Scoring) -> Tally:
    """The classic scorecard: 100 times the weighted mean of fulfilment, without gates.

    Linear, must and penalty criteria form the mean; the weight of what is not judged is shared out in
    proportion. A bonus adds to the numerator only, up to 100 in all. Points sum up to the score before that
    limit. No score where no linear, must or penalty is judged.
    """
    findings = _fulfilled(settled)
    possible = fsum(one.judgement.weight for one, _ in findings if _is_basic(one))
    if not possible:
        return Tally(points=FrozenMap({one.criterion: 0.0 for one, _ in findings}))
    earned = {one.criterion: one.judgement.weight * share for one, share in findings}
    points = {criterion: 100 * part / possible for criterion, part in earned.items()}
    return _plain(100 * fsum(earned.values()) / possible, points)


def lowest(settled: Sequence[Settled], _scoring: Scoring) -> Tally:
    """100 times the least fulfilment of linear, must and penalty criteria, without gates; a bonus is left out.

    Points say who keeps the score below 100: the least fulfilled share out `score - 100` equally, all others
    have 0. No score where no linear, must or penalty is judged.
    """
    findings = _fulfilled(settled)
    shares = [share for one, share in findings if _is_basic(one)]
    if not shares:
        return Tally(points=FrozenMap({one.criterion: 0.0 for one, _ in findings}))
    least = min(shares)
    part = 100 * (least - 1) / shares.count(least)
    points = {one.criterion: part if share == least and _is_basic(one) else 0.0 for one, share in findings}
    return _plain(100 * least, points)


MODELS: FrozenMap[Model] = FrozenMap({"ledger": ledger, "mean": mean, "lowest": lowest})
"""The models that the engine brings, by name."""


def _entry(settled: Settled, rated: float, loss_weight: float) -> float:
    points = settled.judgement.weight * rated
    return loss_weight * points if rated < 0 else points


def _speaks(settled: Settled, rated: float) -> bool:
    """Whether a finding is enough to score on: it won, it lost, or a duty was visibly kept."""
    return rated != 0 or _is_duty(settled)


def _is_duty(settled: Settled) -> bool:
    """Whether a finding softens losses if it is kept: its credit must be seen in an event."""
    return settled.judgement.role in _DUTIES and settled.judgement.cites


def _balance(points: Iterable[float], findings: Iterable[_Valued], doubt: float) -> float:
    """S in [-1, 1], rounded to 6 places; 0 for empty accounts without doubt.

    Sums are exactly rounded (`fsum`), so the order of findings changes nothing.
    """
    points = tuple(points)
    gains = fsum(entry for entry in points if entry > 0)
    losses = fsum(-entry for entry in points if entry < 0)
    duties = _duties(findings) if losses > gains else 0.0
    turnover = gains + losses + duties + doubt
    return round((gains - losses) / turnover, PLACES) if turnover else 0.0


def _duties(findings: Iterable[_Valued]) -> float:
    return fsum(one.judgement.weight * (1 - rated) for one, rated in findings if rated >= 0 and _is_duty(one))


def _fulfilled(settled: Iterable[Settled]) -> list[_Valued]:
    """The counted and judged findings with their fulfilment."""
    counted = (one for one in settled if one.counted and one.judged)
    return [(one, one.fulfilment) for one in counted if one.fulfilment is not None]


def _is_basic(settled: Settled) -> bool:
    """Whether a finding belongs to what is expected, unlike a bonus."""
    return settled.judgement.role is not Role.BONUS


def _plain(value: float, points: Mapping[str, float]) -> Tally:
    """A tally without gates."""
    value = min(100.0, round(value, PLACES))
    return _scored(value, band_at(value, SCORE_CUTS), points, ())


def _scored(value: float, band: Band, points: Mapping[str, float], gates: tuple[Gate, ...]) -> Tally:
    band = band_behind(band, gates)
    return Tally(
        calculated_score=round(value, 1),
        score=printed_score(value, band),
        band=band,
        gates=gates,
        points=FrozenMap(points),
    )
