"""Candidates: what a finding suggests the server might have done, one module for each family of measures.

A candidate is a sequence of alternatives, the rubric's own wish first; each alternative is a set of changes. Nothing
here is promised: whether a candidate helps is found by scoring it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from palvelumittari.advice.candidates.amiss import of_avoids, of_calls, of_ceases
from palvelumittari.advice.candidates.found import Candidate, Changes, Found
from palvelumittari.advice.candidates.graded import of_grades
from palvelumittari.advice.candidates.missing import of_precedes, of_prompt, of_responds, of_shows
from palvelumittari.records.measure import measure_name

__all__ = ["Candidate", "Changes", "Found", "candidates_of"]

_OF: Mapping[str, Callable[[Any, Found], Iterator[Candidate]]] = MappingProxyType(
    {
        "avoids": of_avoids,
        "ceases": of_ceases,
        "calls": of_calls,
        "grades": of_grades,
        "precedes": of_precedes,
        "prompt": of_prompt,
        "responds": of_responds,
        "shows": of_shows,
    }
)


def candidates_of(found: Found) -> Iterator[Candidate]:
    """The candidates of one finding, the fullest first; none that changes nothing."""
    measure = found.judged.criterion.measure
    for candidate in _OF[measure_name(measure)](measure, found):
        alternatives = tuple(changes for changes in candidate if changes)
        if alternatives:
            yield alternatives
