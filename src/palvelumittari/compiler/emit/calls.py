"""`calls` in source: what does a plugin's Python function say?"""

from __future__ import annotations

from palvelumittari.compiler.emit.criterion import Judging
from palvelumittari.records.measure import Calls


def emit_calls(measure: Calls, judging: Judging) -> None:
    """Write the call of the function."""
    program, number = judging.program, judging.number
    phases = program.phases()
    moved = {name: program.reading(name) for name in program.rubric.readings}
    courses = ", ".join(f"{program.constant(name)}: (a{place}, v{place})" for name, place in moved.items())
    functions, words = program.constants.add(program.functions), program.constants.add(program.vocabulary)
    name, options = program.constant(measure.function), program.constants.add(dict(measure.options))
    with judging.source.block("if scene is None"):
        judging.source.line(f"scene = make_scene(encounter, {words}, {phases}, {{{courses}}})")
    told = f"ask_plugin({functions}, {name}, {options}, scene)"
    judging.source.line(f"o{number}, x{number}, e{number} = {told}")
