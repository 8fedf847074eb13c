"""`shows`: did it happen, often enough, in enough phases, in time and for long enough?"""

from __future__ import annotations

import pytest
from tests.reference.conftest import Ask, cited, result

from palvelumittari.records.verdict import Outcome

NOT_APPLICABLE, NOT_OBSERVED, UNDECIDED = Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED, Outcome.UNDECIDED
BONUS = 'role = "bonus"\n'


def test_an_act_that_happened(finding: Ask) -> None:
    """Every matching event is cited for the service."""
    found = finding('shows = { act = "server.greet" }', "- server greet\n- customer greet\n- server greet")
    assert (found.fulfilment, found.outcome, cited(found)) == (1, Outcome.MET, {"credit for": [0, 2]})
    assert str(found.reason) == "It happened: “greeting” (event 1), “greeting” (event 3)."


@pytest.mark.parametrize(("count", "share"), [(0, 0.0), (1, 1 / 3), (2, 2 / 3), (3, 1.0), (4, 1.0)])
def test_the_share_of_how_often(finding: Ask, count: int, share: float) -> None:
    """At most 1."""
    found = finding(
        BONUS + 'shows = { act = "server.say", at_least = 3 }', "- customer say\n" + "- server say\n" * count
    )
    assert result(found) == pytest.approx(share)


def test_the_share_of_phases(finding: Ask) -> None:
    """Twice in one phase is one of two; the lesser share counts."""
    text = "- server smile\n- server smile\n- server serve\n%s- server thank"
    criterion = BONUS + 'shows = { act = "server.smile", phases = 2 }'
    assert result(finding(criterion, text % "")) == 0.5
    assert result(finding(criterion, text % "- server smile\n")) == 1
    both = BONUS + 'shows = { act = "server.smile", phases = 2, at_least = 4 }'
    assert result(finding(both, text % "- server smile\n")) == 0.75


def test_only_in_a_phase(finding: Ask) -> None:
    """One or several."""
    text = "- server smile\n- server serve\n- server smile\n- server thank\n- server smile"
    assert cited(finding('shows = { act = "server.smile", phase = "closing" }', text)) == {"credit for": [4]}
    several = 'shows = { act = "server.smile", phase = ["opening", "closing"] }'
    assert cited(finding(several, text)) == {"credit for": [0, 4]}


def test_only_while(finding: Ask) -> None:
    """The reading at that moment decides."""
    text = "- server small_talk\n- customer minimal #lengthened\n- server small_talk"
    assert cited(finding('shows = { act = "server.small_talk", while = "talk > 0.3" }', text)) == {"credit for": [0]}


# --- silence ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["must", "bonus", "penalty"])
def test_what_nobody_noted_is_missed_in_a_full_record(finding: Ask, role: str) -> None:
    """Rule 3."""
    found = finding(f'role = "{role}"\nshows = {{ act = "server.greet | server.nod" }}', "- server say")
    assert (found.fulfilment, found.outcome, found.evidence) == (0, Outcome.MISSED, ())
    assert str(found.reason) == "Nothing of it happened. Would have counted: “greeting” or “nod”."


@pytest.mark.parametrize("role", ["must", "linear", "bonus", "penalty"])
def test_what_nobody_noted_is_not_observed_in_an_excerpt(finding: Ask, role: str) -> None:
    """Rule 3: silence proves nothing in a told story, even when the customer has left."""
    criterion = f'role = "{role}"\nshows = {{ act = "server.greet" }}'
    assert result(finding(criterion, "- server say\n- customer leave", record="excerpt")) is NOT_OBSERVED


def test_a_hit_counts_in_an_excerpt(finding: Ask) -> None:
    """And in part, where more was wanted."""
    assert result(finding('shows = { act = "server.greet" }', "- server greet", record="excerpt")) == 1
    half = BONUS + 'shows = { act = "server.greet", at_least = 2 }'
    assert result(finding(half, "- server greet", record="excerpt")) == 0.5


def test_absence_is_known_only_where_it_would_show(finding: Ask) -> None:
    """A hit counts always; without one, every alternative must be observed."""
    criterion = 'shows = { act = "server.greet | server.smile" }'
    assert result(finding(criterion, "- server say", channel="phone")) is NOT_OBSERVED
    assert result(finding(criterion, "- server greet", channel="phone")) == 1
    assert result(finding(criterion, "- server smile", channel="phone")) == 1
    assert result(finding(criterion, "- server say", channel="phone", observed=["speech", "face"])) == 0.25


# --- omission is not commission -----------------------------------------------------------------------------------


def test_an_omission_is_worth_a_quarter_in_a_linear_criterion(finding: Ask) -> None:
    """Without a trigger; it is a floor under the share."""
    found = finding('shows = { act = "server.greet" }', "- server say")
    assert (found.fulfilment, found.outcome, found.rating) == (0.25, Outcome.PARTLY, -0.5)
    assert result(finding('shows = { act = "server.greet", at_least = 5 }', "- server greet")) == 0.25
    assert result(finding('shows = { act = "server.greet", at_least = 2 }', "- server greet")) == 0.5


@pytest.mark.parametrize("role", ["linear", "must", "bonus"])
@pytest.mark.parametrize("otherwise", [0, 0.5, 1])
def test_otherwise_is_the_floor_under_the_share(finding: Ask, role: str, otherwise: float) -> None:
    """In any role, less than a quarter too."""
    criterion = f'role = "{role}"\nshows = {{ act = "server.greet", at_least = 4, otherwise = {otherwise} }}'
    assert result(finding(criterion, "- server say")) == otherwise
    assert result(finding(criterion, "- server greet")) == max(0.25, otherwise)


