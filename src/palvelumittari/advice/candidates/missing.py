"""What was missing: an answer, a first act, a prompt one, or an act in its phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palvelumittari.advice.candidates.found import MOST_AT_ONCE, Candidate, Changes, Found
from palvelumittari.advice.proposals import Proposal, first_of
from palvelumittari.records.measure import Phase, Precedes, Prompt, Responds, Rule, Shows
from palvelumittari.records.selector import Selector

_SINGLY = 3
"""How many unanswered occasions are also answered one by one."""


def of_responds(measure: Responds, found: Found) -> Iterator[Candidate]:
    """A good act right behind each unanswered trigger: behind all together, then behind one alone."""
    called = found.unanswered[:MOST_AT_ONCE]
    answers = [_answer(_rule_of(measure, index, found).with_, index, found) for index in called]
    yield (_once_each(answers),)
    if len(answers) > 1:
        yield from ((answer,) for answer in answers[:_SINGLY])


def _rule_of(measure: Responds, index: int, found: Found) -> Rule:
    timeline = found.known.timeline
    return next(rule for rule in measure.rules if timeline.is_match(found.known.events[index], rule.after))


def _once_each(answers: Iterable[Changes]) -> Changes:
    """All answers together; one event can be moved or give way for one trigger only, the first."""
    moved: set[int] = set()
    together = []
    for change in (change for answer in answers for change in answer):
        if moved.isdisjoint(change.events):
            moved.update(change.events)
            together.append(change)
    return tuple(together)


def _answer(wanted: Selector, after: int, found: Found) -> Changes:
    """What came too late comes in time; else what is wanted is added, unless it is the task and comes later anyway."""
    late = [index for index in found.known.later(wanted, after) if index not in found.credited]
    movable = found.known.mine(late)
    if movable:
        return (found.changer.move_earlier(movable[0], after),)
    proposal = _proposal(wanted, found)
    if proposal is None or (late and found.known.is_core(proposal.act)):
        return ()
    return found.done_after(after, proposal)


def _proposal(wanted: Selector, found: Found) -> Proposal | None:
    return found.good if found.judged.criterion.instead else first_of(wanted, found.known.vocabulary)


def of_prompt(measure: Prompt, found: Found) -> Iterator[Candidate]:
    """The act right behind what called for it."""
    for index in found.unanswered[:1]:
        yield (_answer(measure.act, index, found),)


def of_precedes(measure: Precedes, found: Found) -> Iterator[Candidate]:
    """What should come first, before the first rash act: moved there if it came later, else added."""
    yield (_answer(measure.first, found.offending[0] - 1, found),)


def of_shows(measure: Shows, found: Found) -> Iterator[Candidate]:
    """The wanted act: right behind its trigger, or where its phase and its condition allow; in each phase it lacks."""
    if found.unanswered and not found.credited:
        yield (_answer(measure.act, found.unanswered[0], found),)
        return
    if found.good is None or found.known.is_core(found.good.act):
        return
    phases = _phases_lacking(measure, found) or (measure.phase,)
    for phase in phases:
        yield (found.added(found.known.place_for(found.good.act, phase, measure.while_), found.good),)


def _phases_lacking(measure: Shows, found: Found) -> tuple[tuple[Phase, ...], ...]:
    """The phases in which the act has not been seen, where several are wanted."""
    if measure.phases == 1:
        return ()
    reached = {found.known.timeline.phases[index] for index in found.credited}
    return tuple((phase,) for phase in (Phase.OPENING, Phase.CLOSING) if phase not in reached)
