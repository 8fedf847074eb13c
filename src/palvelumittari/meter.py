"""The meter: scores encounters with the rubrics, vocabulary and measures of the core and its plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

import attrs

from palvelumittari import advice, engines, formats, rollup
from palvelumittari.formats.sources import Readable
from palvelumittari.plugins import Catalog, encounter_files, find_installed, load_catalog
from palvelumittari.reading.choosing import Choice, choose, choose_named
from palvelumittari.reading.encounters import check_encounter
from palvelumittari.reading.structure import json_path
from palvelumittari.reading.uniting import lineage, unite
from palvelumittari.records.encounter import Encounter, Event
from palvelumittari.records.figures import LEAST_FOR_RANKING
from palvelumittari.records.rubric import Rubric
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import judge
from palvelumittari.report.notes import notes_on
from palvelumittari.report.verdicts import Versions, make_verdict
from palvelumittari.words.engine import ENGINE, engine_version
from palvelumittari.words.errors import EncounterError, Place, raise_errors
from palvelumittari.words.frozen import FrozenMap

if TYPE_CHECKING:  # what advice and roll-ups need is loaded when somebody first asks for them
    from palvelumittari.advice import Which
    from palvelumittari.compiler import Numbers
    from palvelumittari.engines import Scorer
    from palvelumittari.records.advice import Advice
    from palvelumittari.records.comparison import Comparison
    from palvelumittari.records.episode import Episode
    from palvelumittari.records.journey import Journey
    from palvelumittari.records.panel import Panel
    from palvelumittari.records.relationship import Relationship
    from palvelumittari.records.shift import Shift


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
        engine: What gives `numbers`: `compiled` (fast) or `reference` (slow, and the meaning); both give the same.

    Raises:
        RubricError: If a file among `rubrics`, or what lies beside it, is wrong.
        PluginError: If `strict` and a plugin cannot be loaded.
        ValueError: If there is no such engine.
    """

    catalog: Catalog
    engine: engines.Engine
    _united: Callable[[tuple[str, ...]], Rubric] = attrs.field(eq=False, repr=False)
    _scorers: Callable[[tuple[str, ...]], Scorer] = attrs.field(eq=False, repr=False)

    def __init__(
        self,
        plugins: Sequence[ModuleType | str] = (),
        *,
        rubrics: Sequence[Path] = (),
        installed: bool = True,
        strict: bool = False,
        engine: str = "compiled",
    ) -> None:
        """Find the plugins and freeze what they bring."""
        kind = engines.Engine(engine)
        if plugins or rubrics or strict or not installed:
            catalog = load_catalog(installed=installed, modules=plugins, rubric_files=rubrics, strict=strict)
        else:
            catalog = find_installed()
        united = cache(lambda tops: unite(tops, catalog.rubrics, catalog.terms))
        scorers = cache(lambda tops: engines.make_scorer(united(tops), catalog, kind))
        self.__attrs_init__(catalog, kind, united, scorers)

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
        choice = self._choice(encounter, rubric)
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

    def numbers(self, encounter: Encounter, rubric: str | None = None, *, is_checked: bool = False) -> Numbers:
        """The numbers of the verdict on an encounter, without evidence and sentences, by this meter's `engine`.

        Args:
            encounter: The encounter.
            rubric: As for `score`.
            is_checked: Whether the encounter is known to fit the vocabulary, as one does that this meter has read.

        Raises:
            EncounterError, RubricError, EvaluationError: As `score` does.
        """
        if not is_checked:
            self._check(encounter)
        return self._scorers(self._choice(encounter, rubric).rubrics)(encounter)

    def source_of(self, *names: str) -> str:
        """The Python that the rubrics of these ids, united, are compiled to, with its constants as comments below.

        Raises `RubricError` for an unknown id.
        """
        return engines.compiled_from(self.rubric(*names), self.catalog).listing

    def advise(self, encounter: Encounter, rubric: str | None = None) -> Advice:
        """The smallest changes to what the server did that lift the score most, each verified by scoring it.

        Args:
            encounter: The encounter; it is checked against the vocabulary.
            rubric: As for `score`.

        Raises:
            EncounterError, RubricError, EvaluationError: As `score` does.
        """
        self._check(encounter)
        chosen = self._united(self._choice(encounter, rubric).rubrics)
        bench = advice.Bench(
            chosen,
            self.vocabulary,
            judge=lambda one: judge(one, chosen, self.vocabulary, self.catalog.measures),
            models=self.catalog.models,
        )
        return advice.advise(encounter, bench)

    def episode(
        self,
        encounters: Sequence[Encounter],
        *,
        rubric: str | None = None,
        names: bool = False,
        earlier_failures: int = 0,
    ) -> Episode:
        """What became of one matter over several encounters: what failed, and how well it was put right.

        Args:
            encounters: The encounters of the matter, in their order.
            rubric: As for `score`.
            names: Whether the ids of the encounters and what was said may stand in the record.
            earlier_failures: How many failures this customer met here before this matter.

        Raises:
            EncounterError: If there is no encounter; otherwise as `score`.
        """
        scored = [self.score(encounter, rubric) for encounter in encounters]
        return rollup.make_episode(encounters, scored, self.vocabulary, names=names, earlier_failures=earlier_failures)

    def journey(self, encounters: Sequence[Encounter], *, rubric: str | None = None, names: bool = False) -> Journey:
        """One customer's encounters as a journey; arguments and errors are those of `episode`."""
        verdicts = [self.score(encounter, rubric) for encounter in encounters]
        return rollup.make_journey(verdicts, encounters=encounters, vocabulary=self.vocabulary, names=names)

    def relationship(
        self, history: Sequence[Encounter | Verdict | Episode], *, start: str | None = None, names: bool = False
    ) -> Relationship:
        """The step on which a customer stands after a history.

        Args:
            history: The customer's encounters in their order, or the verdicts on them; an episode stands for its own.
            start: The step before the first of them, such as `trier`; by default what the first encounter that
                knows it says of `customer.relationship`.
            names: Whether the ids of the encounters may stand in the record.

        Raises:
            EncounterError: If an encounter cannot be judged, or there is no such step.
        """
        met = [each for each in history if isinstance(each, Encounter)]
        noted = (each.field_value("customer.relationship") for each in met)
        return rollup.make_relationship(
            [self.score(each) if isinstance(each, Encounter) else each for each in history],
            start=start or next(filter(None, noted), None),
            emotional=self.emotional_criteria,
            names=names,
        )

    def shift(
        self,
        encounters: Sequence[Encounter],
        *,
        by: str | None = None,
        names: bool = False,
        least_for_ranking: int = LEAST_FOR_RANKING,
    ) -> Shift:
        """The encounters of a shift together: their spread, worst tenth, trend, rush and faults.

        Args:
            encounters: The encounters of the shift, in their order.
            by: A key of `server`, such as `id`, by which to tell the servers apart.
            names: Whether the ids of encounters and servers may stand in the record.
            least_for_ranking: How many scored encounters it takes to rank a server.

        Raises:
            EncounterError: If there is no encounter, or one cannot be judged.
        """
        found = [self.score(encounter) for encounter in encounters]
        return rollup.make_shift(found, encounters=encounters, by=by, names=names, least_for_ranking=least_for_ranking)

    def panel(self, encounters: Sequence[Encounter], *, one_encounter: bool = False, names: bool = False) -> Panel:
        """Several observers' records of the same encounters: gaps, blind spots, agreement.

        Args:
            encounters: The records; those with the same id are of the same encounter.
            one_encounter: Whether all are of one encounter, whatever their ids.
            names: Whether the ids of the encounters may stand in the record.

        Raises:
            EncounterError: If no encounter has two observers, or one cannot be judged.
        """
        verdicts = [self.score(encounter) for encounter in encounters]
        return rollup.make_panel(
            encounters, verdicts, vocabulary=self.vocabulary, one_encounter=one_encounter, names=names
        )

    @property
    def emotional_criteria(self) -> frozenset[str]:
        """The criteria that touch a customer, with those of every sector that take their place."""
        rubrics = (self._united((name,)) for name in sorted(self.catalog.rubrics))
        return rollup.emotional_among(criterion for rubric in rubrics for criterion in rubric.criteria)

    def what_if(
        self,
        encounter: Encounter,
        *,
        setting: Mapping[str, Any] = FrozenMap(),
        customer: Mapping[str, Any] = FrozenMap(),
        add: Sequence[str | Event] = (),
        remove: Sequence[Which] = (),
        replace: Mapping[Which, str] = MappingProxyType({}),
        rubric: str | None = None,
        **context: Any,
    ) -> Comparison:
        """The verdicts on an encounter as it was and in another situation, criterion by criterion.

        Args:
            encounter: The encounter as it was.
            setting: Fields of the setting, such as `{"queue": 0}`; `None` takes one away.
            customer: Fields of the customer, in the same way.
            add: Events, or lines of the timeline notation, which come where their time says, else at the end; a line
                may say `@3` in place of the time: right behind event 3, counted from 1, and at the same time.
            remove: Which events to leave out: indices from 0, texts with a number from 1, or selectors such as
                `customer.minimal`.
            replace: What is done in place of events, as the notation writes it behind the actor:
                `{"customer.minimal": "small_talk: And then?"}`. Actor and time stay.
            rubric: The id of the rubric for the second verdict, instead of those that match it.
            context: `sector`, `channel`, `language`, `observer`, `record` or `observed`; `None` takes one away.

        Raises:
            EncounterError: If a field, a line or a selector is wrong, or the encounter does not hold together so.
            RubricError, EvaluationError: As `score` does.
        """
        fields = {**advice.under("setting", setting), **advice.under("customer", customer), **context}
        other = advice.Otherwise(fields=fields, add=add, remove=remove, replace=replace, rubric=rubric)
        return advice.compare(encounter, other, self.vocabulary, self.score)

    def rubric(self, *names: str) -> Rubric:
        """The rubrics of these ids, united, as scoring uses them; raises `RubricError` for an unknown id."""
        for name in names:
            self._named(name)
        return self._united(names)

    def load(self, where: Readable, *, format: str | None = None) -> Encounter:
        """An encounter from a file or stream, checked against this meter's vocabulary; see `palvelumittari.load`.

        `format` may also be one that a plugin reads, and so may the file's suffix.
        """
        return encounter_files.load(self.catalog, where, format)

    def loads(self, text: str | bytes, *, format: str | None = None) -> Encounter:
        """An encounter from a text, checked against this meter's vocabulary; see `palvelumittari.loads`."""
        return formats.loads(text, vocabulary=self.vocabulary, format=format)

    def load_many(self, where: Readable, *, format: str | None = None) -> Iterator[Encounter | formats.Reject]:
        """The encounters of a file or stream one after another; see `palvelumittari.load_many`.

        `format` may also be one that a plugin reads, and so may the file's suffix.
        """
        return encounter_files.load_many(self.catalog, where, format)

    # --- details ------------------------------------------------------------------------------------------------

    def _choice(self, encounter: Encounter, rubric: str | None) -> Choice:
        return choose(encounter, self.catalog.rubrics) if rubric is None else self._named(rubric)

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
            engine=engine_version(), plugins=FrozenMap({name: known[name] for name in sorted(origins) if name in known})
        )
