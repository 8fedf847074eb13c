"""Changes: indices mean the encounter as it was, so that many can be applied at once."""

from __future__ import annotations

import pytest

from palvelumittari.records.changes import START, Change, ChangeKind, changed
from palvelumittari.records.encounter import Actor, Encounter, Event
from palvelumittari.words.errors import EncounterError
from palvelumittari.words.text import Text

TALK = Encounter(
    "talk",
    (
        Event(Actor.CUSTOMER, "ask", at_ms=1000, text="how?"),
        Event(Actor.SERVER, "small_talk", at_ms=2000, lasts_ms=9000, who="anna", text="fish", tags=("aloud",)),
        Event(Actor.SERVER, "sigh"),
        Event(Actor.SERVER, "answer", at_ms=5000, text="so"),
    ),
    sector="taxi",
)


def make(kind: str, *events: int, after: int | None = None, act: str | None = None, **more: object) -> Change:
    """A change without its words."""
    return Change(kind=ChangeKind(kind), events=events, after=after, act=act, moment=Text({}), what=Text({}), **more)  # type: ignore[arg-type]


def acts(encounter: Encounter) -> list[str]:
    return [event.act for event in encounter.events]


def test_replacing_keeps_who_and_when() -> None:
    """What was said, how long and how is gone with the act."""
    event = changed(TALK, [make("replace", 1, act="quiet")]).events[1]
    assert event == Event(Actor.SERVER, "quiet", at_ms=2000, who="anna")


def test_adding_comes_behind_an_event_at_its_time() -> None:
    """Untimed behind an untimed one; at the start with the time of the first."""
    timed, untimed, first = (make("add", after=place, act="greet") for place in (0, 2, START))
    assert changed(TALK, [timed]).events[1] == Event(Actor.SERVER, "greet", at_ms=1000)
    assert changed(TALK, [untimed]).events[3].at_ms is None
    assert changed(TALK, [first]).events[0].at_ms == 1000
    assert acts(changed(Encounter("empty", ()), [first])) == ["greet"]


def test_leaving_out_moving_and_shortening() -> None:
    """Each does what it says, and nothing else."""
    assert acts(changed(TALK, [make("leave_out", 2)])) == ["ask", "small_talk", "answer"]
    moved = changed(TALK, [make("move_earlier", 3, after=0)])
    assert acts(moved) == ["ask", "answer", "small_talk", "sigh"]
    assert (moved.events[1].at_ms, moved.events[1].text) == (1000, "so")
    short = changed(TALK, [make("shorten", 1, lasts_ms=500)]).events[1]
    assert (short.lasts_ms, short.text) == (500, "fish")


def test_many_changes_at_once_mean_the_encounter_as_it_was() -> None:
    """In any order."""
    some = [make("leave_out", 2), make("add", after=0, act="say"), make("replace", 1, act="quiet")]
    for order in (some, some[::-1]):
        assert acts(changed(TALK, order)) == ["ask", "say", "quiet", "answer"]


def test_what_is_not_changed_stays() -> None:
    """The encounter keeps everything but its events."""
    after = changed(TALK, [make("leave_out", 2)])
    assert (after.id, after.sector) == ("talk", "taxi")
    assert changed(TALK, []) == TALK


@pytest.mark.parametrize("change", [make("leave_out", 4), make("add", after=4, act="say"), make("leave_out", -1)])
def test_a_change_of_another_encounter_is_refused(change: Change) -> None:
    """Its events are not there."""
    with pytest.raises(EncounterError) as caught:
        changed(TALK, [change])
    assert str(caught.value) == (
        "talk: this change is meant for another encounter\n"
        "    try: apply it to the encounter that the advice was asked for"
    )


def test_a_change_counts_the_events_that_are_other() -> None:
    """An added one is one."""
    counts = [make("add", after=0, act="say").event_count, make("replace", 1, 2, act="quiet").event_count]
    assert counts == [1, 2]
