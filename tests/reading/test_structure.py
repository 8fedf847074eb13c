"""Strict structuring: nothing is coerced, and every problem is told with its path."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import attrs
import pytest

from palvelumittari.reading.mismatch import kind_of
from palvelumittari.reading.structure import (
    Mismatch,
    described,
    file_key,
    json_path,
    make_converter,
    placed,
    problems_of,
    read_field,
    structured,
    within_text,
)
from palvelumittari.words.errors import Place, Problem
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

CONVERTER = make_converter()


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@attrs.frozen(kw_only=True)
class Inner:
    number: float
    while_: str | None = None


@attrs.frozen(kw_only=True)
class Outer:
    name: str
    flag: bool = False
    count: int = 0
    colour: Colour | None = None
    when: datetime | None = None
    title: Text | None = None
    inner: tuple[Inner, ...] = ()
    pair: tuple[float, float] | None = None
    table: FrozenMap[Inner] = FrozenMap()
    free: FrozenMap[Any] = FrozenMap()
    anything: Any = None
    at_ms: int | None = attrs.field(default=None, metadata={"form": "seconds"})
    pause: int | None = attrs.field(default=None, metadata={"form": "duration"})
    why: Text | None = attrs.field(default=None, metadata={"form": "plain_text"})
    names: tuple[str, ...] = attrs.field(default=(), metadata={"form": "names"})


def read(**keys: Any) -> Outer:
    """A record with these keys, which must fit."""
    record, problems = structured(CONVERTER, {"name": "a", **keys}, Outer)
    assert problems == ()
    assert record is not None
    return record


def only(**keys: Any) -> tuple[str, Problem]:
    """The one thing that is wrong with a record with these keys."""
    record, ((path, problem),) = structured(CONVERTER, {"name": "a", **keys}, Outer)
    assert record is None
    return json_path(path), problem


def test_every_kind_of_value_is_read() -> None:
    """In files, keys that Python reserves or that hold times have shorter names."""
    record = read(
        flag=True,
        count=3,
        colour="green",
        when="2026-11-21T17:40:00+00:00",
        title={"en": "A", "fi": "B"},
        inner=[{"number": 1, "while": "x"}],
        pair=[0, 1],
        table={"x": {"number": 0.5}},
        free={"deep": [{"a": None}]},
        anything=[1],
        at=1.5,
        pause="2 min",
        why="because",
        names="one",
    )
    assert record.colour is Colour.GREEN
    assert record.when == datetime(2026, 11, 21, 17, 40, tzinfo=UTC)
    assert record.title == Text(FrozenMap({"en": "A", "fi": "B"}))
    assert record.inner == (Inner(number=1.0, while_="x"),)
    assert record.pair == (0.0, 1.0)
    assert record.table == {"x": Inner(number=0.5)}
    assert record.free["deep"][0] == {"a": None}
    assert record.anything == (1,)
    assert (record.at_ms, record.pause) == (1500, 120_000)
    assert str(record.why) == "because"
    assert record.names == ("one",)
    assert hash(record)


def test_what_is_written_reads_back_the_same() -> None:
    """Keys at their defaults are left out."""
    plain = {
        "name": "a",
        "colour": "red",
        "when": "2026-11-21T17:40:00+00:00",
        "title": {"en": "A"},
        "inner": [{"number": 1.0, "while": "x"}],
        "table": {"x": {"number": 0.5}},
        "free": {"deep": [{"a": None}]},
        "at": 1.5,
        "pause": "90 s",
        "names": ["one", "two"],
    }
    assert CONVERTER.unstructure(CONVERTER.structure(plain, Outer)) == plain


@pytest.mark.parametrize(
    ("keys", "path", "found", "expected"),
    [
        ({"name": 3}, "$.name", "a whole number (3)", "text"),
        ({"flag": 1}, "$.flag", "a whole number (1)", "true or false"),
        ({"count": True}, "$.count", "true or false (True)", "a whole number"),
        ({"count": 1.0}, "$.count", "a number (1.0)", "a whole number"),
        ({"colour": "rot"}, "$.colour", "text ('rot')", "one of red, green"),
        ({"colour": 1}, "$.colour", "a whole number (1)", "one of red, green"),
        ({"when": "today"}, "$.when", "text ('today')", "a date and time such as 2026-11-21T17:40:00+02:00"),
        ({"title": ["A"]}, "$.title", "a list (['A'])", 'a text by language such as { en = "...", fi = "..." }'),
        ({"title": {"en": 1}}, "$.title.en", "a whole number (1)", "text"),
        ({"inner": "x"}, "$.inner", "text ('x')", "a list"),
        ({"inner": [1]}, "$.inner[0]", "a whole number (1)", "a table of keys and values"),
        ({"inner": [{"number": 1}, {"number": "1"}]}, "$.inner[1].number", "text ('1')", "a number"),
        ({"inner": [{"number": float("nan")}]}, "$.inner[0].number", "a number (nan)", "a finite number"),
        ({"pair": [1]}, "$.pair", "a list ([1])", "a list of 2"),
        ({"table": []}, "$.table", "a list ([])", "a table of keys and values"),
        ({"table": {"x": {"number": None}}}, "$.table.x.number", "nothing", "a number"),
        ({"at": "1"}, "$.at", "text ('1')", "a number of seconds"),
        ({"at": -1}, "$.at", "a whole number (-1)", "seconds from the start, from 0 to ten years"),
        ({"pause": 20}, "$.pause", "a whole number (20)", 'a duration in quotes such as "20 s"'),
        ({"pause": "20"}, "$.pause", "text ('20')", 'a duration such as "20 s", "2 min" or "3 h"'),
        ({"why": 1}, "$.why", "a whole number (1)", 'a text by language such as { en = "...", fi = "..." }'),
        ({"names": ["a", 1]}, "$.names", "a list (['a', 1])", "a name or a list of names"),
        (
            {"names": FrozenMap({"a": 1})},
            "$.names",
            "a table of keys and values ({'a': 1})",
            "a name or a list of names",
        ),
    ],
)
def test_nothing_is_coerced(keys: dict[str, Any], path: str, found: str, expected: str) -> None:
    """A value of another kind is told with what it is and what it should be."""
    where, problem = only(**keys)
    assert (where, problem.found, problem.expected) == (path, found, expected)


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        ({"flag": "true"}, "leave out the quotation marks"),
        ({"flag": "1"}, None),
        ({"flag": 1}, None),
        ({"count": "2"}, "leave out the quotation marks"),
        ({"count": "true"}, None),
        ({"inner": [{"number": "-0.5"}]}, "leave out the quotation marks"),
        ({"inner": [{"number": "half"}]}, None),
        ({"inner": "ä x"}, 'write ["ä x"]'),
        ({"inner": "x" * 41}, None),
        ({"inner": 1}, None),
    ],
)
def test_quotation_marks_too_many_and_brackets_too_few_have_a_hint(keys: dict[str, Any], hint: str | None) -> None:
    """Where the value would be right without the one or with the other."""
    _, problem = only(**keys)
    assert problem.hint == hint


def test_a_number_beyond_all_floats_is_refused() -> None:
    """It may stand in a file in hexadecimal."""
    _, problem = only(inner=[{"number": 1 << 100_000}])
    assert problem.expected == "a finite number"
    assert problem.found == "a whole number (a number too long to show)"


def test_half_a_surrogate_pair_is_no_text() -> None:
    """It could not be written as UTF-8."""
    _, problem = only(name="\ud800")
    assert problem.expected is not None
    assert "surrogate" in problem.expected


def test_optional_values_may_be_null() -> None:
    """As in JSON."""
    assert read(colour=None, at=None, pause=None) == Outer(name="a")


def test_a_misspelt_value_has_a_hint() -> None:
    """The nearest of those that are permitted; and a text alone is shown as one language."""
    assert only(colour="grean")[1].hint == "did you mean `green`?"
    assert only(title="A")[1].hint == "write { en = 'A' }"


def test_an_unknown_key_names_the_nearest() -> None:
    """Or is to be left out if it is like no other."""
    path, problem = only(cuont=1)
    assert path == "$.cuont"
    assert problem.what == "unknown key `cuont`"
    assert problem.hint == "did you mean `count`?"
    assert only(zzz=1)[1].hint == "leave it out"


def test_missing_keys_are_told_at_their_table() -> None:
    """The path is that of the table that lacks the key."""
    record, problems = structured(CONVERTER, {"inner": [{}]}, Outer)
    assert record is None
    assert {(json_path(path), problem.what) for path, problem in problems} == {
        ("$", "the key `name` is missing"),
        ("$.inner[0]", "the key `number` is missing"),
    }


def test_a_misspelt_key_is_not_also_missing() -> None:
    """One fault is one problem."""
    _, problems = structured(CONVERTER, {"nmae": "a"}, Outer)
    assert [problem.what for _, problem in problems] == ["unknown key `nmae`"]


def test_all_problems_are_told_together() -> None:
    """However deep they lie."""
    data = {"flag": 1, "inner": [{"number": "x"}, {"number": 1, "while": 2}], "table": {"a": {}}, "odd": 1}
    _, problems = structured(CONVERTER, data, Outer)
    assert {json_path(path) for path, _ in problems} == {
        "$",
        "$.flag",
        "$.inner[0].number",
        "$.inner[1].while",
        "$.table.a",
        "$.odd",
    }


def test_what_is_no_table_is_told_at_the_top() -> None:
    """The path of the whole is `$`."""
    _, ((path, problem),) = structured(CONVERTER, [1], Outer)
    assert path == ()
    assert problem.expected == "a table of keys and values"


def test_nesting_without_end_is_a_problem() -> None:
    """And no crash."""
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    _, problem = only(anything=deep)
    assert problem.what == "this is nested too deeply"


def test_one_field_is_read_as_the_whole_record_would() -> None:
    """Also one with a form of its own."""
    assert read_field(CONVERTER, Outer, "pause", "1 s") == 1000
    assert read_field(CONVERTER, Outer, "pair", [0, 1]) == (0.0, 1.0)
    with pytest.raises(Mismatch):
        read_field(CONVERTER, Outer, "names", 1)


def test_a_mismatch_can_say_it_in_its_own_words() -> None:
    """With a path below the value, and the wrong characters of a text."""
    error = Mismatch("a", "b", what="no way", hint="turn", path=("x",), span=("the b", 4, 5))
    assert str(error) == "a"
    assert str(Mismatch(None, 1, what="odd")) == "odd"
    ((path, problem),) = problems_of(error, ("top",))
    assert path == ("top", "x")
    assert problem == Problem("no way", within_text("the b", 4, 5), expected="a", hint="turn")


def test_errors_of_any_other_kind_are_told_too() -> None:
    """By their text, or by their name if they have none."""
    assert [problem.what for _, problem in problems_of(TypeError("odd"))] == ["odd"]
    assert [problem.what for _, problem in problems_of(TypeError())] == ["TypeError"]
    assert [problem.what for _, problem in problems_of(KeyError("a"))] == ["the key `a` is missing"]


def test_paths_are_written_like_json_paths() -> None:
    """Names that would be misread stand in quotes."""
    assert json_path(()) == "$"
    assert json_path(("override", "service/pace", "acts", 0, "is-it_1")) == '$.override."service/pace".acts[0].is-it_1'
    assert json_path(("",)) == '$.""'


def test_keys_and_kinds_have_their_words() -> None:
    """Frozen data are told as what they are in the file."""
    assert [file_key(name) for name in ("ends_ms", "from_field", "is_", "act")] == ["ends", "from", "is", "act"]
    assert kind_of((1,)) == "a list"
    assert described(FrozenMap({"a": (1,)})) == "a table of keys and values ({'a': [1]})"
    assert described(datetime(2026, 1, 1, tzinfo=UTC)).startswith("datetime (")
    assert described(None) == "nothing"


def test_problems_without_known_lines_carry_their_paths() -> None:
    """For JSON from elsewhere."""
    (problem,) = placed(((("a", 0), Problem("odd")),), "a.json")
    assert problem.place == Place("a.json", "$.a[0]")
