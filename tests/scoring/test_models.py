"""The three models, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.records.rubric import Caps, Lifecycle, Role, Scoring
from palvelumittari.records.verdict import Band, Gate, GateKind, Outcome
from palvelumittari.scoring import Judgement, Model, Settled, ledger, lowest, mean

Judge = Callable[..., Judgement]
Settle = Callable[..., tuple[Settled, ...]]
Row = tuple[Role, float, float | Outcome]
STANDARD = Scoring()


def test_ledger_worked_by_hand(judge: Judge, settled: Settle) -> None:
    """A poor ride with two kept duties.

    gains 2 * .5 + 1 * .8 = 1.8; losses 1.5 * (5 * 1 + 3 * 1) = 12; duties 2 * (1 - .5) + 2 * (1 - 0) = 3;
    S = (1.8 - 12) / (1.8 + 12 + 3 + 3) = -10.2 / 19.8 = -.515152; score 50 * .484848 = 24.2.
    """
    result = ledger(
        settled(
            judge("dose-of-talk", Role.LINEAR, 5, 0.0, cites=True),
            judge("respect", Role.MUST, 3, 0.0, cites=True),
            judge("greeting", Role.LINEAR, 2, 0.75, cites=True),
            judge("fare", Role.MUST, 2, 1.0, cites=True),
            judge("hint", Role.BONUS, 1, 0.8, cites=True),
            judge("no-phone", Role.MUST, 4, 1.0, vacuous=True),
            judge("luggage", Role.LINEAR, 4, Outcome.NOT_APPLICABLE),
        ),
        STANDARD,
    )
    assert (result.calculated_score, result.score, result.band, result.gates) == (24.2, 24.2, Band.POOR, ())
    assert result.points == {"dose-of-talk": -7.5, "respect": -4.5, "greeting": 1.0, "fare": 0.0, "hint": 0.8}


def test_ledger_behind_two_gates(settled: Settle) -> None:
    """gains 20, losses .75: S = 19.25 / 23.75 = .810526, calculated 90.5; no delight, and a grave must."""
    result = ledger(settled((Role.LINEAR, 5, 1.0), (Role.LINEAR, 15, 1.0), (Role.MUST, 0.5, 0.0)), STANDARD)
    assert (result.calculated_score, result.score, result.band) == (90.5, 39.9, Band.POOR)
    assert result.gates == (
        Gate(GateKind.NO_DELIGHT, Band.VERY_GOOD, Band.GOOD),
        Gate(GateKind.GRAVE, Band.GOOD, Band.POOR, ("c2",)),
    )


def test_ledger_with_a_must_that_never_caps(judge: Judge, settled: Settle) -> None:
    """The same accounts with a delight: gains 20, losses .75, and `caps = "none"`: very good at 90.5."""
    rows = ((Role.LINEAR, 15, 1.0), (Role.BONUS, 5, 1.0), judge("must", Role.MUST, 0.5, 0.0, caps=Caps.NONE))
    result = ledger(settled(*rows), STANDARD)
    assert (result.score, result.band, result.gates) == (90.5, Band.VERY_GOOD, ())


def test_ledger_raises_the_score_of_a_band_without_grave(settled: Settle) -> None:
    """losses 5.25: S = -5.25 / 8.25 = -.636364, calculated 18.2; very_poor needs a grave must."""
    result = ledger(settled((Role.LINEAR, 3.5, 0.0)), STANDARD)
    assert (result.calculated_score, result.score, result.band) == (18.2, 20.0, Band.POOR)
    assert [gate.kind for gate in result.gates] == [GateKind.NO_GRAVE]


def test_ledger_leaves_very_poor_with_a_grave(settled: Settle) -> None:
    """losses 7.5: S = -7.5 / 10.5 = -.714286, score 14.3."""
    result = ledger(settled((Role.MUST, 5, 0.0)), STANDARD)
    assert (result.calculated_score, result.score, result.band) == (14.3, 14.3, Band.VERY_POOR)


@pytest.mark.parametrize(
    ("rows", "score", "band", "kinds"),
    [
        ([(Role.LINEAR, 0.75, 1.0)], 60.0, Band.GOOD, []),  # S = .75 / 3.75 = .2
        ([(Role.BONUS, 4.5, 1.0)], 80.0, Band.VERY_GOOD, []),  # S = 4.5 / 7.5 = .6
        ([(Role.LINEAR, 4.5, 1.0)], 79.9, Band.GOOD, [GateKind.NO_DELIGHT]),
        ([(Role.LINEAR, 0.5, 0.0)], 40.0, Band.NEUTRAL, []),  # S = -.75 / 3.75 = -.2
        ([(Role.LINEAR, 3, 0.0)], 20.0, Band.POOR, []),  # S = -4.5 / 7.5 = -.6
        ([(Role.MUST, 3, 0.0)], 20.0, Band.POOR, []),
        ([(Role.MUST, 0.5, 0.0)], 39.9, Band.POOR, [GateKind.GRAVE]),
    ],
)
def test_ledger_on_every_edge(
    settled: Settle, rows: list[Row], score: float, band: Band, kinds: list[GateKind]
) -> None:
    """A band includes its lower edge; the printed score shows the band behind the gates."""
    result = ledger(settled(*rows), STANDARD)
    assert (result.score, result.band, [gate.kind for gate in result.gates]) == (score, band, kinds)


@pytest.mark.parametrize(
    ("balance", "score", "band"),
    [(0.1999996, 60.0, Band.GOOD), (0.1999994, 59.9, Band.NEUTRAL)],
)
def test_ledger_compares_after_rounding(settled: Settle, balance: float, score: float, band: Band) -> None:
    """Six places of S decide; what is printed never belongs to another band than the one it stands beside."""
    gains = 3 * balance / (1 - balance)
    result = ledger(settled((Role.LINEAR, gains, 1.0)), STANDARD)
    assert (result.calculated_score, result.score, result.band) == (60.0, score, band)


@pytest.mark.parametrize(
    ("kept", "cites", "calculated"),
    [
        ((Role.MUST, 1, 1.0), True, 20.0),  # S = -6 / (6 + 1 + 3)
        ((Role.MUST, 1, 1.0), False, 16.7),  # S = -6 / (6 + 3): a duty must be seen
        ((Role.LINEAR, 1, 0.5), True, 20.0),  # S = -6 / (6 + 1 + 3)
        ((Role.LINEAR, 2, 0.75), True, 27.3),  # S = -5 / (1 + 6 + 1 + 3)
        ((Role.LINEAR, 2, 0.75), False, 25.0),  # S = -5 / (1 + 6 + 3)
        ((Role.PENALTY, 1, 1.0), True, 16.7),  # no duty
    ],
)
def test_ledger_softens_losses_by_seen_duties(
    judge: Judge, settled: Settle, kept: Row, cites: bool, calculated: float
) -> None:
    """Beside a loss of 1.5 * 4 = 6."""
    findings = settled((Role.LINEAR, 4, 0.0), judge("kept", *kept, cites=cites))
    assert ledger(findings, STANDARD).calculated_score == calculated


@pytest.mark.parametrize(
    ("gain", "calculated"),
    [
        (1.5, 50.0),  # S = 0 / 6: losses equal gains, duties are out
        (1.0, 46.9),  # S = -.5 / (1 + 1.5 + 2.5 + 3) = -.0625
        (3.0, 60.0),  # S = 1.5 / (3 + 1.5 + 3) = .2
    ],
)
def test_ledger_counts_duties_only_while_losses_exceed_gains(
    judge: Judge, settled: Settle, gain: float, calculated: float
) -> None:
    """Beside a loss of 1.5 and a duty of 2.5."""
    duty = judge("duty", Role.MUST, 2.5, 1.0, cites=True)
    result = ledger(settled((Role.PENALTY, 1, 0.0), (Role.BONUS, gain, 1.0), duty), STANDARD)
    assert result.calculated_score == calculated


def test_ledger_takes_its_constants_from_the_rubric(settled: Settle) -> None:
    """gains 2, losses 2 * 1: S = 0 at loss_weight 2; (2 - 1) / (2 + 1 + 1) = .25 at 1 and doubt 1."""
    findings = settled((Role.BONUS, 2, 1.0), (Role.PENALTY, 1, 0.0))
    assert ledger(findings, Scoring(loss_weight=2)).score == 50.0
    assert ledger(findings, Scoring(loss_weight=1, doubt=1)).score == 62.5


def test_ledger_without_doubt_saturates(judge: Judge, settled: Settle) -> None:
    """With `doubt = 0` one finding decides all, and empty accounts stand in the middle."""
    doubtless = Scoring(doubt=0)
    assert ledger(settled((Role.BONUS, 1, 1.0)), doubtless).score == 100.0
    assert ledger(settled((Role.MUST, 1, 0.0)), doubtless).score == 0.0
    assert ledger(settled(judge("must", Role.MUST, 1, 1.0, cites=True)), doubtless).score == 50.0


@pytest.mark.parametrize("role", [Role.MUST, Role.LINEAR])
def test_a_seen_kept_duty_alone_is_a_score(judge: Judge, settled: Settle, role: Role) -> None:
    """A rating of 0 that cites an event: nothing won, nothing lost, 50."""
    kept = 1.0 if role is Role.MUST else 0.5
    result = ledger(settled(judge("duty", role, 2, kept, cites=True)), STANDARD)
    assert (result.score, result.band, dict(result.points)) == (50.0, Band.NEUTRAL, {"duty": 0.0})


def test_without_grounds_there_is_no_score(judge: Judge, settled: Settle) -> None:
    """Nothing but zero ratings without a seen duty, and what is not judged or not counted: `None`, never 50."""
    result = ledger(
        settled(
            judge("unseen-must", Role.MUST, 2, 1.0),
            judge("unseen-linear", Role.LINEAR, 2, 0.5),
            judge("penalty", Role.PENALTY, 2, 1.0, cites=True),
            judge("bonus", Role.BONUS, 2, 0.0, cites=True),
            judge("vacuous", Role.MUST, 2, 1.0, vacuous=True, cites=True),
            judge("excused", Role.LINEAR, 2, 0.0, excuse=True),
            judge("trial", Role.LINEAR, 2, 1.0, cites=True, lifecycle=Lifecycle.TRIAL),
            judge("error", Role.LINEAR, 2, Outcome.ERROR),
        ),
        STANDARD,
    )
    assert (result.calculated_score, result.score, result.band, result.gates) == (None, None, None, ())
    assert result.points == {"unseen-must": 0.0, "unseen-linear": 0.0, "penalty": 0.0, "bonus": 0.0}


@pytest.mark.parametrize("model", [ledger, mean, lowest])
def test_no_findings_no_score(model: Model) -> None:
    """Every model is silent about nothing."""
    result = model((), STANDARD)
    assert (result.score, result.band, dict(result.points)) == (None, None, {})


@pytest.mark.parametrize(
    ("rows", "score", "band"),
    [
        # The vectors of the QA systems: AWS Connect, weights 40/20/20/20 earned 100/50/50/0 %
        ([(40, 1.0), (20, 0.5), (20, 0.5), (20, 0.0)], 60.0, Band.GOOD),
        # ... the fourth not applicable: its weight is shared out in proportion, 50/25/25
        ([(40, 1.0), (20, 0.5), (20, 0.5), (20, Outcome.NOT_APPLICABLE)], 75.0, Band.GOOD),
        # ... and so for whatever else is not judged
        ([(40, 1.0), (20, 0.5), (20, 0.5), (20, Outcome.NOT_OBSERVED)], 75.0, Band.GOOD),
        # Genesys: points 1 of 2 at weight 40 and 1 of 1 at weight 20
        ([(80, 0.5), (20, 1.0)], 60.0, Band.GOOD),
        # MaestroQA by section: 3/3 * 10 + 5/10 * 30 + 4/5 * 50 + 1/2 * 10
        ([(10, 3 / 3), (30, 5 / 10), (50, 4 / 5), (10, 1 / 2)], 70.0, Band.GOOD),
        # MaestroQA as a plain total: 13 of 20 points
        ([(3, 3 / 3), (10, 5 / 10), (5, 4 / 5), (2, 1 / 2)], 65.0, Band.GOOD),
        # XCCDF flat: pass w1, fail w1, pass w2, not applicable w1, fail w1: 3 of 5
        ([(1, 1.0), (1, 0.0), (2, 1.0), (1, Outcome.NOT_APPLICABLE), (1, 0.0)], 60.0, Band.GOOD),
        # XCCDF default, groups of weight 1 and 3 multiplied out
        ([(0.125, 1.0), (0.125, 0.0), (0.5, 1.0), (0.25, 0.0)], 62.5, Band.GOOD),
        # OpenSSF Scorecard: inconclusive is skipped; nothing left is no score, never 0
        ([(2, Outcome.UNDECIDED), (3, 0.3)], 30.0, Band.POOR),
        ([(2, Outcome.UNDECIDED), (3, Outcome.ERROR)], None, None),
    ],
)
def test_mean_is_the_classic_scorecard(
    settled: Settle, rows: list[tuple[float, float | Outcome]], score: float | None, band: Band | None
) -> None:
    """The test vectors of the scorecards that are weighted means."""
    result = mean(settled(*((Role.LINEAR, weight, judged) for weight, judged in rows)), STANDARD)
    assert (result.calculated_score, result.score, result.band, result.gates) == (score, score, band, ())


@pytest.mark.parametrize(
    ("bonus", "score"),
    [(0.0, 60.0), (0.5, 65.0), (1.0, 70.0), (Outcome.NOT_OBSERVED, 60.0)],
)
def test_mean_adds_what_a_bonus_earned_but_not_what_it_could(
    settled: Settle, bonus: float | Outcome, score: float
) -> None:
    """Earned counts, possible does not: 6 of 10 points and a bonus of up to 1."""
    findings = settled((Role.LINEAR, 6, 1.0), (Role.MUST, 4, 0.0), (Role.BONUS, 1, bonus))
    assert mean(findings, STANDARD).score == score


def test_mean_stops_at_100(settled: Settle) -> None:
    """A bonus cannot lift a full score; its points still show."""
    result = mean(settled((Role.LINEAR, 3, 1.0), (Role.PENALTY, 1, 1.0), (Role.BONUS, 2, 1.0)), STANDARD)
    assert (result.calculated_score, result.score, result.band) == (100.0, 100.0, Band.VERY_GOOD)
    assert result.points == {"c0": 75.0, "c1": 25.0, "c2": 50.0}


@pytest.mark.parametrize("model", [mean, lowest])
def test_a_bonus_alone_is_no_scorecard(settled: Settle, model: Model) -> None:
    """Without anything that is expected there is nothing to be a share of."""
    result = model(settled((Role.BONUS, 2, 1.0)), STANDARD)
    assert (result.score, result.band, dict(result.points)) == (None, None, {"c0": 0.0})


def test_mean_has_no_gates(settled: Settle) -> None:
    """A failed must costs its weight, no more: 9 of 10."""
    result = mean(settled((Role.LINEAR, 9, 1.0), (Role.MUST, 1, 0.0)), STANDARD)
    assert (result.score, result.band, result.gates) == (90.0, Band.VERY_GOOD, ())


@pytest.mark.parametrize(
    ("share", "score", "band"),
    [
        (0.8, 80.0, Band.VERY_GOOD),
        (0.79999999999, 80.0, Band.VERY_GOOD),
        (0.7999, 79.9, Band.GOOD),
        (0.6, 60.0, Band.GOOD),
        (0.4, 40.0, Band.NEUTRAL),
        (0.2, 20.0, Band.POOR),
        (0.1999, 19.9, Band.VERY_POOR),
        (0.0, 0.0, Band.VERY_POOR),
    ],
)
@pytest.mark.parametrize("model", [mean, lowest])
def test_scorecards_cut_at_80_60_40_20(settled: Settle, model: Model, share: float, score: float, band: Band) -> None:
    """Compared after rounding to six places, lower edges included, printed inside the band."""
    result = model(settled((Role.LINEAR, 3, share)), STANDARD)
    assert (result.score, result.band) == (score, band)


def test_lowest_is_the_worst_of_all(settled: Settle) -> None:
    """Weights and bonuses decide nothing; the two least fulfilled share what is missing from 100."""
    result = lowest(
        settled(
            (Role.LINEAR, 5, 0.9),
            (Role.MUST, 1, 0.4),
            (Role.PENALTY, 3, 0.4),
            (Role.BONUS, 2, 0.1),
            (Role.LINEAR, 5, Outcome.NOT_OBSERVED),
        ),
        STANDARD,
    )
    assert (result.calculated_score, result.score, result.band, result.gates) == (40.0, 40.0, Band.NEUTRAL, ())
    assert result.points == {"c0": 0.0, "c1": -30.0, "c2": -30.0, "c3": 0.0}
