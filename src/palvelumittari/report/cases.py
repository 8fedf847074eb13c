"""Holding a verdict against what a case expects of it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from palvelumittari.records.case import NO_SCORE, Case
from palvelumittari.records.verdict import Verdict
from palvelumittari.words.errors import did_you_mean


@attrs.frozen
class Difference:
    """One expectation that the verdict does not meet: `what` was looked at, what was `expected`, what came out.

    `because` is the reason of the finding in question, if there is one.
    """

    what: str
    expected: str
    actual: str
    because: str = ""


def differences(case: Case, verdict: Verdict) -> tuple[Difference, ...]:
    """Everything in which a verdict differs from what its case expects; empty if the case passes."""
    return (*_band(case, verdict), *_score(case, verdict), *_outcomes(case, verdict))


def _band(case: Case, verdict: Verdict) -> Iterator[Difference]:
    actual = str(verdict.band or NO_SCORE)
    if case.expect.band is not None and case.expect.band != actual:
        shown = f"{actual} ({verdict.score})" if verdict.score is not None else actual
        yield Difference("band", case.expect.band, shown)


def _score(case: Case, verdict: Verdict) -> Iterator[Difference]:
    if case.expect.score is None:
        return
    low, high = case.expect.score
    if verdict.score is None or not low <= verdict.score <= high:
        yield Difference("score", f"{low:g} to {high:g}", str(verdict.score))


def _outcomes(case: Case, verdict: Verdict) -> Iterator[Difference]:
    findings = {finding.criterion: finding for finding in verdict.findings}
    for criterion, expected in case.expect.outcomes.items():
        finding = findings.get(criterion)
        if finding is None:
            yield Difference(criterion, expected, "no such criterion", did_you_mean(criterion, findings) or "")
        elif finding.outcome != expected:
            yield Difference(criterion, expected, finding.outcome, str(finding.reason))
