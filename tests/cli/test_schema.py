"""`palvelumittari schema`: printed, written, listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from palvelumittari.authoring.schemas import Kind, file_name, schema_text

Run = Callable[..., Result]


@pytest.mark.parametrize("kind", Kind)
def test_a_schema_is_printed_as_it_is_published(run: Run, kind: Kind) -> None:
    """To the letter, so that it can be piped into a file."""
    result = run("schema", kind)
    assert (result.stdout, result.stderr, result.exit_code) == (schema_text(kind), "", 0)


def test_without_a_kind_the_kinds_are_listed(run: Run) -> None:
    """With the names of their files and what they are of."""
    lines = run("schema").stdout.splitlines()
    assert lines[0].split() == ["kind", "schema", "of", "what"]
    assert [line.split()[:2] for line in lines if line[:1].strip()][1:] == [[kind, file_name(kind)] for kind in Kind]


def test_all_schemas_are_written_into_a_folder(run: Run, tmp_path: Path) -> None:
    """The folder is made, and every file is named."""
    result = run("schema", "-o", tmp_path / "new" / "schema")
    files = [tmp_path / "new" / "schema" / file_name(kind) for kind in Kind]
    assert result.stdout.splitlines() == [f"wrote {file}" for file in files]
    titles = [json.loads(file.read_text("utf-8"))["title"] for file in files]
    assert titles == [f"palvelumittari {kind}" for kind in Kind]


def test_one_schema_is_written_into_a_folder(run: Run, tmp_path: Path) -> None:
    """The one that is named, and no other."""
    result = run("schema", "case", "--output", tmp_path)
    assert result.stdout == f"wrote {tmp_path / 'case.schema.json'}\n"
    assert [file.name for file in tmp_path.iterdir()] == ["case.schema.json"]


def test_what_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    """A file where the folder should be, or a file on the way to it."""
    (tmp_path / "file").write_text("")
    first, second = run("schema", "-o", tmp_path / "file"), run("schema", "-o", tmp_path / "file" / "deeper")
    assert "is a file" in " ".join(first.stderr.split())
    assert second.stderr == f"error: {tmp_path / 'file' / 'deeper'}: Not a directory\n"
    assert (first.exit_code, second.exit_code) == (2, 2)


def test_an_unknown_kind_is_a_usage_error(run: Run) -> None:
    """The kinds that there are are named."""
    result = run("schema", "rubrik")
    assert "'rubrik' is not one of 'encounter', 'case', 'rubric', 'readings', 'vocabulary', 'verdict'" in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)
