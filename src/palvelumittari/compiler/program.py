"""The program: the generated function in the making, and all that its parts ask it to have at hand.

Emitters write what happens after the walk and name what they need on the way: lists of events, readings, fields. The
walk is written last, so it gathers just that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from palvelumittari.compiler.layout import RECORDS, RecordLayout
from palvelumittari.compiler.running import bits_of
from palvelumittari.compiler.source import Constants, Source
from palvelumittari.compiler.tapes import Tape, plain_tape, tape_of
from palvelumittari.records.encounter import Actor, Side
from palvelumittari.records.rubric import Rubric
from palvelumittari.records.selector import STAFF, Alternative, Selector
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import EvaluationError, Problem

Functions = Mapping[str, Callable[..., Any]]
Masks = frozenset[int]


@attrs.define
class Program:
    """A rubric's function in the making."""

    rubric: Rubric
    vocabulary: Vocabulary
    functions: Functions
    layout: RecordLayout = RECORDS
    constants: Constants = attrs.field(factory=Constants)
    whens: Source = attrs.field(factory=Source)
    tapes: dict[Tape, str] = attrs.field(factory=dict)
    readings: dict[str, int] = attrs.field(factory=dict)
    fields: dict[str, str] = attrs.field(factory=dict)
    known: dict[frozenset[int], int] = attrs.field(factory=dict)
    when_names: dict[str, str] = attrs.field(factory=dict)
    needs_phases: bool = False
    runs_needed: set[Side] = attrs.field(factory=set)
    _names: int = 0

    def fresh(self, stem: str) -> str:
        """A name that nothing else has."""
        self._names += 1
        return f"{stem}{self._names}"

    def constant(self, value: Any) -> str:
        """The name of a constant."""
        return self.constants.name(value)

    # --- what is gathered ---------------------------------------------------------------------------------------

    def gathered(self, tape: Tape) -> str:
        """The list of the events that a tape wants."""
        return self.tapes.setdefault(tape, f"m{len(self.tapes)}")

    def matches(self, selector: Selector | None) -> str:
        """The list of the events that a selector selects; an empty one for no selector."""
        return "()" if selector is None else self.gathered(tape_of(selector, self.vocabulary))

    @property
    def leavings(self) -> str:
        """The list of the events at which the customer leaves or abandons."""
        return self.gathered(plain_tape(self.vocabulary, "leave", by=frozenset({Actor.CUSTOMER})))

    def phase_tapes(self) -> tuple[str, ...]:
        """The lists that `find_phases` takes, in its order."""
        words, core = self.vocabulary, self.vocabulary.core_acts
        ending = words.any_of("charge", "pay", "deliver")
        everybody = plain_tape(words)[0].actors
        tapes: Iterable[Tape] = (
            plain_tape(words, "arrive", by=frozenset({Actor.CUSTOMER})),
            (attrs.evolve(plain_tape(words)[0], actors=everybody, acts=core),),
            (attrs.evolve(plain_tape(words)[0], actors=everybody, acts=core - ending),),
            plain_tape(words, "request"),
            plain_tape(words, "charge", "pay", "deliver", "thank", "farewell", "leave"),
            plain_tape(words, "answer", "explain", "help", "recommend", "refer", by=STAFF),
        )
        return tuple(map(self.gathered, tapes))

    # --- what is looked up --------------------------------------------------------------------------------------

    def phases(self) -> str:
        """The list of the phases of all events."""
        self.needs_phases = True
        return "phases"

    def runs(self, side: Side) -> str:
        """The ending of the names that hold the runs of a side: `own_`, `firsts_`, `lasts_` and so on."""
        self.runs_needed.add(side)
        return "customer" if side is Side.CUSTOMER else "staff"

    def field(self, name: str) -> str:
        """The local that holds a context field, or `None`."""
        return self.fields.setdefault(name, f"f{len(self.fields)}")

    def reading(self, name: str) -> int:
        """The number of a reading: `a3` lists the events that moved it, `v3` its values."""
        return self.readings.setdefault(name, len(self.readings))

    def is_reading(self, name: str) -> bool:
        """Whether a name in a condition is that of a reading."""
        return name in self.rubric.readings

    def absence_is_known(self, *selectors: Selector) -> str:
        """Whether the record would show every alternative of some selectors."""
        masks = frozenset(
            bits_of(self.vocabulary.acts[act].modalities)
            for selector in selectors
            for alternative in selector.alternatives
            for act in self._named(alternative)
        )
        place = self.known.setdefault(masks, len(self.known))
        return f"known[{place}]"

    def _named(self, alternative: Alternative) -> tuple[str, ...]:
        act = self.vocabulary.acts[alternative.act]
        return act.members if act.is_group else (act.id,)


class CannotCompileError(EvaluationError):
    """A rubric that the compiler does not take; the reference interpreter judges it all the same."""

    def __init__(self, what: str) -> None:
        """Say what it is that cannot be compiled."""
        super().__init__(Problem(what, hint='use the other engine: Meter(engine="reference")'))
