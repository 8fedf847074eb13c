"""`palvelumittari case run`: whether cases get the verdicts they must get."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]
CaseText = Callable[..., str]

FAILURE = """\
FAILED  K1  At the kiosk  ████░░░░░░░░░░░░░░░░   20.0 poor

K1: At the kiosk
  PATH
  band: expected good, got 20.0 poor
  score: expected 60 to 80, got 20.0 poor
  counter/quiet: expected met, got missed
    It went on although the customer had shown it was enough: “small talk” (event 3).
  counter/loud: expected met, got no such criterion
    did you mean `counter/hello`?
  Raised to poor (it would be very poor): nothing grave was missed.
  What weighed most
      −7.5  Quiet when wanted (missed) [counter/quiet]
            It went on although the customer had shown it was enough: “small talk” (event 3).
      −1.5  A hello (partly) [counter/hello]
            Nothing of it happened. Would have counted: “greeting”.

    - server   small_talk: fish
    - customer minimal #lengthened: mmmm
    - server   small_talk: more fish

0 passed, 1 failed
"""

FISH = "- server small_talk: fish\n- customer minimal #lengthened: mmmm\n- server small_talk: more fish"


def test_a_case_that_passes_is_a_line(run: Run, write: Write, rubric: Path, case_text: CaseText) -> None:
    """And the sum stands below."""
    path = write("K1.case.toml", case_text("K1", 'band = "good", outcomes = { "counter/hello" = "met" }'))
    result = run("case", "run", path, "--rubric", rubric)
    assert result.stdout == "passed  K1  At the kiosk  ██████████████░░░░░░   70.0 good\n\n1 passed, 0 failed\n"
    assert (result.stderr, result.exit_code) == ("", 0)


def test_a_case_that_fails_shows_what_differs_and_why(
    run: Run, write: Write, rubric: Path, case_text: CaseText
) -> None:
    """Expected and actual, the reasons, what weighed most, and what happened."""
    expect = 'band = "good", score = [60, 80], outcomes = { "counter/quiet" = "met", "counter/loud" = "met" }'
    path = write("K1.case.toml", case_text("K1", expect, timeline=FISH))
    result = run("case", "run", path, "--rubric", rubric)
    assert result.stdout == FAILURE.replace("PATH", str(path))
    assert result.exit_code == 1


def test_a_failure_in_finnish(run: Run, write: Write, rubric: Path, case_text: CaseText) -> None:
    """Bands, outcomes and reasons are said in the reader's language."""
    expect = 'band = "no_score", outcomes = { "counter/quiet" = "met" }'
    path = write("K1.case.toml", case_text("K1", expect, timeline=FISH))
    text = run("case", "run", path, "--rubric", rubric, "--lang", "fi").stdout
    assert "EI LÄPI  K1" in text
    assert "  arvio: odotettiin ei pisteitä, tuli 20,0 huono\n" in text
    assert "  counter/quiet: odotettiin toteutui, tuli ei toteutunut\n    Se jatkui, vaikka asiakas" in text
    assert text.endswith("0 läpi, 1 ei läpi\n")


def test_a_folder_is_searched_for_cases(run: Run, write: Write, tmp_path: Path, case_text: CaseText) -> None:
    """And the folders in it; each case by its name."""
    for name in ("b/K2", "a/K1"):
        write(f"{name}.case.toml", case_text(name[-2:], 'band = "good"'))
    rows = run("case", "run", tmp_path).stdout.splitlines()
    assert [row.split()[1] for row in rows[:2]] == ["K1", "K2"]


def test_without_a_path_all_cases_that_are_loaded_run(
    run: Run, plugin: Callable[..., str], case_text: CaseText
) -> None:
    """Those of the core and those of the plugins."""
    module = plugin("kiosk", files={"cases/K1.case.toml": case_text("K1", "score = [0, 100]")})
    without, result = run("case", "run"), run("-p", module, "case", "run")
    assert "K1" in result.stdout
    assert _passed(result.stdout) == _passed(without.stdout) + 1


def _passed(text: str) -> int:
    return int(text.splitlines()[-1].split()[0])


