"""How a record about several encounters names one of them, or one of their events, without saying who was there.

Encounters are numbered from 1 in the order in which they were given. Ids and words that were said stay out unless
whoever makes the record asks for them: an id may be somebody's name.
"""

from __future__ import annotations

import attrs

from palvelumittari.records.encounter import SECONDS, Actor, Encounter
from palvelumittari.records.verdict import Band, Verdict
from palvelumittari.words.phrases import act_in_words, decimal, phrase, quoted
from palvelumittari.words.text import Text
from palvelumittari.words.timing import clock_from_ms


@attrs.frozen(kw_only=True)
class EncounterRef:
    """One of several encounters: its number from 1, where it was, and how it was scored.

    `id` is the id of the encounter, `None` unless it was asked for. `score` and `band` are `None` where nothing was
    judged on evidence.
    """

    number: int
    id: str | None = None
    sector: str | None = None
    channel: str | None = None
    score: float | None = None
    band: Band | None = None

    def name(self, language: str) -> str:
        """What a text calls it: its id if that was asked for, else its number."""
        return self.id or phrase("ref.encounter", language, number=self.number)

    def place(self, language: str) -> str:
        """Its sector and channel, as far as they are known; empty if neither is."""
        channel = phrase(f"channel.{self.channel}", language) if self.channel else None
        return ", ".join(part for part in (self.sector, channel) if part)

    def verdict(self, language: str) -> str:
        """Its score and band, or that there is none."""
        band = phrase(f"band.{self.band or 'none'}", language)
        return band if self.score is None else f"{decimal(self.score, language)}, {band}"


@attrs.frozen(kw_only=True)
class EventRef:
    """One event of one of several encounters.

    `encounter` is the number of the encounter from 1, `event` the index of the event from 0. The rest repeats the
    event, so that the record can be read alone; `text` is `None` unless it was asked for.
    """

    encounter: int
    event: int
    by: Actor
    act: str
    title: Text
    at_ms: int | None = attrs.field(default=None, metadata=SECONDS)
    text: str | None = None

    def told(self, encounter: str, language: str) -> str:
        """The event in words, in the encounter that a text calls so."""
        act = act_in_words(self.title.said_in(language), language)
        when = phrase("event_number", language, self.event + 1)
        if self.at_ms is not None:
            when = clock_from_ms(self.at_ms)
        said = f", {quoted(self.text, language)}" if self.text else ""
        return phrase("ref.event", language, act=act, encounter=encounter, when=when + said)


def reference(number: int, verdict: Verdict, *, names: bool) -> EncounterRef:
    """The encounter of a verdict as the one of that number; with its id only if `names`."""
    return EncounterRef(
        number=number,
        id=verdict.encounter if names else None,
        sector=verdict.sector,
        channel=verdict.channel,
        score=verdict.score,
        band=verdict.band,
    )


def event_reference(number: int, encounter: Encounter, index: int, title: Text, *, names: bool) -> EventRef:
    """An event of the encounter of that number; with what was said only if `names`."""
    event = encounter.events[index]
    return EventRef(
        encounter=number,
        event=index,
        by=event.by,
        act=event.act,
        title=title,
        at_ms=event.at_ms,
        text=event.text if names else None,
    )
