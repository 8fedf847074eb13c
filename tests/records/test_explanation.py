"""The explanation of a verdict as plain text."""

from __future__ import annotations

import attrs
import pytest

import palvelumittari as pm
from palvelumittari.records.explanation import course_line, evidence_line
from palvelumittari.records.rubric import Lifecycle
from palvelumittari.records.verdict import Course, Gate, GateKind
from palvelumittari.words.text import LANGUAGES

STORY = """\
id: story
channel: face_to_face
record: full
setting.queue: 5

0:00 customer arrive
0:02 server greet: Hei!
- customer minimal #lengthened
0:20 server blank_face
0:30 customer decline
0:31 server offer
0:40 customer leave
"""


def _verdict(text: str, **head: str) -> pm.Verdict:
    meter = pm.Meter(installed=False)
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    return meter.score(meter.loads(lines + text, format="timeline"))


@pytest.fixture(scope="module")
def verdict() -> pm.Verdict:
    """A verdict with something in every section."""
    return _verdict(STORY)


def _section(text: str, title: str) -> list[str]:
    """The lines of a section, without their indent."""
    lines = text.split("\n")
    start = lines.index(title) + 1
    end = next((index for index in range(start, len(lines)) if not lines[index]), len(lines))
    return [line.strip() for line in lines[start:end]]


def test_the_head(verdict: pm.Verdict) -> None:
    """Score and band, gates, the score before them, coverage, rubrics."""
    before = attrs.evolve(
        verdict,
        score=39.9,
        band=pm.Band.POOR,
        calculated_score=61.04,
        coverage=0.5,
        gates=(Gate(GateKind.GRAVE, pm.Band.GOOD, pm.Band.POOR, ("service/respected-no",)),),
    )
    assert before.explain().split("\n")[:5] == [
        "story: 39.9 of 100, poor",
        "Held at poor (it would be good): “A no is a no” weighs too much.",
        "Calculated before gates: 61.0",
        "Judged on evidence: 50% of the weight",
        "Rubric: service 1.0.0",
    ]
    assert before.explain("fi-FI").split("\n")[0] == "story: 39,9/100, huono"


def test_no_score_and_no_coverage(verdict: pm.Verdict) -> None:
    """In words, never as a number."""
    silent = attrs.evolve(verdict, score=None, band=None, calculated_score=None, coverage=None, gates=())
    assert silent.explain().split("\n")[:2] == [
        "story: no score, because nothing was judged on evidence",
        "Judged on evidence: no criterion applies",
    ]


def test_what_weighed_most_comes_with_reason_and_advice(verdict: pm.Verdict) -> None:
    """At most three, the heaviest first."""
    lines = _section(verdict.explain(), "What weighed most")
    assert lines[0] == "−6.0  A no is a no (missed) [service/respected-no]"
    assert lines[1].startswith("This should not have been: “offer” (0:31)")
    assert lines[2].startswith("Better: ")
    assert sum("[service/" in line for line in lines) <= 3


def test_situations_are_named(verdict: pm.Verdict) -> None:
    """Under the finding that they changed."""
    first = verdict.finding("service/respected-no")
    told = attrs.evolve(verdict, findings=(attrs.evolve(first, situations=("setting.queue > 3",)),))
    assert "in this situation: setting.queue > 3" in _section(told.explain(), "What weighed most")


def test_what_the_customer_showed_holds_only_what_moved(verdict: pm.Verdict) -> None:
    """Every cue with the value after it; what never moved is not listed."""
    assert _section(verdict.explain(), "What the customer showed") == [
        "Appetite for talk: 0.50 → 0.20 (event 3: customer.minimal #lengthened)",
        "Need of help: 0.40 → 0 (event 5: customer.decline)",
        "Offer declined: 0 → 1 (event 5: customer.decline)",
    ]


def test_that_the_customer_showed_nothing_is_said(verdict: pm.Verdict) -> None:
    """Where readings are read at all."""
    still = _verdict("channel: face_to_face\n\n- server greet", id="still")
    assert _section(still.explain(), "What the customer showed") == ["nothing that moves a reading"]
    assert _section(still.explain("sv"), "Vad kunden visade") == ["inget som ändrar läget"]
    assert "What the customer showed" not in attrs.evolve(verdict, readings=()).explain()


def test_what_was_not_judged_is_short(verdict: pm.Verdict) -> None:
    """Excuses with their reasons; what was not seen, left open, or met without an occasion in a line each."""
    lines = _section(verdict.explain(), "Not judged")
    assert (
        lines[0]
        == "Warmth: excused. “blank face” (0:20): 25% of what could be. Excused by circumstances: Others are waiting."
    )
    assert lines[-1].startswith("met without an occasion, which earns nothing (")
    assert "Dignity" in lines[-1]
    excerpt = _verdict("channel: face_to_face\nrecord: excerpt\n\n- customer ask", id="x")
    silent = _section(excerpt.explain(), "Not judged")
    assert silent[0] == "undecided (1): Listening and responding"
    assert silent[1].startswith("not observed (")
    assert len(silent) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_had_no_occasion_is_named_in_every_language(verdict: pm.Verdict, language: str) -> None:
    """With the number of criteria."""
    vacuous = [one for one in verdict.findings if one.outcome == "met" and not one.judged]
    line = verdict.explain(language).split("\n\n")[-2].split("\n")[-1]
    assert f"({len(vacuous)}): " in line
    assert all(one.title.said_in(language) in line for one in vacuous)


def test_what_is_on_trial_is_shown_apart(verdict: pm.Verdict) -> None:
    """It does not weigh, however many points it would have."""
    first = verdict.finding("service/respected-no")
    trial = attrs.evolve(first, lifecycle=Lifecycle.TRIAL, counted=False, points=0.0)
    told = attrs.evolve(verdict, findings=(trial,)).explain()
    assert _section(told, "On trial, not counted") == ["0.0  A no is a no (missed) [service/respected-no]"]
    assert "What weighed most" not in told


def test_notes_come_last(verdict: pm.Verdict) -> None:
    """Under their own title."""
    assert _section(verdict.explain(), "Notes") == [
        "No rubric is made for “face_to_face”; the universal rubric was used."
    ]


def test_a_course_that_never_moved() -> None:
    """It can still be told."""
    assert course_line(Course("talk", pm.Text({"en": "Talk"}), 0.5), "en") == "Talk: stayed at 0.50"


def test_evidence_line_by_line(verdict: pm.Verdict) -> None:
    """The event's number and time, who did what, which way it speaks."""
    greeting = verdict.finding("service/greeting")
    assert list(evidence_line(greeting, "en")) == ["+ event 2 0:02 server greet: Hei!"]
    quiet = verdict.finding("service/quiet-wish")
    assert [line.split(" ", 1)[0] for line in evidence_line(quiet, "fi")] == ["+"] * len(quiet.evidence)
    assert "+ tapahtuma 3 customer minimal" in list(evidence_line(quiet, "fi"))
