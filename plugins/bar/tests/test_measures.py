"""`order_of_service` and `order_to_drink`: whom a serving went to, who was passed over, and how long it took."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import palvelumittari as pm
from palvelumittari_bar.measures import order_of_service, order_to_drink

BAR = pm.Meter(plugins=["palvelumittari_bar"], installed=False, strict=True)


def scene(encounter):
    """The scene of an encounter; the measures read neither readings nor phases."""
    return pm.Scene(encounter=encounter, vocabulary=BAR.vocabulary, phases=(), readings=pm.FrozenMap())


def at_the_bar(timeline, head=""):
    """The scene of a timeline, with further lines of its head."""
    text = f"id: x\nsector: bar\nrecord: excerpt\n{head}".rstrip()
    return scene(BAR.loads(f"{text}\n\n{timeline}", format="timeline"))


def shares(timeline):
    """The share of fair servings, or none where there is no answer."""
    answer = order_of_service(at_the_bar(timeline))
    return None if answer is None else answer.fulfilment


EMPTY = scene(pm.Encounter("x", (), sector="bar"))
ANNA_THEN_HAT = "- customer bid\n- bystander/hat join_queue\n"


# --- order of service ---------------------------------------------------------------------------------------------


def test_nobody_at_the_counter_gives_nothing_to_judge():
    """Without events there is no answer."""
    assert order_of_service(EMPTY) is None


@pytest.mark.parametrize(
    "timeline",
    [
        "- customer bid\n- server serve\n",
        "- customer bid\n- server serve > bystander\n",
        ANNA_THEN_HAT,
        ANNA_THEN_HAT + "- bystander/hat leave_queue\n- server serve\n",
        ANNA_THEN_HAT + "- bystander/cap join_queue\n- server serve > bystander\n",
    ],
    ids=["alone", "one of whose coming nothing is known", "nobody served", "the other gave up", "one of two, unclear"],
)
def test_without_a_known_choice_there_is_nothing_to_judge(timeline):
    """A serving tells something only if it is known whom it went to and that another one waited."""
    assert order_of_service(at_the_bar(timeline)) is None


def test_who_came_first_is_served_first():
    """In turn is fair, and says so in three languages."""
    answer = order_of_service(at_the_bar(ANNA_THEN_HAT + "- server serve\n- server serve > bystander\n"))
    assert (answer.fulfilment, answer.speaks_for, answer.speaks_against) == (1, (2,), ())
    assert answer.reason.missing() == ()


def test_who_came_last_is_served_first():
    """The serving and the bid that was passed over are the evidence."""
    answer = order_of_service(at_the_bar(ANNA_THEN_HAT + "- server serve > bystander\n- server serve\n"))
    assert (answer.fulfilment, answer.speaks_for, answer.speaks_against) == (0, (), (0, 2))
    assert answer.reason.missing() == ()


def test_two_guests_of_one_kind_are_told_apart_by_name():
    """Which of two customers it was, their orders tell."""
    came = "- customer/anna bid\n- customer/ben bid\n"
    anna, ben = "- customer/anna request\n- server serve\n", "- customer/ben request\n- server serve\n"
    assert (shares(came + anna + ben), shares(came + ben + anna)) == (1, 0)


def test_orders_of_one_kind_are_filled_as_they_came_in():
    """Two orders taken one after the other, then two drinks: the first drink is the first order's."""
    came = "- customer/anna bid\n- customer/ben bid\n"
    assert shares(came + "- customer/anna request\n- customer/ben request\n- server serve\n- server deliver\n") == 1


def test_walking_up_and_ordering_is_coming_last():
    """Who neither queued nor looked for an eye began to wait with the order."""
    assert shares("- customer bid\n- bystander/hat request\n- server serve > bystander\n") == 0


def test_pouring_and_handing_over_to_one_guest_is_one_turn():
    """What follows for a guest whose turn it is says nothing about the next."""
    one_turn = "- customer request\n- server serve\n- server deliver\n- server charge\n"
    assert shares(ANNA_THEN_HAT + one_turn + "- server serve > bystander\n") == 1


def test_a_companion_is_served_with_the_customer():
    """One's own company is nobody to be passed over."""
    assert order_of_service(at_the_bar("- companion bid\n- customer bid\n- server serve\n")) is None


def test_a_share_of_the_turns():
    """One fair and one unfair turn is a half."""
    came = "- bystander/a join_queue\n- customer bid\n- bystander/b join_queue\n"
    first = "- bystander/a request\n- server serve > bystander\n"
    assert shares(came + first + "- bystander/b request\n- server serve > bystander\n- server serve\n") == 0.5


# --- order to drink -----------------------------------------------------------------------------------------------


def speed(timeline, head="setting.usual_s: 60", **options):
    """The fulfilment, or none where there is no answer."""
    answer = order_to_drink(at_the_bar(timeline, head), **options)
    return None if answer is None else answer.fulfilment


def test_no_order_gives_nothing_to_judge():
    """Without events there is no answer."""
    assert order_to_drink(EMPTY) is None


