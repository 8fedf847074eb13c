"""What changed in the words that a rubric may use: acts, groups, tags and fields, and the readings that it watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import attrs

from palvelumittari.authoring.difference.edition import Edition
from palvelumittari.authoring.difference.meaning import meaning, occasions
from palvelumittari.authoring.difference.parts import Part, parts_of
from palvelumittari.authoring.difference.proof import Prover
from palvelumittari.authoring.difference.records import Change, Kind, Reason, Subject
from palvelumittari.records.rubric import Reading
from palvelumittari.records.vocabulary import Act, Field, Vocabulary

_WORDS = frozenset({"title", "note", "unit"})
_EVERYTHING = (float("-inf"), float("inf"))


def changes_of_terms(old: Edition, new: Edition, provers: tuple[Prover, Prover]) -> Iterator[Change]:
    """The changes of the vocabulary and of the readings that either rubric watches."""
    yield from ActChanges(old.vocabulary, new.vocabulary).found()
    before, after = old.vocabulary, new.vocabulary
    yield from _changes(Subject.TAG, before.tags, after.tags, lambda part, *_: _reason_of_words(part))
    yield from _changes(Subject.FIELD, before.fields, after.fields, _reason_of_field)
    yield from ReadingChanges(old, new, provers).found()


def _changes(subject: Subject, old: Mapping[str, Any], new: Mapping[str, Any], reason: Any) -> Iterator[Change]:
    """What came and went of one sort, and what each of the others says now, with the reasons that `reason` gives."""
    for name, gone in old.items():
        if name not in new:
            yield _whole(subject, Kind.REMOVED, Reason.UNREADABLE, name, gone)
    for name, one in new.items():
        if name not in old:
            yield _whole(subject, Kind.ADDED, Reason.NEW_TERM, name, one)
        else:
            for part in parts_of(old[name], one):
                yield _key(subject, part, reason(part, old[name], one), name, one)


def _whole(subject: Subject, kind: Kind, reason: Reason, name: str, one: Any) -> Change:
    old, new = (one, None) if kind is Kind.REMOVED else (None, one)
    return Change(subject=subject, kind=kind, reason=reason, id=name, title=one.title, old=old, new=new)


def _key(subject: Subject, part: Part, reason: Reason, name: str, one: Any) -> Change:
    return Change(
        subject=subject,
        kind=Kind.CHANGED,
        reason=reason,
        id=name,
        title=one.title,
        key=part.key,
        old=part.old,
        new=part.new,
    )


def _reason_of_words(part: Part) -> Reason:
    return Reason.WORDING if part.key.partition(".")[0] in _WORDS else Reason.SCORES


# --- fields -----------------------------------------------------------------------------------------------------


def _reason_of_field(part: Part, old: Field, new: Field) -> Reason:
    if part.key == "values":
        if frozenset(old.values) == frozenset(new.values):
            return Reason.REWRITTEN
        is_wider = not new.values or (bool(old.values) and frozenset(old.values) <= frozenset(new.values))
        return Reason.NEW_TERM if is_wider else Reason.UNREADABLE
    if part.key == "range":
        (low, high), (lowest, highest) = old.range or _EVERYTHING, new.range or _EVERYTHING
        return Reason.NEW_TERM if lowest <= low and high <= highest else Reason.UNREADABLE
    return _reason_of_words(part)


# --- acts -------------------------------------------------------------------------------------------------------


@attrs.frozen(slots=False)
class ActChanges:
    """Compares the acts and groups of two vocabularies."""

    old: Vocabulary
    new: Vocabulary

    def found(self) -> Iterator[Change]:
        """Every change; that a group is gone makes nothing unreadable, for it never stands in a timeline."""
        for change in _changes(Subject.ACT, self.old.acts, self.new.acts, self._reason):
            gone = change.kind is Kind.REMOVED and self.old.acts[change.id].is_group
            if not self._is_derived(change):
                yield attrs.evolve(change, reason=Reason.NO_EFFECT) if gone else change

    def _is_derived(self, change: Change) -> bool:
        """Whether a key of a group only follows from its members."""
        return change.key in ("by", "modalities") and self.new.acts[change.id].is_group

    def _reason(self, part: Part, old: Act, new: Act) -> Reason:
        if part.key == "by":
            return Reason.NO_EFFECT
        if part.key in ("kind_of", "members"):
            harmless = self._selects_alike and self._shows_alike(old, new)
            return Reason.NEW_TERM if harmless else Reason.SCORES
        return _reason_of_words(part)

    @cached_property
    def _selects_alike(self) -> bool:
        """Whether every act and group selects the same of the acts that there were."""
        known = frozenset(self.old.timeline_acts())
        common = [name for name in self.old.acts if name in self.new.acts]
        return all(self.old.selected[name] & known == self.new.selected[name] & known for name in common)

    def _shows_alike(self, old: Act, new: Act) -> bool:
        """Whether each record that would show all members of a group still would: the silence of others proves nothing.

        So it is if no member is gone, and each new one can be perceived wherever one of the former can.
        """
        former = [self.old.acts[name].modalities for name in old.members]
        joined = [self.new.acts[name].modalities for name in new.members if name not in old.members]
        is_kept = all(name in new.members for name in old.members)
        return is_kept and all(any(each <= modalities for each in former) for modalities in joined)


# --- readings ---------------------------------------------------------------------------------------------------


@attrs.frozen(slots=False)
class ReadingChanges:
    """Compares the readings that either of two rubrics watches."""

    old: Edition
    new: Edition
    provers: tuple[Prover, Prover]

    def found(self) -> Iterator[Change]:
        """Every change."""
        watched = dict.fromkeys([*self.old.rubric.readings, *self.new.rubric.readings])
        before, after = ({name: each[name] for name in watched if name in each} for each in self._declared)
        for change in _changes(Subject.READING, before, after, self._reason):
            gone = change.kind is Kind.REMOVED
            yield attrs.evolve(change, reason=Reason.SCORES) if gone else change

    @property
    def _declared(self) -> tuple[Mapping[str, Reading], Mapping[str, Reading]]:
        return self.old.terms.readings, self.new.terms.readings

    def _reason(self, part: Part, old: Reading, new: Reading) -> Reason:
        if part.key.partition(".")[0] in _WORDS:
            return Reason.WORDING
        if meaning(part.old) == meaning(part.new):
            return Reason.REWRITTEN
        first, second = self.provers
        is_alike = self._gives_alike and moves_of(old, first)[part.key] == moves_of(new, second)[part.key]
        return Reason.NEW_SITUATION if is_alike else Reason.SCORES

    @cached_property
    def _gives_alike(self) -> bool:
        """Whether the conditions of the criteria give an occasion as before: a cue of a reading may make them do."""
        first, second = self.provers
        before, after = self.old.criteria, self.new.criteria
        both = [name for name in before if name in after]
        return all(occasions(before[name], first) == occasions(after[name], second) for name in both)


def moves_of(reading: Reading, prover: Prover) -> Mapping[str, Any]:
    """How a reading runs over the encounters that there were, by the keys of the file."""
    field = reading.from_field
    return {
        "range": reading.range,
        "start": reading.start,
        "from": field if field in prover.known.fields else None,
        "starts": meaning(tuple(each for each in reading.starts if prover.can_be_true(each.when))),
        "cues": meaning(tuple(each for each in reading.cues if not prover.is_never(each.on))),
    }
