"""What decides a verdict: how many of the shipped cases change their band if one part of the rubrics is taken away.

    python benchmarks/what_decides.py

The page on choosing role, weight and situation quotes the table that this prints. It says what the rubrics rest on. It
does not say that they are right, for the cases were written by the people who wrote the rubrics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

import palvelumittari as pm
from palvelumittari.authoring.trying import Tried, try_case
from palvelumittari.reading.choosing import choose
from palvelumittari.records.rubric import Criterion, Role, Situation
from palvelumittari.reference import judge
from palvelumittari.scoring import settle, tally
from palvelumittari.words.frozen import FrozenMap

Change = Callable[[Criterion], Criterion]


def everywhere(change: Change, *settled: str) -> Change:
    """A change that holds in all situations: none of them may set these keys to something else."""

    def changed(criterion: Criterion) -> Criterion:
        situations = tuple(without(situation, settled) for situation in criterion.situations)
        return attrs.evolve(change(criterion), situations=situations)

    return changed


def without(situation: Situation, keys: Sequence[str]) -> Situation:
    """A situation that leaves some keys of the criterion alone."""
    kept = {key: value for key, value in situation.criterion.items() if key not in keys}
    return attrs.evolve(situation, criterion=FrozenMap(kept))


def as_linear(*roles: Role) -> Change:
    """The criteria of these roles both earn and lose."""
    return everywhere(lambda each: attrs.evolve(each, role=Role.LINEAR) if each.role in roles else each, "role")


CHANGES: Mapping[str, Change] = {
    "nothing changed": lambda each: each,
    "all weights the same": everywhere(lambda each: attrs.evolve(each, weight=3.0), "weight"),
    "no situations": lambda each: attrs.evolve(each, situations=()),
    "no `refines`": lambda each: attrs.evolve(each, refines=()),
    "no `when`": lambda each: attrs.evolve(each, when=None),
    "bonuses as linear": as_linear(Role.BONUS),
    "musts and penalties as linear": as_linear(Role.MUST, Role.PENALTY),
}


def band_with(meter: pm.Meter, encounter: pm.Encounter, change: Change) -> pm.Band | None:
    """The band that an encounter gets from its rubric with every criterion changed."""
    rubric = meter.rubric(*choose(encounter, meter.catalog.rubrics).rubrics)
    changed = attrs.evolve(rubric, criteria=tuple(map(change, rubric.criteria)))
    judged = judge(encounter, changed, meter.vocabulary, meter.catalog.measures).judged
    return tally(settle([each.judgement for each in judged]), rubric.scoring, meter.catalog.models).band


def moved_count(meter: pm.Meter, cases: Iterable[Tried], change: Change) -> int:
    """How many cases get another band."""
    return sum(band_with(meter, each.case.encounter, change) is not each.verdict.band for each in cases)


def main() -> None:
    """Print a line for each change."""
    meter = pm.Meter()
    cases = [try_case(meter, each.file) for each in meter.catalog.cases]
    print(f"| changed | cases of {len(cases)} with another band |\n|---|---|")
    for name, change in CHANGES.items():
        print(f"| {name} | {moved_count(meter, cases, change)} |")


if __name__ == "__main__":
    main()
