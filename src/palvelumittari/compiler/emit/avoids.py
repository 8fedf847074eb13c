"""`avoids` in source: did it stay away, or was it made good?"""

from __future__ import annotations

from palvelumittari.compiler.emit.criterion import Judging
from palvelumittari.records.measure import Avoids


def emit_avoids(measure: Avoids, judging: Judging) -> None:
    """Write one less `each` for every breach beyond `allow` that nothing healed."""
    source = judging.source
    breaches = judging.matches(measure.act, while_=measure.while_)
    with source.block(f"if {breaches}"):
        standing = _emit_standing(measure, judging, breaches)
        excess = judging.program.fresh("c")
        source.line(f"{excess} = {standing} - {judging.constant(measure.allow)}")
        share = f"max(0.0, round(1 - {judging.constant(measure.each)} * {excess}, 9))"
        judging.worth(f"min(1.0, {share}) if {excess} > 0 else 1.0")
    with source.block("else"):
        conditions = (measure.while_,) if measure.while_ is not None else ()
        judging.kept(conditions, judging.program.absence_is_known(measure.act))


def _emit_standing(measure: Avoids, judging: Judging, breaches: str) -> str:
    """An expression for how many breaches nothing healed."""
    if measure.healed is None:
        return f"len({breaches})"
    healing, last = judging.matches(measure.healed), judging.program.fresh("t")
    judging.source.line(f"{last} = {healing}[-1] if {healing} else -1")
    return f"len({breaches}) - bisect_left({breaches}, {last})"
