"""A whole batch: the same bytes however it is cut, shared out, stopped and resumed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import attrs
import pytest

from palvelumittari.batch import Batch, Progress, Question, Recipe, run_batch, score_block
from palvelumittari.meter import Meter
from palvelumittari.words.errors import EncounterError

pytestmark = pytest.mark.usefixtures("_ready")


@pytest.fixture
def batch(tmp_path: Path, many: Path, recipe: Recipe) -> Batch:
    """Sixty lines in small spans, with a checkpoint after each, in this process."""
    return Batch(
        files=(str(many),),
        output=tmp_path / "out.ndjson",
        recipe=recipe,
        span_bytes=300,
        checkpoint_seconds=0,
        method="fork",
    )


@pytest.fixture
def undisturbed(many: Path, meter: Meter) -> tuple[bytes, bytes]:
    """Results and rejects as one block gives them."""
    block = score_block(meter, many.read_bytes(), file=str(many))
    return block.results, block.rejects


def written(batch: Batch) -> tuple[bytes, bytes]:
    """Results and rejects of a batch."""
    return batch.places.results.read_bytes(), batch.places.rejects.read_bytes()


def left(batch: Batch) -> set[str]:
    """What stands in the folder beside the input."""
    return {path.name for path in batch.output.parent.iterdir()} - {"many.ndjson"}


DONE = {"out.ndjson", "out.rejects.ndjson"}
STOPPED = {"out.ndjson.checkpoint", "out.ndjson.unfinished", "out.rejects.ndjson.unfinished"}


def stopped_after(calls: int, error: BaseException) -> Callable[[Progress], None]:
    """Stops a run after that much progress, in a way of its own."""
    seen: list[Progress] = []

    def tell(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) > calls:
            raise error

    return tell


@pytest.mark.parametrize(("jobs", "span_bytes"), [(1, 300), (1, 1 << 16), (3, 1), (3, 300)])
def test_the_bytes_hang_neither_on_jobs_nor_on_spans(
    batch: Batch, meter: Meter, undisturbed: tuple[bytes, bytes], jobs: int, span_bytes: int
) -> None:
    """One process or several, small pieces or large."""
    ended = run_batch(attrs.evolve(batch, jobs=jobs, span_bytes=span_bytes), meter)
    assert written(batch) == undisturbed
    assert left(batch) == DONE
    assert ended.grown == ()
    assert ended.summary == score_block(meter, Path(batch.files[0]).read_bytes()).summary


def test_processes_of_their_own_build_the_same_meter(
    batch: Batch, meter: Meter, undisturbed: tuple[bytes, bytes]
) -> None:
    """As they are started outside tests."""
    run_batch(attrs.evolve(batch, jobs=2, method=Batch(output=batch.output).method), meter)
    assert written(batch) == undisturbed


def test_a_stream_gives_what_a_file_gives(batch: Batch, meter: Meter, undisturbed: tuple[bytes, bytes]) -> None:
    """Read once, by this process; how much there is nobody knows."""
    name = batch.files[0]
    stream = BytesIO(Path(name).read_bytes())
    told: list[Progress] = []
    run_batch(attrs.evolve(batch, files=(), stream=(stream, name)), meter, told.append)
    assert written(batch) == undisturbed
    assert {progress.total_bytes for progress in told} == {None}


def test_a_stream_that_stops_leaves_nothing(batch: Batch, meter: Meter) -> None:
    """It cannot be read again, so there is no going on."""
    stream = (BytesIO(Path(batch.files[0]).read_bytes()), "<stdin>")
    with pytest.raises(KeyboardInterrupt):
        run_batch(attrs.evolve(batch, files=(), stream=stream), meter, stopped_after(4, KeyboardInterrupt()))
    assert left(batch) == set()


def test_progress_goes_from_nothing_to_all(batch: Batch, meter: Meter, tmp_path: Path) -> None:
    """Over all files, and never back."""
    other = tmp_path / "many.ndjson.2"
    other.write_bytes(Path(batch.files[0]).read_bytes())
    told: list[Progress] = []
    run_batch(attrs.evolve(batch, files=(*batch.files, str(other))), meter, told.append)
    done = [progress.done_bytes for progress in told]
    assert (done[0], done[-1], done) == (0, told[0].total_bytes, sorted(done))
    assert told[-1].total_bytes == 2 * other.stat().st_size
    assert told[-1].encounters == 2 * told[len(told) // 2].encounters


# --- stopped and resumed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jobs", "error"), [(1, KeyboardInterrupt()), (2, KeyboardInterrupt()), (1, OSError(5, "Input/output error"))]
)
def test_a_stopped_run_goes_on(
    batch: Batch, meter: Meter, undisturbed: tuple[bytes, bytes], jobs: int, error: BaseException
) -> None:
    """Stopped again and again, a few spans further each time, it ends with the same bytes."""
    batch = attrs.evolve(batch, jobs=jobs, resume=True)
    stops = 0
    for _ in range(100):
        try:
            ended = run_batch(batch, meter, stopped_after(3, error))
        except type(error):
            stops += 1
            assert left(batch) == STOPPED
        else:
            break
    assert stops > 5
    assert written(batch) == undisturbed
    assert left(batch) == DONE
    assert ended.summary == score_block(meter, Path(batch.files[0]).read_bytes()).summary


def test_a_run_that_is_stopped_before_anything_is_done_leaves_nothing(batch: Batch, meter: Meter) -> None:
    """There is nothing to go on with."""
    with pytest.raises(KeyboardInterrupt):
        run_batch(batch, meter, stopped_after(0, KeyboardInterrupt()))
    assert left(batch) == set()
    assert not batch.is_resumable


def test_an_unfinished_run_is_not_overwritten(batch: Batch, meter: Meter) -> None:
    """Who forgets --resume loses nothing."""
    with pytest.raises(KeyboardInterrupt):
        run_batch(batch, meter, stopped_after(3, KeyboardInterrupt()))
    with pytest.raises(EncounterError) as caught:
        run_batch(batch, meter)
    assert str(caught.value) == (
        f"{batch.places.checkpoint}: an unfinished run stands here\n"
        "    try: --resume goes on with it; remove this file to start again"
    )
    assert left(batch) == STOPPED


def test_another_question_cannot_go_on(batch: Batch, meter: Meter) -> None:
    """Half of the results would answer the one, half the other."""
    with pytest.raises(KeyboardInterrupt):
        run_batch(batch, meter, stopped_after(3, KeyboardInterrupt()))
    with pytest.raises(EncounterError, match="its options differ"):
        run_batch(attrs.evolve(batch, resume=True, question=Question(rubric="service")), meter)
    assert left(batch) == STOPPED


def test_a_file_that_grew_is_read_to_where_it_ended(
    batch: Batch, meter: Meter, undisturbed: tuple[bytes, bytes]
) -> None:
    """While it is read, and between a stop and the resuming; what came too late is told."""
    path = Path(batch.files[0])

    def grow(_: Progress) -> None:
        with path.open("ab") as stream:
            stream.write(b"{}\n")

    with pytest.raises(KeyboardInterrupt):
        run_batch(batch, meter, stopped_after(3, KeyboardInterrupt()))
    grow(Progress(done_bytes=0, total_bytes=0, encounters=0, rejected=0))
    before = path.stat().st_size
    ended = run_batch(attrs.evolve(batch, resume=True), meter, grow)
    assert written(batch) == undisturbed
    assert ended.grown == ((str(path), path.stat().st_size - before + 3),)


def test_a_full_disk_costs_nothing_that_is_done(
    batch: Batch, meter: Meter, undisturbed: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last checkpoint stands; with room again, the run goes on."""
    room = iter(range(12))
    write = os.write

    def filling(handle: int, data: bytes) -> int:
        if next(room, None) is None:
            raise OSError(28, "No space left on device")
        return write(handle, bytes(data)[:400])

    monkeypatch.setattr("palvelumittari.batch.output.os.write", filling)
    with pytest.raises(EncounterError, match="cannot be written: No space left on device"):
        run_batch(batch, meter)
    assert left(batch) == STOPPED
    monkeypatch.undo()
    run_batch(attrs.evolve(batch, resume=True), meter)
    assert written(batch) == undisturbed


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_stop_while_files_are_moved_into_place_is_made_good(
    batch: Batch, meter: Meter, undisturbed: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    """Before the first, between the two, and before the checkpoint goes."""
    replace, unlink = Path.replace, Path.unlink
    steps: Iterator[int] = iter(range(moved))

    def replacing(path: Path, target: Path) -> Path:
        if path.name.endswith(".unfinished") and next(steps, None) is None:
            raise KeyboardInterrupt
        return replace(path, target)

    def unlinking(path: Path, missing_ok: bool = False) -> None:
        if path == batch.places.checkpoint:
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replacing)
        patched.setattr(Path, "unlink", unlinking)
        with pytest.raises(KeyboardInterrupt):
            run_batch(batch, meter)
    told: list[Progress] = []
    ended = run_batch(attrs.evolve(batch, resume=True), meter, told.append)
    assert (written(batch), told) == (undisturbed, [])
    assert left(batch) == DONE
    assert ended.summary.whole.count
