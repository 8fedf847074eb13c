"""TOML files: what cannot be read, and where everything stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from palvelumittari.reading.structure import within_text
from palvelumittari.reading.toml_file import MAX_BYTES, parse_toml, read_toml
from palvelumittari.words.errors import Problem, RubricError

TEXT = """\
id = "a"

[[criterion]]
when  = "  talk < 1"
names = "one"
list  = [
    "x",
    "y z",
]
"""


def refused(text: str) -> Problem:
    """The one problem of a text that is not TOML."""
    with pytest.raises(RubricError) as caught:
        parse_toml(text, "a.toml")
    (problem,) = caught.value.problems
    return problem


def test_a_syntax_error_shows_line_caret_and_remedy() -> None:
    """The whole message."""
    assert (
        str(refused('id = "a"\nflag = True\n'))
        == """\
a.toml:2:8: this is not TOML: Invalid value
    flag = True
           ^
    try: text stands in quotes, true and false in lower case"""
    )


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a = {\n b = 1 }", 1, "inline table"),
        ("a = { b = 1\n}", 1, "inline table"),
        ("a = { b = 1,\n c = 2 }", 1, "inline table"),
        ("a = 1\na = 2\n", 2, "stands twice"),
        ("[a]\n[a]", 2, "stands twice"),
        ("a.!b = 1", 1, "keys are letters"),
        ('a = "x\nb = 1', 1, "with the quotation mark with which it began"),
        ("a = 'x", 1, None),
        ("a = 1 1", 1, None),
    ],
)
def test_common_slips_have_a_hint(text: str, line: int, hint: str | None) -> None:
    """Where there is one."""
    problem = refused(text)
    assert problem.place.line == line
    assert (problem.hint is None) if hint is None else (hint in (problem.hint or ""))


def test_hostile_files_are_refused() -> None:
    """Numbers and depth beyond what Python takes."""
    assert refused("a = " + "9" * 5000).what == "a number in this file is too long"
    assert refused("a = " + "[" * 100_000).what == "the file is nested too deeply"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Missing, a folder, too long, or not UTF-8."""
    file = tmp_path / "a.toml"
    with pytest.raises(RubricError, match="cannot read this file: No such file"):
        read_toml(file)
    with pytest.raises(RubricError, match="cannot read this file"):
        read_toml(tmp_path)
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(RubricError, match="the file is too long"):
        read_toml(file)
    file.write_bytes(b'a = 1\nb = "\xe4"\n')
    with pytest.raises(RubricError) as caught:
        read_toml(file, "short.toml")
    assert str(caught.value) == "short.toml:2: this is not UTF-8\n    try: save the file as UTF-8"


def test_a_file_is_read_with_or_without_a_mark(tmp_path: Path) -> None:
    """Some editors put a byte order mark first."""
    file = tmp_path / "a.toml"
    file.write_bytes(b'\xef\xbb\xbfa = "\xc3\xa4"\r\n')
    assert read_toml(file).data == {"a": "ä"}
    assert read_toml(file).name == str(file)


@pytest.mark.parametrize(
    ("path", "problem", "spot", "characters"),
    [
        (("id",), Problem("odd"), "1:6", '"a"'),
        (("idd",), Problem("odd"), "", ""),
        (("criterion", 0), Problem("odd"), "3:1", "[[criterion]]"),
        (("criterion", 0, "when"), Problem("unknown key `when`"), "4:1", "when"),
        (("criterion", 0, "when"), Problem("fixed key `when`"), "4:1", "when"),
        (("criterion", 0, "when"), Problem("odd", within_text("talk < 1", 5, 6)), "4:17", "<"),
        (("criterion", 0, "when"), Problem("odd", within_text("talk < 1", 8, 8)), "4:20", '"'),
        (("criterion", 0, "names", 0), Problem("odd"), "5:9", '"one"'),
        (("criterion", 0, "list"), Problem("odd", within_text("x | y", 4, 5)), "6:9", "["),
        (("criterion", 0, "list", 1), Problem("odd", within_text("y z", 2, 3)), "8:8", "z"),
        (("criterion", 0, "absent"), Problem("odd"), "3:3", "criterion"),
    ],
)
def test_every_problem_finds_its_place(
    path: tuple[str | int, ...], problem: Problem, spot: str, characters: str
) -> None:
    """Keys, values, characters inside a text; of what is absent the nearest around it."""
    place = parse_toml(TEXT, "a.toml").problem(path, problem).place
    assert (f"{place.line}:{place.column}" if place.line else "") == spot
    if place.excerpt is not None and place.column is not None:
        assert place.excerpt[place.column - 1 : place.column - 1 + place.width] == characters


@pytest.mark.parametrize(("length", "is_shown"), [(200, True), (201, False)])
def test_a_very_long_line_is_not_repeated(length: int, is_shown: bool) -> None:
    """A caret far to the right of a wrapped line helps nobody; line and column are told all the same."""
    text = f'a = "{"x" * (length - 6)}"\n'
    place = parse_toml(text, "a.toml").place(("a",))
    assert (place.line, place.column, place.excerpt is not None) == (1, 5, is_shown)
    broken = f"b = 1\n{'x' * (length - 4)} = ?\n"
    place = refused(broken).place
    assert (place.line, place.column, place.excerpt is not None) == (2, length, is_shown)


def test_problems_stand_in_the_order_of_the_file() -> None:
    """Those without a line first."""
    file = parse_toml(TEXT, "a.toml")
    found = file.problems(
        [(("criterion", 0, "names"), Problem("b")), (("id",), Problem("a")), (("none",), Problem("c"))]
    )
    assert [problem.what for problem in found] == ["c", "a", "b"]
