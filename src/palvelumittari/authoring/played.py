"""Cases played through a rubric: judged once, with everything that coverage and ablation look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

import attrs

from palvelumittari.authoring.trying import SUFFIX
from palvelumittari.hookspecs import File
from palvelumittari.meter import Meter
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.choosing import UNIVERSAL, choose
from palvelumittari.reading.lineage import lineage
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.case import Case
from palvelumittari.records.rubric import Rubric, Situation
from palvelumittari.reference import Judged, judge
from palvelumittari.scoring import Settled, settle
from palvelumittari.words.errors import Problem, RubricError, raise_errors

_CASES, _RUBRICS = "cases", "rubrics"


@attrs.frozen
class Played:
    """A case with the rubric that judges it, and what became of each criterion, in the order of the rubric."""

    case: Case
    rubric: Rubric
    judged: tuple[Judged, ...]
    settled: tuple[Settled, ...]

    def settled_on(self, criterion: str) -> Settled | None:
        """The finding on a criterion; `None` if the rubric that judges the case has no such criterion."""
        return next((each for each in self.settled if each.criterion == criterion), None)

    def situations_of(self, criterion: str) -> tuple[Situation, ...]:
        """The situations of a criterion that applied."""
        return next((each.situations for each in self.judged if each.criterion.id == criterion), ())


def own_cases(meter: Meter, rubric: str) -> list[File]:
    """The files of the cases that lie with a rubric, loaded or not: in its `case_folder`, or beside it.

    Raises `RubricError` if there is no rubric of that id.
    """
    meter.rubric(rubric)
    folders = _folders(PurePath(meter.catalog.rubrics[rubric].file.name))
    loaded: list[File] = [case.file for case in meter.catalog.cases if PurePath(str(case.file)).parent in folders]
    return loaded or [*sorted(file for folder in folders for file in Path(folder).glob(f"*{SUFFIX}"))]


def case_folder(meter: Meter, rubric: str) -> str:
    """The folder in which the cases of a rubric belong: `cases` beside it or, in a plugin, beside `rubrics`."""
    return str(_folders(PurePath(meter.catalog.rubrics[rubric].file.name))[-1])


def _folders(rubric: PurePath) -> tuple[PurePath, ...]:
    beside = rubric.parent / _CASES
    return (beside, rubric.parent.parent / _CASES) if rubric.parent.name == _RUBRICS else (beside,)


def read_cases(meter: Meter, files: Iterable[File]) -> tuple[Case, ...]:
    """The cases in files; raises `RubricError` with the problems of all that cannot be read."""
    found: list[Case] = []
    problems: list[Problem] = []
    for file in files:
        try:
            found.append(read_case(read_toml(file), meter.vocabulary))
        except RubricError as error:
            problems += error.problems
    raise_errors(problems, RubricError)
    return tuple(found)


def play(meter: Meter, rubric: str, cases: Iterable[Case]) -> Iterator[Played]:
    """Cases judged as the meter judges them; those on which the rubric has no say are left out.

    A rubric that no encounter is judged by, because it names neither sectors nor channels and only others rest on it,
    judges those cases by itself for which none of its heirs is chosen.
    """
    files = meter.catalog.rubrics
    head = files[rubric].document
    is_chosen = bool(head.sectors or head.channels) or rubric == UNIVERSAL
    for case in cases:
        names = choose(case.encounter, files).rubrics
        has_say = any(file.id == rubric for file in lineage(names, files))
        if has_say or not is_chosen:
            yield _played(meter, case, names if has_say else (rubric,))


def _played(meter: Meter, case: Case, names: tuple[str, ...]) -> Played:
    united = meter.rubric(*names)
    judged = judge(case.encounter, united, meter.vocabulary, meter.catalog.measures).judged
    return Played(case, united, judged, settle([each.judgement for each in judged]))
