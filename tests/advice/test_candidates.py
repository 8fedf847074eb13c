"""What each measure's finding suggests: the rubric's own wish, in its place."""

from __future__ import annotations

import pytest
from tests.advice.conftest import Asked, criterion, said

import palvelumittari as pm
from palvelumittari.records.changes import ChangeKind

# --- avoids -----------------------------------------------------------------------------------------------------


def test_what_should_not_have_been_becomes_what_the_criterion_names(asked: Asked) -> None:
    """All offending events together, in the same place; `instead` says what."""
    body = 'instead = ["ask"]\navoids = { act = "staff.blame" }'
    _, advice = asked(criterion(body, role="must"), "- server blame\n- customer say\n- server blame")
    assert said(advice.pieces[0]) == ["event 1; event 3, after “other speech”: “question” instead of “blame”"]


def test_without_a_better_act_words_become_quiet_and_deeds_are_left_out(asked: Asked) -> None:
    """Silence in place of a sigh would be odd; deleting words would shift turns."""
    body = 'avoids = { act = "staff.blame | staff.sigh" }'
    _, advice = asked(criterion(body, role="must"), "- server blame\n- server sigh")
    assert said(advice.pieces[0]) == ["event 1: “staying quiet” instead of “blame”", "event 2: leave out “sigh”"]


def test_what_is_allowed_stays(asked: Asked) -> None:
    """The smallest change takes away no more than what goes beyond the allowance."""
    body = 'avoids = { act = "staff.offer", allow = 1 }'
    _, advice = asked(criterion(body, role="penalty"), "- server offer\n- server offer")
    assert [change.events for change in advice.pieces[0].changes] == [(1,)]


def test_an_act_that_puts_right_never_comes_in_place_of_what_was_wrong(asked: Asked) -> None:
    """Then there would be nothing to put right: it comes behind."""
    body = 'instead = ["fix"]\navoids = { act = "staff.fail", healed = "staff.fix" }'
    _, advice = asked(criterion(body, role="must"), "- server fail: the wrong key")
    assert said(advice.pieces[0]) == ["right after “the wrong key” (event 1): add “putting right”"]


def test_what_a_colleague_did_is_not_changed_but_made_good(asked: Asked) -> None:
    """The server may not speak for others, but may apologise for them."""
    body = 'avoids = { act = "staff.blame", healed = "staff.apologise" }'
    _, advice = asked(criterion(body, role="must"), "- colleague blame")
    assert said(advice.pieces[0]) == ["right after “blame” (event 1): add “apology”"]


def test_nothing_heals_what_the_customer_did(asked: Asked) -> None:
    """Who has gone is gone; nor can it be unsaid."""
    body = 'avoids = { act = "customer.abandon", healed = "staff.apologise" }'
    _, advice = asked(criterion(body, role="must"), "- customer abandon")
    assert advice.pieces == ()


def test_core_acts_are_never_touched(asked: Asked) -> None:
    """Serving, searching, charging: the task itself is not up for advice."""
    _, advice = asked(criterion('avoids = { act = "staff.serve" }', role="must"), "- server serve")
    assert advice.pieces == ()


# --- ceases -----------------------------------------------------------------------------------------------------


def test_what_went_on_becomes_quiet(asked: Asked) -> None:
    """From the trigger on, and not before it."""
    body = 'ceases = { act = "staff.small_talk", after = "customer.headphones" }'
    timeline = "- server small_talk\n0:36 customer headphones\n0:40 server small_talk"
    _, advice = asked(criterion(body), timeline)
    assert said(advice.pieces[0]) == ["0:40, after “headphones on”: “staying quiet” instead of “small talk”"]


# --- responds ---------------------------------------------------------------------------------------------------


def test_a_good_act_comes_right_behind_each_unanswered_trigger(asked: Asked) -> None:
    """By the rule of each trigger; all together, and one alone."""
    body = """
    [criterion.responds]
    rules = [
      { after = "customer.ask", with = "staff.answer", within = "1 turn" },
      { after = "customer.complain", with = "staff.apologise", within = "1 turn" },
    ]"""
    _, advice = asked(criterion(body), "- customer ask\n- server idle\n- customer complain\n- server say")
    assert [said(piece) for piece in advice.pieces] == [
        ["right after “question” (event 1): add “answer”"],
        ["right after “complaint” (event 3): add “apology”"],
        ["right after “question” (event 1): add “answer”", "right after “complaint” (event 3): add “apology”"],
    ]


