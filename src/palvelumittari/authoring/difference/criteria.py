"""What changed among the criteria: which came, went or were renamed, and what each of the others says now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from palvelumittari.authoring.difference.edition import Edition
from palvelumittari.authoring.difference.meaning import WORDS, displaced, is_trial, meaning
from palvelumittari.authoring.difference.parts import Part, parts_of, parts_of_measure
from palvelumittari.authoring.difference.proof import Prover
from palvelumittari.authoring.difference.records import Change, Kind, Reason, Subject
from palvelumittari.authoring.difference.situations import SituationChanges
from palvelumittari.records.rubric import Criterion, Lifecycle


@attrs.frozen(slots=False, kw_only=True)
class CriterionChanges:
    """Compares the criteria of two editions."""

    old: Edition
    new: Edition
    provers: tuple[Prover, Prover]

    def found(self) -> Iterator[Change]:
        """Every change, in the order of the new edition, after those that are gone."""
        before, after = self.old.criteria, self.new.criteria
        for name, criterion in before.items():
            if name not in after and name not in self._renamed.values():
                yield self._gone(criterion)
        for name, criterion in after.items():
            if name in before:
                changes = self._changed(before[name], criterion)
                yield from (self._placed(change, criterion) for change in changes)
            elif name in self._renamed:
                yield self._new_name(before[self._renamed[name]], criterion)
            else:
                yield self._come(criterion)
        yield from self._reordered()

    # --- coming, going and new names ----------------------------------------------------------------------------

    @cached_property
    def _renamed(self) -> Mapping[str, str]:
        """The old id of each criterion that is the same in all but its id."""
        gone = {name: each for name, each in self.old.criteria.items() if name not in self.new.criteria}
        found: dict[str, str] = {}
        for name, criterion in self.new.criteria.items():
            if name not in self.old.criteria:
                same = (other for other, each in gone.items() if _is_same(each, criterion))
                former = next(same, None)
                if former is not None:
                    found[name] = former
                    del gone[former]
        return found

    def _new_name(self, old: Criterion, new: Criterion) -> Change:
        is_silent = all(prover.is_silent(each) for prover, each in zip(self.provers, (old, new), strict=True))
        reason = _quiet(old, new) if is_silent else Reason.UNNAMED
        part = Part(key="id", old=old.id, new=new.id)
        return self._placed(_change(part, reason, Kind.RENAMED), new, also=old.id)

    def _come(self, criterion: Criterion) -> Change:
        reason = _quiet(criterion) if self.provers[1].is_silent(criterion) else Reason.SCORES
        return self._placed(_change(Part(key="", old=None, new=criterion), reason, Kind.ADDED), criterion)

    def _gone(self, criterion: Criterion) -> Change:
        reason = _quiet(criterion) if self.provers[0].is_silent(criterion) else Reason.SCORES
        entry = self.new.entries.get(criterion.id)
        kind = Kind.REMOVED if entry is None else Kind.DROPPED
        if entry is not None and entry.raw.get("lifecycle") == Lifecycle.RETIRED:
            kind = Kind.RETIRED
        return self._placed(_change(Part(key="", old=criterion, new=None), reason, kind), criterion)

    def _reordered(self) -> Iterator[Change]:
        olds = tuple(name for name in self.old.criteria if name in self.new.criteria)
        news = tuple(name for name in self.new.criteria if name in self.old.criteria)
        if olds != news:
            part = Part(key="criterion", old=olds, new=news)
            yield attrs.evolve(_change(part, Reason.REWRITTEN, Kind.REORDERED), subject=Subject.RUBRIC)

    # --- a criterion that stayed --------------------------------------------------------------------------------

    def _changed(self, old: Criterion, new: Criterion) -> Iterator[Change]:
        is_silent = all(prover.is_silent(each) for prover, each in zip(self.provers, (old, new), strict=True))
        for part in _parts(old, new):
            yield _change(part, self._reason(part, old, new) if not is_silent else self._silent_reason(part, old, new))
        for change in SituationChanges(old=old, new=new, provers=self.provers).found():
            is_softened = is_silent and change.reason is Reason.SCORES
            yield attrs.evolve(change, reason=_quiet(old, new)) if is_softened else change

    def _reason(self, part: Part, old: Criterion, new: Criterion) -> Reason:
        if part.key.partition(".")[0] in WORDS:
            return Reason.WORDING
        if part.key == "refines":
            return Reason.NO_EFFECT if self._displaces_alike else Reason.SCORES
        return Reason.REWRITTEN if meaning(part.old) == meaning(part.new) else Reason.SCORES

    def _silent_reason(self, part: Part, old: Criterion, new: Criterion) -> Reason:
        reason = self._reason(part, old, new)
        return _quiet(old, new) if reason is Reason.SCORES and part.key != "refines" else reason

    @cached_property
    def _displaces_alike(self) -> bool:
        """Whether each criterion that counts in both editions still makes the same ones step back.

        Chains run through criteria that do not count themselves, so one link cannot be judged alone.
        """
        first, second = self.provers
        before, after = self.old.criteria, self.new.criteria
        counting = [name for name in before if name in after and not first.is_silent(before[name])]
        return all(displaced(name, before, first) == displaced(name, after, second) for name in counting)

    # --- where it was written -----------------------------------------------------------------------------------

    def _placed(self, change: Change, criterion: Criterion, also: str | None = None) -> Change:
        names = (criterion.id,) if also is None else (criterion.id, also)
        sources = tuple(each for name in names for each in self._sources(name))
        inherited = () if self.new.id in sources or self.old.id in sources else tuple(dict.fromkeys(sources))
        return attrs.evolve(change, id=criterion.id, title=criterion.title, sources=inherited)

    def _sources(self, criterion: str) -> Iterator[str]:
        """The rubrics whose files say something else of a criterion than before."""
        for name in dict.fromkeys([*self.old.files, *self.new.files]):
            if _said_by(self.old, name, criterion) != _said_by(self.new, name, criterion):
                yield name


def _said_by(edition: Edition, rubric: str, criterion: str) -> Any:
    """What the file of a rubric says of a criterion: its table, its override, whether it drops it."""
    file = edition.files.get(rubric)
    if file is None:
        return None, None, False
    own = dict(file.own_criteria()).get(criterion)
    return own, file.document.override.get(criterion), criterion in file.document.drop


def _is_same(old: Criterion, new: Criterion) -> bool:
    return attrs.evolve(old, id=new.id, declared_in=new.declared_in) == new


def _parts(old: Criterion, new: Criterion) -> Iterator[Part]:
    head = attrs.evolve(old, id=new.id, measure=new.measure, situations=new.situations, declared_in=new.declared_in)
    yield from parts_of(head, new)
    yield from parts_of_measure(old.measure, new.measure)


def _quiet(*criteria: Criterion) -> Reason:
    """Why a criterion counts in no verdict on the encounters that there were."""
    return Reason.TRIAL if is_trial(*criteria) else Reason.NEW_SITUATION


def _change(part: Part, reason: Reason, kind: Kind = Kind.CHANGED) -> Change:
    return Change(
        subject=Subject.CRITERION,
        kind=kind,
        reason=reason,
        key=part.key,
        step=part.step,
        old=part.old,
        new=part.new,
    )
