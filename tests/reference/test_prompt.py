"""`prompt`: how soon did it come?"""

from __future__ import annotations

import pytest
from tests.reference.conftest import Ask, cited, result

from palvelumittari.records.verdict import Outcome

SOON = 'prompt = { after = "customer.ask", act = "server.answer | server.smile", full = "5 s", none = "90 s"%s }'
TURN = SOON % ', untimed = "1 turn"'


@pytest.mark.parametrize(("delay", "share"), [(0, 1.0), (5, 1.0), (47.5, 0.5), (73, 0.2), (90, 0.0), (300, 0.0)])
def test_one_to_zero_linear_between(finding: Ask, delay: float, share: float) -> None:
    """1 up to `full`, 0 from `none`; times run from start to start."""
    minutes, seconds = divmod(10 + delay, 60)
    found = finding(SOON % "", f"0:10 customer ask (9 s)\n{minutes:.0f}:{seconds:06.3f} server answer")
    assert found.fulfilment == pytest.approx(share)


def test_the_first_trigger_and_the_first_act_after_it(finding: Ask) -> None:
    """Later ones do not count."""
    found = finding(
        SOON % "", "0:00 server answer\n0:10 customer ask\n0:12 customer ask\n0:14 server smile\n0:15 server answer"
    )
    assert (found.fulfilment, cited(found)) == (1, {"trigger for": [1], "credit for": [3]})
    assert str(found.reason) == "It came after 4 s: “smile” (0:14)."


def test_too_late_speaks_against(finding: Ask) -> None:
    """As far as the role says so: a linear below one half loses, a bonus never does."""
    text = "0:00 customer ask\n1:13 server answer"
    assert cited(finding(SOON % "", text)) == {"trigger against": [0], "credit against": [1]}
    assert cited(finding('role = "bonus"\n' + SOON % "", text)) == {"trigger for": [0], "credit for": [1]}


def test_no_trigger_is_not_applicable(finding: Ask) -> None:
    """Nothing was waited for."""
    assert result(finding(SOON % "", "0:00 server answer")) is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("- customer ask\n- server smile\n- server say", 1),
        ("- customer ask\n- server say\n- customer say\n- server answer", 0),
        ("0:00 customer ask\n- server answer", 1),
        ("- customer ask\n9:00 server answer", 1),
        ("0:00 customer ask\n0:01 server say\n0:02 customer say\n0:03 server answer", 1),
    ],
)
def test_untimed_is_all_or_nothing_by_turns(finding: Ask, text: str, share: float) -> None:
    """1 inside the window `untimed`, else 0; where both ends are timed, time alone counts."""
    assert result(finding(TURN, text)) == share


def test_untimed_without_a_window_is_undecided(finding: Ask) -> None:
    """Nobody can say how long it took."""
    found = finding(SOON % "", "- customer ask\n- server answer")
    assert (found.outcome, cited(found)) == (Outcome.UNDECIDED, {"trigger against": [0]})
    assert str(finding(TURN, "- customer ask\n- server answer").reason) == (
        "“answer” (event 2); no times were noted, so turns count."
    )


@pytest.mark.parametrize(
    "text",
    [
        "0:00 customer ask\n1:30 customer say",
        "- customer ask\n- customer leave",
        "- customer ask\n- server say",
        "0:00 customer ask\n- server say",
        "0:00 customer ask\n0:05 customer leave\n0:06 server answer",
    ],
)
def test_what_never_came_is_worth_nothing(finding: Ask, text: str) -> None:
    """Once `none` has passed, the turn is over or the customer has left; in any record."""
    found = finding(TURN, text, record="excerpt")
    assert (found.fulfilment, cited(found)) == (0, {"trigger against": [0]})
    assert str(found.reason) == "It never came: “answer” or “smile”."


def test_what_may_still_come_is_undecided_in_an_excerpt(finding: Ask) -> None:
    """And missed in a full record."""
    text = "0:00 customer ask\n1:29 server say"
    assert result(finding(TURN, text, record="excerpt")) is Outcome.UNDECIDED
    assert result(finding(TURN, text)) == 0
    assert result(finding(SOON % "", "- customer ask\n- server say", record="excerpt")) is Outcome.UNDECIDED


def test_what_would_not_show_is_not_observed(finding: Ask) -> None:
    """A phone shows no smile."""
    assert result(finding(TURN, "- customer ask\n- server say", channel="phone")) is Outcome.NOT_OBSERVED


def test_situations_that_cross_full_and_none_leave_a_plain_limit(finding: Ask) -> None:
    """Two situations may each be right alone and move `full` behind `none` together: then `full` decides."""
    rule = """
prompt = { after = "customer.ask", act = "server.answer", full = "5 s", none = "90 s" }
[[criterion.situation]]
when = "true"
full = "60 s"
[[criterion.situation]]
when = "true"
none = "30 s"
"""
    assert finding(rule, "0:00 customer ask\n0:40 server answer").fulfilment == 1
    assert finding(rule, "0:00 customer ask\n1:10 server answer").fulfilment == 0
