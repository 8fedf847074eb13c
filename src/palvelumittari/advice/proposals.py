"""Which act is proposed: the first one that a criterion names and that the vocabulary lets the server do."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from palvelumittari.records.encounter import Actor
from palvelumittari.records.measure import Grades, Measure, Precedes, Prompt, Responds, Shows
from palvelumittari.records.rubric import Criterion
from palvelumittari.records.selector import Alternative, Selector
from palvelumittari.records.vocabulary import Vocabulary

GIVEN_FOR_NOTHING = ("gift", "compensate")
"""Acts that never mend what is broken; they are proposed only where nothing is."""


@attrs.frozen
class Proposal:
    """An act for the server, with whom it is meant for (`None`: the customer) and its tags."""

    act: str
    to: Actor | None = None
    tags: tuple[str, ...] = ()


QUIET = Proposal("quiet")
"""What comes in place of words for which the rubric names nothing better."""


def good_act(criterion: Criterion, vocabulary: Vocabulary) -> Proposal | None:
    """What a criterion wants instead of what was wrong: its `instead`, else the first act of its measure.

    `None` if it names no act that the server may do.
    """
    named = (_able(act, vocabulary) for act in criterion.instead)
    found = next((Proposal(act) for act in named if act is not None), None)
    wanted = wanted_by(criterion.measure)
    return found or (None if wanted is None else first_of(wanted, vocabulary))


def wanted_by(measure: Measure) -> Selector | None:
    """The acts that a measure wants; `None` where it only knows unwanted ones, or asks Python."""
    match measure:
        case Shows(act=act) | Prompt(act=act):
            return act
        case Responds(rules=rules):
            return rules[0].with_
        case Precedes(first=first):
            return first
        case Grades(acts=acts):
            best = max(acts, key=lambda grade: grade.is_)
            return best.act if best.is_ > min(grade.is_ for grade in acts) or best.is_ >= 1 else None
        case _:
            return None


def first_of(selector: Selector, vocabulary: Vocabulary) -> Proposal | None:
    """The first alternative of a selector that the server may do."""
    return next(_proposals(selector, vocabulary), None)


def _proposals(selector: Selector, vocabulary: Vocabulary) -> Iterator[Proposal]:
    for alternative in selector.alternatives:
        act = _able(alternative.act, vocabulary) if Actor.SERVER in alternative.actors else None
        if act is not None:
            yield Proposal(act, _addressee(alternative), alternative.tags)


def _addressee(alternative: Alternative) -> Actor | None:
    """Whom to address: nobody in particular where the customer will do."""
    if alternative.to is None or Actor.CUSTOMER in alternative.to:
        return None
    return min(alternative.to, key=list(Actor).index)


def _able(name: str, vocabulary: Vocabulary) -> str | None:
    """An act if the server may do it; of a group the first member."""
    act = vocabulary.acts.get(name)
    if act is not None and act.is_group:
        return next((found for found in (_able(each, vocabulary) for each in act.members) if found), None)
    able = act is not None and Actor.SERVER in act.by
    return name if able and name not in vocabulary.any_of(*GIVEN_FOR_NOTHING) else None
