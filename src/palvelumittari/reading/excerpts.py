"""Places in a text: line, column and the excerpt over which a caret can stand."""

from __future__ import annotations

import re
from collections.abc import Callable

from palvelumittari.reading.positions import line_and_column
from palvelumittari.words.errors import Place

Where = Callable[[int, int], Place]
"""Makes a place from a half-open range of offsets."""

LONGEST_EXCERPT = 200
"""Longer lines are not shown: a caret far to the right of a wrapped line helps nobody."""

# What would move the cursor, turn the writing direction or fail to print; each is shown as one character.
_UNPRINTABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    r"""The same text with every character that cannot be printed safely replaced by one `�`.

    >>> printable("a\x1bb\tc")
    'a�b\tc'
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def place_in(
    text: str, start: int, end: int, *, file: str | None = None, path: str | None = None, first_line: int = 1
) -> Place:
    """The place of a half-open range of characters in a text.

    Args:
        text: The whole text; only a line feed ends a line.
        start: The offset of the first character, from 0 to `len(text)` inclusive.
        end: The offset behind the last one.
        file: The name of the file, for messages.
        path: The JSON path of what stands there.
        first_line: The number of the text's first line in the file.
    """
    line, column = line_and_column(text, start)
    begin, stop = start - column + 1, text.find("\n", start)
    stop = stop if stop >= 0 else len(text)
    excerpt = printable(text[begin:stop].rstrip("\r")) if stop - begin <= LONGEST_EXCERPT else None
    return Place(
        file,
        path,
        line=line - 1 + first_line,
        column=column,
        excerpt=excerpt,
        width=max(1, end - start),
    )
