"""Advice and what-if: what the server could have done, and the same encounter in another situation.

`advise` is guided by the findings: it proposes what the rubric says would have been right where something was missed or
should not have been, and promises only what scoring the changed timeline gives.
"""

from palvelumittari.advice.advising import advise
from palvelumittari.advice.bench import MOST_RESCORINGS, Bench
from palvelumittari.advice.retelling import Which
from palvelumittari.advice.situations import under, value_from_text
from palvelumittari.advice.what_if import Otherwise, compare

__all__ = ["MOST_RESCORINGS", "Bench", "Otherwise", "Which", "advise", "compare", "under", "value_from_text"]
