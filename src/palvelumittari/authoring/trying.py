"""Cases from files, folders and plugins, each with the verdict that it gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from palvelumittari.hookspecs import File
from palvelumittari.meter import Meter
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.case import Case
from palvelumittari.records.verdict import Verdict
from palvelumittari.report.cases import Difference, differences
from palvelumittari.words.errors import Place, Problem, RubricError

SUFFIX = ".case.toml"


@attrs.frozen
class Tried:
    """A case with its verdict."""

    case: Case
    verdict: Verdict

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Everything in which the verdict is not what the case expects."""
        return differences(self.case, self.verdict)


def case_files(meter: Meter, paths: Iterable[Path]) -> Iterator[File]:
    """The files named, those in the folders named, or all that the core and the plugins bring if none is named.

    Raises `RubricError` for a folder without cases.
    """
    named = list(paths)
    if not named:
        yield from (case.file for case in meter.catalog.cases)
    for path in named:
        found = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
        if not found:
            hint = f"a case is a file whose name ends in {SUFFIX}"
            raise RubricError(Problem("no case lies in this folder", Place(str(path)), hint=hint))
        yield from found


def try_case(meter: Meter, file: File, name: str | None = None) -> Tried:
    """The case of a file with its verdict; `name` is what messages call the file, if not by its path.

    Raises `PalvelumittariError` if it cannot be read or judged.
    """
    case = read_case(read_toml(file, name), meter.vocabulary)
    return Tried(case, meter.score(case.encounter))
