"""Builders of judgements and findings that spell out only what a test is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from palvelumittari.records.rubric import Role
from palvelumittari.records.verdict import Outcome
from palvelumittari.scoring import Judgement, Settled, outcome_of, settle

Judge = Callable[..., Judgement]
Settle = Callable[..., tuple[Settled, ...]]


def _judgement(criterion: str, role: Role, weight: float, judged: float | Outcome, **keys: Any) -> Judgement:
    """`judged` is a fulfilment, or the outcome where there is none."""
    if isinstance(judged, Outcome):
        return Judgement(criterion=criterion, role=role, weight=weight, outcome=judged, **keys)
    outcome = outcome_of(judged)
    return Judgement(criterion=criterion, role=role, weight=weight, outcome=outcome, fulfilment=judged, **keys)


def _settled(*rows: tuple[Role, float, float | Outcome] | Judgement) -> tuple[Settled, ...]:
    """Rows of (role, weight, fulfilment or outcome) are named `c0`, `c1`, ... by their place."""
    return settle([row if isinstance(row, Judgement) else _judgement(f"c{at}", *row) for at, row in enumerate(rows)])


@pytest.fixture
def judge() -> Judge:
    """Builds a judgement: `judge("greeting", Role.LINEAR, 2, 0.75, cites=True)`."""
    return _judgement


@pytest.fixture
def settled() -> Settle:
    """Builds settled findings from short rows and judgements."""
    return _settled
