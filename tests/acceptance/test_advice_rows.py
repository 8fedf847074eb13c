"""The table's own answers come out as advice, and its counter-cases come out of each other by a what-if alone."""

from __future__ import annotations

from typing import Any

import pytest

import palvelumittari as pm
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.changes import ChangeKind

METER = pm.Meter()
CASES = {
    case.id: case.encounter
    for case in (read_case(read_toml(each.file, each.name), METER.vocabulary) for each in METER.catalog.cases)
}

ANSWERS = {
    "B05": ("refer_cold", {"call_for", "refer_warm"}, "good"),
    "E01": ("small_talk", {"quiet"}, "good"),
    "A06": ("cite_rule", {"bend_rule"}, "very_good"),
    "D13a": ("hint", {"acknowledge_wait"}, "neutral"),
    "D13b": ("hint", {"serve"}, "good"),
}
"""A row, what was done, what advice says instead, and the band to which that alone leads."""


@pytest.mark.parametrize("row", ANSWERS)
def test_the_best_piece_is_the_answer_of_the_table(row: str) -> None:
    """A warm transfer for the cold referral, quiet for the fish stories, sense for the rule, no tip in a queue."""
    was, instead, band = ANSWERS[row]
    best = METER.advise(CASES[row]).pieces[0]
    assert [change.kind for change in best.changes] == [ChangeKind.REPLACE]
    change = best.changes[0]
    assert {CASES[row].events[index].act for index in change.events} == {was}
    assert change.act in instead
    assert METER.score(best.apply(CASES[row])).band == best.band == band


@pytest.mark.parametrize(
    ("row", "after", "act", "band"),
    [("D10", "hesitate", "step_out", "very_good"), ("A09", "small_talk", "small_talk", "good")],
)
def test_what_was_missing_is_added_right_after_the_cue(row: str, after: str, act: str, band: str) -> None:
    """D10 becomes D11: out from behind the desk. A09: the customer who chats gets an answer."""
    best = METER.advise(CASES[row]).pieces[0]
    (change,) = best.changes
    assert change.kind is ChangeKind.ADD
    assert change.after is not None
    assert (CASES[row].events[change.after].act, change.act, best.band) == (after, act, band)


@pytest.mark.parametrize(("row", "target"), [("E01", "E02"), ("D10", "D11"), ("A06", "A05"), ("D13b", "D04")])
def test_advice_reaches_the_band_of_the_row_that_does_better(row: str, target: str) -> None:
    """What the author of the row wished for is what taking the advice gives."""
    assert METER.advise(CASES[row]).pieces[0].band == METER.score(CASES[target]).band


def test_the_rule_is_bent_only_where_one_stands_in_the_way() -> None:
    """The exploit of a blind search: without the rule nobody is advised to bend it."""
    free = [event for event in CASES["A06"].events if event.act != "rule"]
    advice = METER.advise(pm.Encounter("A06-free", free, sector="food_counter", channel=pm.Channel.FACE_TO_FACE))
    assert not any(change.act == "bend_rule" for piece in advice.pieces for change in piece.changes)


@pytest.mark.parametrize("row", ["A04", "A05", "D11", "E06", "E08"])
def test_a_very_good_row_gets_no_advice(row: str) -> None:
    """There is nothing to mend, and gifts are no advice."""
    advice = METER.advise(CASES[row])
    assert (advice.pieces, advice.together, advice.next_band) == ((), None, None)
    assert "nothing is left" in advice.explain()


def _words(row: str) -> dict[str, Any]:
    """What the other one of a pair is made of, by a what-if alone."""
    return {
        "E03": {"replace": {"customer.minimal": "small_talk: Millä uistimella?"}},
        "E01": {"replace": {"customer.small_talk": "minimal #lengthened: Mmmmm."}},
        "E06": {
            "setting": {"queue": 0},
            "replace": {"customer.look_away": "watch"},
            "add": ["0:34 customer laugh"],
        },
        "E04": {"setting": {"queue": 4}, "replace": {"customer.watch": "look_away"}, "remove": ["customer.laugh"]},
        "D13a": {"setting": {"queue": 5}},
        "D12": {"setting": {"queue": 0}},
        "A13b": {"replace": {"customer.small_talk": "minimal: mm"}},
        "A13a": {"replace": {"customer.minimal": "small_talk: tells of the sledge"}},
    }[row]


@pytest.mark.parametrize(
    ("row", "other"),
    [
        ("E01", "E03"),
        ("E03", "E01"),
        ("E04", "E06"),
        ("E06", "E04"),
        ("D12", "D13a"),
        ("D13a", "D12"),
        ("A13a", "A13b"),
        ("A13b", "A13a"),
    ],
)
def test_a_counter_case_comes_out_by_a_what_if_alone(row: str, other: str) -> None:
    """The same acts of staff, another cue or another queue: the other row's verdict."""
    comparison = METER.what_if(CASES[row], **_words(other))
    assert comparison.before == METER.score(CASES[row])
    assert comparison.after.band == METER.score(CASES[other]).band
    assert comparison.after.score == METER.score(CASES[other]).score
