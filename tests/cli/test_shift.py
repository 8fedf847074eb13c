"""`palvelumittari shift`: the spread of a shift, from encounters or verdicts, and who served."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from palvelumittari.formats import loads
from palvelumittari.meter import Meter
from palvelumittari.records.shift import Shift

Run = Callable[..., Result]
Write = Callable[[str, str], Path]


@pytest.fixture
def day(write: Write) -> Path:
    """Twelve encounters of two servers."""
    events = [{"by": "customer", "act": "ask"}, {"by": "server", "act": "answer"}]
    lines = (
        json.dumps(
            {
                **{"schema": 1, "id": f"visit-{number}", "sector": "kiosk", "record": "full"},
                "server": {"id": "anna" if number < 9 else "bertta"},
                "setting": {"queue": number % 2},
                "events": events if number % 4 else events[:1],
            }
        )
        for number in range(12)
    )
    return write("day.ndjson", "\n".join(lines) + "\n")


def test_a_shift_is_told(run: Run, day: Path) -> None:
    """The share below good before the mean, and nobody's name."""
    result = run("shift", day)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("Shift: ")
    assert lines[0].endswith("Encounters: 12")
    below, mean = (next(place for place, line in enumerate(lines) if word in line) for word in ("Below good", "Mean "))
    assert below < mean
    assert "Quiet hours and rush" in lines
    assert "What cost most" in lines
    assert "visit-" not in result.stdout


def test_servers_are_told_apart_and_not_named(run: Run, day: Path) -> None:
    """A rank takes nine encounters, unless another minimum is set."""
    result = run("shift", day, "--by", "server.id")
    assert "server 1: " in result.stdout
    assert "place 1" in result.stdout
    assert "no ranking: that takes at least 9 scored encounters" in " ".join(result.stdout.split())
    assert "anna" not in result.stdout
    named = run("shift", day, "--by", "server.id", "--names", "--minimum", 2).stdout
    assert "  anna: " in named
    assert "  bertta: " in named
    assert "no ranking" not in named


def test_verdicts_do_as_well(run: Run, write: Write, day: Path) -> None:
    """Without rush and servers, which verdicts do not tell."""
    verdicts = write("verdicts.ndjson", run("score", day, "-f", "ndjson").stdout)
    told = run("shift", verdicts).stdout
    assert told.splitlines()[:4] == run("shift", day).stdout.splitlines()[:4]
    assert "Rush" not in told
    refused = run("shift", verdicts, "--by", "server.id")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "which `shift --by` needs" in refused.stderr


def test_json_loads_again(run: Run, day: Path) -> None:
    """As the record that it is, and as the meter makes it."""
    meter = Meter(installed=False)
    made = loads(run("shift", day, "-f", "json").stdout, Shift, vocabulary=meter.vocabulary)
    assert made == meter.shift(list(meter.load_many(day)))  # type: ignore[arg-type]  # all are good


@pytest.mark.parametrize("key", ["setting.queue", "server", "server."])
def test_only_keys_of_the_server_tell_servers_apart(run: Run, day: Path, key: str) -> None:
    """A slip is a usage error that says what is expected."""
    result = run("shift", day, "--by", key)
    assert result.exit_code == 2
    assert f"{key!r} is not server.KEY, such as server.id" in result.stderr


def test_other_languages(run: Run, day: Path) -> None:
    """As asked for."""
    assert run("shift", day, "--lang", "fi").stdout.startswith("Vuoro: ")
    assert run("shift", day, "--lang", "sv").stdout.startswith("Skift: ")
