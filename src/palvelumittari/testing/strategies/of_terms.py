"""Hypothesis strategies: the texts that stand in rubrics and name terms: selectors, conditions, windows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from palvelumittari.records.encounter import Actor
from palvelumittari.records.measure import Phase
from palvelumittari.records.rubric import Reading
from palvelumittari.records.selector import ANYBODY, STAFF
from palvelumittari.records.vocabulary import Field, FieldType, Vocabulary

WHO: Mapping[str, frozenset[Actor]] = {
    **{actor.value: frozenset({actor}) for actor in (Actor.SERVER, Actor.COLLEAGUE)},
    "staff": STAFF,
    **{actor.value: frozenset({actor}) for actor in Actor if actor not in STAFF},
    "*": ANYBODY,
}
"""Who may stand in a selector, with the actors meant; the server first, to which failures shrink."""

WINDOWS = ("1 turn", "2 turns", "20 s", "90 s", "2 min", "20 s or 1 turn", "90 s or 2 turns")
DURATIONS = ("5 s", "20 s", "1.5 s", "1 min")
FREE_TEXTS = ("fi", "retail", "retail.toys")
"""Values for fields that hold any text."""

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


@attrs.frozen(slots=False)
class Phrasing:
    """What can be said with a vocabulary and readings; each property is a strategy of texts that the reader accepts."""

    vocabulary: Vocabulary
    readings: Mapping[str, Reading] = attrs.field(factory=dict)

    # --- selectors ----------------------------------------------------------------------------------------------

    @cached_property
    def by_staff(self) -> SearchStrategy[str]:
        """Selectors of what staff may do; of anything, where staff can do nothing."""
        return self._selectors({name: who for name, who in WHO.items() if who <= STAFF})

    @cached_property
    def by_others(self) -> SearchStrategy[str]:
        """Selectors of what the customer's side, a bystander or the system may do."""
        return self._selectors({name: who for name, who in WHO.items() if not who & STAFF})

    @cached_property
    def by_anybody(self) -> SearchStrategy[str]:
        """Selectors of anything."""
        return self._selectors(WHO)

    def _selectors(self, who: Mapping[str, frozenset[Actor]]) -> SearchStrategy[str]:
        heads = st.sampled_from(list(self._heads(who)) or list(self._heads(WHO)))
        alternative = st.tuples(heads, self._tags, self._addressees).map(" ".join).map(str.rstrip)
        return alternative | st.lists(alternative, min_size=2, max_size=3).map(" | ".join)

    def _heads(self, who: Mapping[str, frozenset[Actor]]) -> Iterator[str]:
        for act in sorted(self.vocabulary.acts):
            able = [self.vocabulary.acts[kind].by for kind in self.vocabulary.selected[act]]
            yield from (f"{name}.{act}" for name, actors in who.items() if any(actors & each for each in able))

    @cached_property
    def _tags(self) -> SearchStrategy[str]:
        marks = [f"{mark}{tag}" for tag in sorted(self.vocabulary.tags) for mark in ("#", "!#")]
        return _seldom(marks)

    @cached_property
    def _addressees(self) -> SearchStrategy[str]:
        return _seldom([f"> {name}" for name in WHO if name.isalpha()])

    # --- conditions ---------------------------------------------------------------------------------------------

    @cached_property
    def at_start(self) -> SearchStrategy[str]:
        """Conditions for the start of a reading: of context fields alone."""
        return _joined(self._of_fields)

    @cached_property
    def at_moment(self) -> SearchStrategy[str]:
        """Conditions for `while`, `once` and `until`, which may also name the phase."""
        phases = [phase.value for phase in Phase]
        return _joined(_either(self._inner, _of_texts("phase", st.sampled_from(phases)), self._throughout))

    @cached_property
    def over_all(self) -> SearchStrategy[str]:
        """Conditions for `when`, in which readings stand inside `ever` or `always`."""
        return _joined(_either(self._throughout, self._of_fields, self._of_events))

    @cached_property
    def _throughout(self) -> SearchStrategy[str]:
        return st.tuples(st.sampled_from(["ever", "always"]), _joined(self._inner)).map("{0[0]}({0[1]})".format)

    @cached_property
    def _inner(self) -> SearchStrategy[str]:
        """What may stand anywhere but at a start of a reading."""
        named = [_of_numbers(name, *reading.range) for name, reading in sorted(self.readings.items())]
        of_readings = [st.one_of(named)] if named else []
        return _either(*of_readings, self._of_events, self._of_fields)

    @cached_property
    def _of_events(self) -> SearchStrategy[str]:
        quoted = self.by_others.map(json.dumps) | self.by_anybody.map(json.dumps)
        counts = st.tuples(quoted, st.sampled_from(COMPARISONS), st.integers(0, 3))
        return quoted.map("seen({})".format) | counts.map("count({0[0]}) {0[1]} {0[2]}".format)

    @cached_property
    def _of_fields(self) -> SearchStrategy[str]:
        return st.one_of([_of_field(field) for _, field in sorted(self.vocabulary.fields.items())])


