"""The snippets of README.md are run, too."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import palvelumittari as pm

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^ {4}.*\n|^\n)+", re.MULTILINE)
_COMMAND = re.compile(r"^ {4}\$ (palvelumittari .*)$", re.MULTILINE)


def indented() -> list[str]:
    """The indented blocks without their indentation and without commands."""
    blocks = (re.sub(r"^ {4}", "", match[0], flags=re.MULTILINE) for match in _INDENTED.finditer(README))
    return [re.sub(r"^\$ .*\n", "", block, flags=re.MULTILINE).strip("\n") + "\n" for block in blocks]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the encounter that the README shows, in both forms."""
    monkeypatch.chdir(tmp_path)
    (timeline,) = (block for block in indented() if block.startswith("id: "))
    (tmp_path / "ride.timeline").write_text(timeline, "utf-8")
    pm.dump(pm.load(tmp_path / "ride.timeline"), tmp_path / "ride.json")
    return tmp_path


def test_the_lines_of_python_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three lines give a score, a band and a reason in Finnish."""
    (code,) = _PYTHON.findall(README)
    exec(compile(code, "README.md", "exec"), {})
    told = capsys.readouterr().out
    assert told.startswith("20.0 poor ride-117: 20,0/100, huono")
    assert "Se jatkui, vaikka asiakas oli osoittanut sen riittävän" in told


def test_the_commands_run(folder: Path, examples: ModuleType) -> None:
    """What the README tells to type ends well."""
    commands = _COMMAND.findall(README)
    assert commands
    for command in commands:
        told = examples.run(command, folder)
        assert (folder / ".exit").read_text("utf-8") == "0", told
    assert "ride-117: 20.0 of 100, poor" in examples.run("palvelumittari explain ride.timeline", folder)


def test_the_program_is_the_one_of_this_environment(folder: Path, examples: ModuleType) -> None:
    """The sessions do not run some other installation."""
    assert Path(examples.run("command -v palvelumittari", folder).strip()).parent == Path(sys.executable).parent
