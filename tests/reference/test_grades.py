"""`grades`: which step of a scale did it reach?"""

from __future__ import annotations

import pytest
from tests.reference.conftest import Ask, cited, result

from palvelumittari.records.verdict import Outcome

NOT_APPLICABLE, NOT_OBSERVED, UNDECIDED = Outcome.NOT_APPLICABLE, Outcome.NOT_OBSERVED, Outcome.UNDECIDED
MUST = 'role = "must"\n'
SCALE = """grades = { acts = [
  { act = "server.greet", is = 1 },
  { act = "server.nod | server.smile", is = 0.5, phase = "opening" },
  { act = "server.attend", is = 0.2 },
]%s }"""
UNWANTED = 'grades = { acts = [{ act = "server.blame", is = 0 }, { act = "server.rush", is = 0.75 }], otherwise = 1%s }'


@pytest.mark.parametrize(
    ("pick", "share"), [("", 0.2), (', pick = "worst"', 0.2), (', pick = "best"', 1.0), (', pick = "sum"', 1.0)]
)
def test_pick_says_which_grade_counts(finding: Ask, pick: str, share: float) -> None:
    """The worst by default."""
    assert result(finding(SCALE % pick, "- server greet\n- server offer\n- server nod")) == share


def test_the_first_matching_step_grades_an_event(finding: Ask) -> None:
    """A nod in the opening is a nod, later it is but attention; the order of the steps decides."""
    assert result(finding(SCALE % "", "- server nod\n- server serve")) == 0.5
    assert result(finding(SCALE % "", "- server serve\n- server nod")) == 0.2


def test_a_step_counts_while_its_condition_holds(finding: Ask) -> None:
    """Else the next step that matches."""
    steps = '{ act = "server.small_talk", is = 1, while = "talk > 0.3" }, { act = "server.small_talk", is = 0 }'
    criterion = f"grades = {{ acts = [{steps}] }}"
    found = finding(criterion, "- server small_talk")
    assert found.fulfilment == 1
    assert str(found.reason) == "“small talk” (event 1), while “Appetite for talk” > 0.3: 100% of what could be."
    assert result(finding(criterion, "- customer minimal #lengthened\n- server small_talk")) == 0


def test_sum_adds_each_step_once(finding: Ask) -> None:
    """Two thanks are no more than one, and it stops at 1."""
    criterion = """grades = { acts = [{ act = "server.thank", is = 0.5 }, { act = "server.farewell", is = 0.3 },
      { act = "server.smile", is = 0.4 }], pick = "sum" }"""
    assert result(finding(criterion, "- server thank\n- server thank")) == 0.5
    found = finding(criterion, "- server thank\n- server wish\n- server thank")
    assert (found.fulfilment, cited(found)) == (0.8, {"credit for": [0, 1, 2]})
    assert result(finding(criterion, "- server thank\n- server wish\n- server smile")) == 1


def test_the_deciding_events_are_cited(finding: Ask) -> None:
    """Those with the grade that counts; they speak for the service unless the role makes a loss of them."""
    text = "- server nod\n- server smile\n- server greet"
    assert cited(finding(SCALE % "", text)) == {"credit for": [0, 1]}
    assert cited(finding(MUST + SCALE % "", text)) == {"credit against": [0, 1]}
    found = finding(SCALE % ', pick = "best"', text)
    assert (cited(found), str(found.reason)) == ({"credit for": [2]}, "“greeting” (event 3): 100% of what could be.")
    assert cited(finding(SCALE % "", "- server offer")) == {"credit against": [0]}


# --- nothing matched ----------------------------------------------------------------------------------------------


def test_nothing_matched_and_no_otherwise_is_not_applicable(finding: Ask) -> None:
    """In any record."""
    assert result(finding(SCALE % "", "- server say")) is NOT_APPLICABLE
    assert result(finding(SCALE % "", "- server say", record="excerpt")) is NOT_APPLICABLE


@pytest.mark.parametrize("otherwise", [0, 0.25, 0.8])
def test_nothing_matched_is_worth_otherwise(finding: Ask, otherwise: float) -> None:
    """Rule 3: in a full record; not observed in an excerpt, or where it would not show."""
    criterion = SCALE % f", otherwise = {otherwise}"
    assert result(finding(criterion, "- server say")) == otherwise
    assert result(finding(criterion, "- server say", record="excerpt")) is NOT_OBSERVED
    assert result(finding(criterion, "- server say", channel="phone")) is NOT_OBSERVED
    assert result(finding(criterion, "- server greet", channel="phone", record="excerpt")) == 1


# --- after --------------------------------------------------------------------------------------------------------


