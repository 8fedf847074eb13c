"""Agreement of several observers in numbers: the intraclass correlation of Shrout and Fleiss."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import attrs


@attrs.frozen
class MeanSquares:
    """The mean squares of a table: between rows (targets), between columns (observers), within rows, and the rest."""

    rows: float
    columns: float
    within: float = attrs.field(kw_only=True)
    error: float = attrs.field(kw_only=True)
    row_count: int = attrs.field(kw_only=True)
    column_count: int = attrs.field(kw_only=True)


def mean_squares(table: Sequence[Sequence[float]]) -> MeanSquares:
    """The two-way analysis of variance of a full table; at least two rows and two columns."""
    rows, columns = len(table), len(table[0])
    grand = fmean(value for row in table for value in row)
    total = sum((value - grand) ** 2 for row in table for value in row)
    between_rows = columns * sum((fmean(row) - grand) ** 2 for row in table)
    between_columns = rows * sum((fmean(column) - grand) ** 2 for column in zip(*table, strict=True))
    rest = max(total - between_rows - between_columns, 0.0)
    return MeanSquares(
        between_rows / (rows - 1),
        between_columns / (columns - 1),
        within=(total - between_rows) / (rows * (columns - 1)),
        error=rest / ((rows - 1) * (columns - 1)),
        row_count=rows,
        column_count=columns,
    )


def icc_single(table: Sequence[Sequence[float]]) -> float | None:
    """ICC(2,1): how far one observer's number can be trusted; random observers, absolute agreement.

    Args:
        table: One row for each target (such as an encounter), one number for each observer, none missing.

    Returns:
        The coefficient, at most 1; `None` with fewer than two rows or columns, or where all numbers are alike.

    Source:
        P. E. Shrout and J. L. Fleiss, Intraclass Correlations, Psychological Bulletin 86 (1979), 420-428.
    """
    if not _is_enough(table):
        return None
    found = mean_squares(table)
    bias = found.column_count * (found.columns - found.error) / found.row_count
    below = found.rows + (found.column_count - 1) * found.error + bias
    return (found.rows - found.error) / below if below else None


def icc_mean(table: Sequence[Sequence[float]]) -> float | None:
    """ICC(2,k): how far the mean of all observers can be trusted; otherwise as `icc_single`."""
    if not _is_enough(table):
        return None
    found = mean_squares(table)
    below = found.rows + (found.columns - found.error) / found.row_count
    return (found.rows - found.error) / below if below else None


def _is_enough(table: Sequence[Sequence[float]]) -> bool:
    return len(table) > 1 and len(table[0]) > 1
