"""Making a verdict: judgements settled, tallied and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.rubric import Criterion, Rubric, Situation
from palvelumittari.records.verdict import (
    JUDGED,
    Evidence,
    Finding,
    Note,
    Outcome,
    Status,
    Verdict,
)
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import Cited, Judged, Judgements
from palvelumittari.report.sentences import Speaker, in_all_languages
from palvelumittari.scoring import MODELS, Model, Settled, Tally, coverage, settle, tally
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.phrases import phrase, quoted
from palvelumittari.words.text import Text

POINTS_PLACES = 9
COVERAGE_PLACES = 6
"""To how many decimals a verdict rounds, so that no noise of binary fractions such as -3.5999999999999996 shows."""


@attrs.frozen(kw_only=True)
class Versions:
    """Who scored: the version of the engine and of the distributions whose rubrics were used."""

    engine: str
    plugins: FrozenMap[str] = FrozenMap()


def make_verdict(
    encounter: Encounter,
    rubric: Rubric,
    judgements: Judgements,
    vocabulary: Vocabulary,
    *,
    versions: Versions,
    notes: Sequence[Note] = (),
    models: Mapping[str, Model] = MODELS,
) -> Verdict:
    """The verdict on an encounter from the judgements of a rubric's criteria.

    Raises `EvaluationError` if a plugin's scoring model breaks its contract.
    """
    settled = settle([judged.judgement for judged in judgements.judged])
    result = tally(settled, rubric.scoring, models)
    teller = _Teller(
        Speaker(encounter, vocabulary, rubric.readings), {each.id: each for each in rubric.criteria}, result
    )
    pairs = zip(judgements.judged, settled, strict=True)
    return Verdict(
        encounter=encounter.id,
        score=result.score,
        calculated_score=result.calculated_score,
        band=result.band,
        coverage=_rounded(coverage(settled), COVERAGE_PLACES),
        status=_status(settled, result),
        findings=tuple(teller.finding(judged, each) for judged, each in pairs),
        gates=result.gates,
        readings=judgements.courses,
        notes=tuple(notes),
        model=rubric.scoring.model,
        rubrics=rubric.parts,
        digest=rubric.digest,
        engine=versions.engine,
        plugins=versions.plugins,
        sector=encounter.sector,
        channel=encounter.channel,
    )


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


def _status(settled: Sequence[Settled], result: Tally) -> Status:
    if any(each.outcome is Outcome.ERROR for each in settled):
        return Status.WITH_ERRORS
    return Status.NO_SCORE if result.score is None else Status.SCORED


@attrs.frozen
class _Teller:
    """Turns one settled judgement into a finding."""

    speaker: Speaker
    criteria: Mapping[str, Criterion]
    result: Tally

    def finding(self, judged: Judged, settled: Settled) -> Finding:
        criterion = judged.criterion
        fulfilment = settled.judgement.fulfilment if settled.outcome in JUDGED else None
        needs_advice = settled.rating is not None and settled.judgement.fulfilment != 1
        return Finding(
            criterion=criterion.id,
            title=criterion.title,
            role=criterion.role,
            weight=criterion.weight,
            outcome=settled.outcome,
            fulfilment=fulfilment,
            rating=_rounded(settled.rating, POINTS_PLACES),
            points=round(self.result.points.get(criterion.id, 0.0), POINTS_PLACES),
            judged=settled.judged,
            counted=settled.counted,
            on_evidence=settled.on_evidence,
            lifecycle=criterion.lifecycle,
            reason=self._reason(judged, settled),
            advice=criterion.advice if needs_advice else None,
            evidence=tuple(map(self._evidence, judged.evidence)) if settled.judged_by is None else (),
            situations=tuple(map(self._situation, judged.situations)),
            rubric=criterion.declared_in,
        )

    def _evidence(self, cited: Cited) -> Evidence:
        event = self.speaker.encounter.events[cited.event]
        return Evidence(
            cited.event, cited.part, cited.weighs, by=event.by, act=event.act, at_ms=event.at_ms, text=event.text
        )

    def _reason(self, judged: Judged, settled: Settled) -> Text:
        if settled.judged_by is not None:
            return self._judged_by(settled.judged_by)
        reason = judged.said or self.speaker.sentence(judged.reason)
        return self._excused(judged, reason) if settled.outcome is Outcome.EXCUSED else reason

    def _judged_by(self, child: str) -> Text:
        title = self.criteria[child].title
        return in_all_languages(lambda tag: phrase("reason.judged_by", tag, criterion=quoted(title.said_in(tag), tag)))

    def _excused(self, judged: Judged, reason: Text) -> Text:
        situation = self._situation(next(each for each in reversed(judged.situations) if each.excuse))
        return in_all_languages(
            lambda tag: phrase("reason.excused", tag, reason=reason.said_in(tag), situation=situation.said_in(tag))
        )

    def _situation(self, situation: Situation) -> Text:
        """The title of a situation; without one its condition in words."""
        return situation.title or self.speaker.condition(situation.when.text)
