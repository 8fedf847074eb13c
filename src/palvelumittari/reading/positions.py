"""Where each key and value of a TOML document stands, for messages with line, column and caret.

`tomllib` tells what a document says but not where. This module reads the same text once more and keeps
only places. It trusts that `tomllib` has accepted the text: it checks nothing and stops quietly at what is
not TOML.

There is no recursion: containers that are still open lie on an explicit stack. Each turn of the scanner's
loop consumes at least one character, so the time is linear in the text (times the length of the paths).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType

import attrs

Path = tuple[str | int, ...]
"""Keys and indices from the root of a document down to one value: `("criterion", 3, "shows", "act")`."""


@attrs.frozen
class Span:
    """A half-open range of character offsets in the text of a document."""

    start: int
    end: int


@attrs.frozen
class Located:
    """Where one path of a document stands in its text.

    Args:
        key: The name that leads to it, with its quotes; of a dotted key the last part; `None` for an element
            of an array in brackets.
        value: The value, with its quotes or brackets. For a table with a header of its own, and for an
            element of `[[array]]`, the header; for `[[array]]` itself its first header; for a table that only
            a dotted key or a longer header implies, the part that first names it.
        content: Where the text of a string begins, behind its quotes and a trimmed first line end; the start
            of `value` for everything that is not a string.
    """

    key: Span | None
    value: Span
    content: int = attrs.field(kw_only=True)


def find_positions(text: str) -> Mapping[Path, Located]:
    """Where each key, table, element and value of a document stands.

    Args:
        text: A document that `tomllib` has accepted. The root itself, `()`, gets no place.

    Returns:
        A read-only mapping with one entry for each path; if the text is not TOML after all, or a path has
        more than 1000 parts, what stood before the trouble. Nothing is raised.

    >>> find_positions("title = {fi = 'Ääni'}")["title", "fi"]
    Located(key=Span(start=9, end=11), value=Span(start=14, end=20), content=15)
    """
    found: dict[Path, Located] = {}
    with suppress(_LostError):
        _Scanner(text, found).read_document()
    return MappingProxyType(found)


def locate(positions: Mapping[Path, Located], path: Path) -> Located | None:
    """Where a path stands or, if it is absent, its nearest ancestor: for a missing key, its table's header.

    Returns:
        `None` if not even the first part of the path stands in the document.
    """
    ancestors = (path[:length] for length in range(len(path), 0, -1))
    return next((positions[ancestor] for ancestor in ancestors if ancestor in positions), None)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    r"""The line and the column of an offset, both counted from 1, the column in characters.

    Args:
        text: The whole document; only `\n` ends a line, whatever `str.splitlines` thinks.
        offset: From 0 to `len(text)`, inclusive.

    >>> line_and_column("a = 1\r\nbc = 2", 8)
    (2, 2)
    """
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def offset_in_string(text: str, located: Located, index: int) -> int:
    r"""Where the character at an index of a decoded string stands in the text; of an escape, the backslash.

    Args:
        text: The whole document.
        located: The place of a string in it; for another value the answer is the start of that value.
        index: An index in the decoded string. Its length, or more, means the closing quotes.

    >>> text = r'when = "a\tb"'
    >>> [offset_in_string(text, find_positions(text)["when",], index) for index in range(4)]
    [8, 9, 11, 12]
    """
    if located.content == located.value.start:
        return located.value.start
    end = located.value.end - _quote_count(text, located.value.start)
    for offset, piece in _pieces(text, located.content, end):
        if index < len(piece):
            return offset + max(index, 0)
        index -= len(piece)
    return end


# --- strings ---

_OPENING = re.compile(r"""(?:\"{3}|'{3})(?:\r?\n)?|["']""")
# Up to two quotes may stand before the three that close: they belong to the string.
_CLOSINGS = MappingProxyType(
    {
        '"': re.compile(r'\\.|"', re.DOTALL),
        "'": re.compile(r"'"),
        '"""': re.compile(r'\\.|"{3,5}', re.DOTALL),
        "'''": re.compile(r"'{3,5}"),
    }
)
# A piece of several characters is always verbatim. `\e` and `\x` are TOML 1.1, which later tomllibs accept.
_BASIC_PIECE = re.compile(
    r"""(?P<escape>\\(?: x[0-9A-Fa-f]{2} | u[0-9A-Fa-f]{4} | U00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4}
                     | [ \t]*\r?\n[ \t\r\n]* | . ))
        | \r\n | [^\\\r]+ | \r""",
    re.DOTALL | re.VERBOSE,
)
_LITERAL_PIECE = re.compile(r"\r\n|[^\r]+|\r")
_ESCAPES = MappingProxyType({"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"})


def _quote_count(text: str, start: int) -> int:
    """How many quotes open, and close, the string that starts there: 1 or 3."""
    return 3 if text.startswith(('"""', "'''"), start) else 1


def _pieces(text: str, content: int, end: int) -> Iterator[tuple[int, str]]:
    """The decoded pieces of the string whose closing quotes stand at `end`, each with its offset."""
    pattern = _BASIC_PIECE if text[end] == '"' else _LITERAL_PIECE
    for match in pattern.finditer(text, content, end):
        source = match[0]
        yield match.start(), _unescaped(source) if match.lastgroup else source.replace("\r\n", "\n")


def _unescaped(escape: str) -> str:
    """The character that an escape stands for; nothing for a line end that is folded away."""
    code = escape[2:]
    return chr(int(code, 16)) if code and escape[1] in "xuU" else _ESCAPES.get(escape[1], "")


# --- the document ---

_GAP = re.compile(r"(?:[ \t\r\n,]+|#[^\n]*)*")
_HEADER_START = re.compile(r"\[\[?[ \t]*")
_HEADER_END = re.compile(r"[ \t]*\]\]?")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_BRACKET = re.compile(r"[\[{]")
_CLOSING_BRACKET = re.compile(r"[\]}]")
_NUMBER_DATE_OR_BOOLEAN = re.compile(r"[^,\]}#\r\n]*[^,\]}#\s]")

# Deeper than tomllib follows brackets; keeps a header of 50,000 parts from filling memory with its ancestors.
_DEEPEST = 1_000


class _LostError(Exception):
    """The text is not what valid TOML would have at this place; it never leaves this module."""


@attrs.frozen
class _Part:
    """One part of a dotted key."""

    name: str
    span: Span


@attrs.define
class _Nest:
    """A container in brackets that is not closed yet; `count` is how many elements of an array were met."""

    path: Path
    key: Span | None
    start: int
    is_table: bool = attrs.field(kw_only=True)
    count: int = attrs.field(default=0, kw_only=True)


@attrs.define
class _Scanner:
    """A cursor that goes over a document once and notes in `found` what it meets.

    Args:
        text: The document.
        found: Filled as the cursor goes, so that it holds the part before any trouble.
        at: The offset of the cursor.
        table: The table that the last header opened.
        table_counts: How many elements each array of tables has so far.
        nests: The containers in brackets around the cursor, outermost first.
    """

    text: str
    found: dict[Path, Located]
    at: int = attrs.field(default=0, kw_only=True)
    table: Path = attrs.field(default=(), kw_only=True)
    table_counts: dict[Path, int] = attrs.field(factory=dict, kw_only=True)
    nests: list[_Nest] = attrs.field(factory=list, kw_only=True)

    def read_document(self) -> None:
        """Read one header, pair, element or closing bracket after the other."""
        self.skip(_GAP)
        while self.at < len(self.text):
            if self.nests:
                self.read_in_nest(self.nests[-1])
            elif self.text[self.at] == "[":
                self.read_header()
            else:
                self.read_pair(self.table)
            self.skip(_GAP)

    def read_in_nest(self, nest: _Nest) -> None:
        """Close the innermost container, or read its next pair or element."""
        if self.skip(_CLOSING_BRACKET):
            self.nests.pop()
            self.note(nest.path, nest.key, Span(nest.start, self.at))
        elif nest.is_table:
            self.read_pair(nest.path)
        else:
            nest.count += 1
            self.read_value((*nest.path, nest.count - 1), None)

    def read_header(self) -> None:
        """Read `[table]` or `[[array]]`; the pairs that follow belong to it."""
        start = self.at
        is_array = self.take(_HEADER_START).startswith("[[")
        parts = self.read_key()
        self.take(_HEADER_END)
        header = Span(start, self.at)
        path = self.descend((), parts)
        self.table = self.append_element(path, parts[-1].span, header) if is_array else path
        self.note(self.table, parts[-1].span, header)

    def append_element(self, array: Path, key: Span, header: Span) -> Path:
        """The path of a further element of an array of tables, which itself stands at its first header."""
        index = self.table_counts.get(array, 0)
        self.table_counts[array] = index + 1
        if index == 0:
            self.note(array, key, header)
        return (*array, index)

    def read_pair(self, table: Path) -> None:
        """Read `key = value`, and of a container in brackets its opening one."""
        parts = self.read_key()
        self.take(_EQUALS)
        self.read_value(self.descend(table, parts), parts[-1].span)

    def descend(self, table: Path, parts: list[_Part]) -> Path:
        """The path that a dotted key means, seen from a table; the tables that it implies are noted too."""
        self.check_depth(len(table) + len(parts))
        for part in parts[:-1]:
            table = (*table, part.name)
            if table not in self.found:
                self.note(table, part.span, part.span)
            if table in self.table_counts:
                table = (*table, self.table_counts[table] - 1)
        return (*table, parts[-1].name)

    def read_key(self) -> list[_Part]:
        """Read a key; bare and quoted ones have one part."""
        parts = [self.read_part()]
        while self.skip(_DOT):
            parts.append(self.read_part())
        return parts

    def read_part(self) -> _Part:
        """Read one part of a key."""
        start = self.at
        if opening := self.skip(_OPENING):
            content = self.at
            self.skip_string(opening)
            name = "".join(piece for _, piece in _pieces(self.text, content, self.at - 1))
        else:
            name = self.take(_BARE_KEY)
        return _Part(name, Span(start, self.at))

    def read_value(self, path: Path, key: Span | None) -> None:
        """Read a value; of a container only the opening bracket, which stands for it until it is closed."""
        self.check_depth(len(path))
        start = content = self.at
        if bracket := self.skip(_BRACKET):
            self.nests.append(_Nest(path, key, start, is_table=bracket == "{"))
        elif opening := self.skip(_OPENING):
            content = self.at
            self.skip_string(opening)
        else:
            self.take(_NUMBER_DATE_OR_BOOLEAN)
        self.found[path] = Located(key, Span(start, self.at), content=content)

    def skip_string(self, opening: str) -> None:
        """Move from the content of a string behind its closing quotes."""
        for match in _CLOSINGS[opening.rstrip("\r\n")].finditer(self.text, self.at):
            if not match[0].startswith("\\"):
                self.at = match.end()
                return
        raise _LostError

    def check_depth(self, depth: int) -> None:
        """Give up on paths that are too long to be meant."""
        if depth > _DEEPEST:
            raise _LostError

    def note(self, path: Path, key: Span | None, value: Span) -> None:
        """Note the place of something that is not a string."""
        self.found[path] = Located(key, value, content=value.start)

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Move behind what a pattern matches here; "" if it does not match."""
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def take(self, pattern: re.Pattern[str]) -> str:
        """Move behind what a pattern matches here, which must stand here."""
        taken = self.skip(pattern)
        if not taken:
            raise _LostError
        return taken
