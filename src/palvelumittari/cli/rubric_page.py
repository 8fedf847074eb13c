"""A rubric as a page to read: what it is for, every criterion with its reasons, the readings that it watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import attrs

from palvelumittari.cli.screen import Screen, styled
from palvelumittari.meter import Meter
from palvelumittari.reading.lineage import lineage
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.records.measure import Measure
from palvelumittari.records.rubric import Caps, Criterion, Cue, Lifecycle, Reading, Role, Rubric, Situation
from palvelumittari.report.figures import number, signed
from palvelumittari.report.rules import Detail, Wording
from palvelumittari.words.phrases import phrase


def show_rubric(screen: Screen, meter: Meter, name: str, language: str) -> None:
    """The page of one rubric, with everything that it inherits."""
    files = {file.id: file for file in lineage([name], meter.catalog.rubrics)}
    page = _Page(screen, Wording(meter.vocabulary, language), files)
    united = meter.rubric(name)
    page.head(files[name], united)
    for owner, criteria in groupby(united.criteria, key=lambda criterion: criterion.declared_in):
        page.owner(files[owner])
        for criterion in criteria:
            page.criterion(criterion)
    page.readings(united)


@attrs.frozen
class _Page:
    """Writes the parts of a page on a screen."""

    screen: Screen
    wording: Wording
    files: Mapping[str, RubricFile]

    def say(self, key: str, **values: Any) -> str:
        return phrase(key, self.wording.language, **values)

    def number(self, value: float) -> str:
        return number(value, self.wording.language)

    # --- head ---------------------------------------------------------------------------------------------------

    def head(self, file: RubricFile, united: Rubric) -> None:
        """Title, what the rubric is for, what it rests on, how it adds up, and what the roles mean."""
        document, language = file.document, self.wording.language
        self.screen.line(styled(f"{file.id} {document.version}", "bold"), f"  {document.title.said_in(language)}")
        if document.summary is not None:
            self.screen.line(document.summary.said_in(language), indent=2)
        self.screen.line("; ".join(self._facts(file, united)), indent=2)
        self.screen.blank()
        for role in Role:
            meaning = self.say(f"role_meaning.{role}")
            self.screen.line(styled(f"{self.say(f'role.{role}')}: {meaning}", "dim"), indent=2)

    def _facts(self, file: RubricFile, united: Rubric) -> Iterator[str]:
        document, scoring = file.document, united.scoring
        if document.sectors:
            yield self.say("cli.rubric.serves_sectors", names=", ".join(document.sectors))
        if document.channels:
            yield self.say("cli.rubric.serves_channels", names=", ".join(document.channels))
        if not document.sectors and not document.channels:
            yield self.say("cli.rubric.serves_rest")
        if document.extends:
            yield self.say("cli.rubric.extends", names=", ".join(document.extends))
        yield self.say("cli.rubric.origin", origin=file.origin)
        yield self.say("cli.rubric.count", count=len(united.criteria))
        constants = {"loss_weight": self.number(scoring.loss_weight), "doubt": self.number(scoring.doubt)}
        yield self.say("cli.rubric.scoring", model=scoring.model, **constants)

    def owner(self, file: RubricFile) -> None:
        """A heading before the criteria that one rubric declares."""
        origin = self.say("cli.rubric.origin", origin=file.origin)
        rubric = f"{file.id} {file.document.version} ({origin})"
        self.screen.blank()
        self.screen.line(styled(self.say("cli.rubric.declared", rubric=rubric), "bold underline"))

    # --- criteria -----------------------------------------------------------------------------------------------

    def criterion(self, criterion: Criterion) -> None:
        """One criterion: title, how it counts, when it applies, what it asks, why, and what would be better."""
        language = self.wording.language
        self.screen.blank()
        self.screen.line(
            styled(criterion.title.said_in(language), "bold"), "  ", styled(f"[{criterion.id}]", "dim"), indent=2
        )
        self.screen.line(", ".join(self._counting(criterion)), indent=4)
        if criterion.when is not None:
            self.screen.line(self.say("cli.rubric.when", condition=criterion.when), indent=4, hang=6)
        if criterion.refines:
            self.screen.line(self.say("cli.rubric.refines", names=", ".join(criterion.refines)), indent=4, hang=6)
        self.screen.line(self.wording.question(criterion.measure), indent=4)
        self._details(self.wording.details(criterion.measure), 6)
        for situation in criterion.situations:
            self._situation(situation, criterion.measure)
        if criterion.why is not None:
            self.screen.line(self.say("cli.rubric.why", why=criterion.why.said_in(language)), indent=4, hang=6)
        if criterion.advice is not None:
            advice = self.say("line.advice", advice=criterion.advice.said_in(language))
            self.screen.line(styled(advice, "cyan"), indent=4, hang=6)

    def _counting(self, criterion: Criterion) -> Iterator[str]:
        yield self.say(f"role.{criterion.role}")
        yield self.say("cli.rubric.weight", weight=self.number(criterion.weight))
        if criterion.role is Role.MUST and criterion.caps is Caps.NONE:
            yield self.say("cli.rubric.never_caps")
        if criterion.role is Role.BONUS and not criterion.lifts:
            yield self.say("cli.rubric.never_lifts")
        if criterion.free:
            yield self.say("cli.rubric.free")
        if criterion.lifecycle is not Lifecycle.STABLE:
            yield self.say(f"lifecycle.{criterion.lifecycle}")
        changed = [file.id for file in self.files.values() if criterion.id in file.document.override]
        if changed:
            yield self.say("cli.rubric.changed", names=", ".join(changed))

    def _details(self, details: Iterator[Detail], indent: int) -> None:
        for label, said in details:
            self.screen.line(f"{label}: {said}", indent=indent, hang=indent + 2)

    def _situation(self, situation: Situation, measure: Measure) -> None:
        condition = str(situation.when)
        if situation.title is None:
            head = self.say("cli.rubric.situation", condition=condition)
        else:
            title = situation.title.said_in(self.wording.language)
            head = self.say("cli.rubric.titled_situation", title=title, condition=condition)
        self.screen.line(head, indent=4, hang=6)
        if situation.excuse is not None:
            self.screen.line(self.say("detail.excuse" if situation.excuse else "detail.no_excuse"), indent=6)
        self._details(self._changes(situation), 6)
        changed = attrs.evolve(measure, **situation.measure)
        self._details(self.wording.details(changed, only=tuple(situation.measure)), 6)

    def _changes(self, situation: Situation) -> Iterator[Detail]:
        for key, value in situation.criterion.items():
            yield self.wording.label(key), self._change(key, value)

    def _change(self, key: str, value: Any) -> str:
        if key == "role":
            return self.say(f"role.{value}")
        if key == "advice":
            text: str = value.said_in(self.wording.language)
            return text
        if key == "weight":
            return self.number(value)
        return self.say("cli.rubric.no" if value in (False, Caps.NONE) else "cli.rubric.yes")

    # --- readings -----------------------------------------------------------------------------------------------

    def readings(self, united: Rubric) -> None:
        """The readings that the criteria watch, with what moves them."""
        if not united.readings:
            return
        self.screen.blank()
        self.screen.line(styled(self.say("cli.rubric.readings"), "bold underline"))
        for reading in united.readings.values():
            self.screen.blank()
            title = reading.title.said_in(self.wording.language)
            self.screen.line(styled(title, "bold"), "  ", styled(f"[{reading.id}]", "dim"), indent=2)
            for line in self._course(reading):
                self.screen.line(line, indent=4, hang=6)

    def _course(self, reading: Reading) -> Iterator[str]:
        low, high, start = map(self.number, (*reading.range, reading.start))
        yield self.say("cli.rubric.range", low=low, high=high, start=start)
        if reading.from_field is not None:
            yield self.say("cli.rubric.from_field", field=reading.from_field)
        for each in reading.starts:
            yield self.say("cli.rubric.starts", start=self.number(each.set), condition=each.when)
        yield from map(self._cue, reading.cues)

    def _cue(self, cue: Cue) -> str:
        acts = self.wording.selector(cue.on)
        if cue.set is not None:
            return self.say("cli.rubric.sets", value=self.number(cue.set), acts=acts)
        if not cue.add:
            return self.say("cli.rubric.still", acts=acts)
        sign = signed(cue.add, "en")[0]
        return self.say("cli.rubric.adds", value=f"{sign}{self.number(abs(cue.add))}", acts=acts)
