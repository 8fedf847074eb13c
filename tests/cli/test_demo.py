"""`palvelumittari demo`: pairs of opposite verdicts, the other encounters, and what to do next."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest
from click.testing import Result

from palvelumittari.cli.commands import demo

Run = Callable[..., Result]
Plugin = Callable[..., str]
CaseText = Callable[..., str]

RUBRIC = """
schema  = 1
id      = "kiosk"
version = "1.0.0"
sectors = ["kiosk"]
title   = { en = "Kiosk" }

[[criterion]]
id     = "joke"
role   = "linear"
weight = 5
title  = { en = "A joke in its place" }
[criterion.grades]
acts = [
  { act = "staff.joke", is = 0, while = "queue > 1" },
  { act = "staff.joke", is = 1 },
]

[[criterion]]
id     = "thanks"
role   = "linear"
weight = 4
title  = { en = "Thanks" }
[criterion.shows]
act = "staff.thank"
"""

JOKE = "- server joke: Knock knock."

PAIR = """\
A joke while nobody waits                       A joke while four wait
----------------------------------------------  ----------------------------------------------
setting.queue: 0                                setting.queue: 4
- server joke: Knock knock.                     - server joke: Knock knock.

████████████████░░░░   79.9 good                ████░░░░░░░░░░░░░░░░   20.0 poor
A joke in its place: “joke” (event 1): 100% of  A joke in its place: “joke” (event 1), while
what could be.                                  “Others waiting” > 1: 0% of what could be.
"""


@pytest.fixture
def kiosk(plugin: Plugin, case_text: CaseText) -> str:
    """A plugin with a pair of cases, and one that stands alone."""
    alone = case_text("K1", 'band = "neutral"', title="A plain purchase", timeline="- server thank")
    good = case_text("K2", 'band = "good"', title="A joke while nobody waits", timeline=JOKE)
    poor = case_text("K3", 'band = "poor"', title="A joke while four wait", timeline=JOKE, contrast="K2")
    files = {
        "rubrics/kiosk.toml": RUBRIC,
        "cases/K1.case.toml": alone,
        "cases/K2.case.toml": _excerpt(good, queue=0),
        "cases/K3.case.toml": _excerpt(poor, queue=4),
    }
    return plugin("kiosk", files=files)


def _excerpt(text: str, queue: int) -> str:
    return text.replace('record   = "full"', f'record = "excerpt"\nsetting = {{ queue = {queue} }}')


def test_a_pair_stands_side_by_side(run: Run, kiosk: str) -> None:
    """The better verdict first: what was noted, what happened, the score, and the reason that decided."""
    result = run("-p", kiosk, "demo")
    assert PAIR in result.stdout
    assert result.stdout.startswith("No act is good or bad by itself.")
    assert (result.stderr, result.exit_code) == ("", 0)


def test_each_pair_is_shown_once_and_not_again_among_the_rest(run: Run, kiosk: str) -> None:
    """Whichever of the two names the other."""
    text = run("-p", kiosk, "demo").stdout
    assert text.count("A joke while four wait") == 1
    rest = text[text.index("The other shipped encounters\n") :]
    assert "kiosk" in rest
    assert rest.count("A plain purchase") == 1


def test_the_hints_can_be_tried_as_they_stand(run: Run, kiosk: str) -> None:
    """The shell command writes an encounter that the meter reads."""
    lines = [line.strip() for line in run("-p", kiosk, "demo").stdout.splitlines()]
    command = next(line for line in lines if line.startswith("printf "))
    assert command.endswith(" | palvelumittari explain -")
    rubric = next(line for line in lines if line.startswith("palvelumittari rubric show "))
    assert run("-p", kiosk, *rubric.split()[1:]).exit_code == 0
    timeline = subprocess.run(["sh", "-c", command.partition(" | ")[0]], capture_output=True, check=True).stdout
    result = run("-p", kiosk, "explain", "-", input=timeline)
    assert result.exit_code == 0
    assert "mine: " in result.stdout


def test_without_plugins_it_says_what_to_install_and_shows_the_universal_cases(run: Run) -> None:
    """The core alone is worth a look, too."""
    result = run("demo")
    assert "No plugin is in use, so only what the core knows is shown." in result.stdout
    assert "  pip install palvelumittari-taxi palvelumittari-bar " in result.stdout
    assert "A13a" not in result.stdout, "an encounter is called by its title"
    assert "\n    palvelumittari rubric show " in result.stdout


@pytest.mark.parametrize(("language", "words"), [("fi", "Mikään teko ei ole"), ("sv", "Ingen handling är bra")])
def test_the_demo_speaks_other_languages(run: Run, kiosk: str, language: str, words: str) -> None:
    """From the first line to the hints."""
    result = run("-p", kiosk, "demo", "--lang", language)
    assert result.stdout.startswith(words)
    assert result.exit_code == 0


def test_a_case_that_cannot_be_read_is_told_and_the_rest_is_shown(
    run: Run, plugin: Plugin, case_text: CaseText
) -> None:
    """What is shipped broken does not hide what works."""
    result = run("-p", plugin("kiosk", files={"cases/K1.case.toml": case_text("K1", 'band = "god"')}), "demo")
    assert "did you mean `good`?" in result.stderr
    assert "palvelumittari rubric show" in result.stdout
    assert result.exit_code == 2


def test_on_a_terminal_a_pair_stands_in_a_box(run: Run, kiosk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As wide as the terminal, but never wider than can be read."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    for columns, width in (("90", 90), ("200", 120)):
        monkeypatch.setenv("COLUMNS", columns)
        lines = run("-p", kiosk, "demo").stdout.splitlines()
        assert len(next(line for line in lines if line.startswith("╭"))) in (width, width - 1)


def test_without_a_pair_all_encounters_stand_in_one_table(
    run: Run, kiosk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is said of left and right."""
    monkeypatch.setattr(demo, "pairs_of", lambda _: iter(()))
    text = run("-p", kiosk, "demo").stdout
    assert text.startswith("The shipped encounters\n")
    assert "printf 'id: mine\\nchannel: face_to_face\\n\\n" in text


def test_without_any_case_only_the_hints_are_left(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to show, and nothing breaks."""
    monkeypatch.setattr(demo, "case_files", lambda *_: iter(()))
    result = run("demo")
    assert "The shipped encounters" not in result.stdout
    assert result.exit_code == 0


def test_a_pair_without_a_score_has_no_deciding_reason(run: Run, plugin: Plugin, case_text: CaseText) -> None:
    """Where nothing was judged nothing decided."""
    silent = case_text("K1", 'band = "no_score"', title="Nobody speaks", timeline="- customer arrive")
    other = case_text(
        "K2", 'band = "no_score"', title="Nobody speaks here", timeline="- customer arrive", contrast="K1"
    )
    files = {"rubrics/kiosk.toml": RUBRIC}
    files |= {"cases/K1.case.toml": _excerpt(silent, 0), "cases/K2.case.toml": _excerpt(other, 1)}
    text = run("-p", plugin("kiosk", files=files), "demo").stdout
    bars = "░" * 20 + "  no score"
    lines = text.splitlines()
    assert lines[lines.index(f"{bars:<48}{bars}") + 1] == ""
