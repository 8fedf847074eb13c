"""Formats that plugins bring: `score -f NAME` writes them, `--from NAME` reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]
Plugin = Callable[..., str]

CODE = '''
"""A plugin that reads and writes formats of its own."""

from palvelumittari import hookimpl


def read_rows(stream, name):
    for index, row in enumerate(stream.read().decode().split()):
        if row == "fail":
            raise ValueError("no row")
        event = {"by": "server", "act": row}
        yield {"schema": 1, "id": f"row-{index}", "sector": "kiosk", "record": "full", "events": [event]}


def write_scores(records):
    yield "encounter;score\\n"
    for verdict in records:
        yield f"{verdict.encounter};{verdict.score}\\n"


def write_nothing(records):
    return ()


def write_half(records):
    yield f"{next(iter(records)).encounter}\\n"
    raise ValueError("the ink is out")


def write_bytes(records):
    yield b"no text"


@hookimpl
def palvelumittari_readers():
    return {"rows": read_rows}


@hookimpl
def palvelumittari_writers():
    return {"scores": write_scores, "nothing": write_nothing, "half": write_half, "raw": write_bytes}
'''


@pytest.fixture
def rows(plugin: Plugin) -> str:
    """The name of a plugin module that reads `rows` and writes `scores`, and badly `nothing`, `half` and `raw`."""
    return plugin("rows", CODE)


# --- writing ----------------------------------------------------------------------------------------------------


def test_a_plugins_writer_writes_the_verdicts(run: Run, rows: str, rubric: Path, talk: Path, greeted: Path) -> None:
    """In the order of the files."""
    result = run("-p", rows, "score", talk, greeted, "--rubric", rubric, "-f", "scores")
    assert (result.stdout, result.stderr, result.exit_code) == (
        "encounter;score\ntalk-1;20.0\ngreeted-1;70.0\n",
        "",
        0,
    )


def test_what_cannot_be_scored_reaches_no_writer(run: Run, rows: str, rubric: Path, lines: Path) -> None:
    """It is told, the rest is written, and the command ends with 2."""
    result = run("-p", rows, "score", lines, "--rubric", rubric, "-f", "scores")
    assert [line.partition(";")[0] for line in result.stdout.splitlines()] == [
        "encounter",
        "ride-0",
        "ride-1",
        "ride-2",
    ]
    assert "did you mean `greet`?" in result.stderr
    assert result.exit_code == 2


def test_what_a_writer_does_not_ask_for_is_counted(run: Run, rows: str, rubric: Path, talk: Path) -> None:
    """How the command ends does not hang on the writer."""
    result = run("-p", rows, "score", talk, "--rubric", rubric, "-f", "nothing", "--fail-under", 60)
    assert (result.stdout, result.stderr) == ("", "note: 1 of 1 scores are below 60\n")
    assert result.exit_code == 1


def test_a_writer_that_raises_is_named_with_its_plugin(run: Run, rows: str, talk: Path) -> None:
    """What it wrote before stands, and the command ends with 2."""
    result = run("-p", rows, "score", talk, "-f", "half")
    assert result.stdout == "talk-1\n"
    assert result.stderr == (
        "error: the writer `half` of the plugin rows (palvelumittari_rows) failed: ValueError: the ink is out\n"
        "    try: tell whoever makes the plugin, or write json or ndjson\n"
    )
    assert result.exit_code == 2


def test_a_writer_must_give_text(run: Run, rows: str, talk: Path) -> None:
    """Bytes are none."""
    result = run("-p", rows, "score", talk, "-f", "raw")
    assert "the writer `raw` of the plugin rows (palvelumittari_rows) gives something other than text" in result.stderr
    assert result.exit_code == 2


def test_a_format_that_nobody_writes_is_a_usage_error(run: Run, rows: str, talk: Path) -> None:
    """The nearest and all that there are stand in the message."""
    result = run("-p", rows, "score", talk, "-f", "score")
    assert result.stderr.startswith("Usage: ")
    assert "unknown format 'score'; expected one of text, json, ndjson, scores, nothing, half, raw; " in result.stderr
    assert "did you mean `scores`?" in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


def test_verdicts_are_written_as_they_are_made(plugin: Plugin, rows: str, tmp_path: Path) -> None:
    """The first one comes out before the second encounter is there."""
    words = [sys.executable, "-m", "palvelumittari", "--no-plugins", "-p", rows, "score", "-", "-f", "scores"]
    line = {"schema": 1, "sector": "kiosk", "record": "full", "events": [{"by": "server", "act": "greet"}]}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, cwd=tmp_path / "plugins", **pipes) as process:  # type: ignore[call-overload]
        process.stdin.write(json.dumps({**line, "id": "first"}).encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"encounter;score\n"
        assert process.stdout.readline().startswith(b"first;")
        process.stdin.write(json.dumps({**line, "id": "second"}).encode() + b"\n")
        process.stdin.close()
        assert process.stdout.read().startswith(b"second;")
    assert process.returncode == 0


# --- reading ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["score", "explain"])
def test_the_caller_names_the_format_that_a_plugin_reads(run: Run, rows: str, write: Write, command: str) -> None:
    """Whatever the file is called; and so for standard input."""
    for source, text in ((write("monday.txt", "greet thank"), ""), ("-", "greet thank")):
        result = run("-p", rows, command, source, "--from", "rows", input=text)
        assert "row-0: " in result.stdout
        assert "row-1: " in result.stdout
        assert result.exit_code == 0


def test_the_caller_names_a_format_of_ours(run: Run, write: Write) -> None:
    """A timeline in a file whose suffix says otherwise."""
    path = write("talk.json", "id: a\nsector: kiosk\n\n- server greet\n")
    assert "not JSON" in run("score", path).stderr
    assert "a: " in run("score", path, "--from", "timeline").stdout


@pytest.mark.parametrize("command", ["score", "explain"])
def test_a_format_that_nobody_reads_is_a_usage_error(run: Run, rows: str, talk: Path, command: str) -> None:
    """The nearest and all that there are stand in the message."""
    result = run("-p", rows, command, talk, "--from", "row")
    assert result.stderr.startswith("Usage: ")
    assert "'row'; expected one of json, ndjson, timeline, rows; did you mean `rows`?" in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


def test_a_reader_that_raises_is_named_with_its_plugin(run: Run, rows: str, write: Write) -> None:
    """What it gave before is scored, and so are the other files."""
    path = write("monday.rows", "greet fail")
    result = run("-p", rows, "score", path, write("tuesday.rows", "thank"))
    assert result.stderr.startswith(
        f"error: {path}: the reader `rows` of the plugin rows (palvelumittari_rows) failed: ValueError: no row\n"
    )
    assert result.stdout.count("row-0: ") == 2
    assert result.exit_code == 2


def test_a_timeline_on_standard_input_is_called_stdin() -> None:
    """Where its head gives no id."""
    words = [sys.executable, "-m", "palvelumittari", "--no-plugins", "score", "-", "-f", "ndjson"]
    done = subprocess.run(words, input=b"sector: kiosk\n\n- server greet\n", capture_output=True, check=False)
    assert json.loads(done.stdout)["encounter"] == "stdin"
