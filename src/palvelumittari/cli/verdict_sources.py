"""What files hold for a command about several encounters: encounters, which are scored on the way, or verdicts.

A file is a case (`*.case.toml`), JSON (one record or a list of them), NDJSON, a timeline, or what a plugin reads; what
each record is, its content tells. The order of the files, and of the records in them, is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import click

from palvelumittari.authoring.trying import SUFFIX
from palvelumittari.cli.score_stream import Scorer, encounters_in, opened
from palvelumittari.cli.telling import Ending, tell_error, tell_errors
from palvelumittari.formats import Reject, format_of, load_mixed
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Verdict
from palvelumittari.words.errors import PalvelumittariError, Place, Problem


@attrs.frozen
class Sourced:
    """What a file holds: a verdict, with its encounter if the file held that, or another record that was asked for."""

    file: str
    record: Any
    encounter: Encounter | None = None


@attrs.frozen
class VerdictSources:
    """Reads files for a command; `others` are kinds of records that it takes beside encounters and verdicts."""

    scorer: Scorer
    others: tuple[type[Any], ...] = ()

    def read(self, files: Iterable[str]) -> Iterator[Sourced | None]:
        """What each file holds, `None` for what could not be read or scored and was told."""
        for file in files:
            try:
                for found in self._records_of(file):
                    yield self._sourced(found, file)
            except PalvelumittariError as error:  # the file cannot be read at all, or not to its end
                tell_errors(error.problems)
                yield None

    def gather(self, files: Iterable[str]) -> list[Sourced]:
        """Everything that the files hold; ends the command if anything is wrong, once all of that is told."""
        found = list(self.read(files))
        kept = [each for each in found if each is not None]
        if len(kept) < len(found):
            raise click.exceptions.Exit(Ending.BAD_INPUT)
        return kept

    def encounters(self, files: Iterable[str], command: str) -> tuple[list[Encounter], list[Verdict]]:
        """The encounters of the files with their verdicts, for a command that verdicts alone tell too little."""
        found = self.gather(files)
        bare = [each for each in found if each.encounter is None]
        for file in dict.fromkeys(each.file for each in bare):
            hint = "give the encounter that this is the verdict on"
            what = f"a verdict does not tell what happened in between, which `{command}` needs"
            tell_error(Problem(what, Place(file), expected="an encounter", hint=hint))
        if bare:
            raise click.exceptions.Exit(Ending.BAD_INPUT)
        return [each.encounter for each in found if each.encounter is not None], [each.record for each in found]

    # --- details ------------------------------------------------------------------------------------------------

    def _records_of(self, file: str) -> Iterator[Any]:
        meter, source = self.scorer.meter, self.scorer.source
        if file.endswith(SUFFIX) or self._is_plugged(file):
            yield from encounters_in(meter, file, source)
        else:
            kinds = (Encounter, Verdict, *self.others)
            yield from load_mixed(opened(file), kinds, vocabulary=meter.vocabulary, format=source)

    def _is_plugged(self, file: str) -> bool:
        """Whether a plugin reads the file, because its format is asked for or by the suffix."""
        readers = self.scorer.meter.catalog.readers
        if self.scorer.source is not None:
            return self.scorer.source in readers
        return format_of(file) is None and Path(file).suffix.removeprefix(".").lower() in readers

    def _sourced(self, found: Any, file: str) -> Sourced | None:
        if not isinstance(found, Encounter | Reject):
            return Sourced(file, found)
        verdict = self.scorer.scored(found, file)
        if verdict is None or not isinstance(found, Encounter):
            return None
        return Sourced(file, verdict, found)
