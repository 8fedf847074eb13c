"""Checking files of one's own among everything that is loaded, and among each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import attrs

from palvelumittari.cli.checking import Checked, Kind, each_file, kind_of, not_ours, some
from palvelumittari.plugins import Catalog
from palvelumittari.plugins.stock import problems_of
from palvelumittari.plugins.surroundings import Surroundings
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.encounters import check_encounter
from palvelumittari.reading.rubric_file import RubricFile, read_rubric
from palvelumittari.reading.structure import json_path
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile, read_toml
from palvelumittari.words.errors import PalvelumittariError, Place, Problem


@attrs.frozen(kw_only=True)
class Sheet:
    """One file on the bench, with the terms that hold where it lies."""

    path: Path
    file: TomlFile
    terms: Terms


@attrs.frozen(slots=False)
class Bench:
    """Checks the files at some paths."""

    catalog: Catalog
    paths: tuple[Path, ...]

    def checked(self) -> Iterator[Checked]:
        """Every file of ours, checked, in order; with those that are named and cannot be read or are not ours."""
        for path, is_named in each_file(self.paths):
            try:
                file = read_toml(path)
            except PalvelumittariError as error:
                yield Checked(path, "", error.problems)
                continue
            kind = kind_of(file)
            if kind is not None:
                yield self._check(path, file, kind)
            elif is_named:
                yield Checked(path, "", (not_ours(path),))

    def _check(self, path: Path, file: TomlFile, kind: Kind) -> Checked:
        try:
            terms = self._surroundings.terms_at(path)
            if terms is None and kind in (Kind.RUBRIC, Kind.CASE):
                return Checked(path, kind, (_not_further(path),))
            return _CHECKS[kind](self, Sheet(path=path, file=file, terms=terms or self.catalog.terms))
        except PalvelumittariError as error:
            return Checked(path, kind, error.problems)

    @cached_property
    def _surroundings(self) -> Surroundings:
        return Surroundings(self.catalog)

    @cached_property
    def _siblings(self) -> Mapping[str, RubricFile]:
        """The rubrics at the paths by id, the first of each; what cannot be read is told when its turn comes."""
        found: dict[str, RubricFile] = {}
        for path, _ in each_file(self.paths):
            try:
                file = read_toml(path)
                if kind_of(file) is Kind.RUBRIC:
                    rubric = read_rubric(file, str(path))
                    found.setdefault(rubric.id, rubric)
            except PalvelumittariError:
                continue
        return found

    # --- by kind ------------------------------------------------------------------------------------------------

    def _rubric(self, sheet: Sheet) -> Checked:
        rubric = read_rubric(sheet.file, str(sheet.path))
        rubrics = {**self.catalog.rubrics, **self._siblings, rubric.id: rubric}
        found = problems_of([rubric], rubrics, sheet.terms)
        criteria = some(len(rubric.document.criterion), "criterion", "criteria")
        return Checked(
            sheet.path,
            f"rubric {rubric.id} {rubric.document.version}, {criteria}",
            (*self._check_twice(rubric), *found),
        )

    def _check_twice(self, rubric: RubricFile) -> Iterator[Problem]:
        first = self._siblings[rubric.id]
        if first.file.name != rubric.file.name:
            what = f"the rubric `{rubric.id}` stands in {first.file.name}, too"
            yield Problem(what, rubric.file.place(("id",)), hint="choose another id")

    def _vocabulary(self, sheet: Sheet) -> Checked:
        self._surroundings.vocabulary_with(sheet.path, sheet.file)
        counts = ((len(sheet.file.data.get(table, ())), table) for table in ("act", "group", "tag", "field"))
        parts = ", ".join(some(count, table) for count, table in counts if count)
        return Checked(sheet.path, f"vocabulary, {parts or 'empty'}")

    def _readings(self, sheet: Sheet) -> Checked:
        self._surroundings.readings_with(sheet.path, sheet.file)
        return Checked(sheet.path, some(len(sheet.file.data.get("reading", ())), "reading"))

    def _case(self, sheet: Sheet) -> Checked:
        case = read_case(sheet.file, sheet.terms.vocabulary)
        odd = check_encounter(case.encounter, sheet.terms.vocabulary)  # it was read, so only warnings are left
        problems = (problem.at(Place(sheet.file.name, json_path(("encounter", *at)))) for at, problem in odd)
        return Checked(sheet.path, f"case {case.id}", tuple(problems))


_CHECKS: Mapping[Kind, Callable[[Bench, Sheet], Checked]] = MappingProxyType(
    {
        Kind.RUBRIC: Bench._rubric,
        Kind.VOCABULARY: Bench._vocabulary,
        Kind.READINGS: Bench._readings,
        Kind.CASE: Bench._case,
    }
)


def _not_further(path: Path) -> Problem:
    what = "not checked, because the vocabulary.toml or readings.toml beside it is wrong"
    return Problem(what, Place(str(path)), hint="mend that first; `palvelumittari rubric check` on it tells what")
