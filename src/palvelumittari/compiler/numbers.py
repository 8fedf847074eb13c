"""What a compiled rubric gives: the numbers of a verdict, without its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import attrs

from palvelumittari.records.rubric import Criterion, Rubric, Situation
from palvelumittari.records.verdict import JUDGED, Band, Gate, Outcome, Status
from palvelumittari.scoring import Judgement, Model, Settled, Tally, coverage, outcome_of, settle, tally
from palvelumittari.words.frozen import FrozenMap

COVERAGE_PLACES = 6
POINTS_PLACES = 9
"""To how many decimals numbers are rounded, as in a verdict."""

BANDS = tuple(Band)
WITHOUT = (Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED, Outcome.UNDECIDED, Outcome.ERROR)
"""Outcomes without a fulfilment, by the codes of the generated function."""


class Row(NamedTuple):
    """What a generated function returns.

    The first seven are `None` where the model is not written out: `band` and `ungated` are ranks, `away` the places of
    the criteria that others judge in the place of, `excused` of those that a situation excuses. The others hold one
    entry for each criterion: `codes` the outcomes without a fulfilment, `situations` bits.
    """

    score: float | None
    calculated: float | None
    band: int | None
    ungated: int | None
    coverage: float | None
    away: Sequence[int] | None
    excused: Sequence[int] | None
    codes: tuple[int, ...]
    fulfilments: tuple[float | None, ...]
    points: tuple[float, ...]
    cites: tuple[bool, ...]
    vacuous: tuple[bool, ...]
    situations: tuple[int, ...]


@attrs.frozen(kw_only=True, eq=False, slots=False)
class Numbers:
    """The numbers of one encounter: those of its verdict, without evidence and sentences.

    `score`, `calculated_score`, `band` and `coverage` are those of the verdict. All else is found when it is asked for.
    """

    score: float | None
    calculated_score: float | None
    band: Band | None
    coverage: float | None
    _rubric: Rubric = attrs.field(repr=False)
    _models: Mapping[str, Model] = attrs.field(repr=False)
    _row: Row | None = attrs.field(default=None, repr=False)
    _given: tuple[Judgement, ...] = attrs.field(default=(), repr=False)

    @cached_property
    def outcomes(self) -> FrozenMap[Outcome]:
        """What became of each criterion, by its id."""
        ids = [each.id for each in self._rubric.criteria]
        return FrozenMap(dict(zip(ids, self._outcomes(), strict=True)))

    def _outcomes(self) -> Sequence[Outcome]:
        row = self._row
        if row is None or row.away is None or row.excused is None:
            return [each.outcome for each in self.settled]
        pairs = zip(row.codes, row.fulfilments, strict=True)
        found = [WITHOUT[code] if share is None else outcome_of(share) for code, share in pairs]
        for number in row.excused:
            found[number] = Outcome.EXCUSED
        for number in row.away:
            found[number] = Outcome.NOT_APPLICABLE
        return found

    @property
    def fulfilments(self) -> FrozenMap[float]:
        """The fulfilment of each criterion that was met, partly met or missed."""
        shares = [each.fulfilment for each in self.judgements] if self._row is None else self._row.fulfilments
        pairs = zip(self.outcomes.items(), shares, strict=True)
        return FrozenMap({name: share for (name, outcome), share in pairs if share is not None and outcome in JUDGED})

    @property
    def points(self) -> FrozenMap[float]:
        """The points of each criterion, rounded to 9 places; 0 where it has none."""
        ids = [each.id for each in self._rubric.criteria]
        if self._row is None or self._row.away is None:
            points: Sequence[float] = [self.tally.points.get(name, 0.0) for name in ids]
        else:
            points = self._row.points
        return FrozenMap({name: round(each, POINTS_PLACES) for name, each in zip(ids, points, strict=True)})

    @property
    def status(self) -> Status:
        """Whether there is a score, and whether a criterion failed to compute."""
        if Outcome.ERROR in self.outcomes.values():
            return Status.WITH_ERRORS
        return Status.NO_SCORE if self.score is None else Status.SCORED

    @cached_property
    def gates(self) -> tuple[Gate, ...]:
        """The gates that bit, in order; each moves the band, and none moves it back."""
        row = self._row
        is_added_up = row is not None and row.away is not None
        return () if row is not None and is_added_up and row.ungated == row.band else self.tally.gates

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """What the measures said, as `scoring` takes it."""
        return self._given if self._row is None else tuple(_judgements_of(self._rubric, self._row))

    @cached_property
    def settled(self) -> tuple[Settled, ...]:
        """What became of the judgements among each other."""
        return settle(self.judgements)

    @cached_property
    def tally(self) -> Tally:
        """What the rubric's model says of them, with gates and points."""
        return tally(self.settled, self._rubric.scoring, self._models)


