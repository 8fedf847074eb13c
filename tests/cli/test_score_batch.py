"""`palvelumittari score -o`: the options of a batch, its summary, its messages, and how it ends."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from palvelumittari.batch import Progress, Spread
from palvelumittari.batch.summary import MOST_GROUPS, Groups, Summary
from palvelumittari.cli.batch_progress import JsonProgress, figures, progress_shown
from palvelumittari.cli.batch_summary import MOST_ROWS, show_summary
from palvelumittari.cli.screen import make_screen
from palvelumittari.words.frozen import FrozenMap

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

SUMMARY = """\
Encounters: 3
very good  0  ░░░░░░░░░░░░░░░░░░░░  0%
good       2  █████████████░░░░░░░  67%
neutral    0  ░░░░░░░░░░░░░░░░░░░░  0%
poor       1  ███████░░░░░░░░░░░░░  33%
very poor  0  ░░░░░░░░░░░░░░░░░░░░  0%
Below good: 1 of 3 (33%)
Judged on evidence: 100% of the weight on average
Could not be scored: 1. Why, line by line: {rejects}

Most often missed
"""


@pytest.fixture
def score(run: Run, rubric: Path, lines: Path, tmp_path: Path) -> Run:
    """Scores three encounters and a bad line as a batch, with whatever more is asked for."""

    def call(*more: object, **options: Any) -> Result:
        words = ("--rubric", rubric, "-o", tmp_path / "out.ndjson", "--jobs", 1, *more)
        return run("score", lines, *words, **options)

    return call


# --- results and summary ----------------------------------------------------------------------------------------


def test_verdicts_go_to_a_file_and_a_summary_to_the_screen(
    run: Run, score: Run, rubric: Path, lines: Path, tmp_path: Path
) -> None:
    """The file holds what `-f ndjson` prints; rejects stand beside it; bad input ends with 2."""
    result = score()
    rejects = tmp_path / "out.rejects.ndjson"
    printed = run("score", lines, "--rubric", rubric, "-f", "ndjson").stdout
    assert (tmp_path / "out.ndjson").read_text("utf-8") == printed
    assert json.loads(rejects.read_text("utf-8"))["line"] == 2
    told = result.stdout.replace("\n.rejects", ".rejects")
    assert told.split("Could not")[0] == SUMMARY.split("Could not", maxsplit=1)[0]
    assert "Could not be scored: 1." in told
    assert (result.stderr, result.exit_code) == ("", 2)


def test_a_good_file_ends_with_0_and_an_empty_file_of_rejects(run: Run, lines: Path, tmp_path: Path) -> None:
    """The rejects of an earlier run are not left standing."""
    good = tmp_path / "good.ndjson"
    good.write_text("".join(line + "\n" for line in lines.read_text().splitlines() if "gret" not in line))
    (tmp_path / "out.rejects.ndjson").write_text("old\n")
    result = run("score", good, "-o", tmp_path / "out.ndjson", "--jobs", 1)
    assert result.exit_code == 0
    assert (tmp_path / "out.rejects.ndjson").read_text() == ""


def test_scores_below_the_limit_end_with_1(run: Run, rubric: Path, write: Write, tmp_path: Path) -> None:
    """As without a batch."""
    line = '{"schema":1,"id":"a","sector":"kiosk","record":"full","events":[{"by":"server","act":"small_talk"}]}\n'
    path = write("low.ndjson", line)
    result = run("score", path, "--rubric", rubric, "-o", tmp_path / "out.ndjson", "--fail-under", 99, "--jobs", 1)
    assert (result.stderr, result.exit_code) == ("note: 1 of 1 scores are below 99\n", 1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["Kohtaamisia: 3", "Alle hyvän: 1/3", "Kentän server.id mukaan", "ei merkitty", "Arviot: "]),
        ("sv", ["Möten: 3", "Under bra: 1 av 3", "Enligt server.id", "inte antecknat", "Omdömen: "]),
    ],
)
def test_the_summary_in_other_languages(score: Run, language: str, words: list[str]) -> None:
    """Every sentence of it."""
    told = score("--by", "server.id", "--lang", language).stdout
    assert [word for word in words if word not in told] == []


def test_the_summary_for_programs(score: Run, tmp_path: Path) -> None:
    """On standard output with `-f json`, and in a file with --summary; both are the same."""
    result = score("-f", "json", "--by", "sector", "--summary", tmp_path / "sum.json")
    data = json.loads(result.stdout)
    assert (data["encounters"], data["rejected"], data["by"]) == (3, 1, "sector")
    assert [group["value"] for group in data["groups"]] == ["kiosk"]
    assert {each["criterion"] for each in data["criteria"]} == {"counter/hello", "counter/quiet"}
    assert (tmp_path / "sum.json").read_text("utf-8") == result.stdout


def test_nobody_is_ranked_by_a_handful_of_encounters(capsys: pytest.CaptureFixture[str]) -> None:
    """Those with nine or more come in their order, the others by name behind them, without a share."""

    def spread(good: int, poor: int) -> Spread:
        return Spread(bands=FrozenMap({"good": good, "poor": poor}))

    named = {"": spread(9, 1), "b": spread(0, 2), "c": spread(5, 5), "a": spread(1, 0)}
    groups = Groups(named=FrozenMap(named), others=spread(20, 0))
    show_summary(make_screen(), Summary(whole=spread(9, 9), groups=groups), "server.id", "r", "en")
    told = capsys.readouterr().out
    assert "By server.id\n" in told
    rows = [line.split() for line in told.split("judged\n")[1].splitlines()[:5]]
    assert rows == [
        ["c", "10", "50%", "–"],
        ["not", "noted", "10", "10%", "–"],
        ["a", "1", "–", "–"],
        ["b", "2", "–", "–"],
        ["all", "others", "20", "0%", "–"],
    ]
    assert "9 scored encounters or more are needed to rank; those with fewer stand last.\n" in told


def test_long_tables_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds the rest."""
    one = Spread(bands=FrozenMap({"good": 9}))
    groups = Groups(named=FrozenMap({f"s{number}": one for number in range(MOST_ROWS + 3)}))
    show_summary(make_screen(), Summary(whole=one, sectors=groups), None, "r", "en")
    told = capsys.readouterr().out
    assert "By sector\n" in told
    assert "And 3 more; `-f json` shows all.\n" in told
    assert MOST_GROUPS > MOST_ROWS


