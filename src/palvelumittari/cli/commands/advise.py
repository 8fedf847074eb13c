"""`palvelumittari advise`: what the server could have done to make an encounter better."""

from __future__ import annotations

from collections.abc import Iterable

import click

from palvelumittari.cli.data_stream import TEXT, format_option, write_records
from palvelumittari.cli.encounter_stream import Asker
from palvelumittari.cli.screen import Screen, band_style, make_screen, styled
from palvelumittari.cli.session import Session, language_option, pass_session, rubric_option, source_option
from palvelumittari.cli.verdict_view import INDENT
from palvelumittari.records.advice import Advice, Piece
from palvelumittari.records.explanations.advice import (
    MOST,
    change_line,
    gain_line,
    headline,
    move_line,
    remarks,
    said_by,
    shows_next_band,
    telling_moves,
)
from palvelumittari.words.phrases import phrase

_TEXT = INDENT + 3
"""Where the text of a piece begins, behind its number."""


@click.command(short_help="Tell what would have made an encounter better.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@rubric_option
@format_option
@source_option
@language_option
@pass_session
def advise(
    session: Session, files: tuple[str, ...], source: str | None, rubrics: tuple[str, ...], form: str, language: str
) -> None:
    """Tell the smallest changes to what the server did that would have lifted the score of each encounter in FILES.

    Each piece of advice says when, what instead, and what it gains; every gain is exact, for the changed encounter was
    scored. FILES are cases (*.case.toml), JSON, NDJSON, .timeline or what a plugin reads; - is standard
    input.
    """
    meter, chosen = session.meter_with(rubrics)
    asker = Asker(meter, lambda encounter: meter.advise(encounter, chosen), source)
    found = asker.answers(files)
    if form == TEXT:
        _write_text(found, make_screen(), language)
    else:
        write_records(found, form)
    raise click.exceptions.Exit(asker.ending)


def _write_text(found: Iterable[Advice], screen: Screen, language: str) -> None:
    for number, advice in enumerate(found):
        if number:
            screen.blank()
        show_advice(screen, advice, language)


def show_advice(screen: Screen, advice: Advice, language: str) -> None:
    """The whole advice on one encounter."""
    _show_headline(screen, advice, language)
    for line in remarks(advice, language):
        screen.line(line, indent=INDENT)
    for number, piece in enumerate(advice.pieces[:MOST], 1):
        _show_piece(screen, f"{number}. ", piece, language)
    least = advice.next_band if shows_next_band(advice) else None
    for name, several in (("together", advice.together), ("next_band", least)):
        if several is not None:
            screen.blank()
            screen.heading(phrase(f"advice.head.{name}", language), indent=INDENT)
            _show_piece(screen, "", several, language)


def _show_headline(screen: Screen, advice: Advice, language: str) -> None:
    head = styled(headline(advice, language), "bold")
    head.highlight_words([phrase(f"band.{advice.band or 'none'}", language)], band_style(advice.band))
    bar = screen.bar(advice.score, advice.band)
    screen.line(bar, "  ", head, hang=len(bar.plain) + 2)


def _show_piece(screen: Screen, mark: str, piece: Piece, language: str) -> None:
    if mark:
        screen.blank()
    screen.line(mark, styled(gain_line(piece, language), "bold"), indent=INDENT if mark else _TEXT, hang=_TEXT)
    for change in piece.changes:
        screen.line(styled(change_line(change, language), "cyan"), indent=_TEXT, hang=_TEXT + 2)
    for line in said_by(piece.asked, language):
        screen.line(line, indent=_TEXT)
    for move in telling_moves(piece):
        screen.line(styled(move_line(move, language), "dim"), indent=_TEXT, hang=_TEXT + 2)
