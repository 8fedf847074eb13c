"""Rules in words: what a measure asks, which acts it means, how soon and under which circumstances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.reading.structure import file_key
from palvelumittari.records.condition import Condition
from palvelumittari.records.encounter import Actor
from palvelumittari.records.measure import DURATION, Calls, Grade, Measure, Pick, Responds, Window, measure_name
from palvelumittari.records.selector import ANYBODY, STAFF, Alternative, Selector
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.report.figures import number
from palvelumittari.words.phrases import one_of, percent, phrase, quoted
from palvelumittari.words.timing import duration_from_ms

Detail = tuple[str, str]
"""What a part of a rule is called, and what it says."""

_SHARES = ("otherwise", "each")


def actors_in_words(actors: frozenset[Actor], language: str) -> str:
    """Who: `staff`, `customer or companion`, `anybody` (with or without the system)."""
    if actors >= ANYBODY - {Actor.SYSTEM}:
        return phrase("actor.anybody", language)
    names = ["staff"] if actors >= STAFF else []
    names += [actor for actor in Actor if actor in actors and not (names and actor in STAFF)]
    return one_of([phrase(f"actor.{name}", language) for name in names], language, limit=len(names))


def window_in_words(window: Window, language: str) -> str:
    """How soon: `90 s or 1 turn`."""
    parts = [duration_from_ms(window.within_ms)] if window.within_ms is not None else []
    if window.turns is not None:
        parts.append(phrase("window.turn" if window.turns == 1 else "window.turns", language, count=window.turns))
    return parts[0] if len(parts) == 1 else phrase("or", language, *parts)


@attrs.frozen
class Wording:
    """Says the rules of a rubric in one language, acts and tags by the titles of a vocabulary.

    `say_condition` says conditions; without it they stand as in the rubric.
    """

    vocabulary: Vocabulary
    language: str
    say_condition: Callable[[Condition], str] = attrs.field(default=str, kw_only=True)

    def question(self, measure: Measure) -> str:
        """What a measure asks: `Did it stop?`."""
        return phrase(f"measure.{measure_name(measure)}", self.language)

    def details(self, measure: Measure, only: Iterable[str] | None = None) -> Iterator[Detail]:
        """The parts of a measure that say something, or those of some attributes, labelled and in words."""
        if isinstance(measure, Calls):
            yield from self._call(measure)
            return
        if isinstance(measure, Responds):
            is_whole = only is None or "rules" in only
            for rule in measure.rules if is_whole else measure.rules[:1]:  # what is changed is changed in all of them
                yield from self._parts(rule, None if is_whole else only)
            return
        yield from self._parts(measure, only)

    def selector(self, selector: Selector) -> str:
        """Which acts, by whom: `“greeting” or “nod” (staff), “smile” (server)`."""
        doers: dict[str, list[str]] = {}
        for who, acts in groupby(selector.alternatives, key=self._who):
            doers.setdefault(", ".join(map(self._act, acts)), []).append(who)
        return "; ".join(f"{acts} ({one_of(who, self.language)})" for acts, who in doers.items())

    def _call(self, measure: Calls) -> Iterator[Detail]:
        yield phrase("detail.function", self.language), measure.function
        for name, value in measure.options.items():
            yield name, str(value)

    def _parts(self, record: Any, only: Iterable[str] | None) -> Iterator[Detail]:
        for field in attrs.fields(type(record)):
            value = getattr(record, field.name)
            is_told = value != field.default if only is None else field.name in only
            if is_told and field.name == "acts":
                yield from map(self._grade, value)
            elif is_told:
                yield self.label(field.name), self._said(field, value)

    def _said(self, field: Any, value: Any) -> str:
        if field.name in _SHARES and value is not None:
            return percent(value, self.language)
        return duration_from_ms(value) if field.metadata == DURATION and value is not None else self.value(value)

    def _grade(self, grade: Grade) -> Detail:
        rest = [f"{label} {said}" for label, said in self._parts(grade, ("while_", "phase")) if said]
        worth = phrase("detail.worth", self.language, share=percent(grade.is_, self.language))
        return worth, ", ".join([self.selector(grade.act), *rest])

    def label(self, attribute: str) -> str:
        """What an attribute is called."""
        return phrase(f"detail.{file_key(attribute)}", self.language)

    def value(self, value: Any) -> str:
        """A value in words; empty for `None` and for an empty list."""
        say = next((say for kind, say in _SAYINGS.items() if isinstance(value, kind)), None)
        return say(self, value) if say is not None else "" if value is None else str(value)

    def phases(self, phases: tuple[Any, ...]) -> str:
        """Phases by their names."""
        return one_of([phrase(f"phase.{phase}", self.language) for phase in phases], self.language)

    def _who(self, alternative: Alternative) -> str:
        who = actors_in_words(alternative.actors, self.language)
        if alternative.to is None:
            return who
        return f"{who} \N{RIGHTWARDS ARROW} {actors_in_words(alternative.to, self.language)}"

    def _act(self, alternative: Alternative) -> str:
        title = quoted(self.vocabulary.title(alternative.act).said_in(self.language), self.language)
        both = f" {phrase('condition.and', self.language)} ".join(map(self._tag, alternative.tags))
        none = one_of([self._tag(tag) for tag in alternative.without], self.language)
        marks = (("tagged", both), ("untagged", none))
        return " ".join([title, *(phrase(key, self.language, tags) for key, tags in marks if tags)])

    def _tag(self, tag: str) -> str:
        """A tag by its title, or as in the rubric where no vocabulary declares it."""
        known = self.vocabulary.tags.get(tag)
        return f"#{tag}" if known is None else quoted(known.title.said_in(self.language), self.language)


_SAYINGS: Mapping[Any, Callable[[Wording, Any], str]] = MappingProxyType(
    {
        Selector: Wording.selector,
        Condition: lambda wording, value: wording.say_condition(value),
        Window: lambda wording, value: window_in_words(value, wording.language),
        Pick: lambda wording, value: phrase(f"pick.{value}", wording.language),
        tuple: Wording.phases,
        float: lambda wording, value: number(value, wording.language),
    }
)
