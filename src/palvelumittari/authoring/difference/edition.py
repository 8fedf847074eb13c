"""An edition: one of the two rubrics that are compared, with everything that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from palvelumittari.meter import Meter
from palvelumittari.reading.lineage import Entry, all_entries, lineage
from palvelumittari.reading.rubric_file import RubricDocument, RubricFile
from palvelumittari.reading.terms import Terms
from palvelumittari.records.measure import Calls
from palvelumittari.records.rubric import Criterion, Rubric, RubricRef
from palvelumittari.records.vocabulary import Vocabulary


@attrs.frozen(slots=False)
class Edition:
    """A rubric as one meter knows it."""

    meter: Meter
    id: str

    @cached_property
    def rubric(self) -> Rubric:
        """The rubric with its parents united."""
        return self.meter.rubric(self.id)

    @cached_property
    def criteria(self) -> Mapping[str, Criterion]:
        """The criteria by id, in order."""
        return {criterion.id: criterion for criterion in self.rubric.criteria}

    @cached_property
    def files(self) -> Mapping[str, RubricFile]:
        """The files that the rubric rests on by their ids, its own last."""
        return {file.id: file for file in lineage([self.id], self.meter.catalog.rubrics)}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The raw tables of all criteria that come down to it, those dropped and retired among them."""
        return all_entries([self.id], self.meter.catalog.rubrics)

    @property
    def file(self) -> RubricFile:
        """Its own file."""
        return self.files[self.id]

    @property
    def document(self) -> RubricDocument:
        """What its own file says."""
        return self.file.document

    @property
    def ref(self) -> RubricRef:
        """Id, version, and the digest of all criteria with their acts and readings."""
        return RubricRef(self.id, self.document.version, self.rubric.digest)

    @property
    def terms(self) -> Terms:
        """The terms that it may use."""
        return self.meter.catalog.terms

    @property
    def vocabulary(self) -> Vocabulary:
        """The acts, tags and fields that its encounters may name."""
        return self.meter.vocabulary

    @property
    def functions(self) -> frozenset[str]:
        """The plugins' functions that its criteria call."""
        return frozenset(each.measure.function for each in self.rubric.criteria if isinstance(each.measure, Calls))
