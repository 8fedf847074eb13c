"""`ceases` in source: after a cue, did it stop?"""

from __future__ import annotations

import attrs

from palvelumittari.compiler.emit.conditions import Moment, dependencies, is_true, only_reading
from palvelumittari.compiler.emit.criterion import NOT_OBSERVED, UNDECIDED, Judging
from palvelumittari.compiler.emit.grace import Grace
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Ceases


@attrs.frozen
class Counts:
    """The locals that count the stops, and those that say whether an event stands behind decided and open ones."""

    respected: str
    ignored: str
    unsure: str
    unseen: str
    decided_cited: str
    open_cited: str

    @classmethod
    def fresh(cls, judging: Judging) -> Counts:
        """Six new locals, set to nothing."""
        names = [judging.program.fresh("c") for _ in range(6)]
        judging.source.line(f"{' = '.join(names)} = 0")
        return cls(*names)


def emit_ceases(measure: Ceases, judging: Judging) -> None:
    """Write the share of the triggers after which the act was gone; those undecided or taken back are left out."""
    source = judging.source
    called = judging.matches(measure.after) if measure.once is None else _emit_turning(measure.once, judging)
    with source.block(f"if {called}"):
        counts, opened = Counts.fresh(judging), judging.program.fresh("t")
        points = _emit_points(measure, judging)
        with source.block(f"for {opened} in {called}"):
            _emit_stop(measure, judging, opened, counts, points)
        _emit_result(judging, counts)


def _emit_turning(once: Condition, judging: Judging) -> str:
    """The list of the events whose cues made a condition true; -1 if it is true from the start."""
    source, fresh = judging.source, judging.program.fresh
    found, before, now, index, value = fresh("l"), fresh("h"), fresh("h"), fresh("i"), fresh("r")
    only = only_reading(once, judging.program)
    values = {} if only is None else {only: value}
    source.line(f"{found} = []")
    source.line(f"{before} = False")
    with source.block(f"for {_points_of(once, only, index, value, judging)}"):
        asked = is_true(once, Moment(index, is_after=True, values=values), judging.program, source)
        source.line(f"{now} = {asked}")
        with source.block(f"if {now} and not {before}"):
            source.line(f"{found}.append({index})")
        source.line(f"{before} = {now}")
    return found


def _points_of(once: Condition, only: str | None, index: str, value: str, judging: Judging) -> str:
    """The head of a loop over the points after which a condition may have changed, with a reading's value if it can."""
    if only is not None:
        number = judging.program.reading(only)
        return f"{index}, {value} in zip((-1, *a{number}), v{number})"
    moved, others = dependencies(once, judging.program)
    return f"{index} in points_after({moved}, {others})"


def _emit_points(measure: Ceases, judging: Judging) -> str:
    """The list of the events at which `until` may change."""
    if measure.until is None:
        return ""
    points = judging.program.fresh("l")
    moved, others = dependencies(measure.until, judging.program)
    judging.source.line(f"{points} = points_at(count, {moved}, {others})")
    return points


def _emit_stop(measure: Ceases, judging: Judging, opened: str, counts: Counts, points: str) -> None:
    """Count one trigger: `last` is the last event that it concerns, `end` the one if nobody takes it back."""
    source, fresh = judging.source, judging.program.fresh
    grace = Grace(measure, judging, opened).write()
    last, end = fresh("q"), ""
    source.line(f"{last} = min({grace.span.left}, count - 1)")
    if measure.until is not None:
        end = fresh("q")
        source.line(f"{end} = {last}")
        _emit_until(measure.until, judging, opened, last, points)
    breach, unsure = grace.breached(judging.matches(measure.act), last)
    with source.block(f"if {breach}"):
        source.line(f"{counts.ignored} += 1")
        source.line(f"{counts.decided_cited} = True")
    if unsure:
        with source.block(f"elif {unsure}"):
            _emit_open(counts.unsure, judging, opened, counts)
    with source.block("else"):
        _emit_gone(judging, grace, counts, last, end)


def _emit_until(until: Condition, judging: Judging, opened: str, last: str, points: str) -> None:
    """Move the last event to before the first at which `until` is true."""
    source, index = judging.source, judging.program.fresh("i")
    with source.block(f"for {index} in beyond({points}, {opened} + 1)"):
        with source.block(f"if {index} > {last}"):
            source.line("break")
        with source.block(f"if {is_true(until, Moment(index), judging.program, source)}"):
            source.line(f"{last} = {index} - 1")
            source.line("break")


def _emit_open(counted: str, judging: Judging, opened: str, counts: Counts) -> None:
    judging.source.line(f"{counted} += 1")
    judging.source.line(f"{counts.open_cited} = {counts.open_cited} or {opened} >= 0")


def _emit_gone(judging: Judging, grace: Grace, counts: Counts, last: str, end: str) -> None:
    """Nothing went on: the stop was respected, if the own side had a turn in which it was, or the record is closed."""
    source, opened = judging.source, grace.opened
    instead = grace.own_after(last)
    if end:
        with source.block(f"if not {instead} and {last} < {end}"):
            source.line("continue")
    with source.block(f"if not {instead} and not {grace.span.closed}"):
        _emit_open(counts.unsure, judging, opened, counts)
    with source.block(f"elif {judging.program.absence_is_known(grace.measure.act)}"):
        source.line(f"{counts.respected} += 1")
        source.line(f"{counts.decided_cited} = {counts.decided_cited} or {opened} >= 0 or {instead}")
    with source.block("else"):
        _emit_open(counts.unseen, judging, opened, counts)


def _emit_result(judging: Judging, counts: Counts) -> None:
    source = judging.source
    with source.block(f"if {counts.respected} or {counts.ignored}"):
        share = f"round({counts.respected} / ({counts.respected} + {counts.ignored}), 9)"
        judging.worth(share, cites=f"bool({counts.decided_cited})")
    with source.block(f"elif {counts.unsure}"):
        judging.without(UNDECIDED, cites=f"bool({counts.open_cited})")
    with source.block(f"elif {counts.unseen}"):
        judging.without(NOT_OBSERVED, cites=f"bool({counts.open_cited})")
