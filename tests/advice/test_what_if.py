"""What if: another situation, other events, another rubric; and everything that may be wrong with the question."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import palvelumittari as pm
from palvelumittari.advice import value_from_text
from palvelumittari.formats import dumps
from palvelumittari.records.comparison import Comparison

METER = pm.Meter(installed=False)

TALK = METER.loads(
    """
id: talk
sector: kiosk
channel: face_to_face
record: full
setting.queue: 3
customer.regular: true

0:10 server small_talk (5 s): fish
0:20 customer minimal: mm
- colleague/anna say
0:41 server small_talk: more fish
""".strip(),
    format="timeline",
)


def asked(**other: Any) -> Comparison:
    return METER.what_if(TALK, **other)


def acts(comparison: Comparison) -> list[str]:
    """What is other, a line each."""
    return list(comparison.changes)


def test_another_setting_another_verdict() -> None:
    """Nobody waits: then the talk is no detour."""
    comparison = asked(setting={"queue": 0})
    assert comparison.before == METER.score(TALK)
    assert comparison.changes == ("setting.queue = 0",)
    rows = {row.criterion: row for row in comparison.differing}
    row = rows["service/no-detours"]
    assert row.before is not None
    assert row.after is not None
    assert (row.before.outcome, row.after.outcome) == ("missed", "met")
    assert comparison.gain == 0  # both are held at poor, but the points differ
    assert (row.before.points, row.after.points) == (-6, 0)
    assert [before.reading for before, _ in comparison.readings if before] == ["queue"]


def test_fields_are_taken_away_with_none() -> None:
    """Of the setting, the customer and the head."""
    comparison = asked(setting={"queue": None}, customer={"regular": None}, sector=None)
    assert comparison.changes == ("- setting.queue", "- customer.regular", "- sector")
    assert comparison.after.sector is None


def test_the_head_may_be_other() -> None:
    """Channel, language, observer, record and what was observed."""
    comparison = asked(channel="phone", record="excerpt", observed=["speech"], observer="machine", language="sv")
    assert comparison.after.channel == "phone"
    assert comparison.changes[2] == 'observed = ["speech"]'
    assert {note.kind for note in comparison.after.notes} >= {"excerpt"}


def test_events_come_and_go_in_their_places() -> None:
    """By time, behind an event, at the end; by number, by index, by selector."""
    comparison = asked(
        add=["0:30 customer sigh", "@1 customer laugh", "@0 customer arrive", "- customer leave", "0:05 customer nod"],
        remove=["customer.minimal", 2],
        replace={"4": "answer #routine: no", 0: "greet"},
    )
    assert comparison.changes == (
        "+ 0:05 customer nod",
        "+ 0:10 customer arrive",
        "- 0:10 server small_talk (5 s): fish",
        "+ 0:10 server greet",
        "+ 0:10 customer laugh",
        "- 0:20 customer minimal: mm",
        "- - colleague/anna say",
        "+ 0:30 customer sigh",
        "- 0:41 server small_talk: more fish",
        "+ 0:41 server answer #routine: no",
        "+ - customer leave",
    )


def test_an_event_may_be_given_as_it_is() -> None:
    """For programs; it comes by its time as well."""
    comparison = asked(add=[pm.Event(pm.Actor.CUSTOMER, "laugh", at_ms=15_000), pm.Event(pm.Actor.CUSTOMER, "leave")])
    assert comparison.changes == ("+ 0:15 customer laugh", "+ - customer leave")


def test_an_encounter_without_events_can_get_some() -> None:
    """At the start, which is the end."""
    empty = pm.Encounter("empty", (), sector="kiosk")
    assert METER.what_if(empty, add=["- customer ask", "@0 customer arrive"]).changes == (
        "+ - customer ask",
        "+ - customer arrive",
    )


def test_another_rubric() -> None:
    """Criteria that only one of them has stand beside a dash."""
    comparison = asked(rubric="transit")
    assert comparison.changes == ("rubric = transit",)
    row = next(row for row in comparison.rows if row.criterion == "transit/warm-transfer")
    assert (row.before, row.after is None, row.differs) == (None, False, True)
    assert "Handed over, not sent away: – → " in comparison.explain()


def test_a_reading_that_only_one_rubric_has_is_told_once() -> None:
    """On its own side."""
    comparison = asked(setting={"queue": 0})
    without = attrs.evolve(comparison, after=attrs.evolve(comparison.after, readings=()))
    assert "  as it was: Others waiting: 3" in without.explain()
    assert "  what if:" not in without.explain()


def test_nothing_other_is_nothing_other() -> None:
    """It says so."""
    comparison = asked()
    assert (comparison.changes, comparison.differing, comparison.gain) == ((), (), 0)
    assert comparison.explain().endswith("\n  No criterion comes out otherwise.")


def test_without_a_score_there_is_no_gain() -> None:
    """On either side."""
    comparison = asked(remove=["1", "2", "3", "4"], record="excerpt")
    assert comparison.gain is None
    assert "→ no score" in comparison.explain()


def test_a_comparison_reads_so() -> None:
    """What is other, both scores, the criteria and readings that differ; in each language."""
    text = asked(setting={"queue": 0}).explain()
    assert text.splitlines()[1:3] == ["  setting.queue = 0", ""]
    assert "\n  No detours while others wait: missed (−6.0) → met [service/no-detours]\n" in text
    assert "\nWhat the customer showed\n  as it was: Others waiting: 3\n  what if: Others waiting: stayed at 0" in text
    assert "  entä jos: Muita odottamassa: pysyi arvossa 0" in asked(setting={"queue": 0}).explain("fi")
    assert "  tänk om: Andra som väntar: stannade på 0" in asked(setting={"queue": 0}).explain("sv")


def test_a_comparison_is_written_and_read_back() -> None:
    """With both verdicts."""
    comparison = asked(setting={"queue": 0})
    assert pm.loads(dumps(comparison), Comparison) == comparison


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            {"setting": {"queu": 0}},
            "unknown field 'setting.queu'\n    expected a field that an encounter may have\n"
            "    try: did you mean `setting.queue`?",
        ),
        (
            {"wether": "rain"},
            "unknown field 'wether'\n    expected a field that an encounter may have\n"
            "    try: `palvelumittari rubric show vocabulary` lists them",
        ),
        (
            {"setting": {"queue": "long"}},
            "talk at $.setting.queue: a value that the field does not take\n"
            "    found text ('long'); expected a whole number from 0",
        ),
        ({"remove": ["9"]}, "talk: there is no event 9\n    found '9'; expected one of 4 events"),
        ({"remove": [4]}, "talk: there is no event of index 4\n    found '4'; expected one of 4 events"),
        (
            {"remove": ["customer.bid"]},
            "talk: no event matches 'customer.bid'\n    found 'customer.bid'; "
            "expected a selector of an event in this encounter, or a number",
        ),
        ({"remove": ["minimal"]}, "this is no selector\n    found 'minimal'\n    try: say who does it: staff.minimal"),
        (
            {"remove": ["customer.minimall"]},
            "line 1: unknown act `minimall`\n    customer.minimall\n    ^^^^^^^^^^^^^^^^^\n"
            "    try: did you mean `minimal`?",
        ),
        (
            {"add": ["@9 customer laugh"]},
            "talk: there is no event 9\n    found '@9 customer laugh'; expected one of 4 events",
        ),
        (
            {"add": [" "]},
            "talk: this names no event\n    found ' '; expected a line such as `0:36 customer minimal: mmm`",
        ),
        (
            {"replace": {"1": "greet ("}},
            "line 1:16: the bracket is not closed\n    - server greet (\n                   ^\n"
            "    expected a duration such as (15 s)",
        ),
    ],
)
def test_what_is_wrong_is_told(other: dict[str, Any], said: str) -> None:
    """With what was found, what was expected and what to try."""
    with pytest.raises(pm.EncounterError) as caught:
        asked(**other)
    assert str(caught.value) == said


def test_all_that_is_wrong_is_told_at_once() -> None:
    """Fields before events, events before the values of the head; a line may be wrong twice."""
    with pytest.raises(pm.EncounterError) as fields:
        asked(setting={"queu": 0, "pac": 0})
    with pytest.raises(pm.EncounterError) as events:
        asked(remove=["9", "8"], add=["x"])
    with pytest.raises(pm.EncounterError) as heads:
        asked(channel="fone", observer="me")
    assert [len(each.value.problems) for each in (fields, events, heads)] == [2, 4, 2]
    assert heads.value.problems[0].place.path == "$.channel"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("setting.queue", "0", 0),
        ("setting.pace", "busy", "busy"),
        ("setting.pace", "true", "true"),
        ("setting.pace", '"busy"', "busy"),
        ("customer.regular", "true", True),
        ("customer.regular", "yes", "yes"),
        ("observed", '["speech"]', ["speech"]),
        ("sector", "42", "42"),
        ("unknown", "{", "{"),
    ],
)
def test_a_text_becomes_the_value_that_the_field_holds(name: str, text: str, value: object) -> None:
    """Text where it holds text, else JSON, else text, which the check then refuses."""
    assert value_from_text(name, text, METER.vocabulary) == value
