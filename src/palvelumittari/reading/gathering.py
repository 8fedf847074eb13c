"""How many problems are told at once: enough to repair a file, few enough for a hostile one to cost little."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from palvelumittari.words.errors import Problem

MOST_PROBLEMS = 100
"""No more problems of one document are told."""

MORE = Problem(f"there are more: these are the first {MOST_PROBLEMS} problems")
"""Stands behind the problems that are told, where some are not."""


def first_problems(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The first problems, with `MORE` behind them if there are others; `found` is not read further."""
    first = tuple(islice(found, MOST_PROBLEMS + 1))
    return first if len(first) <= MOST_PROBLEMS else (*first[:MOST_PROBLEMS], MORE)
