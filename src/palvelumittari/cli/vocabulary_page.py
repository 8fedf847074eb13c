"""The vocabulary as a page to read: acts by how they can be perceived, groups, tags, context fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from palvelumittari.cli.screen import Screen, styled
from palvelumittari.records.encounter import Modality
from palvelumittari.records.vocabulary import Act, Vocabulary
from palvelumittari.report.rules import actors_in_words
from palvelumittari.words.phrases import phrase


def show_vocabulary(screen: Screen, vocabulary: Vocabulary, language: str) -> None:
    """Every act under its first modality, then groups, tags and fields."""
    page = _Page(screen, vocabulary, language)
    acts = [vocabulary.acts[name] for name in vocabulary.timeline_acts()]
    screen.heading(phrase("cli.vocabulary.title", language, count=len(acts)))
    screen.line(styled(phrase("cli.vocabulary.core", language), "dim"))
    for modality in Modality:
        page.acts(modality, [act for act in acts if modality is page.first_modality(act)])
    page.groups(act for act in vocabulary.acts.values() if act.is_group)
    page.tags()
    page.fields()


@attrs.frozen
class _Page:
    """Writes the parts of a page on a screen."""

    screen: Screen
    vocabulary: Vocabulary
    language: str

    def say(self, key: str) -> str:
        return phrase(key, self.language)

    @staticmethod
    def first_modality(act: Act) -> Modality | None:
        """The modality under which an act is listed: of several, the first in the order of the page."""
        return next((modality for modality in Modality if modality in act.modalities), None)

    def acts(self, modality: Modality, acts: Iterable[Act]) -> None:
        """The acts of one modality in a table."""
        heads = [self.say(f"cli.vocabulary.{name}") for name in ("act", "meaning", "by", "kind_of")]
        rows = [self._row(act) for act in acts]
        if rows:
            self._head(f"modality.{modality}")
            self.screen.table(*heads, rows=rows, fixed=(0, 1))

    def _row(self, act: Act) -> list[str]:
        others = sorted(self.say(f"modality.{each}").lower() for each in act.modalities - {self.first_modality(act)})
        title = act.title.said_in(self.language) + (f" (+ {', '.join(others)})" if others else "")
        mark = " *" if act.core else ""
        return [act.id + mark, title, actors_in_words(act.by, self.language), ", ".join(act.kind_of)]

    def groups(self, groups: Iterable[Act]) -> None:
        """What each group stands for."""
        self._list(
            "cli.vocabulary.groups",
            (f"{group.id}: {group.title.said_in(self.language)}; {', '.join(group.members)}" for group in groups),
        )

    def tags(self) -> None:
        """The tags with their titles."""
        tags = self.vocabulary.tags.values()
        self._list("cli.vocabulary.tags", (f"#{tag.id}: {tag.title.said_in(self.language)}" for tag in tags))

    def fields(self) -> None:
        """The context fields with what they hold."""
        self._list("cli.vocabulary.fields", self._fields())

    def _fields(self) -> Iterator[str]:
        for field in self.vocabulary.fields.values():
            title = field.title.said_in(self.language)
            unit = f", {field.unit}" if field.unit else ""
            yield f"{field.name}: " + (f"{title}; " if title else "") + field.expected + unit

    def _list(self, heading: str, lines: Iterable[str]) -> None:
        found = list(lines)
        if found:
            self._head(heading)
        for line in found:
            self.screen.line(line, indent=2, hang=6)

    def _head(self, key: str) -> None:
        self.screen.blank()
        self.screen.heading(self.say(key))
