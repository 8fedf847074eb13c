"""Files are checked before a batch starts, and cut into whole lines."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import attrs
import pytest

from palvelumittari.batch.inputs import (
    Input,
    Position,
    is_grown,
    look_at,
    spans_of,
    spans_of_stream,
    unchanged,
)
from palvelumittari.meter import Meter
from palvelumittari.reading.encounters import DEFAULT_LIMITS
from palvelumittari.words.errors import EncounterError

LINE = b'{"schema": 1}\n'


def looked(path: Path, meter: Meter) -> Input:
    """One file, looked at."""
    return look_at([str(path)], meter)[0]


# --- before the start -------------------------------------------------------------------------------------------


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path, meter: Meter) -> None:
    """Missing, a folder, empty, UTF-16, one document, a timeline: nothing is started with any of them."""
    (tmp_path / "empty.ndjson").write_bytes(b"\n \n")
    (tmp_path / "wide.ndjson").write_bytes("{}\n".encode("utf-16"))
    (tmp_path / "one.json").write_text('{\n "schema": 1}\n')
    (tmp_path / "ride.timeline").write_text("id: ride\n\n- server greet\n")
    names = ("nowhere.ndjson", ".", "empty.ndjson", "wide.ndjson", "one.json", "ride.timeline")
    with pytest.raises(EncounterError) as caught:
        look_at([str(tmp_path / name) for name in names], meter)
    assert [problem.what for problem in caught.value.problems] == [
        "there is no such file",
        "this is a directory",
        "the file is empty",
        "not UTF-8",
        "this is no NDJSON",
        "this is no NDJSON",
    ]
    assert str(caught.value.problems[-1]) == (
        f"{tmp_path / 'ride.timeline'}: this is no NDJSON\n    expected one JSON object a line\n"
        "    try: without -o every format is read; `-f ndjson > results.ndjson` keeps what comes out"
    )


def test_lines_may_stand_in_a_file_of_any_name(tmp_path: Path, meter: Meter) -> None:
    """As everywhere, the content tells."""
    for name in ("a.json", "a", "a.log"):
        (tmp_path / name).write_bytes(LINE * 2)
        assert looked(tmp_path / name, meter).size == 2 * len(LINE)


def test_whether_a_file_is_still_the_same(tmp_path: Path, meter: Meter) -> None:
    """Something may be added; nothing may be changed, taken away, or be under another name."""
    path = tmp_path / "a.ndjson"
    path.write_bytes(LINE * 3)
    old = looked(path, meter)
    assert unchanged(old, looked(path, meter))
    path.write_bytes(LINE * 5)
    assert unchanged(old, looked(path, meter))
    assert is_grown(old) == 2 * len(LINE)
    path.write_bytes(b'{"schema": 2}\n' + LINE * 5)
    assert not unchanged(old, looked(path, meter))
    path.write_bytes(LINE * 2)
    assert not unchanged(old, looked(path, meter))
    assert not unchanged(old, attrs.evolve(old, path="b.ndjson"))
    assert not unchanged(old, attrs.evolve(old, modified=old.modified + 1))
    path.unlink()
    assert is_grown(old) == 0


# --- cutting ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 20, 100, 10_000])
def test_spans_are_whole_lines_without_gaps(
    tmp_path: Path, meter: Meter, lines: Callable[[int], bytes], length: int
) -> None:
    """However long a span may be, they follow each other, end with a line, and number the lines right."""
    data = lines(30) + LINE.rstrip()
    path = tmp_path / "a.ndjson"
    path.write_bytes(data)
    one = looked(path, meter)
    at, line = 0, 1
    for span in spans_of([one], Position(), length):
        assert (span.start, span.first_line) == (at, line)
        assert data[: span.end].endswith(b"\n") or span.end == len(data)
        assert span.end - span.start <= length or data[span.start : span.end].rstrip(b"\n").count(b"\n") == 0
        at, line = span.end, line + span.line_count
    assert at == len(data)


def test_spans_go_on_from_a_position_through_all_files(tmp_path: Path, meter: Meter) -> None:
    """What is done is passed over; each file begins with line 1."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(LINE * 3)
    files = look_at([str(tmp_path / "a"), str(tmp_path / "b")], meter)
    found = list(spans_of(files, Position(0, 2 * len(LINE), 3), len(LINE)))
    assert [(span.file, span.start // len(LINE), span.first_line) for span in found] == [
        (0, 2, 3),
        (1, 0, 1),
        (1, 1, 2),
        (1, 2, 3),
    ]


def test_what_was_added_later_is_not_read(tmp_path: Path, meter: Meter) -> None:
    """The size at the start counts, in the midst of a line, too."""
    path = tmp_path / "a.ndjson"
    path.write_bytes(LINE + LINE[:5])
    one = looked(path, meter)
    path.write_bytes(LINE * 4)
    assert [span.end for span in spans_of([one], Position(), 8)] == [len(LINE), len(LINE) + 5]


def test_a_file_that_becomes_shorter_stops_the_batch(tmp_path: Path, meter: Meter) -> None:
    """There is nothing right to do."""
    path = tmp_path / "a.ndjson"
    path.write_bytes(LINE * 4)
    one = looked(path, meter)
    with path.open("r+b") as stream:
        stream.truncate(len(LINE))
    with pytest.raises(EncounterError) as caught:
        list(spans_of([one], Position()))
    assert str(caught.value) == (
        f"{path}: this file became shorter while it was read\n    expected 56 bytes\n"
        "    try: let nobody write to it, and start again"
    )


def test_a_file_that_is_replaced_stops_the_batch(tmp_path: Path, meter: Meter) -> None:
    """As when logs are rotated."""
    path = tmp_path / "a.ndjson"
    path.write_bytes(LINE)
    one = looked(path, meter)
    path.rename(tmp_path / "a.1")
    path.write_bytes(LINE)
    with pytest.raises(EncounterError) as caught:
        list(spans_of([one], Position()))
    assert str(caught.value) == (
        f"{path}: another file took the place of this one while it was read\n"
        "    try: put the first one back and use --resume, or start again"
    )


@pytest.mark.parametrize("length", [1, 30, 10_000])
def test_a_stream_is_cut_as_a_file_is(lines: Callable[[int], bytes], length: int) -> None:
    """The pieces hold their data, which together is the stream."""
    data = lines(20)
    found = list(spans_of_stream(BytesIO(data), 0, "<stdin>", length))
    assert b"".join(span.data or b"" for span in found) == data
    for span in found:
        assert data[span.start : span.end] == span.data
        assert data[: span.start].count(b"\n") == span.first_line - 1


def test_a_too_long_line_of_a_stream_is_not_kept() -> None:
    """It stands alone, with as much as shows that it is too long."""
    limit = DEFAULT_LIMITS.document_bytes
    data = LINE + b"x" * (limit + 100_000) + b"\n" + LINE
    first, long, last = spans_of_stream(BytesIO(data), 0, "<stdin>")
    assert (first.data, last.data) == (LINE, LINE)
    assert long.data is not None
    assert len(long.data) == limit + 1
    assert (long.start, long.end) == (len(LINE), len(data) - len(LINE))
    assert (last.first_line, last.start) == (3, long.end)
    assert [span.end for span in spans_of_stream(BytesIO(data[: long.end - 1]), 0, "<stdin>")] == [14, long.end - 1]
