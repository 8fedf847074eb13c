"""Gates: what holds a band back, whatever the balance says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from palvelumittari.records.rubric import Caps, Role
from palvelumittari.records.verdict import Band, Gate, GateKind
from palvelumittari.scoring.bands import PLACES
from palvelumittari.scoring.settling import Settled

GRAVE_AT = -0.8
"""A counted must with this rating or less is grave, unless it says `caps = "none"`."""

DELIGHT_AT = 0.8
"""A counted bonus with this rating or more delights, unless it says `lifts = false`."""


def gates_on(band: Band, settled: Sequence[Settled]) -> tuple[Gate, ...]:
    """The gates that bite on the calculated `band`, in order; each starts from the band that the former left.

    very_good needs a delight, else good; with a grave must the band is at most poor; very_poor needs a grave
    must, else poor. `criteria` are the grave ones, in the given order; the two gates that bite for want of
    any name none.
    """
    return tuple(_biting(band, tuple(_graves(settled)), any(map(_delights, settled))))


def band_behind(band: Band, gates: Sequence[Gate]) -> Band:
    """The band that is left of `band` behind its gates."""
    return gates[-1].after if gates else band


def _biting(band: Band, graves: tuple[str, ...], delighted: bool) -> Iterator[Gate]:
    if band is Band.VERY_GOOD and not delighted:
        yield Gate(GateKind.NO_DELIGHT, band, Band.GOOD)
        band = Band.GOOD
    if graves and band.rank > Band.POOR.rank:
        yield Gate(GateKind.GRAVE, band, Band.POOR, graves)
    if band is Band.VERY_POOR and not graves:
        yield Gate(GateKind.NO_GRAVE, band, Band.POOR)


def _graves(settled: Iterable[Settled]) -> Iterator[str]:
    return (one.criterion for one in settled if _is_grave(one))


def _is_grave(settled: Settled) -> bool:
    judgement = settled.judgement
    if judgement.role is not Role.MUST or judgement.caps is Caps.NONE:
        return False
    return settled.counted and settled.rating is not None and round(settled.rating, PLACES) <= GRAVE_AT


def _delights(settled: Settled) -> bool:
    judgement = settled.judgement
    if judgement.role is not Role.BONUS or not judgement.lifts:
        return False
    return settled.counted and settled.rating is not None and round(settled.rating, PLACES) >= DELIGHT_AT
