"""The program as a process of its own: entry points, pipes, colours, memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from palvelumittari import __version__

PROGRAM = (sys.executable, "-m", "palvelumittari", "--no-plugins")


def environment(**more: str) -> Mapping[str, str]:
    """The environment of this process without language and colours, and with more."""
    hidden = ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    return {**{name: value for name, value in os.environ.items() if name not in hidden}, "PYTHONUTF8": "1", **more}


def call(*arguments: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    """The program run to its end."""
    words = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(words, env=environment(**more), stdin=subprocess.DEVNULL, capture_output=True, check=False)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A thousand encounters, some of them a page long."""
    path = tmp_path / "many.ndjson"
    event = {"by": "server", "act": "small_talk", "text": "la " * 100}
    line = {"schema": 1, "sector": "kiosk", "record": "full", "events": [event] * 5}
    path.write_text("".join(json.dumps({**line, "id": f"ride-{number}"}) + "\n" for number in range(1000)))
    return path


def test_the_module_is_the_program() -> None:
    """`python -m palvelumittari` does what the script does, under the same name."""
    done = call("--help")
    assert done.stdout.startswith(b"Usage: palvelumittari [OPTIONS] COMMAND")
    assert call("--version").stdout.decode() == f"palvelumittari {__version__}\n"


@pytest.mark.parametrize("form", ["text", "json", "ndjson"])
def test_a_broken_pipe_ends_quietly(many: Path, form: str) -> None:
    """Nobody reads on: no message, no traceback, and not the exit code of a failure."""
    words = [*PROGRAM, "score", str(many), "-f", form]
    with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_verdict_is_written_before_the_next_encounter_is_read(tmp_path: Path) -> None:
    """Whoever feeds line by line gets an answer line by line, and nothing is heaped up."""
    line = json.dumps({"schema": 1, "id": "a", "sector": "kiosk", "events": [{"by": "server", "act": "greet"}]})
    words = [*PROGRAM, "score", "-", "-f", "ndjson"]
    with subprocess.Popen(words, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write(line.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["encounter"] == "a"
        process.stdin.close()
    assert process.returncode == 0


def test_a_terminal_without_utf_8_gets_bars_all_the_same(talk: Path) -> None:
    """No character stops the output that the encoding lacks."""
    done = call("score", talk, "--lang", "fi", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert done.stdout.startswith(b"####")
    assert "erittäin huono" in done.stdout.decode("latin-1")


def test_json_is_utf_8_whatever_the_terminal_is(talk: Path, rubric: Path) -> None:
    """Programs read it, and they expect nothing else."""
    done = call("score", talk, "--rubric", rubric, "-f", "json", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert json.loads(done.stdout.decode("utf-8"))["findings"][1]["title"]["sv"] == "Tyst på begäran"


def test_no_colours_in_a_pipe(talk: Path) -> None:
    """Nor in its messages."""
    done = call("score", talk, "nowhere.json")
    assert b"\x1b" not in done.stdout + done.stderr


def test_forced_colours_and_no_colours(talk: Path) -> None:
    """NO_COLOR wins."""
    wanted = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert b"\x1b[31m" in call("score", talk, **wanted).stdout
    assert b"\x1b[31m" not in call("score", talk, **wanted, NO_COLOR="1").stdout


def test_interrupting_leaves_no_traceback(many: Path) -> None:
    """Whoever has seen enough presses Ctrl-C."""
    words = [*PROGRAM, "score", "-"]
    with subprocess.Popen(
        words, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(many.read_bytes().splitlines(keepends=True)[0])
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(2)
        assert b"Traceback" not in process.stderr.read()
        process.stdin.close()
    assert process.returncode != 0