def test_an_answer_that_came_late_moves_to_the_trigger(asked: Asked) -> None:
    """It need not be said twice; behind the second question it answers both, and it moves to one place only."""
    body = 'responds = { after = "customer.ask", with = "staff.answer", within = "20 s" }'
    one, advice = asked(criterion(body), "0:00 customer ask\n0:05 customer ask\n1:00 server answer: blue")
    assert said(advice.pieces[0]) == ["0:05, after the second “question”: “answer” already here, not only later (1:00)"]
    assert advice.pieces[0].apply(one).events[2].text == "blue"
    assert all(len(piece.changes) == 1 for piece in advice.pieces)


def test_the_task_is_asked_for_only_where_it_never_came(asked: Asked) -> None:
    """A late service is late; to serve twice would be an exploit."""
    body = 'responds = { after = "customer.request", with = "staff.serve", within = "20 s" }'
    _, late = asked(criterion(body), "0:00 customer request\n5:00 server serve")
    _, never = asked(criterion(body), "0:00 customer request\n5:00 customer sigh")
    assert late.pieces == ()
    assert said(never.pieces[0]) == ["0:00, after “request”: add “serving”"]


def test_what_the_criterion_names_goes_before_the_first_of_its_answers(asked: Asked) -> None:
    """`instead` is what advice proposes, wherever it stands."""
    body = 'instead = ["explain"]\nresponds = { after = "customer.ask", with = "staff.answer | staff.explain" }'
    _, advice = asked(criterion(body), "- customer ask")
    assert said(advice.pieces[0]) == ["right after “question” (event 1): add “explanation”"]


@pytest.mark.parametrize("wanted", ["customer.watch", "colleague.answer", "staff.gift", "staff.compensate"])
def test_what_the_server_may_not_do_or_what_costs_is_not_proposed(asked: Asked, wanted: str) -> None:
    """Nobody is told to make the customer watch, to be somebody else, or to give things away."""
    _, advice = asked(criterion(f'responds = {{ after = "customer.ask", with = "{wanted}" }}'), "- customer ask")
    assert advice.pieces == ()


def test_addressee_and_tags_come_along(asked: Asked) -> None:
    """The proposal is what the selector asks for, of a group its first member."""
    body = 'responds = { after = "bystander.join_queue", with = "staff.attend #aloud > bystander", within = "1 turn" }'
    one, advice = asked(criterion(body), "- bystander join_queue")
    assert said(advice.pieces[0]) == [
        "right after “joining the queue” (event 1): add “noticing” #aloud to those who wait"
    ]
    event = advice.pieces[0].apply(one).events[1]
    assert (event.act, event.to, event.tags) == ("notice", pm.Actor.BYSTANDER, ("aloud",))


# --- prompt, precedes, shows ------------------------------------------------------------------------------------


def test_a_late_act_comes_at_once(asked: Asked) -> None:
    """Moved to the trigger, and as early."""
    body = 'prompt = { after = "customer.arrive", act = "staff.greet", full = "5 s", none = "90 s" }'
    one, advice = asked(criterion(body), "0:00 customer arrive\n1:00 server greet")
    assert said(advice.pieces[0]) == ["0:00, after “arrival”: “greeting” already here, not only later (1:00)"]
    assert advice.pieces[0].apply(one).events[1].at_ms == 0


def test_what_should_come_first_comes_before_the_rash_act(asked: Asked) -> None:
    """Added where it never came, moved where it came later."""
    body = 'precedes = { act = "staff.charge", first = "staff.check_back" }'
    _, never = asked(criterion(body), "- customer request\n- server charge")
    _, later = asked(criterion(body), "- server charge\n- server check_back")
    assert said(never.pieces[0]) == ["right after “request” (event 1): add “check-back”"]
    assert said(later.pieces[0]) == ["at the start: “check-back” already here, not only later (event 2)"]
    _, other = asked(criterion(f'instead = ["check_back"]\n{body}'), "- customer request\n- server charge")
    assert said(other.pieces[0]) == said(never.pieces[0])


def test_a_missing_act_comes_behind_its_trigger(asked: Asked) -> None:
    """Where the measure has one."""
    body = 'shows = { act = "staff.hint", after = "customer.ask" }'
    _, advice = asked(criterion(body), "- customer say\n- customer ask\n- customer say")
    assert said(advice.pieces[0]) == ["right after “question” (event 2): add “useful hint”"]


MEETING = """
- bystander say
- customer arrive
- customer request
- server serve
- customer search
- customer browse"""


@pytest.mark.parametrize(
    ("wanted", "said_where"),
    [
        ('"staff.greet"', "right after “arrival” (event 2): add “greeting”"),
        ('"staff.hint"', "right after “browsing” (event 6): add “useful hint”"),
        ('"staff.farewell"', "right after “thanks” (event 8): add “farewell”"),
        ('"staff.hint", phase = "closing"', "right after “thanks” (event 8): add “useful hint”"),
        ('"staff.hint", phase = "opening"', "right after “request” (event 3): add “useful hint”"),
        ('"staff.hint", while = "help > 0.75"', "right after “search” (event 5): add “useful hint”"),
    ],
)
def test_a_missing_act_comes_in_its_phase(asked: Asked, wanted: str, said_where: str) -> None:
    """The meeting, the service or the parting; where a condition holds, if there is one."""
    _, advice = asked(criterion(f"shows = {{ act = {wanted} }}"), MEETING)
    assert said(advice.pieces[0]) == [said_where]


