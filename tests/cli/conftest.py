"""The command line called in this process, and small files for it that depend on no sector plugin."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from click.testing import CliRunner, Result

from palvelumittari.cli import main

Run = Callable[..., Result]
Write = Callable[[str, str], Path]

RUBRIC = """
schema  = 1
id      = "counter"
version = "1.2.0"
sectors = ["kiosk"]
title   = { en = "Counter", fi = "Tiski", sv = "Disk" }

[[criterion]]
id     = "hello"
role   = "linear"
weight = 2
title  = { en = "A hello", fi = "Tervehdys alkuun", sv = "En hälsning" }
why    = "Everybody likes to be greeted."
advice = { en = "Say hello.", fi = "Tervehdi.", sv = "Hälsa." }
[criterion.shows]
act = "staff.greet"

[[criterion]]
id     = "quiet"
role   = "linear"
weight = 5
title  = { en = "Quiet when wanted", fi = "Hiljaa pyydettäessä", sv = "Tyst på begäran" }
why    = "A hum is an answer."
advice = { en = "Let the talk rest.", fi = "Anna puheen levätä.", sv = "Låt pratet vila." }
when   = "ever(talk < 0.3)"
[criterion.ceases]
act  = "staff.small_talk"
once = "talk < 0.3"

[[criterion.situation]]
title  = { en = "Busy", fi = "Ruuhka", sv = "Rusning" }
when   = "setting.pace == 'busy'"
excuse = true
"""

TALK = """
id: talk-1
sector: kiosk
record: full

0:00 server small_talk: fish
0:10 customer minimal #lengthened: mmmm
0:12 server small_talk: more fish
"""

GREETED = """
id: greeted-1
sector: kiosk
record: full

0:00 server greet: Hi!
"""

CASE = """
schema = 1
id     = "{id}"
title  = {{ en = "{title}", fi = "{title}", sv = "{title}" }}
expect = {{ {expect} }}
{contrast}

[encounter]
sector   = "kiosk"
record   = "full"
timeline = \"\"\"
{timeline}
\"\"\"
"""


@pytest.fixture(autouse=True)
def _plain_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language, colour or width of whoever runs the tests gets in."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run() -> Run:
    """Runs the program without the installed plugins, whatever they are: `run("score", file, env={...})`."""

    def call(*arguments: object, **options: Any) -> Result:
        result = CliRunner().invoke(main, ["--no-plugins", *map(str, arguments)], **options)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file below the test's own folder; its text may be indented like the test."""

    def make(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    return make


@pytest.fixture
def rubric(write: Write) -> Path:
    """A rubric of two criteria for the sector kiosk."""
    return write("counter.toml", RUBRIC)


@pytest.fixture
def talk(write: Write) -> Path:
    """An encounter in which a hum does not end the talk."""
    return write("talk.timeline", TALK)


@pytest.fixture
def greeted(write: Write) -> Path:
    """An encounter that consists of a hello."""
    return write("greeted.timeline", GREETED)


@pytest.fixture
def lines(write: Write) -> Path:
    """Three encounters in NDJSON with a bad line between them."""
    good = [_encounter(f"ride-{number}", act) for number, act in enumerate(("greet", "small_talk", "greet"))]
    return write("many.ndjson", "\n".join([good[0], _encounter("odd", "gret"), *good[1:]]) + "\n")


def _encounter(name: str, act: str) -> str:
    events = [{"by": "server", "act": act}]
    return json.dumps({"schema": 1, "id": name, "sector": "kiosk", "record": "full", "events": events})


@pytest.fixture
def case_text() -> Callable[..., str]:
    """The text of a case file: `case_text("K1", 'band = "good"')`."""

    def make(name: str, expect: str, *, contrast: str = "", title: str = "At the kiosk", timeline: str = "") -> str:
        link = f'contrast = "{contrast}"' if contrast else ""
        events = timeline or "-  server greet: Hi!"
        return CASE.format(id=name, title=title, expect=expect, contrast=link, timeline=events)

    return make


@pytest.fixture
def plugin(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Writes a plugin package and makes it importable: `plugin("kiosk", code, {"cases/K1.case.toml": text})`."""
    monkeypatch.syspath_prepend(str(tmp_path / "plugins"))
    made: list[str] = []

    def make(name: str, code: str = "", files: dict[str, str] | None = None) -> str:
        module = f"palvelumittari_{name}"
        write(f"plugins/{module}/__init__.py", code or '"""A plugin."""\n')
        for path, text in (files or {}).items():
            write(f"plugins/{module}/{path}", text)
        made.append(module)
        return module

    yield make
    for module in made:
        sys.modules.pop(module, None)
