"""The public door: its names, the meter that everybody shares, the notes it gives and the errors it raises."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import pytest

import palvelumittari as pm
from palvelumittari.records.verdict import NoteKind
from palvelumittari.words.phrases import catalogue
from palvelumittari.words.text import LANGUAGES

NAMES = [
    *("Advice", "Change", "ChangeKind", "Comparison", "Piece"),
    *("Actor", "Answer", "Band", "Channel", "Encounter", "EncounterError", "EncounterWarning", "EvaluationError"),
    *("Event", "Evidence", "Finding", "FrozenMap", "Meter", "Modality", "Observer", "Outcome", "PalvelumittariError"),
    *("Phase", "Place", "PluginError", "Problem", "Record", "Reject", "Role", "Rubric", "RubricError", "Scene"),
    *("Scoring", "Settled", "Side", "Status", "Tally", "Text", "Verdict", "Vocabulary", "__version__", "dump", "dumps"),
    *("hookimpl", "load", "load_many", "loads"),
    *("Episode", "Journey", "Numbers", "Panel", "Relationship", "Shift", "WordOfMouth"),
    *("make_journey", "make_panel", "make_relationship", "make_shift", "make_word_of_mouth"),
]
RIDE = """\
id: ride
channel: face_to_face
record: full

0:00 customer arrive
0:02 server greet
0:20 server small_talk
0:36 customer minimal #lengthened: mmmm
0:40 server small_talk
"""
RETAIL = """
schema = 1
id = "test/retail"
version = "2.1.0"
extends = ["service"]
sectors = ["retail"]
title = { en = "Retail" }
"""


@pytest.fixture(scope="module")
def meter() -> pm.Meter:
    """A meter with the core's content alone."""
    return pm.Meter(installed=False)


@pytest.fixture
def retail(tmp_path: Path) -> pm.Meter:
    """A meter with a rubric for retail."""
    (tmp_path / "retail.toml").write_text(RETAIL, "utf-8")
    return pm.Meter(installed=False, rubrics=[tmp_path / "retail.toml"])


def _notes(verdict: pm.Verdict) -> dict[NoteKind, str]:
    return {note.kind: str(note.text) for note in verdict.notes}


# --- the door -----------------------------------------------------------------------------------------------------


def test_the_public_names_are_frozen() -> None:
    """A name that is taken away breaks somebody; one that is added stays for good."""
    assert sorted(pm.__all__) == sorted(NAMES)
    assert all(hasattr(pm, name) for name in NAMES)


def test_three_lines_are_enough(tmp_path: Path) -> None:
    """As the docstring of the package promises."""
    (tmp_path / "ride.timeline").write_text(RIDE, "utf-8")
    verdict = pm.Meter().score(pm.load(tmp_path / "ride.timeline"))
    assert (verdict.band, verdict.status) == (pm.Band.POOR, pm.Status.SCORED)
    assert verdict.explain("fi").startswith("ride: ")


