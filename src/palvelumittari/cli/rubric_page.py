"""The page of a rubric on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from palvelumittari.authoring.pages import Note, Part, Tone
from palvelumittari.cli.screen import Screen, styled

_STYLES: Mapping[Tone, str] = MappingProxyType({Tone.PLAIN: "", Tone.ASIDE: "dim", Tone.ADVICE: "cyan"})


def show_page(screen: Screen, page: Part) -> None:
    """A page, its parts underlined, what they hold indented."""
    screen.line(styled(page.name, "bold"), f"  {page.title}")
    for note in page.notes:
        _show_note(screen, note, 2)
    for part in page.parts:
        screen.blank()
        screen.line(styled(part.title, "bold underline"))
        if part.notes:
            screen.blank()
        for note in part.notes:
            _show_note(screen, note, 2)
        for inner in part.parts:
            _show_inner(screen, inner)


def _show_inner(screen: Screen, part: Part) -> None:
    screen.blank()
    screen.line(styled(part.title, "bold"), "  ", styled(f"[{part.name}]", "dim"), indent=2)
    for note in part.notes:
        _show_note(screen, note, 4)


def _show_note(screen: Screen, note: Note, indent: int) -> None:
    text = f"{note.label}: {note.text}" if note.label else note.text
    screen.line(styled(text, _STYLES[note.tone]), indent=indent, hang=indent + 2)
    for inner in note.notes:
        _show_note(screen, inner, indent + 2)
