"""The hooks: each is documented, typed, and gives what it promises to the catalog."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from palvelumittari import hookspecs
from palvelumittari.hookspecs import hookimpl
from palvelumittari.plugins import Catalog, contribution, load_catalog

NAMES = sorted(name for name in vars(hookspecs) if name.startswith("palvelumittari_"))

VOCABULARY = 'schema = 1\n[act.wave]\ntitle = { en = "wave" }\nmodalities = ["body"]\n'
READINGS = '[[reading]]\nid = "calm"\ntitle = { en = "Calm" }\ncues = [{ on = "customer.wave", add = 0.1 }]\n'
RUBRIC = """
schema  = 1
id      = "all/hooks"
version = "1.0.0"
title   = { en = "All hooks" }
scoring = { model = "all.middle" }

[[criterion]]
id     = "waving"
role   = "linear"
weight = 1
title  = { en = "Waving" }
when   = "ever(calm < 0.5)"
shows  = { act = "server.wave" }

[[criterion]]
id     = "tidiness"
role   = "linear"
weight = 1
title  = { en = "Tidiness" }
calls  = "all.tidy"
"""


def tidy(scene: Any) -> float:
    return 1.0


def middle(settled: Any, scoring: Any) -> Any:
    return None


def hum(text: str, language: str | None) -> list[tuple[str, int, int]]:
    return [("minimal", 0, len(text))]


def read_rides(stream: Any, name: str | None) -> list[dict[str, Any]]:
    return []


def write_scores(records: Any) -> list[str]:
    return []


@click.command()
def rides() -> None:
    """List the rides of today."""


class Everything:
    """A plugin that gives something through every hook."""

    name = "all"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @hookimpl
    def palvelumittari_rubrics(self) -> list[Path]:
        return [self.folder / "rubric.toml"]

    @hookimpl
    def palvelumittari_vocabulary(self) -> list[Path]:
        return [self.folder / "vocabulary.toml"]

    @hookimpl
    def palvelumittari_readings(self) -> list[Path]:
        return [self.folder / "readings.toml"]

    @hookimpl
    def palvelumittari_detectors(self) -> dict[str, hookspecs.Detector]:
        return {"hum": hum}

    @hookimpl
    def palvelumittari_measures(self) -> dict[str, hookspecs.MeasureFunction]:
        return {"tidy": tidy}

    @hookimpl
    def palvelumittari_scoring_models(self) -> dict[str, Any]:
        return {"middle": middle}

    @hookimpl
    def palvelumittari_readers(self) -> dict[str, hookspecs.Reader]:
        return {"rides": read_rides}

    @hookimpl
    def palvelumittari_writers(self) -> dict[str, hookspecs.Writer]:
        return {"scores": write_scores}

    @hookimpl
    def palvelumittari_commands(self) -> list[click.Command]:
        return [rides]


FINDS: dict[str, Callable[[Catalog], object]] = {
    "palvelumittari_rubrics": lambda catalog: "all/hooks" in catalog.rubrics,
    "palvelumittari_vocabulary": lambda catalog: catalog.vocabulary.acts["wave"].origin.endswith(":Everything"),
    "palvelumittari_readings": lambda catalog: "calm" in catalog.terms.readings,
    "palvelumittari_detectors": lambda catalog: catalog.detectors["all.hum"] is hum,
    "palvelumittari_measures": lambda catalog: catalog.measures["all.tidy"] is tidy,
    "palvelumittari_scoring_models": lambda catalog: catalog.models["all.middle"] is middle,
    "palvelumittari_readers": lambda catalog: catalog.readers["rides"] is read_rides,
    "palvelumittari_writers": lambda catalog: catalog.writers["scores"] is write_scores,
    "palvelumittari_commands": lambda catalog: catalog.commands == (rides,),
}
"""For each hook, whether what `Everything` gives through it has arrived."""


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    core = tmp_path / "core"
    core.mkdir()
    for name in ("vocabulary.toml", "readings.toml"):
        shutil.copy(Path(__file__).resolve().parents[1] / "rubrics" / name, core)
    monkeypatch.setattr(contribution, "core_folder", lambda: core)
    for name, text in (("vocabulary", VOCABULARY), ("readings", READINGS), ("rubric", RUBRIC)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_catalog(installed=False, plugins=[Everything(tmp_path)], strict=True)


def test_there_are_nine_hooks() -> None:
    """The hooks are those of the design, and each has its test below."""
    assert len(NAMES) == 9
    assert sorted(FINDS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_hook_is_documented(name: str) -> None:
    """The entry says what the hook gives, when it is called, what it returns, and shows an example."""
    text = inspect.getdoc(getattr(hookspecs, name)) or ""
    assert text.startswith("Give ")
    assert "Called once when the plugins are loaded" in text
    assert "Returns:" in text
    assert f"def {name}():" in text.partition("Example::")[2]


@pytest.mark.parametrize("name", NAMES)
def test_every_hook_is_typed(name: str) -> None:
    """A hook takes nothing and says what it returns."""
    signature = inspect.signature(getattr(hookspecs, name))
    assert not signature.parameters
    assert str(signature.return_annotation).startswith(("Iterable[", "Mapping[str, "))


@pytest.mark.parametrize("name", NAMES)
def test_a_specification_is_no_implementation(name: str) -> None:
    """Calling a specification by mistake is an error, not an empty answer."""
    with pytest.raises(NotImplementedError):
        getattr(hookspecs, name)()


@pytest.mark.parametrize("name", NAMES)
def test_what_a_hook_gives_is_in_the_catalog(name: str, catalog: Catalog) -> None:
    """Something given through the hook arrives where it is looked for."""
    assert FINDS[name](catalog)


def test_what_the_hooks_give_is_listed(catalog: Catalog) -> None:
    """The status of the plugin names everything by kind."""
    assert catalog.plugin("all").brings == {
        "rubrics": ("all/hooks",),
        "acts": ("wave",),
        "readings": ("calm",),
        "measures": ("all.tidy",),
        "models": ("all.middle",),
        "detectors": ("all.hum",),
        "readers": ("rides",),
        "writers": ("scores",),
        "commands": ("rides",),
    }
