"""Whose band moves: the verdicts of two versions on the same encounters, counted one by one in constant memory."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import attrs

from palvelumittari.records.verdict import Band, Finding, Outcome, Verdict
from palvelumittari.words.text import Text


@attrs.frozen(kw_only=True)
class Shift:
    """A criterion whose points differ; outcome and points are `None` where a version has no such criterion.

    `reason` is that of the new finding, or of the old one where the criterion is gone.
    """

    criterion: str
    title: Text
    old_points: float | None
    new_points: float | None
    old_outcome: Outcome | None
    new_outcome: Outcome | None
    reason: Text


@attrs.frozen(kw_only=True)
class Move:
    """An encounter whose band is another one, and the criteria that moved it, those that moved most first."""

    encounter: str
    old_score: float | None
    new_score: float | None
    old_band: Band | None
    new_band: Band | None
    shifts: tuple[Shift, ...]

    @property
    def size(self) -> float:
        """How far the score moved; beyond every other where one of the two has no score."""
        if self.old_score is None or self.new_score is None:
            return 101.0
        return abs(self.new_score - self.old_score)


@attrs.define
class Moves:
    """Counts pairs of verdicts, and keeps the `limit` encounters whose band moved that moved farthest.

    `up_count`, `down_count` and `stay_count` count bands; `scored_count` and `unscored_count` encounters that have a
    score only under the new and only under the old version. `new_only_count` are those that only the new version can
    judge, `rejected_count` those that neither can. `largest_shift` is the largest change of a score, with its sign, and
    `largest_encounter` whose it is.
    """

    limit: int = 20
    up_count: int = 0
    down_count: int = 0
    stay_count: int = 0
    scored_count: int = 0
    unscored_count: int = 0
    same_score_count: int = 0
    new_only_count: int = 0
    rejected_count: int = 0
    largest_shift: float = 0.0
    largest_encounter: str | None = None
    _kept: list[tuple[float, int, Move]] = attrs.field(factory=list, init=False)

    @property
    def count(self) -> int:
        """How many encounters were judged by both."""
        return self.moved_count + self.stay_count

    @property
    def moved_count(self) -> int:
        """How many bands moved."""
        return self.up_count + self.down_count + self.scored_count + self.unscored_count

    @property
    def shown(self) -> tuple[Move, ...]:
        """The moves that were kept, the farthest first, equal ones in the order in which they came."""
        return tuple(move for _, _, move in sorted(self._kept, reverse=True))

    @property
    def hidden_count(self) -> int:
        """How many moves were counted and not kept."""
        return self.moved_count - len(self._kept)

    def add(self, old: Verdict, new: Verdict) -> None:
        """Count the two verdicts on one encounter."""
        self._weigh(old, new)
        if old.band == new.band:
            self.stay_count += 1
            return
        if old.band is None or new.band is None:
            self.scored_count += old.band is None
            self.unscored_count += new.band is None
        else:
            self.up_count += new.band.rank > old.band.rank
            self.down_count += new.band.rank < old.band.rank
        self._keep(_move(old, new))

    def _weigh(self, old: Verdict, new: Verdict) -> None:
        self.same_score_count += old.score == new.score
        if old.score is not None and new.score is not None:
            shift = round(new.score - old.score, 1)
            if abs(shift) > abs(self.largest_shift):
                self.largest_shift, self.largest_encounter = shift, new.encounter

    def _keep(self, move: Move) -> None:
        """Keep a move if it is among the farthest; its number decides between equals, so moves are never compared."""
        entry = (move.size, -self.moved_count, move)
        if len(self._kept) < self.limit:
            heapq.heappush(self._kept, entry)
        elif self._kept:
            heapq.heappushpop(self._kept, entry)


def _move(old: Verdict, new: Verdict) -> Move:
    return Move(
        encounter=new.encounter,
        old_score=old.score,
        new_score=new.score,
        old_band=old.band,
        new_band=new.band,
        shifts=tuple(sorted(_shifts(old, new), key=_reach, reverse=True)),
    )


def _reach(shift: Shift) -> float:
    return abs((shift.new_points or 0.0) - (shift.old_points or 0.0))


def _shifts(old: Verdict, new: Verdict) -> Iterator[Shift]:
    """The criteria whose points differ, or that count with nothing in one version and not at all in the other."""
    before, after = ({each.criterion: each for each in verdict.findings} for verdict in (old, new))
    for name in dict.fromkeys([*after, *before]):
        first, second = before.get(name), after.get(name)
        if _weight_of(first) != _weight_of(second):
            yield _shift(name, first, second)


def _weight_of(finding: Finding | None) -> tuple[float, bool, float]:
    """Points, whether a finding counts as judged, and its weight, by which duties soften losses."""
    if finding is None or not (finding.judged and finding.counted):
        return 0.0, False, 0.0
    return finding.points, True, finding.weight


def _shift(name: str, old: Finding | None, new: Finding | None) -> Shift:
    told = new or old
    assert told is not None  # for the type checker: the name came from one of them
    return Shift(
        criterion=name,
        title=told.title,
        old_points=None if old is None else old.points,
        new_points=None if new is None else new.points,
        old_outcome=None if old is None else old.outcome,
        new_outcome=None if new is None else new.outcome,
        reason=told.reason,
    )
