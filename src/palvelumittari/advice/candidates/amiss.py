"""What was amiss: acts that should not have been, or should have stopped, and what Python measures object to."""

from __future__ import annotations

from collections.abc import Iterator

from palvelumittari.advice.candidates.found import MOST_AT_ONCE, Candidate, Changes, Found
from palvelumittari.advice.proposals import first_of
from palvelumittari.records.measure import Avoids, Calls, Ceases
from palvelumittari.records.selector import STAFF


def of_avoids(measure: Avoids, found: Found) -> Iterator[Candidate]:
    """What went beyond the allowance becomes the good act; what cannot be undone is made good.

    An act that does the task, such as putting right, never comes in place of what was wrong: then there would be
    nothing to put right.
    """
    beyond = found.known.mine(found.offending[measure.allow :])
    remedies = found.good is not None and found.known.is_core(found.good.act) and measure.healed is not None
    yield (*(() if remedies else found.instead_of(beyond)), _healed(measure, found))


def _healed(measure: Avoids, found: Found) -> Changes:
    """The act that heals, right behind what staff did wrong; nothing heals after the customer has given up."""
    by_staff = [index for index in found.offending if found.known.events[index].by in STAFF]
    if measure.healed is None or not by_staff:
        return ()
    return found.added(by_staff[-1], first_of(measure.healed, found.known.vocabulary))


def of_ceases(_: Ceases, found: Found) -> Iterator[Candidate]:
    """What went on becomes the good act, all of it together."""
    yield found.instead_of(found.mine)


def of_calls(_: Calls, found: Found) -> Iterator[Candidate]:
    """What the function objects to becomes the good act, or shorter; where it is nobody's, the good act is added."""
    yield found.instead_of(found.mine)
    for index in found.mine[:1]:
        lasts_ms = found.known.events[index].lasts_ms
        if lasts_ms:
            yield ((found.changer.shorten(index, lasts_ms // 2),),)
    if not found.mine and found.good is not None and not found.known.is_core(found.good.act):
        places = [index for index in found.offending if found.known.events[index].by not in STAFF]
        yield (tuple(found.changer.add(index, found.good) for index in places[:MOST_AT_ONCE]),)
