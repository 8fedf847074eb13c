"""The search: which findings ask for something, in which order, and which of their candidates lift the score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import attrs

from palvelumittari.advice.bench import Scored, Trial
from palvelumittari.advice.candidates import Candidate, Changes, Found, candidates_of
from palvelumittari.advice.changing import Changer
from palvelumittari.advice.combining import Idea, Option, united
from palvelumittari.advice.known import Known
from palvelumittari.records.encounter import Channel
from palvelumittari.records.rubric import Caps, Role
from palvelumittari.reference import Judged
from palvelumittari.scoring import GRAVE_AT

MOST_SINGLY = 50
"""How many of the rescorings may go into single pieces; the rest is for combinations and a bonus."""

MOST_BASES = 3
"""On how many of the best options a bonus is tried."""


@attrs.frozen
class Search:
    """Looks for what would have lifted the score of one encounter.

    `judged` are the criteria as they were judged, `before` is what they add up to.
    """

    known: Known
    judged: tuple[Judged, ...]
    before: Scored
    trial: Trial

    def mends(self) -> tuple[Option, ...]:
        """What lifts the score by itself without being a bonus, the most urgent finding first."""
        found: dict[Changes, Option] = {}
        for judged in sorted(self._asking(), key=self._urgency):
            for candidate in self._candidates(judged):
                option = self._first_that_lifts(candidate, judged)
                if option is not None:
                    _gather(option, found)
        return tuple(found.values())

    def bonuses(self, options: Sequence[Option]) -> tuple[Option, ...]:
        """What goes beyond the expected, on top of the best options that leave nothing broken.

        Where nothing is broken as it is, each bonus stands by itself too.
        """
        whole = [option for option in sorted(options, key=lambda each: each.best_first) if option.scored.is_whole]
        ideas = tuple(self._beyond())
        alone = ideas if self.before.is_whole else ()
        upon = (united([option.idea, idea]) for option, idea in product(whole[:MOST_BASES], ideas))
        tried = (idea.scored(self.trial) for idea in (*alone, *(each for each in upon if each is not None)))
        return tuple(option for option in tried if option is not None and self.lifts(option))

    def dissolving(self) -> Iterator[Judged]:
        """The findings of which some candidate leaves nothing to score: what was amiss is all that the record shows."""
        for judged in sorted(self._asking(), key=self._urgency):
            tried = [self.trial.score(changes) for candidate in self._candidates(judged) for changes in candidate]
            if any(scored is not None and scored.tally.score is None for scored in tried):
                yield judged

    def lifts(self, option: Option) -> bool:
        """Whether an option is worth more than what was done."""
        return option.scored.worth > self.before.worth

    def gain(self, option: Option) -> float:
        """By how much an option lifts the printed score."""
        return round(option.scored.worth[0] - self.before.worth[0], 1)

    def calculated_gain(self, option: Option) -> float:
        """By how much an option lifts the score before gates."""
        return round(option.scored.worth[1] - self.before.worth[1], 1)

    @property
    def is_pleasant(self) -> bool:
        """Whether the encounter was good as it was."""
        return self.before.tally.band is not None and self.before.tally.band.is_pleasant

    # --- who asks for something -----------------------------------------------------------------------------------

    def _asking(self) -> Iterator[Judged]:
        """The counted findings, bonuses aside, that were judged and not quite met."""
        return (each for each in self.judged if not _is_bonus(each) and self._is_lacking(each))

    def _beyond(self) -> Iterator[Idea]:
        """A first idea for each candidate of each bonus that the customer called for; where none is, of the free ones.

        A machine is asked for none of these: it has no gestures of its own.
        """
        lacking = [each for each in self.judged if _is_bonus(each) and self._is_lacking(each)]
        called = [each for each in lacking if not each.criterion.free]
        is_machine = self.known.timeline.encounter.channel is Channel.SELF_SERVICE
        for judged in called or (() if is_machine else lacking):
            yield from (Idea(candidate[0], (judged,)) for candidate in self._candidates(judged))

    def _is_lacking(self, judged: Judged) -> bool:
        settled = self.before.settled[judged.criterion.id]
        return settled.counted and settled.rating is not None and (settled.fulfilment or 0.0) < 1

    def _urgency(self, judged: Judged) -> tuple[int, float, str]:
        """Grave first, then what was missed, then penalties; among equals what costs most."""
        settled = self.before.settled[judged.criterion.id]
        points = self.before.tally.points.get(judged.criterion.id, 0.0)
        is_grave = judged.criterion.role is Role.MUST and (settled.rating or 0) <= GRAVE_AT
        kind = 0 if is_grave and judged.criterion.caps is not Caps.NONE else 1
        return (2 if judged.criterion.role is Role.PENALTY else kind), points, judged.criterion.id

    # --- what they ask for ----------------------------------------------------------------------------------------

    def _candidates(self, judged: Judged) -> Iterator[Candidate]:
        return candidates_of(Found(judged, self.known, Changer(self.known)))

    def _first_that_lifts(self, candidate: Candidate, judged: Judged) -> Option | None:
        """The first alternative that lifts the score; `None` if none does, or the allowance for single ones is used."""
        for changes in candidate:
            if self.trial.count >= MOST_SINGLY:
                return None
            option = Idea(changes, (judged,)).scored(self.trial)
            if option is not None and self.lifts(option):
                return option
        return None


def _is_bonus(judged: Judged) -> bool:
    return judged.criterion.role is Role.BONUS


def _gather(option: Option, found: dict[Changes, Option]) -> None:
    """Note an option; where another criterion asks for the same, note who asks beside it."""
    changes = option.idea.changes
    known = found.get(changes)
    if known is None:
        found[changes] = option
    else:
        asked = tuple({each.criterion.id: each for each in (*known.idea.asked, *option.idea.asked)}.values())
        found[changes] = attrs.evolve(known, idea=attrs.evolve(known.idea, asked=asked))
