"""Weights: coverage, or how much of the weight was judged on evidence.

The law: judged + not judged = all weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from palvelumittari.records.verdict import Outcome
from palvelumittari.scoring.settling import Settled


def all_weight(settled: Iterable[Settled]) -> float:
    """The weight of all counted criteria that are not `not_applicable`; 0 if there are none."""
    return fsum(one.judgement.weight for one in settled if _applies(one))


def judged_weight(settled: Iterable[Settled]) -> float:
    """The weight of those among them that are met, partly or missed on evidence."""
    return fsum(one.judgement.weight for one in settled if _applies(one) and one.on_evidence)


def not_judged_weight(settled: Iterable[Settled]) -> float:
    """The weight of the others: vacuous, not observed, excused, undecided, in error, or without evidence."""
    return fsum(one.judgement.weight for one in settled if _applies(one) and not one.on_evidence)


def coverage(settled: Iterable[Settled]) -> float | None:
    """The share in [0, 1] of all weight that was judged on evidence; `None` where no criterion applies."""
    settled = tuple(settled)
    whole = all_weight(settled)
    return judged_weight(settled) / whole if whole else None


def _applies(settled: Settled) -> bool:
    return settled.counted and settled.outcome is not Outcome.NOT_APPLICABLE
