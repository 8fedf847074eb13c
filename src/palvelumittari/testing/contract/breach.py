"""A breach of the contract: what a plugin does that it must not, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import indent

import attrs

from palvelumittari.formats import Format, dumps
from palvelumittari.records.encounter import Encounter
from palvelumittari.words.errors import Problem


@attrs.frozen
class Breach:
    """One breach: what is wrong, what to do (`hint`), and the encounter `on` which it shows, if any."""

    what: str
    hint: str | None = attrs.field(default=None, kw_only=True)
    on: Encounter | None = attrs.field(default=None, kw_only=True)

    def __str__(self) -> str:
        """What is wrong, then what to try, then the encounter in the timeline notation."""
        hint = [f"    try: {self.hint}"] if self.hint else []
        text = dumps(self.on, format=Format.TIMELINE).rstrip("\n") if self.on is not None else ""
        shown = ["    on the encounter", indent(text, " " * 8)] if text else []
        return "\n".join([self.what, *hint, *shown])


def breaches_of(problems: Iterable[Problem]) -> list[Breach]:
    """The problems that the engine tells, as breaches."""
    return [Breach(str(problem)) for problem in problems]