def test_a_triggered_omission_has_no_floor(finding: Ask) -> None:
    """Whoever was asked for it and does not do it has missed it."""
    assert result(finding('shows = { act = "server.help", after = "customer.ask" }', "- customer ask")) == 0
    floor = 'shows = { act = "server.help", after = "customer.ask", otherwise = 0.5 }'
    assert result(finding(floor, "- customer ask")) == 0.5


def test_a_situation_that_changes_the_role_changes_the_floor(finding: Ask) -> None:
    """The role as the situations made it."""
    criterion = 'shows = { act = "server.greet" }\n[[criterion.situation]]\nwhen = "setting.queue > 3"\nrole = "bonus"'
    assert result(finding(criterion, setting={"queue": 4})) == 0


# --- after --------------------------------------------------------------------------------------------------------


def test_after_counts_acts_after_the_first_trigger(finding: Ask) -> None:
    """Earlier ones do not count; the trigger is cited."""
    criterion = 'shows = { act = "server.help", after = "customer.ask", at_least = 2 }'
    text = "- server help\n- customer ask\n- server help\n- customer ask\n- server help"
    found = finding(criterion, text)
    assert (found.fulfilment, cited(found)) == (1, {"trigger for": [1], "credit for": [2, 4]})


def test_after_without_a_trigger_is_not_applicable(finding: Ask) -> None:
    """In any record, and even if the act was done."""
    found = finding('shows = { act = "server.help", after = "customer.ask" }', "- server help")
    assert found.outcome is NOT_APPLICABLE
    assert str(found.reason) == "Nothing called for it: no “question”."


def test_after_in_an_excerpt_stays_open_until_the_customer_leaves(finding: Ask) -> None:
    """Rules 1 and 2."""
    criterion = 'shows = { act = "server.help", after = "customer.ask" }'
    assert result(finding(criterion, "- customer ask\n- server say", record="excerpt")) is UNDECIDED
    assert result(finding(criterion, "- customer ask\n- customer leave", record="excerpt")) == 0


def test_what_comes_after_the_customer_left_still_counts_without_a_window(finding: Ask) -> None:
    """Aftercare: `after` says where counting begins; only `within` sets an end."""
    text = "- customer complain\n- customer leave\n- server help"
    assert result(finding('shows = { act = "server.help", after = "customer.complain" }', text)) == 1
    window = 'shows = { act = "server.help", after = "customer.complain", within = "3 turns" }'
    assert result(finding(window, text)) == 0


def test_a_triggered_act_that_would_not_show(finding: Ask) -> None:
    """Not observed, whatever the window."""
    criterion = 'shows = { act = "server.smile", after = "customer.ask" }'
    found = finding(criterion, "- customer ask\n- customer leave", channel="phone")
    assert (found.outcome, cited(found)) == (NOT_OBSERVED, {"trigger against": [0]})


# --- within and longer --------------------------------------------------------------------------------------------


def test_within_without_after_runs_from_the_start(finding: Ask) -> None:
    """Of the record, that is from 0:00."""
    criterion = BONUS + 'shows = { act = "server.greet", within = "30 s" }'
    assert result(finding(criterion, "0:30 server greet")) == 1
    assert result(finding(criterion, "0:31 server greet")) == 0
    assert result(finding(criterion, "- server greet")) is UNDECIDED
    turns = BONUS + 'shows = { act = "server.greet", within = "1 turn" }'
    assert result(finding(turns, "- customer say\n- server greet")) == 1
    assert result(finding(turns, "- server say\n- customer say\n- server greet")) == 0
    assert result(finding(turns, "- server say\n- customer say\n- server greet", record="excerpt")) is NOT_OBSERVED


def test_within_after_a_trigger(finding: Ask) -> None:
    """Only hits inside the window count."""
    criterion = 'shows = { act = "server.help", after = "customer.ask", within = "30 s" }'
    assert result(finding(criterion, "0:00 customer ask\n0:30 server help")) == 1
    assert result(finding(criterion, "0:00 customer ask\n0:31 server help", record="excerpt")) == 0
    assert result(finding(criterion, "0:00 customer ask\n0:10 server say", record="excerpt")) is UNDECIDED
    assert result(finding(criterion, "- customer ask\n0:10 server say", record="excerpt")) is UNDECIDED
    assert result(finding(criterion, "- customer ask\n0:10 server help")) is UNDECIDED


def test_longer_compares_how_long_the_act_lasted(finding: Ask) -> None:
    """At least as long; the record's own duration, not the time until the next event."""
    criterion = BONUS + 'shows = { act = "server.help", longer = "30 s" }'
    assert result(finding(criterion, "0:00 server help (30 s)")) == 1
    assert result(finding(criterion, "0:00 server help (29 s)\n9:00 server say")) == 0


def test_a_duration_that_nobody_noted_is_not_a_miss(finding: Ask) -> None:
    """Undecided, unless another act lasted long enough."""
    criterion = BONUS + 'shows = { act = "server.help", longer = "30 s" }'
    assert result(finding(criterion, "- server help")) is UNDECIDED
    assert result(finding(criterion, "- server help\n- server help (1 min)")) == 1
    window = BONUS + 'shows = { act = "server.help", longer = "30 s", within = "30 s" }'
    assert result(finding(window, "1:00 server help\n- server say")) == 0
