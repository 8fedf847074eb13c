"""One criterion as a part of a page: how it counts, when it applies, what it asks, why, what would be better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.authoring.pages.model import Note, Part, Tone
from palvelumittari.records.measure import Measure, Responds, with_changes
from palvelumittari.records.rubric import Caps, Criterion, Lifecycle, Role, Situation
from palvelumittari.report.figures import number
from palvelumittari.report.rules import Detail, Wording
from palvelumittari.words.phrases import act_in_words, phrase, quoted
from palvelumittari.words.text import Text


@attrs.frozen(kw_only=True)
class CriterionSpeaker:
    """Says criteria in one language; `titles` are those of all criteria around, `refined_by` who refines each."""

    wording: Wording
    titles: Mapping[str, Text]
    refined_by: Mapping[str, tuple[str, ...]]

    def part(self, criterion: Criterion, changes: tuple[Note, ...] = ()) -> Part:
        """The part of a criterion, with notes on what the rubrics between have changed of it."""
        notes = (
            *self._head(criterion),
            *self.measure(criterion.measure),
            *map(self.situation, criterion.situations, [criterion.measure] * len(criterion.situations)),
            *self._reasons(criterion),
            *changes,
        )
        return Part(title=self.text(criterion.title), name=criterion.id, notes=notes)

    # --- small things ---

    def say(self, key: str, **values: Any) -> str:
        """A phrase of the page."""
        return phrase(key, self.wording.language, **values)

    def text(self, text: Text) -> str:
        """A text of the rubric."""
        return text.said_in(self.wording.language)

    def named(self, name: str) -> str:
        """A criterion by its title and its id; by its id alone where it is not around."""
        title = self.titles.get(name)
        return name if title is None else f"{quoted(self.text(title), self.wording.language)} ({name})"

    def acts(self, names: tuple[str, ...]) -> str:
        """Acts by their titles."""
        titles = (self.text(self.wording.vocabulary.title(name)) for name in names)
        return ", ".join(act_in_words(title, self.wording.language) for title in titles)

    # --- the parts ---

    def _head(self, criterion: Criterion) -> Iterator[Note]:
        yield Note(", ".join(self.counting(criterion)))
        if criterion.when is None:
            yield Note(self.say("page.always"))
        else:
            yield Note(self.say("page.when", condition=self.wording.say_condition(criterion.when)))
        if criterion.refines:
            yield Note(", ".join(map(self.named, criterion.refines)), self.say("page.refines"))
        if criterion.id in self.refined_by:
            yield Note(", ".join(map(self.named, self.refined_by[criterion.id])), self.say("page.refined_by"))

    def counting(self, criterion: Criterion) -> Iterator[str]:
        """How a criterion counts: its role, its weight, and what is unusual about it."""
        yield self.say(f"role.{criterion.role}")
        yield self.say("page.weight", weight=number(criterion.weight, self.wording.language))
        if criterion.role is Role.MUST and criterion.caps is Caps.NONE:
            yield self.say("page.never_caps")
        if criterion.role is Role.BONUS and not criterion.lifts:
            yield self.say("page.never_lifts")
        if criterion.free:
            yield self.say("page.free")
        if criterion.lifecycle is not Lifecycle.STABLE:
            yield self.say(f"lifecycle.{criterion.lifecycle}")

    def measure(self, measure: Measure) -> Iterator[Note]:
        """What a measure asks, with its details; the rules of `responds` one by one."""
        rules = measure.rules if isinstance(measure, Responds) else ()
        if len(rules) > 1:
            single = ((place, Responds(rules=(rule,))) for place, rule in enumerate(rules, 1))
            below = tuple(
                Note(self.say("page.rule", number=place), notes=self.details(self.wording.details(rule)))
                for place, rule in single
            )
        else:
            below = self.details(self.wording.details(measure))
        yield Note(self.wording.question(measure), notes=below)

    def details(self, details: Iterator[Detail]) -> tuple[Note, ...]:
        """Details as notes with labels."""
        return tuple(Note(said, label) for label, said in details)

    def situation(self, situation: Situation, measure: Measure) -> Note:
        """Under which circumstances the criterion is another one, and how."""
        notes: list[Note] = []
        if situation.excuse is not None:
            notes.append(Note(self.say("detail.excuse" if situation.excuse else "detail.no_excuse")))
        for key, value in situation.criterion.items():
            notes.append(Note(self._changed(key, value), self.wording.label(key)))
        if situation.measure:
            changed = with_changes(measure, situation.measure)
            notes += self.details(self.wording.details(changed, only=tuple(situation.measure)))
        return Note(self.situation_head(situation), notes=tuple(notes))

    def situation_head(self, situation: Situation) -> str:
        """What a situation is called, and when there is one."""
        condition = self.wording.say_condition(situation.when)
        if situation.title is None:
            return self.say("page.situation", condition=condition)
        return self.say("page.titled_situation", title=self.text(situation.title), condition=condition)

    def _changed(self, key: str, value: Any) -> str:
        if key == "role":
            return self.say(f"role.{value}")
        if key == "advice":
            return self.text(value)
        if key == "weight":
            return number(value, self.wording.language)
        return self.say("page.no" if value in (False, Caps.NONE) else "page.yes")

    def _reasons(self, criterion: Criterion) -> Iterator[Note]:
        if criterion.why is not None:
            yield Note(self.text(criterion.why), self.say("page.why"))
        if criterion.advice is not None:
            yield Note(self.text(criterion.advice), self.say("page.better"), tone=Tone.ADVICE)
        if criterion.instead:
            yield Note(self.acts(criterion.instead), self.say("page.instead"), tone=Tone.ADVICE)
