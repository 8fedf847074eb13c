"""How far the cases of a rubric exercise it: which criteria came to what, and what no case has shown yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import attrs

from palvelumittari.authoring.ablation import Ablation, Double, ablated, doubles
from palvelumittari.authoring.demands import Demands, Kind, demands_of
from palvelumittari.authoring.played import Played, play
from palvelumittari.authoring.unused_parts import UnusedPart, unused_parts
from palvelumittari.meter import Meter
from palvelumittari.records.case import Case
from palvelumittari.records.rubric import Criterion, Rubric, Situation
from palvelumittari.records.verdict import Outcome
from palvelumittari.scoring import Settled
from palvelumittari.words.frozen import FrozenMap


class Became(StrEnum):
    """What became of a criterion in a case: its outcome, with two that the outcomes hide told apart.

    `no_occasion` is met without an occasion, `replaced` is not applicable because another criterion judged instead.
    """

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    NOT_APPLICABLE = "not_applicable"
    NO_OCCASION = "no_occasion"
    NOT_OBSERVED = "not_observed"
    EXCUSED = "excused"
    REPLACED = "replaced"
    UNDECIDED = "undecided"
    ERROR = "error"


@attrs.frozen(kw_only=True)
class CriterionCoverage:
    """One criterion: in how many cases it became what, and which cases show each kind that is demanded."""

    criterion: Criterion
    demands: Demands
    counts: FrozenMap[int]
    shown: FrozenMap[tuple[str, ...]]

    @property
    def wanting(self) -> tuple[Kind, ...]:
        """The kinds that no case shows."""
        return tuple(kind for kind in Kind if not self.shown[kind])


@attrs.frozen(kw_only=True)
class SituationCoverage:
    """One situation of a criterion, its number from 1, and the cases in which it applied."""

    criterion: str
    number: int
    situation: Situation
    cases: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Coverage:
    """What the cases of a rubric show of it.

    `criteria` are those that the rubric declares; `situations` are theirs and those that its overrides give to
    inherited ones. `left_out` are the cases on which the rubric has no say, because sector and channel choose another.
    """

    rubric: str
    cases: tuple[str, ...]
    left_out: tuple[str, ...]
    criteria: tuple[CriterionCoverage, ...]
    situations: tuple[SituationCoverage, ...]
    unused: tuple[UnusedPart, ...]
    ablations: tuple[Ablation, ...]
    doubles: tuple[Double, ...]

    @property
    def wanting(self) -> tuple[CriterionCoverage, ...]:
        """The criteria of which a kind is wanting."""
        return tuple(each for each in self.criteria if each.wanting)

    @property
    def never_applied(self) -> tuple[SituationCoverage, ...]:
        """The situations that applied in no case."""
        return tuple(each for each in self.situations if not each.cases)

    @property
    def undecisive(self) -> tuple[Ablation, ...]:
        """The criteria without which every case would get the same band."""
        return tuple(each for each in self.ablations if not each.bands)

    @property
    def is_complete(self) -> bool:
        """Whether every criterion is shown in all kinds, and every situation applies somewhere."""
        return not self.wanting and not self.never_applied


def coverage_of(meter: Meter, rubric: str, cases: Iterable[Case]) -> Coverage:
    """What the cases show of the rubric of that id.

    Each case is judged as the meter judges it, by the rubrics for its sector and channel.

    Raises:
        RubricError: If there is no rubric of that id.
        EvaluationError: If a plugin's scoring model breaks its contract.
    """
    united = meter.rubric(rubric)
    given = tuple(cases)
    played = tuple(play(meter, rubric, given))
    own = [each for each in united.criteria if each.declared_in == rubric]
    names = [each.id for each in own]
    judged = tuple(each.case for each in played)
    return Coverage(
        rubric=rubric,
        cases=tuple(case.id for case in judged),
        left_out=tuple(case.id for case in given if not any(case is each for each in judged)),
        criteria=tuple(_criterion(each, united, played) for each in own),
        situations=tuple(_situations(_with_situations(meter, rubric, united), played)),
        unused=tuple(unused_parts(own, played, meter.vocabulary)),
        ablations=tuple(ablated(names, played, meter.catalog.models)),
        doubles=tuple(doubles(names, played)),
    )


# --- criteria ---------------------------------------------------------------------------------------------------


def _criterion(criterion: Criterion, united: Rubric, played: Sequence[Played]) -> CriterionCoverage:
    demands = demands_of(criterion, united.readings)
    found = [(each.case.id, each.settled_on(criterion.id)) for each in played]
    findings = [(case, settled) for case, settled in found if settled is not None]
    counts = Counter(_became(settled) for _, settled in findings)
    kinds = [(case, frozenset(demands.shown_by(settled))) for case, settled in findings]
    return CriterionCoverage(
        criterion=criterion,
        demands=demands,
        counts=FrozenMap({became: counts[became] for became in Became}),
        shown=FrozenMap({kind: tuple(case for case, shown in kinds if kind in shown) for kind in Kind}),
    )


def _became(settled: Settled) -> Became:
    if settled.judged_by is not None:
        return Became.REPLACED
    if settled.outcome is Outcome.MET and not settled.judged:
        return Became.NO_OCCASION
    return Became(settled.outcome)


# --- situations -------------------------------------------------------------------------------------------------


def _with_situations(meter: Meter, rubric: str, united: Rubric) -> Iterator[Criterion]:
    """The criteria whose situations this rubric declares."""
    overrides = meter.catalog.rubrics[rubric].document.override
    for criterion in united.criteria:
        if criterion.declared_in == rubric or "situation" in overrides.get(criterion.id, {}):
            yield criterion


def _situations(criteria: Iterable[Criterion], played: Sequence[Played]) -> Iterator[SituationCoverage]:
    for criterion in criteria:
        for number, situation in enumerate(criterion.situations, start=1):
            cases = tuple(each.case.id for each in played if situation in each.situations_of(criterion.id))
            yield SituationCoverage(criterion=criterion.id, number=number, situation=situation, cases=cases)
