"""Sessions at the command line that the pages show: each is run, and what comes out must be what is shown."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest


def test_sessions_show_what_really_comes_out(page: Path, examples: ModuleType) -> None:
    """Every console block of every page is real; `python docs/examples.py --update` writes what is."""
    found = examples.check(page)
    assert not found, "\n".join([*found, f"python docs/examples.py --update {page}"])


@pytest.mark.parametrize(
    ("shown", "real"),
    [
        ("a\nb\n", "a\nb\n"),
        ("a  \n\n", "a\n"),
        ("…\nb\n", "b\n"),
        ("a\n…\nd\n", "a\nb\nc\nd\n"),
        ("SHA-256 …\n", "SHA-256 0a1b\n"),
        ("", ""),
    ],
)
def test_an_ellipsis_stands_for_anything(shown: str, real: str, examples: ModuleType) -> None:
    """A line of its own for any number of lines, inside a line for any text."""
    assert examples.is_alike(shown, real)


@pytest.mark.parametrize(("shown", "real"), [("a\n", "a\nb\n"), ("a\n…\nd\n", "a\nb\n"), ("", "a\n"), ("a\n", "")])
def test_other_output_is_told(shown: str, real: str, examples: ModuleType) -> None:
    """Without an ellipsis each line counts."""
    assert not examples.is_alike(shown, real)


def test_files_and_sessions_are_found_in_order(examples: ModuleType) -> None:
    """Captions make files, `(continued)` adds to one, console blocks are sessions, other blocks are neither."""
    page = (
        "```{code-block} text\n:caption: a.txt\n\none\n```\n"
        "```{code-block} text\n:caption: a.txt (continued)\n\ntwo\n```\n"
        "```text\nnothing\n```\n"
        "```console\n$ cat a.txt\none\n\ntwo\n$ true\n```\n"
    )
    first, second, session = examples.examples_of(page)
    assert (first.name, first.text, first.is_more) == ("a.txt", "one\n", False)
    assert (second.name, second.text, second.is_more) == ("a.txt", "two\n", True)
    assert session.steps == [("cat a.txt", "one\n\ntwo\n"), ("true", "")]


def test_updating_writes_what_comes_out_and_keeps_what_fits(tmp_path: Path, examples: ModuleType) -> None:
    """Real output takes the place of wrong output, shortened where it was; the rest of a page stays as it is."""
    page = tmp_path / "page.md"
    page.write_text(
        "before\n```console\n$ printf 'a\\nb\\nc\\nd\\n'\na\n…\nx\n…\n$ echo $?\n1\n$ echo …\n…\n```\nafter\n"
    )
    assert examples.update(page)
    assert page.read_text() == (
        "before\n```console\n$ printf 'a\\nb\\nc\\nd\\n'\na\nb\n…\n$ echo $?\n0\n$ echo …\n…\n```\nafter\n"
    )
    assert not examples.update(page)
    assert not examples.check(page)
