"""How fair a recovery was: redress, regret, respect, care, initiative, ease and speed, each with its evidence.

What was good counts from the failure on. What was bad counts only in the encounters in which somebody was at the
failure: the others are told by the standing during the failure, and nothing is counted twice. The sizes are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from palvelumittari.records.episode import FailureKind, Justice, JusticeKind, JusticePart, Part
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup.moments import Citing, Moment, elapsed_ms
from palvelumittari.rollup.recovery import Weights, speed_of
from palvelumittari.words.frozen import FrozenMap

REDRESS: Mapping[FailureKind, FrozenMap[float]] = MappingProxyType(
    {
        FailureKind.MONEY: FrozenMap({"refund": 1.0, "fix": 1.0, "compensate": 1.0, "gift": 0.5}),
        FailureKind.SERVICE: FrozenMap({"fix": 1.0, "refund": 0.75, "compensate": 0.75, "gift": 0.5}),
    }
)
"""What each act makes good, by what was lost: a resource helps most when it is of the kind that was lost (Smith,
Bolton & Wagner 1999). Several add up to 1 at most; one that is tagged `#minor` makes good half."""

REGRET = FrozenMap({"apologise": 1.0, "own": 0.75, "empathise": 0.75})
"""How far each act says that the firm is sorry; the best one counts."""

RESPECT_LOST = ("blame", "lecture", "rush", "interrupt", "sigh")
CARE = (
    "explain",
    "extra_effort",
    "contact",
    "call_for",
    "escalate",
    "refer_warm",
    "keep_promise",
    "offer_help",
    "host",
)
BURDENS = ("repeat_self", "refer_cold", "refer_number", "hold")
BURDEN = 0.25
"""How much of the ease is gone with each thing that the customer was put to."""

ASKING = ("complain", "request", "ask", "repeat_self")
MINOR = "minor"


@attrs.frozen(kw_only=True)
class Course:
    """What a recovery is judged by.

    `since` are the moments after the failure, `attended` those among them in encounters in which somebody was at it,
    `efforts` the acts that acknowledge, begin or repair. `failed` is the failure (`None`: nobody noted the moment),
    `half_life_ms` the half-life of the credit for speed.
    """

    since: Sequence[Moment]
    attended: Sequence[Moment]
    efforts: frozenset[str]
    repairs: frozenset[str]
    failed: Moment | None
    half_life_ms: Callable[[Moment], int]
    customer_at_fault: bool
    unknown_speed: float


@attrs.frozen
class Judge:
    """Judges the course of a recovery."""

    course: Course
    citing: Citing

    def judge(self, kind: FailureKind, weights: Weights) -> tuple[Justice, ...]:
        """The three kinds of justice; all are 0 where nobody did anything about the failure."""
        parts = {
            JusticeKind.DISTRIBUTIVE: (self.redress(kind),),
            JusticeKind.INTERACTIONAL: (self.regret(), self.respect(), self.care()),
            JusticeKind.PROCEDURAL: (self.initiative(), self.ease(), self.speed()),
        }
        if self.first_effort is None:
            parts = {name: tuple(attrs.evolve(each, value=0.0) for each in some) for name, some in parts.items()}
        return tuple(Justice(kind=k, value=_mean(some), weight=weights[k], parts=some) for k, some in parts.items())

    @property
    def first_effort(self) -> Moment | None:
        """The first thing that staff did about the failure where somebody was at it."""
        return next(iter(self.by_staff(self.course.attended, self.course.efforts)), None)

    @property
    def first_repair(self) -> Moment | None:
        """The first thing that put it right."""
        return next(iter(self.by_staff(self.course.attended, self.course.repairs)), None)

    @property
    def vocabulary(self) -> Vocabulary:
        """The acts."""
        return self.citing.vocabulary

    # --- distributive -------------------------------------------------------------------------------------------

    def redress(self, kind: FailureKind) -> Part:
        """What was given back, done again or made up for."""
        found = {name: self.by_staff(self.course.since, self.vocabulary.any_of(name)) for name in REDRESS[kind]}
        value = sum(REDRESS[kind][name] * _size(some) for name, some in found.items() if some)
        return self.part(JusticePart.REDRESS, min(1.0, value), [each for some in found.values() for each in some])

    # --- interactional ------------------------------------------------------------------------------------------

    def regret(self) -> Part:
        """Whether the firm said that it was sorry; to a customer at fault it need not, and any word is enough."""
        found = {name: self.by_staff(self.course.since, self.vocabulary.any_of(name)) for name in REGRET}
        cited = [each for some in found.values() for each in some]
        if self.course.customer_at_fault:
            return self.part(JusticePart.REGRET, 1.0 if cited else None, cited)
        value = max((REGRET[name] for name, some in found.items() if some), default=0.0)
        return self.part(JusticePart.REGRET, value, cited)

    def respect(self) -> Part:
        """Whether nobody blamed, lectured or hurried the customer."""
        cited = self.by_staff(self.course.attended, self.vocabulary.any_of(*RESPECT_LOST))
        return self.part(JusticePart.RESPECT, 0.0 if cited else 1.0, cited)

    def care(self) -> Part:
        """Whether there was a sign of care: explaining, effort, a call."""
        cited = self.by_staff(self.course.since, self.vocabulary.any_of(*CARE))
        return self.part(JusticePart.CARE, 1.0 if cited else 0.0, cited)

    # --- procedural ---------------------------------------------------------------------------------------------

    def initiative(self) -> Part:
        """Whether the firm moved first, in the encounter in which it set about the matter."""
        first = self.first_effort
        if first is None:
            return self.part(JusticePart.INITIATIVE, 0.0, ())
        asked = [each for each in self.by_customer(ASKING) if each.number == first.number and each.place < first.place]
        return self.part(JusticePart.INITIATIVE, 0.0 if asked else 1.0, asked or [first])

    def ease(self) -> Part:
        """How little the customer was put to: telling it again, being sent elsewhere, holding the line."""
        names = self.vocabulary.any_of(*BURDENS)
        cited = [each for each in self.course.attended if each.event.act in names]
        return self.part(JusticePart.EASE, max(0.0, 1.0 - BURDEN * len(cited)), cited)

    def speed(self) -> Part:
        """How soon it was put right or, if it was not, acknowledged; a stated value where no times were noted."""
        done = self.first_repair or self.first_effort
        known = self.speed_known
        return self.part(
            JusticePart.SPEED, self.course.unknown_speed if known is None else known, [done] if done else ()
        )

    @property
    def speed_known(self) -> float | None:
        """The credit for speed from the times, `None` where they do not tell."""
        done, failed = self.first_repair or self.first_effort, self.course.failed
        passed = elapsed_ms(failed, done) if done is not None and failed is not None else None
        return None if passed is None or done is None else speed_of(passed, self.course.half_life_ms(done))

    # --- moments ------------------------------------------------------------------------------------------------

    def by_staff(self, moments: Iterable[Moment], names: frozenset[str]) -> list[Moment]:
        """The moments in which staff did one of some acts."""
        return [moment for moment in moments if moment.is_staff and moment.event.act in names]

    def by_customer(self, names: Iterable[str]) -> list[Moment]:
        """The moments in which the customer did one of some acts, where somebody was at the failure."""
        acts = self.vocabulary.any_of(*names)
        return [moment for moment in self.course.attended if moment.is_customer and moment.event.act in acts]

    def part(self, part: JusticePart, value: float | None, cited: Sequence[Moment]) -> Part:
        """A part with its evidence in the order of the moments."""
        ordered = sorted(cited, key=lambda moment: moment.place)
        return Part(part=part, value=None if value is None else round(value, 6), evidence=self.citing.events(ordered))


def _size(moments: Sequence[Moment]) -> float:
    """Half for what is tagged minor throughout."""
    return 0.5 if all(MINOR in moment.event.tags for moment in moments) else 1.0


def _mean(parts: Iterable[Part]) -> float:
    values = [part.value for part in parts if part.value is not None]
    return round(sum(values) / len(values), 6)


def values_of(justice: Iterable[Justice]) -> Mapping[JusticeKind, float]:
    """The value of each kind of justice."""
    return {each.kind: each.value for each in justice}