def test_only_what_follows_the_first_trigger_is_graded(finding: Ask) -> None:
    """The trigger is cited with the grade."""
    criterion = SCALE % ', after = "customer.complain"'
    found = finding(criterion, "- server greet\n- customer complain\n- server offer\n- customer complain")
    assert (found.fulfilment, cited(found)) == (0.2, {"trigger against": [1], "credit against": [2]})
    assert result(finding(criterion, "- server greet")) is NOT_APPLICABLE


def test_nothing_after_a_trigger_is_worth_nothing(finding: Ask) -> None:
    """Or `otherwise`; undecided while an excerpt leaves it open, not observed where it would not show."""
    criterion = SCALE % ', after = "customer.complain"'
    found = finding(criterion, "- customer complain")
    assert (found.fulfilment, cited(found)) == (0, {"trigger against": [0]})
    assert result(finding(SCALE % ', after = "customer.complain", otherwise = 0.5', "- customer complain")) == 0.5
    assert result(finding(criterion, "- customer complain", record="excerpt")) is UNDECIDED
    assert result(finding(criterion, "- customer complain\n- customer leave", record="excerpt")) == 0
    assert result(finding(criterion, "- customer complain", channel="phone")) is NOT_OBSERVED


def test_what_comes_after_the_customer_left_is_graded(finding: Ask) -> None:
    """Aftercare counts."""
    text = "- customer complain\n- customer leave\n- server greet"
    assert result(finding(SCALE % ', after = "customer.complain"', text)) == 1


@pytest.mark.parametrize("record", ["full", "excerpt"])
def test_an_unwanted_act_that_did_not_follow_is_believed_in_both_records(finding: Ask, record: str) -> None:
    """Rule 4: the trigger was the occasion."""
    found = finding(MUST + UNWANTED % ', after = "customer.complain"', "- customer complain", record=record)
    assert (found.fulfilment, found.judged, cited(found)) == (1, True, {"trigger for": [0]})


# --- healed -------------------------------------------------------------------------------------------------------


def test_a_healed_breach_no_longer_counts(finding: Ask) -> None:
    """Until one of these acts follows it; what was perfect needs no healing."""
    criterion = MUST + UNWANTED % ', healed = "server.apologise"'
    assert result(finding(criterion, "- server blame")) == 0
    healed = finding(criterion, "- server blame\n- server apologise")
    assert (healed.fulfilment, cited(healed)) == (1, {"trigger for": [0], "credit for": [1]})
    assert result(finding(criterion, "- server apologise\n- server blame")) == 0
    assert result(finding(criterion, "- server blame\n- server apologise\n- server rush")) == 0.75


def test_the_healing_act_may_be_graded_itself(finding: Ask) -> None:
    """As a warm referral after a cold one."""
    steps = '{ act = "server.help", is = 1 }, { act = "server.refer", is = 0 }'
    criterion = f'grades = {{ acts = [{steps}], healed = "server.help" }}'
    found = finding(criterion, "- server refer\n- server help")
    assert (found.fulfilment, cited(found)) == (1, {"credit for": [1]})
    assert result(finding(criterion, "- server help\n- server refer")) == 0


# --- occasions ----------------------------------------------------------------------------------------------------


def test_unwanted_acts_without_an_occasion_are_met_but_not_judged(finding: Ask) -> None:
    """As in `avoids`, in any record; not observed where they would not show."""
    for record in ("full", "excerpt"):
        found = finding(MUST + UNWANTED % "", "- server say", record=record)
        assert (found.outcome, found.judged, found.points) == (Outcome.MET, False, 0)
    assert result(finding(MUST + UNWANTED % "", "- server say", observed=["face"])) is NOT_OBSERVED


def test_a_true_when_or_while_is_an_occasion(finding: Ask) -> None:
    """A step's condition that held at some event, or a `when` that reads the customer."""
    when = MUST + UNWANTED % "" + "\nwhen = \"seen('customer.complain')\""
    found = finding(when, "- customer complain")
    assert (found.judged, cited(found)) == (True, {"trigger for": [0]})
    steps = '{ act = "server.rush", is = 0.5 }, { act = "server.offer", is = 0, while = "declined > 0.5" }'
    while_ = f"{MUST}grades = {{ acts = [{steps}], otherwise = 1 }}"
    held = finding(while_, "- customer decline\n- server say")
    assert (held.judged, cited(held)) == (True, {"trigger for": [0]})
    assert not finding(while_, "- server say").judged


def test_a_condition_that_nobody_brought_about_is_no_occasion(finding: Ask) -> None:
    """As in `avoids`: readings that stand where they start give none; a cue behind them does."""
    criterion = MUST + 'grades = { acts = [{ act = "server.offer", is = 0, while = "strain < 0.9" }], otherwise = 1 }'
    assert not finding(criterion, "- customer ask\n- server say").judged
    shown = finding(criterion, "- customer complain\n- server say")
    assert (shown.judged, cited(shown)) == (True, {"trigger for": [0]})
