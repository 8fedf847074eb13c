"""How long advice takes: every shipped case and one long ride, with the interpreter that the meter has.

    python benchmarks/advice.py            the table
    python benchmarks/advice.py --rounds 9 more rounds (default 5)

Each encounter is scored and advised in every round, and the median of its rounds counts, so that a busy machine tells
little. Beside the median time stands the ratio to scoring once: it says what the search costs whatever the machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

import palvelumittari as pm
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.toml_file import read_toml

AIM_MS = 10
"""The aim for the median, once the meter is compiled."""

RIDE = """
id: ride
sector: taxi
channel: face_to_face
record: full

0:00 customer arrive
0:05 server small_talk
0:20 customer request: to the station
0:25 server serve
0:40 customer minimal: mm
0:45 server small_talk (40 s)
1:30 customer minimal #lengthened: mmmm
1:35 server small_talk (50 s)
2:30 customer check_time
2:40 server phone_use
3:00 customer ask: how long?
3:10 server sigh
3:20 customer repeat_self
3:30 server blame
4:00 customer sigh
5:00 server upsell
9:00 server charge
9:10 customer fumble
9:15 server rush
9:30 customer leave
""".strip()
"""A ride of 20 events in which nearly everything goes wrong: what the search has most to do with."""


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each encounter is measured")
    rounds = parser.parse_args().rounds
    meter = pm.Meter()
    cases = [read_case(read_toml(each.file, each.name), meter.vocabulary).encounter for each in meter.catalog.cases]
    ride = meter.loads(RIDE, format="timeline")
    print(f"{'':24}{'scoring':>10}{'advice':>10}{'ratio':>8}{'rescorings':>12}")
    tell("cases, median", meter, cases, rounds)
    bad = [case for case in cases if meter.advise(case).pieces]
    tell("cases with advice, median", meter, bad, rounds)
    tell("a bad ride of 20 events", meter, [ride], rounds)
    print(f"aim, once the meter is compiled: a median of {AIM_MS} ms")


def tell(name: str, meter: pm.Meter, encounters: Sequence[pm.Encounter], rounds: int) -> None:
    """One line: the medians over encounters of the medians over rounds."""
    scoring = median(median_ms(lambda one=one: meter.score(one), rounds) for one in encounters)  # type: ignore[misc]
    advice = median(median_ms(lambda one=one: meter.advise(one), rounds) for one in encounters)  # type: ignore[misc]
    rescorings = median(meter.advise(one).rescorings for one in encounters)
    print(f"{name:24}{scoring:>7.1f} ms{advice:>7.1f} ms{advice / scoring:>8.1f}{rescorings:>12g}")


def median_ms(work: Callable[[], object], rounds: int) -> float:
    """How long something takes, in milliseconds: the median of some rounds, after one that does not count."""
    work()
    return median(_once_ms(work) for _ in range(rounds))


def _once_ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