@st.composite
def _either(draw: DrawFn, *choices: SearchStrategy[str]) -> str:
    """One of some strategies, each as likely; joined with `|`, those with the most forms would crowd out the others."""
    return draw(choices[draw(st.integers(0, len(choices) - 1))])


def _seldom(texts: list[str]) -> SearchStrategy[str]:
    """One text in four, for what narrows so much that little would match; nothing where there are no texts."""
    return st.sampled_from(["", *[""] * (3 * len(texts)), *texts])


def _joined(clauses: SearchStrategy[str]) -> SearchStrategy[str]:
    """A clause, its reverse, or up to three clauses with `and` and `or` between them."""
    clause = _either(clauses, clauses, clauses.map("not ({})".format))
    pair = st.tuples(clause, st.sampled_from(["and", "or"]), clause).map(" ".join)
    triple = st.tuples(pair.map("({})".format), st.sampled_from(["and", "or"]), clause).map(" ".join)
    return _either(clause, pair, triple)


def _of_field(field: Field) -> SearchStrategy[str]:
    if field.type is FieldType.FLAG:
        return st.sampled_from([field.name, f"{field.name} == true", f"{field.name} != true"])
    if field.type in (FieldType.CHOICE, FieldType.TEXT):
        return _of_texts(field.name, st.sampled_from(field.values or FREE_TEXTS))
    low, high = field.range or (0, 4)
    return _of_numbers(field.name, low, high, whole=field.type is FieldType.COUNT)


def _of_texts(name: str, values: SearchStrategy[str]) -> SearchStrategy[str]:
    one = st.tuples(st.just(name), st.sampled_from(["==", "!="]), values.map(json.dumps)).map(" ".join)
    some = st.lists(values, min_size=1, max_size=2, unique=True).map(lambda some: json.dumps(some, ensure_ascii=False))
    return one | st.tuples(st.just(name), st.sampled_from(["in", "not in"]), some).map(" ".join)


def _of_numbers(name: str, low: float, high: float, *, whole: bool = False) -> SearchStrategy[str]:
    """A number held against another, from either side, or between two."""
    steps = st.integers(0, 10).map(lambda tenths: low + (high - low) * tenths / 10)
    numbers = (st.integers(0, 4) if whole else steps).map("{:g}".format)
    right = st.tuples(st.just(name), st.sampled_from(COMPARISONS), numbers).map(" ".join)
    left = st.tuples(numbers, st.sampled_from(COMPARISONS), st.just(name)).map(" ".join)
    return right | left | st.tuples(numbers, numbers).map(lambda two: f"{two[0]} <= {name} < {two[1]}")


@cache
def texts() -> SearchStrategy[dict[str, Any]]:
    """Texts in the three languages of the engine."""
    words = st.sampled_from(["one", "two", "three"])
    return words.map(lambda word: {language: f"{word} ({language})" for language in ("en", "fi", "sv")})
