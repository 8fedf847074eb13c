"""Making changes that say themselves: when, after what, and what to do, in every language of the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from palvelumittari.advice.known import Known
from palvelumittari.advice.proposals import QUIET, Proposal
from palvelumittari.records.changes import START, Change, ChangeKind
from palvelumittari.records.encounter import Actor, Event, Side
from palvelumittari.words.phrases import act_in_words, catalogue, phrase, quoted
from palvelumittari.words.text import LANGUAGES, Text
from palvelumittari.words.timing import clock_from_ms, duration_from_ms

MAX_SAID = 30
"""How much of what somebody said is repeated to find the moment."""

MAX_NAMED = 3
"""How many moments a change names before it counts the rest."""


@attrs.frozen
class Changer:
    """Makes changes of one timeline."""

    known: Known

    def replace(self, events: tuple[int, ...], proposal: Proposal) -> Change:
        """Another act in place of events."""
        moment = _text(lambda language: self._moments(events, language))
        is_same = proposal.act in {self.known.events[index].act for index in events}
        values = {"new": self._proposed(proposal), "old": self._acts(events, with_tags=is_same)}
        return Change(
            kind=ChangeKind.REPLACE, events=events, moment=moment, what=_said("replace", values), **_act_of(proposal)
        )

    def remove(self, events: tuple[int, ...]) -> tuple[Change, ...]:
        """Quiet in place of what was said, and nothing in place of what was done."""
        said = tuple(index for index in events if self.known.speaks(index))
        done = tuple(index for index in events if index not in said)
        return (*((self.replace(said, QUIET),) if said else ()), *((self.leave_out(done),) if done else ()))

    def leave_out(self, events: tuple[int, ...]) -> Change:
        """Events that had better not been."""
        moment = _text(lambda language: self._moments(events, language))
        what = _said("leave_out", {"old": self._acts(events)})
        return Change(kind=ChangeKind.LEAVE_OUT, events=events, moment=moment, what=what)

    def add(self, after: int, proposal: Proposal) -> Change:
        """An act behind an event (-1: at the start)."""
        what = _said("add", {"new": self._proposed(proposal)})
        moment = _text(lambda language: self._moment_after(after, language))
        return Change(kind=ChangeKind.ADD, after=after, moment=moment, what=what, **_act_of(proposal))

    def move_earlier(self, event: int, after: int) -> Change:
        """An event that had better come right behind another one (-1: at the start)."""
        moment = _text(lambda language: self._moment_after(after, language))
        when = _text(lambda language: self._when(event, language))
        what = _said("move_earlier", {"old": self._acts((event,)), "when": when})
        return Change(kind=ChangeKind.MOVE_EARLIER, events=(event,), after=after, moment=moment, what=what)

    def shorten(self, event: int, lasts_ms: int) -> Change:
        """An event that had better lasted only so many milliseconds."""
        moment = _text(lambda language: self._moment(event, language))
        lasts = _text(lambda _: duration_from_ms(lasts_ms))
        what = _said("shorten", {"old": self._acts((event,)), "lasts": lasts})
        return Change(kind=ChangeKind.SHORTEN, events=(event,), lasts_ms=lasts_ms, moment=moment, what=what)

    # --- acts in words ------------------------------------------------------------------------------------------

    def _proposed(self, proposal: Proposal) -> Text:
        title = self.known.vocabulary.title(proposal.act)

        def say(language: str) -> str:
            what = act_in_words(title.said_in(language), language, proposal.tags)
            addressed = proposal.to is not None and proposal.to in catalogue()["advice"]["to"]
            return phrase(f"advice.to.{proposal.to}", language, what=what) if addressed else what

        return _text(say)

    def _acts(self, events: tuple[int, ...], *, with_tags: bool = False) -> Text:
        """The acts of events, each once."""
        found = (self.known.events[index] for index in events)
        acts = dict.fromkeys((event.act, event.tags if with_tags else ()) for event in found)
        titles = [(self.known.vocabulary.title(act), tags) for act, tags in acts]
        return _text(
            lambda language: ", ".join(act_in_words(title.said_in(language), language, tags) for title, tags in titles)
        )

    # --- moments in words ---------------------------------------------------------------------------------------

    def _moments(self, events: tuple[int, ...], language: str) -> str:
        named = "; ".join(self._moment(index, language) for index in events[:MAX_NAMED])
        rest = len(events) - MAX_NAMED
        return phrase("more", language, named, rest) if rest > 0 else named

    def _moment(self, event: int, language: str) -> str:
        """When an event is: its time or number, and what others did last before it."""
        before, when = self._heard_before(event), self._when(event, language)
        if before == START:
            return when
        return phrase("advice.moment.then_after", language, when=when, what=self._which(before, language))

    def _moment_after(self, index: int, language: str) -> str:
        """When something is that comes right behind an event."""
        if index == START:
            return phrase("advice.moment.at_start", language)
        is_timed = self.known.events[index].at_ms is not None
        key = "advice.moment.then_after" if is_timed else "advice.moment.right_after"
        return phrase(key, language, when=self._when(index, language), what=self._which(index, language))

    def _heard_before(self, event: int) -> int:
        """The last event before another one that is not of staff: what they had before their eyes and ears."""
        others = (i for i in range(event - 1, START, -1) if self.known.events[i].side is not Side.STAFF)
        return next(others, START)

    def _when(self, event: int, language: str) -> str:
        at_ms = self.known.events[event].at_ms
        return clock_from_ms(at_ms) if at_ms is not None else phrase("event_number", language, event + 1)

    def _which(self, index: int, language: str) -> str:
        """An event by what was said, else by its act; which one of several that read the same."""
        name = self._name(self.known.events[index], language)
        alike = [i for i, event in enumerate(self.known.events) if self._name(event, language) == name]
        what = quoted(name, language)
        if len(alike) == 1:
            return what
        number = alike.index(index) + 1
        ordinals = catalogue()["advice"]["ordinal"]
        if str(number) not in ordinals:
            return phrase("advice.moment.numbered", language, what=what, number=number)
        return phrase("advice.moment.nth", language, what=what, ordinal=phrase(f"advice.ordinal.{number}", language))

    def _name(self, event: Event, language: str) -> str:
        """What stands for an event in a sentence."""
        said = " ".join((event.text or "").split()).rstrip(".")
        if not said:
            return self.known.vocabulary.title(event.act).said_in(language)
        return said if len(said) <= MAX_SAID else f"{said[: MAX_SAID - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _text(say: Callable[[str], str]) -> Text:
    return Text({language: say(language) for language in LANGUAGES})


def _said(kind: str, values: dict[str, Text]) -> Text:
    def say(language: str) -> str:
        told = {key: value.said_in(language) for key, value in values.items()}
        return phrase(f"advice.what.{kind}", language, **told)

    return _text(say)


def _act_of(proposal: Proposal) -> dict[str, Any]:
    to: Actor | None = proposal.to
    return {"act": proposal.act, "to": to, "tags": proposal.tags}
