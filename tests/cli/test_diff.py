"""`palvelumittari rubric diff`: what changed, which version it calls for, and whose band moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

LIGHT = (("weight = 5", "weight = 0.1"), ('act = "staff.greet"', 'act = "staff.greet"\notherwise = 0.5'))
"""With these the talk at the kiosk is no longer poor."""

CHILD = 'schema = 1\nid = "stall"\nversion = "1.0.0"\nextends = ["counter"]\ntitle = { en = "Stall" }\n'


@pytest.fixture
def edited(rubric: Path, write: Write) -> Callable[..., Path]:
    """A version of the rubric with pieces of text replaced: `edited(("weight = 2", "weight = 3"))`."""

    def make(*edits: tuple[str, str], name: str = "new/counter.toml") -> Path:
        text = rubric.read_text(encoding="utf-8")
        for old, new in edits:
            assert old in text or not old
            text = text.replace(old, new, 1) if old else text + new
        return write(name, text)

    return make


def test_nothing_changed(run: Run, rubric: Path) -> None:
    """A rubric compared with itself is told in two lines."""
    result = run("rubric", "diff", rubric, rubric)
    assert (result.output, result.exit_code) == ("counter 1.2.0 → 1.2.0\nNothing changed.\n", 0)


def test_changes_are_told_with_their_reasons(run: Run, rubric: Path, edited: Callable[..., Path]) -> None:
    """Each stands under the reason for its level; a version that is too low ends with 1."""
    new = edited(
        ("weight = 2", "weight = 3"),
        ('en = "Say hello."', 'en = "Say hello first."'),
        ("excuse = true", "excuse = false"),
        ("", '\n[[criterion.situation]]\nwhen = "sector == \'bus\'"\nweight = 1\nwithin = "2 turns"\nexcuse = true\n'),
        (
            "",
            '\n[[criterion]]\nid = "wave"\nrole = "bonus"\nweight = 1\nlifecycle = "trial"\ntitle = { en = "Wave" }\n',
        ),
        ("", 'when = "channel == \'phone\'"\nshows = { act = "staff.nod" }\n'),
    )
    result = run("rubric", "diff", rubric, new)
    assert result.output == (
        "counter 1.2.0 → 1.2.0\n"
        "2.0.0 is needed; the file still says 1.2.0.\n"
        "\n"
        "Major: an encounter can get another score, so scores cannot be compared\n"
        "  A hello  [counter/hello]\n"
        "    weight: 2 → 3\n"
        "  Quiet when wanted  [counter/quiet]\n"
        "    when “pace of the place” = “busy”, failing is excused: yes → no\n"
        "\n"
        "Minor: it applies only to what no encounter of the old version could hold; scores stay as they were\n"
        "  Quiet when wanted  [counter/quiet]\n"
        "    when “sector” = “bus”: new; failing is excused; weight: 1; within: 2 turns\n"
        "\n"
        "Minor: it is on trial, so it is shown and not counted\n"
        "  Wave  [counter/wave]\n"
        "    new\n"
        "    bonus, weight 1\n"
        "    applies when: “channel” = “phone”\n"
        "    Did it happen? act: “nod” (staff)\n"
        "\n"
        "Patch: words for people\n"
        "  A hello  [counter/hello]\n"
        "    advice (en): “Say hello.” → “Say hello first.”\n"
    )
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("version", "sentence", "code"),
    [
        ("1.9.0", "2.0.0 is needed; the file says 1.9.0, which is too low.", 1),
        ("2.0.0", "The version is right: 2.0.0 is what the changes call for.", 0),
        ("3.0.0", "The version 3.0.0 is higher than need be, which does no harm: 2.0.0 would do.", 0),
    ],
)
def test_the_version_decides_how_it_ends(
    run: Run, rubric: Path, edited: Callable[..., Path], version: str, sentence: str, code: int
) -> None:
    """So that the tests of a pack can ask for it."""
    new = edited(('"1.2.0"', f'"{version}"'), ("weight = 2", "weight = 3"))
    result = run("rubric", "diff", rubric, new)
    assert result.output.splitlines()[1] == sentence
    assert result.exit_code == code


def test_a_lower_version_of_the_same(run: Run, rubric: Path, edited: Callable[..., Path]) -> None:
    """Nothing changed, and yet the version went down."""
    result = run("rubric", "diff", rubric, edited(('"1.2.0"', '"1.1.0"')))
    assert result.output.splitlines()[1] == ("Nothing changed. 1.2.0 is needed; the file says 1.1.0, which is too low.")
    assert result.exit_code == 1


def test_two_rubrics(run: Run, rubric: Path) -> None:
    """Ids name loaded ones; no version follows from what differs."""
    result = run("rubric", "diff", "salon", "transit")
    assert result.output.startswith("salon 1.0.0 → transit 1.0.0\nThese are two rubrics, each with versions of its own")
    assert "sectors: no longer salon; now transit" in result.output
    assert result.exit_code == 0


def test_changes_of_a_parent(run: Run, rubric: Path, edited: Callable[..., Path], write: Write) -> None:
    """Further files are loaded for either side; what changed in a parent is told as inherited."""
    child = write("stall.toml", CHILD)
    new = edited(("weight = 2", "weight = 3"))
    result = run("rubric", "diff", child, child, "--old-with", rubric, "--new-with", new)
    assert "  A hello  [counter/hello], inherited from counter\n    weight: 2 → 3\n" in result.output
    assert result.exit_code == 1


def test_languages(run: Run, rubric: Path, edited: Callable[..., Path], talk: Path) -> None:
    """The words of the page are those of the reader."""
    new = edited(("weight = 5", "weight = 1"), ('when   = "ever(talk < 0.3)"\n', ""))
    finnish = run("rubric", "diff", rubric, new, "--lang", "fi", "--on", talk).output
    assert "koskee, kun: jossakin vaiheessa ”" in finnish and "” < 0,3 → ei mitään\n" in finnish
    assert "Tarvitaan versio 2.0.0; tiedostossa on yhä 1.2.0." in finnish
    swedish = run("rubric", "diff", rubric, new, "--lang", "sv", "--on", talk).output
    assert "2.0.0 behövs; i filen står fortfarande 1.2.0." in swedish
    assert "Möten: 1; omdömet högre" in swedish


# --- encounters -------------------------------------------------------------------------------------------------


def test_whose_band_moves(run: Run, rubric: Path, edited: Callable[..., Path], talk: Path, greeted: Path) -> None:
    """Each with both scores, the criteria that moved it and their reasons; the others are counted."""
    new = edited(*LIGHT, ('"1.2.0"', '"2.0.0"'))
    result = run("rubric", "diff", rubric, new, "--on", talk, "--on", greeted)
    moves = result.output[result.output.index("Encounters:") :]
    assert moves.startswith("Encounters: 2; band up 1, down 0, the same 1\n  Exactly the same score: 1\n")
    assert "  talk-1: 2" in moves and " poor → 4" in moves and " neutral\n" in moves
    assert "    −7.5 → −0.1  Quiet when wanted [counter/quiet]\n      It went on although" in moves
    assert result.exit_code == 0


def test_of_many_the_rest_is_counted(run: Run, rubric: Path, edited: Callable[..., Path], talk: Path) -> None:
    """`--limit` says how many are shown."""
    new = edited(*LIGHT, ('"1.2.0"', '"2.0.0"'))
    arguments = [each for _ in range(3) for each in ("--on", talk)]
    result = run("rubric", "diff", rubric, new, *arguments, "--limit", 1)
    assert result.output.count("talk-1:") == 1
    assert result.output.endswith("… and 2 more whose band moved\n")
    hidden = run("rubric", "diff", rubric, new, "--on", talk, "--limit", 0)
    assert hidden.output.endswith("… and 1 more whose band moved\n")


def test_scores_that_come_and_go(run: Run, rubric: Path, edited: Callable[..., Path], greeted: Path) -> None:
    """An encounter may have a score in one version alone; a criterion may be in one alone."""
    gone = edited(("weight = 2", 'weight = 2\nlifecycle = "retired"'), ('"1.2.0"', '"2.0.0"'))
    result = run("rubric", "diff", rubric, gone, "--on", greeted)
    assert "  No score any more: 1\n" in result.output
    assert "→ no score\n    +2.0 (met) → no such criterion  A hello [counter/hello]" in result.output
    back = run("rubric", "diff", gone, rubric, "--on", greeted)
    assert "  A score only now: 1\n" in back.output


def test_bands_that_fall(run: Run, rubric: Path, edited: Callable[..., Path], talk: Path) -> None:
    """The direction is that of the new version."""
    new = edited(*LIGHT)
    result = run("rubric", "diff", new, rubric, "--on", talk)
    assert "Encounters: 1; band up 0, down 1, the same 0" in result.output


def test_what_cannot_be_read_is_told(run: Run, rubric: Path, edited: Callable[..., Path], lines: Path) -> None:
    """The rest is compared, and the command ends with 2."""
    result = run("rubric", "diff", rubric, edited(), "--on", lines, "--on", "no-such-file.json")
    assert "many.ndjson:2" in result.output and "did you mean `greet`?" in result.output
    assert "no-such-file.json: " in result.output
    assert "  Could not be compared: 2\n" in result.output
    assert result.exit_code == 2


def test_only_the_new_version_knows_a_word(run: Run, rubric: Path, edited: Callable[..., Path], write: Write) -> None:
    """Such encounters are counted, and are no mistake."""
    new = edited(("weight = 2", "weight = 2.0"), ('"1.2.0"', '"1.3.0"'))
    write("new/vocabulary.toml", 'schema = 1\n[tag.salty]\ntitle = { en = "salty" }\n')
    salty = write("salty.timeline", "id: s\nsector: kiosk\n\n- customer ask #salty\n")
    result = run("rubric", "diff", rubric, new, "--on", salty)
    assert "  Only the new version can judge: 1\n" in result.output
    assert result.exit_code == 0


def test_cases_and_standard_input(
    run: Run, rubric: Path, edited: Callable[..., Path], write: Write, case_text: Callable[..., str], lines: Path
) -> None:
    """A case, a folder of cases and a stream serve, too; a faulty case is told and the others go on."""
    case = write("cases/K1.case.toml", case_text("K1", 'band = "good"'))
    write("cases/K2.case.toml", case_text("K2", 'band = "god"'))
    new = edited()
    assert "Encounters: 1;" in run("rubric", "diff", rubric, new, "--on", case).output
    folder = run("rubric", "diff", rubric, new, "--on", case.parent)
    assert "Encounters: 1;" in folder.output and folder.exit_code == 2
    good = lines.read_text(encoding="utf-8").splitlines()[0]
    stream = run("rubric", "diff", rubric, new, "--on", "-", "--from", "ndjson", input=good)
    assert "Encounters: 1;" in stream.output and stream.exit_code == 0
    odd = run("rubric", "diff", rubric, new, "--on", "-", "--from", "xml")
    assert "there is no format of this name" in odd.output or "unknown format" in odd.output
    assert odd.exit_code == 2


# --- for programs and for pull requests ---------------------------------------------------------------------------


def test_json(run: Run, rubric: Path, edited: Callable[..., Path], talk: Path) -> None:
    """The whole record: values as they stand in files, measures under their names."""
    new = edited(
        *LIGHT,
        ("", '\n[[criterion]]\nid = "wave"\nrole = "bonus"\nweight = 1\ntitle = { en = "Wave" }\nshows = "@"\n'),
        ('"@"', '{ act = "staff.nod", within = "1 turn", after = "customer.arrive" }'),
    )
    data = json.loads(run("rubric", "diff", rubric, new, "-f", "json", "--on", talk).output)
    assert (data["schema"], data["level"], data["needed_version"], data["fit"]) == (1, "major", "2.0.0", "unchanged")
    assert data["old"]["id"] == data["new"]["id"] == "counter"
    _, change, added = data["changes"]
    assert (change["key"], change["old"], change["new"], change["level"]) == ("weight", 5.0, 0.1, "major")
    assert added["new"]["measure"] == {"shows": {"act": "staff.nod", "after": "customer.arrive", "within": "1 turn"}}
    (move,) = data["moves"]["moved"]
    assert (move["encounter"], move["new_band"], data["moves"]["up_count"]) == ("talk-1", "neutral", 1)
    assert move["shifts"][0]["new_points"] == -0.15


def test_markdown(run: Run, rubric: Path, edited: Callable[..., Path], talk: Path) -> None:
    """Headings and lists, in which nothing of the rubric becomes markup."""
    new = edited(*LIGHT, ('en = "A hello"', 'en = "A *warm* hello"'))
    text = run("rubric", "diff", rubric, new, "-f", "markdown", "--on", talk, "--on", talk, "--limit", 1).output
    assert text.startswith("# counter 1.2.0 → 1.2.0\n\n2.0.0 is needed; the file still says 1.2.0.\n\n## Major: ")
    assert "\n- **Quiet when wanted** (`counter/quiet`)\n    - weight: 5 → 0.1\n" in text
    assert "“A hello” → “A \\*warm\\* hello”" in text
    assert "\n## Encounters: 2; band up 2, down 0, the same 0\n" in text
    assert "\n**talk-1**: " in text
    assert text.endswith("… and 1 more whose band moved\n")
    plain = run("rubric", "diff", rubric, new, "-f", "markdown").output
    assert "Encounters" not in plain


# --- the words of every kind of change ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (('act = "staff.greet"', 'act = "staff.greet"\nphase = "closing"'), "phase: none → closing"),
        (('act = "staff.greet"', 'act = "staff.greet"\notherwise = 0.5'), "otherwise worth: none → 50%"),
        (('role   = "linear"', 'role   = "bonus"'), "role: linear → bonus"),
        (("weight = 2", 'weight = 2\nlifecycle = "trial"'), "lifecycle: counts → on trial"),
        (("weight = 2", 'weight = 2\ninstead = ["smile"]'), "what advice proposes: now smile"),
        (('sectors = ["kiosk"]', 'sectors = ["kiosk"]\nchannels = ["phone"]'), "channels: now phone"),
        (("", '\n[scoring]\nmodel = "mean"\n'), "model: ledger → mean"),
        (('[criterion.shows]\nact = "staff.greet"', 'avoids = { act = "staff.rush" }'), "asked: Did it happen?"),
        (('id     = "hello"', 'id     = "greeting"'), "renamed: counter/hello is now counter/greeting, and all else"),
        (("schema  = 1", "# Mine.\nschema  = 1"), "comments or layout"),
        (('when   = "ever(talk < 0.3)"', 'when   = "ever(talk<0.3)"'), "when: ever(talk < 0.3) → ever(talk<0.3)"),
    ],
)  # fmt: skip
def test_lines(run: Run, rubric: Path, edited: Callable[..., Path], edit: tuple[str, str], line: str) -> None:
    """Every kind of value is said in words."""
    assert line in run("rubric", "diff", rubric, edited(edit)).output


RULES = """
[[criterion]]
id       = "pairs"
role     = "linear"
weight   = 2
title    = { en = "Pairs" }
responds = { rules = [{ after = "customer.ask", with = "staff.answer" }, { after = "customer.arrive", with = "staff.nod" }] }

