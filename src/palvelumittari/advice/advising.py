"""Advising: candidates from the findings, tried one by one and together, the best of them told."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

import attrs

from palvelumittari.advice.bench import Bench, Scored, Trial
from palvelumittari.advice.combining import Option, best_together, combined, least_lift
from palvelumittari.advice.known import known_of
from palvelumittari.advice.searching import Search
from palvelumittari.records.advice import Advice, Asked, Move, Piece
from palvelumittari.records.changes import ChangeKind
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Outcome
from palvelumittari.reference import Judged, Judgements
from palvelumittari.words.text import Text

_PLACES = 9
"""To how many decimals points are rounded, as in a verdict."""


def advise(encounter: Encounter, bench: Bench) -> Advice:
    """The smallest changes to what the server did that lift the score most, each verified by scoring.

    Guided by the findings: what should not have been becomes what the criterion wants, in the same place; what was
    missing is added where it was called for, or in its phase. Grave findings come first, then missed cues, then
    penalties; a bonus last, one at most, and only where nothing is broken. Neither the customer's nor the system's
    nor a colleague's events are touched, nor core acts, nor the situation.
    """
    judgements = bench.judge(encounter)
    before = bench.scored(judgements)
    score, band = before.tally.score, before.tally.band
    if score is None or band is None:
        return Advice(encounter=encounter.id, score=None, band=None, open=tuple(_open(judgements, before)))
    trial = Trial(bench, encounter)
    search = Search(known_of(encounter, bench), judgements.judged, before, trial)
    mends = search.mends()
    several = tuple(combined(mends, trial))
    bonuses = search.bonuses((*mends, *several))
    options = (*mends, *several, *bonuses)
    teller = _Teller(search, {each.criterion.id: each for each in judgements.judged})
    return Advice(
        encounter=encounter.id,
        score=score,
        band=band,
        pieces=tuple(map(teller.piece, teller.best_first(mends, bonuses))),
        together=teller.maybe(best_together(options, before)),
        next_band=teller.maybe(least_lift(options, band)),
        unpromised=() if options else tuple(map(_asked, search.dissolving())),
        rescorings=trial.count,
    )


def _open(judgements: Judgements, before: Scored) -> Iterator[Text]:
    """The titles of counted criteria that somebody called for and that the record leaves undecided."""
    for judged in judgements.judged:
        settled = before.settled[judged.criterion.id]
        if settled.counted and settled.outcome is Outcome.UNDECIDED:
            yield judged.criterion.title


def _asked(judged: Judged) -> Asked:
    criterion = judged.criterion
    return Asked(criterion=criterion.id, title=criterion.title, advice=criterion.advice)


def _is_less(one: Option, other: Option) -> bool:
    """Whether an option gets as far as another one with only some of its changes."""
    return set(one.idea.changes) < set(other.idea.changes) and one.scored.worth >= other.scored.worth


def _each_once(options: Iterable[Option]) -> Iterator[Option]:
    """Of options that say the same in another place, or put another act in place of the same events, the first one."""
    told: set[Hashable] = set()
    for option in options:
        marks = {_thing_said(option), _events_replaced(option)}
        if marks.isdisjoint(told):
            yield option
        told |= marks


def _thing_said(option: Option) -> Hashable:
    asked = tuple(each.criterion.id for each in option.idea.asked)
    return asked, tuple((change.kind, change.act) for change in option.idea.changes)


def _events_replaced(option: Option) -> Hashable:
    changes = option.idea.changes
    is_replacing = all(change.kind is ChangeKind.REPLACE for change in changes)
    return tuple(change.events for change in changes) if is_replacing else changes


@attrs.frozen
class _Teller:
    """Turns options into pieces of advice."""

    search: Search
    judged: Mapping[str, Judged]

    def best_first(self, mends: Sequence[Option], bonuses: Sequence[Option]) -> list[Option]:
        """The single options that lift the score, by their gain for each event; the best bonus last.

        Where so much is wrong that gates hold the printed score, those that lift the score before gates.
        """
        is_held = not any(map(self.search.gain, mends)) and not self.search.is_pleasant
        gain = self.search.calculated_gain if is_held else self.search.gain
        lifting = [each for each in mends if gain(each) > 0]
        told = [each for each in lifting if not any(_is_less(one, each) for one in lifting)]
        told = list(_each_once(sorted(told, key=lambda each: (-gain(each) / each.idea.event_count, each.best_first))))
        best = min((each for each in bonuses if each.idea.parts == 1), key=lambda each: each.best_first, default=None)
        return told + ([best] if best is not None and self.search.gain(best) > 0 else [])

    def maybe(self, option: Option | None) -> Piece | None:
        return None if option is None else self.piece(option)

    def piece(self, option: Option) -> Piece:
        """What an option changes, who asks for it, and what it moves."""
        return Piece(
            changes=option.idea.changes,
            asked=tuple(map(_asked, option.idea.asked)),
            moves=tuple(self._moves(option.scored)),
            score=option.scored.worth[0],
            band=option.band,
            gain=self.search.gain(option),
            calculated_gain=self.search.calculated_gain(option),
        )

    def _moves(self, after: Scored) -> Iterator[Move]:
        for criterion, now in after.settled.items():
            was = self.search.before.settled[criterion]
            earned, earns = (
                round(each.tally.points.get(criterion, 0.0), _PLACES) for each in (self.search.before, after)
            )
            if (was.counted or now.counted) and (was.outcome, earned) != (now.outcome, earns):
                yield Move(
                    criterion=criterion,
                    title=self.judged[criterion].criterion.title,
                    before=was.outcome,
                    after=now.outcome,
                    points_before=earned,
                    points_after=earns,
                )
