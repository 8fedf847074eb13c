"""A plugin of pytest that takes case files (`*.case.toml`) for tests, and brings the fixture `meter_with`.

    pytest -p palvelumittari.testing.pytest_plugin hotel

Each case is a test named after its id, as in `hotel/cases/E01.case.toml::E01`. It is judged by what is installed,
together with the rubrics beside it, so that a folder of rubrics and cases needs no Python to be tested. Two settings
change that, in `pytest.ini` or under `[tool.pytest.ini_options]`:

`palvelumittari_rubrics`
    Paths of rubric files, or of folders with some, to be used instead of those beside the cases.
`palvelumittari_plugins`
    Names of modules: only these plugins are used, whatever else is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from palvelumittari.authoring.packs import PackMeters, rubric_files
from palvelumittari.authoring.trying import SUFFIX, Tried, try_case
from palvelumittari.meter import Meter
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.testing.failures import told
from palvelumittari.words.errors import PalvelumittariError, Place, Problem, RubricError

RUBRICS, PLUGINS = "palvelumittari_rubrics", "palvelumittari_plugins"

MeterWith = Callable[..., Meter]
"""What the fixture `meter_with` gives: `meter_with(*plugins, rubrics=())`."""

_METER_FOR = pytest.StashKey[Callable[[Path], Meter]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings."""
    parser.addini(RUBRICS, "rubric files, or folders with some, instead of those beside the cases", "paths")
    parser.addini(PLUGINS, "the plugins (modules) to judge cases with, instead of the installed ones", "args")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A case file is one test."""
    return CaseFile.from_parent(parent, path=file_path) if file_path.name.endswith(SUFFIX) else None


class CaseFile(pytest.File):
    """A case file, with the one case in it."""

    def collect(self) -> Iterator[pytest.Item]:
        """The case, named by its id; by its file, where it cannot be read."""
        yield CaseItem.from_parent(self, name=_id_in(self.path))


def _id_in(path: Path) -> str:
    try:
        found = read_toml(path).data.get("id")
    except RubricError:  # told when the case is run
        found = None
    return found if isinstance(found, str) and found else path.name.removesuffix(SUFFIX)


class CaseItem(pytest.Item):
    """A case as a test: it passes if it gets the verdict that it expects."""

    def __init__(self, **keys: Any) -> None:
        """Take what pytest hands over."""
        super().__init__(**keys)
        self.tried: Tried | None = None

    def setup(self) -> None:
        """Read and judge the case: what goes wrong here is an error, and no failure of the case."""
        assert self.parent is not None  # for the type checker: a case lies in its file
        try:
            self.tried = try_case(_meter_for(self.config)(self.path), self.path, self.parent.nodeid)
        except PalvelumittariError as error:
            raise pytest.fail.Exception(str(error), pytrace=False) from None

    def runtest(self) -> None:
        """Hold the verdict against what is expected."""
        assert self.tried is not None  # for the type checker: pytest sets up before it runs
        if self.tried.differences:
            pytest.fail(told(self.tried), pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file, and how the case is called in headlines."""
        return self.path, None, f"case {self.name}"


# --- meters -----------------------------------------------------------------------------------------------------


def _meter_for(config: pytest.Config) -> Callable[[Path], Meter]:
    """The meter for each case, as the settings will have it."""
    if _METER_FOR not in config.stash:
        make = partial(_made, tuple(config.getini(PLUGINS)))
        named = config.getini(RUBRICS)
        common = make(tuple(file for path in named for file in _files_at(path)))
        config.stash[_METER_FOR] = (lambda _: common) if named else PackMeters(common, make).meter_for
    return config.stash[_METER_FOR]


def _made(plugins: Sequence[str], rubrics: Sequence[Path]) -> Meter:
    return Meter(plugins, rubrics=rubrics, installed=not plugins, strict=bool(plugins))


def _files_at(path: Path) -> Sequence[Path]:
    """The rubric files that a setting names; raises `RubricError` if there is none."""
    found = tuple(rubric_files(path))
    if not found:
        hint = f"{RUBRICS} names rubric files, or folders in which some lie"
        raise RubricError(Problem("there is no rubric here", Place(str(path)), hint=hint))
    return found


@pytest.fixture(scope="session")
def meter_with() -> MeterWith:
    """A meter that knows the core and the given plugins only: `meter_with("palvelumittari_ferry", rubrics=[...])`.

    Whatever else is installed has no part in it, and a plugin that cannot be loaded raises. Meters are kept, so that
    asking twice for the same costs nothing.
    """

    @cache
    def made(plugins: tuple[ModuleType | str, ...], rubrics: tuple[Path, ...]) -> Meter:
        return Meter(plugins, rubrics=rubrics, installed=False, strict=True)

    def asked(*plugins: ModuleType | str, rubrics: Iterable[Path | str] = ()) -> Meter:
        return made(plugins, tuple(map(Path, rubrics)))

    return asked
