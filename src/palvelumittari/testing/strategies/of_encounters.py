"""Hypothesis strategies: random encounters of a vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from palvelumittari.records.encounter import Actor, Channel, Encounter, Event, Modality, Observer, Record
from palvelumittari.records.vocabulary import Field, FieldType, Vocabulary

MAX_STEP_MS = 120_000
"""The longest pause between two events, so that windows of seconds are met and missed."""

CHANNELS = st.sampled_from(list(Channel))
OBSERVERS = st.none() | st.sampled_from(list(Observer))
RECORDS = st.none() | st.sampled_from(list(Record))
MODALITIES = st.none() | st.lists(st.sampled_from(list(Modality)), unique=True).map(tuple)
SPANS = st.none() | st.integers(0, MAX_STEP_MS)
PERSONS = st.none() | st.sampled_from(["anna", "2"])
ADDRESSEES = st.none() | st.sampled_from(list(Actor))
SAID = st.none() | st.text(max_size=8)


def encounters(
    vocabulary: Vocabulary, *, sector: str | None = None, max_events: int = 12, acts: Collection[str] | None = None
) -> SearchStrategy[Encounter]:
    """Valid encounters of every kind: any channel and record, times noted or not, fields noted or not.

    Args:
        vocabulary: The acts, tags and fields that they name; every act is done by somebody who may do it.
        sector: The sector of all of them; `None` for none, so that the universal rubric serves.
        max_events: How many events they hold at most.
        acts: The acts that happen in them, kinds included, so that those meet that belong together; `None` for any.
    """
    happening = sorted(vocabulary.timeline_acts() if acts is None else vocabulary.any_of(*acts))
    events = _Events(vocabulary, st.sampled_from(happening))
    counts, durations = st.integers(0, max_events), st.integers(0, MAX_STEP_MS)
    setting, customer = _fields(vocabulary, "setting"), _fields(vocabulary, "customer")

    @st.composite
    def encounter(draw: DrawFn) -> Encounter:
        count = draw(counts)  # drawn by itself, for lists alone are mostly short
        steps = draw(st.lists(durations, min_size=count, max_size=count))
        is_noted = draw(st.lists(st.booleans(), min_size=count, max_size=count))
        times = [sum(steps[: index + 1]) for index in range(len(steps))]
        end_ms = times[-1] if times else 0
        return Encounter(
            "random",
            tuple(events.drawn(draw, at_ms if noted else None) for at_ms, noted in zip(times, is_noted, strict=True)),
            sector=sector,
            channel=draw(CHANNELS),
            observer=draw(OBSERVERS),
            record=draw(RECORDS),
            observed=draw(MODALITIES),
            ends_ms=draw(st.none() | st.integers(end_ms, end_ms + MAX_STEP_MS)),
            setting=draw(setting),
            customer=draw(customer),
        )

    return encounter()


@attrs.frozen(slots=False)
class _Events:
    """What events are drawn from. Strategies are made once, for making them takes longer than drawing."""

    vocabulary: Vocabulary
    acts: SearchStrategy[str]

    def drawn(self, draw: DrawFn, at_ms: int | None) -> Event:
        """An event at a moment; its act is done by somebody who may do it."""
        act = draw(self.acts)
        return Event(
            draw(self._actors[act]),
            act,
            at_ms=at_ms,
            lasts_ms=draw(SPANS),
            who=draw(PERSONS),
            to=draw(ADDRESSEES),
            text=draw(SAID),
            tags=tuple(draw(self._tags)),
        )

    @cached_property
    def _actors(self) -> Mapping[str, SearchStrategy[Actor]]:
        return {name: st.sampled_from(sorted(act.by)) for name, act in self.vocabulary.acts.items() if act.by}

    @cached_property
    def _tags(self) -> SearchStrategy[list[str]]:
        tags = sorted(self.vocabulary.tags)
        return st.lists(st.sampled_from(tags), unique=True, max_size=2) if tags else st.just([])


def _fields(vocabulary: Vocabulary, place: str) -> SearchStrategy[Mapping[str, Any]]:
    """Values for some of the declared fields of `setting` or `customer`."""
    fields = {
        name.partition(".")[2]: field for name, field in vocabulary.fields.items() if name.startswith(f"{place}.")
    }
    return st.fixed_dictionaries({}, optional={key: _values(field) for key, field in fields.items()})


def _values(field: Field) -> SearchStrategy[Any]:
    """Values that a field takes; numbers are small, as in life."""
    low, high = field.range or (0, 1000)
    if field.type is FieldType.FLAG:
        return st.booleans()
    if field.type in (FieldType.CHOICE, FieldType.TEXT):
        return st.sampled_from(field.values) if field.values else st.text(max_size=8)
    if field.type is FieldType.COUNT:
        return st.integers(int(low), int(high)) | st.integers(0, 4).filter(field.accepts)
    return st.floats(low, high)
