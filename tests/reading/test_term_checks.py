"""Selectors and conditions held against the terms."""

from __future__ import annotations

import pytest

from palvelumittari.reading.conditions import parse_condition
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.reading.term_checks import Stand, check_condition, check_selector, reads_customer, reads_staff
from palvelumittari.reading.terms import Terms
from palvelumittari.words.errors import Problem


def wrong(problem: Problem) -> str:
    """The characters under the caret."""
    place = problem.place
    assert place.excerpt is not None
    assert place.column is not None
    return place.excerpt[place.column - 1 : place.column - 1 + place.width]


@pytest.mark.parametrize(
    ("text", "what", "characters", "hint"),
    [
        ("staff.gret", "unknown act `gret`", "staff.gret", "did you mean `greet`?"),
        ("staff.xyzzy", "unknown act `xyzzy`", "staff.xyzzy", "`palvelumittari rubric show vocabulary` lists all acts"),
        ("staff.greet #hegded", "unknown tag `#hegded`", "staff.greet #hegded", "did you mean `hedged`?"),
        ("staff.greet !#x", "unknown tag `#x`", "staff.greet !#x", None),
        ("staff.say | server.bid", "`bid` is never done by server", "server.bid", "did you mean `customer.bid`?"),
        ("staff.bid", "`bid` is never done by server or colleague", "staff.bid", "did you mean `customer.bid`?"),
        ("customer.charge", "`charge` is never done by customer", "customer.charge", "did you mean `staff.charge`?"),
        ("customer.fault", "`fault` is never done by customer", "customer.fault", "did you mean `system.fault`?"),
    ],
)
def test_a_selector_must_fit_the_vocabulary(
    text: str, what: str, characters: str, hint: str | None, terms: Terms
) -> None:
    """Acts and tags exist, and somebody selected can do what is selected."""
    (problem,) = check_selector(parse_selector(text), terms.vocabulary)
    assert (problem.what, wrong(problem), problem.hint) == (what, characters, hint)


@pytest.mark.parametrize("text", ["staff.attend", "*.bid", "system.fault | staff.charge", "customer.small_talk"])
def test_selectors_that_fit(text: str, terms: Terms) -> None:
    """Groups may be selected, and one actor of several is enough."""
    assert list(check_selector(parse_selector(text), terms.vocabulary)) == []


def test_all_faults_of_a_selector_are_told(terms: Terms) -> None:
    """Each alternative has its own."""
    assert len(list(check_selector(parse_selector("staff.a | staff.greet #b !#c"), terms.vocabulary))) == 3


@pytest.mark.parametrize(
    "text",
    [
        "setting.queue > 3",
        "setting.queue in [0, 1]",
        "0 < setting.severity <= 0.5",
        "setting.pace in ['quiet', 'busy']",
        "'busy' == setting.pace",
        "channel == 'phone' and sector == 'taxi'",
        "customer.regular and not customer.regular == false",
        "customer.name != 'Aino'",
        "ever(talk < 0.3) or always(din <= 1 and setting.queue > 0)",
        "seen('customer.bid') and count('*.joke') >= 2",
        "true",
    ],
)
def test_conditions_that_fit_in_when(text: str, terms: Terms) -> None:
    """Of `when`."""
    assert list(check_condition(parse_condition(text), Stand.WHEN, terms)) == []


@pytest.mark.parametrize("text", ["talk < 0.3", "phase in ['opening', 'closing'] and talk > 0", "phase == 'service'"])
def test_conditions_that_fit_at_a_moment(text: str, terms: Terms) -> None:
    """Of `while`, `once` and `until`."""
    assert list(check_condition(parse_condition(text), Stand.MOMENT, terms)) == []


