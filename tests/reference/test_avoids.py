"""`avoids`: did it stay away, was it made good, and was there an occasion for it at all?"""

from __future__ import annotations

from typing import Any

import pytest
from tests.reference.conftest import Ask, cited, result

from palvelumittari.records.verdict import Finding, Outcome

NOT_OBSERVED = Outcome.NOT_OBSERVED
MUST = 'role = "must"\n'


def _is_vacuous(found: Finding) -> bool:
    return found.outcome is Outcome.MET and not found.judged and not found.on_evidence


@pytest.mark.parametrize(
    ("options", "count", "share"),
    [
        ("", 1, 0.0),
        ("", 3, 0.0),
        (", each = 0.3", 1, 0.7),
        (", each = 0.3", 3, 0.1),
        (", each = 0.3", 4, 0.0),
        (", allow = 1", 1, 1.0),
        (", allow = 1", 2, 0.0),
        (", allow = 2, each = 0.25", 4, 0.5),
    ],
)
def test_every_breach_beyond_what_is_allowed_costs(finding: Ask, options: str, count: int, share: float) -> None:
    """1 - each x max(0, count - allow), at least 0, exact in tenths."""
    found = finding(f'avoids = {{ act = "server.rush"{options} }}', "- server rush\n" * count)
    assert found.fulfilment == share


def test_breaches_are_cited_against_the_service(finding: Ask) -> None:
    """All of them, those that were allowed too, once the measure is full."""
    found = finding('avoids = { act = "server.rush", allow = 1 }', "- server rush\n- server say\n- server rush")
    assert cited(found) == {"credit against": [0, 2]}
    assert str(found.reason) == "This should not have been: “rushing” (event 1), “rushing” (event 3)."


def test_only_breaches_while_the_condition_holds(finding: Ask) -> None:
    """At the moment of the act."""
    text = "- server offer\n- customer decline\n- server upsell"
    assert cited(finding('avoids = { act = "server.offer", while = "declined > 0.5" }', text)) == {
        "credit against": [2]
    }


# --- healed -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("- server rush\n- server apologise", 1),
        ("- server apologise\n- server rush", 0),
        ("- server rush\n- server apologise\n- server rush", 0),
        ("- server rush\n- server rush\n- customer leave\n- server apologise", 1),
    ],
)
def test_a_breach_stands_until_it_is_healed(finding: Ask, text: str, share: float) -> None:
    """One later act heals all breaches before it, and none after it."""
    assert result(finding('avoids = { act = "server.rush", healed = "server.apologise" }', text)) == share


def test_a_healed_breach_does_not_count_towards_what_is_allowed(finding: Ask) -> None:
    """Only standing breaches are counted and cited."""
    criterion = 'avoids = { act = "server.rush", healed = "server.apologise", each = 0.5 }'
    found = finding(criterion, "- server rush\n- server apologise\n- server rush")
    assert (found.fulfilment, cited(found)) == (0.5, {"credit against": [2]})


# --- occasions ----------------------------------------------------------------------------------------------------


def test_without_an_occasion_it_is_met_but_not_judged(finding: Ask) -> None:
    """Vacuous: no rating, no points, no evidence; the reason says so."""
    found = finding('avoids = { act = "server.rush" }', "- customer ask\n- server say")
    assert _is_vacuous(found)
    assert (found.fulfilment, found.rating, found.points) == (1, None, 0)
    assert str(found.reason) == ("Nothing of the kind happened, and there was no occasion for it; that earns nothing.")


def test_a_healed_act_is_an_occasion(finding: Ask) -> None:
    """The breach is the trigger, the healing act the credit."""
    found = finding(
        'avoids = { act = "server.rush", healed = "server.apologise" }', "- server rush\n- server apologise"
    )
    assert (found.judged, found.on_evidence) == (True, True)
    assert cited(found) == {"trigger for": [0], "credit for": [1]}
    assert str(found.reason) == "“rushing” (event 1), but made good afterwards."


def test_a_tolerated_act_is_an_occasion(finding: Ask) -> None:
    """What was allowed was seen."""
    found = finding('avoids = { act = "server.rush", allow = 1 }', "- server rush")
    assert (found.fulfilment, found.judged, cited(found)) == (1, True, {"trigger for": [0]})
    assert str(found.reason) == "“rushing” (event 1): no more than is tolerated."


def test_a_while_that_held_at_some_event_is_an_occasion(finding: Ask) -> None:
    """The last cue before it is cited; it must hold at an event, not only after the last one."""
    criterion = 'avoids = { act = "server.offer", while = "declined > 0.5" }'
    found = finding(criterion, "- server say\n- customer decline\n- customer say")
    assert (found.judged, found.on_evidence, cited(found)) == (True, True, {"trigger for": [1]})
    assert _is_vacuous(finding(criterion, "- server say\n- customer decline"))
    assert _is_vacuous(finding(criterion, "- server say"))


@pytest.mark.parametrize(
    "condition",
    [
        "phase == 'closing'",
        "phase == 'closing' and setting.queue > 0",
        "declined < 0.5",
        "declined < 0.5 and phase == 'closing'",
        "queue > 1",
        "not seen('customer.decline')",
        "seen('server.serve')",
        "customer.at_fault or declined < 0.5",
    ],
)
def test_a_while_that_nobody_has_brought_about_is_no_occasion(finding: Ask, condition: str) -> None:
    """A phase comes by itself, a reading starts somewhere, the place has a queue, and staff serve."""
    criterion = f'avoids = {{ act = "server.offer", while = "{condition}" }}'
    head: dict[str, Any] = {"setting": {"queue": 2}}
    text = "- customer ask\n- server serve\n- server thank"
    assert _is_vacuous(finding(criterion, text, **head))
    assert result(finding(criterion, "- server serve\n- server thank\n- server offer", **head)) == 0


