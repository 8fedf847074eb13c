"""Grave musts and delights."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.records.rubric import Caps, Lifecycle, Role
from palvelumittari.records.verdict import Band, Gate, GateKind, Outcome
from palvelumittari.scoring import Judgement, Settled, band_behind, gates_on

Judge = Callable[..., Judgement]
Settle = Callable[..., tuple[Settled, ...]]
HIGH = (Band.NEUTRAL, Band.GOOD, Band.VERY_GOOD)


def test_nothing_bites_in_the_middle() -> None:
    """Without findings only the two outermost bands are held back."""
    assert [gates_on(band, ()) for band in (Band.POOR, Band.NEUTRAL, Band.GOOD)] == [(), (), ()]


def test_very_good_needs_a_delight() -> None:
    """Without one the band is good, for want of anybody to name."""
    assert gates_on(Band.VERY_GOOD, ()) == (Gate(GateKind.NO_DELIGHT, Band.VERY_GOOD, Band.GOOD),)


def test_very_poor_needs_a_grave_must() -> None:
    """Without one the band is poor."""
    assert gates_on(Band.VERY_POOR, ()) == (Gate(GateKind.NO_GRAVE, Band.VERY_POOR, Band.POOR),)


@pytest.mark.parametrize("fulfilment", [0.8, 0.7999999, 1.0])
def test_a_delight_opens_very_good(settled: Settle, fulfilment: float) -> None:
    """A bonus at .8 or more, after rounding to six places."""
    assert gates_on(Band.VERY_GOOD, settled((Role.BONUS, 1, fulfilment))) == ()


def test_what_is_no_delight(judge: Judge, settled: Settle) -> None:
    """Not a lesser bonus, not one that never lifts, not a trial, nor a linear or a must."""
    findings = settled(
        judge("less", Role.BONUS, 1, 0.79),
        judge("never", Role.BONUS, 1, 1.0, lifts=False),
        judge("trial", Role.BONUS, 1, 1.0, lifecycle=Lifecycle.TRIAL),
        judge("unseen", Role.BONUS, 1, Outcome.NOT_OBSERVED),
        judge("linear", Role.LINEAR, 5, 1.0),
        judge("must", Role.MUST, 5, 1.0),
    )
    assert band_behind(Band.VERY_GOOD, gates_on(Band.VERY_GOOD, findings)) is Band.GOOD


@pytest.mark.parametrize("band", [Band.NEUTRAL, Band.GOOD])
def test_a_grave_must_holds_the_band_at_poor(settled: Settle, band: Band) -> None:
    """From every band above poor, in one step."""
    assert gates_on(band, settled((Role.MUST, 1, 0.2))) == (Gate(GateKind.GRAVE, band, Band.POOR, ("c0",)),)


@pytest.mark.parametrize("band", [Band.POOR, Band.VERY_POOR])
def test_a_grave_must_changes_nothing_below(settled: Settle, band: Band) -> None:
    """Poor stays poor, and very_poor may stay."""
    assert gates_on(band, settled((Role.MUST, 1, 0.0))) == ()


def test_what_is_not_grave(judge: Judge, settled: Settle) -> None:
    """Not a lesser breach, one that never caps, one excused, on trial or refined away; nor any other role."""
    findings = settled(
        judge("less", Role.MUST, 1, 0.21),
        judge("never", Role.MUST, 1, 0.0, caps=Caps.NONE),
        judge("excused", Role.MUST, 1, 0.0, excuse=True),
        judge("trial", Role.MUST, 1, 0.0, lifecycle=Lifecycle.TRIAL),
        judge("away", Role.MUST, 1, 0.0),
        judge("child", Role.LINEAR, 1, 0.0, refines=("away",)),
        judge("penalty", Role.PENALTY, 5, 0.0),
    )
    assert gates_on(Band.GOOD, findings) == ()
    assert band_behind(Band.VERY_POOR, gates_on(Band.VERY_POOR, findings)) is Band.POOR


def test_all_grave_musts_are_named_in_order(judge: Judge, settled: Settle) -> None:
    """The gate names everybody responsible, in the order of the findings."""
    findings = settled(judge("z", Role.MUST, 1, 0.0), judge("m", Role.MUST, 1, 1.0), judge("a", Role.MUST, 1, 0.1))
    (gate,) = gates_on(Band.NEUTRAL, findings)
    assert gate.criteria == ("z", "a")


def test_several_gates_follow_each_other(settled: Settle) -> None:
    """Each starts from the band that the former left."""
    gates = gates_on(Band.VERY_GOOD, settled((Role.MUST, 1, 0.0)))
    assert gates == (
        Gate(GateKind.NO_DELIGHT, Band.VERY_GOOD, Band.GOOD),
        Gate(GateKind.GRAVE, Band.GOOD, Band.POOR, ("c0",)),
    )
    assert band_behind(Band.VERY_GOOD, gates) is Band.POOR
