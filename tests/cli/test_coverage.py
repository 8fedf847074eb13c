"""`palvelumittari rubric coverage`: what the cases of a rubric leave unshown, to read and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]
CaseText = Callable[..., str]

PAGE = """\
counter 1.2.0  Counter
  3 cases, 2 criteria of its own; the numbers say in how many cases

criterion  met  partly  missed  n/a  wanting
hello      1    2       -       -    not observed
quiet      -    -       2       1    met

  n/a: it does not apply
  Judged by other rubrics, and left out: zoo

  Situations that never applied
    counter/quiet, situation 1: Busy

  Criteria that decide no case's band: without them every case gets the same
    counter/quiet: moves a score by 20.8 points at most (talk)

Not complete: 2 of its criteria and 1 of its situations want a case.
"""


@pytest.fixture
def cases(write: Write, case_text: CaseText, rubric: Path) -> Path:
    """Four cases beside the rubric, one of them of another sector."""
    talk = "-  server small_talk\\n-  customer minimal #lengthened\\n-  server small_talk".replace("\\n", "\n")
    write("cases/zoo.case.toml", case_text("zoo", 'band = "good"').replace('"kiosk"', '"zoo"'))
    write("cases/hello.case.toml", case_text("hello", 'band = "good"'))
    for name in ("talk", "talk2"):
        write(f"cases/{name}.case.toml", case_text(name, 'band = "poor"', timeline=talk))
    return rubric.parent / "cases"


def test_the_page_tells_what_is_wanting(run: Run, rubric: Path, cases: Path) -> None:
    """The table, what was left out, and what never applied; it ends with 0, for nobody asked to be strict."""
    result = run("rubric", "coverage", rubric)
    assert (result.stdout, result.exit_code) == (PAGE, 0)


def test_strict_ends_with_one_if_anything_is_wanting(run: Run, rubric: Path, cases: Path) -> None:
    """For the CI of a pack of rubrics."""
    result = run("rubric", "coverage", rubric, "--strict")
    assert (result.stdout, result.exit_code) == (PAGE, 1)
    assert run("rubric", "coverage", "salon", "--strict").exit_code == 0


def test_a_rubric_by_its_id_with_the_cases_that_came_with_it(run: Run) -> None:
    """Complete, and yet there is something to look at."""
    result = run("rubric", "coverage", "salon")
    assert result.exit_code == 0
    assert "conversation-mode  1    1       3       17" in result.stdout
    assert "Criteria that decide no case's band: without them every case gets the same" in result.stdout
    assert "    salon/conversation-mode: moves no score\n" in result.stdout
    assert "    salon/price-known: moves a score by 6.9 points at most (S6-late)\n" in result.stdout
    assert "    salon/conversation-mode and service/quiet-wish: 5 cases\n" in result.stdout
    assert (
        "    salon/companion-hosted, step 3: “greeting”, “question”, “small talk” (staff → companion)" in result.stdout
    )
    assert result.stdout.endswith("and every situation\napplies in one.\n")


def test_without_a_name_every_rubric_is_told(run: Run) -> None:
    """In the order of their names, one page behind the other."""
    result = run("rubric", "coverage")
    pages = [line.split()[0] for line in result.stdout.splitlines() if " 1.0.0  " in line]
    assert pages == ["food_counter", "salon", "service", "transit", "written"]


def test_cases_from_elsewhere(run: Run, rubric: Path, cases: Path) -> None:
    """Files and folders instead of those beside the rubric; a rule that nothing triggered is named."""
    result = run(
        "rubric", "coverage", rubric, "--cases", cases / "hello.case.toml", "--cases", cases / "talk.case.toml"
    )
    assert "  2 cases, 2 criteria of its own" in result.stdout
    none = run("rubric", "coverage", rubric, "--cases", cases / "zoo.case.toml")
    assert "  None of the 1 cases is judged by this rubric" in none.stdout
    assert "Not complete: 2 of its criteria and 1 of its situations want a case." in none.stdout
    food = run("rubric", "coverage", "food_counter")
    assert "    food_counter/rush-acknowledged, rule 2, after: " in food.stdout


def test_a_rubric_without_cases_is_told_where_they_belong(run: Run, rubric: Path) -> None:
    """Everything is wanting, with the share where the worst is not nothing."""
    result = run("rubric", "coverage", rubric)
    told = " ".join(result.stdout.split())
    assert f"No case lies with this rubric: put cases into {rubric.parent}" in told
    assert "each in a file whose name ends in .case.toml." in told
    assert "hello - - - - met, missed (25%), not observed" in told
    assert "Situations that never" not in told
    assert result.exit_code == 0


def test_many_cases_that_are_left_out_are_counted(run: Run, rubric: Path, cases: Path, write: Write) -> None:
    """A dozen are named, the rest is counted."""
    text = (cases / "zoo.case.toml").read_text(encoding="utf-8")
    for number in range(13):
        write(f"cases/zoo{number:02}.case.toml", text.replace('"zoo"\ntitle', f'"zoo{number:02}"\ntitle'))
    told = " ".join(run("rubric", "coverage", rubric).stdout.split())
    assert "left out: zoo, zoo00, " in told
    assert "zoo10 and 2 more" in told


@pytest.mark.parametrize(
    ("language", "head", "ending"),
    [
        (
            "fi",
            "kriteeri  kyllä  osin  ei  ei koske  puuttuu",
            "Ei kattava: 2 kriteeriä ja 1 tilannetta vailla tapausta.",
        ),
        (
            "sv",
            "kriterium  ja  delvis  nej  gäller ej  saknas",
            "Inte heltäckande: 2 kriterier och 1 situationer saknar fall.",
        ),
    ],
)
def test_it_speaks_the_languages_of_the_reader(
    language: str, head: str, ending: str, run: Run, rubric: Path, cases: Path
) -> None:
    """Heads, kinds and titles."""
    lines = run("rubric", "coverage", rubric, "--lang", language).stdout.splitlines()
    assert head in lines
    assert lines[-1] == ending


def test_json_is_one_object_for_one_rubric_else_an_array(run: Run, rubric: Path, cases: Path) -> None:
    """With everything that the page tells."""
    one = json.loads(run("rubric", "coverage", rubric, "-f", "json").stdout)
    assert (one["rubric"], one["complete"], one["left_out"]) == ("counter", False, ["zoo"])
    assert [each["wanting"] for each in one["criteria"]] == [["aside"], ["met"]]
    both = json.loads(run("rubric", "coverage", rubric, "salon", "salon", "-f", "json").stdout)
    assert [each["rubric"] for each in both] == ["counter", "salon"]


def test_a_folder_is_no_rubric(run: Run, rubric: Path, cases: Path) -> None:
    """What lies in it is named, in the words in which it can be typed."""
    result = run("rubric", "coverage", rubric.parent)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: {rubric.parent}: this is a folder, and no rubric has that id\n"
        f"    try: name the file of the rubric: {rubric}\n"
    )
    assert run("rubric", "coverage", cases).stderr.endswith("try: name a TOML file, or the id of a rubric\n")


def test_what_cannot_be_read_ends_with_two(run: Run, rubric: Path, cases: Path, write: Write) -> None:
    """An unknown rubric, a faulty case, a folder without cases: each says what is wrong, and nothing is shown."""
    unknown = run("rubric", "coverage", "salun")
    assert (unknown.stdout, unknown.exit_code) == ("", 2)
    assert "there is no rubric `salun`" in unknown.stderr
    empty = run("rubric", "coverage", "salon", "--cases", rubric.parent / "nothing")
    assert (empty.stdout, empty.exit_code) == ("", 2)
    write("cases/bad.case.toml", "schema = 1\n")
    faulty = run("rubric", "coverage", rubric)
    assert (faulty.stdout, faulty.exit_code) == ("", 2)
    assert "bad.case.toml" in faulty.stderr
