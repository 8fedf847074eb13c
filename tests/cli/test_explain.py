"""`palvelumittari explain`: everything about one verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]
CaseText = Callable[..., str]

TALK = """\
████░░░░░░░░░░░░░░░░  talk-1: 20.0 of 100, poor
  Raised to poor (it would be very poor): nothing grave was missed.
  Calculated before gates: 12.5
  Judged on evidence: 100% of the weight
  Rubric: counter 1.2.0

  What weighed most
    −7.5  Quiet when wanted (missed) [counter/quiet]
          It went on although the customer had shown it was enough: “small talk” (0:12).
          Better: Let the talk rest.
          the occasion: event 2 0:10 customer minimal: mmmm
          against: event 3 0:12 server small_talk: more fish

    −1.5  A hello (partly) [counter/hello]
          Nothing of it happened. Would have counted: “greeting”.
          Better: Say hello.

  What the customer showed
    Appetite for talk: 0.50 → 0.20 (event 2: “minimal reply” #lengthened)

  Notes
    The rubric was chosen by the caller, not by sector and channel.

  Scored with
    palvelumittari VERSION
    Scoring model: ledger
    Rubric counter 1.2.0, SHA-256 DIGEST
    All criteria with their acts and readings, SHA-256
      DIGEST
"""


def steady(text: str) -> str:
    """A text without what changes from release to release."""
    return re.sub(r"palvelumittari \d\S*", "palvelumittari VERSION", re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", text))


def test_the_whole_explanation(run: Run, rubric: Path, talk: Path) -> None:
    """Findings with every event that they rest on, readings, notes, versions and digests."""
    result = run("explain", talk, "--rubric", rubric)
    assert (steady(result.stdout), result.stderr, result.exit_code) == (TALK, "", 0)


def test_what_was_not_judged_is_told_with_its_reason(run: Run, write: Write) -> None:
    """What cannot be known is told one by one; what does not apply, or had no occasion, is counted."""
    moment = write("moment.timeline", "id: moment\nsector: kiosk\nrecord: excerpt\n\n- server greet\n- customer pay\n")
    text = run("explain", moment).stdout
    assert "Not judged" in text
    assert re.search(r"^ {7}–  \S.* \(not observed\) \[", text, re.MULTILINE), "what was not judged has no points"
    assert re.search(r"  Met without an occasion, which earns nothing \(\d+\): ", text)
    assert re.search(r"Criteria that do not apply here: \d+\n", text)


def test_readings_that_did_not_move_are_shown_too(run: Run, talk: Path, write: Write) -> None:
    """A reader sees all that was watched, not only what made a difference; what was declared stands by itself."""
    assert "Hurry: stayed at 0.20" in run("explain", talk).stdout
    four = write("four.timeline", "id: four\nsector: kiosk\nsetting.queue: 4\n\n- server greet\n")
    assert "    Others waiting: 4\n" in run("explain", four).stdout


def test_the_explanation_in_swedish(run: Run, rubric: Path, talk: Path) -> None:
    """No English word of ours is left over."""
    text = run("explain", talk, "--rubric", rubric, "--lang", "sv").stdout
    assert "anledningen: händelse 2 0:10 customer minimal: mmmm" in text
    assert "Bedömt med" in text
    assert "Poängmodell: ledger" in text


def test_a_long_speech_is_cut_short(run: Run, rubric: Path, write: Write) -> None:
    """The evidence names an event; it does not repeat a page of it."""
    long = write("long.timeline", f"id: long\nsector: kiosk\n\n- server greet: {'la ' * 500}\n")
    line = next(line for line in run("explain", long, "--rubric", rubric).stdout.split("\n") if "for: event 1" in line)
    assert len(line) < 120
    assert line.endswith("...")


def test_several_encounters_are_explained_one_after_the_other(run: Run, rubric: Path, lines: Path) -> None:
    """A bad one is told and makes the command end with 2."""
    result = run("explain", lines, "--rubric", rubric)
    assert result.stdout.count("Scored with") == 3
    assert result.stderr.startswith(f"error: {lines}:2:")
    assert result.exit_code == 2


def test_what_is_odd_stands_in_the_explanation_and_is_noted(run: Run, write: Write) -> None:
    """The explanation is whole by itself, so that it can be kept."""
    odd = write("odd.timeline", "id: odd\nsector: kiosk\n\n- server bid\n- server greet\n")
    result = run("explain", odd)
    assert "Odd in the record: “bid for service” (event 1) is noted as done by the server" in result.stdout
    assert result.stderr.startswith("note: odd: Odd in the record: ")


def test_a_case_is_explained_as_its_encounter_is(run: Run, rubric: Path, write: Write, case_text: CaseText) -> None:
    """Whoever asks why a case fails need not write its encounter down once more; a broken case is told."""
    case = write("K1.case.toml", case_text("K1", 'band = "good"', timeline="- server greet"))
    text = run("explain", case, "--rubric", rubric).stdout
    assert "A hello (met) [counter/hello]" in text
    assert "K1: " in text.split("\n")[0]
    broken = run("score", case, write("broken.case.toml", "schema = 1\n"), "--rubric", rubric)
    assert broken.stderr.startswith("error: ")
    assert "broken.case.toml at $: the key `id` is missing" in broken.stderr
    assert ("K1" in broken.stdout, broken.exit_code) == (True, 2)


def test_advice_is_given_on_a_case(run: Run, rubric: Path, write: Write, case_text: CaseText) -> None:
    """The same for the commands that ask something of each encounter."""
    case = write("K1.case.toml", case_text("K1", 'band = "good"', timeline="- server idle"))
    assert "add “greeting”" in run("advise", case, "--rubric", rubric).stdout
