"""A page in Markdown: CommonMark that no text of a rubric can break."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palvelumittari.authoring.pages.model import Note, Part

_SPECIAL = re.compile(r"[\\`*_\[\]<>|#~{}$]|&(?=#?\w+;)|!(?=\[)")
_AT_START = re.compile(r"\d{1,9}(?=[.)](?:\s|$))|(?=[-+=%(:])")


def page_in_markdown(page: Part) -> str:
    """A page as Markdown, each heading with the id of what it is about as code."""
    return "\n".join(_part(page, 1)).rstrip("\n") + "\n"


def escaped(text: str, *, is_start: bool = True) -> str:
    r"""A text on one line that Markdown shows as it is; `is_start` says that it may begin a line.

    >>> print(escaped("2. a *b* | c"))
    2\. a \*b\* \| c
    """
    plain = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    start = _AT_START.match(plain) if is_start else None
    return plain if start is None else f"{start[0]}\\{plain[start.end() :]}"


def _part(part: Part, level: int) -> Iterator[str]:
    name = f" `{part.name}`" if part.name else ""
    yield f"{'#' * min(level, 6)} {escaped(part.title)}{name}"
    yield ""
    if part.notes:
        for note in part.notes:
            yield from _note(note, 0)
        yield ""
    for inner in part.parts:
        yield from _part(inner, level + 1)


def _note(note: Note, depth: int) -> Iterator[str]:
    label = f"**{escaped(note.label, is_start=False)}:** " if note.label else ""
    text = escaped(note.text, is_start=not label)
    yield f"{'  ' * depth}- {label}{text}".rstrip()
    for inner in note.notes:
        yield from _note(inner, depth + 1)
