"""The encounter: one meeting of a customer and the service, in a context, with a timeline of events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.words.frozen import FrozenMap, freeze


class Actor(StrEnum):
    """Who did something. In `self_service` the machine that serves is the server."""

    CUSTOMER = "customer"
    COMPANION = "companion"
    SERVER = "server"
    COLLEAGUE = "colleague"
    BYSTANDER = "bystander"
    SYSTEM = "system"


class Side(StrEnum):
    """The two sides that take turns; bystanders and the system belong to neither."""

    CUSTOMER = "customer"
    STAFF = "staff"


SIDE_OF = {
    Actor.CUSTOMER: Side.CUSTOMER,
    Actor.COMPANION: Side.CUSTOMER,
    Actor.SERVER: Side.STAFF,
    Actor.COLLEAGUE: Side.STAFF,
}
"""The side of each actor that has one."""


class Modality(StrEnum):
    """How an act can be perceived."""

    SPEECH = "speech"
    GAZE = "gaze"
    FACE = "face"
    BODY = "body"
    TASK = "task"
    SYSTEM = "system"


class Channel(StrEnum):
    """Where the two sides meet."""

    FACE_TO_FACE = "face_to_face"
    PHONE = "phone"
    CHAT = "chat"
    EMAIL = "email"
    SOCIAL = "social"
    PUBLICATION = "publication"
    SELF_SERVICE = "self_service"


class Observer(StrEnum):
    """Whose record this is."""

    CUSTOMER = "customer"
    SERVER = "server"
    MYSTERY_SHOPPER = "mystery_shopper"
    PEER = "peer"
    MACHINE = "machine"


class Record(StrEnum):
    """Whether silence proves anything: a `full` record holds all that happened, an `excerpt` a told moment."""

    FULL = "full"
    EXCERPT = "excerpt"


SECONDS: Mapping[str, str] = MappingProxyType({"form": "seconds"})
"""Marks a field that holds milliseconds in memory and seconds in files."""


def _strings(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(items)


@attrs.frozen
class Event:
    """Something one actor did at one moment.

    `at_ms` and `lasts_ms` are milliseconds from the start of the encounter, `None` if nobody noted them.
    `to` is the addressee (default: the other side), `who` tells several of one kind apart, `span` is the
    half-open range of characters of `text` from which `detector` derived the act.
    """

    by: Actor
    act: str
    at_ms: int | None = attrs.field(default=None, kw_only=True, metadata=SECONDS)
    lasts_ms: int | None = attrs.field(default=None, kw_only=True, metadata=SECONDS)
    who: str | None = attrs.field(default=None, kw_only=True)
    to: Actor | None = attrs.field(default=None, kw_only=True)
    text: str | None = attrs.field(default=None, kw_only=True)
    tags: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=_strings)
    detector: str | None = attrs.field(default=None, kw_only=True)
    span: tuple[int, int] | None = attrs.field(default=None, kw_only=True)

    @property
    def side(self) -> Side | None:
        """The side that acts, `None` for bystanders and the system."""
        return SIDE_OF.get(self.by)

    @property
    def addressee(self) -> Actor:
        """`to`, or the other side: the server for what customers do, the customer for everything else."""
        if self.to is not None:
            return self.to
        return Actor.SERVER if self.side is Side.CUSTOMER else Actor.CUSTOMER


@attrs.frozen
class Source:
    """Where a reader found an encounter: file format, path and index within the file."""

    format: str
    path: str | None = None
    index: int | None = None


def _events(items: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(items)


@attrs.frozen
class Encounter:
    """One meeting of a customer and the service.

    `ends_ms` is when the record ends, if later than the last event. `observed` are the modalities that the
    record covers (`None`: the default of the channel). `setting` and `customer` hold declared fields of the
    vocabulary; `outcome` and `extra` are carried through and never judged.
    """

    id: str
    events: tuple[Event, ...] = attrs.field(converter=_events)
    sector: str | None = attrs.field(default=None, kw_only=True)
    channel: Channel | None = attrs.field(default=None, kw_only=True)
    language: str | None = attrs.field(default=None, kw_only=True)
    started: datetime | None = attrs.field(default=None, kw_only=True)
    observer: Observer | None = attrs.field(default=None, kw_only=True)
    record: Record | None = attrs.field(default=None, kw_only=True)
    observed: tuple[Modality, ...] | None = attrs.field(default=None, kw_only=True)
    ends_ms: int | None = attrs.field(default=None, kw_only=True, metadata=SECONDS)
    setting: FrozenMap[Any] = attrs.field(default=FrozenMap(), kw_only=True, converter=freeze)
    customer: FrozenMap[Any] = attrs.field(default=FrozenMap(), kw_only=True, converter=freeze)
    server: FrozenMap[Any] = attrs.field(default=FrozenMap(), kw_only=True, converter=freeze)
    outcome: FrozenMap[Any] = attrs.field(default=FrozenMap(), kw_only=True, converter=freeze)
    source: Source | None = attrs.field(default=None, kw_only=True)
    extra: FrozenMap[Any] = attrs.field(default=FrozenMap(), kw_only=True, converter=freeze)

    @property
    def is_full(self) -> bool:
        """Whether silence counts: the record says `full`, or says nothing and a machine observed."""
        if self.record is not None:
            return self.record is Record.FULL
        return self.observer is Observer.MACHINE

    @property
    def observed_modalities(self) -> frozenset[Modality]:
        """The modalities the record covers; by default all face to face, all but gaze and face elsewhere."""
        if self.observed is not None:
            return frozenset(self.observed)
        everything = frozenset(Modality)
        if self.channel in (None, Channel.FACE_TO_FACE):
            return everything
        return everything - {Modality.GAZE, Modality.FACE}

    def field_value(self, name: str) -> Any:
        """The value of a context field such as `channel` or `setting.queue`; `None` if nobody noted it."""
        place, _, key = name.partition(".")
        if not key:
            return getattr(self, place)
        values: FrozenMap[Any] = getattr(self, place)
        return values.get(key)
