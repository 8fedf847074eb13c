"""A rubric as a page: what it is for, how it counts, every criterion with its reasons, the readings that it watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import attrs

from palvelumittari.authoring.pages.changed import changes_of
from palvelumittari.authoring.pages.criteria import CriterionSpeaker
from palvelumittari.authoring.pages.model import Note, Part, Tone
from palvelumittari.authoring.pages.spoken import Spoken
from palvelumittari.meter import Meter
from palvelumittari.reading.lineage import all_entries, entries, lineage
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.reading.strict_values import localised
from palvelumittari.records.rubric import Cue, Reading, Role, Rubric, Scoring
from palvelumittari.report.figures import number
from palvelumittari.report.rules import Wording
from palvelumittari.words.phrases import catalogue, phrase, spoken_language
from palvelumittari.words.text import Text


def rubric_page(meter: Meter, name: str, language: str) -> Part:
    """The page of a rubric with everything that it inherits.

    Args:
        meter: Knows the rubric, its parents and the vocabulary.
        name: The id of the rubric; `RubricError` if there is none.
        language: The language of the page.
    """
    united = meter.rubric(name)
    language = spoken_language(language)
    wording = Wording(meter.vocabulary, language)
    spoken = Spoken(
        vocabulary=meter.vocabulary, readings=meter.catalog.terms.readings, language=language, selector=wording.selector
    )
    files = {file.id: file for file in lineage([name], meter.catalog.rubrics)}
    titles = {each: _title(entry.raw) for each, entry in all_entries([name], files).items()}
    speaker = CriterionSpeaker(
        wording=attrs.evolve(wording, say_condition=spoken), titles=titles, refined_by=_refined_by(united)
    )
    return _Making(files[name], united, files=files, speaker=speaker, spoken=spoken).page()


def _title(raw: Mapping[str, Any]) -> Text:
    return localised(raw["title"])


def _refined_by(united: Rubric) -> dict[str, tuple[str, ...]]:
    """Which criteria refine each."""
    found: dict[str, tuple[str, ...]] = {}
    for criterion in united.criteria:
        for name in criterion.refines:
            found[name] = (*found.get(name, ()), criterion.id)
    return found


@attrs.frozen
class _Making:
    """Makes the parts of the page of one rubric; `files` are its lineage, parents first."""

    file: RubricFile
    united: Rubric
    files: Mapping[str, RubricFile] = attrs.field(kw_only=True)
    speaker: CriterionSpeaker = attrs.field(kw_only=True)
    spoken: Spoken = attrs.field(kw_only=True)

    @property
    def language(self) -> str:
        return self.speaker.wording.language

    def say(self, key: str, **values: Any) -> str:
        return phrase(key, self.language, **values)

    def number(self, value: float) -> str:
        return number(value, self.language)

    def page(self) -> Part:
        """The whole page."""
        parts = (self.counting(), *self.owners(), *self.left_out(), *self.readings())
        document = self.file.document
        title, name = self.speaker.text(document.title), f"{self.file.id} {document.version}"
        return Part(title=title, name=name, notes=tuple(self.head()), parts=parts)

    # --- head ---------------------------------------------------------------------------------------------------

    def head(self) -> Iterator[Note]:
        """What the rubric is for, and what it rests on."""
        document = self.file.document
        if document.summary is not None:
            yield Note(self.speaker.text(document.summary))
        if document.sectors:
            yield Note(", ".join(document.sectors), self.say("page.for_sectors"))
        if document.channels:
            said = (self.say(f"channel.{channel}") for channel in document.channels)
            yield Note(", ".join(said), self.say("page.for_channels"))
        if not document.sectors and not document.channels:
            yield Note(self.say("page.for_rest"), self.say("page.serves"))
        if document.extends:
            yield Note(", ".join(map(self.rubric, document.extends)), self.say("page.rests_on"))
        yield Note(self.file.origin, self.say("page.origin"))
        yield Note(self.count(), self.say("page.criteria"))

    def rubric(self, name: str) -> str:
        """A rubric by its title, id and version."""
        document = self.files[name].document
        return f"{self.speaker.text(document.title)} ({name} {document.version})"

    def count(self) -> str:
        """How many criteria there are, and how many of them are the rubric's own."""
        own = sum(criterion.declared_in == self.file.id for criterion in self.united.criteria)
        count = len(self.united.criteria)
        return str(count) if own == count else self.say("page.counted_own", count=count, own=own)

    def counting(self) -> Part:
        """How fulfilments add up, and what the roles mean."""
        notes = (*self.scoring(self.united.scoring), *map(self.role, Role))
        return Part(title=self.say("page.how_it_counts"), notes=notes)

    def scoring(self, scoring: Scoring) -> Iterator[Note]:
        known = scoring.model in catalogue()["page"]["model"]
        key = f"page.model.{scoring.model}" if known else "page.other_model"
        said = self.say(key) if known else self.say(key, model=scoring.model)
        loss = self.say("page.loss_weight", number=self.number(scoring.loss_weight))
        doubt = self.say("page.doubt", number=self.number(scoring.doubt))
        yield Note(f"{said} {loss} {doubt}", self.say("page.score"))

    def role(self, role: Role) -> Note:
        return Note(self.say(f"page.role_meaning.{role}"), self.say(f"role.{role}"), tone=Tone.ASIDE)

    # --- criteria -----------------------------------------------------------------------------------------------

    def owners(self) -> Iterator[Part]:
        """The criteria, by the rubric that declares them."""
        for owner, criteria in groupby(self.united.criteria, key=lambda criterion: criterion.declared_in):
            parts = (self.speaker.part(each, changes_of(each.id, self.files, self.speaker)) for each in criteria)
            yield Part(title=self.say("page.from_rubric", title=self.rubric(owner)), parts=tuple(parts))

    def left_out(self) -> Iterator[Part]:
        """Criteria that are declared or inherited, but not judged."""
        kept, standing = {criterion.id for criterion in self.united.criteria}, entries([self.file.id], self.files)
        gone = [name for name in self.speaker.titles if name not in kept]
        notes = tuple(Note(self.fate(name, is_dropped=name not in standing), self.speaker.named(name)) for name in gone)
        if notes:
            yield Part(title=self.say("page.left_out"), notes=notes)

    def fate(self, name: str, *, is_dropped: bool) -> str:
        if not is_dropped:
            return self.say("page.retired")
        droppers = [file.id for file in self.files.values() if name in file.document.drop]
        return self.say("page.dropped", names=", ".join(droppers))

    # --- readings -----------------------------------------------------------------------------------------------

    def readings(self) -> Iterator[Part]:
        """The readings that the criteria watch, with what moves them."""
        parts = tuple(map(self.reading, self.united.readings.values()))
        if parts:
            yield Part(title=self.say("page.readings"), parts=parts)

    def reading(self, reading: Reading) -> Part:
        low, high, start = map(self.number, (*reading.range, reading.start))
        notes = [Note(self.say("page.range", low=low, high=high, start=start))]
        if reading.from_field is not None:
            notes.append(Note(self.say("page.from_field", field=self.spoken.name(reading.from_field))))
        for each in reading.starts:
            condition = self.spoken(each.when)
            notes.append(Note(self.say("page.starts", start=self.number(each.set), condition=condition)))
        notes += map(self.cue, reading.cues)
        return Part(title=self.speaker.text(reading.title), name=reading.id, notes=tuple(notes))

    def cue(self, cue: Cue) -> Note:
        """What an event does to a reading."""
        acts = self.speaker.wording.selector(cue.on)
        if cue.set is not None:
            return Note(self.say("page.sets", value=self.number(cue.set)), acts)
        if not cue.add:
            return Note(self.say("page.still"), acts)
        key = "page.rises" if cue.add > 0 else "page.falls"
        return Note(self.say(key, value=self.number(abs(cue.add))), acts)
