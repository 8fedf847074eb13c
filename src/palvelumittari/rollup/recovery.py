"""The arithmetic of recovery: its quality, the standing after it, the gate to a paradox, and who stays.

Standings lie in [-1, 1]; 0 is neutral. The order of the weights comes from meta-analyses (Orsingher, Valentini &
de Angelis 2010; Gelbrich & Roschk 2011), their sizes, the lift and the half-lives are ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from palvelumittari.records.encounter import Channel
from palvelumittari.records.episode import Barrier, Control, Failure, FailureKind, JusticeKind, Stay, StayKind

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS

Weights = Mapping[JusticeKind, float]


def _weights(distributive: float, interactional: float, procedural: float) -> Weights:
    values = (distributive, interactional, procedural)
    return MappingProxyType(dict(zip(JusticeKind, values, strict=True)))


@attrs.frozen(kw_only=True)
class Recovery:
    """The numbers of the recovery model, all of which a caller may set otherwise.

    Args:
        money: How much each kind of justice weighs where money was lost.
        service: The same where the service alone failed.
        lift: How much a perfect recovery of a failure without any severity may add (0.6).
        paradox_severity: The highest severity at which a recovery may lift above the standing before (0.5).
        severity: The severity where nobody noted one (0.5).
        speed: The speed where no times were noted (0.5: as if it had come after one half-life).
        desk_ms, phone_ms, office_ms, post_ms: After which time half of the credit for speed is gone.
        patience: After how many half-lives without an acknowledgement or a repair the matter counts as unrecovered (4).
        quickly: From which speed on a satisfied customer was satisfied quickly (0.5).
    """

    money: Weights = attrs.field(factory=lambda: _weights(0.45, 0.35, 0.20))
    service: Weights = attrs.field(factory=lambda: _weights(0.35, 0.45, 0.20))
    lift: float = 0.6
    paradox_severity: float = 0.5
    severity: float = 0.5
    speed: float = 0.5
    desk_ms: int = 5 * MINUTE_MS
    phone_ms: int = HOUR_MS
    office_ms: int = DAY_MS
    post_ms: int = 7 * DAY_MS
    patience: float = 4.0
    quickly: float = 0.5

    def weights(self, kind: FailureKind) -> Weights:
        """How much each kind of justice weighs for a kind of failure."""
        return self.money if kind is FailureKind.MONEY else self.service

    def half_life_ms(self, channel: Channel | None) -> int:
        """After which time half of the credit for speed is gone, in a channel."""
        by_channel = {
            Channel.PHONE: self.phone_ms,
            Channel.CHAT: self.phone_ms,
            Channel.EMAIL: self.office_ms,
            Channel.SOCIAL: self.office_ms,
            Channel.PUBLICATION: self.post_ms,
        }
        return self.desk_ms if channel is None else by_channel.get(channel, self.desk_ms)


RECOVERY = Recovery()
"""The numbers that are used where a caller gives none."""


def quality_of(values: Mapping[JusticeKind, float], weights: Weights) -> float:
    """The quality of a recovery in [0, 1] from the three kinds of justice, each in [0, 1].

    >>> from palvelumittari.records.episode import JusticeKind
    >>> round(quality_of(dict(zip(JusticeKind, (1, 1, 0.8))), RECOVERY.money), 2)
    0.96
    """
    return sum(weights[kind] * values[kind] for kind in JusticeKind)


def standing_after(before: float, during: float, quality: float, severity: float, *, lift: float = 0.6) -> float:
    """The standing after a recovery, in [-1, 1], before any gate.

    Args:
        before: The standing before the failure, in [-1, 1].
        during: The standing in the failure, in [-1, 1].
        quality: The quality of the recovery, in [0, 1].
        severity: How bad the failure was, in [0, 1].
        lift: How much a perfect recovery of a failure without any severity may add.

    >>> round(standing_after(0, -0.9, 0.96, 0.5), 2)
    0.25
    """
    after = during + quality * (before - during) + lift * quality * (1 - severity)
    return min(max(after, -1.0), 1.0)


def barriers_to_paradox(failure: Failure, most_severe: float = 0.5) -> tuple[Barrier, ...]:
    """What forbids a standing above that before the failure; nothing if a recovery may lift it (Magnini et al. 2007).

    It may after a first, not too severe failure whose cause neither lasts nor was in the firm's hands.
    """
    found = {
        Barrier.SEVERE: failure.severity > most_severe,
        Barrier.NOT_FIRST: failure.count > 1,
        Barrier.STABLE: failure.stable,
        Barrier.CONTROLLED: failure.control is Control.HIGH,
    }
    return tuple(barrier for barrier, is_shut in found.items() if is_shut)


def speed_of(elapsed_ms: int, half_life_ms: int) -> float:
    """The credit for speed in (0, 1]: halved with each half-life that passed.

    >>> speed_of(10 * MINUTE_MS, 5 * MINUTE_MS)
    0.25
    """
    return math.pow(2, -max(elapsed_ms, 0) / half_life_ms)


_STAYS = MappingProxyType(
    {
        StayKind.SILENT: (0.37, 0.09),
        StayKind.UNSATISFIED: (0.46, 0.19),
        StayKind.SATISFIED: (0.70, 0.54),
        StayKind.SATISFIED_QUICKLY: (0.95, 0.82),
    }
)
"""TARP's shares of customers who would buy again, after a minor and a major loss."""


def stay_of(kind: StayKind) -> Stay:
    """How probably customers stay who did so about a failure (TARP)."""
    minor, major = _STAYS[kind]
    return Stay(kind=kind, minor=minor, major=major)
