"""`precedes`: did the right thing come first?"""

from __future__ import annotations

from tests.reference.conftest import Ask, cited, result

from palvelumittari.records.verdict import Outcome

FIRST = 'precedes = { act = "server.offer", first = "server.ask | server.smile"%s }'
MUST = 'role = "must"\n'


def test_the_share_of_acts_that_had_a_first_before_them(finding: Ask) -> None:
    """One `first` prepares all that follow; what came without speaks against."""
    text = "- server offer\n- server ask\n- server offer\n- server offer\n- server ask"
    found = finding(MUST + FIRST % "", text)
    assert (found.outcome, round(found.fulfilment or 0, 6)) == (Outcome.PARTLY, 0.666667)
    assert cited(found) == {"trigger for": [2, 3], "credit for": [1], "credit against": [0]}
    assert str(found.reason) == "“offer” (event 1) came without this before it: “question” or “smile”."


def test_all_prepared(finding: Ask) -> None:
    """The first one is credited."""
    found = finding(FIRST % "", "- server ask\n- server offer")
    assert (found.fulfilment, cited(found)) == (1, {"trigger for": [1], "credit for": [0]})
    assert str(found.reason) == "It came first: “question” (event 1)."


def test_without_any_act_it_is_not_applicable(finding: Ask) -> None:
    """Whatever came first."""
    assert result(finding(FIRST % "", "- server ask")) is Outcome.NOT_APPLICABLE


def test_a_first_that_nobody_noted(finding: Ask) -> None:
    """Rule 3: missed in a full record, not observed in an excerpt; but noted too late is missed in both."""
    assert result(finding(MUST + FIRST % "", "- server offer")) == 0
    found = finding(MUST + FIRST % "", "- server offer", record="excerpt")
    assert (found.outcome, cited(found)) == (Outcome.NOT_OBSERVED, {"trigger against": [0]})
    assert result(finding(MUST + FIRST % "", "- server offer\n- server ask", record="excerpt")) == 0


def test_a_first_that_would_not_show(finding: Ask) -> None:
    """Every alternative must be observed."""
    assert result(finding(MUST + FIRST % "", "- server offer", channel="phone")) is Outcome.NOT_OBSERVED


def test_the_floor_of_a_linear_precedes(finding: Ask) -> None:
    """A quarter, or what `otherwise` says."""
    assert result(finding(FIRST % "", "- server offer")) == 0.25
    assert result(finding(FIRST % ", otherwise = 0", "- server offer")) == 0
    assert result(finding(MUST + FIRST % ", otherwise = 0.5", "- server offer")) == 0.5
    assert result(finding(FIRST % "", "- server offer\n- server ask")) == 0.25
