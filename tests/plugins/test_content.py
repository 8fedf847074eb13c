"""The locator: content of the core in a wheel and in a checkout, content of plugins in folders and archives."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from palvelumittari.plugins import content, load_catalog
from palvelumittari.words.errors import PluginError

from .conftest import ROOT, Site, act, rubric


def test_a_checkout_has_its_rubrics_beside_the_source() -> None:
    """An editable install finds `rubrics/` in the checkout."""
    assert content.core_folder() == ROOT / "rubrics"


def test_an_installed_package_has_its_rubrics_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a wheel has put into the package comes first."""
    inside = tmp_path / "rubrics"
    inside.mkdir()
    (inside / "vocabulary.toml").write_text("schema = 1\n")
    monkeypatch.setattr(content, "files", lambda _: tmp_path)
    assert content.core_folder() == inside


def test_a_core_without_content_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names both places and the remedy."""
    monkeypatch.setattr(content, "files", lambda _: tmp_path)
    monkeypatch.setattr(content, "__file__", str(tmp_path / "a" / "b" / "c" / "content.py"))
    with pytest.raises(PluginError) as caught:
        content.core_folder()
    (problem,) = caught.value.problems
    assert str(tmp_path / "rubrics") in (problem.found or "")
    assert "pip install --force-reinstall palvelumittari" in (problem.hint or "")


def test_the_core_holds_its_sectors_in_folders(tmp_path: Path) -> None:
    """Base files stand at the top, rubrics and cases in a folder for each sector; cases are no rubrics."""
    for path in ("vocabulary.toml", "b/two.toml", "a/one.toml", "a/odd.case.toml", "a/cases/x.case.toml", "a/notes.md"):
        file = tmp_path / "rubrics" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    found = content.core_content(tmp_path / "rubrics")
    assert [file.name for file in found.vocabularies] == ["vocabulary.toml"]
    assert found.readings == ()
    assert [file.name for file in found.rubrics] == ["one.toml", "two.toml"]
    assert [file.name for file in found.cases] == ["x.case.toml"]


def test_a_plain_module_has_no_folder() -> None:
    """Files that happen to lie beside a module are not its content."""
    assert content.plugin_content(ModuleType("plain")) == content.Content()


def test_a_plugin_in_a_zip_archive_loads(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content is read as package resources, not as files on disk."""
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("palvelumittari_zipped/__init__.py", "")
        packed.writestr("palvelumittari_zipped/vocabulary.toml", act("unzip"))
        packed.writestr("palvelumittari_zipped/rubrics/z.toml", rubric("zipped", act="unzip"))
    monkeypatch.syspath_prepend(str(archive))
    catalog = load_catalog(modules=["palvelumittari_zipped"])
    assert catalog.plugin("zipped").brings == {"rubrics": ("zipped",), "acts": ("unzip",)}
    assert "palvelumittari_zipped" in sys.modules


def test_a_resource_that_cannot_be_found_fails_the_plugin(site: Site) -> None:
    """A hook that names a file which is not there is told which."""
    code = """
from pathlib import Path
from palvelumittari.hookspecs import hookimpl

@hookimpl
def palvelumittari_rubrics():
    return [Path("/no/such/rubric.toml")]
"""
    site.install("lame", code)
    (problem,) = load_catalog().plugin("lame").problems
    assert str(problem).startswith("/no/such/rubric.toml: cannot read this file: No such file or directory")
