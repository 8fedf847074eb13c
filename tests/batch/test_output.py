"""What a batch writes: unfinished, cut, locked, moved into place."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from palvelumittari.batch.output import Places, discard, finish, opened_output
from palvelumittari.words.errors import EncounterError


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Where the results of a test go."""
    return Places(tmp_path / "out.ndjson")


def names(places: Places) -> set[str]:
    """What stands in the folder."""
    return {path.name for path in places.results.parent.iterdir()}


def test_everything_stands_beside_the_results() -> None:
    """By their name, with or without a suffix."""
    places = Places(Path("a/big.ndjson"))
    assert (str(places.rejects), str(places.checkpoint)) == ("a/big.rejects.ndjson", "a/big.ndjson.checkpoint")
    assert [str(old) for old, _ in places.moves] == ["a/big.ndjson.unfinished", "a/big.rejects.ndjson.unfinished"]
    assert str(Places(Path("big")).rejects) == "big.rejects.ndjson"


def test_output_is_moved_into_place_when_it_is_complete(places: Places) -> None:
    """Until then the old file stands; then the new one has its mode."""
    places.results.write_bytes(b"old")
    places.results.chmod(0o640)
    with opened_output(places, None) as output:
        output.append(b"one\n", b"")
        output.append(b"two\n", b"bad\n")
        output.sync()
        assert output.lengths == (8, 4)
        assert places.results.read_bytes() == b"old"
    finish(places)
    assert (places.results.read_bytes(), places.rejects.read_bytes()) == (b"one\ntwo\n", b"bad\n")
    assert stat.S_IMODE(places.results.stat().st_mode) == 0o640
    assert names(places) == {"out.ndjson", "out.rejects.ndjson"}


def test_finishing_goes_on_where_it_was_stopped(places: Places) -> None:
    """One file may be in place already, or both."""
    places.checkpoint.write_text("")
    places.results.write_bytes(b"done")
    places.moves[1][0].write_bytes(b"rest")
    finish(places)
    assert (places.results.read_bytes(), places.rejects.read_bytes()) == (b"done", b"rest")
    places.checkpoint.write_text("")
    finish(places)
    assert names(places) == {"out.ndjson", "out.rejects.ndjson"}


def test_what_was_written_beyond_the_checkpoint_is_cut_off(places: Places) -> None:
    """What a crash left behind is no part of the results; without a checkpoint all of it goes."""
    for path, _ in places.moves:
        path.write_bytes(b"kept and more")
    with opened_output(places, (4, 0)) as output:
        output.append(b"!", b"?")
    assert [path.read_bytes() for path, _ in places.moves] == [b"kept!", b"?"]
    with opened_output(places, None):
        pass
    assert [path.read_bytes() for path, _ in places.moves] == [b"", b""]
    discard(places)
    assert names(places) == set()


def test_what_is_shorter_than_its_checkpoint_says_cannot_go_on(places: Places) -> None:
    """Somebody took something away."""
    with pytest.raises(EncounterError) as caught, opened_output(places, (1000, 0)):
        pass
    assert str(caught.value) == (
        f"{places.moves[0][0]}: this unfinished file is shorter than its checkpoint says\n"
        "    found 0; expected at least 1,000 bytes\n    try: remove the checkpoint to start again"
    )


def test_a_full_disk_is_told(places: Places) -> None:
    """`/dev/full` is a disk on which nothing has room."""
    places.moves[0][0].symlink_to("/dev/full")
    with opened_output(places, None) as output, pytest.raises(EncounterError) as caught:
        output.append(b"one\n", b"")
    assert str(caught.value) == f"{places.moves[0][0]}: cannot be written: No space left on device"
    assert output.lengths == (0, 0)


LOCKING = """
import sys
from pathlib import Path
from palvelumittari.batch.output import Places, opened_output
with opened_output(Places(Path(sys.argv[1])), None):
    print("locked", flush=True)
    sys.stdin.read()
"""


def test_two_runs_cannot_write_the_same_file(places: Places) -> None:
    """The second is told, and harms nothing."""
    command = [sys.executable, "-c", LOCKING, str(places.results)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(EncounterError) as caught, opened_output(places, None):
            pass
        other.communicate()
    assert str(caught.value) == (
        f"{places.moves[0][0]}: another run is writing this file\n    try: wait for it, or name another file behind -o"
    )
    with opened_output(places, None):
        pass


def test_without_locks_nothing_is_locked(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every system has them."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with opened_output(places, None) as output:
        output.append(b"one\n", b"")


def test_results_go_into_a_file_only(places: Places) -> None:
    """Not into a folder, a device, or a folder that is not there."""
    for path in (places.results.parent, Path("/dev/null")):
        with pytest.raises(EncounterError) as caught:
            Places(path).check(())
        assert str(caught.value) == (
            f"{path}: this is no file\n    expected a file\n    try: without -o, `-f ndjson` writes to standard output"
        )
    nowhere = places.results.parent / "nowhere"
    with pytest.raises(EncounterError) as caught:
        Places(nowhere / "out.ndjson").check(())
    assert str(caught.value) == f"{nowhere}: there is no such folder"


@pytest.mark.parametrize("name", ["out.ndjson", "out.rejects.ndjson"])
def test_no_input_is_overwritten(places: Places, name: str) -> None:
    """Neither by the results nor by the rejects, under whatever name."""
    path = places.results.with_name(name)
    path.write_text("{}\n")
    link = path.with_name("link")
    link.symlink_to(path)
    places.check((str(path.with_name("nowhere")),))
    with pytest.raises(EncounterError) as caught:
        places.check((str(link),))
    assert str(caught.value) == (
        f"{link}: the results would take the place of what is read\n    try: name another file behind -o"
    )


def test_a_file_that_cannot_be_made_is_told(places: Places) -> None:
    """With what the system says."""
    places.moves[0][0].mkdir()
    with pytest.raises(EncounterError) as caught, opened_output(places, None):
        pass
    assert str(caught.value) == f"{places.moves[0][0]}: cannot be written: Is a directory"
