"""How far a batch is, on standard error: a bar for whoever watches, JSON for a program, or nothing."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from palvelumittari.batch import Progress

Tell = Callable[[Progress], None]

AUTO = "auto"
JSON = "json"
NONE = "none"
KINDS = (AUTO, JSON, NONE)
"""What `--progress` may ask for."""

SECONDS = 1.0
"""How often a program is told."""


@contextmanager
def progress_shown(kind: str) -> Iterator[Tell]:
    """What to call with the progress, as the caller wants it shown."""
    if kind == JSON:
        yield JsonProgress()
    elif kind == AUTO and sys.stderr.isatty():
        with _bar() as tell:
            yield tell
    else:
        yield lambda _: None


@attrs.define
class JsonProgress:
    """Writes JSON, a line at the first call, each second, and when all is read; a reader who is gone stops nothing."""

    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    _first: tuple[float, Progress] | None = None
    _last: float = 0.0

    def __call__(self, progress: Progress) -> None:
        """Tell, if it is time."""
        now = self.clock()
        if self._first is None:
            self._first = (now, progress)
        elif now - self._last < self.seconds and progress.done_bytes != progress.total_bytes:
            return
        self._last = now
        try:
            sys.stderr.write(json.dumps(figures(progress, *self._first, now)) + "\n")
            sys.stderr.flush()
        except OSError:
            self.seconds = float("inf")


def figures(progress: Progress, start: float, first: Progress, now: float) -> dict[str, float | int | None]:
    """The progress as data: the rate is that of this run, what an earlier one did apart; times are in seconds."""
    elapsed = now - start
    count = progress.encounters + progress.rejected
    rate = (count - first.encounters - first.rejected) / elapsed if elapsed > 0 else None
    done, total = progress.done_bytes, progress.total_bytes
    is_known = total is not None and done > first.done_bytes and elapsed > 0
    left = (total - done) * elapsed / (done - first.done_bytes) if is_known and total is not None else None
    return {
        "done_bytes": done,
        "total_bytes": total,
        "encounters": progress.encounters,
        "rejected": progress.rejected,
        "seconds": round(elapsed, 1),
        "per_second": None if rate is None else round(rate, 1),
        "seconds_left": None if left is None else round(left, 1),
    }


@contextmanager
def _bar() -> Iterator[Tell]:
    columns = (BarColumn(), TextColumn("{task.percentage:>3.0f}%  {task.description}"), TimeRemainingColumn())
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("")
        start: list[tuple[float, Progress]] = []

        def tell(progress: Progress) -> None:
            start[:] = start or [(time.monotonic(), progress)]
            data = figures(progress, *start[0], time.monotonic())
            text = f"{progress.encounters:,} encounters, {data['per_second'] or 0:,.0f} a second"
            text += f", {progress.rejected:,} rejected" if progress.rejected else ""
            shown.update(task, completed=progress.done_bytes, total=progress.total_bytes, description=text)

        yield tell
