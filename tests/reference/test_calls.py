"""`calls`: what a plugin's function sees, what it may answer, and what happens when it breaks its contract."""

from __future__ import annotations

from typing import Any

import pytest
from tests.reference.conftest import Ask, Score, cited

from palvelumittari.records.encounter import Actor
from palvelumittari.records.measure import Phase
from palvelumittari.records.scene import Answer, Scene
from palvelumittari.records.verdict import Outcome, Status
from palvelumittari.words.text import Text

CALLS = 'calls = "my.measure"'


def _ask(finding: Ask, said: Any, timeline: str = "- server say\n- server greet") -> Any:
    return finding(CALLS, timeline, functions={"my.measure": lambda _scene: said})


@pytest.mark.parametrize(
    ("said", "outcome"),
    [(0, Outcome.MISSED), (0.0, Outcome.MISSED), (0.5, Outcome.PARTLY), (1, Outcome.MET), (1.0, Outcome.MET)],
)
def test_a_number_is_the_fulfilment(finding: Ask, said: float, outcome: Outcome) -> None:
    """From 0 to 1; without evidence of its own."""
    found = _ask(finding, said)
    assert (found.fulfilment, found.outcome, found.evidence) == (said, outcome, ())
    assert str(found.reason) == f"The measure my.measure gives {said:.0%}."


@pytest.mark.parametrize("said", [None, Answer(fulfilment=None)])
def test_none_is_nothing_to_judge(finding: Ask, said: Any) -> None:
    """Not applicable."""
    found = _ask(finding, said)
    assert (found.outcome, found.fulfilment) == (Outcome.NOT_APPLICABLE, None)
    assert str(found.reason) == "The measure my.measure found nothing to judge."


def test_an_answer_may_say_that_the_record_ends_too_early(finding: Ask) -> None:
    """Undecided: left out, and said so."""
    found = _ask(finding, Answer(fulfilment=None, undecided=True))
    assert (found.outcome, found.fulfilment) == (Outcome.UNDECIDED, None)
    assert str(found.reason) == "The record ends before the measure my.measure could decide."


def test_an_answer_with_a_fulfilment_is_decided(finding: Ask) -> None:
    """Both at once break the contract."""
    assert _ask(finding, Answer(fulfilment=1, undecided=True)).outcome is Outcome.ERROR


def test_an_answer_brings_evidence_and_a_reason_of_its_own(finding: Ask) -> None:
    """In the plugin's words."""
    answer = Answer(
        fulfilment=0.5,
        speaks_for=(1,),
        speaks_against=(0,),
        reason=Text({"en": "Half way.", "fi": "Puolitiessä."}),
    )
    found = _ask(finding, answer)
    assert (found.fulfilment, cited(found)) == (0.5, {"credit for": [1], "credit against": [0]})
    assert [found.reason.said_in(language) for language in ("en", "fi", "sv")] == [
        "Half way.",
        "Puolitiessä.",
        "Half way.",
    ]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (1.5, "returned 1.5, expected a number from 0 to 1 or None"),
        (-0.1, "returned -0.1, expected a number from 0 to 1 or None"),
        (float("nan"), "returned nan, expected a number from 0 to 1 or None"),
        (True, "returned True, expected a number from 0 to 1 or None"),
        ("good", "returned 'good', expected a number from 0 to 1 or None"),
        (Answer(fulfilment=1, speaks_for=(2,)), "cites events [2], but the encounter has 2"),
        (Answer(fulfilment=1, speaks_against=(-1,)), "cites events [-1], but the encounter has 2"),
        (
            Answer(fulfilment=1, reason="good"),  # type: ignore[arg-type]  # what a careless plugin may hand over
            "gives the reason 'good', expected a Text or None",
        ),
    ],
)
def test_a_broken_contract_is_an_error_finding(finding: Ask, said: Any, message: str) -> None:
    """Never an exception, never a score."""
    found = _ask(finding, said)
    assert (found.outcome, found.fulfilment, found.judged, found.points) == (Outcome.ERROR, None, False, 0)
    assert str(found.reason) == f"The measure my.measure failed: {message}. The other criteria are not affected."


def test_an_exception_is_an_error_finding_and_the_others_run(score: Score) -> None:
    """Its text on one line; the verdict says that there were errors, and coverage drops."""

    def broken(_scene: Scene) -> float:
        raise ZeroDivisionError("nothing\n  to divide.")

    rubric = f'[[criterion]]\nid = "one"\n{CALLS}\n[[criterion]]\nid = "two"\nshows = {{ act = "server.say" }}'
    verdict = score(rubric, "- server say", functions={"my.measure": broken})
    one, two = verdict.findings
    assert (one.outcome, two.outcome, verdict.status, verdict.coverage) == ("error", "met", Status.WITH_ERRORS, 0.5)
    assert str(one.reason).startswith("The measure my.measure failed: ZeroDivisionError: nothing to divide. The other")


def test_options_are_handed_over(finding: Ask) -> None:
    """By name, as they stand; a situation may replace them."""
    criterion = """calls = { function = "my.measure", options = { least = 0.25, of = ["a", "b"] } }
    [[criterion.situation]]
    when = "setting.queue > 0"
    options = { least = 0.75, of = [] }"""

    def measure(_scene: Scene, least: float, of: tuple[str, ...]) -> float:
        assert of in (("a", "b"), ())
        return least

    functions = {"my.measure": measure}
    assert finding(criterion, functions=functions).fulfilment == 0.25
    assert finding(criterion, functions=functions, setting={"queue": 1}).fulfilment == 0.75


def test_a_measure_sees_the_scene(finding: Ask) -> None:
    """The encounter, the phases, and every reading before each event and after the last, named or not."""
    seen: list[Scene] = []

    def measure(scene: Scene) -> None:
        seen.append(scene)

    finding(
        CALLS,
        "- customer small_talk\n- server serve\n- customer minimal #lengthened",
        functions={"my.measure": measure},
    )
    scene = seen[-1]
    assert scene.phases == (Phase.OPENING, Phase.SERVICE, Phase.SERVICE)
    assert scene.readings["talk"] == (0.5, 0.8, 0.8, 0.2)
    assert set(scene.readings) == {"talk", "declined", "strain", "queue"}
    assert scene.find("small_talk", "serve") == (0, 1)
    assert scene.find("serve", by={Actor.CUSTOMER}) == ()
    assert scene.find("say", "minimal", after=1) == (2,)
    assert scene.vocabulary.title("serve").said_in("en") == "service"
