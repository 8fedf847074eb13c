"""Whether the compiled function says what the reference interpreter says, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from palvelumittari.compiler import Compiled, Numbers, numbers_from
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Outcome, Status
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import judge
from palvelumittari.scoring import Settled, Tally, coverage, settle, tally
from palvelumittari.words.frozen import FrozenMap

Functions = Mapping[str, Callable[..., Any]]


def agree(
    compiled: Compiled, encounter: Encounter, vocabulary: Vocabulary, functions: Functions = FrozenMap()
) -> Numbers:
    """The numbers of the compiled function, once every one of them was found to be the reference's."""
    judged = judge(encounter, compiled.rubric, vocabulary, functions).judged
    judgements = [each.judgement for each in judged]
    settled = settle(judgements)
    said = tally(settled, compiled.rubric.scoring, compiled.models)
    for numbers in (numbers_from(compiled.rubric, judgements, compiled.models), compiled.numbers(encounter)):
        assert list(numbers.judgements) == judgements
        _agree_on_criteria(numbers, settled, said)
        share = coverage(settled)
        assert numbers.coverage == (None if share is None else round(share, 6))
        assert (numbers.score, numbers.calculated_score, numbers.band) == (said.score, said.calculated_score, said.band)
        assert numbers.gates == said.gates
        assert numbers.status is _status(settled, said)
    return numbers


def _agree_on_criteria(numbers: Numbers, settled: tuple[Settled, ...], said: Tally) -> None:
    assert numbers.settled == settled
    assert dict(numbers.outcomes) == {each.criterion: each.outcome for each in settled}
    fulfilments = {each.criterion: each.fulfilment for each in settled if each.fulfilment is not None}
    assert dict(numbers.fulfilments) == fulfilments
    points = {each.criterion: round(said.points.get(each.criterion, 0.0), 9) for each in settled}
    assert dict(numbers.points) == points


def _status(settled: tuple[Settled, ...], said: Tally) -> Status:
    if any(each.outcome is Outcome.ERROR for each in settled):
        return Status.WITH_ERRORS
    return Status.NO_SCORE if said.score is None else Status.SCORED
