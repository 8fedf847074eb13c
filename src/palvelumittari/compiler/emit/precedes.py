"""`precedes` in source: did the right thing come first?"""

from __future__ import annotations

from palvelumittari.compiler.emit.criterion import NOT_OBSERVED, Judging
from palvelumittari.records.measure import Precedes


def emit_precedes(measure: Precedes, judging: Judging) -> None:
    """Write the share of the acts that had a `first` before them."""
    source, program = judging.source, judging.program
    acts, firsts = judging.matches(measure.act), judging.matches(measure.first)
    floor = judging.omission_floor(measure.otherwise, is_triggered=False)
    with source.block(f"if {acts}"):
        with source.block(f"if {firsts}"):
            share = f"(len({acts}) - bisect_right({acts}, {firsts}[0])) / len({acts})"
            judging.worth(f"round(max({share}, {judging.constant(floor)}), 9)")
        with source.block(f"elif not is_full or not {program.absence_is_known(measure.first)}"):
            judging.without(NOT_OBSERVED, cites=True)
        with source.block("else"):
            judging.worth(judging.share(floor))
