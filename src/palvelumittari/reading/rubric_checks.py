"""Checking a rubric file among its fellows: parents, names, scoring constants and every criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from palvelumittari.reading.circles import circle_through
from palvelumittari.reading.criterion_checks import check_draft, check_text
from palvelumittari.reading.criterion_reader import Draft, read_criterion
from palvelumittari.reading.lineage import Entry, Files, Found, check_lineage, entries, inherited
from palvelumittari.reading.lint import lint_criterion, lint_together
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import Path, structured
from palvelumittari.reading.terms import Terms
from palvelumittari.records.rubric import Scoring
from palvelumittari.words.errors import Problem, did_you_mean
from palvelumittari.words.frozen import FrozenMap

Refines = Mapping[str, Sequence[str]]
Placed = list[tuple[Path, Problem]]


def check_rubric(rubric: RubricFile, files: Files, terms: Terms) -> list[Problem]:
    """Every problem of a rubric file among its fellows, in the order of the file; warnings included.

    If its parents are unknown or form a circle, its own criteria are checked all the same.
    """
    problems = list(check_lineage(rubric, files))
    if problems:
        alone = _alone(rubric)
        problems += _check_criteria(alone, {rubric.id: alone}, terms, is_whole=False)
    else:
        problems += [*_check_names(rubric, files), *_check_criteria(rubric, files, terms, is_whole=True)]
    problems += [*_check_scoring(rubric, terms), *_check_texts(rubric)]
    return rubric.file.problems(problems)


def _alone(rubric: RubricFile) -> RubricFile:
    """The rubric without its parents, whose criteria it can neither override nor drop then."""
    document = attrs.evolve(rubric.document, extends=(), drop=(), override=FrozenMap())
    return attrs.evolve(rubric, document=document)


def _check_names(rubric: RubricFile, files: Files) -> Found:
    """Problems of `override` and `drop`: names that no parent declares."""
    known = inherited(rubric.id, files) - {name for name, _ in rubric.own_criteria()}
    named: list[tuple[Path, str]] = [(("override", name), name) for name in rubric.document.override]
    named += [(("drop", index), name) for index, name in enumerate(rubric.document.drop)]
    for path, name in named:
        if name not in known:
            hint = did_you_mean(name, known) or "name a criterion of a rubric in `extends`"
            yield path, Problem(f"no parent declares `{name}`", hint=hint)
    for name, changes in rubric.document.override.items():
        if "id" in changes:
            yield (
                ("override", name, "id"),
                Problem("fixed key `id`: no override gives a new name", hint="leave it out"),
            )


def _check_scoring(rubric: RubricFile, terms: Terms) -> Found:
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


def _check_texts(rubric: RubricFile) -> Found:
    yield from check_text(rubric.document.title, "title")
    if rubric.document.summary is not None:
        yield from check_text(rubric.document.summary, "summary")


# --- criteria ---------------------------------------------------------------------------------------------------


def _check_criteria(rubric: RubricFile, files: Files, terms: Terms, *, is_whole: bool) -> Found:
    """Problems of the criteria that this file declares or overrides; `is_whole` if its parents are known."""
    lines = entries([rubric.id], files)
    drafts = {name: read_criterion(name, entry.raw, entry.owner) for name, entry in lines.items()}
    readable = [draft.criterion for draft in drafts.values() if draft.criterion is not None]
    refines = {name: draft.parts.get("refines", ()) for name, draft in drafts.items()}
    known = inherited(rubric.id, files)
    for name, entry in lines.items():
        found = list(_check_alone(drafts[name], terms))
        unfit = [*_check_refines(name, refines), *_check_refined(refines[name], known, rubric, is_whole)]
        yield from _blamed(rubric, name, entry, [*_news(found, rubric, name, files, terms), *unfit])
    for name, problem in lint_together(readable, terms):
        index = rubric.index_of(name)
        if index is not None:
            yield ("criterion", index, "id"), problem


def _check_alone(draft: Draft, terms: Terms) -> Found:
    """Problems and doubts of one criterion, whatever the others are."""
    yield from check_draft(draft, terms)
    if draft.criterion is not None:
        yield from lint_criterion(draft.criterion, terms)


def _news(found: Placed, rubric: RubricFile, name: str, files: Files, terms: Terms) -> Placed:
    """Those problems of a criterion that are not its parents' already: what this file's override brings about."""
    before = entries(rubric.document.extends, files).get(name) if name in rubric.document.override else None
    if before is None:
        return found
    known = set(_check_alone(read_criterion(name, before.raw, before.owner), terms))
    changes = rubric.document.override[name]
    return [(path, problem) for path, problem in found if (path and path[0] in changes) or (path, problem) not in known]


def _blamed(rubric: RubricFile, name: str, entry: Entry, found: Placed) -> Found:
    """Those problems of a criterion that are the fault of this file, with their places in it."""
    changes = rubric.document.override.get(name)
    for path, problem in found:
        if entry.owner == rubric.id:
            yield ("criterion", rubric.index_of(name) or 0, *path), problem
        elif changes is not None:
            yield ("override", name, *(path if path and path[0] in changes else ())), problem


def _check_refines(name: str, refines: Refines) -> Found:
    """Circles of refinement, which are named in full."""
    for index, parent in enumerate(refines[name]):
        circle = circle_through(name, parent, lambda each: refines.get(each, ()))
        if circle:
            what = f"the criterion refines itself: {' -> '.join(circle)}"
            yield ("refines", index), Problem(what, hint="refine the narrow criterion, the wide one stays")


def _check_refined(names: Sequence[str], known: frozenset[str], rubric: RubricFile, is_whole: bool) -> Found:
    """Names in `refines` that no rubric in sight declares; of unknown parents nothing can be told."""
    for index, name in enumerate(names):
        if name not in known and (is_whole or name.startswith(f"{rubric.id}/")):
            hint = did_you_mean(name, known) or "name it with its rubric, such as service/pace"
            yield ("refines", index), Problem(f"unknown criterion `{name}`", hint=hint)
