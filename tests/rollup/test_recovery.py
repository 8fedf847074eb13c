"""The arithmetic of recovery, held against the values that were worked out by hand."""

from __future__ import annotations

import pytest

from palvelumittari.records.encounter import Channel
from palvelumittari.records.episode import Barrier, Control, Failure, FailureKind, JusticeKind, StayKind
from palvelumittari.records.verdict import Band
from palvelumittari.rollup.recovery import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    RECOVERY,
    barriers_to_paradox,
    quality_of,
    speed_of,
    standing_after,
    stay_of,
)
from palvelumittari.scoring.bands import BALANCE_CUTS, band_at

FIRST = Failure(severity=0.5, kind=FailureKind.MONEY, control=Control.LOW, stable=False)


def quality(kind: FailureKind, *values: float) -> float:
    """The quality from the three kinds of justice in their order."""
    return quality_of(dict(zip(JusticeKind, values, strict=True)), RECOVERY.weights(kind))


@pytest.mark.parametrize(
    ("justice", "during", "severity", "after", "band"),
    [
        ((1, 1, 0.8), -0.9, 0.5, 0.25, Band.GOOD),  # B12: full refund, caring
        ((0, 0, 0.3), -0.9, 0.5, -0.83, Band.VERY_POOR),  # sent on, and nothing else
        ((0, 0.9, 0.7), -0.9, 0.5, -0.35, Band.POOR),  # an apology without the money
        ((1, 1, 1), -0.3, 0.2, 0.48, Band.GOOD),  # a small slip and a voucher
    ],
)
def test_the_worked_examples_come_out(
    justice: tuple[float, ...], during: float, severity: float, after: float, band: Band
) -> None:
    """A standing before of 0, money lost: the values of the source to two decimals."""
    found = standing_after(0, during, quality(FailureKind.MONEY, *justice), severity)
    assert round(found, 2) == pytest.approx(after)
    assert band_at(found, BALANCE_CUTS) is band


def test_the_weights_of_each_kind_of_failure_add_up_and_lead_differently() -> None:
    """Where money was lost giving back leads, where service failed the manner does."""
    for kind in FailureKind:
        assert quality(kind, 1, 1, 1) == pytest.approx(1)
    assert quality(FailureKind.MONEY, 1, 0, 0) == 0.45
    assert quality(FailureKind.SERVICE, 0, 1, 0) == 0.45


def test_a_standing_stays_on_its_scale() -> None:
    """However well a small slip is made good."""
    assert standing_after(1, 0.9, 1, 0) == 1


@pytest.mark.parametrize(
    ("failure", "barriers"),
    [
        (FIRST, ()),
        (Failure(severity=0.51, kind=FailureKind.MONEY, control=Control.LOW, stable=False), (Barrier.SEVERE,)),
        (Failure(severity=0.1, kind=FailureKind.MONEY, control=Control.HIGH, stable=False), (Barrier.CONTROLLED,)),
        (Failure(severity=0.1, kind=FailureKind.MONEY, control=Control.LOW, stable=True), (Barrier.STABLE,)),
        (
            Failure(severity=0.1, kind=FailureKind.MONEY, control=Control.LOW, stable=False, count=2),
            (Barrier.NOT_FIRST,),
        ),
    ],
)
def test_the_gate_to_a_paradox(failure: Failure, barriers: tuple[Barrier, ...]) -> None:
    """Each condition alone shuts it."""
    assert barriers_to_paradox(failure) == barriers


@pytest.mark.parametrize(
    ("channel", "half_life"),
    [
        (None, 5 * MINUTE_MS),
        (Channel.FACE_TO_FACE, 5 * MINUTE_MS),
        (Channel.SELF_SERVICE, 5 * MINUTE_MS),
        (Channel.PHONE, HOUR_MS),
        (Channel.EMAIL, DAY_MS),
        (Channel.PUBLICATION, 7 * DAY_MS),
    ],
)
def test_patience_depends_on_the_channel(channel: Channel | None, half_life: int) -> None:
    """Minutes at a desk, days by post."""
    assert RECOVERY.half_life_ms(channel) == half_life


def test_speed_halves_with_each_half_life() -> None:
    """At once is everything, and what seems to come before the failure is at once."""
    assert [speed_of(each, HOUR_MS) for each in (-5, 0, HOUR_MS, 3 * HOUR_MS)] == [1, 1, 0.5, 0.125]


@pytest.mark.parametrize(
    ("kind", "minor", "major"),
    [
        (StayKind.SILENT, 0.37, 0.09),
        (StayKind.UNSATISFIED, 0.46, 0.19),
        (StayKind.SATISFIED, 0.70, 0.54),
        (StayKind.SATISFIED_QUICKLY, 0.95, 0.82),
    ],
)
def test_who_stays(kind: StayKind, minor: float, major: float) -> None:
    """TARP's figures, copied by hand."""
    stay = stay_of(kind)
    assert (stay.minor, stay.major) == (minor, major)
