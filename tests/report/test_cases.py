"""Holding a verdict against a case."""

from __future__ import annotations

import attrs
import pytest

import palvelumittari as pm
from palvelumittari.records.case import Case, Expectation
from palvelumittari.report.cases import Difference, differences
from palvelumittari.words.frozen import FrozenMap

RIDE = "id: ride\nchannel: face_to_face\nrecord: excerpt\n\n- customer ask\n- server blame\n"


@pytest.fixture(scope="module")
def verdict() -> pm.Verdict:
    """A poor one."""
    meter = pm.Meter(installed=False)
    return meter.score(meter.loads(RIDE, format="timeline"))


def _differences(verdict: pm.Verdict, **expected: object) -> tuple[Difference, ...]:
    expect = Expectation(**expected)  # type: ignore[arg-type]  # whatever a test expects
    encounter = pm.Encounter("ride", [], sector="taxi")
    return differences(Case(id="E01", title=pm.Text({"en": "A ride"}), expect=expect, encounter=encounter), verdict)


def test_a_case_that_passes_has_no_differences(verdict: pm.Verdict) -> None:
    """Only what is expected is compared."""
    assert verdict.band is not None
    assert _differences(verdict) == ()
    outcomes = FrozenMap({"service/dignity": pm.Outcome.MISSED})
    assert _differences(verdict, band=str(verdict.band), score=(0, 100), outcomes=outcomes) == ()


def test_another_band(verdict: pm.Verdict) -> None:
    """What came out is told with its score; without a score the band is `no_score`."""
    assert _differences(verdict, band="good") == (Difference("band", "good", f"{verdict.band} ({verdict.score})"),)
    silent = attrs.evolve(verdict, band=None, score=None)
    assert _differences(silent, band="good") == (Difference("band", "good", "no_score"),)
    assert _differences(silent, band="no_score") == ()
    assert _differences(verdict, band="no_score")[0].expected == "no_score"


def test_a_score_out_of_range(verdict: pm.Verdict) -> None:
    """Both ends belong to the range."""
    score = verdict.score or 0
    assert _differences(verdict, score=(score, score)) == ()
    assert _differences(verdict, score=(90, 100)) == (Difference("score", "90 to 100", str(score)),)
    assert _differences(attrs.evolve(verdict, score=None), score=(0, 100)) == (Difference("score", "0 to 100", "None"),)


def test_another_outcome(verdict: pm.Verdict) -> None:
    """With the reason of the finding; an unknown criterion gets a suggestion."""
    outcomes = FrozenMap({"service/dignity": pm.Outcome.MET, "service/dignit": pm.Outcome.MET, "x": pm.Outcome.MET})
    reason = str(verdict.finding("service/dignity").reason)
    assert _differences(verdict, outcomes=outcomes) == (
        Difference("service/dignity", "met", "missed", reason),
        Difference("service/dignit", "met", "no such criterion", "did you mean `service/dignity`?"),
        Difference("x", "met", "no such criterion", ""),
    )
