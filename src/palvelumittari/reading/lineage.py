"""What a rubric rests on: its parents, and the criteria that come down to it with overrides and drops applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from palvelumittari.reading.circles import circle_through
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.reading.structure import Path
from palvelumittari.words.errors import Problem, did_you_mean

Files = Mapping[str, RubricFile]
Found = Iterator[tuple[Path, Problem]]
Raw = Mapping[str, Any]


@attrs.frozen
class Entry:
    """One criterion of a lineage: its raw table as it stands by now, who declares it, and who overrides it."""

    raw: Raw
    owner: str
    overridden_by: tuple[str, ...] = ()

    def overridden(self, changes: Raw, by: str) -> Entry:
        """The same criterion with the changes of a rubric."""
        return Entry(merged(self.raw, changes), self.owner, (*self.overridden_by, by))


def lineage(tops: Sequence[str], files: Files) -> tuple[RubricFile, ...]:
    """The rubrics that `tops` rest on, themselves included: parents first, left to right, each once.

    Parents must exist (`KeyError`) and must not form a circle: `check_lineage` tells.
    """
    found: dict[str, RubricFile] = {}

    def visit(name: str) -> None:
        if name not in found:
            for parent in files[name].document.extends:
                visit(parent)
            found[name] = files[name]

    for top in tops:
        visit(top)
    return tuple(found.values())


def check_lineage(rubric: RubricFile, files: Files) -> Found:
    """Problems of `extends`: unknown parents, and circles, which are named in full."""
    for index, parent in enumerate(rubric.document.extends):
        if parent not in files:
            hint = did_you_mean(parent, files) or "install the plugin that brings it"
            yield ("extends", index), Problem(f"unknown rubric `{parent}`", hint=hint)
    yield from check_circles(rubric, files)


def check_circles(rubric: RubricFile, files: Files) -> Found:
    """Circles of `extends` through a rubric, each named in full; parents may be unknown."""

    def parents(name: str) -> tuple[str, ...]:
        return files[name].document.extends if name in files else ()

    for index, parent in enumerate(rubric.document.extends):
        if circle := circle_through(rubric.id, parent, parents):
            yield (
                ("extends", index),
                Problem(f"the rubric extends itself: {' -> '.join(circle)}", hint="break the circle"),
            )


def merged(base: Raw, changes: Raw) -> Raw:
    """`base` with `changes`: keys replaced, tables key by key, lists (and so `situation`) whole."""
    found = dict(base)
    for key, value in changes.items():
        old = found.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        found[key] = merged(old, value) if both else value  # type: ignore[arg-type]  # both are maps
    return found


def entries(tops: Sequence[str], files: Files) -> dict[str, Entry]:
    """The criteria of `tops` by qualified id: overrides applied in order, dropped ones left out."""
    gone = _dropped(tops, files)
    return {name: entry for name, entry in all_entries(tops, files).items() if name not in gone}


def all_entries(tops: Sequence[str], files: Files) -> dict[str, Entry]:
    """The same with those that are dropped."""
    found: dict[str, Entry] = {}
    for rubric in lineage(tops, files):
        for name, raw in rubric.own_criteria():
            found[name] = Entry(raw, rubric.id)
        for name, changes in rubric.document.override.items():
            if name in found:
                found[name] = found[name].overridden(changes, rubric.id)
    return found


def inherited(top: str, files: Files) -> frozenset[str]:
    """The qualified ids of all criteria that come down to a rubric, its own and dropped ones included."""
    return frozenset(name for rubric in lineage([top], files) for name, _ in rubric.own_criteria())


def _dropped(tops: Sequence[str], files: Files) -> frozenset[str]:
    """What every one of `tops` that inherits it drops."""
    known = {top: inherited(top, files) for top in tops}
    drops = {top: _dropped_by(top, files) for top in tops}
    everything = frozenset(name for top in tops for name in drops[top])
    return frozenset(name for name in everything if all(name in drops[top] for top in tops if name in known[top]))


def _dropped_by(top: str, files: Files) -> frozenset[str]:
    """What a rubric drops itself, or what all its parents that know of it drop."""
    document = files[top].document
    return frozenset(document.drop) | _dropped(document.extends, files)
