"""`shows` in source: did it happen, often enough and in enough phases?"""

from __future__ import annotations

from palvelumittari.compiler.emit.criterion import NOT_OBSERVED, UNDECIDED, Judging
from palvelumittari.compiler.emit.spans import START, Span
from palvelumittari.records.measure import Shows


def emit_shows(measure: Shows, judging: Judging) -> None:
    """Write the share of the wanted events and phases that were reached."""
    if measure.after is None:
        _emit_counted(measure, judging, START)
        return
    called, source = judging.matches(measure.after), judging.source
    with source.block(f"if {called}"):
        opened = judging.program.fresh("t")
        source.line(f"{opened} = {called}[0]")
        _emit_counted(measure, judging, opened)


def _emit_counted(measure: Shows, judging: Judging, opened: str) -> None:
    beyond = None if opened == START else opened
    found = judging.matches(measure.act, while_=measure.while_, phase=measure.phase, beyond=beyond)
    unsure = ""
    span = Span(judging, measure.within, opened, measure.act.side)
    if measure.within is not None or measure.longer is not None:
        found, unsure = _emit_placed(measure, judging, span, found)
    with judging.source.block(f"if {found}"):
        _emit_share(measure, judging, found)
    _emit_silence(measure, judging, span, unsure)


def _emit_placed(measure: Shows, judging: Judging, span: Span, found: str) -> tuple[str, str]:
    """The list of the events that count by time and duration, and whether others might count but lack either."""
    source, fresh = judging.source, judging.program.fresh
    hits, unsure, index = fresh("l"), fresh("h"), fresh("i")
    source.line(f"{hits} = []")
    source.line(f"{unsure} = False")
    if measure.within is not None:
        span.write()
    with source.block(f"for {index} in {found}"):
        inside, unknown = span.place(index) if measure.within is not None else ("True", "False")
        if measure.longer is not None:
            lasts = fresh("t")
            source.line(f"{lasts} = {judging.program.layout.lasts_ms(f'events[{index}]')}")
            enough = f"{lasts} is not None and {lasts} >= {judging.constant(measure.longer)}"
            inside, unknown = (
                f"{inside} and {enough}",
                f"{unknown} and ({lasts} is None or {enough}) or {inside} and {lasts} is None",
            )
        with source.block(f"if {inside}"):
            source.line(f"{hits}.append({index})")
        with source.block(f"elif {unknown}"):
            source.line(f"{unsure} = True")
    return hits, unsure


def _emit_share(measure: Shows, judging: Judging, hits: str) -> None:
    parts = ["1.0", f"len({hits}) / {judging.constant(measure.at_least)}"]
    if measure.phases > 1:
        phases, index = judging.program.phases(), judging.program.fresh("i")
        parts.append(f"len({{{phases}[{index}] for {index} in {hits}}}) / {judging.constant(measure.phases)}")
    floor = judging.omission_floor(measure.otherwise, is_triggered=measure.after is not None)
    share = f"min({', '.join(parts)})" if measure.at_least > 1 or measure.phases > 1 else "1.0"
    judging.worth(f"round(max({share}, {judging.constant(floor)}), 9)" if share != "1.0" else share)


def _emit_silence(measure: Shows, judging: Judging, span: Span, unsure: str) -> None:
    """What becomes of it where nothing that counts was noted."""
    source, at_start = judging.source, span.opened == START
    if unsure:
        with source.block(f"elif {unsure}"):
            judging.without(UNDECIDED, cites=not at_start)
    if at_start:  # in a full record every window is closed at its end
        with source.block("elif not is_full"):
            judging.without(NOT_OBSERVED)
        _emit_missed(measure, judging, cites=False)
        return
    with source.block("else"):
        if measure.within is None:
            span.write()
        passed = span.passed()
        with source.block(f"if not {passed}"):
            judging.without(UNDECIDED, cites=True)
        _emit_missed(measure, judging, cites=True)


def _emit_missed(measure: Shows, judging: Judging, *, cites: bool) -> None:
    with judging.source.block(f"elif not {judging.program.absence_is_known(measure.act)}"):
        judging.without(NOT_OBSERVED, cites=cites)
    with judging.source.block("else"):
        floor = judging.omission_floor(measure.otherwise, is_triggered=measure.after is not None)
        judging.worth(judging.share(floor), cites=cites)
