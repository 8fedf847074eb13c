"""Case files: encounters with the verdicts they must get."""

from __future__ import annotations

import pytest

from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.toml_file import parse_toml
from palvelumittari.records.encounter import Actor, Record
from palvelumittari.records.verdict import Outcome
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import Problem, RubricError

CASE = '''\
schema = 1
id     = "E01"
title  = { en = "Fish stories" }
expect = { band = "poor", score = [20, 39.9], outcomes = { "taxi/ride/dose" = "missed" } }

[encounter]
sector   = "taxi"
record   = "excerpt"
setting  = { queue = 0 }
timeline = """
-  server small_talk: pike
-  customer minimal #lengthened: mmmm
"""
'''


def faults(text: str, vocabulary: Vocabulary) -> list[Problem]:
    """Everything that is wrong with a case."""
    with pytest.raises(RubricError) as caught:
        read_case(parse_toml(text, "a.case.toml"), vocabulary)
    return list(caught.value.problems)


def test_a_case_is_read(vocabulary: Vocabulary) -> None:
    """The encounter takes the id of its case."""
    case = read_case(parse_toml(CASE, "a.case.toml"), vocabulary)
    assert (case.id, case.file, case.encounter.id) == ("E01", "a.case.toml", "E01")
    assert (case.expect.band, case.expect.score) == ("poor", (20, 39.9))
    assert case.expect.outcomes == {"taxi/ride/dose": Outcome.MISSED}
    assert case.encounter.record is Record.EXCERPT
    assert [event.by for event in case.encounter.events] == [Actor.SERVER, Actor.CUSTOMER]
    assert case.encounter.events[1].tags == ("lengthened",)


def test_events_may_stand_in_a_list_with_or_without_a_timeline(vocabulary: Vocabulary) -> None:
    """Those of the list come first, and each is told at its own place."""
    text = CASE.replace("[encounter]\n", '[encounter]\nevents = [{ by = "server", act = "greet" }]\n')
    case = read_case(parse_toml(text, "a.case.toml"), vocabulary)
    assert [event.act for event in case.encounter.events] == ["greet", "small_talk", "minimal"]
    wrong = text.replace('"greet"', '"gret"').replace("minimal", "minmal")
    assert [(problem.place.line, problem.hint) for problem in faults(wrong, vocabulary)] == [
        (7, "did you mean `greet`?"),
        (13, "did you mean `minimal`?"),
    ]
    alone = text[: text.index("timeline")]
    assert len(read_case(parse_toml(alone, "a.case.toml"), vocabulary).encounter.events) == 1


@pytest.mark.parametrize(
    ("old", "new", "what", "line", "hint"),
    [
        ("schema = 1", "schema = 2", "this version reads schema 1", 1, "write schema = 1"),
        ('id     = "E01"\n', "", "the key `id` is missing", None, "add `id`"),
        ('band = "poor"', 'band = "por"', "`por` is no band", 4, "did you mean `poor`?"),
        ("[20, 39.9]", "[40, 20]", "this is no range of scores", 4, None),
        ('"missed"', '"mised"', "a value of the wrong kind", 4, "did you mean `missed`?"),
        ("expect = {", "expect = {} #", "the case expects nothing", 4, "add band, outcomes or score"),
        ("sector  ", "sectr  ", "unknown key `sectr`", 7, "did you mean `sector`?"),
        ("queue = 0", "queu = 0", "unknown field 'setting.queu'", 9, "did you mean `queue`?"),
        ("server small_talk", "server smal_talk", "unknown act 'smal_talk'", 11, "did you mean `small_talk`?"),
        ("customer minimal", "custmer minimal", "unknown actor 'custmer'", 12, "did you mean `customer`?"),
    ],
)
def test_each_fault_has_its_line(
    old: str, new: str, what: str, line: int | None, hint: str | None, vocabulary: Vocabulary
) -> None:
    """Those of the timeline too."""
    assert old in CASE
    (problem,) = faults(CASE.replace(old, new), vocabulary)
    assert (problem.what, problem.place.line, problem.hint) == (what, line, hint)


def test_a_timeline_is_text(vocabulary: Vocabulary) -> None:
    """In three quotes; and an encounter is a table."""
    text = CASE[: CASE.index("timeline")]
    assert [problem.what for problem in faults(text + "timeline = 1", vocabulary)] == [
        "the timeline is text in three quotes"
    ]
    nothing = text[: text.index("[encounter]")] + "encounter = 1"
    assert [problem.found for problem in faults(nothing, vocabulary)] == ["a whole number (1)"]


def test_all_faults_are_told_at_once(vocabulary: Vocabulary) -> None:
    """Those of the head, of the encounter and of its timeline, in the order of the file."""
    text = CASE.replace("title ", "titel ").replace("queue", "queu").replace("small_talk", "smal_talk")
    assert [problem.place.line for problem in faults(text, vocabulary)] == [3, 9, 11]


def test_an_id_of_the_encounter_must_be_text(vocabulary: Vocabulary) -> None:
    """The encounter has the id of its case, or one of its own; the faults of either are told once."""
    (own,) = faults(CASE.replace("[encounter]", "[encounter]\nid = 5"), vocabulary)
    assert (own.place.path, own.found) == ("$.encounter.id", "a whole number (5)")
    (of_case,) = faults(CASE.replace('id     = "', 'id     = 5 #"'), vocabulary)
    assert (of_case.place.path, of_case.found) == ("$.id", "a whole number (5)")
