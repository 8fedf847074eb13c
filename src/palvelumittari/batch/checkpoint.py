"""How far a batch is, kept in a file, so that it can go on after a crash as if nothing had happened."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import attrs

from palvelumittari.batch.inputs import Input, Position, unchanged
from palvelumittari.batch.setups import changed_parts
from palvelumittari.batch.summary import Summary
from palvelumittari.formats.sources import reading
from palvelumittari.formats.structuring import CONVERTER
from palvelumittari.reading.structure import structured
from palvelumittari.words.errors import EncounterError, Place, Problem
from palvelumittari.words.frozen import FrozenMap

SCHEMA = 1


@attrs.frozen(kw_only=True)
class Checkpoint:
    """What holds once everything before `position` is scored and safe on the disk.

    `results` and `rejects` are the lengths of the two unfinished files in bytes. `is_complete` says that only moving
    them into place was left.
    """

    setup: FrozenMap[str]
    inputs: tuple[Input, ...]
    position: Position = attrs.field(factory=Position)
    results: int = 0
    rejects: int = 0
    summary: Summary = attrs.field(factory=Summary)
    is_complete: bool = False


def write_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Put a checkpoint in the place of the one before; after a crash one of them is there, and whole."""
    text = json.dumps({"schema": SCHEMA, **CONVERTER.unstructure(checkpoint)}, separators=(",", ":"))
    new = path.with_name(f"{path.name}.new")
    try:
        with new.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe on the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a file; raises `EncounterError` if it is none, or of another version."""
    with reading(str(path)):
        text = path.read_text("utf-8")
    try:
        data: Any = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict) or data.pop("schema", None) != SCHEMA:
        raise EncounterError(_no_checkpoint(path))
    found, _ = structured(CONVERTER, data, Checkpoint)
    if found is None:
        raise EncounterError(_no_checkpoint(path))
    return found


def _no_checkpoint(path: Path) -> Problem:
    hint = "remove it to start again"
    return Problem("this is no checkpoint of this version of palvelumittari", Place(str(path)), hint=hint)


def raise_unless_same(old: Checkpoint, new: Checkpoint, path: Path) -> None:
    """Raise `EncounterError` unless a batch that begins now would do what the one of a checkpoint did."""
    problems = [
        Problem(
            f"this is not the run that was stopped: its {part} differ",
            Place(str(path)),
            hint=f"run it with the same {part}, or remove this file to start again",
        )
        for part in changed_parts(old.setup, new.setup)
    ]
    if [one.path for one in old.inputs] != [one.path for one in new.inputs]:
        expected = ", ".join(one.name for one in old.inputs)
        problems.append(
            Problem("this is not the run that was stopped: other files", Place(str(path)), expected=expected)
        )
    else:
        pairs = zip(old.inputs, new.inputs, strict=True)
        hint = f"start again: remove {path}"
        problems += [
            Problem("this file has changed since the run was stopped", Place(was.name), hint=hint)
            for was, now in pairs
            if not unchanged(was, now)
        ]
    if problems:
        raise EncounterError(*problems)
