"""Trying cases at the command line: what cannot be read is told, and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from palvelumittari.authoring.trying import Tried, try_case
from palvelumittari.cli.telling import tell_errors
from palvelumittari.hookspecs import File
from palvelumittari.meter import Meter
from palvelumittari.words.errors import PalvelumittariError, Problem


def tried(meter_for: Callable[[File], Meter], files: Iterable[File]) -> Iterator[Tried | None]:
    """Each case with its verdict; `None` for one that cannot be read or judged, which is told, each problem once."""
    told: set[Problem] = set()
    for file in files:
        try:
            yield try_case(meter_for(file), file)
        except PalvelumittariError as error:
            tell_errors(problem for problem in error.problems if problem not in told)
            told.update(error.problems)
            yield None
