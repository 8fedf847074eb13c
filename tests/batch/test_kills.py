"""Killed at random moments, a hundred times, a batch ends with the bytes of a run that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from palvelumittari.batch import Question, Recipe, score_block
from palvelumittari.meter import Meter

PROGRAM = Path(__file__).with_name("killed.py")

OFTEN = """
from palvelumittari.batch import running
import attrs

run = running.run_batch
def often(batch, *rest):
    return run(attrs.evolve(batch, span_bytes=2000, checkpoint_seconds=0), *rest)

import palvelumittari.cli.batching as batching
batching.run_batch = often

from palvelumittari.cli import main
if __name__ == "__main__":
    main()
"""
"""The command line, with small spans and a checkpoint after each: a small file then takes as many as a large one."""


def outputs(folder: Path) -> tuple[bytes, bytes]:
    """Results and rejects."""
    return (folder / "out.ndjson").read_bytes(), (folder / "out.rejects.ndjson").read_bytes()


def left(folder: Path) -> set[str]:
    """What stands in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def source(tmp_path: Path, lines: Callable[[int], bytes]) -> Path:
    """Sixty lines, some bad, the last cut short."""
    path = tmp_path / "many.ndjson"
    path.write_bytes(lines(60) + b'{"schema": 1, "id": "cut')
    return path


def test_a_hundred_kills_change_no_byte(tmp_path: Path, source: Path, meter: Meter, recipe: Recipe) -> None:
    """The whole group of processes is killed, as by a power cut; several workers were at work."""
    block = score_block(meter, source.read_bytes(), file=str(source))
    command = [sys.executable, str(PROGRAM), str(source), str(tmp_path / "out.ndjson"), str(recipe.rubrics[0]), "100"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    killed, resumed = map(int, done.stdout.split())
    assert killed == 100
    assert resumed >= 10
    assert outputs(tmp_path) == (block.results, block.rejects)
    assert b"the file ends in the midst of this line" in block.rejects
    assert left(tmp_path) == {"many.ndjson", "out.ndjson", "out.rejects.ndjson"}


def test_the_command_itself_is_killed_and_resumed(tmp_path: Path, source: Path, meter: Meter, recipe: Recipe) -> None:
    """Only the process that the user started is killed; its workers notice, and end by themselves."""
    program = tmp_path / "often.py"
    program.write_text(OFTEN)
    words = [sys.executable, program, "--no-plugins", "score", source, "-o", tmp_path / "out.ndjson", "--jobs", "2"]
    words += ["--rubric", recipe.rubrics[0]]
    chance = random.Random(3)
    workers: list[int] = []
    for _ in range(2):
        workers += killed_in_its_midst([*map(str, words), "--resume"], tmp_path, chance)
    done = subprocess.run([*map(str, words), "--resume"], capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 2)
    question = Question(rubric="counter")
    block = score_block(meter, source.read_bytes(), file=str(source), question=question)
    assert outputs(tmp_path) == (block.results, block.rejects)
    assert f"Encounters: {block.summary.whole.count}\n" in done.stdout
    assert len(workers) == 4
    assert [worker for worker in workers if is_running(worker)] == []


def killed_in_its_midst(words: Sequence[str], folder: Path, chance: random.Random) -> list[int]:
    """Start a run, kill it a moment after it wrote something; the numbers of its worker processes."""
    unfinished = folder / "out.ndjson.unfinished"
    before = unfinished.stat().st_size if unfinished.exists() else 0
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not (unfinished.exists() and unfinished.stat().st_size > before):
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.02))
        workers = [number for number in children(process.pid) if b"spawn_main" in command_of(number)]
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    return workers


def children(parent: int) -> list[int]:
    """The numbers of the processes that a process started."""
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(number) for number in text.split()]


def command_of(process: int) -> bytes:
    """The command line of a process."""
    return Path(f"/proc/{process}/cmdline").read_bytes()


def is_running(process: int) -> bool:
    """Whether a process is still there after a while."""
    for _ in range(200):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True
