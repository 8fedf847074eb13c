"""The measures of the desk: where staff's attention was when it was needed."""

import attrs
import pytest

import palvelumittari as pm
from palvelumittari_library_desk.measures import poise, vigilance


def scene_of(meter: pm.Meter, timeline: str, head: str = "") -> pm.Scene:
    """A scene from a timeline; the measures ask neither phases nor readings."""
    encounter = meter.loads(f"id: x\nsector: library_desk\n{head}\n{timeline}", format="timeline")
    return made(meter, encounter)


def made(meter: pm.Meter, encounter: pm.Encounter) -> pm.Scene:
    phases = (pm.Phase.SERVICE,) * len(encounter.events)
    return pm.Scene(encounter=encounter, vocabulary=meter.vocabulary, phases=phases, readings=pm.FrozenMap())


def share(answer: pm.Answer | None) -> float | None:
    return None if answer is None else answer.fulfilment


POISES = {
    "nobody came": ("0:00 server phone_use\n", None),
    "nobody was engrossed": ("0:00 customer arrive\n0:05 server greet\n", None),
    "over before anybody came": ("0:00 server phone_use (10 s)\n0:20 customer arrive\n0:30 customer request\n", None),
    "its own next act ended it": ("- server side_task\n- server wait_patiently\n- customer bid\n", None),
    "walked into, looked up in time": ("0:00 server phone_use (60 s)\n0:20 customer bid\n0:50 server nod\n", 1.0),
    "walked into, a second late": ("0:00 server phone_use (60 s)\n0:20 customer bid\n0:50.001 server nod\n", 0.0),
    "walked into, never looked up": ("- server daydream\n- customer approach\n", 0.0),
    "a colleague saw the customer": ("- server phone_use\n- customer arrive\n- colleague/anna greet\n", 1.0),
    "a colleague's chat, not the server's act": (
        "- colleague private_chat > server\n- server wait_patiently\n- customer arrive\n",
        0.0,
    ),
    "seen only after leaving": ("- server daydream\n- customer bid\n- customer leave\n- server greet\n", 0.0),
    "seen first, then off again": ("- customer arrive\n- server greet\n- server phone_use\n- customer leave\n", None),
    "seen by nobody, off on the phone": ("- customer arrive\n- server phone_use\n- customer leave\n", 0.0),
    "engrossed only once serving": ("- customer arrive\n- customer request\n- server phone_use\n", None),
    "untimed, looked up at last": ("- server side_task\n- customer hover\n- customer ask\n- server answer\n", 1.0),
    "a bystander's coming is not theirs": ("- server side_task\n- bystander join_queue\n", None),
}
LULLS = {
    "no lull": ("0:00 customer arrive\n0:05 server greet\n", None),
    "a lull that began after somebody came": ("0:00 customer bid\n0:05 server side_task\n", None),
    "shelving, nobody in need": ("0:00 server side_task (60 s)\n1:00 server greet\n", 1.0),
    "a daydream": ("0:00 server daydream (60 s)\n", 0.0),
    "a quarter of the time absorbed": ("0:00 server side_task (90 s)\n1:30 server phone_use (30 s)\n", 0.75),
    "untimed: one of two": ("- server side_task\n- server private_chat\n", 0.5),
    "one without a time: one of two": ("0:00 server side_task (90 s)\n- server private_chat\n", 0.5),
    "a need unmet for half the time": ("0:00 server idle (200 s)\n1:40 customer hesitate\n", 0.5),
    "two needs at once count once": (
        "0:00 server idle (200 s)\n1:40 customer hesitate\n2:00 companion look_around\n",
        0.5,
    ),
    "a need met within the minute": ("0:00 server idle (200 s)\n1:40 customer hesitate\n2:40 server notice\n", 1.0),
    "a need met too late": ("0:00 server idle (200 s)\n0:40 customer hesitate\n2:20 server notice\n", 0.5),
    "untimed, unmet": ("- server side_task\n- customer look_around\n", 0.0),
    "untimed, met": ("- server side_task\n- customer look_around\n- colleague step_out\n", 1.0),
    "idle after an unmet need": ("- customer hesitate\n- server idle\n", 0.0),
    "the lull ends when somebody comes": ("0:00 server phone_use (60 s)\n0:15 customer bid\n", 0.0),
    "what comes later is no lull": (
        "0:00 server side_task (60 s)\n0:30 bystander join_queue\n0:40 server phone_use (60 s)\n",
        1.0,
    ),
    "open to the end of the record": ("0:00 server idle\n1:00 customer hesitate\n", 0.5),
}


@pytest.mark.parametrize("name", POISES)
def test_poise(name: str, meter: pm.Meter) -> None:
    """Engrossed staff look up when somebody comes, or they do not."""
    timeline, expected = POISES[name]
    assert share(poise(scene_of(meter, timeline))) == expected


@pytest.mark.parametrize("name", LULLS)
def test_vigilance(name: str, meter: pm.Meter) -> None:
    """The share of the lull in which eyes were open."""
    timeline, expected = LULLS[name]
    head = "ends: 120\n" if name == "open to the end of the record" else ""
    found = share(vigilance(scene_of(meter, timeline, head)))
    assert found == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("measure", [poise, vigilance])
def test_an_empty_encounter_has_nothing_to_judge(measure: object, meter: pm.Meter) -> None:
    """No events, no answer."""
    scene = made(meter, pm.Encounter(id="x", events=()))
    assert (poise if measure is poise else vigilance)(scene) is None


def test_options_are_the_experts(meter: pm.Meter) -> None:
    """Which acts count, and how long is too long, is said in the rubric."""
    late = scene_of(meter, "0:00 server side_task (60 s)\n0:10 customer bid\n0:20 server greet\n")
    assert share(poise(late, within_s=5)) == 0
    assert poise(late, engrossed=["phone_use"]) is None
    lull = scene_of(meter, "0:00 server daydream (60 s)\n")
    assert share(vigilance(lull, absorbed=[], busy=["daydream"])) == 1


def test_the_evidence_is_what_went_wrong(meter: pm.Meter) -> None:
    """Cited are the stretch and the customer's sign that it left unmet, with a reason in three languages."""
    answer = vigilance(scene_of(meter, "- server say\n- server side_task\n- customer hesitate\n"))
    assert answer is not None
    assert answer.speaks_against == (1, 2)
    assert answer.reason is not None
    assert answer.reason.missing() == ()


@pytest.mark.parametrize("timeline", [text for text, _ in (*POISES.values(), *LULLS.values())])
def test_neither_names_nor_the_clock_matter(timeline: str, meter: pm.Meter) -> None:
    """Law: renaming people and shifting all times changes no answer."""
    scene = scene_of(meter, timeline)
    names = {None: None, "anna": "bertta"}
    events = [
        attrs.evolve(event, who=names[event.who], at_ms=None if event.at_ms is None else event.at_ms + 86_400_000)
        for event in scene.encounter.events
    ]
    other = made(meter, attrs.evolve(scene.encounter, events=events))
    assert poise(other) == poise(scene)
    assert vigilance(other) == vigilance(scene)
