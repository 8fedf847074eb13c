"""Which terms hold at a place in the file system: those that are loaded, and those of the files beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import attrs

from palvelumittari.plugins.catalog import Catalog
from palvelumittari.plugins.content import core_folder
from palvelumittari.reading.readings_file import add_readings
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile, read_toml
from palvelumittari.reading.vocabulary_file import add_vocabulary
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import PalvelumittariError
from palvelumittari.words.frozen import FrozenMap

VOCABULARY, READINGS = "vocabulary.toml", "readings.toml"
CASES = "cases"
CORE = "palvelumittari"

Declared = TypeVar("Declared")


@attrs.frozen(slots=False)
class Surroundings:
    """The terms of a catalog, with those that files beside a place add.

    A file of a plugin that is loaded already, such as one that its author works on, is read anew in its own place and
    does not collide with itself.
    """

    catalog: Catalog
    _known: dict[tuple[Path | None, Path | None], Terms | None] = attrs.field(factory=dict, init=False)

    def terms_at(self, path: Path) -> Terms | None:
        """The terms for a file at that path; `None` if a vocabulary or readings beside it are wrong themselves."""
        beside = (_beside(path, VOCABULARY), _beside(path, READINGS))
        if beside not in self._known:
            self._known[beside] = self._made(*beside)
        return self._known[beside]

    def terms_beside(self, paths: Iterable[Path]) -> Terms:
        """The terms with those beside any of these files; raises `RubricError` with every problem of one of them."""
        files = tuple(paths)
        return self._terms_with(_each(files, VOCABULARY), _each(files, READINGS))

    def vocabulary_with(self, path: Path, file: TomlFile) -> Vocabulary:
        """The vocabulary with that of a file; raises `RubricError` with every problem."""
        return self._add_vocabulary(self.catalog.terms, path, file).vocabulary

    def readings_with(self, path: Path, file: TomlFile) -> Terms:
        """The terms at a place with the readings of a file; raises `RubricError` with every problem."""
        return self._add_readings(self._terms_with(_each((path,), VOCABULARY), ()), path, file)

    def _made(self, vocabulary: Path | None, readings: Path | None) -> Terms | None:
        try:
            return self._terms_with(filter(None, (vocabulary,)), filter(None, (readings,)))
        except PalvelumittariError:
            return None  # told when that file's turn comes, or by whoever asks for it

    def _terms_with(self, vocabularies: Iterable[Path], readings: Iterable[Path]) -> Terms:
        terms = self.catalog.terms
        for path in vocabularies:
            terms = self._add_vocabulary(terms, path, read_toml(path))
        for path in readings:
            terms = self._add_readings(terms, path, read_toml(path))
        return terms

    def _add_vocabulary(self, terms: Terms, path: Path, file: TomlFile) -> Terms:
        owner, known = self._owner(path), terms.vocabulary
        acts, groups, tags, fields = (_names(file, table) for table in ("act", "group", "tag", "field"))
        base = Vocabulary(
            _without(known.acts, acts | groups, owner),
            _without(known.tags, tags, owner),
            _without(known.fields, fields, owner),
        )
        return attrs.evolve(terms, vocabulary=add_vocabulary(base, file, owner or ""))

    def _add_readings(self, terms: Terms, path: Path, file: TomlFile) -> Terms:
        owner, declared = self._owner(path), _reading_ids(file)
        base = attrs.evolve(terms, readings=_without(terms.readings, declared, owner))
        return add_readings(base, file, owner or "")

    # --- whose file it is ---------------------------------------------------------------------------------------

    def _owner(self, path: Path) -> str | None:
        """The distribution or module that has loaded the folder in which a file lies; `None` if none has."""
        parents = path.resolve().parents
        return next((owner for folder, owner in self._folders.items() if folder in parents), None)

    @cached_property
    def _folders(self) -> Mapping[Path, str]:
        return dict(self._loaded_folders())

    def _loaded_folders(self) -> Iterator[tuple[Path, str]]:
        core = core_folder()
        if isinstance(core, Path):
            yield core.resolve(), CORE
        for status in self.catalog.plugins:
            module = sys.modules.get(status.entry_point.partition(":")[0]) if status.is_ok else None
            for folder in getattr(module, "__path__", ()):
                yield Path(folder).resolve(), status.distribution or status.entry_point


def _names(file: TomlFile, table: str) -> frozenset[str]:
    """What a file declares in a table, if it is one."""
    found = file.data.get(table)
    return frozenset(found) if isinstance(found, Mapping) else frozenset()


def _reading_ids(file: TomlFile) -> frozenset[str]:
    found = file.data.get("reading")
    entries = [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []
    return frozenset(str(entry.get("id")) for entry in entries)


def _without(known: FrozenMap[Declared], names: frozenset[str], owner: str | None) -> FrozenMap[Declared]:
    """What is known without what the owner declares under these names."""
    return FrozenMap(
        {
            name: one
            for name, one in known.items()
            if owner is None or name not in names or getattr(one, "origin", None) != owner
        }
    )


def _beside(path: Path, name: str) -> Path | None:
    """The file of that name in the folder of a file or in its parent; for a case, in the one above, too."""
    folders = [path.resolve().parent, *path.resolve().parent.parents[: 2 if path.parent.name == CASES else 1]]
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def _each(paths: Iterable[Path], name: str) -> tuple[Path, ...]:
    """The files of that name beside some files, each once."""
    return tuple(dict.fromkeys(filter(None, (_beside(path, name) for path in paths))))
