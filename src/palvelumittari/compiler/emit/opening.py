"""What stands before the walk: fields, what the record covers, empty lists, and where readings start."""

from __future__ import annotations

from palvelumittari.compiler.emit.conditions import Moment, is_true
from palvelumittari.compiler.program import Program
from palvelumittari.compiler.running import Known
from palvelumittari.compiler.source import Source
from palvelumittari.records.encounter import Side
from palvelumittari.records.rubric import Reading


def starts_source(program: Program) -> Source:
    """Where each reading starts; written before the fields are, for it names some."""
    source = Source()
    for name, number in program.readings.items():
        _emit_start(program.rubric.readings[name], number, program, source)
    return source


def emit_opening(program: Program, starts: Source, source: Source) -> None:
    """Write what all that follows rests on."""
    layout = program.layout
    source.line(f"events = {layout.events}")
    source.line("count = len(events)")
    source.line(f"is_full = {layout.is_full}")
    for name, local in program.fields.items():
        source.line(f"{local} = {layout.field(name, program.constants)}")
    if program.known:
        known = program.constants.add(Known(tuple(program.known)))
        source.line(f"known = {known}[covered_by({layout.observed}, {layout.channel})]")
    if program.tapes:
        source.line(f"lists = [[] for _ in range({len(program.tapes)})]")
        source.line(f"{', '.join(program.tapes.values())}, = lists")
    source.join(starts)


def emit_found(program: Program, source: Source) -> None:
    """Write what is found of the whole record once the walk is over: phases, runs and turns."""
    if program.needs_phases:
        source.line(f"phases = find_phases(count, {', '.join(program.phase_tapes())})")
    if program.runs_needed:
        source.line("customer, staff = find_runs(codes)")
    for side in sorted(program.runs_needed):
        who = "customer" if side is Side.CUSTOMER else "staff"
        source.line(f"own_{who}, firsts_{who}, lasts_{who}, turns_{who}, ends_{who} = {who}")


def _emit_start(reading: Reading, number: int, program: Program, source: Source) -> None:
    """The first true start, else the field, else the usual; `z` says whether a noted field of the customer did it."""
    low, high = reading.range
    source.line(f"a{number} = []")
    source.line(f"z{number} = False")
    source.line(f"v{number} = [{program.constant(min(high, max(low, round(reading.start, 6))))}]")
    head = "if"
    for start in reading.starts:
        asked = is_true(start.when, Moment(), program, source)
        with source.block(f"{head} {asked}"):
            value = program.constant(min(high, max(low, round(start.set, 6))))
            source.line(f"v{number} = [{value}]")
            _emit_noted(tuple(sorted(start.when.names)), number, program, source)
        head = "elif"
    if reading.from_field is not None:
        field = program.field(reading.from_field)
        with source.block(f"{head} {field} is not None"):
            clamped = f"min({program.constant(high)}, max({program.constant(low)}, round(float({field}), 6)))"
            source.line(f"v{number} = [{clamped}]")
            _emit_noted((reading.from_field,), number, program, source)


def _emit_noted(names: tuple[str, ...], number: int, program: Program, source: Source) -> None:
    noted = [f"{program.field(name)} is not None" for name in names if name.startswith("customer.")]
    if noted:
        source.line(f"z{number} = {' or '.join(noted)}")