def test_a_summary_of_nothing_is_short(run: Run, write: Write, tmp_path: Path) -> None:
    """All rejected, or nothing that has a score."""
    result = run("score", write("bad.ndjson", "{}\n"), "-o", tmp_path / "out.ndjson", "--jobs", 1)
    assert result.stdout.startswith("Encounters: 0\nCould not be scored: 1.")
    none = '{"schema":1,"id":"a","sector":"kiosk","events":[]}\n'
    result = run("score", write("none.ndjson", none), "-o", tmp_path / "out.ndjson", "--jobs", 1)
    assert "no score   1  ████████████████████  100%\n" in result.stdout
    assert "Below good" not in result.stdout


# --- usage ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "option", [["--jobs", "2"], ["--resume"], ["--progress", "json"], ["--by", "sector"], ["--summary", "x.json"]]
)
def test_options_of_a_batch_need_a_file(run: Run, lines: Path, option: list[str]) -> None:
    """They would do nothing otherwise."""
    result = run("score", lines, *option)
    assert f"{option[0]} is for batches: name the file of the results with -o" in result.stderr
    assert result.exit_code == 2


@pytest.mark.parametrize("field", ["events", "server", "server.", ".id", "sector.x", "id"])
def test_only_fields_with_a_value_group(score: Run, field: str) -> None:
    """Others are refused before anything is read."""
    result = score("--by", field)
    assert f"'{field}' is no field to group by; expected one of sector, channel" in result.stderr
    assert result.exit_code == 2


