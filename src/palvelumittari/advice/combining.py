"""Ideas and options: what might be changed, what scoring it gave, and which goes together with which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import attrs

from palvelumittari.advice.bench import Scored, Trial, in_place
from palvelumittari.records.changes import Change, ChangeKind
from palvelumittari.records.verdict import Band
from palvelumittari.reference import Judged

MOST_TOGETHER = 3
"""How many single pieces make a combination at most."""

POOL = 6
"""How many single pieces are combined with each other."""

Order = list[tuple[int, bool, str]]
"""What decides between equals, so that the same encounter always gets the same advice."""


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(set(changes), key=in_place))


@attrs.frozen
class Idea:
    """Changes that nobody has scored yet, with the criteria that ask for them; `parts` counts the ideas in it."""

    changes: tuple[Change, ...] = attrs.field(converter=_sorted)
    asked: tuple[Judged, ...]
    parts: int = attrs.field(default=1, kw_only=True)

    @property
    def event_count(self) -> int:
        """How many events are other than they were."""
        return sum(change.event_count for change in self.changes)

    @property
    def order(self) -> Order:
        """The places and acts of the changes."""
        return [in_place(change) for change in self.changes]

    def scored(self, trial: Trial) -> Option | None:
        """This with what it is worth; `None` if there is no allowance left, or nothing to score any more."""
        scored = trial.score(self.changes)
        return None if scored is None or scored.tally.score is None else Option(self, scored)


@attrs.frozen
class Option:
    """An idea with what the changed timeline is worth."""

    idea: Idea
    scored: Scored

    @property
    def band(self) -> Band:
        """The band that it leads to."""
        return self.scored.tally.band or Band.VERY_POOR

    @property
    def best_first(self) -> tuple[float, float, int, Order]:
        """By what options are sorted: the better score, then the fewer events."""
        score, calculated = self.scored.worth
        return -score, -calculated, self.idea.event_count, self.idea.order


def united(ideas: Sequence[Idea]) -> Idea | None:
    """Several ideas as one; `None` if they do not go together, or one of them says it all."""
    changes = tuple(change for idea in ideas for change in idea.changes)
    parts = sum(idea.parts for idea in ideas)
    asked = {each.criterion.id: each for idea in ideas for each in idea.asked}
    whole = Idea(changes, tuple(asked.values()), parts=parts)
    is_new = all(whole.changes != idea.changes for idea in ideas)
    return whole if is_new and parts <= MOST_TOGETHER and not _clash(whole.changes) else None


def _clash(changes: Sequence[Change]) -> bool:
    """Whether two changes are about the same event, or add the same act at one place in two ways."""
    touched = [index for change in changes for index in change.events]
    added = [(change.after, change.act) for change in changes if change.kind is ChangeKind.ADD]
    return len(set(touched)) < len(touched) or len(set(added)) < len(added)


def combined(options: Iterable[Option], trial: Trial) -> Iterator[Option]:
    """Pairs, then threes, of the best options, as long as there is allowance."""
    pool = [option.idea for option in sorted(options, key=lambda option: option.best_first)[:POOL]]
    for size in range(2, MOST_TOGETHER + 1):
        for some in combinations(pool, size):
            whole = united(some)
            option = whole and whole.scored(trial)
            if option:
                yield option


def best_together(options: Sequence[Option], before: Scored) -> Option | None:
    """The best combination; `None` if none has a better score than every single option.

    Where so much is wrong that gates hold the score, the scores before gates are compared.
    """
    best = min((each for each in options if each.idea.parts > 1), key=lambda option: option.best_first, default=None)
    if best is None:
        return None
    is_held = best.scored.worth[0] == before.worth[0] and not best.band.is_pleasant
    places = 2 if is_held else 1
    others = [option.scored for option in options if option.idea.parts == 1]
    return best if all(each.worth[:places] < best.scored.worth[:places] for each in (before, *others)) else None


def least_lift(options: Iterable[Option], band: Band) -> Option | None:
    """The option with the fewest changed events whose band is better than `band`; of equals the best one."""
    lifting = [option for option in options if option.band.rank > band.rank]
    return min(lifting, key=lambda option: (option.idea.event_count, *option.best_first), default=None)
