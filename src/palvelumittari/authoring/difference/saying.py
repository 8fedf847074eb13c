"""A difference in words: changes grouped by the reason for their level, in the language of the reader."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.authoring.difference.parts import as_in_file
from palvelumittari.authoring.difference.records import Change, Difference, Fit, Kind, Level, Reason, Subject
from palvelumittari.meter import Meter
from palvelumittari.reading.structure import file_key
from palvelumittari.records.condition import Condition
from palvelumittari.records.encounter import Channel
from palvelumittari.records.measure import Grade, Grades, Phase, Pick, Responds, Rule, Window
from palvelumittari.records.rubric import Caps, Criterion, Cue, Lifecycle, Role, Situation, Start
from palvelumittari.records.selector import Selector
from palvelumittari.report.conditions import ConditionSpeaker
from palvelumittari.report.figures import number
from palvelumittari.report.rules import Wording, actors_in_words
from palvelumittari.words.frozen import thaw
from palvelumittari.words.phrases import catalogue, percent, phrase, quoted
from palvelumittari.words.text import Text

_SHARES = frozenset({"otherwise", "each", "is"})
_SECTIONS: Mapping[type[Any], str] = MappingProxyType({Role: "role", Pick: "pick", Phase: "phase", Channel: "channel"})
"""Where the words for the members of an enumeration stand."""


@attrs.frozen
class Block:
    """What changed in one thing: its title, its id, from where it is inherited, and a line for each change."""

    title: str
    id: str
    inherited: str
    lines: tuple[str, ...]


@attrs.frozen
class Chapter:
    """All changes for one reason."""

    level: Level
    heading: str
    blocks: tuple[Block, ...]


@attrs.frozen
class Sayer:
    """Says what differs, in one language: old values with the terms of the old meter, new ones with the new terms."""

    old: Meter
    new: Meter
    language: str

    def say(self, key: str, **values: object) -> str:
        """A phrase about differences."""
        return phrase(f"diff.{key}", self.language, **values)

    def verdict(self, difference: Difference) -> str:
        """Which version is needed, and how the one of the file fits; that nothing changed, where nothing did."""
        fit = self.say(f"fit.{difference.fit}", needed=difference.needed_version, found=difference.new.version)
        if difference.level is not Level.NONE:
            return fit
        return self.say("nothing") if difference.fit is Fit.RIGHT else f"{self.say('nothing')} {fit}"

    def chapters(self, difference: Difference) -> Iterator[Chapter]:
        """The changes by reason, the gravest reasons first."""
        for reason in Reason:
            changes = [change for change in difference.changes if change.reason is reason]
            if changes:
                heading = f"{self.say(f'level.{reason.level}')}: {self.say(f'reason.{reason}')}"
                yield Chapter(reason.level, heading, tuple(self._blocks(changes)))

    def _blocks(self, changes: list[Change]) -> Iterator[Block]:
        by_subject = groupby(changes, key=lambda change: (change.subject, change.id, change.sources))
        for (subject, name, sources), group in by_subject:
            some = list(group)
            inherited = self.say("inherited", names=", ".join(sources)) if sources else ""
            lines = tuple(line for change in some for line in self.lines(change))
            yield Block(self._title(subject, some[0]), name, inherited, lines)

    def _title(self, subject: Subject, change: Change) -> str:
        title = change.title.said_in(self.language) if change.title is not None else ""
        if subject in (Subject.RUBRIC, Subject.SCORING):
            return self.say(f"subject.{subject}")
        return title if subject is Subject.CRITERION else f"{title or change.id} ({self.say(f'subject.{subject}')})"

    # --- changes ------------------------------------------------------------------------------------------------

    def lines(self, change: Change) -> Iterator[str]:
        """A change in a line, or in several where a whole criterion came."""
        if change.kind is Kind.RENAMED:
            yield self.say("kind.renamed", old=change.old, new=change.new)
        elif change.kind is Kind.REORDERED:
            yield self.say("other_order", what=self.say("situations" if change.key == "situation" else "key.criterion"))
        elif not change.key:
            yield self.say(f"kind.{change.kind}")
            if isinstance(change.new, Criterion):
                yield from self._facts(change.new)
        elif change.key.endswith(".code"):
            yield self.say("code", name=change.id)
        elif change.key == "layout":
            yield self.say("key.layout")
        else:
            yield self._changed(change)

    def _changed(self, change: Change) -> str:
        what = self._label(change)
        if change.key == "situation":
            details = self._value(self.new, "situation", change.new) if change.new is not None else ""
            return f"{what}: " + "; ".join(filter(None, [self.say(f"kind.{change.kind}"), details]))
        if isinstance(change.old, tuple) and isinstance(change.new, tuple) and change.key not in ("range", "phase"):
            return self._listed(change, what)
        old, new = self._value(self.old, change.key, change.old), self._value(self.new, change.key, change.new)
        if isinstance(change.old, Condition) and old == new:
            old, new = str(change.old), str(change.new)
        return self.say("changed", what=what, old=old, new=new)

    def _listed(self, change: Change, what: str) -> str:
        """What came into a list and what went out of it."""
        gone = [self._value(self.old, change.key, each) for each in change.old if each not in change.new]
        come = [self._value(self.new, change.key, each) for each in change.new if each not in change.old]
        pairs = (("no_longer", gone), ("now", come))
        said = [self.say(key, items=", ".join(items)) for key, items in pairs if items]
        if not said:
            return self.say("other_order", what=what)
        return self.say("listed", what=what, changes="; ".join(said))

    def _label(self, change: Change) -> str:
        key, _, tag = change.key.partition(".")
        label = self._situation(change) if key == "situation" else self._name_of(key)
        if tag:
            label = f"{label} ({tag})"
        if change.step is not None:
            label = self.say("step", what=label, step=change.step)
        if change.situation is not None and key != "situation":
            label = f"{self._situation(change)}, {label}"
        return label

    def _name_of(self, key: str) -> str:
        if key in catalogue()["diff"]["key"]:
            return self.say(f"key.{key}")
        return phrase(f"detail.{key}", self.language)

    def _situation(self, change: Change) -> str:
        meter = self.old if change.new is None else self.new
        return self.say("situation", name=self._value(meter, "when", change.situation))

    def _facts(self, criterion: Criterion) -> Iterator[str]:
        """What a new criterion asks, and how it counts."""
        role, weight = phrase(f"role.{criterion.role}", self.language), number(criterion.weight, self.language)
        yield f"{role}, {self._name_of('weight')} {weight}"
        if criterion.when is not None:
            yield f"{self._name_of('when')}: {self._value(self.new, 'when', criterion.when)}"
        yield self._value(self.new, "measure", criterion.measure)

    # --- values -------------------------------------------------------------------------------------------------

    def _value(self, meter: Meter, key: str, value: Any) -> str:
        """A value in words."""
        if value is None or value == ():
            return self.say("nothing_there")
        if isinstance(value, Condition):
            return self._condition(meter, value)
        if isinstance(value, bool) or (key == "caps" and isinstance(value, Caps)):
            is_no = value is False or value == Caps.NONE
            return self.say("no" if is_no else "yes")
        if isinstance(value, int | float):
            return percent(value, self.language) if key in _SHARES else number(float(value), self.language)
        if isinstance(value, Text):
            return quoted(value.said_in(self.language), self.language)
        return self._text(key, value) if isinstance(value, str) else self._record(meter, key, value)

    def _condition(self, meter: Meter, condition: Condition) -> str:
        return ConditionSpeaker(meter.vocabulary, meter.catalog.terms.readings, self.language).say(str(condition))

    def _text(self, key: str, value: str) -> str:
        section = next((name for kind, name in _SECTIONS.items() if isinstance(value, kind)), None)
        if section is not None:
            return phrase(f"{section}.{value}", self.language)
        if isinstance(value, Lifecycle):
            is_stable = value is Lifecycle.STABLE
            return self.say("lifecycle.stable") if is_stable else phrase(f"lifecycle.{value}", self.language)
        return quoted(value, self.language) if "." in key else str(value)

    def _record(self, meter: Meter, key: str, value: Any) -> str:
        wording = Wording(meter.vocabulary, self.language, say_condition=partial(self._condition, meter))
        match value:
            case frozenset():
                return actors_in_words(value, self.language) if key == "by" else ", ".join(sorted(value))
            case tuple():
                between = "–" if key == "range" else ", "
                return between.join(self._value(meter, key, each) for each in value)
            case Selector() | Window():
                return wording.value(value)
            case Situation():
                return self._of_situation(meter, value)
            case Cue() | Start():
                return self._move(meter, wording, value)
            case Mapping():
                return json.dumps(thaw(value), ensure_ascii=False, default=str)
        return self._rule(wording, value)

    def _rule(self, wording: Wording, value: Any) -> str:
        """A whole measure, or one pair or grade of it."""
        if isinstance(value, Rule):
            return _listed(wording.details(Responds(rules=(value,))))
        if isinstance(value, Grade):
            return _listed(wording.details(Grades(acts=(value,))))
        return f"{wording.question(value)} {_listed(wording.details(value))}"

    def _of_situation(self, meter: Meter, situation: Situation) -> str:
        """What a situation does."""
        found = []
        if situation.excuse is not None:
            found.append(phrase("detail.excuse" if situation.excuse else "detail.no_excuse", self.language))
        for name, value in [*situation.criterion.items(), *situation.measure.items()]:
            key, said = file_key(name), self._value(meter, file_key(name), as_in_file(name, value))
            found.append(f"{self._name_of(key)}: {said}")
        return "; ".join(found)

    def _move(self, meter: Meter, wording: Wording, move: Cue | Start) -> str:
        if isinstance(move, Start):
            condition = self._value(meter, "when", move.when)
            return self.say("starts_at", value=number(move.set, self.language), condition=condition)
        acts = wording.selector(move.on)
        if move.set is not None:
            return self.say("set_to", acts=acts, value=number(move.set, self.language))
        return self.say("adds", acts=acts, value=number(move.add or 0.0, self.language))


def _listed(details: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{label}: {said}" for label, said in details)