def test_results_are_ndjson(score: Run) -> None:
    """The form is that of the summary."""
    result = score("-f", "ndjson")
    assert "with -o, -f is the form of the summary: text or json; the results are NDJSON" in result.stderr
    assert result.exit_code == 2


def test_only_lines_can_be_a_batch(run: Run, score: Run, talk: Path, tmp_path: Path) -> None:
    """Other formats are scored without -o."""
    for result in (score("--from", "timeline"), run("score", talk, "-o", tmp_path / "out.ndjson", "--jobs", 1)):
        assert "this is no NDJSON\n    expected one JSON object a line\n" in result.stderr
        assert result.exit_code == 2
    assert score("--from", "ndjson").stderr == ""


def test_standard_input_is_read_once(score: Run, run: Run, rubric: Path, lines: Path, tmp_path: Path) -> None:
    """By one process, alone, and never again; the results are those of the file."""
    words = ("score", "-", "--rubric", rubric, "-o", tmp_path / "in.ndjson")
    score()
    assert run(*words, input=lines.read_bytes()).exit_code == 2
    assert (tmp_path / "in.ndjson").read_bytes() == (tmp_path / "out.ndjson").read_bytes()
    assert json.loads((tmp_path / "in.rejects.ndjson").read_text())["file"] == "<stdin>"
    for more in (["--resume"], ["--jobs", "2"], [lines]):
        result = run(*words, *more)
        assert "standard input can be read only once: it must be the only file, with one job" in result.stderr


def test_a_pipe_is_read_once(run: Run, lines: Path, tmp_path: Path) -> None:
    """As the shell makes it of `<(…)`."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cp", lines, pipe]):
        result = run("score", pipe, "-o", tmp_path / "out.ndjson")
    assert "Encounters: 3\n" in result.stdout
    assert f"{pipe} can be read only once" in run("score", pipe, "-o", tmp_path / "o.ndjson", "--resume").stderr


def test_every_file_is_looked_at_before_anything_is_written(run: Run, lines: Path, tmp_path: Path) -> None:
    """A name that is wrong is told at once, not after hours."""
    before = set(tmp_path.iterdir())
    result = run("score", lines, "nowhere.ndjson", "-o", tmp_path / "out.ndjson", "--jobs", 1)
    assert (result.stderr, result.exit_code) == ("error: nowhere.ndjson: there is no such file\n", 2)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for the superuser")
def test_an_unreadable_file_is_told(score: Run, lines: Path) -> None:  # pragma: no cover
    """With what the system says."""
    lines.chmod(0)
    assert score().stderr == f"error: {lines}: cannot be read: Permission denied\n"


def test_a_summary_that_cannot_be_written_is_told(score: Run, tmp_path: Path) -> None:
    """The results are in place all the same."""
    result = score("--summary", tmp_path / "no" / "sum.json")
    assert f"error: {tmp_path}/no/sum.json: cannot be written: No such file or directory\n" in result.stderr
    assert (tmp_path / "out.ndjson").exists()


def test_resuming_nothing_starts_at_the_beginning(score: Run) -> None:
    """So that a script may always say --resume."""
    result = score("--resume")
    assert result.stderr == "note: there is nothing to resume; this run starts at the beginning\n"
    assert "Encounters: 3\n" in result.stdout


def test_a_file_that_grew_is_told(score: Run, lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came while it was read is not scored."""

    def figures_and_more(*arguments: Any) -> Any:
        if arguments[0].done_bytes:
            with lines.open("a") as stream:
                stream.write("{}\n")
        return figures(*arguments)

    monkeypatch.setattr("palvelumittari.cli.batch_progress.figures", figures_and_more)
    result = score("--progress", "json")
    assert f"note: {lines} grew while it was read; the last 3 bytes are not scored\n" in result.stderr


# --- processes of their own -------------------------------------------------------------------------------------


@pytest.fixture
def long(tmp_path: Path, lines: Path) -> Path:
    """Three thousand encounters, which take a while."""
    path = tmp_path / "long.ndjson"
    path.write_bytes(lines.read_bytes() * 1000)
    return path


