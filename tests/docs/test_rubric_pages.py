"""The pages of the shipped rubrics are what comes out of the rubrics."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PAGES = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The module `docs/rubric_pages.py`, which is no part of any package."""
    name = "palvelumittari_docs_rubric_pages"
    spec = importlib.util.spec_from_file_location(name, PAGES / "rubric_pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_every_page_is_what_comes_out(maker: ModuleType) -> None:
    """A changed rubric or case changes its page, in the same commit."""
    assert maker.outdated() == [], "python docs/rubric_pages.py --update"


def test_every_page_names_the_cases_of_its_rubric(maker: ModuleType) -> None:
    """No rubric ships without any; those that rest on the channel are judged by two rubrics."""
    made = maker.pages()
    assert list(made)[:2] == ["index.md", "service.md"]
    for name, text in made.items():
        assert name == "index.md" or "\n## Cases that hold it to its word\n\n- **" in text


def test_what_is_outdated_is_told_and_written(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pages that nothing makes any more go."""
    monkeypatch.setattr(maker, "FOLDER", tmp_path / "rubrics")
    monkeypatch.setattr(maker, "pages", lambda: {"a.md": "new\n", "b.md": "same\n"})
    (tmp_path / "rubrics").mkdir()
    for name, text in (("a.md", "old\n"), ("b.md", "same\n"), ("c.md", "gone\n")):
        (tmp_path / "rubrics" / name).write_text(text)
    assert maker.main([]) == 1
    assert maker.main(["--update"]) == 0
    assert capsys.readouterr().out == "outdated: a.md\noutdated: c.md\nupdated: a.md\nupdated: c.md\n"
    assert {file.name: file.read_text() for file in (tmp_path / "rubrics").iterdir()} == maker.pages()
    assert maker.main([]) == 0
