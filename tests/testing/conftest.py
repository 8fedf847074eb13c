"""Plugins and packs written by the tests of the testing kit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

MakePlugin = Callable[..., str]

HOTEL = """
schema  = 1
id      = "{id}"
version = "1.0.0"
sectors = ["hotel"]
title   = {{ en = "Hotel desk", fi = "Hotellin vastaanotto", sv = "Hotellreception" }}

[[criterion]]
id     = "key"
role   = "linear"
weight = 3
title  = {{ en = "The key in time", fi = "Avain ajoissa", sv = "Nyckeln i tid" }}
why    = "Tired guests want a bed."
responds = {{ after = "customer.request", with = "staff.hand_key", within = "2 turns" }}
"""

KEY_ACT = """
schema = 1
[act.hand_key]
title      = { en = "handing over the key", fi = "avaimen antaminen", sv = "att lämna nyckeln" }
modalities = ["task"]
by         = ["staff"]
"""

CASE = """
schema = 1
id     = "{id}"
title  = {{ en = "At the desk", fi = "Tiskillä", sv = "Vid disken" }}
expect = {{ {expect} }}

[encounter]
sector   = "hotel"
record   = "excerpt"
timeline = \"\"\"
{timeline}
\"\"\"
"""

GIVEN = "- customer request\n- server hand_key"


def hotel(identity: str = "hotel") -> str:
    """The text of a rubric of hotels."""
    return HOTEL.format(id=identity)


def case(identity: str, expect: str = 'band = "good"', timeline: str = GIVEN) -> str:
    """The text of a case at the hotel."""
    return CASE.format(id=identity, expect=expect, timeline=timeline)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files into a folder; their text may be indented like the test."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


@pytest.fixture
def make_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakePlugin]:
    """Writes a package `palvelumittari_<name>` that can be imported: `make_plugin("x", code, **{"a.toml": ...})`."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))

    def make(name: str, code: str = "", files: Mapping[str, str] | None = None) -> str:
        package = f"palvelumittari_{name}"
        write(tmp_path / "site" / package, {"__init__.py": code, **(files or {})})
        return package

    yield make
    for module in set(sys.modules) - before:
        if module.startswith("palvelumittari_"):
            del sys.modules[module]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A rubric pack without any Python: a rubric with its vocabulary, and one case that comes out."""
    files = {"hotel.toml": hotel(), "vocabulary.toml": KEY_ACT, "cases/key.case.toml": case("key")}
    return write(tmp_path / "hotel", files)


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inner pytest prints the same everywhere; where CI is set, it would not shorten its summary."""
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)
