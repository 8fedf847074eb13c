"""Linters: what a rubric may say, but should think twice about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.words.errors import Problem, Severity

Faults = Callable[..., list[Problem]]
Text = Callable[..., str]

FREE = "points can be earned here without any cue of the customer"
STAFF = "this `when` reads what staff did, so that doing more could lower the score"


@pytest.mark.parametrize(
    "when",
    ["seen('staff.joke')", "count('*.joke') > 1", "customer.regular and not seen('server.say')", "ever(din > 0.5)"],
)
def test_when_reads_what_staff_did(when: str, faults: Faults) -> None:
    """Directly, through a selector for anybody, or through a reading that staff acts move."""
    (problem,) = faults(f'when = "{when}"\navoids = {{ act = "staff.joke" }}')
    assert (problem.what, problem.severity, problem.place.line) == (STAFF, Severity.WARNING, 13)


def test_the_when_of_a_situation_is_looked_at_too(faults: Faults) -> None:
    """At its own place."""
    text = 'avoids = { act = "staff.joke" }\n[[criterion.situation]]\nwhen = "ever(din > 1)"\nexcuse = true'
    (problem,) = faults(text)
    assert (problem.what, problem.place.path) == (STAFF, "$.criterion[0].situation[0].when")


@pytest.mark.parametrize("when", ["ever(talk < 0.3)", "seen('customer.joke')", "setting.queue > 1"])
def test_when_may_read_the_customer_and_the_context(when: str, faults: Faults) -> None:
    """And a reading that staff acts do not move."""
    assert faults(f'when = "{when}"\navoids = {{ act = "staff.joke" }}') == []


GRADES = 'grades = { acts = [{ act = "staff.say", is = 1, while = "talk < 1" }, { act = "staff.joke", is = 1 }] }'


@pytest.mark.parametrize("role", ["linear", "bonus"])
@pytest.mark.parametrize(
    "measure",
    [
        'shows = { act = "staff.say" }',
        'shows = { act = "staff.say", after = "staff.greet" }',
        'shows = { act = "staff.say", while = "setting.queue > 1" }',
        'responds = { after = "staff.greet", with = "staff.say" }',
        'prompt = { after = "staff.greet", act = "staff.say", full = "1 s", none = "2 s" }',
        'precedes = { act = "staff.charge", first = "staff.say" }',
        GRADES,
    ],
)
def test_points_without_a_cue_are_doubtful(role: str, measure: str, faults: Faults) -> None:
    """Whoever only talks enough would earn them."""
    (problem,) = faults(measure, role=f'"{role}"')
    assert (problem.what, problem.severity) == (FREE, Severity.WARNING)
    assert problem.hint == "add `when`, `while` or `after` with a cue, or say free = true if that is meant"


@pytest.mark.parametrize(
    "measure",
    [
        'shows = { act = "staff.say" }\nfree = true',
        'shows = { act = "staff.say" }\nwhen = "customer.regular"',
        'shows = { act = "staff.say", after = "customer.bid" }',
        'shows = { act = "staff.say", while = "talk > 0.5" }',
        'responds = { after = "customer.bid | system.fault", with = "staff.say" }',
        'prompt = { after = "customer.bid", act = "staff.say", full = "1 s", none = "2 s" }',
        GRADES.replace("is = 1 }", "is = 0 }"),
        'avoids = { act = "staff.joke" }',
        'ceases = { act = "staff.joke", once = "talk < 1" }',
        'calls = "taxi.route"',
    ],
)
def test_points_with_a_cue_are_fine(measure: str, faults: Faults) -> None:
    """Or those that are said to be free; a plugin's function is its own affair."""
    assert faults(measure, role='"linear"') == []


def test_a_duty_needs_no_cue(faults: Faults) -> None:
    """A must and a penalty earn nothing."""
    assert faults('shows = { act = "staff.say" }', role='"must"') == []


@pytest.mark.parametrize(
    ("first", "second", "doubled"),
    [
        ('shows = { act = "staff.say" }', 'shows = { act = "staff.say", at_least = 2 }', True),
        ('avoids = { act = "staff.say | staff.joke" }', 'avoids = { act = "staff.joke | staff.say" }', True),
        ('calls = "taxi.route"', 'calls = "taxi.route"', True),
        ('calls = "taxi.route"', 'calls = { function = "taxi.route", options = { a = 1 } }', False),
        ('shows = { act = "staff.say" }', 'avoids = { act = "staff.say" }', False),
        ('shows = { act = "staff.say" }', 'shows = { act = "server.say" }', False),
        ('shows = { act = "staff.say" }', 'shows = { act = "staff.say #hedged" }', False),
        ('shows = { act = "staff.say" }', 'shows = { act = "staff.say" }\nwhen = "customer.regular"', False),
        ('shows = { act = "staff.say" }', 'shows = { act = "staff.say" }\nrefines = "own/one"', False),
    ],
)
def test_two_criteria_that_judge_the_same(
    first: str, second: str, doubled: bool, check: Callable[..., list[Problem]], rubric: Text, criterion: Text
) -> None:
    """The later is told, unless one refines the other."""
    found = check(rubric("own", criterion(first, "one") + criterion(second, "two")))
    assert [problem.what for problem in found] == ["this criterion judges the same as `own/one`"] * doubled


def test_a_criterion_may_double_a_parents(check: Callable[..., list[Problem]], rubric: Text, criterion: Text) -> None:
    """Then the child is told, at its id."""
    (problem,) = check(rubric("own", criterion('shows = { act = "staff.greet" }')))
    assert problem.what == "this criterion judges the same as `service/greeting`"
    assert problem.place.path == "$.criterion[0].id"