def words(*more: object) -> list[str]:
    """The program as it is called."""
    return [sys.executable, "-m", "palvelumittari", "--no-plugins", "score", *map(str, more)]


def length(path: Path) -> int:
    """How long a file is; 0 if it is not there."""
    return path.stat().st_size if path.exists() else 0


def wait_for(is_so: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait until something is so, or a process has ended."""
    while process.poll() is None and not is_so():
        time.sleep(0.002)


def test_ctrl_c_says_how_to_go_on(long: Path, tmp_path: Path) -> None:
    """Without a traceback, from none of the processes; then it does go on."""
    command = words(long, "-o", tmp_path / "out.ndjson", "--jobs", 2)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as process:
        wait_for(lambda: length(tmp_path / "out.rejects.ndjson.unfinished") > 0, process)
        first = length(tmp_path / "out.ndjson.unfinished")
        wait_for(lambda: length(tmp_path / "out.ndjson.unfinished") > first, process)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate()
    assert told == ("note: stopped\nnote: what is done so far is kept; the same command with --resume goes on\n")
    assert process.returncode == 130
    done = subprocess.run([*command, "--resume"], capture_output=True, check=False)
    assert (done.stderr, done.returncode) == (b"", 2)
    assert len((tmp_path / "out.ndjson").read_bytes().splitlines()) == 3000


def test_a_disk_without_room_is_told(lines: Path, tmp_path: Path) -> None:
    """Here no file may be longer than a thousand bytes; nothing was done that could be kept."""
    command = words(lines, "-o", tmp_path / "out.ndjson", "--jobs", 1)
    before = set(tmp_path.iterdir())

    def without_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=without_room)
    assert done.stderr == f"error: {tmp_path / 'out.ndjson.unfinished'}: cannot be written: File too large\n"
    assert done.returncode == 2
    assert set(tmp_path.iterdir()) == before


def test_a_broken_pipe_costs_no_results(lines: Path, tmp_path: Path) -> None:
    """Nobody reads the summary, or the progress; the results are in place."""
    command = words(lines, "-o", tmp_path / "out.ndjson", "--jobs", 1, "--progress", "json")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=writing, check=False)
    os.close(writing)
    assert done.returncode == 141
    assert len((tmp_path / "out.ndjson").read_bytes().splitlines()) == 3


# --- progress ---------------------------------------------------------------------------------------------------


def at(done: int, encounters: int = 0, total: int | None = 100) -> Progress:
    """A progress."""
    return Progress(done_bytes=done, total_bytes=total, encounters=encounters, rejected=1)


def test_the_rate_is_that_of_this_run() -> None:
    """What an earlier run did took no time of this one."""
    assert figures(at(60, 70), 10.0, at(20, 30), 14.0) == {
        "done_bytes": 60,
        "total_bytes": 100,
        "encounters": 70,
        "rejected": 1,
        "seconds": 4.0,
        "per_second": 10.0,
        "seconds_left": 4.0,
    }
    nothing = figures(at(20, 30), 10.0, at(20, 30), 10.0)
    assert (nothing["per_second"], nothing["seconds_left"]) == (None, None)
    assert figures(at(60, 70, None), 10.0, at(20, 30, None), 14.0)["seconds_left"] is None


def test_a_program_is_told_each_second_and_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    """A line of JSON each."""
    times = iter((0.0, 0.5, 1.5, 1.6))
    tell = JsonProgress(clock=lambda: next(times))
    for done in (0, 10, 20, 100):
        tell(at(done))
    told = [json.loads(line)["done_bytes"] for line in capsys.readouterr().err.splitlines()]
    assert told == [0, 20, 100]


def test_a_bar_is_shown_on_a_terminal_only(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere, or if nobody wants it, nothing."""
    with progress_shown("auto") as tell:
        tell(at(10))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress_shown("none") as tell:
        tell(at(10))
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress_shown("auto") as tell:
        tell(at(0))
        tell(at(50, 1234))
    told = capsys.readouterr().err
    assert "1,234 encounters" in told
    assert "1 rejected" in told
