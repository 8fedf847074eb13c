"""A fulfilment seen through each role."""

from __future__ import annotations

import pytest

from palvelumittari.records.rubric import Role
from palvelumittari.scoring import rating

FULFILMENTS = (0.0, 0.25, 0.5, 1.0)


@pytest.mark.parametrize(
    ("role", "ratings"),
    [
        (Role.MUST, (-1.0, -0.75, -0.5, 0.0)),
        (Role.PENALTY, (-1.0, -0.75, -0.5, 0.0)),
        (Role.LINEAR, (-1.0, -0.5, 0.0, 1.0)),
        (Role.BONUS, (0.0, 0.25, 0.5, 1.0)),
    ],
)
def test_every_role_has_its_scale(role: Role, ratings: tuple[float, ...]) -> None:
    """Must and penalty only lose, a bonus only wins, a linear does both."""
    assert tuple(rating(role, fulfilment) for fulfilment in FULFILMENTS) == ratings
