"""What the rubric of the desk promises beside its cases."""

import json
from typing import Any

import attrs
import pytest

import palvelumittari as pm

DESK = "library_desk/desk"
PLAIN: dict[str, Any] = {
    "schema": 1,
    "id": "plain",
    "sector": "library_desk",
    "channel": "face_to_face",
    "record": "full",
    "setting": {"queue": 0, "in_view": 2},
    "customer": {"age_group": "adult"},
    "events": [
        {"at": 0, "by": "customer", "act": "arrive"},
        {"at": 3, "by": "server", "act": "greet"},
        {"at": 10, "by": "customer", "act": "request"},
        {"at": 15, "by": "server", "act": "serve"},
        {"at": 40, "by": "server", "act": "deliver"},
        {"at": 50, "by": "customer", "act": "leave"},
    ],
}
"""An errand done as it should be, and nothing more."""


def scored(meter: pm.Meter, **changes: Any) -> pm.Verdict:
    """The verdict on the plain errand with other values for some keys."""
    return meter.score(meter.loads(json.dumps({**PLAIN, **changes})))


def test_noticing_is_a_must_that_caps(meter: pm.Meter) -> None:
    """D03: whoever was not noticed was served poorly, however skilled the rest."""
    events = [{"at": 0, "by": "customer", "act": "arrive"}]
    events += [{**event, "at": event["at"] + 200} for event in PLAIN["events"][1:-1]]
    kindness = [("customer", "ask"), ("server", "search_together"), ("server", "smile"), ("server", "hint")]
    events += [{"at": 300 + i, "by": by, "act": act} for i, (by, act) in enumerate(kindness)]
    verdict = scored(meter, events=events)
    assert verdict.band is pm.Band.POOR
    assert verdict.calculated_score is not None
    assert verdict.calculated_score > 60
    assert verdict.gates[-1].criteria == ("service/noticing",)


@pytest.mark.parametrize("customer", [{"age_group": "youth"}, {"age_group": "child"}, {"first_time": True}])
def test_the_young_and_the_new_weigh_the_welcome_half_as_much_again(customer: dict[str, Any], meter: pm.Meter) -> None:
    """U02 to U04 weigh 1.5 times as much for them as for an adult."""
    welcome = ("service/greeting", "service/eye-contact", "service/warmth")
    usual, theirs = scored(meter), scored(meter, customer=customer)
    for criterion in welcome:
        assert theirs.finding(criterion).weight == 1.5 * usual.finding(criterion).weight


def test_hesitation_weighs_like_youth(meter: pm.Meter) -> None:
    """The hesitant too weigh the welcome half as much again, whatever their age."""
    events = [PLAIN["events"][0], {"at": 1, "by": "customer", "act": "hesitate"}, *PLAIN["events"][1:]]
    assert scored(meter, events=events).finding("service/greeting").weight == 3


def test_a_rush_excuses_warmth_to_the_young_too(meter: pm.Meter) -> None:
    """The universal excuse still stands beside the situation of this place."""
    verdict = scored(meter, customer={"age_group": "youth"}, setting={"pace": "busy"})
    assert verdict.finding("service/warmth").outcome is pm.Outcome.EXCUSED


def test_no_act_without_a_cue_lifts_the_plain_errand(meter: pm.Meter) -> None:
    """Whichever act staff slip in wherever, the band rises only by criteria that are listed as free."""
    free = {criterion.id for criterion in meter.rubric(DESK).criteria if criterion.free}
    encounter = meter.loads(json.dumps(PLAIN))
    plain = meter.score(encounter)
    assert plain.band is not None
    acts = [act for act in meter.vocabulary.acts.values() if pm.Actor.SERVER in act.by and not act.is_group]
    for act in acts:
        for place in range(len(encounter.events) + 1):
            event = pm.Event(pm.Actor.SERVER, act.id)
            events = (*encounter.events[:place], event, *encounter.events[place:])
            verdict = meter.score(attrs.evolve(encounter, events=events))
            assert verdict.band is not None
            risen = {one.criterion for one in verdict.findings if one.points > plain.finding(one.criterion).points}
            assert verdict.band.rank <= plain.band.rank or risen & free, (act.id, place)


def test_the_eyes_of_staff_are_judged_once(meter: pm.Meter) -> None:
    """A private chat is faulted by one criterion, which one depends on whether somebody came and was met."""
    lull, desk, presence = f"{DESK}/lull-vigilance", f"{DESK}/approachable-desk", "service/presence"
    faults = [{lull}, set(), {presence}, {presence}, {presence}, {presence}]  # after the arrival: looked up in time
    encounter = meter.loads(json.dumps({**PLAIN, "events": PLAIN["events"][:-1]}))
    for place, expected in enumerate(faults):
        chat = pm.Event(pm.Actor.COLLEAGUE, "private_chat")
        events = (*encounter.events[:place], chat, *encounter.events[place:])
        verdict = meter.score(attrs.evolve(encounter, events=events))
        assert {name for name in (lull, desk, presence) if verdict.finding(name).points < 0} == expected, place


def test_the_library_serves_all_its_desks(meter: pm.Meter) -> None:
    """The sector `library`, and what lies under it, is judged by the same rubric."""
    for sector in ("library", "library.children", "library_desk"):
        assert [ref.id for ref in scored(meter, sector=sector).rubrics] == [DESK]
