"""Where content lies that needs no code: the core's own, and what lies in the folder of a plugin's package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import attrs

from palvelumittari.hookspecs import PROJECT, File
from palvelumittari.words.errors import PluginError, Problem

_CASE = ".case.toml"
_BASE = ("vocabulary.toml", "readings.toml")


@attrs.frozen(kw_only=True)
class Content:
    """The files that belong to one plugin, or to the core, in the order in which they are read."""

    vocabularies: tuple[File, ...] = ()
    readings: tuple[File, ...] = ()
    rubrics: tuple[File, ...] = ()
    cases: tuple[File, ...] = ()


def core_folder() -> File:
    """The folder `rubrics` of the core: inside the installed package, else in the checkout that this file lies in.

    An editable install has no such folder in the package, because it ignores hatchling's force-include.

    Raises:
        PluginError: If there is neither.
    """
    installed, checkout = files(PROJECT) / "rubrics", Path(__file__).parents[3] / "rubrics"
    for folder in (installed, checkout):
        if (folder / _BASE[0]).is_file():
            return folder
    found = f"no {_BASE[0]} in {installed} nor in {checkout}"
    hint = "install palvelumittari again: pip install --force-reinstall palvelumittari"
    raise PluginError(Problem("the vocabulary and the rubrics of the core are missing", found=found, hint=hint))


def core_content(folder: File) -> Content:
    """What lies in the core's folder: base files at its top, rubrics and cases in a folder for each sector."""
    sectors = [entry for entry in _entries(folder) if entry.is_dir()]
    return Content(
        vocabularies=tuple(_existing(folder, _BASE[0])),
        readings=tuple(_existing(folder, _BASE[1])),
        rubrics=tuple(file for sector in sectors for file in _rubrics(_entries(sector))),
        cases=tuple(file for sector in sectors for file in _cases(sector)),
    )


def plugin_content(module: ModuleType) -> Content:
    """What lies in the folder of a plugin's package; nothing for a plain module."""
    if getattr(module, "__path__", None) is None:
        return Content()
    folder = files(module)
    return Content(
        vocabularies=tuple(_existing(folder, _BASE[0])),
        readings=tuple(_existing(folder, _BASE[1])),
        rubrics=tuple(_rubrics(_entries(folder / "rubrics"))),
        cases=tuple(_cases(folder)),
    )


def _entries(folder: File) -> list[File]:
    """What lies in a folder, by name; nothing if there is no such folder."""
    return sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else []


def _existing(folder: File, name: str) -> Iterator[File]:
    file = folder / name
    if file.is_file():
        yield file


def _rubrics(entries: Iterable[File]) -> Iterator[File]:
    return (file for file in entries if file.name.endswith(".toml") and not file.name.endswith(_CASE))


def _cases(folder: File) -> Iterator[File]:
    return (file for file in _entries(folder / "cases") if file.name.endswith(_CASE))
