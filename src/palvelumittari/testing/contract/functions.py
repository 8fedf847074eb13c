"""The other functions of a plugin: detectors, readers and writers, and its rubrics as a whole."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from palvelumittari.hookspecs import Detector
from palvelumittari.records.encounter import Encounter
from palvelumittari.testing.contract.breach import Breach
from palvelumittari.testing.contract.subject import Subject

LANGUAGES = (None, "en", "fi", "sv")

_PARAMETERS = {"readers": ("a file", "its name"), "writers": ("records",)}


def check_scoring(subject: Subject, encounters: Sequence[Encounter]) -> Iterator[Breach]:
    """Whether every encounter gets a verdict by each rubric; told once for each rubric, on the shortest."""
    for rubric in subject.rubrics:
        for encounter in encounters:
            try:
                subject.meter.score(encounter, rubric=rubric.id)
            except Exception as error:  # a plugin's scoring model may raise anything
                what = f"scoring with the rubric `{rubric.id}` raises {type(error).__name__}: {error}"
                yield Breach(what, hint="mend the scoring model that the rubric names", on=encounter)
                break


# --- detectors --------------------------------------------------------------------------------------------------


def check_detectors(subject: Subject, texts: Iterable[str]) -> Iterator[Breach]:
    """Detectors that raise, find what is no act or lies outside the text, or find something else when asked again.

    Each kind is told once for each detector, on the shortest text that shows it.
    """
    acts = frozenset(subject.meter.vocabulary.timeline_acts())
    tried = sorted(dict.fromkeys(texts), key=len)
    for name in subject.status.brings.get("detectors", ()):
        detector = subject.meter.catalog.detectors[name]
        told: dict[str, Breach] = {}
        for text, language in product(tried, LANGUAGES):
            for what, detail, hint in _wrong(detector, text, language, acts):
                told.setdefault(what, Breach(f"the detector `{name}` {what} in {text!r}{detail}", hint=hint))
        yield from told.values()


def _wrong(detector: Detector, text: str, language: str | None, acts: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with what a detector finds: the kind, the detail, and what to do."""
    try:
        found, again = tuple(detector(text, language)), tuple(detector(text, language))
    except Exception as error:  # a plugin's function may raise anything
        yield f"raises {type(error).__name__}", f": {error}", "find nothing where there is nothing to find"
        return
    if found != again:
        yield "finds something else when it is asked again", "", "let it depend on nothing but text and language"
    for each in found:
        yield from _wrong_find(each, text, acts)


def _wrong_find(found: Any, text: str, acts: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    match found:
        case (str(act), int(start), int(end)):
            if act not in acts:
                yield "finds what is no act", f": {act!r}", "name an act of the vocabulary, and no group"
            if not 0 <= start < end <= len(text):
                what, detail = "finds something outside the text", f": {start} to {end} of {len(text)}"
                yield what, detail, "give the half-open range of characters, as a match of re does"
        case _:
            what = "finds something of the wrong shape"
            yield what, f": {found!r}", "give the act and the half-open range: (act, start, end)"


# --- readers and writers ----------------------------------------------------------------------------------------


def check_formats(subject: Subject) -> Iterator[Breach]:
    """Readers and writers that cannot be called with what the engine hands over."""
    catalog = subject.meter.catalog
    for kind, functions in (("readers", catalog.readers), ("writers", catalog.writers)):
        for name in subject.status.brings.get(kind, ()):
            given = _PARAMETERS[kind]
            if not _takes(functions[name], len(given)):
                what = f"the {kind.removesuffix('s')} `{name}` cannot be called with {' and '.join(given)}"
                yield Breach(what, hint="compare it with palvelumittari.hookspecs")


def _takes(function: Callable[..., Any], count: int) -> bool:
    try:
        inspect.signature(function).bind(*range(count))
    except TypeError:
        return False
    except ValueError:  # some functions that are written in C do not tell
        return True
    return True
