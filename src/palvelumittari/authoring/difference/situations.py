"""What changed among the situations of a criterion: which came and went, what they do, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.authoring.difference.meaning import WORDS, meaning, meaning_of_situation
from palvelumittari.authoring.difference.parts import Part, parts_of_changes, parts_of_text
from palvelumittari.authoring.difference.proof import Prover
from palvelumittari.authoring.difference.records import Change, Kind, Reason, Subject
from palvelumittari.records.rubric import Criterion, Situation

Named = Mapping[Any, Situation]
"""Situations by what makes them the same in both versions: their condition and how often it stood before."""


@attrs.frozen(kw_only=True)
class SituationChanges:
    """Compares the situations of two versions of a criterion."""

    old: Criterion
    new: Criterion
    provers: tuple[Prover, Prover]

    def found(self) -> Iterator[Change]:
        """Every change, in the order of the new version."""
        before, after = _named(self.old), _named(self.new)
        for name, situation in before.items():
            if name not in after:
                reason = self._reason(self.provers[0], situation)
                yield self._change(situation, Kind.REMOVED, reason, Part(key="", old=situation, new=None))
        for name, situation in after.items():
            if name in before:
                yield from self._changed(before[name], situation)
            else:
                reason = self._reason(self.provers[1], situation)
                yield self._change(situation, Kind.ADDED, reason, Part(key="", old=None, new=situation))
        yield from self._reordered(before, after)

    def _reason(self, prover: Prover, situation: Situation) -> Reason:
        return Reason.SCORES if prover.can_apply(situation) else Reason.NEW_SITUATION

    def _changed(self, old: Situation, new: Situation) -> Iterator[Change]:
        for part in _parts(old, new):
            yield self._change(new, Kind.CHANGED, self._reason_of(part, old, new), part)

    def _reason_of(self, part: Part, old: Situation, new: Situation) -> Reason:
        if part.key.partition(".")[0] in WORDS:
            return Reason.WORDING
        if meaning(part.old) == meaning(part.new):
            return Reason.REWRITTEN
        pairs = zip(self.provers, (old, new), strict=True)
        return Reason.SCORES if any(prover.can_apply(each) for prover, each in pairs) else Reason.NEW_SITUATION

    def _reordered(self, before: Named, after: Named) -> Iterator[Change]:
        olds, news = [name for name in before if name in after], [name for name in after if name in before]
        if olds != news:
            moved = [[each[name] for name in names] for each, names in ((before, olds), (after, news))]
            applying = [
                [meaning_of_situation(each) for each in some if prover.can_apply(each)]
                for prover, some in zip(self.provers, moved, strict=True)
            ]
            reason = Reason.REWRITTEN if applying[0] == applying[1] else Reason.SCORES
            conditions = [tuple(str(each.when) for each in some) for some in moved]
            yield Change(
                subject=Subject.CRITERION,
                kind=Kind.REORDERED,
                reason=reason,
                key="situation",
                old=conditions[0],
                new=conditions[1],
            )

    def _change(self, situation: Situation, kind: Kind, reason: Reason, part: Part) -> Change:
        return Change(
            subject=Subject.CRITERION,
            kind=kind,
            reason=reason,
            key=part.key or "situation",
            situation=situation.when,
            old=part.old,
            new=part.new,
        )


def _named(criterion: Criterion) -> Named:
    """Situations by the meaning of their conditions, so that a condition written in another way is the same."""
    seen: Counter[Any] = Counter()
    found = {}
    for situation in criterion.situations:
        condition = meaning(situation.when)
        found[condition, seen[condition]] = situation
        seen[condition] += 1
    return found


def _parts(old: Situation, new: Situation) -> Iterator[Part]:
    if old.when != new.when:
        yield Part(key="when", old=old.when, new=new.when)
    if old.excuse != new.excuse:
        yield Part(key="excuse", old=old.excuse, new=new.excuse)
    yield from parts_of_text("title", old.title, new.title)
    yield from parts_of_changes(old.criterion, new.criterion)
    yield from parts_of_changes(old.measure, new.measure)
