"""Roles: how a fulfilment counts, by Kano's model."""

from __future__ import annotations

from palvelumittari.records.rubric import Role


def rating(role: Role, fulfilment: float) -> float:
    """A fulfilment in [0, 1] seen through the role.

    A `must` and a `penalty` can only lose: [-1, 0]. A `bonus` can only win: [0, 1]. A `linear` does both:
    [-1, 1].

    >>> rating(Role.MUST, 0.25), rating(Role.LINEAR, 0.25), rating(Role.BONUS, 0.25)
    (-0.75, -0.5, 0.25)
    """
    if role is Role.LINEAR:
        return 2 * fulfilment - 1
    return fulfilment if role is Role.BONUS else fulfilment - 1
