"""Loading everything: the core, the plugins, the rubric files of a caller; what is broken is left out and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

import attrs

from palvelumittari.hookspecs import PROJECT
from palvelumittari.plugins.catalog import Catalog
from palvelumittari.plugins.contribution import Contribution, all_of, core_contribution, gather
from palvelumittari.plugins.finding import Candidate, find_candidates
from palvelumittari.plugins.status import PluginStatus, State
from palvelumittari.plugins.stock import Stock, adopt, problems_of, settle
from palvelumittari.plugins.surroundings import Surroundings
from palvelumittari.reading.lineage import check_circles
from palvelumittari.reading.rubric_file import RubricFile, read_rubric
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.reading.uniting import lineage
from palvelumittari.words.errors import PalvelumittariError, PluginError, Problem, RubricError, raise_errors
from palvelumittari.words.frozen import FrozenMap

Failures = Mapping[int, PalvelumittariError]
"""What is wrong with candidates, by their place among all."""


def load_catalog(
    *,
    installed: bool = True,
    modules: Sequence[str | ModuleType] = (),
    plugins: Sequence[object] = (),
    rubric_files: Sequence[Path] = (),
    strict: bool = False,
) -> Catalog:
    """Everything that the core, the plugins and the caller bring.

    Args:
        installed: Whether to load the plugins of installed distributions.
        modules: Further plugins: modules, or their names. One that is installed as a plugin is not loaded twice.
        plugins: Further plugins: objects with hooks; an attribute `name`, or the name of the class, is their name.
        rubric_files: Single rubrics. One whose id is that of a loaded rubric takes its place. A `vocabulary.toml`
            and a `readings.toml` in the folder of such a file, or else in the one above, are taken along.
        strict: Whether a plugin that cannot be loaded is an error; otherwise it is left out as a whole, and
            `Catalog.plugins` tells.

    Raises:
        PluginError: If the content of the core is missing; or, if `strict`, with the problems of every plugin that
            cannot be loaded, from the first exception behind them.
        RubricError: If one of `rubric_files`, or what lies beside it, cannot be read, or does not fit what is loaded.
    """
    core = core_contribution()
    stock = _core_stock(core)
    candidates = find_candidates(installed=installed, modules=modules, plugins=plugins)
    gathered, failures = _gathered(candidates)
    stock, left_out = settle(stock, tuple(gathered.values()))
    failures = {**failures, **_reasons(stock, gathered, left_out)}
    stood = {place: one for place, one in gathered.items() if place not in failures}
    catalog = _catalog(stock, core, candidates, stood, _with_parents(candidates, gathered, failures))
    if strict:
        _raise_first(catalog, failures)
    return _with_rubrics(catalog, rubric_files) if rubric_files else catalog


@cache
def find_installed() -> Catalog:
    """The catalog of the core and the installed plugins, loaded when first asked for."""
    return load_catalog()


def _core_stock(core: Contribution) -> Stock:
    stock, failures = adopt(Stock(), [core])
    for error in failures.values():
        raise error
    return stock


# --- gathering and failing --------------------------------------------------------------------------------------


def _gathered(candidates: Sequence[Candidate]) -> tuple[dict[int, Contribution], dict[int, PalvelumittariError]]:
    """What the plugins bring, by place; and what is wrong with those that bring nothing."""
    found: dict[int, Contribution] = {}
    failures: dict[int, PalvelumittariError] = {}
    for place, candidate in enumerate(candidates):
        try:
            found[place] = gather(candidate)
        except PluginError as error:
            failures[place] = error
    return found, failures


def _reasons(
    stock: Stock, gathered: Mapping[int, Contribution], left_out: Sequence[Contribution]
) -> dict[int, PalvelumittariError]:
    """Why each of those left out does not fit what stands, by place."""
    places = {one.name: place for place, one in gathered.items()}
    return {places[one.name]: adopt(stock, [one])[1][one.name] for one in left_out}


def _with_parents(
    candidates: Sequence[Candidate], gathered: Mapping[int, Contribution], failures: Failures
) -> dict[int, tuple[Problem, ...]]:
    """The problems of each failed plugin; circles, and other failed plugins on which it rests, are told first."""
    standing = {one.name for place, one in enumerate(candidates) if place not in failures}
    failed = {one.name: one for one in candidates if one.name not in standing}
    rubrics = {rubric.id: rubric for one in gathered.values() for rubric in one.rubrics}

    def told(place: int) -> tuple[Problem, ...]:
        problems, one = failures[place].problems, gathered.get(place)
        if one is None:
            return problems
        circles = tuple(_check_circles(one, rubrics))
        if not circles:
            return (*_check_parents(one, failed), *problems)
        spots = {(each.place.file, each.place.path) for each in circles}
        return (*circles, *(each for each in problems if (each.place.file, each.place.path) not in spots))

    return {place: told(place) for place in failures}


def _check_circles(one: Contribution, rubrics: Mapping[str, RubricFile]) -> Iterator[Problem]:
    """Circles through the rubrics of a plugin, which may run over other plugins that failed for them, too."""
    for rubric in one.rubrics:
        yield from rubric.file.problems(check_circles(rubric, rubrics))


def _check_parents(one: Contribution, failed: Mapping[str, Candidate]) -> Iterator[Problem]:
    for rubric in one.rubrics:
        for index, parent in enumerate(rubric.document.extends):
            owner = failed.get(parent.partition("/")[0])
            if owner is not None and owner.name != one.name:
                what = f"the rubric `{rubric.id}` rests on the plugin {owner.label}, which failed"
                yield Problem(what, rubric.file.place(("extends", index)), hint=f"mend `{owner.name}` first")


def _raise_first(catalog: Catalog, failures: Failures) -> None:
    """Raise the problems of every failed plugin, if any, from the first exception behind them."""
    problems = [one for status in catalog.plugins if not status.is_ok for one in status.named_problems]
    first = next((failures[place] for place in sorted(failures)), None)
    if first is not None:
        raise PluginError(*problems) from (first.__cause__ or first)


# --- the catalog ------------------------------------------------------------------------------------------------


def _catalog(
    stock: Stock,
    core: Contribution,
    candidates: Sequence[Candidate],
    stood: Mapping[int, Contribution],
    problems: Mapping[int, tuple[Problem, ...]],
) -> Catalog:
    statuses = (_status(one, stood.get(at), problems.get(at, ())) for at, one in enumerate(candidates))
    return Catalog(
        terms=stock.terms,
        rubrics=FrozenMap({name: _fresh(rubric) for name, rubric in stock.rubrics.items()}),
        detectors=stock.named("detectors"),
        readers=stock.named("readers"),
        writers=stock.named("writers"),
        commands=tuple(stock.named("commands").values()),
        cases=tuple(case for one in (core, *stood.values()) for case in one.cases),
        plugins=tuple(statuses),
        versions=_versions([candidates[place] for place in stood]),
    )


def _fresh(rubric: RubricFile) -> RubricFile:
    """The same rubric without the places that checking has cached: they are large, and cannot be pickled."""
    return attrs.evolve(rubric, file=attrs.evolve(rubric.file))


def _versions(candidates: Iterable[Candidate]) -> FrozenMap[str]:
    found = {one.distribution: one.version for one in candidates if one.distribution and one.version}
    return FrozenMap({PROJECT: _core_version(), **found})


def _core_version() -> str:
    try:
        return version(PROJECT)
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "unknown"


def _status(candidate: Candidate, brought: Contribution | None, problems: tuple[Problem, ...]) -> PluginStatus:
    warnings = (problem for problem in candidate.problems if not problem.is_error)
    return PluginStatus(
        name=candidate.name,
        entry_point=candidate.entry_point,
        distribution=candidate.distribution,
        version=candidate.version,
        state=State.FAILED if brought is None else State.OK,
        brings=brought.brings if brought is not None else FrozenMap(),
        problems=tuple(_with_remedy(problem, candidate) for problem in (*warnings, *problems)),
    )


def _with_remedy(problem: Problem, candidate: Candidate) -> Problem:
    return problem if problem.hint else attrs.evolve(problem, hint=candidate.remedy)


# --- single rubric files ----------------------------------------------------------------------------------------


def _with_rubrics(catalog: Catalog, files: Sequence[Path]) -> Catalog:
    """The catalog with single rubrics; raises `RubricError` with every problem of theirs, and of what rests on them."""
    catalog = attrs.evolve(catalog, terms=Surroundings(catalog).terms_beside(files))
    new = all_of(files, lambda file: read_rubric(read_toml(file), str(file)))
    raise_errors(_check_twice(new), RubricError)
    own = {rubric.id: rubric for rubric in new}
    rubrics: FrozenMap[RubricFile] = FrozenMap({**catalog.rubrics, **own})
    raise_errors(problems_of(own.values(), rubrics, catalog.terms), RubricError)
    heirs = [one for one in catalog.rubrics.values() if one.id not in own and _rests_on(one, own, rubrics)]
    raise_errors(problems_of(heirs, rubrics, catalog.terms), RubricError)
    return attrs.evolve(catalog, rubrics=rubrics)


def _check_twice(rubrics: Iterable[RubricFile]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for rubric in rubrics:
        if rubric.id in seen:
            what = f"the rubric `{rubric.id}` stands in {seen[rubric.id]}, too"
            yield Problem(what, rubric.file.place(("id",)), hint="give one of the files, not both")
        seen[rubric.id] = rubric.file.name


def _rests_on(rubric: RubricFile, parents: Mapping[str, RubricFile], files: Mapping[str, RubricFile]) -> bool:
    return any(one.id in parents for one in lineage([rubric.id], files))
