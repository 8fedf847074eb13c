"""`palvelumittari score`: what it prints in each format, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

TALK_EN = """\
████░░░░░░░░░░░░░░░░  talk-1: 20.0 of 100, poor
  Raised to poor (it would be very poor): nothing grave was missed.
  Calculated before gates: 12.5
  Judged on evidence: 100% of the weight

    −7.5  Quiet when wanted (missed) [counter/quiet]
          It went on although the customer had shown it was enough: “small talk” (0:12).
          Better: Let the talk rest.

    −1.5  A hello (partly) [counter/hello]
          Nothing of it happened. Would have counted: “greeting”.
          Better: Say hello.

  What the customer showed
    Appetite for talk: 0.50 → 0.20 (event 2: “minimal reply” #lengthened)

  Notes
    The rubric was chosen by the caller, not by sector and channel.
"""

TALK_FI = """\
████░░░░░░░░░░░░░░░░  talk-1: 20,0/100, huono
  Nousi tasolle huono (muuten erittäin huono): mitään raskasta ei laiminlyöty.
  Laskettu ennen rajoja: 12,5
  Näytön perusteella arvioitiin 100 % painosta

    −7,5  Hiljaa pyydettäessä (ei toteutunut) [counter/quiet]
          Se jatkui, vaikka asiakas oli osoittanut sen riittävän: ”juttelu” (0:12).
          Paremmin: Anna puheen levätä.

    −1,5  Tervehdys alkuun (osittain) [counter/hello]
          Tätä ei tapahtunut. Olisi kelvannut: ”tervehdys”.
          Paremmin: Tervehdi.

  Mitä asiakas osoitti
    Juttuhalu: 0,50 → 0,20 (tapahtuma 2: ”niukka vastaus” #lengthened)

  Huomautuksia
    Mittariston valitsi kutsuja, ei ala ja kanava.
"""

SUMMARY = """\
Encounters: 3
very good  0  ░░░░░░░░░░░░░░░░░░░░  0%
good       2  █████████████░░░░░░░  67%
neutral    0  ░░░░░░░░░░░░░░░░░░░░  0%
poor       1  ███████░░░░░░░░░░░░░  33%
very poor  0  ░░░░░░░░░░░░░░░░░░░░  0%
Below good: 1 of 3 (33%)
Could not be scored: 1
"""


def written(text: str) -> str:
    """A text as it is printed: spaced as Finnish wants it before a percent sign."""
    return text.replace("100 %", "100\N{NO-BREAK SPACE}%")


# --- text -------------------------------------------------------------------------------------------------------


def test_one_verdict_in_english(run: Run, rubric: Path, talk: Path) -> None:
    """Bar, headline, gate, coverage, findings with reason and advice, readings that moved, notes; nothing else."""
    result = run("score", talk, "--rubric", rubric)
    assert (result.stdout, result.stderr, result.exit_code) == (TALK_EN, "", 0)


def test_one_verdict_in_finnish(run: Run, rubric: Path, talk: Path) -> None:
    """The same in Finnish, decimals and quotation marks included."""
    result = run("score", talk, "--rubric", rubric, "--lang", "fi")
    assert (result.stdout, result.exit_code) == (written(TALK_FI), 0)


def test_the_language_comes_from_the_environment(run: Run, rubric: Path, talk: Path) -> None:
    """LC_ALL goes before LC_MESSAGES and LANG; a language that the engine does not speak means English."""
    score = ("score", talk, "--rubric", rubric)
    assert "huono" in run(*score, env={"LANG": "fi_FI.UTF-8"}).stdout
    assert "dålig" in run(*score, env={"LC_ALL": "sv_FI", "LANG": "fi_FI.UTF-8"}).stdout
    assert run(*score, env={"LC_MESSAGES": "et_EE.UTF-8", "LANG": "fi_FI.UTF-8"}).stdout == TALK_EN


def test_several_verdicts_end_with_their_distribution(run: Run, rubric: Path, lines: Path) -> None:
    """How many of each band, how many below good, how many not scored; a mean is nowhere."""
    result = run("score", lines, "--rubric", rubric)
    assert result.stdout.endswith("\n\n" + SUMMARY)
    assert result.stdout.count("of 100") == 3


def test_what_has_no_score_is_counted_apart(run: Run, rubric: Path, talk: Path, write: Write) -> None:
    """An encounter without a score is neither good nor below good."""
    empty = write("empty.timeline", "id: empty\nsector: kiosk\n\n- customer arrive\n")
    result = run("score", talk, empty, "--rubric", rubric)
    assert "░░░░░░░░░░░░░░░░░░░░  empty: no score, because nothing was noted" in result.stdout
    assert "no score   1  ██████████░░░░░░░░░░  50%\nBelow good: 1 of 1 (100%)\n" in result.stdout


def test_a_situation_that_applied_is_named(run: Run, rubric: Path, write: Write) -> None:
    """A finding tells under which circumstances it was judged."""
    busy = write(
        "busy.timeline",
        "id: busy\nsector: kiosk\nsetting.pace: busy\n\n- customer minimal #lengthened\n- server quiet\n",
    )
    assert "in this situation: Busy\n" in run("score", busy, "--rubric", rubric).stdout
    assert "tässä tilanteessa: Ruuhka\n" in run("score", busy, "--rubric", rubric, "--lang", "fi").stdout
    assert "i denna situation: Rusning\n" in run("score", busy, "--rubric", rubric, "--lang", "sv").stdout


def test_what_was_declared_is_shown_though_nothing_moved_it(run: Run, write: Write) -> None:
    """Who waits decides what fits, without any event."""
    four = write("four.timeline", "id: four\nsector: kiosk\nsetting.queue: 4\n\n- server greet\n")
    assert "  What the customer showed\n    Others waiting: 4\n" in run("score", four).stdout
    assert "  Vad kunden visade\n    Andra som väntar: 4\n" in run("score", four, "--lang", "sv").stdout


def test_what_somebody_said_cannot_steer_the_terminal(run: Run, rubric: Path, write: Write) -> None:
    """Escape characters in a record are shown as what they are, not obeyed."""
    evil = {"schema": 1, "id": "a\x1b[2J", "sector": "kiosk", "events": [{"by": "server", "act": "greet"}]}
    result = run("score", write("evil.json", json.dumps(evil)), "--rubric", rubric)
    assert "\x1b" not in result.stdout
    assert "a�[2J: 70.0 of 100, good" in result.stdout


# --- which rubric -----------------------------------------------------------------------------------------------


def test_an_unknown_sector_is_scored_by_the_universal_rubric_and_told_so(run: Run, talk: Path) -> None:
    """Nobody needs a rubric of their own to get a verdict."""
    result = run("score", talk)
    assert "No rubric is made for “kiosk”; the universal rubric was used." in result.stdout
    assert result.exit_code == 0


def test_a_rubric_can_be_named(run: Run, talk: Path) -> None:
    """An id chooses among the rubrics that are loaded."""
    assert "The rubric was chosen by the caller" in run("score", talk, "--rubric", "service").stdout


def test_an_unknown_rubric_ends_the_command_at_once(run: Run, talk: Path) -> None:
    """Nothing is scored with another rubric than the one asked for."""
    result = run("score", talk, "--rubric", "servce")
    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr.startswith("error: there is no rubric `servce`\n")
    assert "did you mean `service`?" in result.stderr


def test_a_missing_rubric_file_is_named(run: Run, talk: Path, tmp_path: Path) -> None:
    """A name that ends in .toml is a file."""
    result = run("score", talk, "--rubric", tmp_path / "no.toml")
    assert result.stderr == f"error: {tmp_path / 'no.toml'}: cannot read this file: No such file or directory\n"
    assert result.exit_code == 2


OTHER = """
schema = 1
id = "other"
version = "1.0.0"
extends = ["counter"]
title = { en = "Other" }
"""


def test_of_several_rubrics_all_are_loaded_and_the_last_scores(
    run: Run, rubric: Path, write: Write, greeted: Path
) -> None:
    """A child may come before its parent; an id may be the last."""
    other = write("other.toml", OTHER)

    def used(*rubrics: object) -> list[str]:
        words = [word for each in rubrics for word in ("--rubric", each)]
        verdict = json.loads(run("score", greeted, *words, "-f", "json").stdout)
        return [ref["id"] for ref in verdict["rubrics"]]

    assert used(rubric, other) == ["other"]
    assert used(other, rubric) == ["counter"]
    assert used(other, rubric, "other") == ["other"]
    assert used(rubric, "service") == ["service"]


def test_every_rubric_that_is_named_must_exist(run: Run, greeted: Path) -> None:
    """Also one that does not score."""
    result = run("score", greeted, "--rubric", "servce", "--rubric", "service")
    assert "there is no rubric `servce`" in result.stderr
    assert result.exit_code == 2


def test_help_tells_which_rubric_scores(run: Run) -> None:
    """It cannot be guessed."""
    assert "the LAST one named scores" in " ".join(run("score", "--help").stdout.split())


VOCABULARY = """
schema = 1
[act.wrap]
title      = { en = "wrapping" }
modalities = ["task"]
"""

READINGS = """
schema = 1
[[reading]]
id    = "gift"
title = { en = "Gift" }
cues  = [{ on = "customer.request", set = 1.0 }]
"""


@pytest.mark.parametrize("folder", ["", "rubrics/"])
def test_vocabulary_and_readings_beside_a_rubric_are_taken_along(run: Run, write: Write, folder: str) -> None:
    """As `rubric check` does, so that what is fine there can be used; encounters may name the acts, too."""
    text = OTHER.replace('extends = ["counter"]', "") + (
        '[[criterion]]\nid = "paper"\nrole = "linear"\nweight = 2\ntitle = { en = "Paper" }\n'
        'when = "ever(gift > 0.5)"\n[criterion.shows]\nact = "staff.wrap"\n'
    )
    rubric = write(f"{folder}paper.toml", text)
    write("vocabulary.toml", VOCABULARY)
    write("readings.toml", READINGS)
    gift = write("gift.timeline", "id: gift\nsector: kiosk\nrecord: full\n\n- customer request\n- server wrap\n")
    for command in ("score", "explain"):
        result = run(command, gift, "--rubric", rubric)
        assert "gift: 70.0 of 100" in result.stdout
        assert (result.stderr, result.exit_code) == ("", 0)
    assert run("rubric", "show", rubric).exit_code == 0


# --- data -------------------------------------------------------------------------------------------------------


def test_json_of_one_encounter_is_one_object(run: Run, rubric: Path, talk: Path) -> None:
    """The document holds the verdict as it is."""
    verdict = json.loads(run("score", talk, "--rubric", rubric, "-f", "json").stdout)
    assert (verdict["encounter"], verdict["score"], verdict["band"]) == ("talk-1", 20.0, "poor")
    assert len(verdict["findings"]) == 2


def test_json_of_several_encounters_is_one_array(run: Run, rubric: Path, talk: Path, greeted: Path) -> None:
    """Its members are in the order of the files."""
    found = json.loads(run("score", talk, greeted, "--rubric", rubric, "-f", "json").stdout)
    assert [verdict["encounter"] for verdict in found] == ["talk-1", "greeted-1"]


def test_whether_json_is_an_array_does_not_hang_on_what_could_be_scored(run: Run, rubric: Path, write: Write) -> None:
    """Of two lines, one bad, comes an array of one; of two bad ones, an empty array; of one bad one, nothing."""
    good = '{"schema": 1, "id": "a", "sector": "kiosk", "events": []}\n'
    both = run("score", write("two.ndjson", good + "{}\n"), "--rubric", rubric, "-f", "json")
    assert [verdict["encounter"] for verdict in json.loads(both.stdout)] == ["a"]
    assert json.loads(run("score", write("bad.ndjson", "{}\n{}\n"), "-f", "json").stdout) == []
    assert run("score", write("one.ndjson", "{}\n"), "-f", "json").stdout == ""


def test_ndjson_is_a_verdict_a_line(run: Run, rubric: Path, lines: Path) -> None:
    """A bad line is told with its file and number and leaves no gap."""
    result = run("score", lines, "--rubric", rubric, "-f", "ndjson")
    assert [json.loads(line)["encounter"] for line in result.stdout.splitlines()] == ["ride-0", "ride-1", "ride-2"]
    assert result.stderr.startswith(f"error: {lines}:2:")
    assert "did you mean `greet`?" in result.stderr
    assert result.exit_code == 2


def test_standard_input_is_a_dash(run: Run, rubric: Path, lines: Path) -> None:
    """Lines may come from a pipe."""
    result = run("score", "-", "--rubric", rubric, "-f", "ndjson", input=lines.read_bytes())
    assert len(result.stdout.splitlines()) == 3
    assert "line 2:" in result.stderr or "<stdin>:2:" in result.stderr


# --- how it ends ------------------------------------------------------------------------------------------------


def test_a_score_below_the_limit_ends_with_1(run: Run, rubric: Path, talk: Path, greeted: Path) -> None:
    """How many are below is told apart from the results."""
    result = run("score", talk, greeted, "--rubric", rubric, "--fail-under", 60)
    assert (result.stderr, result.exit_code) == ("note: 1 of 2 scores are below 60\n", 1)


def test_a_score_at_the_limit_is_not_below(run: Run, rubric: Path, greeted: Path) -> None:
    """The limit itself is good enough."""
    assert run("score", greeted, "--rubric", rubric, "--fail-under", 70).exit_code == 0


def test_no_score_is_not_below_the_limit(run: Run, write: Write) -> None:
    """Nobody fails for what nobody noted."""
    empty = write("empty.timeline", "id: empty\nsector: kiosk\n\n- customer arrive\n")
    assert run("score", empty, "--fail-under", 100).exit_code == 0


def test_bad_input_weighs_more_than_a_low_score(run: Run, rubric: Path, lines: Path) -> None:
    """Whoever reads the exit code learns first that not all was scored."""
    assert run("score", lines, "--rubric", rubric, "--fail-under", 60).exit_code == 2


def test_a_missing_file_does_not_keep_the_others_from_being_scored(run: Run, rubric: Path, talk: Path) -> None:
    """Each file is told and scored by itself."""
    result = run("score", "nowhere.json", talk, "--rubric", rubric)
    assert result.stderr == "error: nowhere.json: there is no such file\n"
    assert "talk-1: 20.0 of 100, poor" in result.stdout
    assert result.exit_code == 2


def test_an_encounter_that_cannot_be_scored_is_told_with_its_file(
    run: Run, plugin: Callable[..., str], talk: Path
) -> None:
    """Two rubrics that are equally specific leave no choice, and the message says for which encounter."""
    twins = {f"rubrics/{name}.toml": _bare_rubric(f"twins/{name}") for name in ("one", "two")}
    result = run("-p", plugin("twins", files=twins), "score", talk)
    assert result.stderr.startswith(f"error: {talk} (talk-1): ")
    assert "`twins/one`" in result.stderr
    assert result.exit_code == 2


def _bare_rubric(name: str) -> str:
    return f'schema = 1\nid = "{name}"\nversion = "1.0.0"\nsectors = ["kiosk"]\ntitle = {{ en = "Bare" }}\n'


def test_what_is_odd_is_noted_once_for_each_encounter(run: Run, write: Write) -> None:
    """A note on standard error, in the language of the text, and not once more among the results."""
    odd = write("odd.timeline", "id: odd\nsector: kiosk\n\n- server bid\n- server browse\n- server greet\n")
    result = run("score", odd)
    assert result.stderr == (
        "note: odd: Odd in the record: “bid for service” (event 1) is noted as done by the server "
        "(expected: customer or companion). And 1 more like this.\n"
    )
    assert "Odd in the record" not in result.stdout
    assert run("score", odd, "--lang", "fi").stderr == (
        "note: odd: Kirjauksessa outoa: ”hakeutuminen palveltavaksi” (tapahtuma 1), tekijäksi merkitty "
        "asiakaspalvelija (odotettu: asiakas tai seuralainen). Samanlaisia lisäksi: 1.\n"
    )
    assert run("score", odd, "--lang", "sv").stderr == (
        "note: odd: Underligt i anteckningen: ”blick efter betjäning” (händelse 1) med medarbetare som utförare "
        "(väntat: kund eller sällskap). Och 1 till av samma slag.\n"
    )


def test_without_any_score_nothing_is_below_good(run: Run, write: Write) -> None:
    """There is no share of nothing."""
    files = [write(f"{name}.timeline", f"id: {name}\nsector: kiosk\n\n- customer arrive\n") for name in "ab"]
    text = run("score", *files).stdout
    assert "no score   2  ████████████████████  100%\n" in text
    assert "Below good" not in text
