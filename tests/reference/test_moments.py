"""Readings along the timeline, and conditions asked of them with three truth values."""

from __future__ import annotations

from typing import Any

import pytest
from tests.reference.conftest import Ask, Score, cited, result

from palvelumittari.records.verdict import Course, Outcome, Verdict

SHOWS = 'shows = { act = "server.say" }\n'


def _courses(verdict: Verdict) -> dict[str, Course]:
    return {course.reading: course for course in verdict.readings}


def _course(score: Score, reading: str, timeline: str, **head: Any) -> list[float]:
    """The start of a reading and its value after each cue that moved it."""
    verdict = score(f'[[criterion]]\n{SHOWS}when = "ever({reading} < 9)"', timeline, **head)
    course = _courses(verdict)[reading]
    return [course.start, *(step.value for step in course.steps)]


# --- readings -----------------------------------------------------------------------------------------------------


def test_the_first_matching_cue_of_an_event_applies(score: Score) -> None:
    """Special before general: a drawn out reply sets, it does not add as well."""
    assert _course(score, "talk", "- customer minimal #lengthened\n- customer minimal") == [0.5, 0.2, 0.05]


def test_cues_set_or_add(score: Score) -> None:
    """A kind of the act moves it too."""
    assert _course(score, "talk", "- customer joke\n- customer minimal #lengthened") == [0.5, 0.8, 0.2]


def test_values_are_clamped_to_the_range(score: Score) -> None:
    """At both ends; what does not move the value is no step."""
    assert _course(score, "talk", "- customer small_talk\n" * 3) == [0.5, 0.8, 1.0]
    assert _course(score, "talk", "- customer minimal\n" * 5) == [0.5, 0.35, 0.2, 0.05, 0.0]


def test_values_are_rounded_to_six_places_after_each_cue(score: Score) -> None:
    """0.8 - 0.333333333 is 0.466667, and the next cue starts from there."""
    text = "- customer fumble\n- customer complain\n- customer thank\n- customer thank"
    assert _course(score, "strain", text) == [0.0, 0.4, 0.8, 0.466667, 0.133334]


def test_the_first_true_start_wins(score: Score) -> None:
    """`starts` in order, else `start`; an unknown condition is not true."""
    assert _course(score, "talk", "", customer={"talk_wish": "quiet"}) == [0.2]
    assert _course(score, "talk", "", customer={"talk_wish": "chat"}) == [0.7]
    assert _course(score, "talk", "") == [0.5]


def test_a_start_may_come_from_a_field(score: Score) -> None:
    """Clamped to the range; `start` where nobody noted the field."""
    assert _course(score, "queue", "- bystander join_queue", setting={"queue": 0}) == [0.0, 1.0]
    assert _course(score, "queue", "- bystander leave_queue", setting={"queue": 9}) == [3.0, 2.0]
    assert _course(score, "queue", "- bystander join_queue") == [1.0, 2.0]


def test_steps_name_their_event_and_cue(score: Score) -> None:
    """The verdict prints why a reading moved."""
    verdict = score(f'[[criterion]]\n{SHOWS}when = "ever(declined > 0)"', "- server say\n- customer decline")
    (step,) = _courses(verdict)["declined"].steps
    assert (step.event, step.value, step.cue) == (1, 1.0, "customer.decline")
    assert (str(step.title), step.tags) == ("refusal", ())


def test_a_step_bears_the_title_and_the_tags_of_its_event(score: Score) -> None:
    """Those of what happened, a joke, not of what the cue selects."""
    text = "- customer minimal #lengthened #minor\n- customer joke"
    verdict = score(f'[[criterion]]\n{SHOWS}when = "ever(talk > 0)"', text)
    assert [(step.cue, str(step.title), step.tags) for step in _courses(verdict)["talk"].steps] == [
        ("customer.minimal #lengthened", "minimal reply", ("lengthened", "minor")),
        ("customer.small_talk", "joke", ()),
    ]


@pytest.mark.parametrize(
    ("reading", "head", "declared"),
    [
        ("queue", {"setting": {"queue": 3}}, True),
        ("queue", {"setting": {"queue": 0}}, True),
        ("queue", {"setting": {"queue": 1}}, False),
        ("queue", {}, False),
        ("talk", {"customer": {"talk_wish": "quiet"}}, True),
        ("talk", {}, False),
    ],
)
def test_a_start_is_declared_where_the_context_changes_it(
    score: Score, reading: str, head: dict[str, Any], declared: bool
) -> None:
    """What is declared as it would be anyway says nothing."""
    verdict = score(f'[[criterion]]\n{SHOWS}when = "ever({reading} < 9)"', **head)
    assert _courses(verdict)[reading].declared is declared


def test_a_verdict_holds_the_readings_its_criteria_name(score: Score) -> None:
    """No others."""
    assert [*_courses(score(f"[[criterion]]\n{SHOWS}"))] == []
    assert [
        *_courses(
            score(
                f'[[criterion]]\n{SHOWS}while = "talk > 0"'.replace(' }\nwhile = "talk > 0"', ', while = "talk > 0" }')
            )
        )
    ] == ["talk"]


# --- the moment ---------------------------------------------------------------------------------------------------


def test_an_act_is_judged_before_its_own_cues(finding: Ask) -> None:
    """The second refusal is the first that finds `declined` at 1."""
    found = finding(
        'avoids = { act = "customer.decline", while = "declined > 0.5" }', "- customer decline\n- customer decline"
    )
    assert cited(found) == {"credit against": [1]}


