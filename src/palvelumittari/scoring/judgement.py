"""What the measures hand to scoring: one judgement per criterion, with no event in it."""

from __future__ import annotations

import attrs

from palvelumittari.records.rubric import Caps, Lifecycle, Role
from palvelumittari.records.verdict import Outcome


@attrs.frozen(kw_only=True)
class Judgement:
    """How far one criterion was fulfilled, and what scoring has to know of the criterion.

    `criterion` is its id and `weight` a positive number. `outcome` is `met`, `partly` or `missed` where there
    is a `fulfilment` (in [0, 1], see `outcome_of`); else, with `fulfilment` `None`, `not_applicable`,
    `not_observed`, `undecided` or `error`. `vacuous` says that it was met without an occasion, `cites` that
    it cites an event, `excuse` that a situation which applies excuses a negative rating. `refines` are the
    ids of the criteria that this one replaces where it is judged. `caps`, `lifts` and `lifecycle` are the
    criterion's own.
    """

    criterion: str
    role: Role
    weight: float
    outcome: Outcome
    fulfilment: float | None = None
    vacuous: bool = False
    cites: bool = False
    excuse: bool = False
    refines: tuple[str, ...] = ()
    caps: Caps = Caps.POOR
    lifts: bool = True
    lifecycle: Lifecycle = Lifecycle.STABLE


def outcome_of(fulfilment: float) -> Outcome:
    """What a fulfilment in [0, 1] is called: `met` at 1, `missed` at 0, else `partly`.

    >>> outcome_of(0.5).value
    'partly'
    """
    if fulfilment >= 1:
        return Outcome.MET
    return Outcome.MISSED if fulfilment <= 0 else Outcome.PARTLY
