"""The templates, filled in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from string import Template

from palvelumittari.authoring.scaffold.wish import Wish
from palvelumittari.authoring.schemas import schema_text

SUFFIX = ".tmpl"
"""Of every template, so that no tool takes it for what it becomes."""

_NAME = "NAME"
"""Stands for the name in the names of templates and their folders."""

_SCHEMAS = ("rubric", "case", "vocabulary", "readings", "encounter")
"""What authors write by hand, and editors can complete."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|&!~$])")


def rendered(wish: Wish) -> dict[PurePosixPath, str]:
    """The text of every file to be made, by its place in the new folder."""
    found = {PurePosixPath("schema", f"{kind}.schema.json"): schema_text(kind) for kind in _SCHEMAS}
    values = _values(wish)
    for place, template in _templates(files("palvelumittari.authoring") / "templates" / wish.kind, PurePosixPath()):
        found[PurePosixPath(str(place).replace(_NAME, wish.slug))] = filled_in(template, values)
    return found


def filled_in(template: str, values: Mapping[str, str]) -> str:
    """A template with its `$names` replaced; raises `KeyError` or `ValueError` if it is not in order."""
    return Template(template).substitute(values)


def _templates(folder: Traversable, place: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _templates(entry, place / entry.name)
        else:
            yield place / entry.name.removesuffix(SUFFIX), entry.read_text(encoding="utf-8")


def _values(wish: Wish) -> dict[str, str]:
    """What templates may name. The names need no quoting, for they are checked; the title may hold anything."""
    return {
        "name": wish.name,
        "slug": wish.slug,
        "sector": wish.sector,
        "distribution": wish.distribution,
        "title": wish.title,
        "title_toml": toml_text(wish.title),
        "title_markdown": markdown_text(wish.title),
        "description_toml": toml_text(f"Judges the service at {wish.title}: a plugin of palvelumittari"),
    }


def toml_text(text: str) -> str:
    r"""A text of one line as TOML writes it.

    >>> print(toml_text('The "Löyly" \\ bar'))
    "The \"Löyly\" \\ bar"
    """
    return json.dumps(text, ensure_ascii=False)  # what JSON escapes otherwise than TOML is not printable


def markdown_text(text: str) -> str:
    r"""A text as Markdown shows it unchanged.

    >>> print(markdown_text("Bar *Löyly*"))
    Bar \*Löyly\*
    """
    return _MARKDOWN.sub(r"\\\1", text)
