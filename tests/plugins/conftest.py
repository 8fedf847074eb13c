"""A core of its own and a place to install plugins in, so that these tests depend on neither rubrics nor machine."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

import pytest

from palvelumittari.plugins import contribution, finding

ROOT = Path(__file__).resolve().parents[2]

BASE_RUBRIC = """
schema  = 1
id      = "service"
version = "1.0.0"
title   = { en = "Service", fi = "Palvelu", sv = "Service" }

[[criterion]]
id     = "greeting"
role   = "linear"
weight = 2
title  = { en = "Greeting", fi = "Tervehdys", sv = "Hälsning" }
why    = "A test."
shows  = { act = "server.greet" }
"""

ACT = """
schema = 1
[act.{name}]
title      = {{ en = "{name}", fi = "{name}", sv = "{name}" }}
modalities = ["task"]
"""


def rubric(identity: str, *, extends: str = "service", act: str = "greet", tail: str = "") -> str:
    """The text of a rubric with one criterion."""
    return f"""
schema  = 1
id      = "{identity}"
version = "1.0.0"
extends = ["{extends}"]
title   = {{ en = "A", fi = "B", sv = "C" }}

[[criterion]]
id     = "own-duty"
role   = "linear"
weight = 1
title  = {{ en = "Duty", fi = "Velvollisuus", sv = "Plikt" }}
why    = "A test."
shows  = {{ act = "server.{act}" }}
{tail}
"""


def act(name: str) -> str:
    """The text of a vocabulary with one act."""
    return ACT.format(name=name)


class Site:
    """A folder like site-packages, in which plugins are installed by writing files."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder

    def install(
        self,
        name: str,
        code: str = "",
        *,
        files: Mapping[str, str] | None = None,
        distribution: str | None = None,
        version: str = "1.0",
        entry: str | None = None,
    ) -> str:
        """Install `palvelumittari-<name>` with a package `palvelumittari_<name>`; return the name of the package."""
        distribution, package = distribution or f"palvelumittari-{name}", entry or f"palvelumittari_{name}"
        stem = distribution.replace("-", "_")
        self.write(f"{package.partition(':')[0]}/__init__.py", code)
        for path, text in (files or {}).items():
            self.write(f"{package}/{path}", text)
        head = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        self.write(f"{stem}-{version}.dist-info/METADATA", head)
        self.write(f"{stem}-{version}.dist-info/entry_points.txt", f"[palvelumittari]\n{name} = {package}\n")
        return package

    def write(self, path: str, text: str) -> Path:
        """Write one file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file


@pytest.fixture(autouse=True)
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A core whose vocabulary and readings are the shipped ones, and whose universal rubric is a small one."""
    folder = tmp_path / "core"
    (folder / "service" / "cases").mkdir(parents=True)
    for name in ("vocabulary.toml", "readings.toml"):
        shutil.copy(ROOT / "rubrics" / name, folder)
    (folder / "service" / "service.toml").write_text(BASE_RUBRIC, encoding="utf-8")
    (folder / "service" / "cases" / "plain.case.toml").write_text("", encoding="utf-8")
    monkeypatch.setattr(contribution, "core_folder", lambda: folder)
    return folder


@pytest.fixture
def make_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Makes sites and puts each first on the path; only distributions in them are seen."""

    def make(name: str = "site") -> Site:
        site = Site(tmp_path / name)
        monkeypatch.syspath_prepend(str(site.folder))
        return site

    def seen() -> Iterator[metadata.Distribution]:
        return iter(metadata.distributions(path=[entry for entry in sys.path if entry.startswith(str(tmp_path))]))

    before = set(sys.modules)
    monkeypatch.setattr(finding, "distributions", seen)
    yield make
    for module in set(sys.modules) - before:
        if module.startswith(("palvelumittari_", "plain_")):
            del sys.modules[module]


@pytest.fixture
def site(make_site: object) -> Site:
    """One site on the path."""
    return make_site()  # type: ignore[operator, no-any-return]  # a factory; see above
