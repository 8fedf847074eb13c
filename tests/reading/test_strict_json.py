"""Strict JSON, and where its values stand."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from palvelumittari.reading.excerpts import LONGEST_EXCERPT, place_in
from palvelumittari.reading.json_members import find_members
from palvelumittari.reading.strict_json import check_json, inline, parse_json
from palvelumittari.words.errors import Problem


def parsed(text: str) -> tuple[Any, tuple[Problem, ...]]:
    """The value and the problems of a text."""
    return parse_json(text, partial(place_in, text))


def test_usual_json_is_read() -> None:
    """Every kind of value."""
    value = {"a": [1, -2.5, "ä", True, False, None], "b": {}, "": [[]]}
    assert parsed(inline(value)) == (value, ())


def test_every_refused_value_is_told_at_once() -> None:
    """All that the grammar allows and this reader does not, in order."""
    text = r'{"a": NaN, "b": [1e999, -Infinity], "a": "\ud800", "\udc00": ' + "9" * 309 + "}"
    value, problems = parsed(text)
    assert value is None
    assert [problem.what for problem in problems] == [
        "NaN is not a number that JSON knows",
        "'1e999' is too large for a number",
        "-Infinity is not a number that JSON knows",
        "the key 'a' stands twice in one object",
        "half of a surrogate pair, which is no character",
        "half of a surrogate pair, which is no character",
        "a whole number of 309 digits",
    ]


def test_of_very_many_refused_values_the_first_are_told() -> None:
    """A hostile text costs little."""
    assert len(parsed("[" + "NaN," * 100_000 + "1]")[1]) == 101


def test_the_largest_numbers_are_read() -> None:
    """Up to the limits."""
    assert parsed("9" * 308)[1] == ()
    assert parsed("1.7e308") == (1.7e308, ())


def test_the_deepest_nesting_is_read() -> None:
    """Sixty-four levels, and not one more."""
    assert parsed("[" * 64 + "]" * 64)[1] == ()
    assert parsed("[" * 65 + "]" * 65)[1][0].what == "nested too deeply"


def test_members_are_found_by_their_paths() -> None:
    """A path that is absent leads to its nearest ancestor."""
    text = ' {"a": [1, {"b,]": "x\\"}"}], "c": 2}'
    paths = [(), ("a",), ("a", 0), ("a", 1, "b,]"), ("c",), ("a", 1, "no"), ("no", 1)]
    found = find_members(text, paths)
    assert [text[found[path].first : found[path].end] for path in paths] == [
        text[1:],
        '"a": [1, {"b,]": "x\\"}"}]',
        "1",
        '"b,]": "x\\"}"',
        '"c": 2',
        '{"b,]": "x\\"}"}',
        text[1:],
    ]


@pytest.mark.parametrize("text", ["", "}", "]]", "[1,", '{"a', ",,", ":", '{1: 2, x: "\\q"}', '{"a": {"\\q": 1}}'])
def test_members_of_what_is_not_json_end_quietly(text: str) -> None:
    """What stands before the trouble is found, and nothing is raised."""
    find_members(text, [("a",)])


def test_values_that_json_cannot_hold_are_told_with_their_paths() -> None:
    """A tuple is a list; all the rest has no form in JSON."""
    value = {"a": (1, float("inf")), "b": {"c": object()}, 4: 1, "\ud800": 1, "d": b""}
    assert [path for path, _ in check_json(value)] == [("a", 1), ("b", "c"), (), (), ("d",)]
    assert list(check_json({"a": [1, 2.5, "ä", True, None, {}]})) == []


def test_long_lines_are_not_shown() -> None:
    """Line and column stand alone then."""
    text = "a\n" + "b" * (LONGEST_EXCERPT + 1)
    place = place_in(text, 12, 13)
    assert (place.line, place.column, place.excerpt) == (2, 11, None)


def test_an_excerpt_cannot_harm_a_terminal() -> None:
    """Control characters are replaced one by one, so that the caret stays right."""
    assert place_in("\x1b[31m\u202ea\ud800b\r\nc", 7, 8).excerpt == "�[31m�a�b"


def test_a_string_that_does_not_end_takes_no_quadratic_time() -> None:
    """A megabyte of escaped quotes behind something refused is read in one go."""
    text = '[NaN, "' + '\\"' * 500_000
    assert [problem.what for problem in parsed(text)[1]] == ["NaN is not a number that JSON knows"]
    assert parsed(text + "\\")[1]
