"""Whole rubrics on both engines: what is shipped, what is random, and what situations, trials and refinement do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.compiler.agreeing import agree
from tests.compiler.dense import dense_encounters
from tests.reference.conftest import read_criteria

import palvelumittari as pm
from palvelumittari.compiler import CannotCompileError, Compiled, compile_rubric
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.choosing import choose
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.scene import Answer, Scene
from palvelumittari.records.verdict import GateKind, Outcome
from palvelumittari.testing.strategies import encounters, rubrics, vocabularies

METER = pm.Meter()
CASES = METER.catalog.cases


@cache
def compiled(names: tuple[str, ...]) -> Compiled:
    """The rubrics of these ids, united and compiled."""
    catalog = METER.catalog
    return compile_rubric(METER.rubric(*names), METER.vocabulary, catalog.measures, catalog.models)


def chosen(encounter: Encounter) -> Compiled:
    """The compiled rubric that a meter would choose."""
    return compiled(choose(encounter, METER.catalog.rubrics).rubrics)


@pytest.mark.parametrize("place", range(len(CASES)), ids=lambda place: CASES[place].file.stem)
def test_every_shipped_case_has_the_same_numbers(place: int) -> None:
    """Those of the verdict that the meter gives with the reference interpreter."""
    case = read_case(read_toml(CASES[place].file), METER.vocabulary)
    encounter = case.encounter
    numbers = agree(chosen(encounter), encounter, METER.vocabulary, METER.catalog.measures)
    verdict = METER.score(encounter)
    assert (numbers.score, numbers.calculated_score, numbers.band) == (
        verdict.score,
        verdict.calculated_score,
        verdict.band,
    )
    assert (numbers.coverage, numbers.status, numbers.gates) == (verdict.coverage, verdict.status, verdict.gates)
    found = [(each.criterion, each.outcome, each.points) for each in verdict.findings]
    assert found == [(name, outcome, numbers.points[name]) for name, outcome in numbers.outcomes.items()]


@pytest.mark.parametrize("name", sorted(METER.catalog.rubrics))
def test_shipped_rubrics_agree_on_random_encounters(name: str) -> None:
    """Every shipped rubric, on encounters that the cases do not think of."""
    rubric = compiled((name,))

    @settings(max_examples=25, deadline=None, database=None)
    @given(encounters(METER.vocabulary, max_events=40))
    def agreed(encounter: Encounter) -> None:
        agree(rubric, encounter, METER.vocabulary, METER.catalog.measures)

    agreed()


# --- random rubrics ---------------------------------------------------------------------------------------------


def half(scene: Scene) -> Answer:
    """Always half."""
    return Answer(fulfilment=0.5, speaks_for=(0,) if scene.phases else ())


def nothing(scene: Scene) -> None:
    """Nothing to judge."""


def spoilt(scene: Scene) -> Any:
    """Breaks the contract."""
    return 7


def whole(scene: Scene) -> Answer:
    """A share of what the readings were."""
    return Answer(fulfilment=abs(sum(sum(values) for values in scene.readings.values())) % 1)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "p.half": half,
    "p.nothing": nothing,
    "p.spoilt": spoilt,
    "p.whole": whole,
}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_random_rubrics_agree_on_random_encounters(data: st.DataObject) -> None:
    """All measures, situations, readings, excerpts, untimed events, trials and refinement, under every model."""
    vocabulary = data.draw(vocabularies())
    rubric = data.draw(rubrics(vocabulary, measures=FUNCTIONS, max_criteria=5))
    function = compile_rubric(rubric, vocabulary, FUNCTIONS)
    for encounter in data.draw(st.lists(encounters(vocabulary, sector="taxi"), min_size=1, max_size=4)):
        agree(function, encounter, vocabulary, FUNCTIONS)


# --- situations, trials, refinement -----------------------------------------------------------------------------

ENTANGLED = """
[[criterion]]
id = "greeting"
role = "must"
shows = { act = "staff.answer" }
[[criterion.situation]]
when = "setting.queue > 0"
excuse = true
[[criterion.situation]]
when = "customer.regular"
excuse = false
role = "linear"
weight = 4
[[criterion.situation]]
when = "setting.pace == 'busy'"
caps = "none"
act = "staff.greet"
weight = 2.5

[[criterion]]
id = "talk"
role = "linear"
weight = 3
refines = ["test/greeting"]
avoids = { act = "staff.small_talk", while = "talk < 0.4" }
[[criterion.situation]]
when = "ever(talk < 0.3)"
role = "bonus"
lifts = false
[[criterion.situation]]
when = "seen('customer.decline')"
while = "talk < 0.6"
allow = 1

[[criterion]]
id = "trial"
role = "must"
lifecycle = "trial"
refines = ["test/talk"]
avoids = { act = "staff.joke" }
[[criterion.situation]]
when = "setting.queue > 0"
excuse = true

