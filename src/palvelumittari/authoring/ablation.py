"""What a criterion decides: cases settled and tallied once more without it, and criteria that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import attrs

from palvelumittari.authoring.played import Played
from palvelumittari.scoring import Judgement, Model, Tally, settle, tally

LEAST_CASES = 3
"""In how many cases two criteria must have been judged alike before they are called doubled."""


@attrs.frozen(kw_only=True)
class Ablation:
    """What changes where a criterion is dropped.

    `bands` are the ids of the cases that get another band, or get or lose one. `score_change` is the greatest move of
    the calculated score, in points of 100, of the case `most`; 0 and `None` where no score moves.
    """

    criterion: str
    bands: tuple[str, ...] = ()
    score_change: float = 0.0
    most: str | None = None


@attrs.frozen(kw_only=True)
class Double:
    """Two criteria with the same fulfilment in every one of `cases`, which are all in which both were judged."""

    one: str
    other: str
    cases: tuple[str, ...]


def ablated(criteria: Sequence[str], played: Sequence[Played], models: Mapping[str, Model]) -> Iterator[Ablation]:
    """What the cases would get without each of the criteria.

    Nothing is judged again, for no criterion looks at another: its judgement is left out, and the rest is settled
    anew, so that what it refined is judged in its stead, as where a rubric drops it.
    """
    whole = [_tallied(each, [judged.judgement for judged in each.judged], models) for each in played]
    for criterion in criteria:
        yield _without(criterion, played, whole, models)


def _without(criterion: str, played: Sequence[Played], whole: Sequence[Tally], models: Mapping[str, Model]) -> Ablation:
    bands, moves = [], {}
    for each, before in zip(played, whole, strict=True):
        judgements = dropped(criterion, [judged.judgement for judged in each.judged])
        if len(judgements) == len(each.judged):
            continue
        after = _tallied(each, judgements, models)
        if after.band is not before.band:
            bands.append(each.case.id)
        if after.calculated_score is not None and before.calculated_score is not None:
            moves[each.case.id] = round(abs(after.calculated_score - before.calculated_score), 1)
    most = max(moves, key=lambda name: moves[name], default=None)
    change = moves[most] if most is not None else 0.0
    return Ablation(criterion=criterion, bands=tuple(bands), score_change=change, most=most if change else None)


def dropped(criterion: str, judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements without that on a criterion; chains of `refines` through it still hold, as with `drop`."""
    gone = next((each for each in judgements if each.criterion == criterion), None)
    if gone is None:
        return list(judgements)
    return [_led_past(each, gone) for each in judgements if each is not gone]


def _led_past(judgement: Judgement, gone: Judgement) -> Judgement:
    if gone.criterion not in judgement.refines:
        return judgement
    parents = [name for each in judgement.refines for name in (gone.refines if each == gone.criterion else (each,))]
    return attrs.evolve(judgement, refines=tuple(dict.fromkeys(parents)))


def _tallied(played: Played, judgements: Sequence[Judgement], models: Mapping[str, Model]) -> Tally:
    return tally(settle(judgements), played.rubric.scoring, models)


# --- doubles ----------------------------------------------------------------------------------------------------


def doubles(criteria: Sequence[str], played: Sequence[Played]) -> Iterator[Double]:
    """The pairs, one of them among `criteria`, that seem to say the same.

    They were judged alike wherever both were judged: in at least three cases, in at least half of those in which
    either was, and not always with the same fulfilment, for to be met together proves nothing. A criterion is compared
    with the one that it refines, too.
    """
    found: dict[str, dict[int, float]] = {name: {} for name in criteria}
    for number, each in enumerate(played):
        for judged in each.judged:
            share = judged.judgement.fulfilment
            if share is not None and not judged.judgement.vacuous:
                found.setdefault(judged.judgement.criterion, {})[number] = share
    for one, other in combinations(found, 2):
        if one in criteria and _alike(found[one], found[other]):
            both = [number for number in found[one] if number in found[other]]
            yield Double(one=one, other=other, cases=tuple(played[number].case.id for number in both))


def _alike(one: Mapping[int, float], other: Mapping[int, float]) -> bool:
    """Whether two criteria with these fulfilments, by the number of the case, seem to say the same."""
    pairs = [(one[number], other[number]) for number in one.keys() & other.keys()]
    is_enough = len(pairs) >= max(LEAST_CASES, len(one.keys() | other.keys()) / 2)
    return is_enough and len(set(pairs)) > 1 and all(left == right for left, right in pairs)
