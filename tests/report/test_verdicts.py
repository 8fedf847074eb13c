"""A verdict put together from judgements."""

from __future__ import annotations

import pytest

import palvelumittari as pm
from palvelumittari.records.verdict import Evidence, Part, Weighs

STORY = """\
id: story
channel: face_to_face
record: full
setting.queue: 5

0:00 customer arrive
0:02 server greet: Hei!
0:05 customer request
0:09 server serve
0:20 server blank_face
0:30 customer decline
0:31 server offer: Entä kassi?
0:40 customer leave
"""


@pytest.fixture(scope="module")
def verdict() -> pm.Verdict:
    """A verdict with a grave miss, an excuse and much that had no occasion."""
    meter = pm.Meter(installed=False)
    return meter.score(meter.loads(STORY, format="timeline"))


def test_evidence_repeats_its_event(verdict: pm.Verdict) -> None:
    """So that a verdict can be read without its encounter."""
    assert verdict.finding("service/respected-no").evidence == (
        Evidence(6, Part.CREDIT, Weighs.AGAINST, by=pm.Actor.SERVER, act="offer", at_ms=31_000, text="Entä kassi?"),
    )


def test_advice_stands_where_something_could_be_better(verdict: pm.Verdict) -> None:
    """Not where all was met, nor where nothing was judged."""
    assert verdict.finding("service/respected-no").advice is not None
    assert verdict.finding("service/greeting").advice is None
    assert verdict.finding("service/dignity").advice is None
    assert verdict.finding("service/warmth").advice is None


def test_what_is_excused_keeps_its_evidence_and_says_why(verdict: pm.Verdict) -> None:
    """Without fulfilment and rating; with the title of the situation in every language."""
    found = verdict.finding("service/warmth")
    assert (found.outcome, found.fulfilment, found.rating, len(found.evidence)) == (pm.Outcome.EXCUSED, None, None, 1)
    assert found.reason.said_in("fi").endswith("Olosuhteet selittävät: Muita odottaa.")
    assert [str(situation) for situation in found.situations] == ["Others are waiting"]


def test_points_are_the_models(verdict: pm.Verdict) -> None:
    """Exact entries of the ledger."""
    assert verdict.finding("service/respected-no").points == -6
    assert verdict.finding("service/greeting").points == 0
    assert (verdict.band, verdict.score, verdict.calculated_score is not None) == (pm.Band.POOR, verdict.score, True)


def test_findings_tell_their_rubric_and_lifecycle(verdict: pm.Verdict) -> None:
    """And whether they were counted."""
    found = verdict.finding("service/greeting")
    assert (found.rubric, found.lifecycle, found.counted, found.judged) == ("service", "stable", True, True)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_every_text_is_there_in_every_language(verdict: pm.Verdict, language: str) -> None:
    """Titles, reasons, advice and notes of the core."""
    texts = [text for one in verdict.findings for text in (one.title, one.reason, one.advice) if text is not None]
    assert all(language in text.said for text in [*texts, *(note.text for note in verdict.notes)])
