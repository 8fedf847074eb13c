"""`one_question`: who had asked before, who asked again, and when it does not matter."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import palvelumittari as pm
from palvelumittari_retail.measures import one_question

SHOP = pm.Meter(plugins=["palvelumittari_retail"], installed=False, strict=True)
ACTORS = ["server", "server/a", "server/b", "colleague", "colleague/c", "customer"]
ACTS = ["offer_help", "upsell", "greet", "browse", "answer", "decline", "ask", "charge"]


def scene(timeline, *, help_=0.1, declined=0.0, phase=pm.Phase.OPENING):
    """A scene in which the readings and the phase stay as they are given."""
    encounter = SHOP.loads(f"id: x\nsector: retail\n\n{timeline}", format="timeline")
    count = len(encounter.events)
    readings = {"help": (help_,) * (count + 1), "declined": (declined,) * (count + 1)}
    return pm.Scene(
        encounter=encounter,
        vocabulary=SHOP.vocabulary,
        phases=(phase,) * count,
        readings=pm.FrozenMap(readings),
    )


def empty_scene():
    """A scene without events."""
    return pm.Scene(
        encounter=pm.Encounter("x", (), sector="retail"),
        vocabulary=SHOP.vocabulary,
        phases=(),
        readings=pm.FrozenMap({"help": (0.4,), "declined": (0.0,)}),
    )


ASKED = "- server/a offer_help\n- customer answer\n"


def test_an_empty_encounter_gives_nothing_to_judge():
    """Without events there is no answer."""
    assert one_question(empty_scene()) is None


@pytest.mark.parametrize(
    "timeline",
    [
        "- server/a offer_help",
        ASKED,
        "- server/a offer_help\n- colleague/b offer_help",
        "- customer answer\n- colleague/b offer_help",
        ASKED + "- server/a offer_help",
        ASKED + "- server offer_help",
    ],
    ids=["one offer", "one answered", "nobody answered", "nobody asked", "the same seller", "perhaps the same seller"],
)
def test_one_seller_alone_is_left_to_the_universal_rubric(timeline):
    """Unless somebody who is certainly another one acts after an answer, nothing is judged here."""
    assert one_question(scene(timeline)) is None


@pytest.mark.parametrize("other", ["server/b", "colleague/b", "colleague"])
def test_a_repetition_by_another_seller_counts(other):
    """Another name tells another person, and so does another role where a name is missing."""
    answer = one_question(scene(f"{ASKED}- {other} offer_help"))
    assert answer.fulfilment == pytest.approx(0.4)
    assert (answer.speaks_for, answer.speaks_against) == ((), (2,))


def test_one_person_in_two_roles_is_one_person():
    """A name counts for more than a role."""
    assert one_question(scene(ASKED + "- colleague/a offer_help")) is None


def test_two_repetitions_leave_nothing():
    """The more sellers ask, the less is left, but never less than nothing."""
    again = "- colleague/b offer_help\n- customer answer\n- colleague/c offer_help\n- colleague/d offer_help"
    assert one_question(scene(ASKED + again)).fulfilment == 0


def test_browsing_on_is_an_answer():
    """Whoever turns back to the shelves has answered."""
    timeline = "- server/a offer_help\n- customer browse\n- colleague/b offer_help"
    assert one_question(scene(timeline)).fulfilment == pytest.approx(0.4)


def test_a_companion_can_answer():
    """The answer of one's company holds as well."""
    timeline = "- server/a offer_help\n- companion answer\n- colleague/b offer_help"
    assert one_question(scene(timeline)).fulfilment == pytest.approx(0.4)


def test_another_offer_is_no_repetition():
    """Help and an extra sale are two questions; as a second offer the latter is the first of its seller."""
    assert one_question(scene(ASKED + "- colleague/b upsell")).fulfilment == pytest.approx(0.5)


def test_a_colleague_who_only_greets_keeps_it():
    """What the second seller did instead speaks for the service."""
    answer = one_question(scene(ASKED + "- colleague/b greet"))
    assert (answer.fulfilment, answer.speaks_for) == (1.0, (2,))
    assert answer.reason.missing() == ()


