"""Counts that add up, the shares that they give, and their form for programs."""

from __future__ import annotations

import json

import pytest

from palvelumittari.batch.summary import MOST_GROUPS, Criterion, Groups, Spread, Summary
from palvelumittari.batch.summary_data import summary_data
from palvelumittari.formats.structuring import CONVERTER
from palvelumittari.records.rubric import Role
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

SPREAD = Spread(bands=FrozenMap({"good": 3, "poor": 1, "none": 1}), judged_count=4, judged_millionths=2_000_000)
HELLO = Criterion(
    title=Text({"en": "A hello"}), role=Role.LINEAR, outcomes=FrozenMap({"met": 3, "missed": 1, "excused": 2})
)
SUMMARY = Summary(
    whole=SPREAD,
    rejected=2,
    below=1,
    sectors=Groups(named=FrozenMap({"kiosk": SPREAD})),
    criteria=FrozenMap({"counter/hello": HELLO}),
)


def test_shares_come_of_counts() -> None:
    """Of those scored, of those judged."""
    assert (SPREAD.count, SPREAD.scored_count, SPREAD.below_good_count) == (5, 4, 1)
    assert (SPREAD.share_below_good, SPREAD.coverage) == (0.25, 0.5)
    assert (HELLO.judged_count, HELLO.missed_count, HELLO.share_missed) == (4, 1, 0.25)


def test_nothing_has_no_share() -> None:
    """Unknown is not zero."""
    nothing = Spread()
    assert (nothing.share_below_good, nothing.coverage) == (None, None)
    assert Criterion(title=Text({"en": "x"}), role=Role.MUST).share_missed is None


def test_summaries_add_up() -> None:
    """Every count, and what only one of them has."""
    other = Summary(whole=Spread(bands=FrozenMap({"poor": 1})), sectors=Groups(named=FrozenMap({"": Spread()})))
    both = SUMMARY + SUMMARY + other
    assert both.whole.bands == FrozenMap({"good": 6, "poor": 3, "none": 2})
    assert (both.rejected, both.below, list(both.sectors.named)) == (4, 2, ["kiosk", ""])
    assert both.criteria["counter/hello"].outcomes["excused"] == 4
    assert Summary() + SUMMARY == SUMMARY == SUMMARY + Summary()


def test_there_is_an_end_to_groups() -> None:
    """A field with a value of its own for every encounter does not fill the memory."""
    one = Spread(bands=FrozenMap({"good": 1}))
    groups = Groups()
    for number in range(MOST_GROUPS + 7):
        groups = groups + Groups(named=FrozenMap({str(number): one}))
    groups = groups + Groups(named=FrozenMap({"0": one}))
    assert (len(groups.named), groups.others.count, groups.named["0"].count) == (MOST_GROUPS, 7, 2)
    listed = summary_data(Summary(groups=groups), "server.id")["groups"]
    assert (len(listed), listed[-1]["others"], listed[-1]["encounters"]) == (MOST_GROUPS + 1, True, 7)


def test_the_form_for_programs() -> None:
    """Counts and shares; `groups` only if the batch was grouped."""
    data = summary_data(SUMMARY)
    spread = {
        "encounters": 5,
        "scored": 4,
        "bands": {"very_good": 0, "good": 3, "neutral": 0, "poor": 1, "very_poor": 0, "none": 1},
        "below_good": 1,
        "share_below_good": 0.25,
        "coverage": 0.5,
    }
    assert data == {
        "schema": 1,
        "kind": "summary",
        **spread,
        "rejected": 2,
        "below_limit": 1,
        "sectors": [{"value": "kiosk", **spread}],
        "criteria": [
            {
                "criterion": "counter/hello",
                "title": {"en": "A hello"},
                "role": "linear",
                "judged": 4,
                "missed": 1,
                "share_missed": 0.25,
                "outcomes": {"met": 3, "missed": 1, "excused": 2},
            }
        ],
    }
    assert summary_data(Summary(), "channel")["groups"] == []
    assert summary_data(Summary())["coverage"] is None


@pytest.mark.parametrize("summary", [Summary(), SUMMARY])
def test_a_summary_survives_a_checkpoint(summary: Summary) -> None:
    """What is written reads back the same."""
    assert CONVERTER.structure(json.loads(json.dumps(CONVERTER.unstructure(summary))), Summary) == summary
