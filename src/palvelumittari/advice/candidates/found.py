"""A finding as the search for advice sees it."""

from __future__ import annotations

import attrs

from palvelumittari.advice.changing import Changer
from palvelumittari.advice.known import Known
from palvelumittari.advice.proposals import Proposal, good_act
from palvelumittari.records.changes import Change
from palvelumittari.records.verdict import Part, Weighs
from palvelumittari.reference import Judged

Changes = tuple[Change, ...]
Candidate = tuple[Changes, ...]
"""Alternatives, the first that lifts the score is taken; each is a set of changes."""

MOST_AT_ONCE = 10
"""How many occasions of one finding a piece of advice answers."""


@attrs.frozen
class Found:
    """A judged criterion with its evidence, the timeline that it was judged on, and who makes changes of it."""

    judged: Judged
    known: Known
    changer: Changer

    @property
    def good(self) -> Proposal | None:
        """What the criterion wants instead of what was wrong."""
        return good_act(self.judged.criterion, self.known.vocabulary)

    @property
    def fulfilment(self) -> float:
        """How far the criterion was fulfilled."""
        return self.judged.judgement.fulfilment or 0.0

    @property
    def unanswered(self) -> tuple[int, ...]:
        """The events that called for an act which did not come, or not in time."""
        return self._cited(Part.TRIGGER, Weighs.AGAINST)

    @property
    def offending(self) -> tuple[int, ...]:
        """The events that should not have been."""
        return self._cited(Part.CREDIT, Weighs.AGAINST)

    @property
    def credited(self) -> tuple[int, ...]:
        """The events that were good."""
        return self._cited(Part.CREDIT, Weighs.FOR)

    @property
    def mine(self) -> tuple[int, ...]:
        """The offending events that are the server's to change."""
        return self.known.mine(self.offending)

    def _cited(self, part: Part, weighs: Weighs) -> tuple[int, ...]:
        evidence = self.judged.evidence
        return tuple(each.event for each in evidence if each.part is part and each.weighs is weighs)

    def instead_of(self, events: tuple[int, ...]) -> Candidate:
        """The good act in place of events, else none of them at all."""
        if not events:
            return ()
        removed = self.changer.remove(events)
        instead = self._instead(events)
        return (removed,) if instead is None else ((self.changer.replace(events, instead),), removed)

    def _instead(self, events: tuple[int, ...]) -> Proposal | None:
        """The good act; what was done, but without tags, where the rubric names it and only the manner was wrong."""
        done = {self.known.events[index].act for index in events}
        is_tagged = all(self.known.events[index].tags for index in events)
        if is_tagged and len(done) == 1 and done <= set(self.judged.criterion.instead):
            return Proposal(min(done))
        return None if self.good is None or self.good.act in done else self.good

    def done_after(self, after: int, proposal: Proposal) -> Changes:
        """An act right behind an event that calls for it; the task comes in place of a refusal, not beside it."""
        refusal = self.known.refusal(after) if self.known.is_core(proposal.act) else None
        return self.added(after, proposal) if refusal is None else (self.changer.replace((refusal,), proposal),)

    def added(self, after: int | None, proposal: Proposal | None) -> Changes:
        """An act behind an event; nothing where there is no place or no act."""
        return () if after is None or proposal is None else (self.changer.add(after, proposal),)