def test_a_users_script_passes_strict_mypy(tmp_path: Path) -> None:
    """The annotations of the door are complete, and values have the types one expects."""
    pytest.importorskip("mypy")
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "import palvelumittari as pm\n"
        "meter = pm.Meter()\n"
        "encounter = pm.load('ride.json')\n"
        "verdict: pm.Verdict = meter.score(encounter, rubric='service')\n"
        "score: float | None = verdict.score\n"
        "titles: list[str] = [finding.title.said_in('fi') for finding in verdict.findings if finding.judged]\n"
        "outcome: pm.Outcome = verdict.finding('service/greeting').outcome\n"
        "for one in meter.load_many(Path('many.ndjson')):\n"
        "    if isinstance(one, pm.Reject):\n"
        "        print(one.line, [problem.what for problem in one.problems])\n"
        "    else:\n"
        "        text: str = pm.dumps(meter.score(one))\n"
        "event = pm.Event(pm.Actor.SERVER, 'greet', at_ms=2000)\n"
        "made = pm.Encounter('x', [event], channel=pm.Channel.PHONE, setting={'queue': 2})\n"
        "again: pm.Verdict = pm.loads(pm.dumps(verdict), pm.Verdict)\n",
        "utf-8",
    )
    options = ["--strict", "--config-file=", f"--cache-dir={tmp_path / 'cache'}"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, str(script)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "Success: no issues found in 1 source file"


# --- the meter ----------------------------------------------------------------------------------------------------


def test_a_meter_is_immutable(meter: pm.Meter) -> None:
    """So that it can be shared."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        meter.catalog = None  # type: ignore[misc,assignment]  # that it cannot be set is what is tested


def test_threads_share_a_meter() -> None:
    """Eight at once, from a cold start, give equal verdicts."""
    meter = pm.Meter(installed=False)
    encounter = meter.loads(RIDE, format="timeline")
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda _: meter.score(encounter), range(32)))
    assert all(verdict == verdicts[0] for verdict in verdicts)


def test_a_meter_reads_what_the_door_reads(meter: pm.Meter, tmp_path: Path) -> None:
    """`load`, `loads` and `load_many` against its own vocabulary."""
    encounter = meter.loads(RIDE, format="timeline")
    file = tmp_path / "ride.json"
    file.write_text(pm.dumps(encounter), "utf-8")
    assert meter.load(file) == encounter
    many = tmp_path / "rides.ndjson"
    many.write_text(pm.dumps(encounter, format="ndjson") + "{}\n", "utf-8")
    first, second = meter.load_many(many)
    assert first == encounter
    assert isinstance(second, pm.Reject)


# --- which rubric -------------------------------------------------------------------------------------------------


def test_the_universal_rubric_is_noted(meter: pm.Meter) -> None:
    """In every language; the sector is named, else the channel."""
    verdict = meter.score(pm.Encounter("x", [], sector="circus", record=pm.Record.FULL))
    (note,) = verdict.notes
    assert (note.kind, note.text.said_in("en")) == (
        NoteKind.UNIVERSAL,
        "No rubric is made for “circus”; the universal rubric was used.",
    )
    assert note.text.said_in("fi") == "Kohteelle ”circus” ei ole omaa mittaristoa; käytettiin yleistä."
    assert note.text.said_in("sv") == "Ingen mall är gjord för ”circus”; den allmänna mallen användes."


def test_a_channel_without_a_rubric_is_named_in_words(meter: pm.Meter) -> None:
    """In those of the reader's language; every channel has its words."""
    (note, _) = meter.score(pm.Encounter("x", [], channel=pm.Channel.SELF_SERVICE)).notes
    assert [note.text.said_in(language) for language in LANGUAGES] == [
        "No rubric is made for the channel “self-service”; the universal rubric was used.",
        "Kanavalle ”itsepalvelu” ei ole omaa mittaristoa; käytettiin yleistä.",
        "Ingen mall är gjord för kanalen ”självbetjäning”; den allmänna mallen användes.",
    ]
    assert [*catalogue()["channel"]] == [*pm.Channel]


def test_a_sector_may_be_served_by_its_parent(retail: pm.Meter) -> None:
    """A rubric for retail also serves retail.toys, and the verdict says so; its own sector needs no note."""
    toys = retail.score(pm.Encounter("x", [], sector="retail.toys", record=pm.Record.FULL))
    assert _notes(toys) == {
        NoteKind.SERVED_BY_PARENT: "No rubric is made for “retail.toys”; the rubric for “retail” was used."
    }
    assert [(ref.id, ref.version) for ref in toys.rubrics] == [("test/retail", "2.1.0")]
    assert retail.score(pm.Encounter("x", [], sector="retail", record=pm.Record.FULL)).notes == ()


def test_a_caller_may_choose_the_rubric(retail: pm.Meter) -> None:
    """Whatever sector and channel say."""
    verdict = retail.score(pm.Encounter("x", [], sector="retail"), rubric="service")
    assert [ref.id for ref in verdict.rubrics] == ["service"]
    assert _notes(verdict)[NoteKind.CHOSEN_BY_CALLER] == (
        "The rubric was chosen by the caller, not by sector and channel."
    )


def test_an_excerpt_is_noted(meter: pm.Meter) -> None:
    """So that a reader knows why little was judged."""
    verdict = meter.score(pm.Encounter("x", [], channel=pm.Channel.PHONE), rubric="service")
    assert _notes(verdict)[NoteKind.EXCERPT].startswith("The record is an excerpt")


def test_an_unknown_rubric_suggests_the_nearest(meter: pm.Meter) -> None:
    """Both when scoring and when asked for it."""
    for ask in (
        lambda: meter.score(pm.Encounter("x", [], sector="taxi"), rubric="servise"),
        lambda: meter.rubric("service", "servise"),
    ):
        with pytest.raises(pm.RubricError) as caught:
            ask()
        (problem,) = caught.value.problems
        assert (problem.what, problem.hint) == ("there is no rubric `servise`", "did you mean `service`?")


def test_a_rubric_as_scoring_uses_it(meter: pm.Meter) -> None:
    """United; the same object each time."""
    assert meter.rubric("service").id == "service"
    assert meter.rubric("service") is meter.rubric("service")


# --- what encounters may hold -------------------------------------------------------------------------------------


def test_an_unknown_act_is_an_error_with_path_and_suggestion(meter: pm.Meter) -> None:
    """An encounter made by hand is checked too."""
    event = pm.Event(pm.Actor.SERVER, "smal_talk")
    with pytest.raises(pm.EncounterError) as caught:
        meter.score(pm.Encounter("ride-117", [pm.Event(pm.Actor.SERVER, "greet"), event], sector="taxi"))
    (problem,) = caught.value.problems
    assert (problem.place.file, problem.place.path) == ("ride-117", "$.events[1].act")
    assert problem.hint == "did you mean `small_talk`?"


def test_an_odd_actor_is_noted(meter: pm.Meter) -> None:
    """It is scored, and the verdict says in every language what is odd; loading warns."""
    odd = pm.Encounter("x", [pm.Event(pm.Actor.CUSTOMER, "cite_rule", at_ms=65_000)], sector="taxi")
    (note,) = [note for note in meter.score(odd).notes if note.kind is NoteKind.ODD_ACTOR]
    assert [note.text.said_in(language) for language in LANGUAGES] == [
        "Odd in the record: “appeal to a rule” (1:05) is noted as done by the customer (expected: staff).",
        "Kirjauksessa outoa: ”sääntöön vetoaminen” (1:05), tekijäksi merkitty asiakas (odotettu: henkilökunta).",
        "Underligt i anteckningen: ”hänvisning till en regel” (1:05) med kund som utförare (väntat: personal).",
    ]
    with pytest.warns(pm.EncounterWarning, match="cite_rule"):
        meter.loads(pm.dumps(odd))


# --- what a verdict tells of itself -------------------------------------------------------------------------------


def test_a_verdict_says_who_made_it(retail: pm.Meter) -> None:
    """Engine, model, rubrics and one digest over their union; other rubrics, another digest."""
    ours = retail.score(pm.Encounter("x", [], sector="retail", channel=pm.Channel.CHAT))
    theirs = retail.score(pm.Encounter("x", [], sector="bar"))
    assert (ours.engine, ours.model, ours.sector, ours.channel) == (pm.__version__, "ledger", "retail", "chat")
    assert ours.digest == retail.rubric("test/retail").digest
    assert ours.rubrics != theirs.rubrics
    assert ours.plugins == pm.FrozenMap()


def test_a_finding_by_its_criterion(meter: pm.Meter) -> None:
    """Or a `KeyError`."""
    verdict = meter.score(meter.loads(RIDE, format="timeline"))
    assert verdict.finding("service/quiet-wish").outcome is pm.Outcome.MISSED
    with pytest.raises(KeyError, match="no-such"):
        verdict.finding("no-such")


# --- rubric files -------------------------------------------------------------------------------------------------


def test_a_circle_over_two_rubric_files_is_named_in_full(tmp_path: Path) -> None:
    """Not only that parents are wrong."""
    for name, other in ("ab", "ba"):
        text = RETAIL.replace("test/retail", name).replace("service", other)
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(pm.RubricError, match="the rubric extends itself: a -> b -> a"):
        pm.Meter(installed=False, rubrics=[tmp_path / "a.toml", tmp_path / "b.toml"])


def test_vocabulary_beside_a_rubric_file_is_taken_along(tmp_path: Path) -> None:
    """So that the act it declares may stand in an encounter."""
    (tmp_path / "retail.toml").write_text(RETAIL, "utf-8")
    act = 'schema = 1\n[act.gift_wrap]\ntitle = { en = "wrapping" }\nmodalities = ["task"]\n'
    (tmp_path / "vocabulary.toml").write_text(act, "utf-8")
    meter = pm.Meter(installed=False, rubrics=[tmp_path / "retail.toml"])
    encounter = pm.Encounter("x", [pm.Event(pm.Actor.SERVER, "gift_wrap")], sector="retail")
    assert meter.score(encounter).encounter == "x"
