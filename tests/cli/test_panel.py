"""`palvelumittari panel`: several observers of the same encounters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from palvelumittari.formats import loads
from palvelumittari.meter import Meter
from palvelumittari.records.panel import Panel

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

HEAD = "id: {id}\nsector: kiosk\nobserver: {observer}\n\n- customer complain\n"


@pytest.fixture
def notes(write: Write) -> list[Path]:
    """The server's own record and the customer's of one encounter."""
    own = HEAD.format(id="visit-1", observer="server") + "- server apologise\n"
    theirs = (
        HEAD.format(id="visit-1", observer="customer") + "- server small_talk\n- customer say\n- server blank_face\n"
    )
    return [write("theirs.timeline", theirs), write("own.timeline", own)]


def test_a_panel_is_told(run: Run, notes: list[Path]) -> None:
    """The views, the gaps, what somebody did not note, and who is kinder."""
    result = run("panel", *notes)
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert lines[0] == "Panel of 2 observers. Encounters: 1"
    assert any(line.startswith("observer 1 (the server): ") for line in lines)
    assert "+2.00  Listening and responding: observer 1 met, observer 2 missed [service/response]" in lines
    assert any(line.startswith("observer 1 did not note what observer 2 did: ") for line in lines)
    assert "visit-1" not in result.stdout
    assert "visit-1" in run("panel", *notes, "--names").stdout


def test_records_of_different_ids_need_a_word(run: Run, notes: list[Path], write: Write) -> None:
    """Whether they are of one encounter."""
    other = write("other.timeline", notes[1].read_text("utf-8").replace("visit-1", "visit-2"))
    refused = run("panel", notes[0], other)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "no encounter here has two observers" in refused.stderr
    assert run("panel", notes[0], other, "--one-encounter").stdout == run("panel", *notes).stdout


def test_verdicts_alone_do_not_tell_who_noted_what(run: Run, notes: list[Path], write: Write) -> None:
    """The error names the file and what is needed."""
    verdict = write("verdict.json", run("score", notes[0], "-f", "json").stdout)
    result = run("panel", verdict, notes[1])
    assert result.exit_code == 2
    assert "which `panel` needs" in result.stderr


def test_json_loads_again(run: Run, notes: list[Path]) -> None:
    """As the record that it is, and as the meter makes it."""
    meter = Meter(installed=False)
    made = loads(run("panel", *notes, "-f", "json").stdout, Panel, vocabulary=meter.vocabulary)
    assert made == meter.panel([meter.load(note) for note in notes])


def test_other_languages(run: Run, notes: list[Path]) -> None:
    """As asked for."""
    assert run("panel", *notes, "--lang", "fi").stdout.startswith("Paneeli, 2 havainnoijaa.")
    assert run("panel", *notes, "--lang", "sv").stdout.startswith("Panel med 2 observatörer.")
