"""Scoring: pure arithmetic on fulfilments, from judgements to a score. It knows no events.

The way: `Judgement` (what the measures found) -> `settle` (excuses, trials, refinements) -> `tally` (the
rubric's model) and `coverage`. The default model, `ledger`, sets gains against losses. With weight w and
rating r (fulfilment - 1 for must and penalty, 2 * fulfilment - 1 for linear, fulfilment for bonus), over
counted findings:

    gains  = sum of w * r over positive ratings
    losses = loss_weight * sum of w * |r| over negative ratings                           loss_weight = 1.5
    duties = sum of w * (1 - r) over linear and must with r >= 0 that cite an event, only while losses > gains
    S      = (gains - losses) / (gains + losses + duties + doubt), rounded to 6 places    doubt = 3
    score  = 50 * (S + 1), one decimal

Bands begin at S = -.6, -.2, .2 and .6 (scores 20, 40, 60, 80) and include their lower edge. A grave must
(r <= -.8, unless `caps = "none"`) holds the band at poor or below; very_poor needs one. very_good needs a
delight: a bonus at r >= .8, unless `lifts = false`. The printed score is kept inside the band. Where every
rating is 0 and no kept linear or must cites an event there is no score.
"""

from palvelumittari.scoring.bands import BALANCE_CUTS, PLACES, RANGES, SCORE_CUTS, band_at, printed_score
from palvelumittari.scoring.gates import DELIGHT_AT, GRAVE_AT, band_behind, gates_on
from palvelumittari.scoring.judgement import Judgement, outcome_of
from palvelumittari.scoring.models import MODELS, Model, Tally, ledger, lowest, mean
from palvelumittari.scoring.roles import rating
from palvelumittari.scoring.settling import Settled, settle
from palvelumittari.scoring.tallying import check_tally, tally
from palvelumittari.scoring.weights import all_weight, coverage, judged_weight, not_judged_weight

__all__ = [
    "BALANCE_CUTS",
    "DELIGHT_AT",
    "GRAVE_AT",
    "MODELS",
    "PLACES",
    "RANGES",
    "SCORE_CUTS",
    "Judgement",
    "Model",
    "Settled",
    "Tally",
    "all_weight",
    "band_at",
    "band_behind",
    "check_tally",
    "coverage",
    "gates_on",
    "judged_weight",
    "ledger",
    "lowest",
    "mean",
    "not_judged_weight",
    "outcome_of",
    "printed_score",
    "rating",
    "settle",
    "tally",
]
