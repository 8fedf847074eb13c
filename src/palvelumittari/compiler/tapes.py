"""Tapes: which events each list of the walk gathers, and the classes of events that are treated alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from palvelumittari.records.encounter import SIDE_OF, Actor, Event, Side
from palvelumittari.records.selector import ANYBODY, Selector
from palvelumittari.records.vocabulary import Vocabulary

TURN_CODES = 8
"""A code of an event is `class * TURN_CODES + turn code`."""


@attrs.frozen(kw_only=True)
class Test:
    """What a selector asks of a single event beside its actor and act; nothing, if all three are empty.

    `by_default` says whether an event of which nobody noted to whom it was fits `to`, which its actor decides.
    """

    __test__ = False  # no test of pytest's

    to: frozenset[Actor] | None = None
    tags: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    by_default: bool = True

    @property
    def is_free(self) -> bool:
        """Whether every event passes."""
        return self.to is None and not self.tags and not self.without


ALWAYS = Test()


@attrs.frozen
class Wanted:
    """Events by some actors with some acts that pass a test."""

    actors: frozenset[Actor]
    acts: frozenset[str]
    test: Test = ALWAYS


Tape = tuple[Wanted, ...]
"""What one list gathers: events that any of these want."""

Kind = tuple[Actor, str]
"""An actor and an act: all that is known of an event before it is looked at."""


def tape_of(selector: Selector, vocabulary: Vocabulary) -> Tape:
    """The tape that gathers what a selector selects."""
    return tuple(
        Wanted(each.actors, vocabulary.selected[each.act], Test(to=each.to, tags=each.tags, without=each.without))
        for each in selector.alternatives
    )


def plain_tape(vocabulary: Vocabulary, *acts: str, by: frozenset[Actor] = ANYBODY) -> Tape:
    """The tape of all that some acts, kinds included, select; acts that nobody declares select nothing."""
    return (Wanted(by, vocabulary.any_of(*acts)),)


def tests_by_kind(tape: Tape) -> Mapping[Kind, tuple[Test, ...]]:
    """For each actor and act that a tape may want: the tests, any of which is enough; one free test alone."""
    found: dict[Kind, tuple[Test, ...]] = {}
    for wanted in tape:
        for actor in wanted.actors:
            test = _of_actor(wanted.test, actor)
            for act in wanted.acts:
                before = found.get((actor, act), ())
                if before == (ALWAYS,) or test.is_free:
                    found[actor, act] = (ALWAYS,)
                elif test not in before:
                    found[actor, act] = (*before, test)
    return found


def _of_actor(test: Test, actor: Actor) -> Test:
    """The test of what an actor does, for whom it is known whom he addresses by default."""
    if test.to is None:
        return test
    return attrs.evolve(test, by_default=Event(actor, "").addressee in test.to)


def turn_code(actor: Actor, speaks: bool) -> int:
    """0 for those who take no turns, else 1 or 2 for the customer's side and 3 or 4 for staff, more if it speaks."""
    side = SIDE_OF.get(actor)
    if side is None:
        return 0
    return (1 if side is Side.CUSTOMER else 3) + speaks


def codes_of(vocabulary: Vocabulary, classes: Mapping[Kind, int]) -> dict[Actor, dict[str, int]]:
    """The code of every event that may stand in a timeline, by its actor and its act; class 0 concerns nobody."""
    return {actor: dict(_codes_of(actor, vocabulary, classes)) for actor in Actor}


def _codes_of(actor: Actor, vocabulary: Vocabulary, classes: Mapping[Kind, int]) -> Iterable[tuple[str, int]]:
    for name, act in vocabulary.acts.items():
        yield name, classes.get((actor, name), 0) * TURN_CODES + turn_code(actor, act.speaks)
