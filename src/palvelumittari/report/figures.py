"""Small figures for people to read: a score as a bar, points with their sign."""

from __future__ import annotations

from palvelumittari.words.phrases import decimal

CELLS = 20
"""How wide a bar is: every band has four cells."""


def score_bar(score: float | None, cells: int = CELLS) -> tuple[int, int]:
    """How many cells of a bar are full and how many are empty, for a score from 0 to 100; `None` fills none.

    >>> score_bar(33.1), score_bar(None)
    ((7, 13), (0, 20))
    """
    full = 0 if score is None else round(score / 100 * cells)
    return full, cells - full


def signed(points: float, language: str) -> str:
    """Points with one decimal and their sign; what rounds to nothing has none.

    >>> signed(4, "en"), signed(-7.5, "fi"), signed(0, "en")
    ('+4.0', '−7,5', '0.0')
    """
    size = decimal(abs(points), language)
    if not float(f"{points:.1f}"):
        return size
    return ("+" if points > 0 else "\N{MINUS SIGN}") + size


def number(value: float, language: str) -> str:
    """A number with as many decimals as it needs, at most three.

    >>> number(2.0, "fi"), number(1.5, "fi")
    ('2', '1,5')
    """
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return decimal(value, language, len(text.partition(".")[2]))
