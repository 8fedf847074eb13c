"""`palvelumittari journey`: a customer's encounters one after another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from palvelumittari.formats import loads
from palvelumittari.meter import Meter
from palvelumittari.records.journey import Journey

Run = Callable[..., Result]
Write = Callable[[str, str], Path]


def test_a_journey_is_told(run: Run, rubric: Path, talk: Path, greeted: Path) -> None:
    """What it was as a whole, each encounter, and what was worst and why."""
    result = run("journey", greeted, talk, "--rubric", rubric)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Journey: 1 good, 1 poor. Encounters: 2"
    assert "  It got worse all the way." in lines
    assert "  It ended at its lowest point." in lines
    assert "What was worst, and why" in lines
    assert "      Better: Let the talk rest." in lines
    assert "greeted-1" not in result.stdout
    assert "greeted-1" in run("journey", greeted, talk, "--rubric", rubric, "--names").stdout


def test_verdicts_do_as_well(run: Run, write: Write, lines: Path) -> None:
    """What `score` wrote gives the same figures; only who sent the customer on is unknown."""
    good = write("good.ndjson", "\n".join(line for line in lines.read_text().splitlines() if 'gret"' not in line))
    verdicts = write("verdicts.json", run("score", good, "-f", "json").stdout)
    assert run("journey", verdicts).stdout == run("journey", good).stdout


def test_json_loads_again(run: Run, talk: Path) -> None:
    """As the record that it is."""
    meter = Meter(installed=False)
    journey = loads(run("journey", talk, "-f", "json").stdout, Journey, vocabulary=meter.vocabulary)
    assert journey == meter.journey([meter.load(talk)])


def test_bad_input_ends_with_2(run: Run, lines: Path) -> None:
    """A journey without one of its encounters would be another one."""
    result = run("journey", lines)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unknown act 'gret'" in result.stderr
