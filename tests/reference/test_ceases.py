"""`ceases`: after a cue, did it stop?"""

from __future__ import annotations

import pytest
from tests.reference.conftest import Ask, cited, result

from palvelumittari.records.verdict import Outcome

UNDECIDED, NOT_APPLICABLE = Outcome.UNDECIDED, Outcome.NOT_APPLICABLE
QUIET = 'ceases = { act = "server.small_talk", once = "talk < 0.3", within = "1 turn", until = "talk > 0.45" }'
NO_MORE = 'ceases = { act = "server.offer", after = "customer.decline"%s }'
HUM = "- customer minimal #lengthened\n"


def test_an_act_that_went_on(finding: Ask) -> None:
    """Trigger and breaches speak against."""
    found = finding(NO_MORE % "", "- customer decline\n- server offer\n- customer say\n- server upsell")
    assert (found.fulfilment, cited(found)) == (0, {"trigger against": [0], "credit against": [1, 3]})
    assert str(found.reason) == (
        "It went on although the customer had shown it was enough: “offer” (event 2), “upselling” (event 4)."
    )


def test_an_act_that_stopped(finding: Ask) -> None:
    """What came instead is credited."""
    found = finding(NO_MORE % "", "- server offer\n- customer decline\n- server quiet\n- server say")
    assert (found.fulfilment, cited(found)) == (1, {"trigger for": [1], "credit for": [2]})
    assert str(found.reason) == "It stopped when the customer showed it was enough."


def test_the_share_of_triggers_that_were_respected(finding: Ask) -> None:
    """Every event that matches `after` is a trigger."""
    text = "- customer decline\n- server offer\n- customer decline\n- server say"
    found = finding(NO_MORE % "", text)
    assert (found.fulfilment, cited(found)) == (
        0.5,
        {"trigger for": [2], "trigger against": [0], "credit for": [3], "credit against": [1]},
    )
    assert str(found.reason) == "It stopped 1 of 2 times; it went on with “offer” (event 2)."


def test_no_trigger_is_not_applicable(finding: Ask) -> None:
    """Neither the event nor the turning point came; the reason names it."""
    assert str(finding(NO_MORE % "", "- server offer").reason) == "Nothing called for it: no “refusal”."
    found = finding(QUIET, "- server small_talk")
    assert (found.outcome, str(found.reason)) == (
        NOT_APPLICABLE,
        "Nothing called for it: “Appetite for talk” < 0.3 never came true.",
    )


# --- once ---------------------------------------------------------------------------------------------------------


def test_the_event_whose_cues_made_it_true_is_the_trigger(finding: Ask) -> None:
    """The second minimal reply, not the first."""
    text = "- customer minimal\n- server small_talk\n- customer minimal\n- server small_talk"
    assert cited(finding(QUIET, text)) == {"trigger against": [2], "credit against": [3]}


def test_it_triggers_again_only_after_it_was_false(finding: Ask) -> None:
    """A third hum is no third trigger; after an open phase a new one is."""
    assert cited(finding(QUIET, HUM * 3 + "- server say"))["trigger for"] == [0]
    text = HUM + "- server quiet\n- customer small_talk\n- server small_talk\n" + HUM + "- server small_talk"
    assert cited(finding(QUIET, text)) == {
        "trigger for": [0],
        "trigger against": [4],
        "credit for": [1],
        "credit against": [5],
    }


def test_true_from_the_start_of_the_record(finding: Ask) -> None:
    """The start is no event, so that only what followed is cited."""
    wish = {"talk_wish": "quiet"}
    assert cited(finding(QUIET, "- server small_talk", customer=wish)) == {"credit against": [0]}
    respected = finding(QUIET, "- server say\n- customer leave", customer=wish)
    assert (respected.fulfilment, cited(respected)) == (1, {"credit for": [0]})


def test_once_may_read_seen_count_and_phase(finding: Ask) -> None:
    """As of the event itself."""
    text = "- customer ask\n- server offer\n- customer ask\n- server say\n- server serve"
    counted = 'ceases = { act = "server.offer", once = "count(\'customer.ask\') > 1" }'
    assert cited(finding(counted, text)) == {"trigger for": [2], "credit for": [3]}
    phase = 'ceases = { act = "server.offer", once = "phase == \'service\'" }'
    assert cited(finding(phase, text + "\n- server offer")) == {"trigger against": [4], "credit against": [5]}


# --- until --------------------------------------------------------------------------------------------------------


def test_until_is_true_the_act_stays_away(finding: Ask) -> None:
    """Once the customer takes it up again, it is welcome; before its own cues the event is not."""
    text = HUM + "- server say\n%s- server small_talk"
    assert result(finding(QUIET, text % "- customer small_talk\n")) == 1
    assert result(finding(QUIET, text % "- customer say\n")) == 0


