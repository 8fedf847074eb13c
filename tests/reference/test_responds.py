"""`responds`: was each trigger answered in time, unless something removed it?"""

from __future__ import annotations

import pytest
from tests.reference.conftest import Ask, cited, result

from palvelumittari.records.verdict import Outcome

UNDECIDED, NOT_OBSERVED = Outcome.UNDECIDED, Outcome.NOT_OBSERVED
ANSWERED = 'responds = { after = "customer.ask", with = "server.answer | server.smile", within = "1 turn" }'
UNLESS = """[criterion.responds]
after = "customer.ask"
with = "server.answer"
within = "1 turn"
unless = "customer.decline | server.refer"
"""


def test_the_share_of_triggers_that_were_answered(finding: Ask) -> None:
    """Triggers and answers are cited apart."""
    text = "- customer ask\n- server answer\n- customer ask\n- server say\n- customer ask\n- server smile\n- server say"
    found = finding(ANSWERED, text)
    assert found.fulfilment == pytest.approx(2 / 3)
    assert cited(found) == {"trigger for": [0, 4], "trigger against": [2], "credit for": [1, 5]}
    assert str(found.reason) == (
        "Only 2 of 3 were answered; not “question” (event 3). Would have counted: “answer” or “smile”."
    )


def test_all_or_none_answered(finding: Ask) -> None:
    """The reasons name what came, or what would have counted."""
    met = finding(ANSWERED, "- customer ask\n- server answer")
    assert (met.fulfilment, str(met.reason)) == (1, "Answered (1 of 1): “answer” (event 2).")
    missed = finding(ANSWERED, "- customer ask\n- server say")
    assert (missed.fulfilment, cited(missed)) == (0, {"trigger against": [0]})
    assert str(missed.reason) == "Not answered: “question” (event 1). Would have counted: “answer” or “smile”."


def test_no_trigger_is_not_applicable(finding: Ask) -> None:
    """Nothing to answer."""
    found = finding(ANSWERED, "- server answer")
    assert (found.outcome, str(found.reason)) == (Outcome.NOT_APPLICABLE, "Nothing called for it: no “question”.")


def test_an_answer_comes_later_in_order(finding: Ask) -> None:
    """At the same time is later if it stands later; what stands before answers nothing."""
    assert result(finding(ANSWERED, "0:05 customer ask\n0:05 server answer")) == 1
    assert result(finding(ANSWERED, "0:05 server answer\n0:05 customer ask")) == 0


def test_one_act_may_answer_several_triggers(finding: Ask) -> None:
    """It is cited once."""
    found = finding(ANSWERED, "- customer ask\n- customer ask\n- server answer")
    assert (found.fulfilment, cited(found)) == (1, {"trigger for": [0, 1], "credit for": [2]})


def test_without_within_the_window_reaches_to_the_end(finding: Ask) -> None:
    """However many turns later; but not beyond the customer's leaving."""
    criterion = 'responds = { after = "customer.ask", with = "server.answer" }'
    text = "- customer ask\n- server say\n- customer say\n- server say\n- customer say\n%s- server answer"
    assert result(finding(criterion, text % "")) == 1
    assert result(finding(criterion, text % "- customer leave\n")) == 0


# --- unless -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("- customer ask\n- customer decline\n- server answer", None),
        ("- customer ask\n- server refer\n- server answer", None),
        ("- customer ask\n- server answer\n- server refer", 1),
        ("- customer ask\n- customer decline", None),
        ("- customer decline\n- customer ask\n- server say", 0),
        ("- customer ask\n- server say\n- customer decline", 0),
    ],
)
def test_an_unless_act_before_the_answer_removes_the_trigger(finding: Ask, text: str, share: float | None) -> None:
    """Inside the window and before the answer; after either it changes nothing."""
    assert result(finding(UNLESS, text)) == (Outcome.NOT_APPLICABLE if share is None else share)


def test_a_removed_trigger_leaves_the_others(finding: Ask) -> None:
    """It is neither met nor missed; with none left, the reason says what happened."""
    found = finding(UNLESS, "- customer ask\n- server refer\n- customer ask\n- server answer")
    assert (found.fulfilment, cited(found)) == (1, {"trigger for": [2], "credit for": [3]})
    none = finding(UNLESS, "- customer ask\n- server refer")
    assert str(none.reason) == "What called for it was settled otherwise before it was due: “question”."


# --- rules --------------------------------------------------------------------------------------------------------

RULES = """responds = { rules = [
  { after = "customer.ask", with = "server.answer", within = "1 turn" },
  { after = "customer.ask | customer.complain", with = "server.apologise", within = "1 turn" },
] }"""


