"""Checking one criterion: terms that exist, numbers in range, windows that can be met, keys that fit its role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from palvelumittari.reading.criterion_reader import Draft
from palvelumittari.reading.parts import parts_of
from palvelumittari.reading.structure import Path, file_key
from palvelumittari.reading.term_checks import Stand, check_condition, check_selector
from palvelumittari.reading.terms import Terms
from palvelumittari.records.measure import (
    MEASURES,
    Avoids,
    Calls,
    Ceases,
    Grades,
    Measure,
    Phase,
    Precedes,
    Prompt,
    Responds,
    Shows,
    with_changes,
)
from palvelumittari.records.rubric import Caps, Criterion, Role
from palvelumittari.records.selector import Selector
from palvelumittari.words.errors import Problem, Severity, did_you_mean, shown
from palvelumittari.words.text import Text

Found = Iterator[tuple[Path, Problem]]

MAX_WEIGHT = 10
"""Weights order the criteria, from 1 to 5 by custom; more than this is a slip of the pen."""


def check_draft(draft: Draft, terms: Terms) -> Found:
    """Every problem of a criterion, with paths relative to its table; as much as can be told of one half read."""
    yield from draft.problems
    yield from _check_terms(draft.parts, terms)
    yield from _check_head(draft.parts, terms)
    yield from _check_why(draft)
    for name, kind in MEASURES.items():
        measure = draft.parts.get(name)
        if isinstance(measure, kind):
            yield from _under((name,), check_numbers(measure, terms))
    if draft.criterion is not None:
        yield from _check_situations(draft.criterion, terms)


def _check_terms(parts: Mapping[str, Any], terms: Terms) -> Found:
    """Problems of every selector and condition, wherever they stand."""
    for path, part in parts_of(parts):
        if isinstance(part, Selector):
            found = check_selector(part, terms.vocabulary)
        else:
            found = check_condition(part, Stand.WHEN if path[-1] == "when" else Stand.MOMENT, terms)
        for problem in found:
            yield path, problem


def _check_head(parts: Mapping[str, Any], terms: Terms) -> Found:
    """Problems of the keys beside the measure: numbers in range, keys that fit the role, acts, texts."""
    if "weight" in parts:
        yield from _check_weight(parts["weight"], ("weight",))
    if "role" in parts:
        yield from _check_role(parts)
    for index, act in enumerate(parts.get("instead", ())):
        if act not in terms.vocabulary.acts:
            hint = did_you_mean(act, terms.vocabulary.acts)
            yield ("instead", index), Problem(f"unknown act `{act}`", hint=hint)
    yield from _check_texts(parts)


def _check_weight(weight: float, path: Path) -> Found:
    if not 0 < weight <= MAX_WEIGHT:
        yield path, Problem(f"the weight {weight:g} is out of range", expected=f"more than 0, at most {MAX_WEIGHT}")


def _check_role(parts: Mapping[str, Any]) -> Found:
    if parts.get("caps") is Caps.NONE and parts["role"] is not Role.MUST:
        yield ("caps",), Problem("only a must caps the band", hint="leave caps out")
    if parts.get("lifts") is False and parts["role"] is not Role.BONUS:
        yield ("lifts",), Problem("only a bonus lifts the band", hint="leave lifts out")


def _check_situations(criterion: Criterion, terms: Terms) -> Found:
    for index, situation in enumerate(criterion.situations):
        path: Path = ("situation", index)
        if "weight" in situation.criterion:
            yield from _check_weight(situation.criterion["weight"], (*path, "weight"))
        if not (situation.criterion or situation.measure or situation.excuse is not None):
            yield path, Problem("this situation changes nothing", hint="give it excuse = true or a key to change")
        changed = {file_key(name) for name in situation.measure}
        for inner, problem in _news(criterion.measure, situation.measure, terms):
            yield (*path, *inner) if inner and inner[0] in changed else path, problem


def _news(measure: Measure, changes: Mapping[str, Any], terms: Terms) -> Found:
    """Problems of a measure that it has only with some changes."""
    before = set(check_numbers(measure, terms))
    return (found for found in check_numbers(with_changes(measure, changes), terms) if found not in before)


def _check_texts(parts: Mapping[str, Any]) -> Found:
    for key in ("title", "advice"):
        if key in parts:
            yield from check_text(parts[key], key)
    for index, situation in enumerate(parts.get("situation", ())):
        for key in ("title", "advice"):
            if key in situation:
                yield from _under(("situation", index), check_text(situation[key], key))


def _check_why(draft: Draft) -> Found:
    """A warning where there is no reason, or one that is translated in part; a plain text does without."""
    if "why" not in draft.parts:
        yield ("id",), Problem("no `why`", severity=Severity.WARNING, hint="add the reason and its source")
    elif not draft.is_why_plain:
        yield from check_text(draft.parts["why"], "why")


def check_text(text: Text, key: str) -> Found:
    """A warning about the languages of the engine that a text lacks."""
    missing = text.missing()
    if missing:
        what = f"the {key} lacks its translation to {' and '.join(missing)}"
        until = "English is shown" if "en" not in missing else "another language or nothing is shown"
        yield (key,), Problem(what, severity=Severity.WARNING, hint=f"add {missing[0]} = ...; until then {until}")


def _under(path: Path, found: Found) -> Found:
    return (((*path, *inner), problem) for inner, problem in found)


# --- measures ---------------------------------------------------------------------------------------------------


def _share(value: float | None, key: str) -> Found:
    if value is not None and not 0 <= value <= 1:
        yield (key,), Problem(f"{value:g} is no fulfilment", expected="a number from 0 to 1")


def _at_least(value: int, least: int, key: str) -> Found:
    if value < least:
        yield (key,), Problem(f"{shown(value)} is too little", expected=f"{least} or more")


@singledispatch
def check_numbers(measure: Any, terms: Terms) -> Found:
    """Problems of the numbers of one measure; each measure has its own."""
    raise NotImplementedError(type(measure))


@check_numbers.register
def _(measure: Shows, terms: Terms) -> Found:
    yield from _at_least(measure.at_least, 1, "at_least")
    yield from _at_least(measure.phases, 1, "phases")
    yield from _share(measure.otherwise, "otherwise")
    reachable = len(set(measure.phase)) or len(Phase)
    if measure.phases > reachable:
        what = f"{measure.phases} phases can never be reached"
        yield ("phases",), Problem(what, expected=f"at most {reachable}", hint="allow more phases or ask for fewer")


@check_numbers.register
def _(measure: Avoids, terms: Terms) -> Found:
    yield from _at_least(measure.allow, 0, "allow")
    if not 0 < measure.each <= 1:
        yield ("each",), Problem(f"{measure.each:g} is no share", expected="more than 0, at most 1")


@check_numbers.register
def _(measure: Responds, terms: Terms) -> Found:
    if not measure.rules:
        yield ("rules",), Problem("there is nothing to respond to", hint="add { after = ..., with = ... }")


@check_numbers.register
def _(measure: Ceases, terms: Terms) -> Found:
    if (measure.after is None) == (measure.once is None):
        hint = "after an event, or once a condition is true"
        yield (), Problem("ceases needs after or once, and not both", hint=hint)


@check_numbers.register
def _(measure: Precedes, terms: Terms) -> Found:
    return _share(measure.otherwise, "otherwise")


@check_numbers.register
def _(measure: Prompt, terms: Terms) -> Found:
    if measure.full >= measure.none:
        what = "this window can never be met: `full` is not sooner than `none`"
        yield ("full",), Problem(what, hint='as in full = "5 s", none = "90 s"')


@check_numbers.register
def _(measure: Grades, terms: Terms) -> Found:
    yield from _share(measure.otherwise, "otherwise")
    if not measure.acts:
        yield ("acts",), Problem("there is nothing to grade", hint="add { act = ..., is = ... }")
    for index, grade in enumerate(measure.acts):
        for path, problem in _share(grade.is_, "is"):
            yield ("acts", index, *path), problem


@check_numbers.register
def _(measure: Calls, terms: Terms) -> Found:
    if measure.function not in terms.functions:
        hint = did_you_mean(measure.function, terms.functions) or "install the plugin that brings it"
        yield (), Problem(f"no plugin brings the measure `{measure.function}`", hint=hint)
