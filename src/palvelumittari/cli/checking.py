"""Files of one's own: which of them are ours, which kind each is, and what came of checking it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

import attrs

from palvelumittari.plugins.surroundings import READINGS, VOCABULARY
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.words.errors import Place, Problem


class Kind(StrEnum):
    """What a file holds."""

    RUBRIC = "rubric"
    VOCABULARY = "vocabulary"
    READINGS = "readings"
    CASE = "case"


_BY_NAME = {VOCABULARY: Kind.VOCABULARY, READINGS: Kind.READINGS}
_BY_KEYS = (
    (Kind.CASE, {"encounter", "expect"}),
    (Kind.VOCABULARY, {"act", "group", "tag", "field"}),
    (Kind.READINGS, {"reading"}),
    (Kind.RUBRIC, {"schema", "criterion", "extends", "sectors", "channels", "override", "scoring"}),
)


def kind_of(file: TomlFile) -> Kind | None:
    """What a file holds, by its name, else by its keys; `None` if it is nothing of ours."""
    name = Path(file.name).name
    if name.endswith(".case.toml"):
        return Kind.CASE
    return _BY_NAME.get(name) or next((kind for kind, keys in _BY_KEYS if keys & file.data.keys()), None)


@attrs.frozen
class Checked:
    """A file with what it is in words, and every problem of it."""

    path: Path
    what: str
    problems: tuple[Problem, ...] = ()

    @property
    def error_count(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.is_error for problem in self.problems)

    @property
    def state(self) -> str:
        """In a few words what came of it."""
        return counted(self.problems) or "fine"


def counted(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are: `2 errors, 1 warning`; empty if there are none."""
    errors = sum(problem.is_error for problem in problems)
    counts = ((errors, "error"), (len(problems) - errors, "warning"))
    return ", ".join(some(count, name) for count, name in counts if count)


def some(count: int, name: str, many: str | None = None) -> str:
    """A count with its noun: `1 file`, `2 files`."""
    return f"{count} {name}" if count == 1 else f"{count} {many or name + 's'}"


def verdict_on(found: Sequence[Checked]) -> str:
    """The last line of a check: how many files, and what is wrong with how many."""
    if not found:
        return "Nothing to check: no TOML file of palvelumittari lies there."
    bad = sum(each.error_count > 0 for each in found)
    problems = [problem for each in found for problem in each.problems]
    result = f"{bad} with errors" if bad else "all in order"
    return f"{some(len(found), 'file')} checked, {result}" + (f" ({counted(problems)})" if problems else "")


# --- finding the files ---------------------------------------------------------------------------------------------


def each_file(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """The files named, and the TOML files in the folders named; with whether a file is named itself."""
    seen: set[Path] = set()
    for path in paths:
        is_folder = path.is_dir()
        for file in _toml_files(path) if is_folder else [path]:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, not is_folder


def _toml_files(folder: Path) -> list[Path]:
    """The TOML files in and under a folder, those in hidden folders left out, in order."""
    found = folder.rglob("*.toml")
    return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts))


def not_ours(path: Path) -> Problem:
    """A file that was named holds nothing that can be checked."""
    expected = "a rubric, a vocabulary, readings or a case"
    return Problem("nothing in this file is ours", Place(str(path)), expected=expected)
