"""The vocabulary: the acts, groups, tags and context fields that encounters and rubrics may name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

import attrs

from palvelumittari.records.encounter import Actor, Channel, Modality, Observer
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text


@attrs.frozen
class Act:
    """A term of the vocabulary.

    `modalities` are the ways in which it can be perceived, `by` the actors who may do it, `kind_of` the more
    general acts it is a kind of. A group (`is_group`) is a name for several acts and never stands in a timeline.
    `origin` is the distribution that declares it.
    """

    id: str
    title: Text
    modalities: frozenset[Modality] = attrs.field(kw_only=True)
    by: frozenset[Actor] = attrs.field(default=frozenset(Actor), kw_only=True)
    kind_of: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    core: bool = attrs.field(default=False, kw_only=True)
    is_group: bool = attrs.field(default=False, kw_only=True)
    members: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    note: Text | None = attrs.field(default=None, kw_only=True)
    origin: str = attrs.field(default="", kw_only=True, eq=False)

    @property
    def speaks(self) -> bool:
        """Whether somebody speaks when this is done, so that it makes a turn."""
        return Modality.SPEECH in self.modalities


@attrs.frozen
class Tag:
    """A refinement of an act, written `#id` in the notation."""

    id: str
    title: Text
    origin: str = attrs.field(default="", kw_only=True, eq=False)


class FieldType(StrEnum):
    """What a context field holds."""

    COUNT = "count"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"
    CHOICE = "choice"


@attrs.frozen
class Field:
    """A declared context field such as `setting.queue`, with its type, unit and permitted values or range."""

    name: str
    type: FieldType
    title: Text = Text(FrozenMap())
    unit: str | None = attrs.field(default=None, kw_only=True)
    values: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    range: tuple[float, float] | None = attrs.field(default=None, kw_only=True)
    origin: str = attrs.field(default="", kw_only=True, eq=False)

    @property
    def expected(self) -> str:
        """What a value must be, in words for a message."""
        words = {
            FieldType.COUNT: "a whole number from 0",
            FieldType.NUMBER: "a number",
            FieldType.FLAG: "true or false",
            FieldType.TEXT: "text",
            FieldType.CHOICE: "one of " + ", ".join(self.values),
        }[self.type]
        return f"{words} from {self.range[0]:g} to {self.range[1]:g}" if self.range else words

    def accepts(self, value: Any) -> bool:
        """Whether `value` has the type of this field and lies in its range."""
        if self.type is FieldType.FLAG:
            return isinstance(value, bool)
        if self.type in (FieldType.TEXT, FieldType.CHOICE):
            return isinstance(value, str) and (not self.values or value in self.values)
        whole = int if self.type is FieldType.COUNT else (int, float)
        if isinstance(value, bool) or not isinstance(value, whole):
            return False
        low, high = self.range or ((0, float("inf")) if self.type is FieldType.COUNT else (-1e308, 1e308))
        return low <= value <= high


BUILT_IN_FIELDS = (
    Field("channel", FieldType.CHOICE, values=tuple(Channel)),
    Field("sector", FieldType.TEXT),
    Field("language", FieldType.TEXT),
    Field("observer", FieldType.CHOICE, values=tuple(Observer)),
)
"""Context that every encounter may have at its top level."""


@attrs.frozen
class Vocabulary:
    """An immutable registry of acts (groups included), tags and fields by name."""

    acts: FrozenMap[Act]
    tags: FrozenMap[Tag] = FrozenMap()
    fields: FrozenMap[Field] = FrozenMap({field.name: field for field in BUILT_IN_FIELDS})

    @cached_property
    def selected(self) -> Mapping[str, frozenset[str]]:
        """For each act or group, the acts that selecting it selects: itself, its kinds, and so on."""
        return {name: frozenset(self._closure(name)) for name in self.acts}

    @cached_property
    def core_acts(self) -> frozenset[str]:
        """The acts that do the task the customer came for."""
        return frozenset(kind for act in self.acts.values() if act.core for kind in self.selected[act.id])

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, list[str]] = {name: list(act.members) for name, act in self.acts.items()}
        for act in self.acts.values():
            for parent in act.kind_of:
                children[parent].append(act.id)
        return {name: tuple(found) for name, found in children.items()}

    def _closure(self, name: str) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self._children[current])
        return {act for act in found if not self.acts[act].is_group}

    def any_of(self, *names: str) -> frozenset[str]:
        """All acts that selecting any of `names` selects; names that are not declared select nothing."""
        return frozenset(act for name in names for act in self.selected.get(name, ()))

    def ancestors(self, name: str) -> frozenset[str]:
        """The acts and groups whose selection selects `name`, itself included."""
        return frozenset(other for other, kinds in self.selected.items() if name in kinds)

    def title(self, name: str) -> Text:
        """The title of an act; its id where it is not declared."""
        act = self.acts.get(name)
        return act.title if act else Text(FrozenMap({"en": name}))

    def timeline_acts(self) -> Iterable[str]:
        """The acts that may stand in a timeline: all but groups."""
        return (name for name, act in self.acts.items() if not act.is_group)
