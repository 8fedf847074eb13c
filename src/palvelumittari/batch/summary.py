"""What many verdicts come to: counts alone, so that the parts of a batch add up to the whole, in any cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

import attrs

from palvelumittari.records.rubric import Role
from palvelumittari.records.verdict import JUDGED, Band, Finding, Outcome, Verdict
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

NO_SCORE = "none"
"""Stands among the bands for verdicts without a score."""

MOST_GROUPS = 1000
"""So many groups are told apart; what comes later is counted together, so that memory stays constant."""

_MILLION = 1_000_000

Value = TypeVar("Value")


@attrs.frozen(kw_only=True)
class Spread:
    """How the verdicts of one group spread.

    `bands` counts them by band (`none`: no score). `judged_millionths` adds up the coverage of the `judged_count`
    verdicts that have one; whole numbers, so that it adds up to the same in every order.
    """

    bands: FrozenMap[int] = FrozenMap()
    judged_count: int = 0
    judged_millionths: int = 0

    @classmethod
    def of(cls, verdict: Verdict) -> Spread:
        """The spread of one verdict."""
        covered = verdict.coverage
        return cls(
            bands=FrozenMap({verdict.band or NO_SCORE: 1}),
            judged_count=int(covered is not None),
            judged_millionths=round((covered or 0) * _MILLION),
        )

    def __add__(self, other: Spread) -> Spread:
        return Spread(
            bands=merged(self.bands, other.bands, int.__add__),
            judged_count=self.judged_count + other.judged_count,
            judged_millionths=self.judged_millionths + other.judged_millionths,
        )

    @property
    def count(self) -> int:
        """How many verdicts there are, those without a score included."""
        return sum(self.bands.values())

    @property
    def scored_count(self) -> int:
        """How many verdicts have a score."""
        return self.count - self.bands.get(NO_SCORE, 0)

    @property
    def below_good_count(self) -> int:
        """How many verdicts are worse than good."""
        return sum(self.bands.get(band, 0) for band in Band if not band.is_pleasant)

    @property
    def share_below_good(self) -> float | None:
        """The share of those scored that is worse than good, in [0, 1]; `None` where nothing was scored."""
        return self.below_good_count / self.scored_count if self.scored_count else None

    @property
    def coverage(self) -> float | None:
        """The mean share of the weight that was judged on evidence, in [0, 1]; `None` where no criterion applied."""
        return self.judged_millionths / _MILLION / self.judged_count if self.judged_count else None


@attrs.frozen(kw_only=True)
class Groups:
    """Verdicts by the value of a field; a value that nobody noted is the empty text. `others` came after too many."""

    named: FrozenMap[Spread] = FrozenMap()
    others: Spread = Spread()

    def __add__(self, other: Groups) -> Groups:
        named, others = dict(self.named), self.others + other.others
        for name, spread in other.named.items():
            if name in named or len(named) < MOST_GROUPS:
                named[name] = named.get(name, Spread()) + spread
            else:
                others = others + spread
        return Groups(named=FrozenMap(named), others=others)


@attrs.frozen(kw_only=True)
class Criterion:
    """What became of one criterion: its title and role as first seen, and how often it had which outcome."""

    title: Text
    role: Role
    outcomes: FrozenMap[int] = FrozenMap()

    def __add__(self, other: Criterion) -> Criterion:
        return Criterion(title=self.title, role=self.role, outcomes=merged(self.outcomes, other.outcomes, int.__add__))

    @property
    def judged_count(self) -> int:
        """How often it was met, partly met or missed."""
        return sum(self.outcomes.get(outcome, 0) for outcome in JUDGED)

    @property
    def missed_count(self) -> int:
        """How often it was missed."""
        return self.outcomes.get(Outcome.MISSED, 0)

    @property
    def share_missed(self) -> float | None:
        """The share of those judged that was missed, in [0, 1]; `None` where it was never judged."""
        return self.missed_count / self.judged_count if self.judged_count else None


@attrs.frozen(kw_only=True)
class Summary:
    """What a batch came to.

    `rejected` are the records that could not be read or scored, `below` the scores below what the caller asked for.
    `criteria` go by the qualified id.
    """

    whole: Spread = Spread()
    rejected: int = 0
    below: int = 0
    sectors: Groups = Groups()
    groups: Groups = Groups()
    criteria: FrozenMap[Criterion] = FrozenMap()

    def __add__(self, other: Summary) -> Summary:
        return Summary(
            whole=self.whole + other.whole,
            rejected=self.rejected + other.rejected,
            below=self.below + other.below,
            sectors=self.sectors + other.sectors,
            groups=self.groups + other.groups,
            criteria=merged(self.criteria, other.criteria, Criterion.__add__),
        )


def merged(
    one: Mapping[str, Value], other: Mapping[str, Value], add: Callable[[Value, Value], Value]
) -> FrozenMap[Value]:
    """Two mappings as one; what stands in both is added."""
    found = dict(one)
    for key, value in other.items():
        found[key] = add(found[key], value) if key in found else value
    return FrozenMap(found)


# --- counting ---------------------------------------------------------------------------------------------------


@attrs.define
class Tally:
    """Counts the verdicts of one block, one by one."""

    under: float | None = None
    rejected: int = 0
    _below: int = 0
    _outcomes: dict[str, Counter[str]] = attrs.field(factory=dict)
    _first: dict[str, Finding] = attrs.field(factory=dict)
    _whole: Spread = Spread()
    _sectors: dict[str, Spread] = attrs.field(factory=dict)
    _groups: dict[str, Spread] = attrs.field(factory=dict)

    def add(self, verdict: Verdict, group: str | None) -> None:
        """Count a verdict, and in its group if there are groups."""
        spread = Spread.of(verdict)
        self._whole = self._whole + spread
        sector = verdict.sector or ""
        self._sectors[sector] = self._sectors.get(sector, Spread()) + spread
        if group is not None:
            self._groups[group] = self._groups.get(group, Spread()) + spread
        if self.under is not None and verdict.score is not None:
            self._below += verdict.score < self.under
        for finding in verdict.findings:
            self._first.setdefault(finding.criterion, finding)
            self._outcomes.setdefault(finding.criterion, Counter())[finding.outcome.value] += 1

    def summary(self) -> Summary:
        """What was counted."""
        return Summary(
            whole=self._whole,
            rejected=self.rejected,
            below=self._below,
            sectors=Groups() + Groups(named=FrozenMap(self._sectors)),
            groups=Groups() + Groups(named=FrozenMap(self._groups)),
            criteria=FrozenMap({name: self._criterion(name) for name in self._outcomes}),
        )

    def _criterion(self, name: str) -> Criterion:
        first = self._first[name]
        return Criterion(title=first.title, role=first.role, outcomes=FrozenMap(self._outcomes[name]))
