"""Rubric packs: the rubrics that lie beside a case, and the meter that judges it with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs

from palvelumittari.authoring.trying import SUFFIX
from palvelumittari.hookspecs import File
from palvelumittari.meter import Meter
from palvelumittari.plugins import Catalog
from palvelumittari.reading.rubric_file import digest_of
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.words.errors import RubricError

Pack = tuple[Path, ...]
"""The rubric files that belong together, none if all are loaded anyway."""

_NO_RUBRICS = ("vocabulary.toml", "readings.toml", "pyproject.toml")
_SAYS_RUBRIC = frozenset({"criterion", "override", "extends", "sectors", "channels"})


def rubrics_beside(case: Path) -> Pack:
    """The rubric files in the folder of a case and in `rubrics/` there; if there is none, those of the folder above."""
    folder = case.resolve().parent
    for place in (folder, folder.parent):
        found = tuple(rubric_files(place)) + tuple(rubric_files(place / "rubrics"))
        if found:
            return found
    return ()


def rubric_files(path: Path) -> Iterator[Path]:
    """The rubric files directly in a folder, in order; a file itself."""
    if not path.is_dir():
        yield from [path] if path.is_file() else []
        return
    for file in sorted(path.glob("*.toml")):
        is_other = file.name in _NO_RUBRICS or file.name.endswith(SUFFIX) or not file.is_file()
        if not is_other and _is_rubric(file):
            yield file


def _is_rubric(file: Path) -> bool:
    """Whether a file means to be a rubric; one that is no TOML may well have meant it, and tells when it is read."""
    try:
        data = read_toml(file).data
    except RubricError:
        return True
    return "schema" in data and bool(_SAYS_RUBRIC & data.keys())


def not_loaded(files: Iterable[Path], catalog: Catalog) -> Pack:
    """Those of some rubric files that a catalog does not hold already, be it from the same place or word for word."""
    places = {Path(each.file.name).resolve() for each in catalog.rubrics.values()}
    contents = {digest_of(each.file.data) for each in catalog.rubrics.values()}
    return tuple(file for file in files if file.resolve() not in places and _content(file) not in contents)


def _content(file: Path) -> str | None:
    try:
        return digest_of(read_toml(file).data)
    except RubricError:
        return None


@attrs.frozen(slots=False)
class PackMeters:
    """A meter for each case: the common one, or one that also holds the rubrics beside the case.

    `common` knows what is loaded anyway; `make` makes a meter with further rubric files. The meter of a pack is made
    when its first case asks for it, and kept. A pack that is wrong raises for each of its cases.
    """

    common: Meter
    make: Callable[[Pack], Meter]
    _made: dict[Pack, Meter | RubricError] = attrs.field(factory=dict, init=False, repr=False)
    _packs: dict[Path, Pack] = attrs.field(factory=dict, init=False, repr=False)

    def meter_for(self, file: File) -> Meter:
        """The meter for a case file; raises `RubricError` with what is wrong with the rubrics beside it."""
        pack = self._pack_of(file) if isinstance(file, Path) else ()
        if not pack:
            return self.common
        if pack not in self._made:
            self._made[pack] = self._attempt(pack)
        found = self._made[pack]
        if isinstance(found, RubricError):
            raise RubricError(*found.problems)
        return found

    def _attempt(self, pack: Pack) -> Meter | RubricError:
        try:
            return self.make(pack)
        except RubricError as error:
            return error

    def _pack_of(self, file: Path) -> Pack:
        folder = file.resolve().parent
        if folder not in self._packs:
            self._packs[folder] = not_loaded(rubrics_beside(file), self.common.catalog)
        return self._packs[folder]