def test_a_bad_case_is_told_and_the_others_run(run: Run, write: Write, rubric: Path, case_text: CaseText) -> None:
    """Bad input weighs more than a failure."""
    bad = write("bad.case.toml", case_text("bad", 'band = "god"'))
    wrong = write("wrong.case.toml", case_text("wrong", 'band = "poor"'))
    result = run("case", "run", bad, wrong, "--rubric", rubric)
    assert "did you mean `good`?" in result.stderr
    assert result.stdout.endswith("0 passed, 1 failed, 1 could not be judged\n")
    assert result.exit_code == 2


def test_only_bad_cases_leave_no_table(run: Run, write: Write) -> None:
    """There is nothing to list."""
    result = run("case", "run", write("bad.case.toml", "schema = 1\n"))
    assert result.stdout == "0 passed, 0 failed, 1 could not be judged\n"
    assert result.exit_code == 2


def test_a_folder_without_cases_is_told(run: Run, tmp_path: Path) -> None:
    """Nothing failed, but nothing ran either."""
    result = run("case", "run", tmp_path)
    assert result.stderr.startswith(f"error: {tmp_path}: no case lies in this folder\n")
    assert result.exit_code == 2


def test_a_file_that_is_no_case_is_told(run: Run, rubric: Path) -> None:
    """A rubric is easily given instead of its folder."""
    result = run("case", "run", rubric)
    assert result.stderr == (
        f"error: {rubric}: this file is not called a case\n"
        "    try: a case is a file whose name ends in .case.toml; name one, or a folder with some\n"
    )
    assert result.exit_code == 2


def test_a_wrong_rubric_runs_no_case(run: Run, write: Write, case_text: CaseText) -> None:
    """What the cases would have been judged by is not in order."""
    path = write("K1.case.toml", case_text("K1", 'band = "good"'))
    result = run("case", "run", path, "--rubric", write("bad.toml", 'schema = 1\nid = "bad"\n'))
    assert (result.stdout, result.exit_code) == ("", 2)


def test_a_terminal_gets_colours(
    run: Run, write: Write, rubric: Path, case_text: CaseText, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Green for what passed, unless NO_COLOR is set."""
    path = write("K1.case.toml", case_text("K1", 'band = "good"'))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[32mpassed\x1b[0m" in run("case", "run", path, "--rubric", rubric, color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[32m" not in run("case", "run", path, "--rubric", rubric, color=True).stdout


def test_vocabulary_beside_a_rubric_is_taken_along(
    run: Run, write: Callable[[str, str], Path], rubric: Path, case_text: Callable[..., str]
) -> None:
    """A case may use the acts that are declared beside the rubric under trial."""
    write("vocabulary.toml", 'schema = 1\n[act.wrap]\ntitle = { en = "wrapping" }\nmodalities = ["task"]\n')
    path = write("K1.case.toml", case_text("K1", 'band = "good"', timeline="- server greet\n- server wrap"))
    result = run("case", "run", path, "--rubric", rubric)
    assert (result.stderr, result.exit_code) == ("", 0)


def test_the_rubrics_beside_a_case_judge_it(
    run: Run, write: Write, tmp_path: Path, rubric: Path, case_text: CaseText
) -> None:
    """Without any option; and each folder by its own."""
    text = rubric.read_text("utf-8")
    write("one/counter.toml", text)
    write("two/rubrics/counter.toml", text.replace("staff.greet", "staff.smile"))
    for folder in ("one", "two"):
        write(f"{folder}/cases/K1.case.toml", case_text("K1", 'outcomes = { "counter/hello" = "met" }'))
    result = run("case", "run", tmp_path)
    assert result.stdout.endswith("1 passed, 1 failed\n")
    assert "  counter/hello: expected met, got " in result.stdout
    assert (result.stderr, result.exit_code) == ("", 1)


def test_what_is_wrong_with_a_pack_is_told_once(
    run: Run, write: Write, tmp_path: Path, rubric: Path, case_text: CaseText
) -> None:
    """Though none of its cases can be judged."""
    rubric.write_text(rubric.read_text("utf-8").replace('"linear"', '"liner"', 1), encoding="utf-8")
    for name in ("K1", "K2"):
        write(f"cases/{name}.case.toml", case_text(name, 'band = "good"'))
    result = run("case", "run", tmp_path)
    assert result.stderr.count("did you mean `linear`?") == 1
    assert result.stdout == "0 passed, 0 failed, 2 could not be judged\n"
    assert result.exit_code == 2
