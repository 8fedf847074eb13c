"""The reference interpreter: the meaning of the rubric language, slow and obvious, with all evidence.

`judge` is the way in. A compiled meter is held against this one; neither imports the other.
"""

from palvelumittari.reference.judge import Judged, Judgements, judge
from palvelumittari.reference.results import Cited, Reason

__all__ = ["Cited", "Judged", "Judgements", "Reason", "judge"]
