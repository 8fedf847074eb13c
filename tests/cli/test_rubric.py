"""`palvelumittari rubric list` and `show`: which rubrics there are, and what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from palvelumittari.cli.screen import make_screen
from palvelumittari.cli.vocabulary_page import show_vocabulary
from palvelumittari.records.encounter import Modality
from palvelumittari.records.vocabulary import Act, Vocabulary
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

PAGE = """\
counter 1.2.0  Counter
  Sectors: kiosk
  Comes from: counter.toml
  Criteria: 2

How it counts

  Score: Each criterion earns or loses points (the model ledger). A loss weighs 1.5 times as much as
    a gain. The less there is to judge by, the nearer to the middle; doubt counts for as much as a
    weight of 3.
  must: Everybody expects it. Fulfilling it earns nothing; failing loses points, and failing badly
    holds the whole verdict down.
  linear: It can go either way: succeeding earns points, failing loses them.
  bonus: Nobody expects it: succeeding earns points, leaving it out costs nothing.
  penalty: It must not be: keeping to that earns nothing, failing loses points.

Criteria of Counter (counter 1.2.0)

  A hello  [counter/hello]
    linear, weight 2
    Applies always.
    Did it happen?
      act: “greeting” (staff)
    Why: Everybody likes to be greeted.
    Better: Say hello.

  Quiet when wanted  [counter/quiet]
    linear, weight 5
    Applies when at some point “Appetite for talk” is under 0.3.
    Did it stop?
      act: “small talk” (staff)
      once: “Appetite for talk” is under 0.3
    Busy, when “pace of the place” is busy:
      failing is excused
    Why: A hum is an answer.
    Better: Let the talk rest.

What it watches in the customer and the place

  Appetite for talk  [talk]
    An estimate from 0 to 1. It starts at 0.5.
"""

EVERYTHING = """
schema  = 1
id      = "all"
version = "2.0.0"
extends = ["service"]
channels = ["chat"]
title   = { en = "All", fi = "Kaikki", sv = "Allt" }
summary = { en = "Every key there is." }
drop    = ["service/closing"]

[override."service/greeting"]
weight = 3

[scoring]
loss_weight = 2

[[criterion]]
id      = "answer"
role    = "must"
weight  = 1.5
caps    = "none"
refines = "service/response"
title   = { en = "Answer" }
[criterion.responds]
after  = "customer.ask !#aloud | system.fault"
with   = "server.answer > companion"
within = "20 s or 2 turns"
unless = "*.leave"
[[criterion.situation]]
when   = "setting.queue > 3"
role   = "linear"
weight = 2
caps   = "poor"
advice = { en = "Be brief." }
with   = "staff.deliver"

[[criterion]]
id        = "soon"
role      = "bonus"
weight    = 1
lifts     = false
free      = true
lifecycle = "trial"
title     = { en = "Soon" }
[criterion.prompt]
after   = "customer.request"
act     = "staff.serve"
full    = "5 s"
none    = "2 min"
untimed = "1 turn"

[[criterion]]
id     = "allowed"
role   = "penalty"
weight = 1
title  = { en = "Allowed" }
[criterion.avoids]
act   = "staff.hint"
allow = 1
each  = 0.5
[[criterion.situation]]
when   = "channel == 'chat'"
excuse = false
allow  = 2

[[criterion]]
id     = "late"
role   = "linear"
weight = 1
title  = { en = "Late" }
instead = ["thank"]
[criterion.shows]
act    = "staff.thank"
phase  = ["service", "closing"]
longer = "3 s"
"""


def test_the_list_names_every_rubric(run: Run, plugin: Callable[..., str]) -> None:
    """Id, version, what it is for, how many criteria, and whence; a plugin's among them."""
    own = 'schema = 1\nid = "kiosk"\nversion = "3.1.0"\nextends = ["service"]\nsectors = ["kiosk"]\n'
    own += 'title = { en = "Kiosk" }\ndrop = ["service/closing"]\n'
    result = run("-p", plugin("kiosk", files={"rubrics/kiosk.toml": own}), "rubric", "list")
    head, *rows = result.stdout.splitlines()
    assert head.split() == ["rubric", "version", "sectors", "and", "channels", "criteria", "from"]
    kiosk = next(row for row in rows if row.startswith("kiosk"))
    service = next(row for row in rows if row.startswith("service"))
    assert kiosk.split()[1:3] == ["3.1.0", "kiosk"]
    assert "(0 own)" in kiosk
    assert "everything else" in service
    assert "palvelumittari" in service


