"""What generated functions call: runs and turns, phases, points of change, and what a record covers."""

from __future__ import annotations

from random import Random

import pytest
from tests.compiler.dense import dense_encounters

from palvelumittari.compiler import running
from palvelumittari.compiler.tapes import TURN_CODES, turn_code
from palvelumittari.reading.terms import Terms
from palvelumittari.records.encounter import Channel, Modality, Side
from palvelumittari.reference.timeline import START, Timeline


def test_runs_and_turns_are_those_of_the_timeline(terms: Terms) -> None:
    """First and last events of runs, those in which somebody speaks, and where the n-th one after an event begins."""
    for encounter in dense_encounters(Random("runs"), 200):
        timeline = Timeline(encounter, terms.vocabulary)
        events, count = encounter.events, len(encounter.events)
        codes = [TURN_CODES + turn_code(each.by, terms.vocabulary.acts[each.act].speaks) for each in events]
        for side, found in zip((Side.CUSTOMER, Side.STAFF), running.find_runs(codes), strict=True):
            own, firsts, lasts, turns, ends = found
            runs = [run for run in timeline.runs if run.side is side]
            assert list(own) == [index for index, each in enumerate(events) if each.side is side]
            assert list(zip(firsts, lasts, strict=True)) == [(run.first, run.last) for run in runs]
            assert list(zip(turns, ends, strict=True)) == [(run.first, run.last) for run in runs if run.speaks]
            for after in range(START, count):
                for number in (1, 2, 3):
                    _check_nth(timeline, side, after, number, found)


def _check_nth(timeline: Timeline, side: Side, after: int, number: int, found: tuple[running.Indices, ...]) -> None:
    own, firsts, lasts, turns, ends = found
    runs, spoken = timeline.runs_after(after, side), timeline.turns_after(after, side)
    begins = runs[number - 1].first if len(runs) >= number else 99
    closes = spoken[number - 1].last if len(spoken) >= number else 99
    assert running.run_start(own, firsts, lasts, after, number, 99) == begins
    assert running.turn_end(turns, ends, after, number, 99) == closes


@pytest.mark.parametrize(
    ("observed", "channel", "missing"),
    [
        (None, None, set()),
        (None, Channel.FACE_TO_FACE, set()),
        (None, Channel.CHAT, {Modality.GAZE, Modality.FACE}),
        ((), Channel.FACE_TO_FACE, set(Modality)),
        ((Modality.TASK, Modality.TASK), Channel.CHAT, set(Modality) - {Modality.TASK}),
    ],
)
def test_what_a_record_covers(
    observed: tuple[Modality, ...] | None, channel: Channel | None, missing: set[Modality]
) -> None:
    """What was noted, or else the default of the channel."""
    assert running.covered_by(observed, channel) == running.bits_of(set(Modality) - missing)


def test_absence_is_known_if_every_act_would_show() -> None:
    """Reckoned once for each set of modalities."""
    speech, gaze = running.bits_of([Modality.SPEECH]), running.bits_of([Modality.GAZE])
    known = running.Known([frozenset({speech}), frozenset({speech | gaze, gaze}), frozenset()])
    assert known[speech] == (True, False, True)
    assert known[speech | gaze] == (True, True, True)
    assert dict(known) == {speech: (True, False, True), speech | gaze: (True, True, True)}


def test_points_of_change() -> None:
    """A cue changes what holds at the next event, or after its own; other events change it at once."""
    assert running.points_at(6, ([1, 5], [1]), ([3, 0],)) == [0, 2, 3]
    assert running.points_after(([1, 5],), ([3],)) == [-1, 1, 3, 5]
    assert running.states_up_to(5, [1, 4], [4, 5]) == [0, 2, 5]
    assert tuple(running.beyond([0, 2, 5], 2)) == (2, 5)
    assert running.next_after([0, 2, 5], 2, 9) == 5
    assert running.next_after([0, 2, 5], 5, 9) == 9