@pytest.mark.parametrize(
    ("text", "what", "characters", "hint"),
    [
        ("setting.que > 1", "unknown field or reading `setting.que`", "setting.que", "did you mean `setting.queue`?"),
        ("ever(tlak < 1)", "unknown field or reading `tlak`", "tlak", "did you mean `talk`?"),
        ("__class__ == 1", "unknown field or reading `__class__`", "__class__", None),
        ("talk < 0.3", "a reading moves all the time", "talk", "wrap it in ever(...) or always(...)"),
        ("ever(ever(talk < 1))", "`ever` stands inside another ever or always", "ever(talk < 1)", None),
        ("setting.queue > 'a'", "a number is compared with text", "setting.queue > 'a'", None),
        ("customer.regular == 1", "true or false is compared with a number", "customer.regular == 1", None),
        ("setting.pace < 'quiet'", "`<` compares numbers", "setting.pace < 'quiet'", "use == or !="),
        ("setting.pace == 'bussy'", "'bussy' is no value of this field", "'bussy'", "did you mean `busy`?"),
        ("setting.pace in ['busy', 'x']", "'x' is no value of this field", "'x'", None),
        ("channel == 'face-to-face'", "'face-to-face' is no value of this field", "'face-to-face'",
         "did you mean `face_to_face`?"),
        ("setting.queue == [1]", "a list stands only to the right of `in`", "setting.queue == [1]", "use in"),
        ("setting.queue in 3", "`in` needs a list", "3", 'write in ["a", "b"]'),
        ("setting.queue in [1, 'a']", "text in a list for a number", "'a'", None),
        ("setting.queue in []", "nothing is in an empty list", "[]", "write the values that count"),
        ("setting.queue", "this is a number", "setting.queue", "compare it"),
        ("customer.name", "this is text", "customer.name", "compare it"),
        ("[1]", "this is a list", "[1]", "compare it"),
        ("count('customer.bid')", "this is a number", "count('customer.bid')", "compare it"),
        ("ever(talk < 1) == true", "a condition stands where a value belongs", "ever(talk < 1)", None),
        ("seen( 'staff.say | staff.gret' )", "unknown act `gret`", "staff.gret", "did you mean `greet`?"),
        ('count("  customer.charge") > 1', "`charge` is never done by customer", "customer.charge",
         "did you mean `staff.charge`?"),
    ],
)  # fmt: skip
def test_each_misfit_in_when_has_its_caret(
    text: str, what: str, characters: str, hint: str | None, terms: Terms
) -> None:
    """Unknown names, kinds that do not go together, parts that do not stand in `when`."""
    (problem,) = check_condition(parse_condition(text), Stand.WHEN, terms)
    assert (problem.what, wrong(problem), problem.hint) == (what, characters, hint)


def test_the_phase_does_not_stand_in_when(terms: Terms) -> None:
    """Which phases there are is known, which one it is is not."""
    (problem,) = check_condition(parse_condition("phase == 'opening'"), Stand.WHEN, terms)
    assert (problem.what, problem.hint) == ("`phase` does not stand here", "use it in while, once or until")
    (problem,) = check_condition(parse_condition("phase == 'opning'"), Stand.MOMENT, terms)
    assert problem.hint == "did you mean `opening`?"


@pytest.mark.parametrize("text", ["ever(customer.regular)", "talk < 1", "seen('customer.bid')"])
def test_a_start_reads_context_alone(text: str, terms: Terms) -> None:
    """A reading's start is there before anything happens."""
    (problem,) = check_condition(parse_condition(text), Stand.START, terms)
    assert problem.what == "a start may read context fields alone"
    assert list(check_condition(parse_condition("setting.queue < 9"), Stand.START, terms)) == []


@pytest.mark.parametrize(
    ("text", "staff", "customer"),
    [
        ("seen('staff.joke')", True, False),
        ("seen('customer.joke | server.joke')", True, True),
        ("count('system.fault') > 0", False, True),
        ("ever(talk < 1)", False, True),
        ("ever(din > 1)", True, True),
        ("customer.regular", False, True),
        ("setting.queue > 1 and channel == 'phone'", False, False),
    ],
)
def test_what_a_condition_depends_on(text: str, staff: bool, customer: bool, terms: Terms) -> None:
    """Also through a reading, which others than the customer may move."""
    condition = parse_condition(text)
    assert reads_staff(condition, terms.readings) is staff
    assert reads_customer(condition, terms.readings) is customer