[[criterion]]
id     = "steps"
role   = "linear"
weight = 2
title  = { en = "Steps" }
when   = "ever(salt > 0.2)"
grades = { acts = [{ act = "staff.explain", is = 0.5 }, { act = "staff.host", is = 1 }] }
"""  # noqa: E501  # as in a file
VOCABULARY = """
schema = 1
[act.pat]
title      = { en = "pat" }
modalities = ["body"]
by         = ["staff"]
[field."setting.wind"]
type  = "number"
range = [0, 30]
title = { en = "wind" }
"""
READINGS = """
schema = 1
[[reading]]
id     = "salt"
title  = { en = "Salt" }
starts = [{ when = "setting.wind > 5", set = 0.3 }]
cues   = [{ on = "customer.wince", add = 0.3 }]
"""


def test_the_words_of_rules_readings_and_terms(run: Run, edited: Callable[..., Path], write: Write) -> None:
    """Pairs and grades are numbered; of cues and starts it is told which came and which went."""
    old = edited(("", RULES), name="old/counter.toml")
    shorter = RULES.replace(', { after = "customer.arrive", with = "staff.nod" }', "").replace("is = 0.5", "is = 0.4")
    new = edited(("", shorter.replace(', { act = "staff.host", is = 1 }', "")))
    for folder in ("old", "new"):
        write(f"{folder}/vocabulary.toml", VOCABULARY)
        write(f"{folder}/readings.toml", READINGS)
    newer = (
        VOCABULARY.replace("[0, 30]", "[0, 20.5]")
        .replace('["body"]', '["body", "task"]')
        .replace('["staff"]', '["server"]')
    )
    write("new/vocabulary.toml", newer)
    write("new/readings.toml", READINGS.replace("add = 0.3", "set = 0.9").replace("set = 0.3", "set = 0.4"))
    text = run("rubric", "diff", old, new).output
    for line in (
        "  Pairs  [counter/pairs]\n    pair of cue and answer, no. 2: after: ",
        "    worth, no. 1: 50% → 40%\n    step of the scale, no. 2: worth 100%: ",
        "  Salt (reading)  [salt]\n    other starts: no longer 0.3 when “wind” > 5; now 0.4 when “wind” > 5\n"
        "    cues: no longer “wince” (customer) adds 0.3; now “wince” (customer) sets 0.9\n",
        "  pat (act)  [pat]\n    perceived by: body → body, task\n",
        "    done by: staff → server\n",
        "    range: 0–30 → 0–20.5\n",
    ):
        assert line in text


def test_other_code_is_told(run: Run, rubric: Path, edited: Callable[..., Path], plugin: Callable[..., str]) -> None:
    """The options of a plugin's function are shown as they stand."""
    code = (
        "from palvelumittari.hookspecs import hookimpl\n\n@hookimpl\ndef palvelumittari_measures():\n"
        '    return {"tally": lambda scene, **options: 1.0}\n'
    )
    module = plugin("pier", code)
    calls = 'title = { en = "Tally" }\ncalls = { function = "pier.tally", options = { most = 1 } }\n'
    old = edited(("", f'\n[[criterion]]\nid = "tally"\nrole = "bonus"\nweight = 1\n{calls}'), name="old/counter.toml")
    new = edited(("", f'\n[[criterion]]\nid = "tally"\nrole = "bonus"\nweight = 1\n{calls.replace("1", "2")}'))
    result = run("-p", module, "rubric", "diff", old, new)
    assert 'options: {"most": 1} → {"most": 2}' in result.output


# --- wrong arguments ----------------------------------------------------------------------------------------------


def test_rubrics_that_are_not_there(run: Run, rubric: Path) -> None:
    """A file that cannot be read and an id that nobody has end with 2."""
    missing = run("rubric", "diff", rubric, "no-such.toml")
    assert (missing.exit_code, "no-such.toml: cannot read this file" in missing.output) == (2, True)
    unknown = run("rubric", "diff", "servic", rubric)
    assert (unknown.exit_code, "did you mean `service`?" in unknown.output) == (2, True)
