"""Where each value of a JSON text stands, for messages with line, column and caret.

`json` tells what a text says but not where. This module reads the same text once more and keeps only places; at
what is not JSON it stops quietly. There is no recursion: what is still open lies on an explicit stack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from palvelumittari.reading.structure import Path

MAX_DEPTH = 64
"""How many lists and objects may stand inside one another."""

# A string that does not end reaches to the end of the text: to look for another one in it would take quadratic time.
_TOKEN = re.compile(r'"[^"\\]*(?:\\(?:.|\Z)[^"\\]*)*(?:"|\Z)|[\[\]{}:,]|[^\s"\[\]{}:,]+', re.DOTALL)


@attrs.frozen
class Member:
    """A value in a JSON text: its path, its range of offsets, and where its key starts if it has one."""

    path: Path
    start: int
    end: int
    key_start: int | None = None
    is_repeated: bool = False

    @property
    def first(self) -> int:
        """The offset of the key, or of the value where there is no key."""
        return self.start if self.key_start is None else self.key_start

    @property
    def last(self) -> int:
        """The offset behind what is underlined: of the whole document only its first character."""
        return self.end if self.path else self.start + 1


@attrs.define
class _Nest:
    """An object or list that is still open; `key` is the one whose value comes next."""

    path: Path
    start: int
    is_object: bool
    key_start: int | None = None
    key: str | None = None
    index: int = 0
    keys: set[str] = attrs.field(factory=set)
    is_repeated: bool = False

    def step(self) -> str | int:
        """The last part of the path of the value that comes next."""
        return self.index if not self.is_object else self.key or ""

    def take_key(self, token: str, start: int) -> None:
        """Remember the key of the next value."""
        self.key, self.key_start = decoded(token), start
        self.is_repeated = self.key in self.keys
        self.keys.add(self.key)

    def forget_key(self) -> None:
        """Go on to the next value."""
        self.key, self.key_start, self.is_repeated = None, None, False
        self.index += 1


def decoded(token: str) -> str:
    """The text of a string token; a token that is no string stands for itself."""
    if not token.startswith('"'):
        return token
    try:
        return str(json.loads(token, strict=False))
    except json.JSONDecodeError:
        return token


def members(text: str) -> Iterator[Member]:
    """Every value of a JSON text, inner before outer; what stands too deep, or in no JSON text, ends it quietly."""
    nests: list[_Nest] = []
    for match in _TOKEN.finditer(text):
        token, nest = match[0], nests[-1] if nests else None
        if token in "{[":
            path = (*nest.path, nest.step()) if nest else ()
            nests.append(_Nest(path, match.start(), token == "{"))
            if len(nests) > MAX_DEPTH:
                yield Member(path, match.start(), match.end())
                return
        elif token in "}]":
            if not nests:
                return
            start = nests.pop().start
            yield _member(nests[-1] if nests else None, start, match.end())
        elif token == ",":
            if nest:
                nest.forget_key()
        elif nest and nest.is_object and nest.key is None:
            nest.take_key(token, match.start())
        elif token != ":":
            yield _member(nest, match.start(), match.end())


def _member(nest: _Nest | None, start: int, end: int) -> Member:
    if nest is None:
        return Member((), start, end)
    return Member((*nest.path, nest.step()), start, end, nest.key_start, nest.is_repeated)


def find_members(text: str, paths: Iterable[Path]) -> Mapping[Path, Member]:
    """Where each path stands in a JSON text or, if it is absent, its nearest ancestor there."""
    wanted = {path: [path[:length] for length in range(len(path), -1, -1)] for path in paths}
    prefixes = {prefix for ancestry in wanted.values() for prefix in ancestry}
    found = {member.path: member for member in members(text) if member.path in prefixes}
    near = {path: next((found[at] for at in ancestry if at in found), None) for path, ancestry in wanted.items()}
    return {path: member for path, member in near.items() if member is not None}