def numbers_from(rubric: Rubric, judgements: Sequence[Judgement], models: Mapping[str, Model]) -> Numbers:
    """The numbers of judgements that another engine has made.

    Raises `EvaluationError` if a plugin's scoring model breaks its contract.
    """
    return _added_up(rubric, models, given=tuple(judgements))


def numbers_of(rubric: Rubric, row: Row, models: Mapping[str, Model]) -> Numbers:
    """The numbers of a generated function's row, which holds the score if its model was written out.

    Raises `EvaluationError` if a plugin's scoring model breaks its contract.
    """
    if row.away is None:
        return _added_up(rubric, models, row=row)
    return Numbers(
        score=row.score,
        calculated_score=row.calculated,
        band=None if row.band is None else BANDS[row.band],
        coverage=None if row.coverage is None else round(row.coverage, COVERAGE_PLACES),
        rubric=rubric,
        models=models,
        row=row,
    )


def _added_up(
    rubric: Rubric, models: Mapping[str, Model], *, row: Row | None = None, given: tuple[Judgement, ...] = ()
) -> Numbers:
    """Numbers as `scoring` adds them up."""
    settled = settle(given if row is None else tuple(_judgements_of(rubric, row)))
    said, share = tally(settled, rubric.scoring, models), coverage(settled)
    return Numbers(
        score=said.score,
        calculated_score=said.calculated_score,
        band=said.band,
        coverage=None if share is None else round(share, COVERAGE_PLACES),
        rubric=rubric,
        models=models,
        row=row,
        given=given,
    )


# --- judgements -------------------------------------------------------------------------------------------------


def _judgements_of(rubric: Rubric, row: Row) -> Sequence[Judgement]:
    """What the measures said before excuses, trials and refinements."""
    return [_judgement(criterion, number, row) for number, criterion in enumerate(rubric.criteria)]


def _judgement(criterion: Criterion, number: int, row: Row) -> Judgement:
    bits = row.situations[number]
    applying = [each for place, each in enumerate(criterion.situations) if bits & 1 << place]
    fulfilment = row.fulfilments[number]
    return Judgement(
        criterion=criterion.id,
        outcome=WITHOUT[row.codes[number]] if fulfilment is None else outcome_of(fulfilment),
        fulfilment=fulfilment,
        vacuous=row.vacuous[number],
        cites=row.cites[number],
        excuse=_is_excused(applying),
        refines=criterion.refines,
        lifecycle=criterion.lifecycle,
        **_head(criterion, applying),
    )


def _head(criterion: Criterion, applying: Sequence[Situation]) -> dict[str, Any]:
    """What situations may change of a criterion."""
    head = {key: getattr(criterion, key) for key in ("role", "weight", "caps", "lifts")}
    for situation in applying:
        head.update({key: value for key, value in situation.criterion.items() if key in head})
    return head


def _is_excused(applying: Sequence[Situation]) -> bool:
    said = [each.excuse for each in applying if each.excuse is not None]
    return bool(said and said[-1])
