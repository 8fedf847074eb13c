"""The pages as a whole: nothing public is missing, nothing leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import palvelumittari as pm
from palvelumittari.plugins.asking import HOOKS
from palvelumittari.records.measure import MEASURES
from palvelumittari.records.verdict import Outcome

PAGES = Path(__file__).parents[2] / "docs"


def test_every_public_name_stands_on_the_page_of_the_api() -> None:
    """Whoever adds a public name documents it."""
    text = (PAGES / "api.md").read_text("utf-8")
    documented = set(re.findall(r"^\.\. (?:auto\w+|py:data):: (\w+)", text, re.MULTILINE))
    assert documented == set(pm.__all__)


def test_every_page_stands_in_the_table_of_contents() -> None:
    """No page can only be found by luck."""
    listed = set(re.findall(r"^([a-z][\w-]*)$", (PAGES / "index.md").read_text("utf-8"), re.MULTILINE))
    assert listed == {page.stem for page in PAGES.glob("*.md")} - {"index"}


def test_every_hook_is_named_with_what_it_is_for() -> None:
    """The page of plugins names all hooks."""
    text = (PAGES / "plugins.md").read_text("utf-8")
    assert [hook for hook in HOOKS if f"`{hook}`" not in text] == []


def test_every_measure_and_outcome_is_explained() -> None:
    """The rubric page has a heading for each measure, the scoring page a row for each outcome."""
    rubric, scoring = ((PAGES / name).read_text("utf-8") for name in ("rubric.md", "scoring.md"))
    assert [name for name in MEASURES if f"### `{name}`" not in rubric] == []
    assert [name for name in Outcome if f"`{name}`" not in scoring] == []
