"""How far a batch is, written so that a crash cannot spoil it, and refused where it does not fit."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from palvelumittari.batch import Summary
from palvelumittari.batch.checkpoint import (
    Checkpoint,
    raise_unless_same,
    read_checkpoint,
    sync_folder,
    write_checkpoint,
)
from palvelumittari.batch.inputs import Input, Position
from palvelumittari.words.errors import EncounterError
from palvelumittari.words.frozen import FrozenMap

INPUT = Input(path="a.ndjson", size=100, modified=7, sign="ab", device=1, inode=2)
CHECKPOINT = Checkpoint(
    setup=FrozenMap({"engine": "0.1.0", "rubrics": "x", "options": "y"}),
    inputs=(INPUT,),
    position=Position(0, 50, 6),
    results=1000,
    rejects=20,
    summary=Summary(rejected=1),
)


def refusals(old: Checkpoint, new: Checkpoint) -> list[str]:
    """What keeps a run from going on."""
    with pytest.raises(EncounterError) as caught:
        raise_unless_same(old, new, Path("out.ndjson.checkpoint"))
    return [str(problem) for problem in caught.value.problems]


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    """The whole of it, and nothing else is left in the folder."""
    path = tmp_path / "out.checkpoint"
    for checkpoint in (CHECKPOINT, attrs.evolve(CHECKPOINT, is_complete=True)):
        write_checkpoint(checkpoint, path)
        assert read_checkpoint(path) == checkpoint
    assert list(tmp_path.iterdir()) == [path]


def test_a_checkpoint_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no half of a new one."""
    path = tmp_path / "out.checkpoint"
    write_checkpoint(CHECKPOINT, path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_checkpoint(attrs.evolve(CHECKPOINT, results=2000), path)
    assert read_checkpoint(path) == CHECKPOINT
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": 2}', '{"schema": 1}', '{"schema": 1, "setup": 3}'])
def test_another_file_is_no_checkpoint(tmp_path: Path, text: str) -> None:
    """Broken, of another version, or something else."""
    path = tmp_path / "out.checkpoint"
    path.write_text(text)
    with pytest.raises(EncounterError) as caught:
        read_checkpoint(path)
    assert str(caught.value) == (
        f"{path}: this is no checkpoint of this version of palvelumittari\n    try: remove it to start again"
    )


def test_the_same_run_goes_on() -> None:
    """Wherever the file lies now on the disk."""
    now = attrs.evolve(CHECKPOINT, position=Position(), inputs=(attrs.evolve(INPUT, inode=9, device=9),))
    raise_unless_same(CHECKPOINT, now, Path("x"))


def test_what_differs_is_named() -> None:
    """Rubrics, options, a file that changed: all at once."""
    changed = attrs.evolve(INPUT, modified=8)
    setup = FrozenMap({**CHECKPOINT.setup, "rubrics": "z", "options": "z"})
    assert refusals(CHECKPOINT, attrs.evolve(CHECKPOINT, setup=setup, inputs=(changed,))) == [
        "out.ndjson.checkpoint: this is not the run that was stopped: its rubrics differ\n"
        "    try: run it with the same rubrics, or remove this file to start again",
        "out.ndjson.checkpoint: this is not the run that was stopped: its options differ\n"
        "    try: run it with the same options, or remove this file to start again",
        "a.ndjson: this file has changed since the run was stopped\n    try: start again: remove out.ndjson.checkpoint",
    ]


def test_other_files_are_another_run() -> None:
    """In another order, too."""
    other = attrs.evolve(CHECKPOINT, inputs=(attrs.evolve(INPUT, path="b.ndjson"),))
    assert refusals(CHECKPOINT, other) == [
        "out.ndjson.checkpoint: this is not the run that was stopped: other files\n    expected a.ndjson"
    ]


def test_folders_are_synced_where_that_is_possible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere nothing is tried."""
    sync_folder(tmp_path)
    monkeypatch.setattr("os.name", "nt")
    monkeypatch.setattr("os.open", None)
    sync_folder(tmp_path)
