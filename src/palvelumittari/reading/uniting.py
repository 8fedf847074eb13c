"""Uniting rubrics: parents, overrides, drops and refinement resolved into one `Rubric` ready to judge with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from palvelumittari.reading.criterion_checks import check_draft
from palvelumittari.reading.lint import lint_criterion, lint_together
from palvelumittari.reading.parts import names_in, selectors_of
from palvelumittari.reading.rubric_file import RubricFile, digest_of, read_criterion
from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import Path, file_key, structured
from palvelumittari.reading.terms import Terms
from palvelumittari.records.condition import Condition
from palvelumittari.records.rubric import Criterion, Lifecycle, Reading, Rubric, Scoring
from palvelumittari.records.selector import Selector
from palvelumittari.records.vocabulary import Act, Vocabulary
from palvelumittari.words.errors import Problem, RubricError, did_you_mean, raise_errors
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

Files = Mapping[str, RubricFile]
Found = Iterator[tuple[Path, Problem]]
Raw = Mapping[str, Any]


@attrs.frozen
class Entry:
    """One criterion of a lineage: its raw table as it stands by now, and the rubric that declares it."""

    raw: Raw
    owner: str


# --- lineage ----------------------------------------------------------------------------------------------------


def lineage(tops: Sequence[str], files: Files) -> tuple[RubricFile, ...]:
    """The rubrics that `tops` rest on, themselves included: parents first, left to right, each once.

    Parents must exist (`KeyError`) and must not form a circle: `check_lineage` tells.
    """
    found: dict[str, RubricFile] = {}

    def visit(name: str) -> None:
        if name not in found:
            for parent in files[name].document.extends:
                visit(parent)
            found[name] = files[name]

    for top in tops:
        visit(top)
    return tuple(found.values())


def check_lineage(rubric: RubricFile, files: Files) -> Iterator[tuple[Path, Problem]]:
    """Problems of `extends`: unknown parents, and circles, which are named in full."""
    for index, parent in enumerate(rubric.document.extends):
        path: Path = ("extends", index)
        if parent not in files:
            hint = did_you_mean(parent, files) or "install the plugin that brings it"
            yield path, Problem(f"unknown rubric `{parent}`", hint=hint)
        else:
            circle = _circle(rubric.id, parent, files)
            if circle:
                yield path, Problem(f"the rubric extends itself: {' -> '.join(circle)}", hint="break the circle")


def _circle(start: str, parent: str, files: Files) -> tuple[str, ...]:
    waiting: list[tuple[str, ...]] = [(start, parent)]
    seen: set[str] = set()
    while waiting:
        trail = waiting.pop()
        name = trail[-1]
        if name == start:
            return trail
        if name not in seen and name in files:
            seen.add(name)
            waiting.extend((*trail, up) for up in files[name].document.extends)
    return ()


# --- criteria ---------------------------------------------------------------------------------------------------


def merged(base: Raw, changes: Raw) -> Raw:
    """`base` with `changes`: keys replaced, tables key by key, `situation` whole."""
    found = dict(base)
    for key, value in changes.items():
        old = found.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        found[key] = merged(old, value) if both and key != "situation" else value  # type: ignore[arg-type]  # both maps
    return found


def entries(tops: Sequence[str], files: Files) -> dict[str, Entry]:
    """The criteria of `tops` by qualified id: overrides applied in order, dropped ones left out."""
    found: dict[str, Entry] = {}
    for rubric in lineage(tops, files):
        for name, raw in rubric.own_criteria():
            found[name] = Entry(raw, rubric.id)
        for name, changes in rubric.document.override.items():
            if name in found:
                found[name] = attrs.evolve(found[name], raw=merged(found[name].raw, changes))
    gone = _dropped(tops, files)
    return {name: entry for name, entry in found.items() if name not in gone}


def _dropped(tops: Sequence[str], files: Files) -> frozenset[str]:
    """What every one of `tops` that inherits it drops."""
    inherited = {top: _inherited(top, files) for top in tops}
    drops = {top: _dropped_by(top, files) for top in tops}
    everything = frozenset(name for top in tops for name in drops[top])
    return frozenset(name for name in everything if all(name in drops[top] for top in tops if name in inherited[top]))


def _inherited(top: str, files: Files) -> frozenset[str]:
    return frozenset(name for rubric in lineage([top], files) for name, _ in rubric.own_criteria())


def _dropped_by(top: str, files: Files) -> frozenset[str]:
    document = files[top].document
    return (
        frozenset(document.drop) | _dropped(document.extends, files) if document.extends else frozenset(document.drop)
    )


def _scoring(tops: Sequence[str], files: Files) -> Scoring:
    raw: dict[str, Any] = {}
    for rubric in lineage(tops, files):
        raw |= rubric.document.scoring
    return rubric_converter().structure(raw, Scoring)


# --- checks -----------------------------------------------------------------------------------------------------


def check_rubric(rubric: RubricFile, files: Files, terms: Terms) -> list[Problem]:
    """Every problem of a rubric file among its fellows, each with its place; warnings included."""
    problems = list(check_lineage(rubric, files))
    if not any(problem.is_error for _, problem in problems):
        problems += [*_check_names(rubric, files), *_check_scoring(rubric, terms)]
        problems += _check_criteria(rubric, files, terms)
    return rubric.file.problems(problems)


def _check_names(rubric: RubricFile, files: Files) -> Iterator[tuple[Path, Problem]]:
    """Problems of `override` and `drop`: names that no parent declares."""
    inherited = _inherited(rubric.id, files) - {name for name, _ in rubric.own_criteria()}
    named: list[tuple[Path, str]] = [(("override", name), name) for name in rubric.document.override]
    named += [(("drop", index), name) for index, name in enumerate(rubric.document.drop)]
    for path, name in named:
        if name not in inherited:
            hint = did_you_mean(name, inherited) or "name a criterion of a rubric in `extends`"
            yield path, Problem(f"no parent declares `{name}`", hint=hint)


def _check_scoring(rubric: RubricFile, terms: Terms) -> Iterator[tuple[Path, Problem]]:
    scoring, problems = structured(rubric_converter(), rubric.document.scoring, Scoring)
    yield from ((("scoring", *path), problem) for path, problem in problems)
    if scoring is None:
        return
    if terms.models and scoring.model not in terms.models:
        hint = did_you_mean(scoring.model, terms.models)
        expected = "one of " + ", ".join(terms.models)
        yield ("scoring", "model"), Problem(f"unknown scoring model `{scoring.model}`", expected=expected, hint=hint)
    for key in ("loss_weight", "doubt"):
        if getattr(scoring, key) < 0:
            yield ("scoring", key), Problem(f"`{key}` is negative", expected="0 or more")


def _check_criteria(rubric: RubricFile, files: Files, terms: Terms) -> Iterator[tuple[Path, Problem]]:
    known = _inherited(rubric.id, files)
    readable: list[Criterion] = []
    for name, entry in entries([rubric.id], files).items():
        draft = read_criterion(name, entry.raw, entry.owner)
        found = list(check_draft(draft, terms))
        if draft.criterion is not None:
            readable.append(draft.criterion)
            found += [*_check_refines(draft.criterion, known), *lint_criterion(draft.criterion, terms)]
        yield from _placed(rubric, name, entry, found)
    for name, problem in lint_together(readable, terms):
        index = rubric.index_of(name)
        if index is not None:
            yield ("criterion", index, "id"), problem


def _placed(rubric: RubricFile, name: str, entry: Entry, found: Iterable[tuple[Path, Problem]]) -> Found:
    """Those problems of a criterion that are the fault of this file, with their places in it."""
    if entry.owner == rubric.id or name in rubric.document.override:
        for path, problem in found:
            where = _where(rubric, name, entry, path)
            if where is not None:
                yield where, problem


def _where(rubric: RubricFile, name: str, entry: Entry, path: Path) -> Path | None:
    """Where in this file a problem of a criterion stands; `None` if the fault is a parent's."""
    changes = rubric.document.override.get(name)
    if changes is not None and path and path[0] in changes:
        return ("override", name, *path)
    if entry.owner == rubric.id:
        return ("criterion", rubric.index_of(name) or 0, *path)
    return None


