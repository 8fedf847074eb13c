"""The meter: scores encounters with the rubrics, vocabulary and measures of the core and its plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from types import ModuleType

import attrs

from palvelumittari import formats
from palvelumittari.formats.sources import Readable, name_of
from palvelumittari.plugins import Catalog, find_installed, load_catalog
from palvelumittari.reading.choosing import Choice, choose, choose_named
from palvelumittari.reading.encounters import check_encounter
from palvelumittari.reading.structure import json_path
from palvelumittari.reading.uniting import lineage, unite
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.rubric import Rubric
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import judge
from palvelumittari.report.notes import notes_on
from palvelumittari.report.verdicts import Versions, make_verdict
from palvelumittari.words.errors import EncounterError, Place, Problem, raise_errors
from palvelumittari.words.frozen import FrozenMap

ENGINE = "palvelumittari"
"""The name of the core distribution."""


@attrs.frozen(init=False)
class Meter:
    """Scores encounters. Immutable, and safe to share between threads.

    A meter is built once: it finds the installed plugins, checks what they bring and freezes it. Nothing is
    looked up while scoring.

    Args:
        plugins: Further plugins beside the installed ones: modules, or names of modules to import.
        rubrics: Further rubric files (TOML), each beside, or instead of, the loaded one of its id. A
            `vocabulary.toml` and a `readings.toml` in the folder of such a file, or else in the one above, are
            taken along.
        installed: Whether to use the installed plugins at all.
        strict: Whether a plugin that cannot be loaded raises, instead of being reported in `catalog.plugins`.

    Raises:
        RubricError: If a file among `rubrics`, or what lies beside it, is wrong.
        PluginError: If `strict` and a plugin cannot be loaded.
    """

    catalog: Catalog
    _united: Callable[[tuple[str, ...]], Rubric] = attrs.field(eq=False, repr=False)

    def __init__(
        self,
        plugins: Sequence[ModuleType | str] = (),
        *,
        rubrics: Sequence[Path] = (),
        installed: bool = True,
        strict: bool = False,
    ) -> None:
        """Find the plugins and freeze what they bring."""
        if plugins or rubrics or strict or not installed:
            catalog = load_catalog(installed=installed, modules=plugins, rubric_files=rubrics, strict=strict)
        else:
            catalog = find_installed()
        united = cache(lambda tops: unite(tops, catalog.rubrics, catalog.terms))
        self.__attrs_init__(catalog, united)

    @property
    def vocabulary(self) -> Vocabulary:
        """The acts, tags and fields that encounters may name."""
        return self.catalog.vocabulary

    def score(self, encounter: Encounter, rubric: str | None = None) -> Verdict:
        """The verdict on an encounter.

        Args:
            encounter: The encounter; it is checked against the vocabulary.
            rubric: The id of a rubric to use instead of those that match sector and channel.

        Raises:
            EncounterError: If the encounter names acts or fields that nobody declares, or its times go backwards.
            RubricError: If there is no rubric of that id, or two rubrics are equally specific for the encounter.
            EvaluationError: If a plugin's scoring model breaks its contract. (A plugin's measure that fails
                becomes an `error` finding instead.)
        """
        self._check(encounter)
        choice = choose(encounter, self.catalog.rubrics) if rubric is None else self._named(rubric)
        chosen = self._united(choice.rubrics)
        judgements = judge(encounter, chosen, self.vocabulary, self.catalog.measures)
        return make_verdict(
            encounter,
            chosen,
            judgements,
            self.vocabulary,
            versions=self._versions(choice),
            notes=tuple(notes_on(encounter, choice, self.vocabulary, chosen_by_caller=rubric is not None)),
            models=self.catalog.models,
        )

    def rubric(self, *names: str) -> Rubric:
        """The rubrics of these ids, united, as scoring uses them; raises `RubricError` for an unknown id."""
        for name in names:
            self._named(name)
        return self._united(names)

    def load(self, where: Readable, *, format: str | None = None) -> Encounter:
        """An encounter from a file or stream, checked against this meter's vocabulary; see `palvelumittari.load`.

        `format` may also be one that a plugin reads, and so may the file's suffix.
        """
        if self._plugged(where, format) is None:
            return formats.load(where, vocabulary=self.vocabulary, format=format)
        found = list(islice(self.load_many(where, format=format), 2))
        if len(found) != 1:
            how_many = "no encounter" if not found else "several encounters"
            hint = "load_many reads them one by one, and so does `palvelumittari score`" if found else None
            raise EncounterError(Problem(f"this holds {how_many}", Place(name_of(where)), hint=hint))
        if isinstance(found[0], formats.Reject):
            raise EncounterError(*found[0].problems)
        return found[0]

    def loads(self, text: str | bytes, *, format: str | None = None) -> Encounter:
        """An encounter from a text, checked against this meter's vocabulary; see `palvelumittari.loads`."""
        return formats.loads(text, vocabulary=self.vocabulary, format=format)

    def load_many(self, where: Readable, *, format: str | None = None) -> Iterator[Encounter | formats.Reject]:
        """The encounters of a file or stream one after another; see `palvelumittari.load_many`.

        `format` may also be one that a plugin reads, and so may the file's suffix.
        """
        name = self._plugged(where, format)
        if name is None:
            return formats.load_many(where, vocabulary=self.vocabulary, format=format)
        return formats.load_plugged(
            self.catalog.readers[name],
            where,
            format=name,
            plugin=self.catalog.owner("readers", name),
            vocabulary=self.vocabulary,
        )

    # --- details ------------------------------------------------------------------------------------------------

    def _plugged(self, where: Readable, format: str | None) -> str | None:
        """The format that a plugin reads, by its name or the file's suffix; `None` if it is one of ours.

        Raises `EncounterError` if there is no format of that name.
        """
        readers = self.catalog.readers
        if format is not None and format not in (*formats.Format, *readers):
            raise EncounterError(formats.unknown_format(format, (*formats.Format, *readers)))
        file = name_of(where) or ""
        if format is None and formats.format_of(file) is None:
            format = Path(file).suffix.removeprefix(".").lower()
        return format if format in readers else None

    def _named(self, name: str) -> Choice:
        return choose_named(name, self.catalog.rubrics)

    def _check(self, encounter: Encounter) -> None:
        """Raise the errors of an encounter."""
        found = check_encounter(encounter, self.vocabulary)
        problems = [problem.at(Place(encounter.id or None, json_path(path))) for path, problem in found]
        raise_errors(problems, EncounterError)

    def _versions(self, choice: Choice) -> Versions:
        origins = {file.origin for file in lineage(choice.rubrics, self.catalog.rubrics)} - {ENGINE, ""}
        known = self.catalog.versions
        return Versions(
            engine=version(ENGINE), plugins=FrozenMap({name: known[name] for name in sorted(origins) if name in known})
        )
