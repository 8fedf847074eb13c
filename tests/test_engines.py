"""The engines of a meter: the same numbers from both, and the source of what is compiled."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import palvelumittari as pm
from palvelumittari.compiler import Numbers, compile_rubric
from palvelumittari.engines import Engine, make_scorer

COMPILED = pm.Meter()
REFERENCE = pm.Meter(engine="reference")

RIDE = """id: ride
sector: taxi
record: full

0:00 customer arrive
0:05 server greet: Iltaa!
0:20 server small_talk
0:40 customer minimal #lengthened: mmmm
1:00 server small_talk
9:00 customer pay
"""


def _all(numbers: Numbers) -> list[object]:
    return [numbers.score, numbers.calculated_score, numbers.band, numbers.coverage, numbers.settled, numbers.gates]


def test_both_engines_give_the_numbers_of_the_verdict() -> None:
    """The compiled function is what a meter uses unless it is told otherwise."""
    encounter = COMPILED.loads(RIDE, format="timeline")
    verdict = COMPILED.score(encounter)
    assert COMPILED.engine == Engine.COMPILED
    for meter in (COMPILED, REFERENCE):
        numbers = meter.numbers(encounter)
        assert (numbers.score, numbers.band, numbers.coverage) == (verdict.score, verdict.band, verdict.coverage)
        assert dict(numbers.outcomes) == {each.criterion: each.outcome for each in verdict.findings}
        assert dict(numbers.points) == {each.criterion: each.points for each in verdict.findings}
        assert numbers.status is verdict.status
    assert _all(COMPILED.numbers(encounter)) == _all(REFERENCE.numbers(encounter))


def test_a_rubric_may_be_named() -> None:
    """As for a verdict."""
    encounter = COMPILED.loads(RIDE, format="timeline")
    numbers = COMPILED.numbers(encounter, "service")
    assert numbers.coverage == COMPILED.score(encounter, "service").coverage != COMPILED.numbers(encounter).coverage
    with pytest.raises(pm.RubricError, match="no rubric"):
        COMPILED.numbers(encounter, "taxi/rode")


def test_encounters_are_checked_unless_they_are_known_to_fit() -> None:
    """Reading an encounter has checked it already."""
    wrong = pm.Encounter("wrong", (pm.Event(pm.Actor.SERVER, "greet", lasts_ms=-1),), sector="taxi")
    with pytest.raises(pm.EncounterError, match="not a time"):
        COMPILED.numbers(wrong)
    assert COMPILED.numbers(wrong, is_checked=True).coverage is not None


def test_there_are_two_engines() -> None:
    """A misspelt one is refused."""
    with pytest.raises(ValueError, match="'fast' is not a valid Engine"):
        pm.Meter(installed=False, engine="fast")


def test_the_source_can_be_read() -> None:
    """With what its constants hold; without the rubric's words in the code itself."""
    source = COMPILED.source_of("taxi/ride")
    code, _, legend = source.partition("# criterion 0 = ")
    assert code.startswith("def judge_encounter(encounter):\n")
    assert "dose-of-talk" not in code and "# criterion 28 = 'taxi/ride/dose-of-talk'" in legend
    with pytest.raises(pm.RubricError, match="no rubric"):
        COMPILED.source_of("taxi/rode")


def test_the_reference_takes_what_the_compiler_does_not(tmp_path: Path) -> None:
    """A criterion with seven situations that change its measure has too many forms to write out."""
    situations = "".join(
        f'[[criterion.situation]]\nwhen = "setting.queue > {number}"\neach = 0.{number + 1}\n' for number in range(7)
    )
    file = tmp_path / "many.toml"
    file.write_text(
        'schema = 1\nid = "many"\nversion = "1.0.0"\nsectors = ["bar"]\ntitle = { en = "Many" }\n'
        '[[criterion]]\nid = "one"\nrole = "must"\nweight = 1\ntitle = { en = "One" }\nwhy = "."\n'
        f'avoids = {{ act = "staff.joke" }}\n{situations}',
        encoding="utf-8",
    )
    meter = pm.Meter(rubrics=[file])
    encounter = pm.Encounter("e", (pm.Event(pm.Actor.SERVER, "joke"),), sector="bar", setting={"queue": 3})
    numbers = make_scorer(meter.rubric("many"), meter.catalog, Engine.COMPILED)(encounter)
    assert numbers.judgements[0].fulfilment == 0.7
    assert numbers.score == meter.score(encounter, "many").score


def test_nothing_is_compiled_or_loaded_before_it_is_asked_for() -> None:
    """Importing the package loads no compiler."""
    code = "import sys, palvelumittari; print('palvelumittari.compiler.compiling' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True).stdout == b"False\n"
    assert callable(compile_rubric)
