"""Who scores: this process, or several others that get a path and a range of bytes and answer with what came of it."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

import attrs

from palvelumittari.batch.blocks import Block, Question, score_block
from palvelumittari.batch.inputs import Input, Span
from palvelumittari.batch.setups import Recipe, changed_parts, setup_of
from palvelumittari.meter import Meter
from palvelumittari.words.errors import EvaluationError, PalvelumittariError, PluginError, Problem
from palvelumittari.words.frozen import FrozenMap

Scored = tuple[Span, Block]

_AHEAD = 2
"""How many spans a worker is given at once, so that it need not wait for the next."""

_UNORDERED = 4
"""How many spans, for each worker, may be with workers or wait for their turn: memory stays constant."""

_PATIENCE = 5.0
"""Seconds that a worker gets to end by itself."""


@attrs.frozen(kw_only=True)
class Order:
    """What every worker must know: how to build its meter, what to ask, the files, and what its setup must be."""

    recipe: Recipe
    question: Question
    inputs: tuple[Input, ...]
    names: tuple[str, ...]
    setup: FrozenMap[str]


def score_span(meter: Meter, span: Span, order: Order) -> Block:
    """What comes of a span; raises `EncounterError` if its file cannot be read, or no longer so far."""
    data = span.data
    if data is None:
        one = order.inputs[span.file]
        most = order.question.limits.document_bytes + 1  # a longer span is one line, which is too long
        with one.opened() as stream:
            data = one.read(stream, span.start, min(span.end - span.start, most))
    name = order.names[span.file]
    return score_block(meter, data, span.first_line, span.start, file=name, question=order.question)


def scored_here(meter: Meter, spans: Iterator[Span], order: Order) -> Generator[Scored, None, None]:
    """Each span with what comes of it, scored in this process."""
    for span in spans:
        yield span, score_span(meter, span, order)


# --- other processes --------------------------------------------------------------------------------------------


@attrs.define(eq=False)
class Worker:
    """A process, the way to it, and the numbers of the spans that it has."""

    process: BaseProcess
    line: Connection
    spans: deque[int] = attrs.field(factory=deque)

    def give(self, number: int, span: Span) -> None:
        """Hand over a span."""
        self.spans.append(number)
        try:
            self.line.send((number, span))
        except OSError:
            raise EvaluationError(self.death()) from None

    def answer(self) -> tuple[int, Block]:
        """What the worker says; raises what it failed with, or `EvaluationError` if it is no more."""
        try:
            said = self.line.recv()
        except (EOFError, OSError):
            raise EvaluationError(self.death()) from None
        if isinstance(said, PalvelumittariError):
            raise said
        number, block = said
        self.spans.remove(number)
        return number, block

    def death(self) -> Problem:
        """How a process came to its end."""
        self.process.join(_PATIENCE)
        code = self.process.exitcode or 0
        how = f"signal {-code} ({signal.strsignal(-code)})" if code < 0 else f"exit code {code}"
        hint = "fewer --jobs need less memory" if code == -signal.SIGKILL else "what it said stands above"
        return Problem("a worker process came to an unexpected end", found=how, hint=hint)

    def close(self, *, is_done: bool) -> None:
        """Let the process end, or make it."""
        with suppress(OSError):
            if is_done:
                self.line.send(None)
            else:
                self.process.terminate()
        self.line.close()
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def scored_by_workers(spans: Iterator[Span], order: Order, jobs: int, method: str) -> Generator[Scored, None, None]:
    """Each span with what comes of it, scored by other processes, in the order of the spans."""
    with _workers(order, jobs, method) as workers:
        numbered = enumerate(spans)
        given: dict[int, Span] = {}
        done: dict[int, Block] = {}
        following = 0
        while True:
            for worker in _free(workers):
                if len(given) >= _UNORDERED * jobs or (task := next(numbered, None)) is None:
                    break
                given[task[0]] = task[1]
                worker.give(*task)
            if not given:
                return
            done.update(_answers(workers))
            while following in done:
                yield given.pop(following), done.pop(following)
                following += 1


def _free(workers: list[Worker]) -> Iterator[Worker]:
    """Workers that can take one more span, those with none first."""
    for load in range(_AHEAD):
        yield from (worker for worker in workers if len(worker.spans) == load)


def _answers(workers: list[Worker]) -> Iterator[tuple[int, Block]]:
    busy = {worker.line: worker for worker in workers if worker.spans}
    for line in wait(list(busy)) if busy else ():
        yield busy[line].answer()  # type: ignore[index]  # wait gives back what it was given


@contextmanager
def _workers(order: Order, jobs: int, method: str) -> Iterator[list[Worker]]:
    """Started processes, which are no more at the end of the block, however it ends."""
    workers: list[Worker] = []
    is_done = False
    try:
        with _deaf_to_interrupts():
            for _ in range(jobs):
                workers.append(_started(order, method))
        yield workers
        is_done = True
    finally:
        for worker in workers:
            worker.close(is_done=is_done)


def _started(order: Order, method: str) -> Worker:
    context: Any = multiprocessing.get_context(method)
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, order), daemon=True, name="palvelumittari-worker")
    process.start()
    theirs.close()
    return Worker(process, ours)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started here take no notice of Ctrl-C, which the terminal sends to all; this one stops them."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone may do this
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def work(line: Connection, order: Order) -> None:
    """What a worker does: build its meter, then score what it is given until nothing more comes, or nobody is there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with suppress(EOFError, OSError):
            meter = meter_after(order)
            while _is_given(line) and (task := line.recv()) is not None:
                number, span = task
                line.send((number, score_span(meter, span, order)))
    except PalvelumittariError as error:
        with suppress(OSError):
            line.send(error)


def _is_given(line: Connection) -> bool:
    """Wait for a task, or for the end of the process that gives them."""
    parent = multiprocessing.parent_process()
    return line in wait([line] if parent is None else [line, parent.sentinel])


def meter_after(order: Order) -> Meter:
    """The meter of an order; raises `PluginError` if it is not the same as that of whoever gave it."""
    meter = order.recipe.meter()
    changed = changed_parts(order.setup, setup_of(meter, order.question))
    if changed:
        what = "a worker process found other rubrics or plugins than the process that started it"
        hint = "change nothing while a batch starts"
        raise PluginError(Problem(what, found=f"a change of {', '.join(changed)}", hint=hint))
    return meter
