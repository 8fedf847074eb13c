"""Encounters to try a plugin on: those of its cases, and a fixed number of random ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from types import CodeType
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.parts import selectors_of
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.encounter import Encounter
from palvelumittari.testing.contract.subject import Subject
from palvelumittari.testing.strategies import encounters
from palvelumittari.words.errors import PalvelumittariError

Drawn = TypeVar("Drawn")

NEAR, FAR = 80, 40
"""How many encounters are drawn from a few acts that the plugin names, and from all acts."""


def examples(subject: Subject) -> tuple[Encounter, ...]:
    """The encounters of the cases that can be read, then random ones, always the same; the shortest come first."""
    known, vocabulary, sector = _in_cases(subject), subject.meter.vocabulary, subject.sector
    far = encounters(vocabulary, sector=sector)
    acts = sorted(_acts_of(subject, known))
    few = st.lists(st.sampled_from(acts or sorted(vocabulary.timeline_acts())), min_size=1, max_size=6, unique=True)
    near = few.flatmap(lambda some: encounters(vocabulary, sector=sector, max_events=16, acts=some))
    return tuple(sorted([*known, *drawn(near, NEAR), *drawn(far, FAR)], key=lambda encounter: len(encounter.events)))


def texts_of(encounters: Iterable[Encounter]) -> list[str]:
    """Texts to try detectors on: what is said in encounters, and random ones."""
    said = [event.text for encounter in encounters for event in encounter.events if event.text is not None]
    return ["", *said, *drawn(st.text(), FAR)]


def drawn(strategy: SearchStrategy[Drawn], count: int) -> list[Drawn]:
    """What a strategy gives when it is asked so many times: the same each time, whatever the machine."""
    found: list[Drawn] = []

    def keep(one: Drawn) -> None:
        found.append(one)

    quiet = settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    quiet(given(strategy)(keep))()
    return found


def _acts_of(subject: Subject, known: Iterable[Encounter]) -> frozenset[str]:
    """The acts that the plugin declares, that its criteria and functions name, and that happen in its cases."""
    own = subject.status.brings.get("acts", ())
    ids = {rubric.id for rubric in subject.rubrics}
    criteria = (each for name in ids for each in subject.meter.rubric(name).criteria)
    declared = tuple(each for each in criteria if each.declared_in in ids)
    named = [act for selector in selectors_of(declared) for act in selector.acts]
    happened = [event.act for encounter in known for event in encounter.events]
    return subject.meter.vocabulary.any_of(*own, *named, *happened, *_words_of(subject.measures.values()))


def _words_of(functions: Iterable[Callable[..., Any]]) -> Iterator[str]:
    """The texts that stand in functions of Python or in what they name of their module; acts may be among them."""
    for function in functions:
        code = getattr(function, "__code__", None)
        known = getattr(function, "__globals__", {})
        for each in _codes(code) if code is not None else ():
            yield from _texts_in(each.co_consts)
            yield from _texts_in(tuple(known.get(name) for name in each.co_names))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of the functions inside it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from _texts_in(each)


def _in_cases(subject: Subject) -> list[Encounter]:
    """The encounters of the cases; what cannot be read is told where the cases are checked."""
    found = []
    for case in subject.cases:
        with suppress(PalvelumittariError):
            found.append(read_case(read_toml(case.file), subject.meter.vocabulary).encounter)
    return found
