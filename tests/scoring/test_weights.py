"""Coverage and the weights behind it."""

from __future__ import annotations

from collections.abc import Callable

from palvelumittari.records.rubric import Lifecycle, Role
from palvelumittari.records.verdict import Outcome
from palvelumittari.scoring import Judgement, Settled, all_weight, coverage, judged_weight, not_judged_weight

Judge = Callable[..., Judgement]
Settle = Callable[..., tuple[Settled, ...]]


def test_coverage_counts_only_what_was_judged_on_evidence(judge: Judge, settled: Settle) -> None:
    """Weights 1 + 2 + 3 judged on evidence; seven others of 4 each are not; four do not count at all."""
    findings = settled(
        judge("met", Role.LINEAR, 1, 1.0, cites=True),
        judge("partly", Role.BONUS, 2, 0.5, cites=True),
        judge("missed", Role.MUST, 3, 0.0),
        judge("unseen-good", Role.LINEAR, 4, 1.0),
        judge("vacuous", Role.MUST, 4, 1.0, vacuous=True, cites=True),
        judge("not-observed", Role.LINEAR, 4, Outcome.NOT_OBSERVED),
        judge("excused", Role.LINEAR, 4, 0.0, excuse=True, cites=True),
        judge("undecided", Role.LINEAR, 4, Outcome.UNDECIDED),
        judge("error", Role.LINEAR, 4, Outcome.ERROR),
        judge("not-applicable", Role.LINEAR, 5, Outcome.NOT_APPLICABLE),
        judge("trial", Role.LINEAR, 5, 0.0, lifecycle=Lifecycle.TRIAL),
        judge("refined-away", Role.LINEAR, 5, 0.0),
        judge("child", Role.LINEAR, 4, 0.5, refines=("refined-away",)),
    )
    assert (all_weight(findings), judged_weight(findings), not_judged_weight(findings)) == (34.0, 6.0, 28.0)
    assert coverage(findings) == 6 / 34


def test_coverage_of_nothing_is_none(settled: Settle) -> None:
    """Where no criterion applies there is no share."""
    assert coverage(()) is None
    assert coverage(settled((Role.LINEAR, 5, Outcome.NOT_APPLICABLE))) is None


def test_coverage_reads_its_findings_once(settled: Settle) -> None:
    """An iterator will do."""
    assert coverage(iter(settled((Role.LINEAR, 1, 0.0), (Role.LINEAR, 3, Outcome.ERROR)))) == 0.25
