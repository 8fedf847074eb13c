"""Scoring encounters with two versions of a rubric; what cannot be judged is told, and the rest go on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from palvelumittari.authoring.difference import Moves
from palvelumittari.authoring.trying import SUFFIX, case_files
from palvelumittari.cli.score_stream import STDIN
from palvelumittari.cli.session import check_format
from palvelumittari.cli.telling import tell_errors
from palvelumittari.formats import Format, Reject
from palvelumittari.meter import Meter
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.encounter import Encounter
from palvelumittari.words.errors import EncounterError, PalvelumittariError

Named = tuple[Meter, str]
"""A meter and the id of the rubric that it scores with."""


@attrs.frozen
class Rescorer:
    """Scores with two versions of a rubric, and reads with the vocabulary of the new one.

    Raises a usage error where it is made if there is no format of the name `source`.
    """

    old: Named
    new: Named
    source: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a format that nobody reads."""
        check_format("--from", self.source, (*Format, *self.new[0].catalog.readers))

    def compare(self, paths: Iterable[str], moves: Moves) -> None:
        """Count the verdicts on all encounters of files, of streams, and of folders with cases."""
        for path in paths:
            try:
                for found in self._encounters(path):
                    self._count(found, path, moves)
            except PalvelumittariError as error:  # the file cannot be read at all, or not to its end
                tell_errors(error.problems)
                moves.rejected_count += 1

    def _encounters(self, path: str) -> Iterator[Encounter | Reject | PalvelumittariError]:
        if path == STDIN:
            yield from self.new[0].load_many(sys.stdin.buffer, format=self.source)
        elif path.endswith(SUFFIX) or Path(path).is_dir():
            yield from self._cases(Path(path))
        else:
            yield from self.new[0].load_many(path, format=self.source)

    def _cases(self, path: Path) -> Iterator[Encounter | PalvelumittariError]:
        for file in case_files(self.new[0], [path]):
            try:
                case = read_case(read_toml(file), self.new[0].vocabulary)
            except PalvelumittariError as error:
                yield error
            else:
                yield attrs.evolve(case.encounter, id=case.id)

    def _count(self, found: Encounter | Reject | PalvelumittariError, path: str, moves: Moves) -> None:
        if not isinstance(found, Encounter):
            tell_errors(found.problems)
            moves.rejected_count += 1
            return
        (old, old_id), (new, new_id) = self.old, self.new
        try:
            verdict = new.score(found, new_id)
        except PalvelumittariError as error:
            tell_errors(problem.at(attrs.evolve(problem.place, file=path)) for problem in error.problems)
            moves.rejected_count += 1
            return
        try:
            moves.add(old.score(found, old_id), verdict)
        except EncounterError:  # it names what the old version did not know
            moves.new_only_count += 1
