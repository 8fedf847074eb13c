"""What the rubrics between have changed of a criterion, key by key: what it says now and what it said before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.authoring.pages.criteria import CriterionSpeaker
from palvelumittari.authoring.pages.model import Note
from palvelumittari.reading.criterion_reader import read_criterion
from palvelumittari.reading.lineage import merged
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.records.rubric import Caps, Criterion
from palvelumittari.report.figures import number


def changes_of(name: str, files: Mapping[str, RubricFile], speaker: CriterionSpeaker) -> tuple[Note, ...]:
    """A note for each rubric that overrides a criterion, in the order of the lineage.

    Args:
        name: The qualified id of the criterion.
        files: The rubrics of the lineage by id, parents first.
        speaker: Says criteria.
    """
    return tuple(_told(name, files, speaker))


def _told(name: str, files: Mapping[str, RubricFile], speaker: CriterionSpeaker) -> Iterator[Note]:
    raw: Mapping[str, Any] = {}
    for file in files.values():
        raw = dict(file.own_criteria()).get(name, raw)
        changes = file.document.override.get(name)
        if changes is not None:
            after = merged(raw, changes)
            old, new = read_criterion(name, raw, "").criterion, read_criterion(name, after, "").criterion
            raw = after
            if old is not None and new is not None:  # pragma: no branch - rubrics were checked; for the type checker
                label = speaker.say("page.changed_by", name=file.id)
                yield Note(f"{label}:", notes=tuple(_Changes(speaker, old, new).told()))


@attrs.frozen
class _Changes:
    """Compares a criterion before and after an override."""

    speaker: CriterionSpeaker
    old: Criterion
    new: Criterion

    def told(self) -> Iterator[Note]:
        """Every difference."""
        before, after = dict(self.keys(self.old)), dict(self.keys(self.new))
        for label in {**before, **after}:
            if before.get(label) != after.get(label):
                yield self.change(label, before.get(label, ""), after.get(label, ""))
        yield from self.sentences()
        yield from self.measure()
        yield from self.situations()

    def keys(self, criterion: Criterion) -> Iterator[tuple[str, str]]:
        """What a criterion says beside its measure, each with its label."""
        say, language = self.speaker.say, self.speaker.wording.language
        yield say("page.title"), self.speaker.text(criterion.title)
        yield say("detail.role"), say(f"role.{criterion.role}")
        yield say("detail.weight"), number(criterion.weight, language)
        if criterion.when is not None:
            yield say("page.applies"), self.speaker.wording.say_condition(criterion.when)
        yield from ((say(f"detail.{key}"), self.flag(value)) for key, value in self.gates(criterion))
        yield say("page.is_free"), self.flag(criterion.free)
        yield say("page.lifecycle"), say(f"lifecycle.{criterion.lifecycle}")
        yield say("page.refines"), ", ".join(map(self.speaker.named, criterion.refines))
        heads = (self.speaker.situation_head(each).rstrip(":") for each in criterion.situations)
        yield say("page.situations"), "; ".join(heads)
        yield say("page.instead"), self.speaker.acts(criterion.instead)

    def gates(self, criterion: Criterion) -> tuple[tuple[str, bool], ...]:
        return ("caps", criterion.caps is Caps.POOR), ("lifts", criterion.lifts)

    def flag(self, value: bool) -> str:
        return self.speaker.say("page.yes" if value else "page.no")

    def change(self, label: str, old: str, new: str) -> Note:
        """What is said now, and what was said before."""
        if old and new:
            return Note(self.speaker.say("page.instead_of", new=new, old=old), label)
        key = "page.added" if new else "page.removed"
        return Note(self.speaker.say(key, new=new) if new else self.speaker.say(key, old=old), label)

    def sentences(self) -> Iterator[Note]:
        """Differences of reason and advice: whole sentences, so that the old ones stand on a line of their own."""
        for key, old, new in (("why", self.old.why, self.new.why), ("better", self.old.advice, self.new.advice)):
            before, after = (self.speaker.text(each) if each else "" for each in (old, new))
            if before != after:
                said = f"{self.speaker.say('page.before')} {before}" if before else self.speaker.say("page.none_before")
                yield Note(after, self.speaker.say(f"page.{key}"), notes=(Note(said),))

    def measure(self) -> Iterator[Note]:
        """Differences of the measure: detail by detail, or the whole of it as it was where details have no names."""
        before, after = (list(self.speaker.wording.details(each.measure)) for each in (self.old, self.new))
        old, new = dict(before), dict(after)
        is_named = len(old) == len(before) and len(new) == len(after)
        if is_named and old.keys() & new.keys():
            changed = (key for key in {**old, **new} if old.get(key) != new.get(key))
            yield from (self.change(key, old.get(key, ""), new.get(key, "")) for key in changed)
        elif before != after:
            yield Note(self.speaker.say("page.before"), notes=tuple(self.speaker.measure(self.old.measure)))

    def situations(self) -> Iterator[Note]:
        """The situations as they were, where only what they do has changed."""
        old, new = self.old.situations, self.new.situations
        if old != new and [each.when for each in old] == [each.when for each in new]:
            told = tuple(self.speaker.situation(each, self.old.measure) for each in old)
            yield Note(self.speaker.say("page.before"), notes=told)
