"""`palvelumittari episode`: one matter over several files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from palvelumittari.formats import loads
from palvelumittari.meter import Meter
from palvelumittari.records.episode import Episode
from palvelumittari.records.word_of_mouth import TellingModel, WordOfMouth

Run = Callable[..., Result]
Write = Callable[[str, str], Path]


@pytest.fixture
def matter(write: Write) -> list[Path]:
    """A failure, and the day after a call that puts it right."""
    head = "sector: kiosk\nsetting.severity: 0.3\n"
    return [
        write("first.timeline", f"{head}\n- system fault\n- customer request: my ticket\n- server refer_cold\n"),
        write("second.timeline", f"{head}\n- server contact: hello Kunigunde\n- server apologise\n- server refund\n"),
    ]


def test_an_episode_is_told(run: Run, matter: list[Path]) -> None:
    """Headline, course, fairness, standing, assumptions, and word of mouth apart."""
    result = run("episode", *matter)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Episode: 69.2 of 100, good. Encounters: 2. The matter: put right"
    for heading in (
        "The encounters",
        "How it went",
        "How well it was put right",
        "Where it left the customer",
        "Assumed, because nobody noted it",
        "Word of mouth, beside the score",
    ):
        assert heading in lines
    assert "  Told at all, by the rule of the stories: 70%" in lines
    assert "Kunigunde" not in result.stdout
    assert "first" not in result.stdout


def test_names_are_told_if_asked_for(run: Run, matter: list[Path]) -> None:
    """Ids, and what was said."""
    text = " ".join(run("episode", *matter, "--names").stdout.split())
    assert "first (kiosk): " in text
    assert "“contact on own initiative” (second, event 1, “hello Kunigunde”)" in text


def test_the_models_of_telling_differ(run: Run, matter: list[Path]) -> None:
    """Beside the score, which stays."""
    stories, evidence = (run("episode", *matter, "--word-of-mouth", model).stdout for model in TellingModel)
    assert "Told at all, by what research found: 33%" in evidence
    assert stories.splitlines()[0] == evidence.splitlines()[0]


def test_json_is_the_record_and_ndjson_brings_the_talk(run: Run, matter: list[Path]) -> None:
    """Both load again."""
    vocabulary = Meter(installed=False).vocabulary
    episode = loads(run("episode", *matter, "-f", "json").stdout, Episode, vocabulary=vocabulary)
    first, second = run("episode", *matter, "-f", "ndjson").stdout.splitlines()
    assert loads(first, Episode, vocabulary=vocabulary) == episode
    assert loads(second, WordOfMouth, vocabulary=vocabulary).state is episode.state


def test_an_earlier_failure_shuts_the_gate(run: Run, matter: list[Path]) -> None:
    """Nobody is more content than before after a second one."""
    result = run("episode", *matter, "--earlier-failures", 1)
    assert "Held at 50.0, where it was before the failure (it would be 69.2): it was not the first" in result.stdout


def test_without_a_score_nothing_is_said_of_the_talk(run: Run, write: Write) -> None:
    """No score is not neutral."""
    result = run("episode", write("empty.timeline", "sector: kiosk\n\n- customer arrive\n"))
    assert result.stdout.startswith("Episode: no score")
    assert "Word of mouth" not in result.stdout


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("fi", "Asia: 69,2/100, hyvä. Kohtaamisia: 2. Tilanne: korjattu"),
        ("sv", "Ärende: 69,2 av 100, bra. Möten: 2. Läget: rättat till"),
    ],
)
def test_it_speaks_other_languages(run: Run, matter: list[Path], language: str, headline: str) -> None:
    """As every command."""
    assert run("episode", *matter, "--lang", language).stdout.splitlines()[0] == headline


def test_bad_input_ends_with_2_and_says_nothing_else(run: Run, matter: list[Path]) -> None:
    """Half a matter would be told wrongly."""
    result = run("episode", *matter, "nowhere.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere.json: there is no such file" in result.stderr
