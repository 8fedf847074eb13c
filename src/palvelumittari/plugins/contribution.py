"""What one plugin, or the core, contributes: gathered from its folder and its hooks, read, and not yet adopted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

import attrs

from palvelumittari.hookspecs import PROJECT, File
from palvelumittari.plugins.asking import Given, ask, described, place_of
from palvelumittari.plugins.content import Content, core_content, core_folder, plugin_content
from palvelumittari.plugins.finding import Candidate
from palvelumittari.reading.rubric_file import RubricFile, read_rubric
from palvelumittari.reading.toml_file import TomlFile, read_toml
from palvelumittari.scoring import MODELS
from palvelumittari.words.errors import PluginError, Problem, RubricError, raise_errors
from palvelumittari.words.frozen import FrozenMap

Made = TypeVar("Made")

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z", re.ASCII)
_PREFIXED = {"measures": "measures", "scoring_models": "models", "detectors": "detectors"}
_SHARED = ("readers", "writers")


@attrs.frozen(kw_only=True)
class CaseFile:
    """A case that belongs to a plugin (`owner` is its name) or to the core (`palvelumittari`)."""

    file: File
    owner: str

    @property
    def name(self) -> str:
        """The name of the file without `.case.toml`."""
        return self.file.name.removesuffix(".case.toml")


@attrs.frozen(kw_only=True)
class Contribution:
    """Everything that a plugin brings. `things` holds functions and commands by kind and full name."""

    name: str
    origin: str
    vocabularies: tuple[TomlFile, ...] = ()
    readings: tuple[TomlFile, ...] = ()
    rubrics: tuple[RubricFile, ...] = ()
    cases: tuple[CaseFile, ...] = ()
    things: FrozenMap[FrozenMap[Any]] = FrozenMap()

    @property
    def brings(self) -> FrozenMap[tuple[str, ...]]:
        """The ids of what the plugin brings, by kind; kinds without any are left out."""
        found = {"rubrics": tuple(rubric.id for rubric in self.rubrics)}
        found |= {f"{kind}s": self._declared(kind) for kind in ("act", "group", "tag", "field")}
        found["readings"] = tuple(one["id"] for file in self.readings for one in file.data.get("reading", ()))
        found |= {kind: tuple(named) for kind, named in self.things.items()}
        found["cases"] = tuple(case.name for case in self.cases)
        return FrozenMap({kind: ids for kind, ids in found.items() if ids})

    def _declared(self, kind: str) -> tuple[str, ...]:
        return tuple(name for file in self.vocabularies for name in file.data.get(kind, ()))


def core_contribution() -> Contribution:
    """What the core itself brings: its content, and the scoring models of the engine.

    Raises:
        PluginError: If its content is missing.
        RubricError: If a file of it cannot be read.
    """
    models = FrozenMap({"models": MODELS})
    return _contribution(PROJECT, PROJECT, core_content(core_folder()), models)


def gather(candidate: Candidate) -> Contribution:
    """What a plugin brings.

    Raises:
        PluginError: With every problem: it cannot be imported, a hook breaks its contract, a file cannot be read, a
            name lacks the plugin's prefix.
    """
    raise_errors(candidate.problems, PluginError)
    plugin = _loaded(candidate)
    try:
        return _asked(candidate, plugin)
    except PluginError:
        raise
    except RubricError as error:
        raise PluginError(*error.problems) from error
    except Exception as error:  # whatever an odd object, a loader of packages or a resource may raise
        problem = Problem(f"cannot be read: {described(error)}", place_of(error))
        raise PluginError(problem) from error


def _asked(candidate: Candidate, plugin: object) -> Contribution:
    given = ask(plugin, candidate.name)
    things = _things(candidate, given)
    content = _united(_content_of(candidate), given)
    found = _contribution(candidate.name, candidate.origin, content, things)
    raise_errors(_check_rubric_ids(found), PluginError)
    return found


# --- importing --------------------------------------------------------------------------------------------------


def _loaded(candidate: Candidate) -> object:
    try:
        return candidate.load()
    except (Exception, SystemExit) as error:  # a plugin's module may raise anything; it never breaks the others
        what = f"cannot be imported: {described(error)}"
        raise PluginError(Problem(what, place_of(error), hint=_import_hint(candidate, error))) from error


def _import_hint(candidate: Candidate, error: BaseException) -> str | None:
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return None
    if candidate.module is not None and candidate.module.startswith(error.name):
        again = f"pip install --force-reinstall {candidate.distribution}"
        return f"install it again: {again}" if candidate.distribution else "is it misspelt, or not on the Python path?"
    return f"it needs the module `{error.name}`: install what brings that, or pip uninstall {candidate.origin}"


def _content_of(candidate: Candidate) -> Content:
    if candidate.module is None:
        return Content()
    plugin = candidate.load()
    return plugin_content(plugin if isinstance(plugin, ModuleType) else import_module(candidate.module))


# --- files ------------------------------------------------------------------------------------------------------


def _united(content: Content, given: Given) -> Content:
    """Content with the files that hooks give; a file that lies in the folder and is given too counts once."""
    return attrs.evolve(
        content,
        vocabularies=_each_once((*content.vocabularies, *given["vocabulary"])),
        readings=_each_once((*content.readings, *given["readings"])),
        rubrics=_each_once((*content.rubrics, *given["rubrics"])),
    )


def _each_once(files: Iterable[File]) -> tuple[File, ...]:
    return tuple(dict.fromkeys(files))


def _contribution(name: str, origin: str, content: Content, things: FrozenMap[FrozenMap[Any]]) -> Contribution:
    """Content that could be read. Raises `RubricError` with the problems of all files."""
    return Contribution(
        name=name,
        origin=origin,
        vocabularies=all_of(content.vocabularies, read_toml),
        readings=all_of(content.readings, read_toml),
        rubrics=all_of(content.rubrics, lambda file: read_rubric(read_toml(file), origin)),
        cases=tuple(CaseFile(file=file, owner=name) for file in content.cases),
        things=things,
    )


def all_of(files: Sequence[Any], read: Callable[[Any], Made]) -> tuple[Made, ...]:
    """What `read` makes of each; raises `RubricError` with the problems of all, not only of the first."""
    made: list[Made] = []
    problems: list[Problem] = []
    for file in files:
        try:
            made.append(read(file))
        except RubricError as error:
            problems += error.problems
    raise_errors(problems, RubricError)
    return tuple(made)


def _check_rubric_ids(found: Contribution) -> Iterator[Problem]:
    """Rubrics whose id does not tell whose they are."""
    for rubric in found.rubrics:
        if rubric.id.partition("/")[0] != found.name:
            what = f"the id of the rubric `{rubric.id}` does not begin with the name of its plugin"
            place, own = rubric.file.place(("id",)), f"{found.name}/{rubric.id.rpartition('/')[2]}"
            yield Problem(what, place, expected=f"{found.name} or {found.name}/...", hint=f'write id = "{own}"')


# --- functions and commands -------------------------------------------------------------------------------------


def _things(candidate: Candidate, given: Given) -> FrozenMap[FrozenMap[Any]]:
    """Functions and commands by kind and full name; raises `PluginError` with every name that does not fit."""
    problems: list[Problem] = []
    found: dict[str, FrozenMap[Any]] = {}
    for hook, kind in _PREFIXED.items():
        problems += _check_names(hook, given[hook], candidate.name)
        found[kind] = FrozenMap({_full(name, candidate.name): function for name, function in given[hook]})
    for hook in _SHARED:
        problems += _check_names(hook, given[hook], None)
        found[hook] = FrozenMap(dict(given[hook]))
    found["commands"] = FrozenMap({command.name: command for command in given["commands"]})
    raise_errors(problems, PluginError)
    return FrozenMap({kind: named for kind, named in found.items() if named})


def _full(name: str, plugin: str) -> str:
    return name if "." in name else f"{plugin}.{name}"


def _check_names(hook: str, given: Iterable[tuple[str, Any]], plugin: str | None) -> Iterator[Problem]:
    """Names of a wrong shape, or with another prefix than the plugin's (`None`: no prefix at all)."""
    for name, _ in given:
        prefix, dot, own = name.rpartition(".")
        if not _NAME.match(own) or (dot and prefix != plugin):
            what = f"the hook `palvelumittari_{hook}` gives the name `{name}`, which does not fit"
            front = f", with or without `{plugin}.` in front" if plugin else ""
            expected = f"lower-case letters, digits and _{front}"
            yield Problem(what, expected=expected, hint="choose another name")
