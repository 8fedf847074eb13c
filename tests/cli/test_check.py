"""`palvelumittari rubric check`: whether files of one's own are in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

CORE = Path(__file__).parents[2] / "rubrics"

HEAD = """
schema  = 1
id      = "{id}"
version = "1.0.0"
extends = [{extends}]
title   = {{ en = "Kiosk", fi = "Kioski", sv = "Kiosk" }}
"""

CRITERION = """
[[criterion]]
id     = "hello"
role   = "linear"
weight = 2
free   = true
title  = { en = "A hello", fi = "Tervehdys", sv = "En hälsning" }
why    = "Everybody likes to be greeted."
advice = { en = "Say hello.", fi = "Tervehdi.", sv = "Hälsa." }
[criterion.shows]
act = "staff.greet"
"""

VOCABULARY = """
schema = 1
[act.wrap]
title      = { en = "wrapping", fi = "paketointi", sv = "inslagning" }
modalities = ["task"]
by         = ["staff"]
"""

READINGS = """
schema = 1
[[reading]]
id    = "gift"
title = { en = "Gift", fi = "Lahja", sv = "Gåva" }
cues  = [{ on = "customer.request", set = 1.0 }]
"""


def rubric_text(name: str = "kiosk", extends: str = "", criterion: str = CRITERION) -> str:
    """The text of a rubric file that is in order unless the arguments say otherwise."""
    return HEAD.format(id=name, extends=extends) + criterion


# --- rubrics ----------------------------------------------------------------------------------------------------


def test_a_file_in_order_is_said_to_be_fine(run: Run, write: Write) -> None:
    """A line for the file, a line in the end."""
    path = write("kiosk.toml", rubric_text())
    result = run("rubric", "check", path)
    assert result.stdout == f"{path}: rubric kiosk 1.0.0, 1 criterion: fine\n1 file checked, all in order\n"
    assert (result.stderr, result.exit_code) == ("", 0)


def test_every_problem_is_told_at_once_with_caret_and_remedy(run: Run, write: Write) -> None:
    """Nobody mends a file one error at a time."""
    broken = CRITERION.replace("staff.greet", "staff.gret").replace('"linear"', '"linaer"').replace("= 2", "= -2")
    path = write("kiosk.toml", rubric_text(criterion=broken))
    result = run("rubric", "check", path)
    assert result.stdout == (
        f"{path}: rubric kiosk 1.0.0, 1 criterion: 3 errors\n"
        f"    {path}:9:10 at $.criterion[0].role: a value of the wrong kind\n"
        '        role   = "linaer"\n'
        "                 ^^^^^^^^\n"
        "        found text ('linaer'); expected one of must, linear, bonus, penalty\n"
        "        try: did you mean `linear`?\n"
        f"    {path}:10:10 at $.criterion[0].weight: the weight -2 is out of range\n"
        "        weight = -2\n"
        "                 ^^\n"
        "        expected more than 0, at most 10\n"
        f"    {path}:16:8 at $.criterion[0].shows.act: unknown act `gret`\n"
        '        act = "staff.gret"\n'
        "               ^^^^^^^^^^\n"
        "        try: did you mean `greet`?\n"
        "\n"
        "1 file checked, 1 with errors (3 errors)\n"
    )
    assert result.exit_code == 2


def test_a_warning_is_shown_and_fails_nothing(run: Run, write: Write) -> None:
    """What could be better does not stop anybody."""
    path = write("kiosk.toml", rubric_text(criterion=CRITERION.replace("free   = true\n", "")))
    result = run("rubric", "check", path)
    assert "1 criterion: 1 warning\n" in result.stdout
    assert result.stdout.endswith("1 file checked, all in order (1 warning)\n")
    assert result.exit_code == 0


def test_rubrics_in_one_command_may_extend_each_other(run: Run, write: Write) -> None:
    """Alone the child is an orphan, together with its parent it is fine."""
    parent, child = (write(f"{name}.toml", rubric_text(name)) for name in ("shop", "stall"))
    child.write_text(rubric_text("stall", '"shop"'), encoding="utf-8")
    assert "unknown rubric `shop`" in run("rubric", "check", child).stdout
    assert run("rubric", "check", child, parent).exit_code == 0


def test_a_rubric_that_extends_itself_is_told_the_whole_circle(run: Run, write: Write) -> None:
    """Over another file, too."""
    paths = [write("a.toml", rubric_text("a", '"b"')), write("b.toml", rubric_text("b", '"a"'))]
    result = run("rubric", "check", *paths)
    assert "the rubric extends itself: a -> b -> a" in result.stdout
    assert result.exit_code == 2


def test_two_rubrics_of_one_id_are_told(run: Run, write: Write) -> None:
    """At the second of them, naming the first."""
    paths = [write("one.toml", rubric_text()), write("two.toml", rubric_text())]
    result = run("rubric", "check", *paths)
    assert f"{paths[0]}: rubric kiosk 1.0.0, 1 criterion: fine\n" in result.stdout
    assert f"{paths[1]}:2:11 at $.id: the rubric `kiosk` stands in {paths[0]}, too\n" in result.stdout
    assert result.exit_code == 2


# --- what lies beside -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["", "rubrics/"])
def test_vocabulary_and_readings_beside_a_rubric_count(run: Run, write: Write, folder: str) -> None:
    """In its own folder and in the one above."""
    criterion = CRITERION.replace("staff.greet", "staff.wrap") + 'while = "gift > 0.5"\n'
    path = write(f"{folder}kiosk.toml", rubric_text(criterion=criterion))
    assert run("rubric", "check", path).exit_code == 2
    write("vocabulary.toml", VOCABULARY)
    write("readings.toml", READINGS)
    assert run("rubric", "check", path).stdout.endswith("1 file checked, all in order\n")


def test_a_folder_is_searched_for_everything_that_is_ours(
    run: Run, write: Write, tmp_path: Path, case_text: Callable[..., str]
) -> None:
    """Each kind is recognised; hidden folders and foreign files are passed over."""
    write("pyproject.toml", "[project]\nname = 'kiosk'\n")
    write(".venv/bad.toml", "this is not TOML")
    write("vocabulary.toml", VOCABULARY)
    write("readings.toml", READINGS)
    write("rubrics/kiosk.toml", rubric_text())
    write("cases/K1.case.toml", case_text("K1", 'band = "good"', timeline="- server wrap"))
    assert run("rubric", "check", tmp_path).stdout == (
        f"{tmp_path}/cases/K1.case.toml: case K1: fine\n"
        f"{tmp_path}/readings.toml: 1 reading: fine\n"
        f"{tmp_path}/rubrics/kiosk.toml: rubric kiosk 1.0.0, 1 criterion: fine\n"
        f"{tmp_path}/vocabulary.toml: vocabulary, 1 act: fine\n"
        "4 files checked, all in order\n"
    )


def test_what_rests_on_a_wrong_vocabulary_is_not_checked(run: Run, write: Write, tmp_path: Path) -> None:
    """One error is told where it is, instead of a hundred that come of it."""
    write("vocabulary.toml", VOCABULARY.replace('"task"', '"tusk"'))
    rubric = write("kiosk.toml", rubric_text(criterion=CRITERION.replace("staff.greet", "staff.wrap")))
    result = run("rubric", "check", tmp_path)
    assert "did you mean `task`?" in result.stdout
    assert f"{rubric}: not checked, because the vocabulary.toml or readings.toml beside it is wrong\n" in result.stdout
    assert "unknown act" not in result.stdout
    assert result.exit_code == 2


def test_a_vocabulary_must_not_redefine_what_exists(run: Run, write: Write) -> None:
    """The one who declares it is named."""
    path = write("vocabulary.toml", VOCABULARY.replace("act.wrap", "act.greet"))
    assert "the act `greet` is already declared by palvelumittari" in run("rubric", "check", path).stdout


def test_readings_are_checked(run: Run, write: Write) -> None:
    """Like everything else, with their lines."""
    path = write("readings.toml", READINGS.replace("customer.request", "customer.reqest"))
    assert "did you mean `request`?" in run("rubric", "check", path).stdout


def test_the_core_is_in_order(run: Run) -> None:
    """The checker passes what we ship, in its own place, without colliding with what is loaded."""
    result = run("rubric", "check", CORE)
    assert result.exit_code == 0, result.stdout
    assert "vocabulary.toml: vocabulary, " in result.stdout


def test_a_plugin_that_is_loaded_does_not_collide_with_itself(
    run: Run, plugin: Callable[..., str], tmp_path: Path
) -> None:
    """Its author checks the very files that are in use."""
    rubric = rubric_text(criterion=CRITERION.replace("staff.greet", "staff.wrap"))
    files = {"vocabulary.toml": VOCABULARY, "readings.toml": READINGS, "rubrics/kiosk.toml": rubric}
    module = plugin("kiosk", files=files)
    result = run("-p", module, "rubric", "check", tmp_path / "plugins" / module)
    assert result.stdout.endswith("3 files checked, all in order\n")


# --- other files ------------------------------------------------------------------------------------------------


def test_a_case_is_checked(run: Run, write: Write, case_text: Callable[..., str]) -> None:
    """Its timeline line by line, what is odd in it as a warning."""
    bad = write("K1.case.toml", case_text("K1", 'band = "god"', timeline="- server gret"))
    result = run("rubric", "check", bad)
    assert "case: 2 errors\n" in result.stdout
    assert "did you mean `good`?" in result.stdout
    odd = write("K2.case.toml", case_text("K2", 'band = "good"', timeline="- server bid\n- server greet"))
    result = run("rubric", "check", odd)
    assert "at $.encounter.events[0].by: warning: `bid` is nothing that the actor `server` does" in result.stdout
    assert result.exit_code == 0


def test_a_case_is_recognised_by_its_keys(run: Run, write: Write, case_text: Callable[..., str]) -> None:
    """Whatever it is called."""
    assert "case K1: fine" in run("rubric", "check", write("one.toml", case_text("K1", 'band = "good"'))).stdout


def test_a_file_that_is_nothing_of_ours_is_told(run: Run, write: Write) -> None:
    """If it is named; in a folder it is passed over."""
    result = run("rubric", "check", write("pyproject.toml", "[project]\n"))
    assert "nothing in this file is ours\n" in result.stdout
    assert result.exit_code == 2


def test_a_folder_with_nothing_of_ours_is_told(run: Run, tmp_path: Path) -> None:
    """Nothing was checked, so nothing is fine."""
    result = run("rubric", "check", tmp_path)
    assert result.stdout == "Nothing to check: no TOML file of palvelumittari lies there.\n"
    assert result.exit_code == 2


def test_a_file_that_is_not_toml_is_told_with_its_line(run: Run, write: Write) -> None:
    """And so is a file that does not exist."""
    result = run("rubric", "check", write("kiosk.toml", "schema = 1\nid = kiosk\n"), "no.toml")
    assert "kiosk.toml:2:6: this is not TOML: " in result.stdout
    assert "no.toml: cannot read this file: No such file or directory" in result.stdout
    assert result.stdout.endswith("2 files checked, 2 with errors (2 errors)\n")


def test_an_endless_line_is_cut(run: Run, write: Write) -> None:
    """A hostile file does not fill the screen."""
    result = run("rubric", "check", write("kiosk.toml", "[" * 10_000))
    assert max(map(len, result.stdout.splitlines())) < 400
    assert result.exit_code == 2


def test_a_file_that_cannot_be_read_does_not_hide_its_neighbours(run: Run, write: Write, tmp_path: Path) -> None:
    """Each file is told by itself."""
    write("a.toml", "schema = ")
    good = write("b.toml", rubric_text())
    result = run("rubric", "check", tmp_path)
    assert f"{good}: rubric kiosk 1.0.0, 1 criterion: fine\n" in result.stdout
    assert result.stdout.endswith("2 files checked, 1 with errors (1 error)\n")


@pytest.mark.parametrize(("name", "text"), [("vocabulary.toml", "act = 3\n"), ("readings.toml", "reading = 3\n")])
def test_tables_that_are_none_are_told(run: Run, write: Write, name: str, text: str) -> None:
    """Whatever stands where a table belongs."""
    result = run("rubric", "check", write(name, "schema = 1\n" + text))
    assert f"{name}:2:" in result.stdout
    assert result.exit_code == 2


def test_a_file_that_is_named_twice_is_checked_once(run: Run, write: Write, tmp_path: Path) -> None:
    """By itself and with its folder."""
    path = write("kiosk.toml", rubric_text())
    assert run("rubric", "check", path, tmp_path).stdout.endswith("1 file checked, all in order\n")


def test_the_nearest_of_each_file_beside_counts(run: Run, write: Write) -> None:
    """A vocabulary in the folder of a rubric, readings in the one above."""
    criterion = CRITERION.replace("staff.greet", "staff.wrap") + 'while = "gift > 0.5"\n'
    path = write("rubrics/kiosk.toml", rubric_text(criterion=criterion))
    write("rubrics/vocabulary.toml", VOCABULARY)
    write("readings.toml", READINGS)
    assert run("rubric", "check", path).stdout.endswith("1 file checked, all in order\n")


def test_the_folder_of_a_plugin_that_is_not_loaded_can_be_checked(
    run: Run, write: Write, tmp_path: Path, case_text: Callable[..., str]
) -> None:
    """A project with its package in it: what is ours is found at any depth, the rest is passed over."""
    write("pyproject.toml", "[project]\nname = 'kiosk'\n")
    package = "src/palvelumittari_kiosk"
    write(f"{package}/__init__.py", '"""A plugin."""')
    write(f"{package}/vocabulary.toml", VOCABULARY)
    write(f"{package}/rubrics/kiosk.toml", rubric_text(criterion=CRITERION.replace("staff.greet", "staff.wrap")))
    write(f"{package}/cases/K1.case.toml", case_text("K1", 'band = "good"', timeline="- server wrap"))
    assert run("rubric", "check", tmp_path).stdout.endswith("3 files checked, all in order\n")
