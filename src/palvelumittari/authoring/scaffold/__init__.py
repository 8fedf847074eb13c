"""A new rubric or plugin to start from: its folder with rubric, cases, tests and README, made from templates.

from palvelumittari.authoring.scaffold import new_rubric

made = new_rubric("hotel", into="drafts")
print(made.folder)                               # drafts/hotel
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from palvelumittari.authoring.scaffold.checking import check_wish
from palvelumittari.authoring.scaffold.rendering import rendered
from palvelumittari.authoring.scaffold.wish import Kind, Made, Wish
from palvelumittari.authoring.scaffold.writing import write_folder
from palvelumittari.plugins import Catalog, load_catalog
from palvelumittari.words.errors import PalvelumittariError, Place, PluginError, Problem, RubricError, raise_errors

__all__ = ["Kind", "Made", "Wish", "make", "new_plugin", "new_rubric"]


def new_rubric(
    name: str,
    *,
    title: str | None = None,
    sector: str | None = None,
    into: str | PathLike[str] = "",
    catalog: Catalog | None = None,
) -> Made:
    """A rubric of one's own to start from: a folder with the rubric, cases that it passes, a README and JSON Schemas.

    Args:
        name: The id of the rubric, such as `hotel` or `hotel/desk`.
        title: What people call the place, on one line; by default made of the name.
        sector: Which encounters it serves; by default the name up to its first slash.
        into: The folder in which the new one is made; by default the current one.
        catalog: What is loaded, whose names are taken; by default the core and the installed plugins.

    Raises:
        RubricError: With everything that is wrong with name, title, sector and folder; then nothing was written.
    """
    return make(Wish.of(Kind.RUBRIC, name, title=title, sector=sector, into=Path(into)), catalog)


def new_plugin(
    name: str,
    *,
    title: str | None = None,
    sector: str | None = None,
    into: str | PathLike[str] = "",
    catalog: Catalog | None = None,
) -> Made:
    """A plugin of one's own to start from: a distribution with a rubric, an act, a measure in Python, cases and tests.

    Args:
        name: The name of the plugin and of its rubric, such as `hotel`.
        title: What people call the place, on one line; by default made of the name.
        sector: Which encounters its rubric serves; by default the name.
        into: The folder in which the new one, `palvelumittari-<name>`, is made; by default the current one.
        catalog: What is loaded, whose names are taken; by default the core and the installed plugins.

    Raises:
        PluginError: With everything that is wrong with name, title, sector and folder; then nothing was written.
    """
    return make(Wish.of(Kind.PLUGIN, name, title=title, sector=sector, into=Path(into)), catalog)


def make(wish: Wish, catalog: Catalog | None = None) -> Made:
    """What is wished for, made; raises `RubricError` or `PluginError` if it cannot be, and writes nothing then."""
    family = RubricError if wish.kind is Kind.RUBRIC else PluginError
    raise_errors(check_wish(wish, catalog or load_catalog()), family)
    files = rendered(wish)
    try:
        write_folder(wish.folder, files)
    except OSError as error:
        raise _unwritten(wish, error, family) from error
    return Made(wish, files=tuple(sorted(files)))


def _unwritten(wish: Wish, error: OSError, family: type[PalvelumittariError]) -> PalvelumittariError:
    what = f"the folder cannot be made, and nothing was written: {error.strerror or error}"
    return family(Problem(what, Place(str(wish.folder)), hint="choose a place in which you may write: --into FOLDER"))
