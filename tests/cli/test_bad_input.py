"""Whatever stands in a file, the command line answers with a message and exit code 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

HEAD = {"schema": 1, "id": "a", "sector": "kiosk"}


def _events(*times: object) -> str:
    return json.dumps({**HEAD, "events": [{"at": at, "by": "server", "act": "greet"} for at in times]})


BAD = {
    "empty": ("", "the file is empty"),
    "blank": ("\n\n", "the file is empty"),
    "no JSON": ("hello there", "not JSON"),
    "no object": ("[]", "a list at the top"),
    "half a document": ('{"schema": 1, "id": "a"', "not JSON"),
    "NaN": (_events(float("nan")), "NaN is not a number that JSON knows"),
    "infinite": (_events(float("inf")), "Infinity is not a number that JSON knows"),
    "negative": (_events(-1), "seconds from the start"),
    "backwards": (_events(5, 2), "times go backwards"),
    "nested": ("[" * 10_000, "nested too deeply"),
    "nested object": ('{"a":' * 10_000 + "1" + "}" * 10_000, "nested too deeply"),
    "unknown act": (_events(0).replace("greet", "gret"), "did you mean `greet`?"),
    "unknown key": (_events(0).replace('"by"', '"bye"'), "did you mean `by`?"),
    "a verdict": (json.dumps({**HEAD, "findings": []}), "this is a verdict"),
    "no sector": (_events(0).replace('"sector": "kiosk", ', ""), "neither sector nor channel"),
    "odd sector": (_events(0).replace("kiosk", "Kiosk/Toys"), "did you mean `kiosk.toys`?"),
}


@pytest.mark.parametrize("command", ["score", "explain"])
@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_a_bad_encounter_is_told(run: Run, write: Write, command: str, text: str, said: str) -> None:
    """With its file, on standard error, and nothing else is printed."""
    path = write("bad.json", text)
    result = run(command, path)
    assert result.stderr.startswith(f"error: {path}")
    assert said in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


@pytest.mark.parametrize("raw", [b"\xff\xfe{\x00}\x00", b'{"id": "\xe4"}', b"\x00\x01\x02"])
def test_what_is_not_utf_8_is_told(run: Run, tmp_path: Path, raw: bytes) -> None:
    """Other encodings by their name where they can be told."""
    path = tmp_path / "bad.json"
    path.write_bytes(raw)
    result = run("score", path)
    assert result.stderr.startswith(f"error: {path}")
    assert result.exit_code == 2


def test_a_hundred_megabytes_in_one_line_are_told(run: Run, tmp_path: Path) -> None:
    """And not read to the end of memory."""
    path = tmp_path / "big.json"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    result = run("score", path)
    assert f"{path}:1: the line is too large" in result.stderr
    assert result.exit_code == 2


@pytest.mark.parametrize("command", ["score", "explain"])
def test_a_missing_file_is_told(run: Run, command: str) -> None:
    """By its name."""
    result = run(command, "nowhere.json")
    assert (result.stderr, result.exit_code) == ("error: nowhere.json: there is no such file\n", 2)


@pytest.mark.parametrize("command", ["score", "explain"])
def test_a_directory_is_told(run: Run, command: str, tmp_path: Path) -> None:
    """With what to do instead."""
    result = run(command, tmp_path)
    assert result.stderr.startswith(f"error: {tmp_path}: this is a directory\n")
    assert result.exit_code == 2


RUBRIC = """
schema  = 1
id      = "kiosk"
version = "1.0.0"
title   = { en = "Kiosk" }
[[criterion]]
id     = "hello"
role   = "linear"
weight = 2
title  = { en = "A hello" }
[criterion.shows]
act    = "staff.greet"
"""

BAD_RUBRICS = {
    "extends itself": (RUBRIC.replace("[[", 'extends = ["kiosk"]\n[['), "the rubric extends itself: kiosk -> kiosk"),
    "unknown parent": (RUBRIC.replace("[[", 'extends = ["servce"]\n[['), "did you mean `service`?"),
    "code": (RUBRIC + "while = \"__import__('os').system('true')\"\n", "$.criterion[0].shows.while"),
    "attributes": (RUBRIC + 'while = "().__class__ == 1"\n', "$.criterion[0].shows.while"),
    "no weight": (RUBRIC.replace("weight = 2", "weight = 0"), "out of range"),
    "not TOML": ("{", "this is not TOML"),
}


@pytest.mark.parametrize(("text", "said"), BAD_RUBRICS.values(), ids=BAD_RUBRICS)
def test_a_bad_rubric_is_told_wherever_it_is_used(run: Run, write: Write, talk: Path, text: str, said: str) -> None:
    """By the check on standard output, by everything else on standard error."""
    path = write("bad.toml", text)
    check, score, show = run("rubric", "check", path), run("score", talk, "--rubric", path), run("rubric", "show", path)
    assert said in check.stdout
    assert said in score.stderr
    assert said in show.stderr
    assert {check.exit_code, score.exit_code, show.exit_code} == {2}
    assert score.stdout == show.stdout == ""