def test_a_wish_that_was_taken_back_at_once_is_left_out(finding: Ask) -> None:
    """There was no own turn in which to heed it, so nothing is earned."""
    text = HUM + "- customer small_talk\n- server small_talk\n- customer say"
    found = finding(QUIET, text)
    assert (found.outcome, found.evidence) == (NOT_APPLICABLE, ())
    assert str(found.reason) == "The customer took the wish back before there was a turn in which to heed it."
    assert cited(finding(QUIET, text + "\n" + HUM + "- server say")) == {"trigger for": [4], "credit for": [5]}


# --- from when on -------------------------------------------------------------------------------------------------


def test_one_turn_means_at_once(finding: Ask) -> None:
    """The next own run, and what is left of a run that a bystander's coming falls into."""
    criterion = 'ceases = { act = "server.flair", after = "bystander.join_queue" }'
    text = "- server flair\n- bystander join_queue\n- server flair\n- customer say\n- server serve"
    assert cited(finding(criterion, text)) == {"trigger against": [1], "credit against": [2]}


def test_two_turns_leave_one_own_turn_to_finish(finding: Ask) -> None:
    """Gone from the second own turn on."""
    text = "- customer decline\n- server offer\n- server offer\n- customer say\n- server %s"
    criterion = NO_MORE % ', within = "2 turns"'
    assert result(finding(criterion, text % "say")) == 1
    assert cited(finding(criterion, text % "offer")) == {"trigger against": [0], "credit against": [4]}


def test_a_speechless_own_run_counts_as_a_turn_here(finding: Ask) -> None:
    """Falling quiet is an answer to the wish for quiet."""
    text = HUM + "- server quiet"
    assert result(finding(QUIET, text, record="excerpt")) == 1
    two = NO_MORE % ', within = "2 turns"'
    assert result(finding(two, "- customer decline\n- server quiet\n- customer say\n- server offer")) == 0


def test_seconds_of_grace(finding: Ask) -> None:
    """Up to and including the last second; later acts are too late."""
    criterion = NO_MORE % ', within = "5 s"'
    assert result(finding(criterion, "0:00 customer decline\n0:05 server offer\n0:06 server say")) == 1
    assert result(finding(criterion, "0:00 customer decline\n0:06 server offer")) == 0
    assert result(finding(criterion, "- customer decline\n- server offer")) is UNDECIDED
    assert str(finding(criterion, "- customer decline\n- server offer").reason).startswith("Times are missing")


def test_seconds_or_turns(finding: Ask) -> None:
    """Seconds where both ends are timed, else turns."""
    criterion = NO_MORE % ', within = "5 s or 2 turns"'
    assert result(finding(criterion, "0:00 customer decline\n0:06 server offer")) == 0
    assert result(finding(criterion, "- customer decline\n- server offer")) == 1
    assert result(finding(criterion, "- customer decline\n- server offer\n- customer say\n- server offer")) == 0


# --- how it ends --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "record", "outcome"),
    [
        ("- customer decline", "full", Outcome.MET),
        ("- customer decline", "excerpt", UNDECIDED),
        ("- customer decline\n- customer leave", "excerpt", Outcome.MET),
        ("- customer decline\n- server say", "excerpt", Outcome.MET),
        ("- customer decline\n- customer leave\n- server offer", "excerpt", Outcome.MET),
    ],
)
def test_with_no_own_event_afterwards(finding: Ask, text: str, record: str, outcome: Outcome) -> None:
    """Respected if the record is closed, else undecided."""
    assert finding(NO_MORE % "", text, record=record).outcome is outcome


def test_an_undecided_trigger_is_left_out(finding: Ask) -> None:
    """As in `responds`; if all are, the reason says what is not known."""
    text = "- customer decline\n- server offer\n- customer decline"
    assert result(finding(NO_MORE % "", text, record="excerpt")) == 0
    assert cited(finding(NO_MORE % "", text, record="excerpt"))["trigger against"] == [0]
    found = finding(NO_MORE % "", "- customer decline", record="excerpt")
    assert str(found.reason) == "The record ends before it could be seen whether “offer” stopped."
    late = finding(NO_MORE % ', within = "2 turns"', "- customer decline\n- server say", record="excerpt")
    assert late.outcome is UNDECIDED
    soon = finding(NO_MORE % ', within = "9 s"', "0:00 customer decline\n0:05 server say", record="excerpt")
    assert soon.outcome is UNDECIDED


def test_an_act_that_would_not_show_is_not_observed(finding: Ask) -> None:
    """That it stopped is believed only where it would show."""
    criterion = 'ceases = { act = "server.smile", after = "customer.decline" }'
    assert result(finding(criterion, "- customer decline\n- server say", channel="phone")) is Outcome.NOT_OBSERVED
    assert result(finding(criterion, "- customer decline\n- server smile", channel="phone")) == 0
