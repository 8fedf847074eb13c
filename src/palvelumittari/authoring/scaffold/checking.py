"""What is wrong with the name, the title, the sector or the place of something to be made."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator

import attrs

from palvelumittari.authoring.scaffold.wish import Kind, Wish, sector_of
from palvelumittari.hookspecs import PROJECT
from palvelumittari.plugins import Catalog
from palvelumittari.words.errors import Place, Problem, shown

_WORD = "[a-z][a-z0-9]*(_[a-z0-9]+)*"
RESERVED = ("vocabulary", "readings")
"""Names that files and commands of palvelumittari have already."""


@attrs.frozen
class Form:
    """How a name must look: words of which of what is between them, and how to say so."""

    divider: str
    expected: str

    def fits(self, text: str) -> bool:
        """Whether a text has this form."""
        word = rf"{_WORD}({re.escape(self.divider)}{_WORD})*" if self.divider else _WORD
        return re.fullmatch(word, text, re.ASCII) is not None

    def suggestion(self, text: str) -> str | None:
        """The text made to fit, as near as it can be; `None` if nothing is left of it.

        >>> Form("/", "").suggestion("Hotelli-Ä/Tiski 1")
        'hotelli_a/tiski_1'
        """
        parts = text.split(self.divider) if self.divider else [text]
        near = (self.divider or "_").join(filter(None, map(_near_word, parts)))
        return near if self.fits(near) else None


_LETTERS = "lower-case letters a to z and digits, words joined by _"
_FORMS = {
    Kind.RUBRIC: Form("/", f"{_LETTERS}, as in hotel, night_bus or hotel/desk"),
    Kind.PLUGIN: Form("", f"{_LETTERS}, as in hotel or night_bus"),
}
_SECTOR = Form(".", f"{_LETTERS}, as in hotel or hotel.spa")


def check_wish(wish: Wish, catalog: Catalog) -> Iterator[Problem]:
    """Everything that is wrong with a wish where these things are loaded already."""
    unfit = list(_check_name(wish, catalog))
    yield from unfit
    is_derived = wish.sector == sector_of(wish.name)  # then what is wrong with the name is said once
    if not (unfit and is_derived):
        yield from _check_sector(wish, catalog)
    yield from _check_title(wish.title)
    if not unfit:
        yield from _check_place(wish)


# --- names ------------------------------------------------------------------------------------------------------


def _check_name(wish: Wish, catalog: Catalog) -> Iterator[Problem]:
    name, form = wish.name, _FORMS[wish.kind]
    if not form.fits(name):
        yield Problem(f"{shown(name)} cannot name a {wish.kind}", expected=form.expected, hint=_hint(form, name))
    elif name in RESERVED:
        what = f"the name `{name}` is reserved: palvelumittari calls a file of its own {name}.toml"
        yield Problem(what, hint=f"choose another name, such as {name}_desk")
    else:
        yield from _check_taken(name, catalog)


def _hint(form: Form, text: str) -> str:
    near = form.suggestion(text)
    again = f", and so after each {form.divider}" if form.divider else ""
    return f"did you mean `{near}`?" if near else f"begin with a letter from a to z{again}"


def _check_taken(name: str, catalog: Catalog) -> Iterator[Problem]:
    plugins = {status.name: status.label for status in catalog.plugins}
    if name in plugins:
        what = f"the name `{name}` is taken by the plugin {plugins[name]}"
    elif name == PROJECT:
        what = f"the name `{name}` is taken by the core"
    elif name in catalog.rubrics:
        what = f"the name `{name}` is taken by a rubric of {catalog.rubrics[name].origin}"
    else:
        return
    yield Problem(what, hint="choose another name")


def _check_sector(wish: Wish, catalog: Catalog) -> Iterator[Problem]:
    sector = wish.sector
    if not _SECTOR.fits(sector):
        what = f"{shown(sector)} cannot name a sector"
        yield Problem(what, expected=_SECTOR.expected, hint=_hint(_SECTOR, sector))
        return
    holder = next((file for file in catalog.rubrics.values() if sector in file.document.sectors), None)
    if holder is not None:
        what = f"the sector `{sector}` is served by the rubric `{holder.id}` of {holder.origin} already"
        own = wish.name.rpartition("/")[2]
        part = own if own != sector else "own"
        yield Problem(what, hint=f"serve another sector, or a part of this one, such as --sector {sector}.{part}")


def _near_word(text: str) -> str:
    """A text as one word of a name: letters without their dots and rings, everything else as _."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


# --- title and place --------------------------------------------------------------------------------------------


def _check_title(title: str) -> Iterator[Problem]:
    if not title.strip():
        yield Problem("the title is empty", hint="say what people call the place, such as --title Hotel")
    elif not title.isprintable():
        hint = "leave out line breaks and characters that nobody sees"
        yield Problem("the title is not one line of text", found=shown(title), hint=hint)


def _check_place(wish: Wish) -> Iterator[Problem]:
    if not wish.into.is_dir():
        yield Problem("there is no such folder", Place(str(wish.into)), hint="make it first, or leave out --into")
    elif os.path.lexists(wish.folder):
        hint = "choose another name, or another place: --into FOLDER"
        yield Problem("this is there already, and was not touched", Place(str(wish.folder)), hint=hint)
