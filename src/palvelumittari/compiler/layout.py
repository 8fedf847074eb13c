"""Layouts: how the fields of an encounter and of its events are written in source.

Whoever brings encounters in another shape (dicts, structs, columns) brings another layout; emitters never name a field.
"""

from __future__ import annotations

from palvelumittari.compiler.source import Constants

_PLAIN = frozenset({"channel", "sector", "language", "observer"})
_MAPPED = frozenset({"setting", "customer"})


class RecordLayout:
    """The layout of `Encounter` and `Event`, the records themselves."""

    events = "encounter.events"
    ends_ms = "encounter.ends_ms"
    is_full = "encounter.is_full"
    observed = "encounter.observed"
    channel = "encounter.channel"

    def by(self, event: str) -> str:
        """Who did it."""
        return f"{event}.by"

    def act(self, event: str) -> str:
        """What was done."""
        return f"{event}.act"

    def tags(self, event: str) -> str:
        """The tags."""
        return f"{event}.tags"

    def to(self, event: str) -> str:
        """To whom, or `None` if nobody noted it."""
        return f"{event}.to"

    def at_ms(self, event: str) -> str:
        """When, in milliseconds, or `None`."""
        return f"{event}.at_ms"

    def lasts_ms(self, event: str) -> str:
        """How long, in milliseconds, or `None`."""
        return f"{event}.lasts_ms"

    def field(self, name: str, constants: Constants) -> str:
        """A context field such as `setting.queue`, or `None`."""
        place, _, key = name.partition(".")
        if place in _MAPPED and key:
            return f"encounter.{place}.get({constants.name(key)})"
        if name in _PLAIN:
            return f"encounter.{name}"
        return f"encounter.field_value({constants.name(name)})"


RECORDS = RecordLayout()
"""The layout of the records."""
