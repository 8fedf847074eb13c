"""Running a batch: what goes in, who scores it, what is written, and how far it is at every moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO

import attrs

from palvelumittari.batch.blocks import Question
from palvelumittari.batch.checkpoint import Checkpoint, raise_unless_same, read_checkpoint, write_checkpoint
from palvelumittari.batch.inputs import SPAN_BYTES, Input, Position, Span, is_grown, look_at, spans_of, spans_of_stream
from palvelumittari.batch.output import Output, Places, discard, finish, opened_output, writing
from palvelumittari.batch.setups import Recipe, setup_of
from palvelumittari.batch.summary import Summary
from palvelumittari.batch.workers import Order, Scored, scored_by_workers, scored_here
from palvelumittari.meter import Meter
from palvelumittari.words.errors import EncounterError, Place, Problem


@attrs.frozen(kw_only=True)
class Batch:
    """What is to be done.

    Args:
        files: The files of NDJSON, in their order; none if `stream` is given.
        output: Where the results go. Rejects and, while it runs, the checkpoint stand beside it.
        recipe: How each process builds its meter.
        question: What is asked of each encounter.
        jobs: How many processes score; with 1 this one does.
        resume: Whether to go on with the run that was stopped here, if one was.
        stream: A stream and its name, to read in place of files; it cannot be resumed.
        span_bytes: How many bytes are scored at a time.
        checkpoint_seconds: How many seconds of work a crash may cost at most, beside what is being scored.
        method: How processes are started, as `multiprocessing` names it.
    """

    files: tuple[str, ...] = ()
    output: Path
    recipe: Recipe = attrs.field(factory=Recipe)
    question: Question = attrs.field(factory=Question)
    jobs: int = 1
    resume: bool = False
    stream: tuple[IO[bytes], str] | None = None
    span_bytes: int = SPAN_BYTES
    checkpoint_seconds: float = 1.0
    method: str = "spawn"

    @property
    def places(self) -> Places:
        """Where everything goes."""
        return Places(self.output)

    @property
    def is_resumable(self) -> bool:
        """Whether a run was stopped here that can go on."""
        return self.places.checkpoint.exists()


@attrs.frozen(kw_only=True)
class Progress:
    """How far a batch is: bytes of input and of all input (`None`: nobody knows), encounters scored, and rejects."""

    done_bytes: int
    total_bytes: int | None
    encounters: int
    rejected: int


@attrs.frozen(kw_only=True)
class Ended:
    """What a batch came to; `grown` are the files that became longer meanwhile, with the bytes that were not read."""

    summary: Summary
    grown: tuple[tuple[str, int], ...] = ()


Tell = Callable[[Progress], None]


def run_batch(batch: Batch, meter: Meter, tell: Tell = lambda _: None) -> Ended:
    """Score a batch; the files in place at the end are the same however often it was stopped and resumed.

    Args:
        batch: What is to be done.
        meter: The meter after the batch's recipe.
        tell: Is called with the progress at the beginning and whenever more is written.

    Raises:
        EncounterError: If an input cannot be read or changed, an output cannot be written, or there is no resuming.
        EvaluationError: If a worker process came to an unexpected end.
        KeyboardInterrupt: As it came. Then, as after every error, a checkpoint tells what is done, if anything is.
    """
    run = _Run(batch, meter, tell)
    if not run.state.is_complete:
        run.score()
    finish(batch.places)
    return Ended(
        summary=run.state.summary,
        grown=tuple((one.name, more) for one in run.state.inputs if (more := is_grown(one))),
    )


class _Run:
    """A batch on its way. `state` always describes something that was written whole."""

    def __init__(self, batch: Batch, meter: Meter, tell: Tell) -> None:
        self.batch, self.meter, self.tell = batch, meter, tell
        batch.places.check(batch.files)
        new = Checkpoint(setup=setup_of(meter, batch.question), inputs=look_at(batch.files, meter))
        self.is_resumed = batch.is_resumable
        self.state = self._resumed(new) if self.is_resumed else new
        self.total = sum(one.size for one in self.state.inputs) if batch.stream is None else None
        self._saved = time.monotonic()

    def _resumed(self, new: Checkpoint) -> Checkpoint:
        path = self.batch.places.checkpoint
        if not self.batch.resume:
            hint = "--resume goes on with it; remove this file to start again"
            raise EncounterError(Problem("an unfinished run stands here", Place(str(path)), hint=hint))
        old = read_checkpoint(path)
        raise_unless_same(old, new, path)
        return attrs.evolve(old, inputs=_as_they_were(old.inputs, new.inputs))

    def score(self) -> None:
        """Score what is left, then have only the moving into place to do."""
        lengths = (self.state.results, self.state.rejects) if self.is_resumed else None
        with opened_output(self.batch.places, lengths) as output:
            try:
                self._append_all(output)
            except BaseException:
                with suppress(OSError, EncounterError):  # a full disk holds no checkpoint; the one before stands
                    self._save(output)
                if not self.batch.is_resumable:
                    discard(self.batch.places)
                raise

    def _append_all(self, output: Output) -> None:
        self._tell()
        with closing(self._scored()) as scored:
            for span, block in scored:
                output.append(block.results, block.rejects)
                self._advance(span, block.summary, output)
        output.sync()
        self.state = attrs.evolve(self.state, is_complete=True)
        self._save(output)

    def _advance(self, span: Span, summary: Summary, output: Output) -> None:
        results, rejects = output.lengths
        self.state = attrs.evolve(
            self.state,
            position=Position(span.file, span.end, span.first_line + span.line_count),
            results=results,
            rejects=rejects,
            summary=self.state.summary + summary,
        )
        self._tell()
        if time.monotonic() - self._saved >= self.batch.checkpoint_seconds:
            self._save(output)

    def _save(self, output: Output) -> None:
        """Make everything so far safe. A stream cannot be read again, so there is no going on with it."""
        if self.batch.stream is not None or self.state.position == Position():
            return
        output.sync()
        with writing(self.batch.places.checkpoint):
            write_checkpoint(self.state, self.batch.places.checkpoint)
        self._saved = time.monotonic()

    def _scored(self) -> Generator[Scored, None, None]:
        batch = self.batch
        names = tuple(one.name for one in self.state.inputs) if batch.stream is None else (batch.stream[1],)
        order = Order(
            recipe=batch.recipe, question=batch.question, inputs=self.state.inputs, names=names, setup=self.state.setup
        )
        if batch.stream is not None:
            return scored_here(self.meter, spans_of_stream(batch.stream[0], 0, names[0], batch.span_bytes), order)
        spans = spans_of(self.state.inputs, self.state.position, batch.span_bytes)
        if batch.jobs == 1:
            return scored_here(self.meter, spans, order)
        return scored_by_workers(spans, order, batch.jobs, batch.method)

    def _tell(self) -> None:
        done = self.state
        before = sum(one.size for one in done.inputs[: done.position.file])
        self.tell(
            Progress(
                done_bytes=before + done.position.byte,
                total_bytes=self.total,
                encounters=done.summary.whole.count,
                rejected=done.summary.rejected,
            )
        )


def _as_they_were(old: tuple[Input, ...], new: tuple[Input, ...]) -> tuple[Input, ...]:
    """Files with the sizes of the run that was stopped, wherever they lie now on the disk."""
    pairs = zip(old, new, strict=True)
    return tuple(attrs.evolve(was, device=now.device, inode=now.inode) for was, now in pairs)
