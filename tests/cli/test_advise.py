"""`palvelumittari advise`: what people read and what programs get."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

SALON = """
sector: salon
channel: face_to_face
record: full

0:00   customer arrive
0:03   server   greet
1:00   customer request: shorter, please
1:05   server   serve
30:00  server   charge
30:20  customer pay
30:30  server   thank
30:35  customer leave
"""


def test_it_tells_when_what_and_how_much(run: Run, talk: Path, rubric: Path) -> None:
    """The moment, the change, the rubric's own advice, and what moves."""
    result = run("advise", talk, "--rubric", rubric)
    assert result.stdout == (
        "████░░░░░░░░░░░░░░░░  talk-1: 20.0 of 100, poor\n"
        "  What would have lifted it, the most for the least first:\n"
        "  Number 1 is the least that makes it good.\n"
        "\n"
        "  1. +48.4, to 68.4 (good)\n"
        "     0:12, after “mmmm”: “staying quiet” instead of “small talk”\n"
        "     Let the talk rest.\n"
        "     Quiet when wanted: missed → met (−7.5 → +5.0)\n"
        "\n"
        "  2. +8.0, to 28.0 (poor)\n"
        "     at the start: add “greeting”\n"
        "     Say hello.\n"
        "     A hello: partly → met (−1.5 → +2.0)\n"
        "\n"
        "  Together\n"
        "     +59.9, to 79.9 (good)\n"
        "     at the start: add “greeting”\n"
        "     0:12, after “mmmm”: “staying quiet” instead of “small talk”\n"
        "     Let the talk rest.\n"
        "     Say hello.\n"
        "     Quiet when wanted: missed → met (−7.5 → +5.0)\n"
        "     A hello: partly → met (−1.5 → +2.0)\n"
    )
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "0:12, ”mmmm” jälkeen: ”hiljaa oleminen” eikä ”juttelu”"),
        ("sv", "0:12, efter ”mmmm”: ”tystnad” i stället för ”småprat”"),
    ],
)
def test_it_speaks_the_readers_language(run: Run, talk: Path, rubric: Path, language: str, said: str) -> None:
    """Also the rubric's own words."""
    assert f"     {said}\n" in run("advise", talk, "--rubric", rubric, "--lang", language).stdout


def test_json_is_one_object_for_one_encounter(run: Run, talk: Path, rubric: Path) -> None:
    """With its kind, so that it reads back."""
    result = run("advise", talk, "--rubric", rubric, "-f", "json")
    data = json.loads(result.stdout)
    assert (data["schema"], data["kind"], data["encounter"]) == (1, "advice", "talk-1")
    assert data["pieces"][0]["changes"][0]["act"] == "quiet"
    assert result.exit_code == 0


def test_many_encounters_are_an_array_or_lines(run: Run, talk: Path, greeted: Path, rubric: Path) -> None:
    """In the order of the files."""
    array = json.loads(run("advise", talk, greeted, "--rubric", rubric, "-f", "json").stdout)
    lines = run("advise", talk, greeted, "--rubric", rubric, "-f", "ndjson").stdout.splitlines()
    assert [each["encounter"] for each in array] == ["talk-1", "greeted-1"]
    assert [json.loads(line) for line in lines] == array


def test_what_cannot_be_read_is_told_and_the_rest_go_on(run: Run, lines: Path, rubric: Path, tmp_path: Path) -> None:
    """The end is 2 all the same."""
    result = run("advise", lines, tmp_path / "none.json", "--rubric", rubric)
    assert "unknown act 'gret'" in result.stderr
    assert "there is no such file" in result.stderr
    assert result.stdout.count(" of 100, ") == 3
    assert result.exit_code == 2


def test_the_least_that_lifts_a_band_has_a_head_of_its_own(run: Run, write: Callable[[str, str], Path]) -> None:
    """Where it is neither a single piece nor the best combination."""
    talk = write("salon.timeline", SALON)
    text = run("advise", talk).stdout
    assert "\n  Together\n     +" in text
    assert "\n  The least that lifts it a band\n     +20.9, to 46.3 (neutral)\n" in text
