"""Small figures for people to read: a score as a bar, numbers without idle zeros."""

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


def number(value: float, language: str) -> str:
    """A number with as many decimals as it needs, at most three.

    >>> number(2.0, "fi"), number(1.5, "fi")
    ('2', '1,5')
    """
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return decimal(value, language, len(text.partition(".")[2]))
