"""`palvelumittari rubric import`: a rubric from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

TABLE = """\
id;role;weight;title.en;title.fi;title.sv;measure;act;why;free
hello;linear;2,5;A hello;Tervehdys;En hälsning;shows;staff.greet;It opens.;true
"""
TOML = """\
schema  = 1
id      = "kiosk"
version = "1.0.0"
title   = { en = "kiosk" }

[[criterion]]
id     = "hello"
role   = "linear"
weight = 2.5
free   = true
title  = { en = "A hello", fi = "Tervehdys", sv = "En hälsning" }
why    = "It opens."
[criterion.shows]
act = "staff.greet"
"""


@pytest.fixture
def table(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of one criterion in the working folder."""
    path = write("kiosk.csv", TABLE)
    monkeypatch.chdir(path.parent)
    return path


def test_a_table_becomes_a_rubric(run: Run, table: Path) -> None:
    """On standard output; what was understood how, and what is doubtful, goes to standard error."""
    result = run("rubric", "import", "kiosk.csv")
    assert result.exit_code == 0
    assert result.stdout == TOML
    assert result.stderr == (
        "note: kiosk.csv has no row `rubric`, so the rubric is called `kiosk`, version 1.0.0\n"
        "kiosk.csv: warning: the title lacks its translation to fi and sv\n"
        "    try: add fi = ...; until then English is shown\n"
    )


def test_a_rubric_is_written_whole_and_never_over_another(run: Run, table: Path) -> None:
    """Unless that is meant."""
    result = run("rubric", "import", "kiosk.csv", "-o", "kiosk.toml")
    assert result.stdout == "kiosk.toml: rubric kiosk 1.0.0, 1 criterion\n"
    assert Path("kiosk.toml").read_text(encoding="utf-8") == TOML
    again = run("rubric", "import", "kiosk.csv", "-o", "kiosk.toml")
    assert again.exit_code == 2
    assert again.stderr == "error: kiosk.toml: this file is there already\n    try: another name, or --force\n"
    Path("kiosk.toml").write_text("old", encoding="utf-8")
    assert run("rubric", "import", "kiosk.csv", "-o", "kiosk.toml", "--force").exit_code == 0
    assert Path("kiosk.toml").read_text(encoding="utf-8") == TOML
    assert sorted(path.name for path in table.parent.iterdir()) == ["kiosk.csv", "kiosk.toml"]


def test_nothing_is_written_where_something_is_wrong(run: Run, table: Path) -> None:
    """Every problem by its cell."""
    table.write_text(TABLE.replace("2,5", "two").replace("staff.greet", "staff.gret"), encoding="utf-8")
    result = run("rubric", "import", "kiosk.csv", "-o", "kiosk.toml")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: kiosk.csv: cell C2 (weight): found `two`, expected a positive number, such as 2\n"
        "error: kiosk.csv: cell H2 (act):1: unknown act `gret`\n    staff.gret\n    ^^^^^^^^^^\n"
        "    try: did you mean `greet`?\n"
    )
    assert not Path("kiosk.toml").exists()


def test_a_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    """As are those that are too long."""
    result = run("rubric", "import", tmp_path / "none.csv")
    assert result.exit_code == 2
    assert "none.csv: cannot read this file: No such file or directory" in result.stderr
    (tmp_path / "long.csv").write_bytes(b"id\n" * 1_500_000)
    assert "long.csv: the file is too long" in run("rubric", "import", tmp_path / "long.csv").stderr


def test_a_folder_that_is_not_there_is_told(run: Run, table: Path) -> None:
    """Nothing is left behind."""
    result = run("rubric", "import", "kiosk.csv", "-o", "away/kiosk.toml")
    assert result.exit_code == 2
    assert result.stderr.endswith("error: away/kiosk.toml: No such file or directory\n")
    assert "is a directory" in run("rubric", "import", "kiosk.csv", "-o", ".", "--force").stderr


def test_the_words_beside_the_table_are_known(run: Run, table: Path, write: Write) -> None:
    """A vocabulary in its folder is taken along."""
    write(
        "vocabulary.toml",
        'schema = 1\n[act.curtsy]\ntitle = { en = "curtsy", fi = "niiaus", sv = "nigning" }\nmodalities = ["body"]\n',
    )
    table.write_text(TABLE.replace("staff.greet", "staff.curtsy"), encoding="utf-8")
    result = run("rubric", "import", "kiosk.csv")
    assert result.exit_code == 0, result.stderr


def test_parents_may_be_given_as_files(run: Run, table: Path, rubric: Path) -> None:
    """Where they are not installed."""
    head = "row,id,version,title,extends,weight\nrubric,child,1.0.0,Child,counter,\noverride,counter/hello,,,,4\n"
    table.write_text(head, encoding="utf-8")
    assert "unknown rubric `counter`" in run("rubric", "import", "kiosk.csv").stderr
    result = run("rubric", "import", "kiosk.csv", "--rubric", rubric)
    assert '[override."counter/hello"]\nweight = 4\n' in result.stdout


def test_the_schema_is_named_where_it_lies(run: Run, table: Path, write: Write) -> None:
    """So that editors help."""
    write("schema/rubric.schema.json", "{}")
    run("rubric", "import", "kiosk.csv", "-o", "kiosk.toml")
    assert (
        Path("kiosk.toml").read_text(encoding="utf-8").startswith("#:schema schema/rubric.schema.json\nschema  = 1\n")
    )


def test_what_is_shown_as_a_table_can_be_imported(run: Run, rubric: Path, tmp_path: Path) -> None:
    """And says the same again."""
    (tmp_path / "again.csv").write_bytes(run("rubric", "show", rubric, "-f", "csv").stdout_bytes)
    result = run("rubric", "import", tmp_path / "again.csv", "-o", tmp_path / "again.toml")
    assert result.exit_code == 0
    shown, again = (run("rubric", "show", path).stdout for path in (rubric, tmp_path / "again.toml"))
    assert again.replace("again.toml", "counter.toml") == shown