@pytest.mark.parametrize(
    ("condition", "customer", "events"),
    [
        ("strain < 0.5", {}, {"trigger for": [1]}),
        ("queue > 1", {}, {"trigger for": [2]}),
        ("phase != 'closing' and strain < 0.5", {}, {"trigger for": [1]}),
        ("seen('customer.complain')", {}, {}),
        ("count('staff.say | customer.complain') > 0", {}, {}),
        ("customer.at_fault", {"at_fault": True}, {}),
        ("talk < 0.3", {"talk_wish": "quiet"}, {}),
        ("customer.regular or strain < 0.1", {"regular": False}, {}),
    ],
)
def test_a_while_that_the_customer_or_others_stand_behind_is_an_occasion(
    finding: Ask, condition: str, customer: dict[str, Any], events: dict[str, list[int]]
) -> None:
    """By a cue before it, though it held already, by what was seen, or by what was noted of the customer."""
    criterion = f'avoids = {{ act = "server.offer", while = "{condition}" }}'
    text = "- server say\n- customer complain\n- bystander join_queue\n- server say"
    found = finding(criterion, text, setting={"queue": 2}, customer=customer)
    assert (found.fulfilment, found.judged, cited(found)) == (1, True, events)


@pytest.mark.parametrize("condition", ["setting.queue > 0", "channel == 'face_to_face'", "sector == 'bar' or true"])
def test_the_setting_alone_is_no_occasion(finding: Ask, condition: str) -> None:
    """Channel, sector and setting say what place it is, not what the customer gave; in `when` and in `while`."""
    head: dict[str, Any] = {"setting": {"queue": 2}, "sector": "bar"}
    when = f'avoids = {{ act = "server.rush" }}\nwhen = "{condition}"'
    assert _is_vacuous(finding(when, "- server say", **head))
    while_ = f'avoids = {{ act = "server.rush", while = "{condition}" }}'
    assert _is_vacuous(finding(while_, "- server say", **head))
    assert result(finding(while_, "- server rush", **head)) == 0


@pytest.mark.parametrize(
    ("condition", "events"),
    [
        ("customer.at_fault", {}),
        ("customer.at_fault and setting.queue > 0", {}),
        ("seen('customer.complain')", {"trigger for": [1]}),
        ("count('system.fault') > 1", {"trigger for": [2]}),
        ("seen('bystander.join_queue')", {"trigger for": [4]}),
        ("ever(strain > 0.3)", {"trigger for": [1]}),
        ("ever(queue > 0)", {}),
    ],
)
def test_a_true_when_that_reads_customer_or_system_is_an_occasion(
    finding: Ask, condition: str, events: dict[str, list[int]]
) -> None:
    """The events that made it true are cited: the first match, the cue."""
    text = "- server say\n- customer complain\n- system fault\n- system fault\n- bystander join_queue"
    found = finding(
        f'avoids = {{ act = "server.rush" }}\nwhen = "{condition}"',
        text,
        setting={"queue": 2},
        customer={"at_fault": True},
    )
    assert (found.fulfilment, found.judged, cited(found)) == (1, True, events)


def test_an_applying_situation_that_reads_the_customer_is_an_occasion(finding: Ask) -> None:
    """Not to blame somebody who could be blamed (B10); it earns a bonus without an event."""
    criterion = (
        MUST + 'avoids = { act = "server.blame" }\n[[criterion.situation]]\nwhen = "customer.at_fault"\nrole = "bonus"'
    )
    found = finding(criterion, "- server say", customer={"at_fault": True})
    assert (found.role, found.judged, found.rating, found.points) == ("bonus", True, 1, 1)
    assert str(found.reason) == "There was occasion for it, but it stayed away: “blame”."
    assert _is_vacuous(finding(criterion, "- server say", customer={"at_fault": False}))
    assert _is_vacuous(finding(criterion, "- server say"))


def test_what_stayed_away_is_named_with_its_tags(finding: Ask) -> None:
    """A ride with other small talk in it is not said to be without any."""
    criterion = 'avoids = { act = "server.blame | server.small_talk #minor" }\nwhen = "seen(\'customer.ask\')"'
    found = finding(criterion, "- customer ask\n- server small_talk")
    assert str(found.reason) == "There was occasion for it, but it stayed away: “blame” or “small talk” #minor."


# --- records ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", ["full", "excerpt"])
def test_the_absence_of_an_unwanted_act_is_believed_in_both_records(finding: Ask, record: str) -> None:
    """Rule 4."""
    found = finding(
        'avoids = { act = "server.rush" }\nwhen = "seen(\'customer.ask\')"', "- customer ask", record=record
    )
    assert (found.fulfilment, found.judged) == (1, True)


def test_absence_is_believed_only_where_it_would_show(finding: Ask) -> None:
    """A breach that was noted counts all the same."""
    criterion = 'avoids = { act = "server.rush | server.look_away" }'
    found = finding(criterion, "- server say", channel="phone")
    assert found.outcome is NOT_OBSERVED
    assert str(found.reason) == "The record does not cover what would have shown “rushing” or “looking away”."
    assert result(finding(criterion, "- server rush", channel="phone")) == 0
    assert result(finding(criterion, "- server look_away", channel="phone")) == 0
