"""The strategies: what they draw is valid, uses all of the language, and keeps the laws on any encounter."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import palvelumittari as pm
from palvelumittari.reading.parts import names_in, selectors_of
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.reading.vocabulary_file import EMPTY, add_vocabulary
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import MEASURES
from palvelumittari.records.vocabulary import FieldType, Vocabulary
from palvelumittari.reference import Judgements, judge
from palvelumittari.scoring import all_weight, coverage, judged_weight, not_judged_weight, settle, tally
from palvelumittari.testing import encounters, rubric_documents, rubric_from, rubrics, vocabularies
from palvelumittari.testing.contract.examples import drawn
from palvelumittari.testing.strategies import readings, vocabulary_documents
from palvelumittari.testing.strategies.of_criteria import Sheet
from palvelumittari.testing.strategies.of_terms import Phrasing

METER = pm.Meter(installed=False)
SHIPPED = rubrics(METER.vocabulary, readings=METER.catalog.terms.readings)
SOME = settings(max_examples=40, suppress_health_check=list(HealthCheck))
Trio = tuple[Vocabulary, pm.Rubric, pm.Encounter]


def half(scene: pm.Scene) -> float | None:
    """A measure."""
    return 0.5 if scene.encounter.events else None


@st.composite
def trios(draw: st.DrawFn) -> Trio:
    """A vocabulary with a rubric and an encounter of it."""
    vocabulary = draw(vocabularies())
    return vocabulary, draw(rubrics(vocabulary, measures={"test.half": half})), draw(encounters(vocabulary))


def judged(trio: Trio) -> Judgements:
    """What becomes of an encounter under a rubric."""
    vocabulary, rubric, encounter = trio
    return judge(encounter, rubric, vocabulary, {"test.half": half})


# --- laws -------------------------------------------------------------------------------------------------------


@SOME
@given(trios())
def test_every_random_rubric_judges_every_random_encounter(trio: Trio) -> None:
    """Every criterion gets an outcome and a fulfilment in range, evidence is real, and weights add up."""
    found = judged(trio)
    assert [each.criterion.id for each in found.judged] == [each.id for each in trio[1].criteria]
    for each in found.judged:
        assert each.judgement.outcome != pm.Outcome.ERROR
        assert each.judgement.fulfilment is None or 0 <= each.judgement.fulfilment <= 1
        assert all(0 <= cited.event < len(trio[2].events) for cited in each.evidence)
    settled = settle([each.judgement for each in found.judged])
    whole, rest = all_weight(settled), judged_weight(settled) + not_judged_weight(settled)
    assert rest == pytest.approx(whole, rel=1e-12)
    share = coverage(settled)
    assert share is None or 0 <= share <= 1
    score = tally(settled, trio[1].scoring).score
    assert score is None or 0 <= score <= 100


@SOME
@given(SHIPPED, encounters(METER.vocabulary))
def test_random_rubrics_of_the_shipped_vocabulary_judge_too(rubric: pm.Rubric, encounter: pm.Encounter) -> None:
    """With the shipped readings, twice with the same result."""
    assert judge(encounter, rubric, METER.vocabulary) == judge(encounter, rubric, METER.vocabulary)


@SOME
@given(st.data())
def test_a_document_is_read_as_a_file_is(data: st.DataObject) -> None:
    """The same document gives the same rubric, down to its digest."""
    document = data.draw(rubric_documents(METER.vocabulary, readings=METER.catalog.terms.readings))
    first, again = (rubric_from(document, METER.vocabulary, readings=METER.catalog.terms.readings) for _ in range(2))
    assert first == again
    live = [each for each in document["criterion"] if each.get("lifecycle") != "retired"]
    assert [each.id for each in first.criteria] == [f"random/rubric/{each['id']}" for each in live]


def test_a_document_with_a_mistake_is_refused() -> None:
    """With all that is wrong, as of a file."""
    document: dict[str, Any] = {**drawn(rubric_documents(METER.vocabulary), 1)[0], "version": "one"}
    document["criterion"][0]["weight"] = 11
    with pytest.raises(pm.RubricError, match="`one` does not fit here"):
        rubric_from(document, METER.vocabulary)


# --- what is drawn ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    """Many documents, always the same."""
    known = METER.catalog.terms.readings
    return drawn(rubric_documents(METER.vocabulary, readings=known, measures=["test.half"]), 200)


@pytest.fixture(scope="module")
def criteria(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All criteria in them."""
    return [criterion for document in documents for criterion in document["criterion"]]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_drawn_with_each_of_its_keys(measure: str, criteria: list[dict[str, Any]]) -> None:
    """Those of one rule and of several alike; and criteria have it."""
    sheet = Sheet(Phrasing(METER.vocabulary, METER.catalog.terms.readings), ["test.half"])
    keys = {key for kind in sheet.kinds(measure) for table in drawn(kind.tables, 60) for key in table}
    assert any(measure in each for each in criteria)
    wanted = {
        "shows": {"act", "at_least", "phases", "while", "phase", "after", "within", "longer", "otherwise"},
        "avoids": {"act", "while", "allow", "each", "healed"},
        "responds": {"after", "with", "within", "unless", "rules"},
        "ceases": {"act", "after", "once", "within", "until"},
        "precedes": {"act", "first", "otherwise"},
        "prompt": {"after", "act", "full", "none", "untimed"},
        "grades": {"acts", "pick", "otherwise", "after", "healed"},
        "calls": {"function"},
    }
    assert keys == wanted[measure]


