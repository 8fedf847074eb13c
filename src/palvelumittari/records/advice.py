"""Advice: the smallest changes to what the server did that lift the score of an encounter most."""

from __future__ import annotations

import attrs

from palvelumittari.records.changes import Change, changed
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.explanations import advice as explanation
from palvelumittari.records.verdict import Band, Outcome
from palvelumittari.words.text import Text


@attrs.frozen(kw_only=True)
class Asked:
    """A criterion that asks for a change: its id and title, and the rubric's own advice text."""

    criterion: str
    title: Text
    advice: Text | None = None


@attrs.frozen(kw_only=True)
class Move:
    """What a change does to one counted criterion: its outcome and points, before and after."""

    criterion: str
    title: Text
    before: Outcome
    after: Outcome
    points_before: float
    points_after: float


@attrs.frozen(kw_only=True)
class Piece:
    """A piece of advice, or a combination of several: changes, and the verdict that scoring them gave.

    `score` and `band` are those of the changed timeline, `gain` is `score` less the score as it was (one decimal),
    `calculated_gain` the same of the scores before gates: where a gate holds the band, only this one may move.
    `asked` are the criteria that ask for it, `moves` all counted criteria whose outcome or points it changes.
    """

    changes: tuple[Change, ...]
    asked: tuple[Asked, ...]
    moves: tuple[Move, ...]
    score: float
    band: Band
    gain: float
    calculated_gain: float

    @property
    def event_count(self) -> int:
        """How many events are other than they were."""
        return sum(change.event_count for change in self.changes)

    def apply(self, encounter: Encounter) -> Encounter:
        """The encounter as it would have been with this piece of advice taken.

        Raises:
            EncounterError: If this is not the encounter that the advice was asked for.
        """
        return changed(encounter, self.changes)


@attrs.frozen(kw_only=True)
class Advice:
    """What the server could have done to make an encounter better.

    `score` and `band` are those of the encounter as it was, `None` where it has none (then there are no pieces).
    `pieces` lift the score by themselves, the best first: the most gain for each event changed, a bonus last. Where
    gates hold the score so that no piece lifts it, they lift the score before gates.
    `together` is the best combination of up to three, `None` if none beats the best piece. `next_band` is the least
    that lifts the verdict a band, `None` if nothing that was tried does. `rescorings` counts the timelines that were
    scored, at most 100. `open` are, where there is no score, the titles of criteria that somebody called for and that
    the record leaves open. `unpromised` are, where there are no pieces, the criteria that ask for a change after which
    nothing would be left to score.
    """

    encounter: str
    score: float | None
    band: Band | None
    pieces: tuple[Piece, ...] = ()
    together: Piece | None = None
    next_band: Piece | None = None
    open: tuple[Text, ...] = ()
    unpromised: tuple[Asked, ...] = ()
    rescorings: int = 0

    def explain(self, language: str = "en") -> str:
        """The advice as a text to read, in `en`, `fi` or `sv`; texts that lack a translation stay English."""
        return explanation.explain(self, language)
