"""Problems with their places and carets, and the errors that carry them."""

from __future__ import annotations

import pickle

import pytest

from palvelumittari.words.errors import (
    EncounterError,
    PalvelumittariError,
    Place,
    Problem,
    RubricError,
    Severity,
    did_you_mean,
    nearest,
    raise_errors,
    shown,
)


def test_a_problem_tells_all_that_is_known_in_order() -> None:
    """The whole text of a problem: place, caret, found and expected, what to try."""
    place = Place("taxi.toml", "$.weight", line=3, column=10, excerpt="weight = 20", width=2)
    problem = Problem("out of range", place, found="20", expected="at most 10", hint="write 5")
    assert (
        str(problem)
        == """\
taxi.toml:3:10 at $.weight: out of range
    weight = 20
             ^^
    found 20; expected at most 10
    try: write 5"""
    )


def test_a_problem_tells_nothing_that_is_not_known() -> None:
    """A problem without place and details is one line; a warning says that it is one."""
    assert str(Problem("odd")) == "odd"
    assert str(Problem("odd", severity=Severity.WARNING)) == "warning: odd"
    assert str(Problem("odd", Place("a.toml"), expected="even")) == "a.toml: odd\n    expected even"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place("a.toml"), "a.toml"),
        (Place(path="$.act"), "$.act"),
        (Place(line=3), "line 3"),
        (Place(line=3, column=7), "line 3:7"),
        (Place("ride.timeline", line=3), "ride.timeline:3"),
        (Place("a.toml", "$.act", line=3, column=7), "a.toml:3:7 at $.act"),
    ],
)
def test_a_place_names_what_is_known(place: Place, text: str) -> None:
    """Whatever is unknown is left out; a file whose name ends in line keeps its name."""
    assert str(place) == text


def test_a_caret_follows_tabs_and_stays_inside_the_line() -> None:
    """A tab before the caret is repeated, and the caret goes no further than the text."""
    assert Place(excerpt="\ta = b", column=6, width=99).caret() == "    \ta = b\n    \t    ^"
    assert Place(excerpt="ab", column=3).caret() == "    ab\n      ^"
    assert Place(excerpt="ab").caret() == ""
    assert Place(column=1).caret() == ""


def test_a_problem_can_be_put_elsewhere() -> None:
    """Checks yield problems without places; whoever knows the file adds them."""
    place = Place("a.toml", line=1)
    moved = Problem("odd", hint="mend it").at(place)
    assert moved.place == place
    assert moved.hint == "mend it"


def test_an_error_tells_all_its_problems_and_can_be_pickled() -> None:
    """Errors cross processes with their problems."""
    error = RubricError(Problem("one"), Problem("two"))
    assert str(error) == "one\ntwo"
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    assert isinstance(error, PalvelumittariError)


def test_only_errors_are_raised() -> None:
    """Warnings alone stop nothing, and do not stand among the errors."""
    warning = Problem("odd", severity=Severity.WARNING)
    raise_errors([warning], EncounterError)
    with pytest.raises(EncounterError) as caught:
        raise_errors([warning, Problem("wrong"), Problem("bad")], EncounterError)
    assert [problem.what for problem in caught.value.problems] == ["wrong", "bad"]


def test_the_nearest_word_is_meant() -> None:
    """A word that is like no other gets no hint."""
    assert nearest("gret", ["greet", "great_deal"]) == "greet"
    assert nearest("xyz", ["greet"]) is None
    assert did_you_mean("gret", ["greet"]) == "did you mean `greet`?"
    assert did_you_mean("xyz", ["greet"]) is None


def test_values_are_shown_short() -> None:
    """Long values are cut, and even a number that Python refuses to write is shown somehow."""
    assert shown("a") == "'a'"
    assert shown(list(range(9)), limit=10) == "[0, 1, ..."
    assert shown(1 << 100_000) == "a number too long to show"
