"""Scoring the encounters of files one by one; what cannot be scored is told, and the rest go on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from palvelumittari.authoring.trying import SUFFIX as CASE_SUFFIX
from palvelumittari.cli.session import check_format
from palvelumittari.cli.telling import tell_errors, tell_oddities
from palvelumittari.formats import Format, Reject
from palvelumittari.formats.sources import Readable
from palvelumittari.meter import Meter
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Verdict
from palvelumittari.words.errors import PalvelumittariError, Problem

STDIN = "-"
"""Stands for standard input where a file is expected."""


@attrs.frozen
class Scorer:
    """Scores with one meter, with one rubric if the caller wants that, and reads one format if the caller says so.

    Raises a usage error where it is made if there is no format of that name.
    """

    meter: Meter
    rubric: str | None
    language: str
    source: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a format that nobody reads."""
        check_format("--from", self.source, (*Format, *self.meter.catalog.readers))

    def verdicts(self, files: Iterable[str]) -> Iterator[Verdict | None]:
        """The verdict on each encounter of each file, `None` for what could not be read or scored and was told."""
        for file in files:
            yield from self._verdicts_of(file)

    def _verdicts_of(self, file: str) -> Iterator[Verdict | None]:
        try:
            for found in encounters_in(self.meter, file, self.source):
                yield self.scored(found, file)
        except PalvelumittariError as error:  # the file cannot be read at all, or not to its end
            tell_errors(error.problems)
            yield None

    def scored(self, found: Encounter | Reject, file: str) -> Verdict | None:
        """The verdict on what a file holds, `None` for what could not be read or scored and was told."""
        if isinstance(found, Reject):
            tell_errors(found.problems)
            return None
        try:
            verdict = self.meter.score(found, self.rubric)
        except PalvelumittariError as error:
            tell_errors(placed_in_file(problem, file, found) for problem in error.problems)
            return None
        tell_oddities(verdict, self.language)
        return verdict


def opened(file: str) -> Readable:
    """What to read for a name on the command line: the file, or standard input."""
    return sys.stdin.buffer if file == STDIN else file


def encounters_in(meter: Meter, file: str, source: str | None) -> Iterator[Encounter | Reject]:
    """The encounters in what stands for a file on the command line; a case holds one.

    Raises:
        EncounterError: If the file cannot be read at all, or not to its end.
        RubricError: If it is a case that cannot be read.
    """
    if file.endswith(CASE_SUFFIX):
        yield read_case(read_toml(Path(file)), meter.vocabulary).encounter
    else:
        yield from meter.load_many(opened(file), format=source)


def placed_in_file(problem: Problem, file: str, encounter: Encounter) -> Problem:
    """A problem of scoring, which knows nothing of files, with the file and the encounter; one of a rubric as it is."""
    is_of_rubric = problem.place.line is not None
    return problem if is_of_rubric else problem.at(attrs.evolve(problem.place, file=f"{file} ({encounter.id})"))
