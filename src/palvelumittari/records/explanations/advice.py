"""Advice as plain text: what to do, when, what it moves and what it gains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from palvelumittari.words.phrases import decimal, phrase

if TYPE_CHECKING:
    from palvelumittari.records.advice import Advice, Asked, Move, Piece
    from palvelumittari.records.changes import Change

MOST = 5
"""How many single pieces are told."""


def explain(advice: Advice, language: str) -> str:
    """The whole advice, lines joined by newlines, without a trailing one."""
    return "\n".join(_lines(advice, language))


def _lines(advice: Advice, language: str) -> Iterator[str]:
    yield headline(advice, language)
    yield from (f"  {line}" for line in remarks(advice, language))
    for number, piece in enumerate(advice.pieces[:MOST], 1):
        yield from _block(f"{number}. ", piece, language)
    if advice.together is not None:
        yield ""
        yield phrase("advice.head.together", language)
        yield from _block("", advice.together, language, is_first=True)
    if shows_next_band(advice) and advice.next_band is not None:
        yield ""
        yield phrase("advice.head.next_band", language)
        yield from _block("", advice.next_band, language, is_first=True)


def _block(mark: str, piece: Piece, language: str, *, is_first: bool = False) -> Iterator[str]:
    if not is_first:
        yield ""
    yield f"  {mark}{gain_line(piece, language)}"
    yield from (f"     {change_line(change, language)}" for change in piece.changes)
    yield from (f"     {line}" for line in said_by(piece.asked, language))
    yield from (f"     {move_line(move, language)}" for move in telling_moves(piece))


# --- what is told ------------------------------------------------------------------------------------------------


def headline(advice: Advice, language: str) -> str:
    """The encounter with its score and band as they are, or that there is none."""
    if advice.score is None or advice.band is None:
        return phrase("head.no_score", language, encounter=advice.encounter)
    score, band = decimal(advice.score, language), phrase(f"band.{advice.band}", language)
    return phrase("head.score", language, encounter=advice.encounter, score=score, band=band)


def remarks(advice: Advice, language: str) -> Iterator[str]:
    """What there is to say before the pieces: that there are none and why, which one is enough, what is left open."""
    if advice.score is None:
        yield phrase("advice.no_score", language)
    else:
        yield phrase(f"advice.{_state(advice)}", language)
    if len(advice.pieces) > MOST:
        yield phrase("advice.more", language, count=len(advice.pieces), shown=MOST)
    yield from _next_band(advice, language)
    yield from said_by(advice.unpromised, language)
    if advice.open:
        yield phrase("advice.open", language, titles=", ".join(title.said_in(language) for title in advice.open))


def _state(advice: Advice) -> str:
    if advice.unpromised:
        return "unpromised"
    if advice.pieces and not any(piece.gain for piece in advice.pieces):
        return "held_back"
    best = "very_good" if advice.band == "very_good" else "other"
    return f"{best}.{'some' if advice.pieces or advice.together else 'none'}"


def _next_band(advice: Advice, language: str) -> Iterator[str]:
    """Which of the told pieces is enough for a better band, or that nothing is."""
    if advice.next_band is None:
        if advice.pieces and advice.band != "very_good":
            yield phrase("advice.no_next_band", language)
        return
    band = phrase(f"band.{advice.next_band.band}", language)
    if advice.next_band in advice.pieces[:MOST]:
        yield phrase("advice.enough", language, number=advice.pieces.index(advice.next_band) + 1, band=band)
    elif advice.next_band == advice.together:
        yield phrase("advice.enough_together", language, band=band)


def shows_next_band(advice: Advice) -> bool:
    """Whether the least that lifts the band is told by itself, being none of what is told anyway."""
    return advice.next_band is not None and advice.next_band not in (*advice.pieces[:MOST], advice.together)


def gain_line(piece: Piece, language: str) -> str:
    """What a piece gains, and the score and band that it leads to."""
    key, gain = ("gain", piece.gain) if piece.gain else ("held", piece.calculated_gain)
    score, band = decimal(piece.score, language), phrase(f"band.{piece.band}", language)
    return phrase(f"advice.{key}", language, gain=decimal(gain, language), score=score, band=band)


def change_line(change: Change, language: str) -> str:
    """When, and what to do then."""
    return f"{change.moment.said_in(language)}: {change.what.said_in(language)}"


def said_by(asked: Iterable[Asked], language: str) -> Iterator[str]:
    """The rubric's own advice, each text once; the title of a criterion that gives none."""
    texts = [each.advice or each.title for each in asked]
    yield from dict.fromkeys(text.said_in(language) for text in texts)


def telling_moves(piece: Piece) -> list[Move]:
    """The criteria whose points move, those that move most first."""
    moved = [move for move in piece.moves if move.points_before != move.points_after]
    return sorted(moved, key=lambda move: -abs(move.points_after - move.points_before))


def move_line(move: Move, language: str) -> str:
    """A criterion with its outcome and points before and after."""
    before, after = (phrase(f"outcome.{each}", language) for each in (move.before, move.after))
    points = f"{_signed(move.points_before, language)} \N{RIGHTWARDS ARROW} {_signed(move.points_after, language)}"
    arrow = before if before == after else f"{before} \N{RIGHTWARDS ARROW} {after}"
    return f"{move.title.said_in(language)}: {arrow} ({points})"


def _signed(points: float, language: str) -> str:
    sign = "+" if points > 0 else "\N{MINUS SIGN}" if points < 0 else ""
    return sign + decimal(abs(points), language)