def test_a_missing_act_has_no_place_where_its_condition_never_holds(asked: Asked) -> None:
    """Then nothing is advised."""
    _, advice = asked(criterion('shows = { act = "staff.hint", while = "seen(\'customer.watch\')" }'), "- customer say")
    assert advice.pieces == ()


def test_the_missing_phase_is_named(asked: Asked) -> None:
    """One smile is there; the other end lacks one."""
    body = 'shows = { act = "staff.smile", phases = 2 }'
    _, advice = asked(criterion(body), "- customer arrive\n- server smile\n- server serve")
    assert said(advice.pieces[0]) == ["right after “thanks” (event 5): add “smile”"]


def test_nobody_is_advised_to_do_the_task_unasked(asked: Asked) -> None:
    """A core act without a trigger would be an exploit."""
    _, shows = asked(criterion('shows = { act = "staff.search" }'), "- customer say")
    body = 'grades = { acts = [{ act = "staff.search", is = 1 }], pick = "best", otherwise = 0 }'
    _, grades = asked(criterion(body), "- customer say")
    assert (shows.pieces, grades.pieces) == ((), ())


def test_the_task_comes_in_place_of_a_refusal(asked: Asked) -> None:
    """To serve somebody and to refuse it in the same breath would make no sense."""
    body = criterion('responds = { after = "customer.request", with = "staff.serve | staff.answer" }')
    _, refused = asked(body, "- customer request: a cup\n- server smile\n- server refuse")
    assert said(refused.pieces[0]) == ["event 3, after “a cup”: “serving” instead of “refusal”"]
    _, later = asked(body, "- customer request: a cup\n- customer say\n- server refuse")
    assert said(later.pieces[0]) == ["right after “a cup” (event 1): add “serving”"]
    _, by_colleague = asked(body, "- customer request: a cup\n- colleague refuse")
    assert said(by_colleague.pieces[0]) == ["right after “a cup” (event 1): add “serving”"]


# --- grades -----------------------------------------------------------------------------------------------------

SCALE = """
[criterion.grades]
acts = [
  { act = "staff.answer", is = 1 },
  { act = "staff.say", is = 0.5 },
  { act = "staff.recite", is = 0 },
]
"""


def test_the_worst_grade_becomes_the_best_act(asked: Asked) -> None:
    """In the same place."""
    _, advice = asked(criterion(f'{SCALE}pick = "worst"'), "- customer ask\n- server recite")
    assert said(advice.pieces[0]) == ["event 2, after “question”: “answer” instead of “recited phrases”"]


def test_where_only_the_manner_was_wrong_the_same_is_done_without_it(asked: Asked) -> None:
    """A drunk guest is refused quietly; what the rubric names for the young is not for him."""
    body = """
    instead = ["check_age", "refuse"]
    [criterion.grades]
    acts = [{ act = "staff.refuse #aloud", is = 0.5 }, { act = "staff.refuse | staff.check_age", is = 1 }]
    """
    _, advice = asked(criterion(body, role="must"), "- customer request\n- server refuse #aloud")
    assert said(advice.pieces[0]) == ["event 2, after “request”: “refusal” instead of “refusal” #aloud"]


PREPARED = """
instead = ["{instead}"]
[criterion.grades]
acts = [
  {{ act = "staff.serve", is = 1, while = "seen('staff.{first}')" }},
  {{ act = "staff.serve", is = 0 }},
]
pick = "{pick}"
"""


@pytest.mark.parametrize("pick", ["worst", "best"])
def test_what_cannot_be_undone_is_prepared(asked: Asked, pick: str) -> None:
    """The beer is poured; the papers could have been asked for before it."""
    body = PREPARED.format(instead="check_age", first="check_age", pick=pick)
    _, advice = asked(criterion(body), "- customer request: a beer\n- server serve")
    assert said(advice.pieces[0]) == ["right after “a beer” (event 1): add “age check”"]
    _, task = asked(criterion(PREPARED.format(instead="search", first="search", pick=pick)), "- server serve")
    assert task.pieces == ()


def test_where_the_best_counts_nothing_is_taken_away(asked: Asked) -> None:
    """Evidence that is gone would only make an excerpt look better."""
    body = 'grades = { acts = [{ act = "customer.smile", is = 1 }, { act = "staff.say", is = 0.2 }], pick = "best" }'
    _, advice = asked(criterion(body), "- customer ask\n- server say", record="excerpt")
    assert advice.pieces == ()


