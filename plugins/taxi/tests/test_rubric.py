"""The rubric of the taxi: where it is chosen, what it changes, and the laws that it keeps."""

import attrs
import pytest

import palvelumittari as pm

PLAIN = """\
id: plain
sector: taxi
channel: face_to_face
record: {record}

- customer arrive
- server greet
- customer request
- server state_route
- server serve
- customer answer
- server charge
- customer pay
- server thank
- customer leave
"""


def test_the_sector_chooses_the_rubric(meter):
    """A ride is judged by the taxi's rubric, on top of the universal one."""
    verdict = meter.score(pm.Encounter("x", [pm.Event(pm.Actor.SERVER, "greet")], sector="taxi"))
    assert [ref.id for ref in verdict.rubrics] == ["taxi/ride"]


def test_reading_the_rider_weighs_most(meter):
    """Row E07: no criterion weighs more than the dose of talk and the wish for quiet that it refines."""
    weights = {each.id: each.weight for each in meter.rubric("taxi/ride").criteria}
    assert weights["taxi/ride/dose-of-talk"] == weights["service/quiet-wish"] == max(weights.values())


@pytest.mark.parametrize(("criterion", "weight"), [("task", 5), ("no-failure", 5)])
def test_getting_there_weighs_more_than_elsewhere(criterion, weight, meter):
    """The weights of service-science 2.2."""
    weights = {each.id: each.weight for each in meter.rubric("taxi/ride").criteria}
    assert weights[f"service/{criterion}"] == weight


def finding(meter, criterion, lines, head=""):
    """What a criterion says of a ride's moment."""
    text = f"id: x\nsector: taxi\nchannel: face_to_face\nrecord: excerpt\n{head}\n\n{lines}"
    return meter.score(meter.loads(text.replace("\n\n\n", "\n\n"), format="timeline")).finding(criterion)


def test_a_driver_may_look_at_the_road(meter):
    """Looking away counts before and after the drive, not while the car moves."""
    drive = "- server serve\n- server look_away\n- server serve\n- server charge\n"
    assert finding(meter, "service/eye-contact", drive).points == 0
    assert finding(meter, "service/eye-contact", drive + "- server look_away\n").points < 0


def test_a_word_costs_a_hurried_rider_no_time(meter):
    """Chat does not slow the car; stopping for an errand does."""
    hurried, head = "- customer check_time\n- server {}\n- customer leave\n", "setting.deadline_s: 600"
    assert str(finding(meter, "service/hurry-wish", hurried.format("small_talk"), head).outcome) == "met"
    assert str(finding(meter, "service/hurry-wish", hurried.format("side_task"), head).outcome) == "missed"


def test_asking_whether_it_is_warm_enough_sells_nothing(meter):
    """Comfort may be asked about more than once."""
    asked = "- server offer #comfort\n" * 3
    assert finding(meter, "service/no-pushing", asked).points == 0


@pytest.mark.parametrize("act", ["adjust", "offer #comfort", "ask #comfort"])
def test_ambience_needs_a_sign_of_the_rider(act, meter):
    """Turning knobs unasked reads nobody; after a shiver it is kind."""
    assert finding(meter, "taxi/ride/ambience", f"- server {act}\n").outcome == pm.Outcome.NOT_APPLICABLE
    sensed = finding(meter, "taxi/ride/ambience", f"- customer wince\n- server {act}\n")
    assert (str(sensed.outcome), sensed.points) == ("met", 2)


def test_ambience_alone_makes_no_delight(meter):
    """The bonus never opens very_good."""
    (ambience,) = (each for each in meter.rubric("taxi/ride").criteria if each.id == "taxi/ride/ambience")
    assert (ambience.role, ambience.lifts) == (pm.Role.BONUS, False)


@pytest.mark.parametrize("record", ["excerpt", "full"])
def test_no_act_without_a_cue_lifts_a_plain_ride(record, meter):
    """Inserting one act of the driver anywhere never lifts the band, unless it can be earned freely."""
    encounter = meter.loads(PLAIN.format(record=record), format="timeline")
    before = meter.score(encounter)
    for act in sorted(acts_of_the_driver(meter)):
        for place in range(0, len(encounter.events) + 1, 3):  # before, in the opening, at the core, in the closing
            events = (*encounter.events[:place], pm.Event(pm.Actor.SERVER, act), *encounter.events[place:])
            after = meter.score(attrs.evolve(encounter, events=events))
            earned = {each.criterion for each in after.findings if each.points > 0}
            assert after.band.rank <= before.band.rank or earned & free_criteria(meter), (act, place, earned)
            assert not {name for name in earned if name.startswith("taxi/")}, (act, place)


def acts_of_the_driver(meter):
    """All acts that a driver may do."""
    return {act.id for act in meter.vocabulary.acts.values() if not act.is_group and pm.Actor.SERVER in act.by}


def free_criteria(meter):
    """The criteria that say free = true."""
    return {each.id for each in meter.rubric("taxi/ride").criteria if each.free}
