"""What was graded low: it becomes the best, comes at the better time, or what is lacking is added."""

from __future__ import annotations

from collections.abc import Iterator

from palvelumittari.advice.candidates.found import Candidate, Changes, Found
from palvelumittari.advice.proposals import Proposal, first_of
from palvelumittari.records.encounter import Actor
from palvelumittari.records.measure import Grade, Grades, Pick


def of_grades(measure: Grades, found: Found) -> Iterator[Candidate]:
    """What should not have been becomes the best act; a good act at a bad time moves; lacking steps are added."""
    if measure.pick is Pick.SUM:
        yield from _steps(measure, found)
        return
    instead = found.instead_of(found.mine)
    if measure.pick is Pick.WORST and found.offending:
        yield (*_moved(measure, found), *instead, *_made_good(measure, found), *_prepared(found))
    else:  # where the best counts nothing is taken away: without any evidence an excerpt would only look better
        best = _best(measure)
        is_right = any(_is_of(best, index, found) for index in _graded(found))  # only what goes before it was lacking
        first, then = (_prepared(found), instead[:-1]) if is_right else (instead[:-1], ())
        yield (*_moved(measure, found), *first, *then, _added(measure, best, found, found.good))


def _best(measure: Grades) -> Grade:
    return max(measure.acts, key=lambda grade: grade.is_)


def _made_good(measure: Grades, found: Found) -> Iterator[Changes]:
    """The good act behind what is not the server's to change, where that heals: a promise kept late is kept."""
    if found.good is not None and not found.mine and measure.healed is not None:
        healing = found.known.vocabulary.any_of(*measure.healed.acts)
        if found.good.act in healing:
            yield found.added(found.offending[-1], found.good)


def _prepared(found: Found) -> Iterator[Changes]:
    """What the rubric names, before what the server did without it: papers are asked for before the beer is poured."""
    rash = [index for index in _graded(found) if found.known.events[index].by is Actor.SERVER]
    if rash and found.good is not None and found.judged.criterion.instead and not found.known.is_core(found.good.act):
        yield found.added(rash[0] - 1, found.good)


def _moved(measure: Grades, found: Found) -> Iterator[Changes]:
    """An act of the best step that did not get its grade, because of its phase or of what held then."""
    best = _best(measure)
    acts = (index for index in _graded(found) if _is_of(best, index, found))
    for index in found.known.mine(acts)[:1]:
        place = found.known.place_for(found.known.events[index].act, best.phase, best.while_)
        if found.fulfilment < best.is_ and place is not None and place < index:
            yield (found.changer.move_earlier(index, place),)


def _steps(measure: Grades, found: Found) -> Iterator[Candidate]:
    """The steps of a sum that nothing has reached yet, those that are worth most first, until it would be full."""
    reached = {grade for grade in measure.acts if any(_is_of(grade, index, found) for index in _graded(found))}
    share = sum(grade.is_ for grade in reached)
    for grade in sorted(measure.acts, key=lambda grade: -grade.is_):
        if grade not in reached and round(share, 9) < 1:
            share += grade.is_
            yield (_added(measure, grade, found, first_of(grade.act, found.known.vocabulary)),)


def _graded(found: Found) -> tuple[int, ...]:
    """The events that were graded, in order."""
    return tuple(sorted((*found.credited, *found.offending)))


def _is_of(grade: Grade, index: int, found: Found) -> bool:
    return found.known.timeline.is_match(found.known.events[index], grade.act)


def _added(measure: Grades, grade: Grade, found: Found, proposal: Proposal | None) -> Changes:
    """An act behind what was done already, else behind what called for it; where nothing called, in its phase."""
    if proposal is None:
        return ()
    behind = (_graded(found) or found.unanswered) if measure.after is not None else ()
    if behind:
        return found.done_after(behind[-1], proposal)
    if found.known.is_core(proposal.act):  # nobody asked for the task, so to add it would be an exploit
        return ()
    return found.added(found.known.place_for(proposal.act, grade.phase, grade.while_), proposal)
