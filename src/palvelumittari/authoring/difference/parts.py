"""The parts in which two records of one kind differ, down to single keys as they stand in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from palvelumittari.reading.structure import file_key
from palvelumittari.records.measure import DURATION, MEASURES, Grade, Grades, Measure, Responds, Rule
from palvelumittari.words.text import Text
from palvelumittari.words.timing import duration_from_ms


@attrs.frozen(kw_only=True)
class Part:
    """One key with its two values; `step` (from 1) is the pair or the grade in which it stands."""

    key: str
    old: Any
    new: Any
    step: int | None = None


def parts_of_text(key: str, old: Text | None, new: Text | None) -> Iterator[Part]:
    """The languages in which a text differs: `title.fi`."""
    before, after = (text.said if text is not None else {} for text in (old, new))
    for language in dict.fromkeys([*before, *after]):
        if before.get(language) != after.get(language):
            yield Part(key=f"{key}.{language}", old=before.get(language), new=after.get(language))


def parts_of(old: Any, new: Any, *, step: int | None = None) -> Iterator[Part]:
    """The fields in which two records of one class differ; durations are given as texts."""
    for field in attrs.fields(type(new)):
        before, after = getattr(old, field.name), getattr(new, field.name)
        key = file_key(field.name)
        if before == after or not field.eq:
            continue
        if isinstance(before, Text) or isinstance(after, Text):
            yield from parts_of_text(key, before, after)
        else:
            yield Part(key=key, old=as_in_file(field.name, before), new=as_in_file(field.name, after), step=step)


def parts_of_measure(old: Measure, new: Measure) -> Iterator[Part]:
    """In what two measures differ: as a whole, or key by key if they are of one kind."""
    if type(old) is not type(new):
        yield Part(key="measure", old=old, new=new)
    elif isinstance(old, Responds) and isinstance(new, Responds):
        yield from _steps("rules", old.rules, new.rules)
    elif isinstance(old, Grades) and isinstance(new, Grades):
        yield from parts_of(attrs.evolve(old, acts=new.acts), new)
        yield from _steps("acts", old.acts, new.acts)
    else:
        yield from parts_of(old, new)


def _steps(key: str, old: tuple[Rule | Grade, ...], new: tuple[Rule | Grade, ...]) -> Iterator[Part]:
    """The pairs of `responds` or the grades of `grades` by their places; those at the end come and go."""
    is_only = len(old) == len(new) == 1
    for place in range(max(len(old), len(new))):
        step = None if is_only else place + 1
        if place < len(old) and place < len(new):
            yield from parts_of(old[place], new[place], step=step)
        else:
            before, after = (steps[place] if place < len(steps) else None for steps in (old, new))
            yield Part(key=key, old=before, new=after, step=step)


def parts_of_changes(old: Any, new: Any) -> Iterator[Part]:
    """The keys in which what two situations change differs."""
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if isinstance(before, Text) or isinstance(after, Text):
            yield from parts_of_text(file_key(name), before, after)
        else:
            yield Part(key=file_key(name), old=as_in_file(name, before), new=as_in_file(name, after))


def as_in_file(name: str, value: Any) -> Any:
    """The value of a key of any measure; a duration as a text."""
    return duration_from_ms(value) if name in _DURATIONS and value is not None else value


_DURATIONS = frozenset(
    field.name for kind in MEASURES.values() for field in attrs.fields(kind) if field.metadata == DURATION
)
"""The attributes that hold durations, whichever measure it is."""
