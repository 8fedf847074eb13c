"""The stage on which one measure is asked: the timeline, its moments, and the circumstances of the criterion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Phase
from palvelumittari.records.rubric import Role
from palvelumittari.records.selector import Selector
from palvelumittari.reference.moments import Moments
from palvelumittari.reference.timeline import Timeline

OMISSION_FLOOR = 0.25
"""What an untriggered linear act that was left out is worth: omission is not commission."""


@attrs.frozen(kw_only=True)
class Stage:
    """What a measure needs beside its own data.

    `occasion` says whether a true `when` or situation reads the customer or the system; `witnesses` are the
    events that made it true.
    """

    moments: Moments
    role: Role
    occasion: bool = False
    witnesses: tuple[int, ...] = ()
    functions: Mapping[str, Callable[..., Any]]

    @property
    def timeline(self) -> Timeline:
        """The timeline."""
        return self.moments.timeline

    @property
    def is_full(self) -> bool:
        """Whether silence counts."""
        return self.timeline.encounter.is_full

    def matches(
        self,
        selector: Selector | None,
        *,
        while_: Condition | None = None,
        phase: tuple[Phase, ...] = (),
        beyond: int = -1,
    ) -> tuple[int, ...]:
        """The events after index `beyond` that match, while a condition holds, in one of the phases (none: any)."""
        return tuple(
            index
            for index in self.timeline.matches(selector)
            if index > beyond and (not phase or self.timeline.phases[index] in phase) and self.moments.at(while_, index)
        )

    def acts_of(self, events: tuple[int, ...]) -> tuple[str, ...]:
        """The acts of events, each once, in order."""
        return tuple(dict.fromkeys(self.timeline.events[index].act for index in events))

    def omission_floor(self, otherwise: float | None, *, triggered: bool) -> float:
        """The least an untriggered wanted act is worth: `otherwise`, or a quarter for a linear criterion."""
        if otherwise is not None:
            return otherwise
        return OMISSION_FLOOR if self.role is Role.LINEAR and not triggered else 0.0
