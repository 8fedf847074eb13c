"""A coverage as plain data, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from palvelumittari.authoring.coverage import Coverage, CriterionCoverage, SituationCoverage
from palvelumittari.authoring.unused_parts import UnusedPart

SCHEMA = 1


def coverage_data(coverage: Coverage) -> Mapping[str, Any]:
    """A coverage as plain data for JSON; cases are named by their ids, situations and parts numbered from 1."""
    return {
        "schema": SCHEMA,
        "rubric": coverage.rubric,
        "complete": coverage.is_complete,
        "cases": list(coverage.cases),
        "left_out": list(coverage.left_out),
        "criteria": [_criterion(each) for each in coverage.criteria],
        "situations": [_situation(each) for each in coverage.situations],
        "unused": [_part(each) for each in coverage.unused],
        "ablation": [attrs.asdict(each) for each in coverage.ablations],
        "doubled": [attrs.asdict(each) for each in coverage.doubles],
    }


def _criterion(each: CriterionCoverage) -> Mapping[str, Any]:
    return {
        "criterion": each.criterion.id,
        "role": each.criterion.role,
        "weight": each.criterion.weight,
        "demanded": {"met": each.demands.best, "missed": each.demands.worst, "aside": each.demands.aside},
        "wanting": list(each.wanting),
        "counts": dict(each.counts),
        "shown": {kind: list(cases) for kind, cases in each.shown.items()},
    }


def _situation(each: SituationCoverage) -> Mapping[str, Any]:
    when = each.situation.when.text
    return {"criterion": each.criterion, "number": each.number, "when": when, "cases": list(each.cases)}


def _part(each: UnusedPart) -> Mapping[str, Any]:
    return {"criterion": each.criterion, "key": each.name, "number": each.number, "acts": each.acts.text}
