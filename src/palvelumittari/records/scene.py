"""What a plugin's measure sees of an encounter, and what it answers."""

from __future__ import annotations

from collections.abc import Collection

import attrs

from palvelumittari.records.encounter import Actor, Encounter
from palvelumittari.records.measure import Phase
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text


@attrs.frozen(kw_only=True)
class Scene:
    """An encounter as the meter walks along it.

    `phases` holds the phase of each event. `readings` holds for each reading its value before each event, and
    after the last one: one value more than there are events.
    """

    encounter: Encounter
    vocabulary: Vocabulary
    phases: tuple[Phase, ...]
    readings: FrozenMap[tuple[float, ...]]

    def find(self, *acts: str, by: Collection[Actor] = frozenset(Actor), after: int = -1) -> tuple[int, ...]:
        """The indices of the events after index `after` that are one of `acts` or their kinds, done by one of `by`."""
        wanted = self.vocabulary.any_of(*acts)
        events = enumerate(self.encounter.events)
        return tuple(index for index, event in events if index > after and event.by in by and event.act in wanted)


@attrs.frozen(kw_only=True)
class Answer:
    """What a measure says: fulfilment in [0, 1], or `None` if there is nothing to judge.

    `speaks_for` and `speaks_against` are indices of events; `reason` is a sentence. `undecided` says, beside no
    fulfilment, that there was something to judge but the record ends before it could be seen.
    """

    fulfilment: float | None
    speaks_for: tuple[int, ...] = ()
    speaks_against: tuple[int, ...] = ()
    reason: Text | None = None
    undecided: bool = False