def test_a_good_act_at_a_bad_time_moves(asked: Asked) -> None:
    """Not to be said twice."""
    acts = '[{ act = "staff.state_price", is = 1, phase = "opening" }, { act = "staff.state_price", is = 0.5 }]'
    body = f'grades = {{ acts = {acts}, pick = "best" }}'
    timeline = "- customer arrive\n- server serve\n- server state_price"
    _, advice = asked(criterion(body, role="must"), timeline)
    assert said(advice.pieces[0]) == [
        "right after “arrival” (event 1): “stating the price” already here, not only later (event 3)"
    ]


def test_a_good_act_that_has_no_earlier_place_is_not_moved(asked: Asked) -> None:
    """Before the customer came there was nobody to tell."""
    acts = '[{ act = "staff.hint", is = 1, phase = "closing" }, { act = "staff.hint", is = 0.5 }]'
    _, advice = asked(criterion(f'grades = {{ acts = {acts}, pick = "best" }}', role="must"), "- server hint")
    assert said(advice.pieces[0]) == ["right after “thanks” (event 3): add “useful hint”"]


def test_the_best_act_is_added_behind_its_trigger(asked: Asked) -> None:
    """Where nothing followed it."""
    _, advice = asked(criterion(f'{SCALE}pick = "best"\nafter = "customer.ask"'), "- customer ask\n- customer sigh")
    assert said(advice.pieces[0]) == ["right after “question” (event 1): add “answer”"]


def test_steps_that_a_sum_lacks_are_added_until_it_is_full(asked: Asked) -> None:
    """The one that is worth most first, behind what was done already."""
    body = """
    [criterion.grades]
    acts = [
      { act = "staff.apologise", is = 0.3 },
      { act = "staff.fix", is = 0.6 },
      { act = "staff.promise", is = 0.2 },
      { act = "staff.own", is = 0.1 },
    ]
    pick  = "sum"
    after = "customer.complain"
    """
    _, advice = asked(criterion(body), "- customer complain\n- server apologise: so sorry\n- customer say")
    assert [said(piece) for piece in advice.pieces] == [
        ["right after “so sorry” (event 2): add “putting right”"],
        ["right after “so sorry” (event 2): add “promise”"],
    ]


def test_a_promise_kept_late_is_kept(asked: Asked) -> None:
    """What the customer had to do is not the server's to change; what heals it may be added."""
    body = """
    instead = ["keep_promise"]
    [criterion.grades]
    acts   = [{ act = "customer.repeat_self", is = 0 }, { act = "staff.say", is = 1 }]
    healed = "staff.keep_promise"
    """
    _, advice = asked(criterion(body, role="must"), "- server promise\n- customer repeat_self: nobody called")
    assert said(advice.pieces[0]) == ["right after “nobody called” (event 2): add “keeping a promise”"]
    _, other = asked(criterion(body.replace('keep_promise"]', 'ask"]'), role="must"), "- customer repeat_self")
    assert other.pieces == ()


# --- calls ------------------------------------------------------------------------------------------------------


def test_what_python_objects_to_becomes_the_good_act(asked: Asked) -> None:
    """By `instead`, since the function names no act."""
    body = 'instead = ["ask"]\ncalls = { function = "stall.objects", options = { to = "say" } }'
    _, advice = asked(criterion(body), "- customer ask\n- server say")
    assert said(advice.pieces[0]) == ["event 2, after “question”: “question” instead of “other speech”"]


def test_what_python_finds_too_long_may_be_shortened(asked: Asked) -> None:
    """To half of its length."""
    body = 'calls = { function = "stall.objects", options = { to = "small_talk", longer_s = 30 } }'
    one, advice = asked(criterion(body), "0:10 server small_talk (40 s)")
    assert [said(piece) for piece in advice.pieces] == [
        ["0:10: “staying quiet” instead of “small talk”"],
        ["0:10: shorten “small talk” to 20 s"],
    ]
    assert advice.pieces[1].changes[0].kind is ChangeKind.SHORTEN
    assert advice.pieces[1].apply(one).events[0].lasts_ms == 20_000


def test_what_python_misses_after_a_customer_is_added(asked: Asked) -> None:
    """Behind each event of the customer that it cites; whether that helps, scoring tells."""
    body = 'instead = ["{act}"]\ncalls = {{ function = "stall.objects", options = {{ to = "bid", by = "customer" }} }}'
    for act in ("notice", "serve"):
        _, advice = asked(criterion(body.format(act=act)), "- customer bid")
        assert advice.pieces == ()