def test_a_rubric_is_a_page_to_read(run: Run, rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every criterion with its role, weight, condition, measure, situations, reason and advice; then the readings."""
    monkeypatch.chdir(rubric.parent)
    result = run("rubric", "show", "counter.toml")
    assert result.stdout.startswith(PAGE)
    assert "    “minimal reply” marked “drawn out” (customer): set to 0.2\n" in result.stdout
    assert "    “small talk” (customer): rises by 0.3\n" in result.stdout


TOLD = (
    "  Every key there is.",
    "  Channels: chat\n  Rests on: Service (service ",
    "A loss weighs 2 times as much",
    "Criteria of Service (service ",
    "must, weight 3, never holds the verdict down",
    "    Changed by all:\n      weight: 3 instead of 2\n",
    "    must, weight 1.5, never holds the verdict down",
    "    Judged instead of: “Listening and responding” (service/response)",
    "      after: “question” not marked “aloud” (customer); “technical fault” (system)",
    "      answered by: “answer” (server → companion)",
    "      within: 20 s or 2 turns",
    "      unless there is first: “leaving” (anybody)",
    "    When “others waiting at the start” is over 3:",
    "      role: linear",
    "      weight: 2",
    "      holds the band down: yes",
    "      better: Be brief.",
    "      answered by: “handover” (staff)",
    "    bonus, weight 1, does not open the way to “very good”, may be earned without a cue of the customer, on trial",
    "      in full up to: 5 s",
    "      worth nothing from: 2 min",
    "      without times: 1 turn",
    "      tolerated: 1",
    "      each beyond that costs: 50%",
    "      failing is not excused after all",
    "      tolerated: 2",
    "      phase: service or closing",
    "      longer than: 3 s",
    "    To do instead: “thanks”",
    "Left out\n\n  “Closing” (service/closing): dropped by all\n",
)


def test_every_key_of_a_rubric_is_told(run: Run, write: Write) -> None:
    """Nothing that a rubric says is left out of its page."""
    page = run("rubric", "show", write("all.toml", EVERYTHING)).stdout.replace(
        "cue of the\n      cust", "cue of the cust"
    )
    assert [line for line in TOLD if line not in page] == []
    assert "[service/closing]" not in page


def test_a_rubric_can_be_shown_in_markdown(run: Run, rubric: Path) -> None:
    """In the language that is asked for."""
    page = run("rubric", "show", rubric, "-f", "markdown", "--lang", "fi").stdout
    assert page.startswith("# Tiski `counter 1.2.0`\n\n- **Alat:** kiosk\n")
    assert "\n### Tervehdys alkuun `counter/hello`\n\n- lineaarinen, paino 2\n- Koskee aina.\n" in page


def test_a_rubric_can_be_shown_as_a_table(run: Run, rubric: Path) -> None:
    """In UTF-8 with a byte order mark and lines that end in CR LF."""
    table = run("rubric", "show", rubric, "-f", "csv").stdout_bytes
    assert table.startswith(b"\xef\xbb\xbfrow,id,declared_in,version,role,weight,title.en,title.fi,title.sv,when,")
    assert table.count(b"\r\n") == 5


@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_the_vocabulary_is_shown_as_text_only(run: Run, form: str) -> None:
    """Other formats are refused."""
    result = run("rubric", "show", "vocabulary", "-f", form)
    assert result.exit_code == 2
    assert "Invalid value for --format: the vocabulary is shown as text only" in result.stderr


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_universal_rubric_can_be_shown_in_every_language(run: Run, language: str) -> None:
    """Each line fits the width and none is a leftover."""
    result = run("rubric", "show", "service", "--lang", language)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 100
    assert not [line for line in result.stdout.splitlines() if line != line.rstrip()]


def test_the_vocabulary_is_listed_by_modality(run: Run) -> None:
    """Acts with their titles, who may do them and what they are kinds of; groups, tags and fields after them."""
    text = run("rubric", "show", "vocabulary").stdout
    rows = {row.split()[0]: " ".join(row.split()) for row in text.splitlines() if row}
    assert rows["upsell"].endswith(" staff offer")
    assert rows["bid"].endswith(" customer or companion")
    assert rows["wish"].endswith(" (+ gaze) anybody farewell")
    assert rows["serve"].startswith("serve * ")
    assert "notice, eye_contact" in rows["attend:"]
    assert rows["#lengthened:"] == "#lengthened: drawn out"
    assert "; a whole number from 0" in rows["setting.queue:"]
    assert text.index("\nSpeech\n") < text.index("\nGaze\n") < text.index("\nSystem\n") < text.index("\nGroups\n")


def test_the_vocabulary_speaks_finnish(run: Run) -> None:
    """Heads and titles alike."""
    text = run("rubric", "show", "vocabulary", "--lang", "fi").stdout
    assert "\nPuhe\nteko " in text
    assert "juttelu" in text


def test_an_unknown_rubric_is_told(run: Run) -> None:
    """With the nearest name."""
    result = run("rubric", "show", "servise")
    assert result.exit_code == 2
    assert "did you mean `service`?" in result.stderr


def test_a_rubric_that_watches_nothing_has_no_readings(run: Run, write: Write) -> None:
    """The page ends with the criteria."""
    criterion = '[[criterion]]\nid = "hello"\nrole = "linear"\nweight = 2\ntitle = { en = "A hello" }\n'
    head = 'schema = 1\nid = "bare"\nversion = "1.0.0"\ntitle = { en = "Bare" }\n'
    path = write("bare.toml", head + criterion + '[criterion.shows]\nact = "staff.greet"\n')
    assert run("rubric", "show", path).stdout.endswith("      act: “greeting” (staff)\n")


def test_a_vocabulary_without_groups_tags_and_some_modalities(capsys: pytest.CaptureFixture[str]) -> None:
    """What there is none of has no heading."""
    act = Act("hum", Text(FrozenMap({"en": "humming"})), modalities=frozenset({Modality.SPEECH}))
    show_vocabulary(make_screen(), Vocabulary(FrozenMap({"hum": act}), fields=FrozenMap()), "en")
    text = capsys.readouterr().out
    assert ["hum", "humming", "anybody"] in [line.split() for line in text.splitlines()]
    assert not any(word in text for word in ("Gaze", "Groups", "Tags", "Context"))
