"""What makes two runs the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from palvelumittari.batch import Question, Recipe
from palvelumittari.batch.setups import changed_parts, setup_of
from palvelumittari.meter import Meter

RUBRIC = 'schema = 1\nid = "bare"\nversion = "1.0.0"\nsectors = ["kiosk"]\ntitle = { en = "Bare" }\n'

OTHER_PROCESS = """
import sys
from pathlib import Path
from palvelumittari.batch import Question, Recipe
from palvelumittari.batch.setups import setup_of
print(sorted(setup_of(Recipe(installed=False, rubrics=(Path(sys.argv[1]),)).meter(), Question()).items()))
"""


def test_another_process_finds_the_same_setup(meter: Meter, recipe: Recipe) -> None:
    """Sets have another order there, which must not matter."""
    here = sorted(setup_of(meter, Question()).items())
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", OTHER_PROCESS, str(recipe.rubrics[0])],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        )
        assert done.stdout.strip() == str(here)


def test_what_changes_is_named(tmp_path: Path) -> None:
    """A rubric, the vocabulary beside it, an option."""
    meter = Recipe(installed=False).meter()
    old = setup_of(meter, Question())
    rubric = tmp_path / "bare.toml"
    rubric.write_text(RUBRIC)
    recipe = Recipe(installed=False, rubrics=(rubric,))
    assert changed_parts(old, setup_of(recipe.meter(), Question())) == ["rubrics"]
    wrap = 'schema = 1\n[act.wrap]\ntitle = { en = "wrapping" }\nmodalities = ["task"]\n'
    (tmp_path / "vocabulary.toml").write_text(wrap)
    assert changed_parts(old, setup_of(recipe.meter(), Question())) == ["rubrics", "vocabulary"]
    assert changed_parts(old, setup_of(meter, Question(by="sector"))) == ["options"]
    assert changed_parts(old, old) == []