[[criterion]]
id = "delight"
role = "bonus"
weight = 5
refines = ["test/talk"]
when = "seen('customer.ask')"
shows = { act = "staff.answer", after = "customer.ask", otherwise = 0.5 }
[[criterion.situation]]
when = "customer.regular"
lifts = false

[[criterion]]
id = "answer"
role = "linear"
weight = 2
responds = { rules = [
    { after = "customer.ask", with = "staff.answer" }, { after = "customer.fumble", with = "staff.offer" },
] }
[[criterion.situation]]
when = "setting.queue > 0"
within = "1 turn"
[[criterion.situation]]
when = "not seen('customer.leave')"
unless = "customer.quiet"

[[criterion]]
id = "soon"
role = "linear"
prompt = { after = "customer.ask", act = "staff.answer", full = "5 s", none = "60 s" }
[[criterion.situation]]
when = "setting.queue > 0"
full = "20 s"
[[criterion.situation]]
when = "not seen('customer.decline')"
none = "19 s"

[[criterion]]
id = "served"
role = "linear"
weight = 9
shows = { act = "staff.quiet" }

[[criterion]]
id = "joke"
role = "must"
avoids = { act = "staff.joke" }

[[criterion]]
id = "late"
role = "penalty"
weight = 1.5
grades = { acts = [{ act = "staff.joke", is = 0.5 }], otherwise = 1 }
[[criterion.situation]]
when = "customer.at_fault"
excuse = true
"""


@pytest.mark.parametrize("scoring", ["", "loss_weight = 0", "doubt = 0", 'model = "mean"', 'model = "lowest"'])
def test_situations_trials_and_refinement_agree(terms: Terms, scoring: str) -> None:
    """Excuses, changed roles, weights and measures, criteria on trial and those that others judge in place of."""
    rubric = read_criteria(f"[scoring]\n{scoring}\n{ENTANGLED}", terms)
    function = compile_rubric(rubric, terms.vocabulary)
    seen: Counter[Any] = Counter()
    for encounter in dense_encounters(Random("entangled"), 400):
        numbers = agree(function, encounter, terms.vocabulary)
        seen.update(numbers.outcomes.values())
        seen.update(each.judged_by for each in numbers.settled)
        seen.update(each.kind for each in numbers.gates)
        seen[numbers.band] += 1
    assert seen[Outcome.EXCUSED] > 10
    assert seen["test/talk"] > 20 and seen["test/delight"] > 20 and "test/trial" not in seen
    if not scoring:
        assert all(seen[kind] >= 3 for kind in GateKind), seen


def _situations(count: int) -> Iterator[str]:
    for number in range(count):
        yield f'[[criterion.situation]]\nwhen = "setting.queue > {number}"\nallow = {number % 3}\neach = 0.{number + 1}'


def test_too_many_forms_of_one_measure_are_refused(terms: Terms) -> None:
    """Six situations that change a measure are written out in all combinations, seven are too many."""
    head = 'avoids = { act = "staff.joke" }'
    six, seven = ("\n".join(["[[criterion]]", head, *_situations(count)]) for count in (6, 7))
    function = compile_rubric(read_criteria(six, terms), terms.vocabulary)
    for encounter in dense_encounters(Random("six"), 100):
        agree(function, encounter, terms.vocabulary)
    with pytest.raises(CannotCompileError) as refused:
        compile_rubric(read_criteria(seven, terms), terms.vocabulary)
    assert str(refused.value) == (
        "criterion `test/it` has too many situations that change its measure"
        '\n    try: use the other engine: Meter(engine="reference")'
    )


def test_a_plugin_may_tell_equal_options_apart(terms: Terms) -> None:
    """1 and true are equal, but not the same to a measure in Python."""
    functions = {"p.kind": lambda _, value: 1 if value is True else 0.5}
    text = """
        [[criterion]]
        calls = { function = "p.kind", options = { value = 1 } }
        [[criterion.situation]]
        when = "setting.queue > 0"
        options = { value = true }
    """
    function = compile_rubric(read_criteria(text, terms, functions), terms.vocabulary, functions)
    found = [agree(function, each, terms.vocabulary, functions) for each in dense_encounters(Random("equal"), 60)]
    assert {each.judgements[0].fulfilment for each in found} >= {0.5, 1.0}


def test_a_rubric_without_criteria_has_no_score(terms: Terms) -> None:
    """As every criterion may be dropped or retired."""
    rubric = read_criteria('[[criterion]]\nlifecycle = "retired"\navoids = { act = "staff.joke" }', terms)
    assert rubric.criteria == ()
    for encounter in dense_encounters(Random("none"), 10):
        assert agree(compile_rubric(rubric, terms.vocabulary), encounter, terms.vocabulary).score is None
