"""The rows of the acceptance table that speak of more than one encounter, on the shipped cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import palvelumittari as pm
from palvelumittari.cli import main
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.episode import RecoveryState
from palvelumittari.records.relationship import MoveCause, RelationStep
from palvelumittari.records.word_of_mouth import TellingModel

METER = pm.Meter()
MET = {
    case.id: case.encounter
    for case in (read_case(read_toml(each.file, each.name), METER.vocabulary) for each in METER.catalog.cases)
}
TRANSIT = Path(__file__).parents[2] / "rubrics" / "transit" / "cases"

TOLD = ["B01", "B02", "B03", "B04", "B05", "B09", "B10", "B11"]
"""What happened to the traveller: B06 and B07 tell what might have, and B08 is B02 to B05 as a whole."""

DAY = ["A01", "A02", "A04", "A05", "A07", "A08", "A09"]
"""The day out: A03 is a moment within A02, and A06 what might have been."""


def episode(*rows: str) -> pm.Episode:
    """The episode of some rows."""
    return METER.episode([MET[row] for row in rows])


@pytest.mark.parametrize(
    "rows",
    [TOLD, ["B01", "B08", "B09", "B10", "B11"], [f"B{number:02}" for number in range(1, 12)]],
    ids=["told", "in-short", "all-rows"],
)
def test_B12_the_whole_matter_has_a_happy_end(rows: list[str]) -> None:
    """Failed, and put right: good, and no better than that."""
    found = episode(*rows)
    assert (found.state, found.band) == (RecoveryState.RECOVERED, pm.Band.GOOD)
    assert found.after == pytest.approx(0.25, abs=0.03)


def test_B12_at_the_command_line() -> None:
    """From the shipped case files."""
    files = [str(TRANSIT / f"{row}.case.toml") for row in TOLD]
    result = CliRunner().invoke(main, ["episode", *files, "--lang", "en"])
    assert result.exit_code == 0
    assert ", good. Encounters: 8. The matter: put right" in result.stdout.splitlines()[0]


def test_B08_before_the_call_all_is_lost() -> None:
    """The same matter a few days earlier."""
    found = episode(*TOLD[:5])
    assert (found.state, found.band) == (RecoveryState.FAILED, pm.Band.VERY_POOR)


def test_B13_without_a_failure_the_customer_is_content() -> None:
    """Good, and maybe told on."""
    found = episode("A01", "A03")
    assert (found.state, found.band) == (RecoveryState.OK, pm.Band.GOOD)
    assert pm.make_word_of_mouth(found).probability == 0.33


def test_B14_a_failure_that_is_not_put_right_costs_the_customer() -> None:
    """Very poor, a former customer, and surely told on."""
    left = METER.loads("id: left\nsector: transit.rail\n\n- customer abandon\n")
    found = METER.episode([*(MET[row] for row in TOLD[:5]), left])
    assert (found.state, found.band) == (RecoveryState.UNRECOVERED, pm.Band.VERY_POOR)
    assert pm.make_word_of_mouth(found).probability == 0.95
    assert pm.make_relationship([found], start="customer").step is RelationStep.FORMER


def test_B15_a_failure_that_is_put_right_leaves_the_customer_content() -> None:
    """Good, and probably told on; research finds no such gain."""
    fixed = METER.loads(
        "id: fixed\nsector: transit.rail\n\n0:00 system fault\n0:10 customer complain\n0:15 server apologise\n"
        "0:20 server explain\n1:00 server fix\n"
    )
    found = METER.episode([fixed])
    assert (found.state, found.band) == (RecoveryState.RECOVERED, pm.Band.GOOD)
    assert pm.make_word_of_mouth(found).probability == 0.70
    assert pm.make_word_of_mouth(found, model=TellingModel.EVIDENCE).probability == 0.33


def test_B16_bad_is_told_to_more_people_than_good() -> None:
    """The same distance from neutral, and twice as many hear of it."""
    good, bad = (pm.make_word_of_mouth(METER.score(MET[row])) for row in ("B09", "B08"))
    assert bad.told / bad.standing**2 == pytest.approx(2 * good.told / good.standing**2, rel=0.01)


def test_C09_no_mean_hides_a_bad_encounter() -> None:
    """A journey shows its low point, and gives no score of the whole."""
    journey = METER.journey([MET[row] for row in DAY])
    assert journey.stop(journey.trough or 0).encounter.band is pm.Band.POOR
    assert not hasattr(journey, "score")


def test_S1_the_day_out_as_a_journey() -> None:
    """Very good at the bus and the counters, and an end that spoils it: nobody answered at the till."""
    journey = METER.journey([MET[row] for row in DAY], names=True)
    by_number = {stop.encounter.number: stop.encounter.id for stop in journey.stops}
    assert (by_number[journey.peak or 0], by_number[journey.trough or 0], by_number[journey.end or 0]) == (
        "A05",
        "A09",
        "A09",
    )
    worst = journey.stop(journey.trough or 0).worst
    assert worst is not None
    assert worst.criterion == "service/response"
    assert dict(journey.bands) == {"very_good": 4, "good": 1, "neutral": 1, "poor": 1, "very_poor": 0}


def test_E10_the_ladder_has_the_five_steps_that_encounters_may_note() -> None:
    """What `customer.relationship` may say is a step."""
    field = METER.vocabulary.fields["customer.relationship"]
    assert [step.value for step in RelationStep if step is not RelationStep.FORMER] == list(field.values)


def test_E11_several_emotional_encounters_lead_to_the_top() -> None:
    """A companion looked after, a show for a guest who laughs, a surprise: real encounters, not numbers."""
    rows = ["E08", "E06", "C04"]
    found = METER.relationship([MET[row] for row in rows], start="loyalist")
    assert (found.step, found.emotional_count) == (RelationStep.ADVOCATE, 3)


@pytest.mark.parametrize(
    ("start", "step", "cause"),
    [
        ("advocate", RelationStep.ADVOCATE, MoveCause.FORGIVEN),
        ("loyalist", RelationStep.LOYALIST, MoveCause.FORGIVEN),
        ("customer", RelationStep.TRIER, MoveCause.POOR),
        ("consumer", RelationStep.FORMER, MoveCause.POOR),
    ],
)
def test_E12_E13_a_bad_encounter_weighs_by_the_step(start: str, step: RelationStep, cause: MoveCause) -> None:
    """Fish stories to a rider who hums."""
    found = METER.relationship([MET["E01"]], start=start)
    assert (found.step, found.moves[0].cause) == (step, cause)


def test_E14_missing_aftercare_is_flagged_without_a_penalty() -> None:
    """The step that the encounter notes stays, and so does the balance."""
    found = METER.relationship([MET["E14"]])
    assert (found.start, found.step, found.balance, found.aftercare_count) == ("customer", "customer", 0, 0)
    assert "No aftercare in any of them" in found.explain()


@pytest.mark.parametrize(("row", "aftercare"), [("E15", 0.25), ("E16a", 0.25), ("E16b", 0.05), ("E17", 0.25)])
def test_E15_E16_E17_aftercare_binds(row: str, aftercare: float) -> None:
    """A call, a card, a common event; a mass greeting hardly."""
    (move,) = METER.relationship([MET[row]]).moves
    assert move.aftercare == aftercare
