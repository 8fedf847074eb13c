"""What a page says, however it is shown: headed parts, and notes that may have further notes below them."""

from __future__ import annotations

from enum import StrEnum

import attrs


class Tone(StrEnum):
    """How a note is meant."""

    PLAIN = "plain"
    ASIDE = "aside"
    ADVICE = "advice"


@attrs.frozen
class Note:
    """One thing that is said: `text`, behind a `label` if it has one, with what belongs to it."""

    text: str
    label: str = ""
    notes: tuple[Note, ...] = attrs.field(default=(), kw_only=True)
    tone: Tone = attrs.field(default=Tone.PLAIN, kw_only=True)


@attrs.frozen(kw_only=True)
class Part:
    """A heading with what stands below it: `title` in words, `name` the id of what it is about, if it has one."""

    title: str
    name: str = ""
    notes: tuple[Note, ...] = ()
    parts: tuple[Part, ...] = ()