@pytest.mark.parametrize(("seconds", "share"), [(0, 1), (60, 1), (75, 0.75), (90, 0.5), (120, 0), (500, 0)])
def test_the_wait_is_held_against_the_usual_time(seconds, share):
    """Within the usual time is full, twice the usual is nothing, linear between."""
    minutes = f"{seconds // 60}:{seconds % 60:02}"
    answer = order_to_drink(at_the_bar(f"0:00 customer request\n{minutes} server deliver\n", "setting.usual_s: 60"))
    assert answer.fulfilment == pytest.approx(share)
    assert (answer.speaks_for, answer.speaks_against) == (((1,), ()) if share >= 0.5 else ((), (1,)))
    assert answer.reason.missing() == ()


def test_a_house_that_tells_no_usual_time_gets_that_of_the_rubric():
    """The option stands in for the field."""
    timeline = "0:00 customer request\n2:00 server deliver\n"
    assert (speed(timeline, ""), speed(timeline, "", usual_s=120)) == (pytest.approx(2 / 3), 1)


def test_how_late_is_too_late_is_an_option():
    """A rubric may be milder."""
    assert speed("0:00 customer request\n2:00 server deliver\n", late=3.0) == 0.5


@pytest.mark.parametrize(
    "timeline",
    ["- customer request\n- server deliver\n", "0:00 customer request\n- server deliver\n", "0:00 customer request\n"],
)
def test_what_was_not_timed_is_not_judged(timeline):
    """Untimed orders and drinks, and an order that is still young, decide nothing."""
    assert speed(timeline) is None


@pytest.mark.parametrize("usual", [0, -1])
def test_a_usual_time_of_nothing_is_no_measure(usual):
    """Nothing can be held against no time."""
    assert speed("0:00 customer request\n0:05 server deliver\n", f"setting.usual_s: {usual}") is None


def test_a_drink_that_never_comes_is_late_in_the_end():
    """Once twice the usual time has gone by, the order itself is the evidence."""
    answer = order_to_drink(at_the_bar("0:00 customer request\n2:00 server idle\n", "setting.usual_s: 60"))
    assert (answer.fulfilment, answer.speaks_against) == (0, (0,))


def test_what_comes_after_the_guest_has_left_is_not_handed_over():
    """A drink set down for a guest who is gone ended no wait."""
    assert speed("0:00 customer request\n0:30 customer leave\n0:40 server deliver\n1:00 server idle\n") is None


def test_another_guests_drink_is_no_handover():
    """Only what reaches the customer's party counts."""
    assert speed("0:00 customer request\n0:10 server deliver > bystander\n0:20 server serve\n") is None
    assert speed("0:00 companion request\n0:10 server deliver > companion\n") == 1


def test_a_round_of_orders_is_a_mean():
    """Two orders, one in time and one too late, are a half; one tray may serve both."""
    assert speed("0:00 customer request\n0:30 server deliver\n1:00 customer request\n4:00 server deliver\n") == 0.5
    tray = at_the_bar("0:00 customer request\n0:05 companion request\n0:30 server deliver\n", "setting.usual_s: 60")
    assert order_to_drink(tray) == attrs.evolve(order_to_drink(tray), fulfilment=1, speaks_for=(2,))


# --- laws ---------------------------------------------------------------------------------------------------------

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["customer", "customer/a", "companion", "bystander/b", "bystander/c", "server"]),
        st.sampled_from(["bid", "join_queue", "request", "leave_queue", "leave", "serve", "deliver", "charge"]),
        st.sampled_from([None, pm.Actor.CUSTOMER, pm.Actor.COMPANION, pm.Actor.BYSTANDER]),
    ),
    max_size=14,
)


def encounter(rows, *, names=None, start=None):
    """An encounter of `rows`, its people renamed, its events 7 s apart from `start` (`None`: untimed)."""
    events = []
    for index, (person, act, to) in enumerate(rows):
        by, _, name = person.partition("/")
        at = None if start is None else start + 7000 * index
        who = (names or {}).get(name, name) or None
        if pm.Actor(by) in BAR.vocabulary.acts[act].by:
            events.append(pm.Event(pm.Actor(by), act, who=who, at_ms=at, to=to if by == "server" else None))
    return pm.Encounter("x", events, sector="bar")


@given(ROWS)
def test_renaming_people_changes_nothing(rows):
    """It matters who is another one, never what anybody is called."""
    plain, renamed = (scene(encounter(rows, names=names, start=0)) for names in ({}, {"a": "Öö", "b": "a", "c": "b"}))
    assert order_of_service(plain) == order_of_service(renamed)
    assert order_to_drink(plain) == order_to_drink(renamed)


@given(ROWS, st.integers(0, 10**7))
def test_shifting_times_changes_nothing(rows, start):
    """Only differences of times are read, and for the turns not even these."""
    plain, shifted = scene(encounter(rows, start=0)), scene(encounter(rows, start=start))
    assert order_to_drink(plain) == order_to_drink(shifted)
    assert order_of_service(plain) == order_of_service(shifted) == order_of_service(scene(encounter(rows)))


@given(ROWS)
def test_answers_keep_the_contract(rows):
    """The fulfilment is a share, and no event speaks both ways."""
    for measure in (order_of_service, order_to_drink):
        answer = measure(scene(encounter(rows, start=0)))
        if answer is not None:
            assert 0 <= answer.fulfilment <= 1
            assert not set(answer.speaks_for) & set(answer.speaks_against)