def _check_refines(criterion: Criterion, known: frozenset[str]) -> Iterator[tuple[Path, Problem]]:
    for index, name in enumerate(criterion.refines):
        if name == criterion.id:
            yield ("refines", index), Problem("a criterion cannot refine itself")
        elif name not in known:
            hint = did_you_mean(name, known) or "name it with its rubric, such as service/pace"
            yield ("refines", index), Problem(f"unknown criterion `{name}`", hint=hint)


# --- the united rubric ------------------------------------------------------------------------------------------


def unite(tops: Sequence[str], files: Files, terms: Terms) -> Rubric:
    """The rubrics `tops` as one, in that order (channel before sector). They must have passed `check_rubric`.

    Raises `RubricError` if a criterion cannot be read after all, for instance because two rubrics that match one
    encounter override a criterion in ways that do not go together.
    """
    found = entries(tops, files)
    criteria: list[Criterion] = []
    problems: list[Problem] = []
    for name, entry in found.items():
        draft = read_criterion(name, entry.raw, entry.owner)
        problems += [files[entry.owner].file.problem(("criterion",), problem) for _, problem in draft.problems]
        if draft.criterion is not None and draft.criterion.lifecycle is not Lifecycle.RETIRED:
            criteria.append(draft.criterion)
    raise_errors(problems, RubricError)
    readings = _readings(criteria, terms)
    scoring = _scoring(tops, files)
    return Rubric(
        id="+".join(tops),
        title=_title(tops, files),
        criteria=tuple(criteria),
        readings=FrozenMap({reading.id: reading for reading in readings}),
        scoring=scoring,
        parts=tuple(files[top].ref for top in tops),
        digest=_digest(found, scoring, readings, _acts(criteria, readings, terms.vocabulary)),
        sectors=tuple(sector for top in tops for sector in files[top].document.sectors),
        channels=tuple(channel for top in tops for channel in files[top].document.channels),
    )


def _title(tops: Sequence[str], files: Files) -> Text:
    titles = [files[top].document.title for top in tops]
    languages = dict.fromkeys(language for title in titles for language in title.said)
    return Text(FrozenMap({tag: " + ".join(title.said_in(tag) for title in titles) for tag in languages}))


def _digest(found: Mapping[str, Entry], scoring: Scoring, readings: Sequence[Reading], acts: Iterable[Act]) -> str:
    return digest_of(
        {
            "criteria": {name: entry.raw for name, entry in found.items()},
            "scoring": attrs.asdict(scoring),
            "acts": {act.id: _meaning(act) for act in acts},
            "readings": {reading.id: _plain(reading) for reading in readings},
        }
    )


def _readings(criteria: Sequence[Criterion], terms: Terms) -> tuple[Reading, ...]:
    """The readings that the criteria name."""
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
