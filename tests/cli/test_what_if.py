"""`palvelumittari what-if`: both columns, and bad questions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_both_columns_stand_side_by_side(run: Run, talk: Path, rubric: Path) -> None:
    """The question, the scores, what comes out otherwise, and the readings behind it."""
    file = talk
    result = run("what-if", file, "--replace", "customer.minimal=small_talk: And then?", "--set", "setting.queue=2")
    assert result.stdout.startswith(
        "talk-1\n"
        "  setting.queue = 2\n"
        "  - 0:10 customer minimal #lengthened: mmmm\n"
        "  + 0:10 customer small_talk: And then?\n"
        "\n"
        "criterion                      as it was       what if\n"
        "Score                          20.0 (poor)     "
    )
    assert "\nRespecting the wish for quiet  missed (−7.5)   not applicable\n" in result.stdout
    assert "(--all shows them)\n" in result.stdout
    assert "    as it was: Appetite for talk: 0.50 → 0.20 (event 2: “minimal reply” #lengthened)\n" in result.stdout
    assert result.exit_code == 0


def test_all_criteria_are_shown_on_demand(run: Run, talk: Path) -> None:
    """Those that come out the same, too."""
    few = run("what-if", talk, "--set", "setting.queue=2").stdout
    every = run("what-if", talk, "--set", "setting.queue=2", "--all").stdout
    assert "Eye contact" not in few
    assert "\nEye contact " in every
    assert "--all" not in every


def test_nothing_comes_out_otherwise(run: Run, talk: Path) -> None:
    """Then it says so."""
    assert "\nNo criterion comes out otherwise.\n" in run("what-if", talk, "--set", "language=sv").stdout


def test_fields_events_and_rubrics_may_be_other(run: Run, talk: Path, rubric: Path) -> None:
    """All options together, for several files."""
    options = ("--set", "setting.pace=busy", "--unset", "setting.pace", "--remove", "1", "--add", "@2 customer sigh")
    result = run("what-if", talk, talk, *options, "--rubric", rubric, "-f", "ndjson")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["kind"] for each in found] == ["comparison", "comparison"]
    assert found[0]["changes"] == [
        "- setting.pace",
        "rubric = counter",
        "- 0:00 server small_talk: fish",
        "+ 0:10 customer sigh",
    ]
    text = run("what-if", talk, talk, "--rubric", rubric, "--lang", "fi").stdout
    assert text.count("talk-1\n  rubric = counter\n") == 2
    assert "kriteeri " in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Say what is to be other: --set, --unset, --add, --remove, --replace or --rubric."),
        (("--set", "queue"), "'queue' is not such as setting.queue=0"),
        (("--set", "=1"), "'=1' is not such as setting.queue=0"),
        (("--replace", "1="), "'1=' is not such as customer.minimal=small_talk"),
        (("--remove", "1", "--from", "xml"), "unknown format 'xml'"),
    ],
)
def test_bad_usage_ends_with_2(run: Run, talk: Path, options: tuple[str, ...], said: str) -> None:
    """Before anything is scored."""
    result = run("what-if", talk, *options)
    assert said in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--set", "setting.queu=0"),
            "unknown field 'setting.queu'\n    expected a field that an encounter may have\n",
        ),
        (("--set", "setting.queue=long"), "expected a whole number from 0"),
        (("--remove", "customer.bid"), "no event matches 'customer.bid'"),
        (("--add", "0:36 custmer laugh"), "try: did you mean `customer`?"),
    ],
)
def test_bad_questions_are_told_for_the_encounter(run: Run, talk: Path, options: tuple[str, ...], said: str) -> None:
    """With what to try."""
    result = run("what-if", talk, *options)
    assert said in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)
