"""`palvelumittari relationship`: where a customer stands after a history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from palvelumittari.formats import loads
from palvelumittari.meter import Meter
from palvelumittari.records.relationship import Relationship
from palvelumittari.records.word_of_mouth import WordOfMouth

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

GOOD = "sector: kiosk\n{head}\n- customer ask\n- server answer\n"


@pytest.fixture
def good(write: Write) -> Path:
    """An encounter that is good."""
    return write("good.timeline", GOOD.format(head=""))


def test_a_relationship_is_told(run: Run, good: Path) -> None:
    """Step, balance, moves, and the talk beside it."""
    result = run("relationship", good, good, good)
    lines = result.stdout.splitlines()
    assert lines[0] == "Step 2 of 5, trier, after a history of 3 (began as chance visitor)"
    assert "  Balance +0.50; the next step takes 1.00" in lines
    assert sum(line.startswith("  encounter ") for line in lines) == 3
    assert "Word of mouth, beside the score" in lines


def test_the_start_is_given_or_noted(run: Run, write: Write, good: Path) -> None:
    """The option wins over what an encounter says."""
    noted = write("noted.timeline", GOOD.format(head="customer.relationship: customer\n"))
    assert run("relationship", good, noted).stdout.startswith("Step 3 of 5, customer")
    assert run("relationship", good, noted, "--start", "advocate").stdout.startswith("Step 5 of 5, advocate")


def test_episodes_stand_for_their_encounters(run: Run, write: Write, good: Path) -> None:
    """What `episode -f json` wrote is one move."""
    lost = write("lost.timeline", "sector: kiosk\n\n- system fault\n- customer abandon\n")
    episode = write("episode.json", run("episode", good, lost, "-f", "json").stdout)
    result = run("relationship", good, episode, "--start", "customer")
    assert result.stdout.startswith("No longer a customer (former customer; step 0) after a history of 2")
    assert "a failure was not put right, and the customer went" in " ".join(result.stdout.split())


def test_json_is_the_record_and_ndjson_brings_the_talk(run: Run, good: Path) -> None:
    """Both load again."""
    meter = Meter(installed=False)
    found = loads(run("relationship", good, "-f", "json").stdout, Relationship, vocabulary=meter.vocabulary)
    assert found == meter.relationship([meter.load(good)])
    first, second = run("relationship", good, "-f", "ndjson").stdout.splitlines()
    assert loads(first, Relationship, vocabulary=meter.vocabulary) == found
    assert loads(second, WordOfMouth, vocabulary=meter.vocabulary).commitment == pytest.approx(1 / 3, abs=1e-6)


def test_without_a_score_nothing_is_said_of_the_talk(run: Run, write: Write) -> None:
    """E14: nothing to judge, and aftercare is missed without a fault."""
    result = run("relationship", write("left.timeline", "sector: sales\n\n- customer leave\n"), "--start", "customer")
    assert "Word of mouth" not in result.stdout
    assert "No aftercare in any of them" in result.stdout


def test_the_meter_takes_verdicts_and_encounters(good: Path) -> None:
    """In one history, with the step that an encounter notes or that is given."""
    meter = Meter(installed=False)
    met = meter.load(good)
    assert meter.relationship([met, meter.score(met)]).step.value == "trier"
    assert meter.relationship([meter.score(met)], start="customer").start_known
