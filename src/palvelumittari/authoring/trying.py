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
_WHAT_A_CASE_IS = f"a case is a file whose name ends in {SUFFIX}; name one, or a folder with some"


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

    Raises `RubricError` for a folder without cases, and for a file whose name is not that of a case.
    """
    named = list(paths)
    if not named:
        yield from (case.file for case in meter.catalog.cases)
    for path in named:
        yield from _in_folder(path) if path.is_dir() else [_named(path)]


def _in_folder(folder: Path) -> list[File]:
    found: list[File] = [*sorted(folder.rglob(f"*{SUFFIX}"))]
    if not found:
        raise RubricError(Problem("no case lies in this folder", Place(str(folder)), hint=_WHAT_A_CASE_IS))
    return found


def _named(path: Path) -> File:
    if path.is_file() and not path.name.endswith(SUFFIX):
        raise RubricError(Problem("this file is not called a case", Place(str(path)), hint=_WHAT_A_CASE_IS))
    return path


def try_case(meter: Meter, file: File, name: str | None = None) -> Tried:
    """The case of a file with its verdict; `name` is what messages call the file, if not by its path.

    Raises `PalvelumittariError` if it cannot be read or judged.
    """
    case = read_case(read_toml(file, name), meter.vocabulary)
    return Tried(case, meter.score(case.encounter))
