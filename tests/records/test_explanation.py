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


WAITING = pm.Text({"en": "Others are waiting", "fi": "Muita odottaa", "sv": "Andra väntar"})


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
        "story: no score, because nothing was noted that speaks for the service or against it",
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
    """Under the finding that they changed, in the reader's language."""
    first = verdict.finding("service/respected-no")
    told = attrs.evolve(verdict, findings=(attrs.evolve(first, situations=(WAITING,)),))
    assert "in this situation: Others are waiting" in _section(told.explain(), "What weighed most")
    assert "tässä tilanteessa: Muita odottaa" in _section(told.explain("fi"), "Mikä painoi eniten")
    assert "i denna situation: Andra väntar" in _section(told.explain("sv"), "Vad som vägde tyngst")


def test_what_the_customer_showed_holds_what_moved_or_was_declared(verdict: pm.Verdict) -> None:
    """Every cue with the value after it, and five who wait; what stayed where it starts by itself is not listed."""
    assert _section(verdict.explain(), "What the customer showed") == [
        "Appetite for talk: 0.50 → 0.20 (event 3: “minimal reply” #lengthened)",
        "Need of help: 0.40 → 0 (event 5: “no to an offer”)",
        "Offer declined: 0 → 1 (event 5: “no to an offer”)",
        "Others waiting: 5",
    ]
    assert _section(verdict.explain("fi"), "Mitä asiakas osoitti") == [
        "Juttuhalu: 0,50 → 0,20 (tapahtuma 3: ”niukka vastaus” #lengthened)",
        "Avun tarve: 0,40 → 0 (tapahtuma 5: ”kieltävä vastaus tarjoukseen”)",
        "Tarjous torjuttu: 0 → 1 (tapahtuma 5: ”kieltävä vastaus tarjoukseen”)",
        "Muita odottamassa: 5",
    ]
    assert _section(verdict.explain("sv"), "Vad kunden visade") == [
        "Prathumör: 0,50 → 0,20 (händelse 3: ”fåordigt svar” #lengthened)",
        "Behov av hjälp: 0,40 → 0 (händelse 5: ”nej till ett erbjudande”)",
        "Erbjudande avböjt: 0 → 1 (händelse 5: ”nej till ett erbjudande”)",
        "Andra som väntar: 5",
    ]


def test_who_waits_is_told_where_nobody_moves() -> None:
    """It was declared, so it is not said that nothing moves a reading."""
    waiting = _verdict("channel: face_to_face\nsetting.queue: 4\n\n- server greet", id="four")
    assert _section(waiting.explain(), "What the customer showed") == ["Others waiting: 4"]


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
        "No rubric is made for the channel “face to face”; the universal rubric was used."
    ]


def test_a_course_that_never_moved() -> None:
    """It can still be told; where it was declared, nobody expected it to move."""
    title = pm.Text({"en": "Talk"})
    assert course_line(Course("talk", title, 0.5), "en") == "Talk: stayed at 0.50"
    assert course_line(Course("talk", title, 0.2, declared=True), "fi") == "Talk: 0,20"


def test_evidence_line_by_line(verdict: pm.Verdict) -> None:
    """The event's number and time, who did what, which way it speaks."""
    greeting = verdict.finding("service/greeting")
    assert list(evidence_line(greeting, "en")) == ["+ event 2 0:02 server greet: Hei!"]
    quiet = verdict.finding("service/quiet-wish")
    assert [line.split(" ", 1)[0] for line in evidence_line(quiet, "fi")] == ["+"] * len(quiet.evidence)
    assert "+ tapahtuma 3 customer minimal" in list(evidence_line(quiet, "fi"))