def test_seen_and_count_include_the_present_event(finding: Ask) -> None:
    """In `while` they mean so far."""
    text = "- server say\n- server say\n- server say"
    assert cited(finding('avoids = { act = "server.say", while = "count(\'server.say\') > 1" }', text)) == {
        "credit against": [1, 2]
    }
    assert cited(finding('avoids = { act = "server.say", while = "seen(\'server.say\')" }', text)) == {
        "credit against": [0, 1, 2]
    }


def test_in_when_seen_and_count_mean_the_whole_record(finding: Ask) -> None:
    """The act that makes them true may come last."""
    text = "- server say\n- customer complain\n- customer complain"
    assert result(finding(SHOWS + "when = \"count('customer.complain') == 2\"", text)) == 1
    assert result(finding(SHOWS + "when = \"count('customer.complain') == 1\"", text)) is Outcome.NOT_APPLICABLE


def test_phase_is_that_of_the_event(finding: Ask) -> None:
    """In `while` and in lists."""
    text = "- server say\n- server serve\n- server say\n- server thank\n- server say"
    assert cited(finding('avoids = { act = "server.say", while = "phase == \'service\'" }', text)) == {
        "credit against": [2]
    }
    assert cited(finding("avoids = { act = \"server.say\", while = \"phase in ['opening', 'closing']\" }", text)) == {
        "credit against": [0, 4]
    }


# --- ever and always ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "timeline", "holds"),
    [
        ("ever(talk < 0.3)", "- customer minimal #lengthened\n- customer joke", True),
        ("ever(talk < 0.3)", "- server say", False),
        ("ever(talk == 0.5)", "", True),
        ("ever(talk > 0.7)", "- customer small_talk", True),
        ("always(talk > 0.3)", "- customer minimal", True),
        ("always(talk > 0.3)", "- customer minimal\n- customer minimal\n- customer joke", False),
        ("always(talk > 0.5)", "- customer joke", False),
        ("always(talk >= 0.5)", "- customer joke", True),
        ("not ever(talk < 0.3)", "", True),
        (
            "ever(talk < 0.3 and declined > 0)",
            "- customer minimal #lengthened\n- customer joke\n- customer decline",
            False,
        ),
        ("ever(talk < 0.3 and declined > 0)", "- customer minimal #lengthened\n- customer decline", True),
    ],
)
def test_ever_and_always_look_at_the_start_and_after_every_event(
    finding: Ask, when: str, timeline: str, holds: bool
) -> None:
    """Both together at one moment, where they stand in one `ever`."""
    found = finding(SHOWS + f'when = "{when}"', timeline)
    assert (found.outcome is not Outcome.NOT_APPLICABLE) is holds


def test_in_while_ever_means_so_far(finding: Ask) -> None:
    """What comes later does not count yet."""
    text = "- server say\n- customer minimal #lengthened\n- customer joke\n- customer joke\n- server say"
    assert cited(finding('avoids = { act = "server.say", while = "ever(talk < 0.3)" }', text)) == {
        "credit against": [4]
    }


# --- three values -------------------------------------------------------------------------------------------------

TRUE, FALSE, UNKNOWN = "setting.queue == 0", "setting.queue > 0", "customer.at_fault"


@pytest.mark.parametrize(
    ("when", "truth"),
    [
        (UNKNOWN, None),
        (f"not {UNKNOWN}", None),
        (f"not ({FALSE})", True),
        (f"{TRUE} and {UNKNOWN}", None),
        (f"{FALSE} and {UNKNOWN}", False),
        (f"{UNKNOWN} and {FALSE}", False),
        (f"{TRUE} or {UNKNOWN}", True),
        (f"{UNKNOWN} or {TRUE}", True),
        (f"{FALSE} or {UNKNOWN}", None),
        (f"ever({FALSE} or {UNKNOWN})", None),
        (f"always({TRUE} or {UNKNOWN})", True),
        ("setting.pace == 'busy'", None),
        ("setting.pace != 'busy'", None),
        ("setting.pace in ['busy']", None),
        ("setting.pace not in ['busy']", None),
        ("setting.deadline_s > setting.usual_s", None),
        ("channel in ['phone', 'chat']", False),
        ("channel not in ['phone', 'chat']", True),
        ("channel != 'phone'", True),
        ("0 <= setting.queue <= 0", True),
        ("setting.queue >= 1", False),
        ("setting.queue < 1", True),
        ("not seen('customer.ask')", True),
        ("true", True),
        ("false", False),
    ],
)
def test_a_missing_field_is_unknown(finding: Ask, when: str, truth: bool | None) -> None:
    """Kleene's three values; an unknown `when` is told apart from a false one."""
    found = finding(SHOWS + f'when = "{when}"', "- server say", setting={"queue": 0})
    assert (found.outcome is not Outcome.NOT_APPLICABLE) is (truth is True)
    if truth is None:
        assert str(found.reason).startswith("It does not apply: nobody noted")
    elif not truth:
        assert str(found.reason).startswith("It does not apply here: ")


def test_an_unknown_when_names_the_fields(finding: Ask) -> None:
    """Those that are missing, not those that are noted, nor readings."""
    when = "(customer.at_fault or setting.pace == 'busy') and setting.queue == 0 and ever(talk > 0)"
    found = finding(SHOWS + f'when = "{when}"', "- server say", setting={"queue": 0})
    assert str(found.reason) == "It does not apply: nobody noted “at fault”, “pace”."


def test_elsewhere_unknown_counts_as_not_true(finding: Ask) -> None:
    """A `while` on a field that nobody noted selects no event."""
    text = "- server say"
    assert result(finding('avoids = { act = "server.say", while = "customer.at_fault" }', text)) == 1
    assert result(finding('avoids = { act = "server.say", while = "not customer.at_fault" }', text)) == 1
    noted = {"at_fault": False}
    assert (
        result(finding('avoids = { act = "server.say", while = "not customer.at_fault" }', text, customer=noted)) == 0
    )
