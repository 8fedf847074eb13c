"""The rows of the acceptance table about observers and shifts: D07, D08, D14."""

from __future__ import annotations

import pytest

import palvelumittari as pm
from palvelumittari.authoring.trying import try_case

METER = pm.Meter()
CASES = {
    tried.case.id: tried.case.encounter
    for tried in (try_case(METER, case.file) for case in METER.catalog.cases if case.file.name.startswith(("D", "C")))
}


def test_the_server_sees_nothing_odd_and_the_young_observer_does() -> None:
    """Row D07: the gap is at least one band, and the server's record lacks the blank face."""
    panel = METER.panel([CASES["D07a"], CASES["D07b"]], one_encounter=True)
    encounter = panel.encounters[0]
    assert [view.band for view in encounter.views] == [pm.Band.NEUTRAL, pm.Band.POOR]
    assert encounter.band_gap is not None
    assert encounter.band_gap >= 1
    (spot,) = encounter.blind_spots
    assert (spot.rater, spot.other) == (1, 2)
    assert "blank_face" in {each.act for each in spot.unseen}
    assert "service/warmth" in {gap.criterion for gap in encounter.gaps}


def test_the_same_events_weigh_more_to_the_young() -> None:
    """Row D08: nobody is blind to anything, and still a band lies between."""
    panel = METER.panel([CASES["D08a"], CASES["D08b"]], one_encounter=True)
    encounter = panel.encounters[0]
    assert (encounter.band_gap, encounter.blind_spots) == (1, ())
    gap = next(each for each in encounter.gaps if each.criterion == "service/greeting")
    assert gap.gap is not None
    assert gap.gap > 0


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_a_shift_never_tells_the_mean_alone(language: str) -> None:
    """Row D14: spread, share below good and worst tenth come before it."""
    day = [CASES[row] for row in ("D02", "D11", "D12", "D05", "D06", "C11")]
    shift = METER.shift(day)
    assert shift.spread.mean is not None
    assert shift.worst is not None
    assert shift.worst.encounters[0].band is pm.Band.VERY_POOR
    assert shift.spread.below_good_share == pytest.approx(1 / 6, abs=1e-6)
    lines = shift.explain(language).splitlines()
    mean = pm.Shift.explain(shift, language).find(str(shift.spread.mean).replace(".", "." if language == "en" else ","))
    assert mean > len(lines[0]) + len(lines[1])