def test_pooled_rules_share_one_denominator(finding: Ask) -> None:
    """Each rule has its own triggers; one event may call for two answers, and is cited once a side."""
    text = "- customer ask\n- server answer\n- customer complain\n- server apologise"
    found = finding(RULES, text)
    assert found.fulfilment == pytest.approx(2 / 3)
    assert cited(found) == {"trigger for": [0, 2], "trigger against": [0], "credit for": [1, 3]}
    assert str(found.reason) == ("Only 2 of 3 were answered; not “question” (event 1). Would have counted: “apology”.")
    both = finding(RULES, "- customer ask\n- server answer\n- server apologise")
    assert cited(both) == {"trigger for": [0], "credit for": [1, 2]}


def test_no_trigger_of_any_rule(finding: Ask) -> None:
    """All that could have called for it is named."""
    assert str(finding(RULES).reason) == "Nothing called for it: no “question” or “complaint”."


# --- what cannot be told ------------------------------------------------------------------------------------------


def test_an_open_trigger_is_left_out_of_the_share(finding: Ask) -> None:
    """Rule 2; if all are, it is undecided."""
    found = finding(ANSWERED, "- customer ask\n- server answer\n- customer ask", record="excerpt")
    assert (found.fulfilment, cited(found)) == (1, {"trigger for": [0], "credit for": [1]})
    all_open = finding(ANSWERED, "- customer ask\n- customer ask", record="excerpt")
    assert (all_open.outcome, cited(all_open)) == (UNDECIDED, {"trigger against": [0, 1]})
    assert str(all_open.reason) == ("The record ends before it could be seen whether “answer” or “smile” followed.")


def test_an_answer_that_would_not_show_is_not_observed(finding: Ask) -> None:
    """Only where the window has passed; a hit counts always."""
    missing = "- customer ask\n- server say"
    assert result(finding(ANSWERED, missing, channel="phone")) is NOT_OBSERVED
    assert result(finding(ANSWERED, "- customer ask\n- server smile\n- server say", channel="phone")) == 1
    assert result(finding(ANSWERED, missing + "\n- customer ask\n- server answer", channel="phone")) == 1
    assert result(finding(ANSWERED, missing + "\n- customer ask", channel="phone", record="excerpt")) is UNDECIDED


def test_untimed_triggers_are_left_out_too(finding: Ask) -> None:
    """One could be told, one could not."""
    criterion = 'responds = { after = "customer.ask", with = "server.answer", within = "9 s" }'
    text = "- customer ask\n- server answer\n0:10 customer ask\n0:12 server answer"
    found = finding(criterion, text, record="excerpt")
    assert (found.fulfilment, cited(found)) == (1, {"trigger for": [2], "credit for": [3]})


def test_an_unless_act_that_cannot_be_timed_removes(finding: Ask) -> None:
    """In doubt the trigger is left out, not missed."""
    criterion = (
        'responds = { after = "customer.ask", with = "server.answer", within = "9 s", unless = "customer.decline" }'
    )
    assert result(finding(criterion, "- customer ask\n- customer decline")) is Outcome.NOT_APPLICABLE
    assert result(finding(criterion, "0:00 customer ask\n0:10 customer decline")) == 0


# --- situations ---------------------------------------------------------------------------------------------------


def test_a_situation_may_change_the_keys_of_the_rule(finding: Ask) -> None:
    """They stand flat, one by one, and in every rule where there are several."""
    text = "- customer ask\n- server say\n- customer say\n- server say\n- server apologise"
    patient = ANSWERED + '\n[[criterion.situation]]\nwhen = "setting.queue > 0"\nwithin = "2 turns"'
    also = patient + '\n[[criterion.situation]]\nwhen = "setting.queue > 1"\nwith = "server.apologise"'
    assert [result(finding(also, text, setting={"queue": queue})) for queue in (0, 1, 2)] == [0, 0, 1]
    rules = RULES + '\n[[criterion.situation]]\nwhen = "setting.queue > 0"\nwithin = "2 turns"'
    assert [result(finding(rules, text, setting={"queue": queue})) for queue in (0, 1)] == [0, 0.5]


def test_a_situation_may_replace_all_rules(finding: Ask) -> None:
    """`rules` stands flat as well."""
    rules = (
        '[[criterion.situation]]\nwhen = "setting.queue > 0"\nrules = [{ after = "customer.ask", with = "server.nod" }]'
    )
    assert result(finding(f"{ANSWERED}\n{rules}", "- customer ask\n- server nod", setting={"queue": 1})) == 1
