"""The columns of a table: what they are called in three languages, in which order they stand, what their cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import attrs

from palvelumittari.reading.structure import file_key
from palvelumittari.records.measure import MEASURES, Grade, Rule
from palvelumittari.words.phrases import catalogue, phrase
from palvelumittari.words.text import LANGUAGES


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    WORD = "word"
    NAMES = "names"
    LIST = "list"
    NUMBER = "number"
    FLAG = "flag"
    VALUE = "value"


ROW, DECLARED, MEASURE = "row", "declared_in", "measure"

SPOKEN = ("title", "summary", "why", "advice")
"""Keys whose texts stand in a column for each language: `title.en`, `title.fi`."""

TABLES = (*SPOKEN, "options", "scoring")
"""Keys that hold a table, with a column for each of its keys."""

LISTED = MappingProxyType({"rules": "rule", "acts": "step"})
"""Keys that hold a list of tables, with the kind of the rows that stand for these."""

MEASURE_KEYS = tuple(
    dict.fromkeys(
        file_key(field.name)
        for kind in (*MEASURES.values(), Rule, Grade)
        for field in attrs.fields(kind)
        if field.name not in LISTED
    )
)
"""What a measure says, and each rule or step of it."""

_ORDER = (
    *(ROW, "id", DECLARED, "version", "role", "weight", "title", "summary", "when", MEASURE),
    *MEASURE_KEYS,
    *("excuse", "why", "advice", "refines", "instead", "caps", "lifts", "free", "lifecycle", "extends", "sectors"),
    *("channels", "drop", "scoring", "schema", "situation", *LISTED, *MEASURES),
)
"""All columns, those with languages or other inner keys by their first part."""

_KINDS = (
    (Kind.TEXT, SPOKEN),
    (Kind.NAMES, ("refines", "phase")),
    (Kind.LIST, ("extends", "sectors", "channels", "drop", "instead")),
    (Kind.NUMBER, ("weight", "at_least", "phases", "otherwise", "allow", "each", "is", "schema")),
    (Kind.FLAG, ("lifts", "free", "excuse")),
    (Kind.VALUE, ("options", "scoring", "situation", *LISTED, *MEASURES)),
)

SHARES = frozenset({"otherwise", "each", "is"})
"""Numbers that a spreadsheet may show in percent."""

_INNER = re.compile(r"[.\s_(]+(?P<inner>[^()\s]+)\)?\Z")


@attrs.frozen
class Column:
    """A column by the key that its cells say, and the key within that, such as `title` and `fi`."""

    key: str
    inner: str | None = None

    @property
    def name(self) -> str:
        """What stands above it: `title.fi`."""
        return self.key if self.inner is None else f"{self.key}.{self.inner}"

    @property
    def kind(self) -> Kind:
        """What its cells hold."""
        return next((kind for kind, keys in _KINDS if self.key in keys), Kind.WORD)


def in_order(names: Iterable[Column]) -> list[Column]:
    """Columns in the order in which they are written; languages as the engine has them."""
    languages = {language: place for place, language in enumerate((None, *LANGUAGES))}
    return sorted(set(names), key=lambda one: (_ORDER.index(one.key), languages.get(one.inner, 9), one.inner or ""))


def column_names() -> tuple[str, ...]:
    """Every name that may stand above a column, English ones; with languages by their first part."""
    return _ORDER


def read_heading(text: str) -> Column | None:
    """The column that a heading means, in English, Finnish or Swedish; `None` if there is none of that name.

    >>> read_heading("Title (fi)"), read_heading("paino")
    (Column(key='title', inner='fi'), Column(key='weight', inner=None))
    """
    key = _headings().get(_plain(text))
    if key is not None:
        return Column(key)
    for match in _divisions(text):
        key = _headings().get(_plain(text[: match.start()]))
        if key in TABLES:
            return Column(key, match["inner"])
    return None


def _divisions(text: str) -> Iterator[re.Match[str]]:
    """Every way to part a heading into a key and what stands within it, the first blank or dot first."""
    for start in re.finditer(r"(?<=\w)[.\s_(]", text.strip()):
        match = _INNER.match(text.strip(), start.start())
        if match:
            yield match


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


@cache
def _headings() -> Mapping[str, str]:
    """The key of each heading in each language; English names win."""
    known = {_plain(phrase(f"column.{key}", tag)): key for tag in reversed(LANGUAGES) for key in catalogue()["column"]}
    return MappingProxyType(known | {key: key for key in _ORDER})


def meant(section: str, text: str) -> str:
    """The key of a word of the catalogue in any language, such as a role; the word itself if it is none.

    >>> meant("role", "Välttämätön"), meant("role", "must")
    ('must', 'must')
    """
    return _words(section).get(text.strip().casefold(), text)


@cache
def _words(section: str) -> Mapping[str, str]:
    words = catalogue()[section]
    said = {phrase(f"{section}.{key}", tag).casefold(): key for tag in reversed(LANGUAGES) for key in words}
    return MappingProxyType(said | {key: key for key in words})
