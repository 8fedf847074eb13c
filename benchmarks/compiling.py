"""How long a rubric takes to compile, and how much faster than the reference interpreter the compiled function is.

    python benchmarks/compiling.py [rounds]

Machines are shared and noisy, so ratios are told, not times alone: every round runs every engine on the same
encounters, and the ratio is the median of the rounds' own. Encounters are drawn at random from the events of the
shipped cases of a sector, so that acts are as frequent as people write them down. "Reading" is `json.loads` of the same
encounters, as the measure of what any scoring costs at least.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from random import Random
from statistics import median
from time import process_time
from typing import Any

import attrs

import palvelumittari as pm
from palvelumittari.authoring.trying import try_case
from palvelumittari.compiler import Compiled, compile_rubric
from palvelumittari.reading.choosing import choose
from palvelumittari.records.encounter import Channel, Encounter, Event, Record
from palvelumittari.reference import judge
from palvelumittari.scoring import coverage, settle, tally

SECTORS = ("taxi", "retail", "bar", "library_desk", "transit", "salon")
COUNT = 200
"""How many encounters each engine scores in a round; the reference interpreter scores a tenth of them."""


def drawn(meter: pm.Meter, sector: str, random: Random) -> list[Encounter]:
    """Encounters of 15 to 45 events of a sector's cases, most of them timed."""
    cases = [try_case(meter, each.file).case.encounter for each in meter.catalog.cases]
    of_sector = [each for each in cases if each.sector is not None and each.sector.partition(".")[0] == sector]
    events = [event for each in of_sector for event in each.events]
    settings = [each.setting for each in of_sector]
    return [_encounter(sector, events, random.choice(settings), random) for _ in range(COUNT)]


def _encounter(sector: str, events: Sequence[Event], setting: Any, random: Random) -> Encounter:
    at_ms, found = 0, []
    for event in random.choices(events, k=random.randint(15, 45)):
        at_ms += random.randrange(40_000)
        found.append(attrs.evolve(event, at_ms=at_ms if random.random() < 0.9 else None))
    record = random.choice((Record.FULL, Record.EXCERPT))
    return Encounter("drawn", tuple(found), sector=sector, channel=Channel.FACE_TO_FACE, record=record, setting=setting)


def microseconds(work: Callable[[Any], object], things: Sequence[Any]) -> float:
    """How long a thing takes, in microseconds of the process."""
    started = process_time()
    for each in things:
        work(each)
    return (process_time() - started) / len(things) * 1e6


def compiled_in(meter: pm.Meter, rubric: pm.Rubric) -> tuple[Compiled, float]:
    """A rubric compiled, and the milliseconds it took."""
    started = process_time()
    compiled = compile_rubric(rubric, meter.vocabulary, meter.catalog.measures, meter.catalog.models)
    return compiled, (process_time() - started) * 1e3


def measure(meter: pm.Meter, sector: str, rounds: int) -> str:
    """A row of the table."""
    encounters = drawn(meter, sector, Random(sector))
    rubric = meter.rubric(*choose(encounters[0], meter.catalog.rubrics).rubrics)
    written = [pm.dumps(each) for each in encounters]

    def by_reference(encounter: Encounter) -> object:
        judged = judge(encounter, rubric, meter.vocabulary, meter.catalog.measures).judged
        settled = settle([each.judgement for each in judged])
        return tally(settled, rubric.scoring, meter.catalog.models), coverage(settled)

    found = []
    for _ in range(rounds):
        compiled, compiling = compiled_in(meter, rubric)
        fast = microseconds(compiled.numbers, encounters)
        slow = microseconds(by_reference, encounters[: COUNT // 10])
        reading = microseconds(json.loads, written)
        found.append((compiling, fast, slow, slow / fast, fast / reading))
    compiling, fast, slow, ratio, to_reading = (median(column) for column in zip(*found, strict=True))
    criteria, lines = len(rubric.criteria), len(compiled.source.splitlines())
    times = f"{compiling:.0f} | {slow:.0f} | {fast:.0f} | {ratio:.0f} | {to_reading:.1f}"
    return f"| {sector} | {criteria} | {lines} | {times} |"


def main(rounds: int) -> None:
    """Print a row for each sector."""
    meter = pm.Meter()
    print("| sector | criteria | lines | compiling, ms | reference, µs | compiled, µs | ratio | compiled / reading |")
    print("|---|---|---|---|---|---|---|---|")
    for sector in SECTORS:
        print(measure(meter, sector, rounds), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