def test_criteria_are_drawn_with_every_key(criteria: list[dict[str, Any]]) -> None:
    """Roles, caps, lifts, what they refine, when they apply, and situations that change them."""
    keys = {key for each in criteria for key in each} - set(MEASURES)
    assert keys == {
        *("id", "role", "weight", "title", "why", "advice", "when", "refines", "instead", "free", "lifecycle"),
        *("caps", "lifts", "situation"),
    }
    assert {each["role"] for each in criteria} == {"must", "linear", "bonus", "penalty"}
    assert {each.get("lifecycle") for each in criteria} == {None, "stable", "trial", "retired"}
    changed = {key for each in criteria for situation in each.get("situation", ()) for key in situation}
    assert {"when", "title", "excuse", "weight", "role", "advice", "act", "within"} <= changed


def test_documents_are_drawn_with_every_key(documents: list[dict[str, Any]]) -> None:
    """The head, and the constants of scoring."""
    assert {key for each in documents for key in each} == {
        *("schema", "id", "version", "title", "summary", "sectors", "channels", "scoring", "criterion")
    }
    assert {each.get("scoring", {}).get("model") for each in documents} == {None, "ledger", "mean", "lowest"}


def test_conditions_name_fields_readings_phases_and_events() -> None:
    """So that every part of the language is walked through; the phase at a moment only."""
    said = Phrasing(METER.vocabulary, METER.catalog.terms.readings)
    both = ("ever(", "always(", "seen(", "count(", " and ", " or ", "not (", " in [", "setting.", "talk ", "==", "!=")
    for texts, parts in ((drawn(said.at_moment, 500), (*both, "phase ")), (drawn(said.over_all, 500), both)):
        for part in parts:
            assert any(part in text for text in texts), part


def test_readings_given_are_the_readings_named() -> None:
    """A rubric holds those that its conditions name."""
    for rubric in drawn(SHIPPED, 60):
        assert set(rubric.readings) <= names_in(rubric.criteria) & set(METER.catalog.terms.readings)


def test_many_criteria_have_something_to_judge() -> None:
    """Random rubrics and encounters of one small vocabulary meet often enough to compare engines by them."""
    outcomes = Counter(str(each.judgement.outcome) for trio in drawn(trios(), 100) for each in judged(trio).judged)
    assert {"met", "partly", "missed", "undecided", "not_observed", "not_applicable"} <= set(outcomes)
    assert outcomes["met"] + outcomes["partly"] + outcomes["missed"] >= 30


def test_vocabularies_hold_everything_that_a_vocabulary_may() -> None:
    """Kinds, groups, core acts, tags, fields of every type; some in nobody's hands but the system's."""
    found = drawn(vocabularies(), 150)
    acts = [act for vocabulary in found for act in vocabulary.acts.values()]
    assert any(act.is_group for act in acts)
    assert any(act.kind_of for act in acts)
    assert any(act.core for act in acts)
    assert any(vocabulary.tags for vocabulary in found)
    assert any(act.by == {pm.Actor.SYSTEM} for act in acts)
    assert {field.type for vocabulary in found for field in vocabulary.fields.values()} == set(FieldType)
    assert all(act.title.missing() == () for act in acts)


def test_readings_hold_everything_that_a_reading_may() -> None:
    """Starts, a field to start from, cues that set and cues that add."""
    found = [each for known in drawn(vocabularies().flatmap(readings), 200) for each in known.values()]
    assert any(each.starts for each in found)
    assert any(each.from_field for each in found)
    assert any(cue.set is not None for each in found for cue in each.cues)
    assert any(cue.add is not None for each in found for cue in each.cues)
    assert {each.range for each in found} == {(0, 1), (-1, 1), (0, 10)}


def test_a_vocabulary_in_which_staff_can_do_nothing_has_rubrics_too() -> None:
    """They name what others do."""
    document = drawn(vocabulary_documents(), 1)[0]
    act = {"title": {"en": "rain", "fi": "sade", "sv": "regn"}, "modalities": ["system"], "by": ["system"]}
    vocabulary = add_vocabulary(EMPTY, TomlFile("a.toml", "", {**document, "act": {"rain": act}, "group": {}}))
    for rubric in drawn(rubrics(vocabulary), 20):
        assert {name for each in selectors_of(rubric.criteria) for name in each.acts} <= {"rain"}


# --- encounters -------------------------------------------------------------------------------------------------


def test_encounters_keep_to_the_acts_and_the_length_that_are_asked_for() -> None:
    """Kinds included; and in the sector."""
    found = drawn(encounters(METER.vocabulary, sector="retail", max_events=3, acts=["offer"]), 60)
    acts = {event.act for each in found for event in each.events}
    assert acts <= METER.vocabulary.any_of("offer")
    assert "upsell" in acts
    assert max(len(each.events) for each in found) == 3
    assert {each.sector for each in found} == {"retail"}


def test_failures_shrink_to_little() -> None:
    """The least rubric with a situation is one criterion with short texts."""
    document = find(
        rubric_documents(METER.vocabulary),
        lambda table: any("situation" in each for each in table["criterion"]),
        settings=settings(database=None, derandomize=True, deadline=None, phases=[Phase.generate, Phase.shrink]),
    )
    (criterion,) = rubric_from(document, METER.vocabulary).criteria
    (situation,) = criterion.situations
    assert isinstance(situation.when, Condition)
    assert len(situation.when.text) < 40
