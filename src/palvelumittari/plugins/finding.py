"""Which plugins there are: those of installed distributions in a fixed order, then those that a caller gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.metadata import Distribution, EntryPoint, distributions
from itertools import groupby
from pathlib import Path
from types import ModuleType

import attrs

from palvelumittari.hookspecs import PROJECT
from palvelumittari.plugins.status import label_of
from palvelumittari.words.errors import Problem, Severity

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z", re.ASCII)
_PREFIX = f"{PROJECT}_"


@attrs.frozen(kw_only=True)
class Candidate:
    """A plugin before it is loaded: what it is called, where it comes from, and how to get at it.

    `load` gives the plugin itself; `module` is the name of the module whose package may hold content, if any.
    """

    name: str
    entry_point: str
    load: Callable[[], object]
    module: str | None = None
    distribution: str | None = None
    version: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def origin(self) -> str:
        """Who declares what this plugin brings, in messages and records."""
        return self.distribution or self.entry_point

    @property
    def label(self) -> str:
        """Name, distribution, version and entry point, for messages."""
        return label_of(self.name, self.entry_point, self.distribution, self.version)

    @property
    def remedy(self) -> str:
        """What to do when nothing better is known."""
        if self.distribution is None:
            return "mend it, or do not load it"
        return f"install a version that works, or remove it: pip uninstall {self.distribution}"


def find_candidates(
    *, installed: bool, modules: Sequence[str | ModuleType] = (), plugins: Sequence[object] = ()
) -> tuple[Candidate, ...]:
    """Every plugin: installed ones by distribution and entry name, then `modules` and `plugins` as given.

    A module that is installed as a plugin is not taken twice. Of several plugins of one name only the first is
    free of problems.
    """
    found = _installed_candidates() if installed else []
    taken = {candidate.module for candidate in found}
    for module in (*modules, *(one for one in plugins if isinstance(one, ModuleType))):
        name = module if isinstance(module, str) else module.__name__
        if name not in taken:
            taken.add(name)
            found.append(_from_module(module, name))
    found += [_from_object(one) for one in plugins if not isinstance(one, ModuleType)]
    return tuple(_checked(found))


def _from_module(module: str | ModuleType, name: str) -> Candidate:
    load = partial(import_module, module) if isinstance(module, str) else partial(_itself, module)
    return Candidate(name=_short(name), entry_point=name, load=load, module=name)


def _from_object(plugin: object) -> Candidate:
    """A plugin that is a class or an instance is named after its class, unless it has a `name`."""
    own, kind = getattr(plugin, "name", None), plugin if isinstance(plugin, type) else type(plugin)
    name = own if isinstance(own, str) else kind.__name__.lower()
    return Candidate(name=name, entry_point=f"{kind.__module__}:{kind.__qualname__}", load=partial(_itself, plugin))


def _itself(plugin: object) -> object:
    return plugin


def _short(module: str) -> str:
    return module.rpartition(".")[2].removeprefix(_PREFIX)


# --- installed distributions ------------------------------------------------------------------------------------


@attrs.frozen
class _Release:
    """One copy of a distribution that has entry points of ours."""

    name: str
    version: str
    folder: Path
    entries: tuple[EntryPoint, ...]

    @property
    def key(self) -> str:
        """The name as pip compares it."""
        return re.sub(r"[-_.]+", "-", self.name).lower()

    @property
    def spot(self) -> tuple[Path, str]:
        """What tells a copy from another one."""
        return self.folder, self.version


def _installed_candidates() -> list[Candidate]:
    found = sorted(_releases(), key=lambda release: release.key)  # stable: copies stay in the order of sys.path
    groups = (list(group) for _, group in groupby(found, key=lambda release: release.key))
    return [candidate for copies in groups for candidate in _candidates_of(copies)]


def _releases() -> Iterator[_Release]:
    for distribution in distributions():
        entries = _entries_of(distribution)
        if entries:
            folder = Path(str(distribution.locate_file(""))).resolve()
            yield _Release(
                name=_metadata(distribution, "Name") or entries[0].value,
                version=_metadata(distribution, "Version") or "unknown",
                folder=folder,
                entries=entries,
            )


def _entries_of(distribution: Distribution) -> tuple[EntryPoint, ...]:
    try:
        return tuple(distribution.entry_points.select(group=PROJECT))
    except Exception:  # some other distribution's file is damaged: nothing of ours can be told from it
        return ()


def _metadata(distribution: Distribution, key: str) -> str | None:
    """A line of the metadata; `None` where it is damaged, as an interrupted installation leaves it."""
    try:
        return distribution.metadata[key]
    except Exception:  # what is raised differs from version to version of Python
        return None


def _candidates_of(copies: Sequence[_Release]) -> Iterator[Candidate]:
    """The plugins of a distribution, from the copy that Python imports: the first on the path, there the newest."""
    first = max((copy for copy in copies if copy.folder == copies[0].folder), key=_age)
    problems = tuple(_check_copies(first, copies))
    for entry in sorted(first.entries, key=lambda entry: (entry.name, entry.value)):
        yield Candidate(
            name=entry.name,
            entry_point=entry.value,
            load=entry.load,
            module=entry.value.partition(":")[0].strip(),
            distribution=first.name,
            version=first.version,
            problems=problems,
        )


def _age(release: _Release) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", release.version)], release.version


def _check_copies(first: _Release, copies: Iterable[_Release]) -> Iterator[Problem]:
    others = dict.fromkeys(copy.spot for copy in copies if copy.spot != first.spot)
    if others:
        found = " and ".join(f"{version} in {folder}" for folder, version in (first.spot, *others))
        hint = f"keep one: run pip uninstall {first.name} until it is gone, then install it again"
        what = f"the distribution {first.name} is installed more than once; {first.version} is used"
        yield Problem(what, found=found, hint=hint, severity=Severity.WARNING)


# --- names ------------------------------------------------------------------------------------------------------


def _checked(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates, with problems of their names."""
    taken = {PROJECT: "the core"}
    for candidate in candidates:
        problems = tuple(_check_name(candidate, taken))
        taken.setdefault(candidate.name, candidate.label)
        yield attrs.evolve(candidate, problems=(*candidate.problems, *problems))


def _check_name(candidate: Candidate, taken: Mapping[str, str]) -> Iterator[Problem]:
    name = candidate.name
    if not _NAME.match(name):
        expected = "lower-case letters, digits and _, as in library_desk"
        yield Problem(f"`{name}` cannot name a plugin", expected=expected, hint="give the entry point another name")
    elif name in taken:
        what = f"{candidate.label} has the same name as {taken[name]}"
        yield Problem(what, hint=f"give one of them another name, or remove one: pip uninstall {candidate.origin}")