def test_an_offer_that_was_called_for_is_no_repetition():
    """Where the customer looks for help, another seller may ask."""
    assert one_question(scene(ASKED + "- colleague/b offer_help", help_=0.8)).fulfilment == 1


def test_what_comes_after_a_no_is_judged_elsewhere():
    """After a no it is the must of the universal rubric that fails."""
    assert one_question(scene(ASKED + "- colleague/b offer_help", declined=1.0)) is None


def test_the_till_is_judged_elsewhere():
    """In the closing phase the criterion of the till judges."""
    answer = one_question(scene(ASKED + "- colleague/b offer_help", phase=pm.Phase.CLOSING))
    assert answer.fulfilment == 1


def test_hedging_excuses_one_seller_but_not_the_next():
    """Who asks for the second time in soft words is let off; who repeats another one's question is not."""
    own = ASKED + "- server/a offer_help #hedged\n- colleague/b greet"
    assert one_question(scene(own)).fulfilment == 1
    assert one_question(scene(ASKED + "- colleague/b offer_help #hedged")).fulfilment == pytest.approx(0.4)


def test_the_same_seller_is_counted_as_the_universal_rubric_counts():
    """Once another one is there, further offers of the first are counted here."""
    answer = one_question(scene(ASKED + "- server/a offer_help\n- colleague/b greet"))
    assert (answer.fulfilment, answer.speaks_against) == (0.5, (2,))


def test_the_options_say_how_much_an_offer_costs():
    """A rubric may be milder or stricter."""
    repeated = scene(ASKED + "- colleague/b offer_help", help_=0.5)
    assert one_question(repeated, by_another=1.0).fulfilment == 0
    assert one_question(repeated, called=0.5).fulfilment == 1


def timelines():
    """Timelines of customers and named and unnamed sellers."""
    lines = st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTS))
    return st.lists(lines, max_size=12).map(lambda rows: [(by, act) for by, act in rows if _can(by, act)])


def _can(by, act):
    return pm.Actor(by.partition("/")[0]) in SHOP.vocabulary.acts[act].by


def encounter(rows, *, names=None, start=None):
    """An encounter of `rows`, its people renamed, its events a second apart from `start` (`None`: untimed)."""
    events = []
    for index, (who, act) in enumerate(rows):
        by, _, name = who.partition("/")
        at = None if start is None else start + 1000 * index
        events.append(pm.Event(pm.Actor(by), act, who=(names or {}).get(name, name) or None, at_ms=at))
    return pm.Encounter("x", events, sector="retail", record=pm.Record.EXCERPT)


def found(made):
    """What the criterion says, without the words."""
    finding = SHOP.score(made).finding("retail/shop/one-question")
    return finding.outcome, finding.fulfilment, tuple(each.event for each in finding.evidence)


@given(timelines())
def test_renaming_people_changes_nothing(rows):
    """It matters who is another one, never what anybody is called."""
    assert found(encounter(rows)) == found(encounter(rows, names={"a": "Öö", "b": "a", "c": "b"}))


@given(timelines(), st.integers(0, 10**7))
def test_times_change_nothing(rows, start):
    """Untimed, timed and shifted events are judged alike."""
    assert found(encounter(rows)) == found(encounter(rows, start=start))


@given(timelines())
def test_it_never_judges_milder_than_what_it_refines(rows):
    """Where it takes the place of service/no-pushing, it finds at least as much amiss."""
    made = encounter(rows)
    finding = SHOP.score(made).finding("retail/shop/one-question")
    if finding.judged:
        dropped = attrs.evolve(made, events=[attrs.evolve(event, who="x", by=_merged(event)) for event in made.events])
        assert finding.points <= SHOP.score(dropped).finding("service/no-pushing").points


def _merged(event):
    return pm.Actor.SERVER if event.by is pm.Actor.COLLEAGUE else event.by
