"""Advice and what-if: what the server could have done, and the same encounter in another situation.

`advise` is guided by the findings: it proposes what the rubric says would have been right where something was missed or
should not have been, and promises only what scoring the changed timeline gives. Each name is loaded when it is first
asked for.
"""

from typing import TYPE_CHECKING

from palvelumittari.words.lazily import from_homes, homes_in

if TYPE_CHECKING:
    from palvelumittari.advice.advising import advise
    from palvelumittari.advice.bench import MOST_RESCORINGS, Bench
    from palvelumittari.advice.retelling import Which
    from palvelumittari.advice.situations import under, value_from_text
    from palvelumittari.advice.what_if import Otherwise, compare

__all__ = ["MOST_RESCORINGS", "Bench", "Otherwise", "Which", "advise", "compare", "under", "value_from_text"]

_NAMES = {
    "advising": ("advise",),
    "bench": ("MOST_RESCORINGS", "Bench"),
    "retelling": ("Which",),
    "situations": ("under", "value_from_text"),
    "what_if": ("Otherwise", "compare"),
}

__getattr__ = from_homes(__name__, homes_in(__name__, _NAMES))
