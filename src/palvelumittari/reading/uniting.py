"""Uniting rubrics: parents, overrides, drops and refinement resolved into one `Rubric` ready to judge with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from palvelumittari.reading.criterion_checks import check_draft
from palvelumittari.reading.criterion_reader import Draft, read_criterion
from palvelumittari.reading.lineage import Entry, Files, all_entries, check_lineage, entries, lineage
from palvelumittari.reading.parts import names_in, selectors_of
from palvelumittari.reading.rubric_checks import check_rubric
from palvelumittari.reading.rubric_file import digest_of
from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import file_key
from palvelumittari.reading.terms import Terms
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Calls
from palvelumittari.records.rubric import Criterion, Lifecycle, Reading, Rubric, Scoring
from palvelumittari.records.selector import Selector
from palvelumittari.records.vocabulary import Act, Vocabulary
from palvelumittari.words.errors import Problem, RubricError, raise_errors
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

__all__ = ["check_lineage", "check_rubric", "entries", "lineage", "unite"]


def unite(tops: Sequence[str], files: Files, terms: Terms) -> Rubric:
    """The rubrics `tops` as one, in that order (channel before sector). They must have passed `check_rubric`.

    Raises `RubricError` if a criterion cannot be read after all, for instance because two rubrics that match one
    encounter override a criterion in ways that do not go together.
    """
    found = entries(tops, files)
    criteria = _linked(_read(found, files, terms), tops, files)
    readings = _readings(criteria, terms)
    scoring = _scoring(tops, files)
    return Rubric(
        id="+".join(tops),
        title=_title(tops, files),
        criteria=tuple(criteria),
        readings=FrozenMap({reading.id: reading for reading in readings}),
        scoring=scoring,
        parts=tuple(files[top].ref for top in tops),
        digest=_digest(_meant(criteria, found), scoring, readings, _acts(criteria, readings, terms.vocabulary)),
        sectors=tuple(sector for top in tops for sector in files[top].document.sectors),
        channels=tuple(channel for top in tops for channel in files[top].document.channels),
    )


def _read(found: Mapping[str, Entry], files: Files, terms: Terms) -> tuple[Criterion, ...]:
    """The criteria that are judged, retired ones left out."""
    drafts = {name: read_criterion(name, entry.raw, entry.owner) for name, entry in found.items()}
    problems = [each for name, entry in found.items() for each in _clashes(name, entry, drafts[name], files, terms)]
    raise_errors(problems, RubricError)
    read = (draft.criterion for draft in drafts.values() if draft.criterion is not None)
    return tuple(criterion for criterion in read if criterion.lifecycle is not Lifecycle.RETIRED)


def _clashes(name: str, entry: Entry, draft: Draft, files: Files, terms: Terms) -> Iterator[Problem]:
    """What is wrong with a criterion that several rubrics override, each of which fits for itself."""
    owner = files[entry.owner]
    place = owner.file.place(("criterion", owner.index_of(name) or 0))
    who = " and ".join(entry.overridden_by) or entry.owner
    for _, problem in check_draft(draft, terms) if len(entry.overridden_by) > 1 else draft.problems:
        yield attrs.evolve(problem, what=f"`{name}` as {who} will have it: {problem.what}", place=place)


def _linked(criteria: Sequence[Criterion], tops: Sequence[str], files: Files) -> tuple[Criterion, ...]:
    """The criteria with `refines` led past those that are dropped or retired, so that no chain is torn."""
    refines = {name: _names(entry.raw.get("refines", ())) for name, entry in all_entries(tops, files).items()}
    kept = frozenset(criterion.id for criterion in criteria)
    return tuple(attrs.evolve(each, refines=tuple(_reached(each.id, refines, kept))) for each in criteria)


def _names(raw: Any) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)


def _reached(name: str, refines: Mapping[str, Sequence[str]], kept: frozenset[str]) -> Iterator[str]:
    """The kept criteria that one refines, directly or through those that are left out."""
    seen = {name}
    waiting = list(refines[name])
    while waiting:
        parent = waiting.pop(0)
        if parent not in seen:
            seen.add(parent)
            if parent in kept:
                yield parent
            else:
                waiting = [*refines.get(parent, ()), *waiting]


def _scoring(tops: Sequence[str], files: Files) -> Scoring:
    """The constants of all rubrics in their order, later keys winning."""
    raw: dict[str, Any] = {}
    for rubric in lineage(tops, files):
        raw |= rubric.document.scoring
    return rubric_converter().structure(raw, Scoring)


def _title(tops: Sequence[str], files: Files) -> Text:
    titles = [files[top].document.title for top in tops]
    languages = dict.fromkeys(language for title in titles for language in title.said)
    return Text(FrozenMap({tag: " + ".join(title.said_in(tag) for title in titles) for tag in languages}))


def _meant(criteria: Sequence[Criterion], found: Mapping[str, Entry]) -> Mapping[str, Any]:
    return {each.id: {**found[each.id].raw, "refines": sorted(each.refines)} for each in criteria}


def _digest(criteria: Mapping[str, Any], scoring: Scoring, readings: Sequence[Reading], acts: Iterable[Act]) -> str:
    return digest_of(
        {
            "criteria": criteria,
            "scoring": attrs.asdict(scoring),
            "acts": {act.id: _meaning(act) for act in acts},
            "readings": {reading.id: _plain(reading) for reading in readings},
        }
    )


def _readings(criteria: Sequence[Criterion], terms: Terms) -> tuple[Reading, ...]:
    """The readings that the criteria name; all of them where a plugin's measure may look at any."""
    if any(isinstance(criterion.measure, Calls) for criterion in criteria):
        return tuple(terms.readings.values())
    named = names_in(tuple(criteria))
    return tuple(reading for name, reading in terms.readings.items() if name in named)


def _acts(criteria: Sequence[Criterion], readings: Sequence[Reading], vocabulary: Vocabulary) -> Iterable[Act]:
    """The acts that the criteria and readings select, kinds included, and the core acts, on which phases rest."""
    selectors = [*selectors_of(tuple(criteria)), *selectors_of(tuple(readings))]
    named = [act for selector in selectors for act in selector.acts]
    wanted = vocabulary.any_of(*named) | set(named) | vocabulary.core_acts
    return (act for name, act in vocabulary.acts.items() if name in wanted)


def _meaning(act: Act) -> dict[str, Any]:
    sets = {"modalities": sorted(act.modalities), "by": sorted(act.by)}
    return {**sets, "kind_of": act.kind_of, "core": act.core, "members": act.members}


def _plain(record: Any) -> Any:
    """A reading as plain data without its title; selectors and conditions as their texts."""
    if isinstance(record, Selector | Condition):
        return record.text
    if isinstance(record, tuple):
        return [_plain(item) for item in record]
    if attrs.has(type(record)):
        fields = [field for field in attrs.fields(type(record)) if field.name not in ("title", "origin")]
        return {file_key(field.name): _plain(getattr(record, field.name)) for field in fields}
    return record
