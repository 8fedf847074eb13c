"""From the encounters of one matter to an episode: what failed, what was done, and where it left the customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.episode import (
    Assumption,
    AssumptionKind,
    Control,
    Episode,
    Failure,
    FailureKind,
    Justice,
    Limit,
    LimitKind,
    RecoveryState,
    Stay,
    StayKind,
    Transition,
)
from palvelumittari.records.references import reference
from palvelumittari.records.verdict import Band, Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup.justice import ASKING, Course, Judge, values_of
from palvelumittari.rollup.moments import Citing, Moment, moments_of
from palvelumittari.rollup.recovery import (
    RECOVERY,
    Recovery,
    barriers_to_paradox,
    quality_of,
    standing_after,
    stay_of,
)
from palvelumittari.rollup.recovery_states import Acts, Change, Walk
from palvelumittari.scoring.bands import BALANCE_CUTS, RANGES, SCORE_CUTS, band_at, printed_score
from palvelumittari.words.engine import engine_version
from palvelumittari.words.errors import EncounterError, Problem

PLACES = 6
"""To how many decimals standings and qualities are rounded."""

CEILINGS: Mapping[RecoveryState, tuple[LimitKind, Band]] = MappingProxyType(
    {
        RecoveryState.UNRECOVERED: (LimitKind.UNRECOVERED, Band.VERY_POOR),
        RecoveryState.DOUBLE_DEVIATION: (LimitKind.DOUBLE_DEVIATION, Band.POOR),
        RecoveryState.RECONCILED: (LimitKind.RECONCILED, Band.NEUTRAL),
    }
)
"""The states that hold a band down, and where."""

_SATISFIED = (RecoveryState.RECOVERED, RecoveryState.RECONCILED)


def make_episode(
    encounters: Sequence[Encounter],
    verdicts: Sequence[Verdict],
    vocabulary: Vocabulary,
    *,
    names: bool = False,
    earlier_failures: int = 0,
    numbers: Recovery = RECOVERY,
) -> Episode:
    """What became of one matter.

    Args:
        encounters: The encounters of one matter, in their order; what did not happen does not belong here.
        verdicts: The verdict on each, in the same order.
        vocabulary: What the acts are called, and which are kinds of which.
        names: Whether the ids of the encounters and what was said may stand in the record.
        earlier_failures: How many failures this customer met here before this matter.
        numbers: The numbers of the recovery model.

    Raises:
        EncounterError: If there is no encounter, or not a verdict for each.
    """
    if not encounters or len(encounters) != len(verdicts):
        found = f"{len(encounters)} encounters and {len(verdicts)} verdicts"
        expected = "at least one encounter, and a verdict for each"
        raise EncounterError(Problem("no episode can be made of this", found=found, expected=expected))
    moments = moments_of(encounters)
    walk = Walk(Acts(vocabulary), numbers, 1 + earlier_failures).through(moments, [each.band for each in verdicts])
    maker = _Maker(tuple(encounters), tuple(verdicts), moments, walk, Citing(vocabulary, names), numbers)
    return maker.flawless() if walk.state is RecoveryState.OK else maker.failed()


@attrs.frozen(slots=False)
class _Maker:
    """Makes the record once the states are known."""

    encounters: tuple[Encounter, ...]
    verdicts: tuple[Verdict, ...]
    moments: tuple[Moment, ...]
    walk: Walk
    citing: Citing
    numbers: Recovery

    def flawless(self) -> Episode:
        """Nothing failed: the standing is the mean, and no encounter was poor."""
        mean = _mean(self.standings())
        score, band = (None, None) if mean is None else _told(mean)
        return self.episode(score=score, band=band, before=mean, after=mean)

    def failed(self) -> Episode:
        """Something failed, and perhaps it was put right."""
        quality = round(quality_of(values_of(self.justice), self.numbers.weights(self.failure.kind)), PLACES)
        after = standing_after(self.before, self.during, quality, self.failure.severity, lift=self.numbers.lift)
        limits = tuple(self.limits(after))
        score, band = _told(after)
        if limits:
            score = limits[-1].after
            band = band_at(score, SCORE_CUTS)
        return self.episode(
            score=score,
            band=band,
            before=self.before,
            during=self.during,
            after=round(after, PLACES),
            quality=quality,
            failure=self.failure,
            transitions=tuple(map(self.transition, self.walk.changes)),
            justice=self.justice,
            limits=limits,
            stay=self.stay(),
            assumptions=tuple(self.assumptions()),
        )

    def episode(self, **values: Any) -> Episode:
        refs = [reference(number, each, names=self.citing.names) for number, each in enumerate(self.verdicts, start=1)]
        return Episode(encounters=tuple(refs), state=self.walk.state, engine=engine_version(), **values)

    # --- standings ----------------------------------------------------------------------------------------------

    def standings(self) -> tuple[float | None, ...]:
        """The standing after each encounter by itself, in [-1, 1]."""
        return tuple(None if each.score is None else (each.score - 50) / 50 for each in self.verdicts)

    @cached_property
    def noted_before(self) -> float | None:
        """The mean standing in the encounters before the failure."""
        return _mean(self.standings()[: (self.walk.opened or 1) - 1])

    @property
    def before(self) -> float:
        """The standing before the failure; neutral where nothing tells."""
        return self.noted_before or 0.0

    @cached_property
    def noted_during(self) -> float | None:
        """The lowest standing at whose end the failure stood with nobody at it."""
        standings = self.standings()
        known = [standings[number - 1] for number in self.walk.lost_encounters]
        return min((round(each, PLACES) for each in known if each is not None), default=None)

    @property
    def is_told_during(self) -> bool:
        """Whether an encounter tells of a lower standing in the failure than its severity does."""
        return self.noted_during is not None and self.noted_during <= -self.failure.severity

    @property
    def during(self) -> float:
        """The standing in the failure: as low as its severity at least, or else seeing to it could lower the score."""
        return self.noted_during if self.noted_during is not None and self.is_told_during else -self.failure.severity

    # --- the failure --------------------------------------------------------------------------------------------

    def noted(self, name: str) -> list[Any]:
        """What the encounters say of a context field."""
        values = (each.field_value(name) for each in self.encounters)
        return [value for value in values if value is not None]

    @cached_property
    def failure(self) -> Failure:
        """What failed: the severest that was noted, and the worse of what is contradictory."""
        severities = self.noted("setting.severity")
        kinds = self.noted("setting.failure_kind")
        is_high = Control.HIGH in self.noted("setting.failure_control")
        return Failure(
            severity=float(max(severities)) if severities else self.numbers.severity,
            kind=FailureKind(kinds[0]) if kinds else FailureKind.MONEY if self.was_refunded else FailureKind.SERVICE,
            control=Control.HIGH if is_high else Control.LOW,
            stable=True in self.noted("setting.failure_stable"),
            count=self.walk.count,
        )

    @property
    def was_refunded(self) -> bool:
        """Whether money came back, so that some must have been lost."""
        names = self.citing.vocabulary.any_of("refund")
        return any(self.is_since(moment) and moment.is_staff and moment.event.act in names for moment in self.moments)

    # --- the recovery -------------------------------------------------------------------------------------------

    @cached_property
    def judge(self) -> Judge:
        """Who judges the recovery."""
        acts, walk = self.walk.acts, self.walk
        since = [moment for moment in self.moments if self.is_since(moment)]
        return Judge(
            Course(
                since=since,
                attended=[moment for moment in since if moment.number not in walk.lost_encounters],
                efforts=acts.acknowledging | acts.beginning | acts.repairing,
                repairs=acts.repairing,
                failed=walk.since,
                half_life_ms=walk.half_life_ms,
                customer_at_fault=True in self.noted("customer.at_fault"),
                unknown_speed=self.numbers.speed,
            ),
            self.citing,
        )

    def is_since(self, moment: Moment) -> bool:
        """Whether a moment comes after the failure that is open, or was put right last."""
        failed = self.walk.since
        return moment.place > failed.place if failed is not None else moment.number > (self.walk.reopened or 0)

    @cached_property
    def justice(self) -> tuple[Justice, ...]:
        """How fair the recovery was."""
        return self.judge.judge(self.failure.kind, self.numbers.weights(self.failure.kind))

    # --- limits -------------------------------------------------------------------------------------------------

    def limits(self, after: float) -> Iterator[Limit]:
        """What holds the score down, one after the other."""
        score = _told(after)[0]
        barriers = barriers_to_paradox(self.failure, self.numbers.paradox_severity)
        if barriers and after > self.before:
            held = _told(self.before)[0]
            yield Limit(kind=LimitKind.PARADOX, before=score, after=held, barriers=barriers)
            score = held
        ceiling = CEILINGS.get(self.walk.state)
        if ceiling is not None and score > RANGES[ceiling[1]][1]:
            yield Limit(kind=ceiling[0], before=score, after=RANGES[ceiling[1]][1])

    # --- who stays ----------------------------------------------------------------------------------------------

    def stay(self) -> Stay:
        """How probably such customers stay."""
        if self.walk.state in _SATISFIED:
            speed = self.judge.speed_known
            is_quick = speed is not None and speed >= self.numbers.quickly
            return stay_of(StayKind.SATISFIED_QUICKLY if is_quick else StayKind.SATISFIED)
        return stay_of(StayKind.UNSATISFIED if self.was_said else StayKind.SILENT)

    @property
    def was_said(self) -> bool:
        """Whether the customer brought the failure to the firm."""
        acts = self.citing.vocabulary.any_of(*ASKING)
        said = [moment for moment in self.moments if moment.is_customer and moment.event.act in acts]
        return any(self.is_since(moment) or moment is self.walk.since for moment in said)

    # --- what is told -------------------------------------------------------------------------------------------

    def transition(self, change: Change) -> Transition:
        """A change of state as the record tells it."""
        return Transition(
            encounter=change.number,
            cause=change.cause,
            before=change.before,
            after=change.after,
            event=None if change.moment is None else self.citing.event(change.moment),
        )

    def assumptions(self) -> Iterator[Assumption]:
        """Everything that nobody noted and that had to be taken for something."""
        if not self.noted("setting.severity"):
            yield Assumption(kind=AssumptionKind.SEVERITY, value=self.failure.severity)
        if not self.noted("setting.failure_kind"):
            yield Assumption(kind=AssumptionKind.REFUNDED if self.was_refunded else AssumptionKind.KIND)
        if not self.noted("setting.failure_control"):
            yield Assumption(kind=AssumptionKind.CONTROL)
        if not self.noted("setting.failure_stable"):
            yield Assumption(kind=AssumptionKind.STABLE)
        if self.noted_before is None:
            yield Assumption(kind=AssumptionKind.BEFORE, value=0.0)
        if not self.is_told_during:
            yield Assumption(kind=AssumptionKind.DURING, value=self.during)
        if self.judge.first_effort is not None and self.judge.speed_known is None:
            yield Assumption(kind=AssumptionKind.SPEED, value=self.numbers.speed)
        for number in self.walk.retold:
            yield Assumption(kind=AssumptionKind.RETOLD, encounter=number)


def _mean(standings: Sequence[float | None]) -> float | None:
    known = [each for each in standings if each is not None]
    return round(sum(known) / len(known), PLACES) if known else None


def _told(standing: float) -> tuple[float, Band]:
    """A standing as a score with its band."""
    band = band_at(standing, BALANCE_CUTS)
    return printed_score(50 * (standing + 1), band), band
