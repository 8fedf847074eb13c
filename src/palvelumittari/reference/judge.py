"""Judging: each criterion asked in its situation, from `when` to a judgement with evidence and reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from palvelumittari.reading.term_checks import reads_customer
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.measure import with_changes
from palvelumittari.records.rubric import Criterion, Rubric, Situation
from palvelumittari.records.verdict import Course, Outcome
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference.measures import measured
from palvelumittari.reference.moments import Moments, Truth
from palvelumittari.reference.results import Cited, Reason, Result, without
from palvelumittari.reference.stage import Stage
from palvelumittari.reference.timeline import Timeline
from palvelumittari.scoring import Judgement, outcome_of
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

Functions = Mapping[str, Callable[..., Any]]


@attrs.frozen(kw_only=True)
class Judged:
    """A criterion, as the situations that applied made it, with its judgement, evidence and reason.

    `said` is the reason in a plugin's own words, if its measure gave one.
    """

    criterion: Criterion
    judgement: Judgement
    evidence: tuple[Cited, ...]
    reason: Reason
    situations: tuple[Situation, ...] = ()
    said: Text | None = None


@attrs.frozen
class Judgements:
    """All criteria of a rubric judged on one encounter, and how the readings ran."""

    judged: tuple[Judged, ...]
    courses: tuple[Course, ...]


def judge(
    encounter: Encounter, rubric: Rubric, vocabulary: Vocabulary, functions: Functions = FrozenMap()
) -> Judgements:
    """Judge an encounter by every criterion of a rubric.

    The encounter must fit the vocabulary. A plugin's measure that fails becomes an `error` outcome.
    """
    moments = Moments(Timeline(encounter, vocabulary), tuple(rubric.readings.values()))
    judged = tuple(_judged(criterion, moments, rubric, functions) for criterion in rubric.criteria)
    return Judgements(judged, moments.courses)


def _judged(declared: Criterion, moments: Moments, rubric: Rubric, functions: Functions) -> Judged:
    truth = moments.throughout(declared.when) if declared.when is not None else True
    if truth is not True:
        return _made(declared, _not_applicable(declared, moments, truth), ())
    if not moments.timeline.events:  # no events, no score: an empty record is no record of silence
        return _made(declared, without(Outcome.NOT_OBSERVED, "not_observed_empty"), ())
    situations = tuple(each for each in declared.situations if moments.throughout(each.when) is True)
    criterion = _in_situations(declared, situations)
    telling = [each.when for each in situations] + ([declared.when] if declared.when else [])
    telling = [condition for condition in telling if reads_customer(condition, rubric.readings)]
    stage = Stage(
        moments=moments,
        role=criterion.role,
        occasion=bool(telling),
        witnesses=tuple(sorted({event for condition in telling for event in moments.witnesses(condition)})),
        functions=functions,
    )
    return _made(criterion, measured(criterion.measure, stage), situations)


def _not_applicable(criterion: Criterion, moments: Moments, truth: Truth) -> Result:
    if truth is None and criterion.when is not None:
        fields = ", ".join(moments.missing_fields(criterion.when))
        return without(Outcome.NOT_APPLICABLE, "when_unknown", fields=fields)
    return without(Outcome.NOT_APPLICABLE, "when_false", condition=str(criterion.when))


def _in_situations(criterion: Criterion, situations: tuple[Situation, ...]) -> Criterion:
    """The criterion with the changes of all situations that apply, later keys winning."""
    for situation in situations:
        measure = with_changes(criterion.measure, situation.measure)
        criterion = attrs.evolve(criterion, measure=measure, **situation.criterion)
    return criterion


def _made(criterion: Criterion, result: Result, situations: tuple[Situation, ...]) -> Judged:
    excuses = [situation.excuse for situation in situations if situation.excuse is not None]
    judgement = Judgement(
        criterion=criterion.id,
        role=criterion.role,
        weight=criterion.weight,
        outcome=result.outcome or outcome_of(result.fulfilment or 0.0),
        fulfilment=result.fulfilment,
        vacuous=result.vacuous,
        cites=bool(result.evidence),
        excuse=bool(excuses and excuses[-1]),
        refines=criterion.refines,
        caps=criterion.caps,
        lifts=criterion.lifts,
        lifecycle=criterion.lifecycle,
    )
    return Judged(
        criterion=criterion,
        judgement=judgement,
        evidence=result.evidence,
        reason=result.reason,
        situations=situations,
        said=result.said,
    )
