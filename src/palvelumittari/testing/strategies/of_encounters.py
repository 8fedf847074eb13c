"""Hypothesis strategies: random encounters of a vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from palvelumittari.records.encounter import Actor, Channel, Encounter, Event, Modality, Observer, Record
from palvelumittari.records.vocabulary import Field, FieldType, Vocabulary

MAX_STEP_MS = 120_000
"""The longest pause between two events, so that windows of seconds are met and missed."""


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
    tags = (
        st.lists(st.sampled_from(sorted(vocabulary.tags)), unique=True, max_size=2) if vocabulary.tags else st.just([])
    )
    maybe_text = st.none() | st.text(max_size=8)

    @st.composite
    def event(draw: DrawFn, at_ms: int | None) -> Event:
        act = draw(st.sampled_from(happening))
        return Event(
            draw(st.sampled_from(sorted(vocabulary.acts[act].by))),
            act,
            at_ms=at_ms,
            lasts_ms=draw(st.none() | st.integers(0, MAX_STEP_MS)),
            who=draw(st.none() | st.sampled_from(["anna", "2"])),
            to=draw(st.none() | st.sampled_from(list(Actor))),
            text=draw(maybe_text),
            tags=tuple(draw(tags)),
        )

    @st.composite
    def encounter(draw: DrawFn) -> Encounter:
        count = draw(st.integers(0, max_events))  # drawn by itself, for lists alone are mostly short
        steps = draw(st.lists(st.integers(0, MAX_STEP_MS), min_size=count, max_size=count))
        is_noted = draw(st.lists(st.booleans(), min_size=count, max_size=count))
        times = [sum(steps[: index + 1]) for index in range(len(steps))]
        end_ms = times[-1] if times else 0
        return Encounter(
            "random",
            tuple(draw(event(at_ms if noted else None)) for at_ms, noted in zip(times, is_noted, strict=True)),
            sector=sector,
            channel=draw(st.sampled_from(list(Channel))),
            observer=draw(st.none() | st.sampled_from(list(Observer))),
            record=draw(st.none() | st.sampled_from(list(Record))),
            observed=draw(st.none() | st.lists(st.sampled_from(list(Modality)), unique=True).map(tuple)),
            ends_ms=draw(st.none() | st.integers(end_ms, end_ms + MAX_STEP_MS)),
            setting=draw(_fields(vocabulary, "setting")),
            customer=draw(_fields(vocabulary, "customer")),
        )

    return encounter()


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
