"""The rubric of the bar: where it is chosen, what it changes, and the laws that it keeps."""

import attrs
import pytest

import palvelumittari as pm

PLAIN = """\
id: plain
sector: bar
channel: face_to_face
record: {record}
setting.queue: {queue}

- customer bid
- server nod
- customer request
- server serve
- customer say
- server charge
- customer pay
- server thank
- customer leave
"""


def finding(meter, criterion, lines, head=""):
    """What a criterion says of a moment at the counter."""
    text = f"id: x\nsector: bar\nchannel: face_to_face\nrecord: excerpt\n{head}".rstrip()
    return meter.score(meter.loads(f"{text}\n\n{lines}", format="timeline")).finding(criterion)


def test_the_sector_chooses_the_rubric(meter):
    """A guest at the counter is judged by the bar's rubric, on top of the universal one."""
    verdict = meter.score(pm.Encounter("x", [pm.Event(pm.Actor.SERVER, "greet")], sector="bar"))
    assert [ref.id for ref in verdict.rubrics] == ["bar/counter"]


@pytest.mark.parametrize(("criterion", "weight"), [("noticing", 4), ("waiting-acknowledged", 5), ("no-detours", 5)])
def test_a_bar_weighs_the_universal_criteria_its_own_way(criterion, weight, meter):
    """The weights of service-science 2.2."""
    weights = {each.id: each.weight for each in meter.rubric("bar/counter").criteria}
    assert weights[f"service/{criterion}"] == weight


def test_reading_the_guest_weighs_as_much_as_anything(meter):
    """Row E07: no criterion of the bar weighs more than reading the customer."""
    weights = {each.id: each.weight for each in meter.rubric("bar/counter").criteria}
    assert weights["service/quiet-wish"] == weights["service/visible-need"] == max(weights.values())


def test_a_missed_bid_costs_far_more_than_a_false_invitation(meter):
    """The uneven cost of the two errors: a grave loss here, nothing there."""
    overlooked = "- customer bid\n- server side_task\n- customer leave\n"
    invited = "- server offer\n- customer decline\n"
    assert finding(meter, "bar/counter/bid-seen", overlooked).points == -6
    verdict = meter.score(meter.loads(f"id: x\nsector: bar\nrecord: excerpt\n\n{invited}", format="timeline"))
    assert not [each.criterion for each in verdict.findings if each.points < 0]


def test_a_nod_to_another_guest_is_no_answer_to_a_bid(meter):
    """Attention counts only for the guest it was given to."""
    elsewhere = "0:00 customer bid\n0:05 server serve > bystander\n1:40 server nod\n"
    assert str(finding(meter, "bar/counter/bid-seen", elsewhere).outcome) == "missed"


@pytest.mark.parametrize(("queue", "points"), [(0, -1.5), (2, 0)])
def test_over_a_queue_a_nod_greets_as_well_as_a_word(queue, points, meter):
    """With nobody waiting there is time for a word."""
    assert finding(meter, "service/greeting", "- server nod\n", f"setting.queue: {queue}").points == points


@pytest.mark.parametrize("queue", [1, 2, 9])
def test_a_show_is_an_insult_to_whoever_waits_however_much_the_guest_enjoys_it(queue, meter):
    """Delight is bought with the time of others, be it one."""
    lines, head = "- customer request\n- server flair\n- customer laugh\n", f"setting.queue: {queue}"
    assert finding(meter, "bar/counter/show-fits-moment", lines, head).points == -6
    assert finding(meter, "bar/counter/show-for-watcher", lines, head).outcome == pm.Outcome.NOT_APPLICABLE


def test_a_show_ends_being_fitting_when_somebody_comes(meter):
    """The queue is read at the moment of the show, not at the start."""
    before = "- server flair\n- customer watch\n- bystander join_queue\n"
    assert finding(meter, "bar/counter/show-fits-moment", before).points == 0
    assert finding(meter, "bar/counter/show-fits-moment", before + "- server flair\n").points == -6


def test_a_show_is_judged_once(meter):
    """Neither the universal detours nor the hurry are counted beside the show."""
    head = "id: x\nsector: bar\nrecord: excerpt\nsetting.queue: 4\n"
    lines = "- customer rush\n- server flair\n- customer leave\n"
    verdict = meter.score(meter.loads(f"{head}\n{lines}", format="timeline"))
    assert [each.criterion for each in verdict.findings if each.points < 0] == ["bar/counter/show-fits-moment"]


@pytest.mark.parametrize("who", ["- customer sway\n", "- customer answer\n"])
def test_refusing_is_right_or_wrong_by_the_guest(who, meter):
    """A no to a drunk guest uttered kindly keeps the duty; the same no to a sober one breaks it."""
    task = finding(meter, "service/task", f"{who}- customer request\n- server refuse\n- customer leave\n")
    assert str(task.outcome) == ("met" if "sway" in who else "missed")


@pytest.mark.parametrize("act", ["serve", "deliver"])
def test_papers_are_asked_for_before_pouring(act, meter):
    """An age check after the drink mends nothing; water needs none."""
    young, criterion = "customer.age_group: youth", "bar/counter/responsible-serving"
    late = f"- customer request\n- server {act} #alcohol\n- server check_age\n"
    assert str(finding(meter, criterion, late, young).outcome) == "missed"
    assert (
        finding(meter, criterion, f"- customer request\n- server {act}\n", young).outcome == pm.Outcome.NOT_APPLICABLE
    )


@pytest.mark.parametrize(("record", "queue"), [("excerpt", 3), ("full", 0)])
def test_no_act_without_a_cue_lifts_a_plain_order(record, queue, meter):
    """Inserting one act of the bartender anywhere never lifts the band, unless it can be earned freely."""
    encounter = meter.loads(PLAIN.format(record=record, queue=queue), format="timeline")
    before = meter.score(encounter)
    criteria = meter.rubric("bar/counter").criteria
    free = {each.id for each in criteria if each.free}
    acts = [act.id for act in meter.vocabulary.acts.values() if not act.is_group and pm.Actor.SERVER in act.by]
    for act in acts:
        for place in range(0, len(encounter.events) + 1, 3):  # before, in the opening, at the core, in the closing
            events = (*encounter.events[:place], pm.Event(pm.Actor.SERVER, act), *encounter.events[place:])
            after = meter.score(attrs.evolve(encounter, events=events))
            earned = {each.criterion for each in after.findings if each.points > 0}
            assert after.band.rank <= before.band.rank or earned & free, (act, place, earned)
            assert not {name for name in earned if name.startswith("bar/")}, (act, place)
