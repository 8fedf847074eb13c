"""A program for the tests of kills: runs a batch again and again, and kills it at a random moment, most of the times.

It holds the meter ready, so that a run costs no start: each run is a fork in a session of its own, whose workers are
forks, too. Prints how many runs were killed, and how many of them had something to go on with.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from palvelumittari.batch import Batch, Recipe, run_batch
from palvelumittari.meter import Meter


def main(source: str, output: str, rubric: str, kills: int) -> None:
    """Run once undisturbed, to know how long that takes; then kill runs at random moments, and let the last one end."""
    recipe = Recipe(installed=False, rubrics=(Path(rubric),))
    meter = recipe.meter()
    Recipe.meter = lambda _: meter  # type: ignore[method-assign]  # forks need not build it again
    batch = Batch(
        files=(source,),
        output=Path(output),
        recipe=recipe,
        jobs=3,
        resume=True,
        span_bytes=600,
        checkpoint_seconds=0,
        method="fork",
    )
    start = time.monotonic()
    _ended(_started(batch, meter))
    longest = time.monotonic() - start
    chance = random.Random(5)
    killed = resumed = 0
    while killed < kills:
        resumed += batch.is_resumable
        child = _started(batch, meter)
        time.sleep(chance.uniform(0, longest))
        _kill(child)
        killed += _ended(child) == -signal.SIGKILL
    _ended(_started(batch, meter))
    print(killed, resumed)


def _started(batch: Batch, meter: Meter) -> int:
    """A run in a process, and a session, of its own."""
    child = os.fork()
    if child == 0:
        os.setsid()
        run_batch(batch, meter)
        os._exit(0)
    return child


def _ended(child: int) -> int:
    """How a run ended; anything but its end and a kill stops everything."""
    _, status = os.waitpid(child, 0)
    _kill(child)  # its workers, if it has left any
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, -signal.SIGKILL):
        sys.exit(f"a run failed with {code}")
    return code


def _kill(group: int) -> None:
    for kill in (os.killpg, os.kill):
        try:
            kill(group, signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
