"""Every criterion of every rubric is met in one of its cases, missed in one, and without a say in one."""

from __future__ import annotations

import pytest

import palvelumittari as pm
from palvelumittari.authoring.coverage import CriterionCoverage, coverage_of
from palvelumittari.authoring.demands import Kind
from palvelumittari.authoring.played import own_cases, read_cases

METER = pm.Meter()


def wanting(rubric: str) -> list[str]:
    """What no case that lies with a rubric shows of it, a line for each."""
    found = coverage_of(METER, rubric, read_cases(METER, own_cases(METER, rubric)))
    criteria = [f"{each.criterion.id}: {_in_words(each, kind)}" for each in found.criteria for kind in each.wanting]
    situations = [f"{each.criterion}, situation {each.number}: never applied" for each in found.never_applied]
    return criteria + situations


def _in_words(each: CriterionCoverage, kind: Kind) -> str:
    demands = each.demands
    return {
        Kind.MET: f"no case in which it is met (fulfilment {demands.best:g})",
        Kind.MISSED: f"no case in which it is missed (fulfilment {demands.worst:g})",
        Kind.ASIDE: f"no case in which it has no say ({demands.aside})",
    }[kind]


@pytest.mark.parametrize("rubric", sorted(METER.catalog.rubrics))
def test_cases_show_every_criterion_and_situation_of_a_rubric(rubric: str) -> None:
    """The cases in a rubric's own folder exercise it whole, without those of its heirs."""
    found = wanting(rubric)
    assert not found, "\n".join(["wanting, see palvelumittari rubric coverage:", *found])


def test_the_four_plugins_are_among_them() -> None:
    """No sector is left out because nobody installed it."""
    assert {"bar/counter", "library_desk/desk", "retail/shop", "taxi/ride"} <= set(METER.catalog.rubrics)
