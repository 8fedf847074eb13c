"""Where timelines are scored again: quickly, without sentences, and no more often than is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from palvelumittari.records.changes import Change, changed
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.rubric import Rubric
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.reference import Judgements
from palvelumittari.scoring import Model, Settled, Tally, settle, tally

MOST_RESCORINGS = 100
"""How many changed timelines are scored for the advice on one encounter."""


@attrs.frozen
class Bench:
    """What advice needs to score with: the rubric, the vocabulary, how to judge, and the scoring models."""

    rubric: Rubric
    vocabulary: Vocabulary
    judge: Callable[[Encounter], Judgements] = attrs.field(kw_only=True)
    models: Mapping[str, Model] = attrs.field(kw_only=True)

    def scored(self, judgements: Judgements) -> Scored:
        """What judgements add up to."""
        settled = settle([each.judgement for each in judgements.judged])
        return Scored(tally(settled, self.rubric.scoring, self.models), {each.criterion: each for each in settled})


@attrs.frozen
class Scored:
    """What a timeline is worth: the tally, and what became of each criterion by its id."""

    tally: Tally
    settled: Mapping[str, Settled]

    @property
    def worth(self) -> tuple[float, float]:
        """The printed score, then the one before gates, by which timelines are compared; -1 without a score."""
        score, calculated = self.tally.score, self.tally.calculated_score
        return (-1.0 if score is None else score, -1.0 if calculated is None else calculated)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is broken: no counted finding speaks against the service."""
        return not any(each.counted and (each.rating or 0) < 0 for each in self.settled.values())


@attrs.define
class Trial:
    """Scores changed timelines of one encounter, each once, as long as there is allowance; counts what it scores."""

    bench: Bench
    encounter: Encounter
    allowance: int = MOST_RESCORINGS
    count: int = attrs.field(default=0, init=False)
    _known: dict[frozenset[Change], Scored] = attrs.field(factory=dict, init=False)

    def score(self, changes: Iterable[Change]) -> Scored | None:
        """What the encounter is worth with changes applied; `None` where the allowance is used up."""
        wanted = frozenset(changes)
        if wanted not in self._known:
            if self.count >= self.allowance:
                return None
            self.count += 1
            self._known[wanted] = self.bench.scored(self.bench.judge(changed(self.encounter, _in_order(wanted))))
        return self._known[wanted]


def _in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes in the order of the timeline, so that the order in which they were found decides nothing."""
    return tuple(sorted(changes, key=in_place))


def in_place(change: Change) -> tuple[int, bool, str]:
    """By what the changes of a piece are sorted: where they are, what becomes of the event before what comes behind
    it, and which act.
    """
    first = min(change.events, default=-1)
    place = first if change.after is None else change.after
    return place, change.after is not None, f"{change.kind} {change.act} {change.to} {change.tags}"
