"""The files that a batch writes: under names that say they are unfinished, until they are moved into place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

import attrs

from palvelumittari.batch.checkpoint import sync_folder
from palvelumittari.words.errors import EncounterError, Place, Problem

UNFINISHED = ".unfinished"


@attrs.frozen
class Places:
    """Where a batch keeps what: everything stands beside the results."""

    results: Path

    @property
    def rejects(self) -> Path:
        """The records that could not be scored: `results.rejects.ndjson` for `results.ndjson`."""
        return self.results.with_name(f"{self.results.stem}.rejects.ndjson")

    @property
    def checkpoint(self) -> Path:
        """How far an unfinished run is."""
        return self.results.with_name(f"{self.results.name}.checkpoint")

    @property
    def moves(self) -> tuple[tuple[Path, Path], ...]:
        """Each file under its unfinished name, and where it goes."""
        return tuple((path.with_name(path.name + UNFINISHED), path) for path in (self.results, self.rejects))

    def check(self, inputs: tuple[str, ...]) -> None:
        """Raise `EncounterError` if the results cannot go there, or would take the place of what is read."""
        if self.results.is_dir() or (self.results.exists() and not self.results.is_file()):
            hint = "without -o, `-f ndjson` writes to standard output"
            raise EncounterError(Problem("this is no file", Place(str(self.results)), expected="a file", hint=hint))
        if not self.results.parent.is_dir():
            raise EncounterError(Problem("there is no such folder", Place(str(self.results.parent))))
        for name in inputs:
            for mine in (self.results, self.rejects):
                if mine.exists() and Path(name).exists() and mine.samefile(name):
                    what = "the results would take the place of what is read"
                    raise EncounterError(Problem(what, Place(name), hint="name another file behind -o"))


@attrs.define(eq=False)
class Output:
    """The two unfinished files, open. `lengths` are those of what was written whole."""

    places: Places
    _files: list[_Appended]

    @property
    def lengths(self) -> tuple[int, int]:
        """The lengths of results and rejects in bytes."""
        return self._files[0].length, self._files[1].length

    def append(self, results: bytes, rejects: bytes) -> None:
        """Write what came of one span."""
        self._files[0].append(results)
        self._files[1].append(rejects)

    def sync(self) -> None:
        """Wait until everything is safe on the disk."""
        for file in self._files:
            file.sync()


@contextmanager
def opened_output(places: Places, lengths: tuple[int, int] | None) -> Iterator[Output]:
    """The unfinished files: new ones, or those of an earlier run, cut to the lengths that its checkpoint names.

    Raises:
        EncounterError: If they cannot be written, are shorter than that, or another run is writing them.
    """
    with ExitStack() as stack:
        files = [
            stack.enter_context(_Appended(path, length))
            for (path, _), length in zip(places.moves, lengths or (None, None), strict=True)
        ]
        yield Output(places, files)


def finish(places: Places) -> None:
    """Move what is complete into place, as far as that is not done, then forget the checkpoint."""
    for unfinished, target in places.moves:
        if unfinished.exists():
            with writing(target):
                if target.exists():
                    unfinished.chmod(stat.S_IMODE(target.stat().st_mode))
                unfinished.replace(target)
    sync_folder(places.results.parent)
    places.checkpoint.unlink(missing_ok=True)


def discard(places: Places) -> None:
    """Take away unfinished files of which no checkpoint tells."""
    for unfinished, _ in places.moves:
        unfinished.unlink(missing_ok=True)


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Turn what the system says of a file that cannot be written into an `EncounterError`."""
    try:
        yield
    except OSError as error:
        raise EncounterError(Problem(f"cannot be written: {error.strerror or error}", Place(str(file)))) from None


class _Appended:
    """A file to which whole pieces are appended, unbuffered, by this process alone."""

    def __init__(self, path: Path, length: int | None) -> None:
        self.path = path
        self.length = length or 0
        with writing(path):
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            self._prepare(is_old=length is not None)
        except BaseException:
            os.close(self._handle)
            raise

    def _prepare(self, *, is_old: bool) -> None:
        _lock(self._handle, self.path)
        size = os.fstat(self._handle).st_size
        if size < self.length:
            what = "this unfinished file is shorter than its checkpoint says"
            expected = f"at least {self.length:,} bytes" if is_old else None
            hint = "remove the checkpoint to start again"
            raise EncounterError(Problem(what, Place(str(self.path)), found=f"{size:,}", expected=expected, hint=hint))
        with writing(self.path):
            if size > self.length:
                os.ftruncate(self._handle, self.length)
            os.lseek(self._handle, 0, os.SEEK_END)

    def append(self, data: bytes) -> None:
        rest = memoryview(data)
        with writing(self.path):
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        self.length += len(data)

    def sync(self) -> None:
        with writing(self.path):
            os.fsync(self._handle)

    def __enter__(self) -> _Appended:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)


def _lock(handle: int, path: Path) -> None:
    """Keep other runs from writing the same file, until this process ends; where there are no locks, trust."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        what = "another run is writing this file"
        raise EncounterError(
            Problem(what, Place(str(path)), hint="wait for it, or name another file behind -o")
        ) from None
