"""Asserting that a plugin keeps its contract: every breach is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType

from palvelumittari.testing.contract.breach import Breach, breaches_of
from palvelumittari.testing.contract.content import check_cases, check_rubrics, check_texts
from palvelumittari.testing.contract.examples import examples, texts_of
from palvelumittari.testing.contract.functions import check_detectors, check_formats, check_scoring
from palvelumittari.testing.contract.imports import check_imports
from palvelumittari.testing.contract.measures import check_measures
from palvelumittari.testing.contract.subject import Modules, Subject, load_subject
from palvelumittari.words.errors import PalvelumittariError


def assert_plugin_contract(plugin: ModuleType | str, *, beside: Modules = ()) -> None:
    """Whether a plugin keeps its contract: it loads, it is complete, and its functions can be relied on.

    It must load strictly: only hooks that exist, ids with the plugin's name in front, rubrics without errors. Then:
    no rubric gives a warning; every text comes in English, Finnish and Swedish; every case comes out; measures
    answer from 0 to 1 or nothing, cite events that exist, change nothing, and say the same again, in any order and in
    another process; detectors find acts within the text; readers and writers can be called; every encounter
    gets a verdict; and importing it imports nothing of `palvelumittari.testing.HEAVY`. Functions are tried on the
    encounters of the cases and on a fixed number of random ones, which are always the same. Needs hypothesis.

    Args:
        plugin: The module of the plugin, or its name.
        beside: Other plugins that it rests on, for instance because its rubric extends one of theirs.

    Raises:
        AssertionError: With every breach at once, each with what to do about it.
    """
    found = list(_breaches(plugin, beside))
    if found:
        raise AssertionError(_told(plugin if isinstance(plugin, str) else plugin.__name__, found))


def _breaches(plugin: ModuleType | str, beside: Modules) -> Iterator[Breach]:
    try:
        subject = load_subject(plugin, beside)
    except PalvelumittariError as error:
        yield from breaches_of(error.problems)
        yield Breach("nothing more can be told of it until it loads")
        return
    yield from check_imports(subject.modules)
    yield from _content(subject)
    yield from _functions(subject)


def _content(subject: Subject) -> Iterator[Breach]:
    for check in (check_rubrics, check_texts, check_cases):
        yield from check(subject)


def _functions(subject: Subject) -> Iterator[Breach]:
    tried = examples(subject)
    yield from check_measures(subject, tried)
    yield from check_detectors(subject, texts_of(tried))
    yield from check_formats(subject)
    yield from check_scoring(subject, tried)


def _told(name: str, found: Iterable[Breach]) -> str:
    breaches = list(map(str, found))
    count = "1 breach" if len(breaches) == 1 else f"{len(breaches)} breaches"
    return "\n\n".join([f"the plugin {name} breaks its contract ({count}):", *breaches])
