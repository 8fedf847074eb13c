"""Conditions in source: three values at every kind of moment, also where no rubric file could put them."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from tests.compiler.agreeing import agree
from tests.compiler.dense import dense_encounters
from tests.reference.conftest import read_criteria

from palvelumittari.compiler import CannotCompileError, compile_rubric
from palvelumittari.reading.conditions import parse_condition
from palvelumittari.reading.terms import Terms
from palvelumittari.records.condition import Compare, Comparison, Condition, Literal, Not
from palvelumittari.records.rubric import Rubric
from palvelumittari.words.errors import RubricError

MEASURES = (
    'avoids = { act = "staff.joke" }',
    'shows = { act = "staff.small_talk", while = "talk < 2" }',
    'ceases = { act = "staff.small_talk", once = "talk < 2", until = "talk > 2" }',
)

WHENS = (
    "ever(talk < 0.4 and strain > 0.3)",
    "always(talk > 0.1 or queue > 1) and not ever(strain > 0.9)",
    "not always(talk < 0.6)",
    "count('customer.ask') > 1 and not seen('customer.decline')",
    "ever(seen('customer.ask') or talk > 0.7)",
    "ever(count('customer.ask | customer.minimal') > 3)",
    "not (customer.regular and setting.queue > 0)",
    "setting.pace in ['quiet'] or setting.pace != 'busy'",
    "channel == 'phone' or observer not in ['machine', 'customer']",
    "sector == 'test' and language == 'fi'",
    "not ever(setting.queue > 1)",
)


def _rubric(condition: str, terms: Terms) -> Rubric:
    tables = (
        f'[[criterion]]\nid = "c{number}"\nwhen = """{condition}"""\n{measure}\n'
        for number, measure in enumerate(MEASURES)
    )
    return read_criteria("\n".join(tables), terms)


@pytest.mark.parametrize("condition", WHENS)
def test_a_when_is_asked_of_the_whole_record(condition: str, terms: Terms) -> None:
    """It is true, false or unknown, and what is true may give an occasion."""
    compiled = compile_rubric(_rubric(condition, terms), terms.vocabulary)
    applied = 0
    for encounter in dense_encounters(Random(condition), 150):
        applied += bool(agree(compiled, encounter, terms.vocabulary).judgements[0].fulfilment)
    assert 0 < applied < 150 or "language" in condition


def _with(rubric: Rubric, condition: Condition) -> Rubric:
    """A rubric whose conditions were made by hand, past all checks."""
    criteria = []
    for criterion in rubric.criteria:
        changes = {key: condition for key in ("while_", "once", "until") if getattr(criterion.measure, key, None)}
        criteria.append(attrs.evolve(criterion, when=condition, measure=attrs.evolve(criterion.measure, **changes)))
    return attrs.evolve(rubric, criteria=tuple(criteria))


@pytest.mark.parametrize(
    "text",
    [
        "server.id != 'a' or record == 'full'",
        "phase == 'service'",
        "not (phase == 'service')",
        "talk < 0.4",
        "not customer.regular",
    ],
)
def test_what_no_file_may_say_means_the_same(text: str, terms: Terms) -> None:
    """Hand-made rubrics may ask for a phase or a bare reading in a `when`, or compare truths with truths."""
    rubric = _rubric("ever(talk < 0.4)", terms)
    inner = parse_condition(text)
    for node in (inner.root, Compare(inner.root, Comparison.EQUAL, Literal(False)), Not(Literal(False))):
        compiled = compile_rubric(_with(rubric, Condition(f"by hand: {node}", node)), terms.vocabulary)
        for encounter in dense_encounters(Random(text), 60):
            agree(compiled, encounter, terms.vocabulary)


def test_an_ever_inside_another_is_refused(terms: Terms) -> None:
    """As it is when a rubric is read."""
    nested = "ever(talk < 0.4 and always(talk < 0.7))"
    with pytest.raises(RubricError, match="stands inside another ever or always"):
        _rubric(nested, terms)
    rubric = _with(_rubric("ever(talk < 0.4)", terms), parse_condition(nested))
    with pytest.raises(CannotCompileError, match=r"^an ever or always stands inside another one\n"):
        compile_rubric(rubric, terms.vocabulary)
