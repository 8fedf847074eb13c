"""Rubric files: their heads, the ids of their criteria, their digests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.reading.rubric_file import digest_of, read_rubric
from palvelumittari.reading.toml_file import parse_toml
from palvelumittari.words.errors import Problem, RubricError
from palvelumittari.words.frozen import freeze

Text = Callable[..., str]


def faults(text: str) -> list[Problem]:
    """Everything that is wrong with a file by itself."""
    with pytest.raises(RubricError) as caught:
        read_rubric(parse_toml(text, "a.toml"))
    return list(caught.value.problems)


def test_a_rubric_file_knows_its_criteria(rubric: Text, criterion: Text) -> None:
    """By qualified id, and their places."""
    text = rubric("taxi/ride", criterion("", "one") + criterion("", "two"))
    file = read_rubric(parse_toml(text, "a.toml"), "taxi 1.0")
    assert [name for name, _ in file.own_criteria()] == ["taxi/ride/one", "taxi/ride/two"]
    assert (file.index_of("taxi/ride/two"), file.index_of("service/two")) == (1, None)
    assert (file.id, file.origin, file.ref.version) == ("taxi/ride", "taxi 1.0", "1.0.0")
    assert file.ref.digest == digest_of(file.file.data)


@pytest.mark.parametrize(
    ("old", "new", "what", "spot"),
    [
        ("schema  = 1", "schema = 2", "this version reads schema 1", "1:10"),
        ('"1.0.0"', '"1.0"', "`1.0` does not fit here", "3:11"),
        ('id      = "own"', 'id = "Own Rubric"', "`Own Rubric` does not fit here", "2:6"),
        ("sectors = []", 'sectors = ["retail", "Retail.Toys"]', "`Retail.Toys` does not fit here", "5:22"),
        ("sectors", "secters", "unknown key `secters`", "5:1"),
        ("sectors = []", 'channels = ["fone"]', "a value of the wrong kind", "5:13"),
        ("title   =", "titel =", "unknown key `titel`", "6:1"),
        ('id      = "own"\n', "", "the key `id` is missing", ""),
    ],
)
def test_each_fault_of_the_head(old: str, new: str, what: str, spot: str, rubric: Text) -> None:
    """Shape of id, version and sectors; keys that are unknown or missing."""
    text = rubric("own")
    assert old in text
    (problem,) = faults(text.replace(old, new))
    where = f"{problem.place.line}:{problem.place.column}" if problem.place.line else ""
    assert (problem.what, where) == (what, spot)


@pytest.mark.parametrize(
    ("rest", "what", "line"),
    [
        ('[[criterion]]\nid = "a"\n[[criterion]]\nid = "a"', "the criterion `a` stands twice", 10),
        ('[[criterion]]\nid = "A b"', "`A b` does not fit here", 8),
        ("[[criterion]]\nweight = 1", "the key `id` is missing or no text", 7),
        ("[[criterion]]\nid = 1", "the key `id` is missing or no text", 7),
        ("criterion = [1]", "a criterion is a table", 7),
        ("[override]\n'service/pace' = 1", "an override is a table", 8),
    ],
)
def test_each_fault_of_the_ids(rest: str, what: str, line: int, rubric: Text) -> None:
    """Without ids nothing can be inherited, so they are checked first."""
    assert (what, line) in [(problem.what, problem.place.line) for problem in faults(rubric("own", rest))]


def test_faults_of_the_head_do_not_hide_those_of_the_criteria(rubric: Text, criterion: Text) -> None:
    """What can be told of the criteria without their parents is told at once."""
    text = rubric("own", criterion('shows = { akt = "staff.greet" }')).replace("sectors", "secters")
    assert [problem.what for problem in faults(text)] == ["unknown key `secters`", "unknown key `akt`"]
    assert len(faults(rubric("own", "criterion = 1"))) == 1


def test_the_digest_sees_content_alone() -> None:
    """Neither the order of keys nor whether data are frozen."""
    plain = {"a": [1, {"b": "ä"}], "c": None}
    assert digest_of(plain) == digest_of(freeze({"c": None, "a": [1, {"b": "ä"}]}))
    assert digest_of(plain) != digest_of({**plain, "a": []})
