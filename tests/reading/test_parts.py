"""Finding the selectors and conditions inside records."""

from __future__ import annotations

from palvelumittari.reading.conditions import parse_condition
from palvelumittari.reading.parts import names_in, parts_of, selectors_of
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.records.measure import Grade, Grades, Shows
from palvelumittari.records.rubric import Situation
from palvelumittari.words.frozen import FrozenMap

SHOWS = Shows(act=parse_selector("staff.greet"), while_=parse_condition("talk > 0 and seen('customer.bid')"))


def test_parts_have_the_paths_of_the_file() -> None:
    """Where a reserved word has no underscore."""
    assert [(path, str(part)) for path, part in parts_of({"shows": SHOWS})] == [
        (("shows", "act"), "staff.greet"),
        (("shows", "while"), "talk > 0 and seen('customer.bid')"),
    ]


def test_parts_are_found_in_lists_and_situations() -> None:
    """At every depth."""
    grades = Grades(acts=(Grade(act=parse_selector("staff.say"), is_=1),))
    situation = Situation(
        when=parse_condition("setting.queue > 1"), measure=FrozenMap({"while_": parse_condition("talk < 1")})
    )
    assert [path for path, _ in parts_of((grades, situation))] == [
        (0, "acts", 0, "act"),
        (1, "when"),
        (1, "measure", "while"),
    ]
    assert names_in((grades, situation)) == {"setting.queue", "talk"}


def test_selectors_of_conditions_count_too() -> None:
    """In the order of the record."""
    assert [str(selector) for selector in selectors_of(SHOWS)] == ["staff.greet", "customer.bid"]
