"""Word of mouth: how often, and how surely, an experience is told on. It stands beside a score, never in it."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.records.episode import RecoveryState
from palvelumittari.words.phrases import decimal, percent, phrase


class TellingModel(StrEnum):
    """What is said of a failure that was put right.

    `stories`: five texts by customers and clerks hold that it is told on more than service without a failure;
    `evidence`: research found no such gain.
    """

    STORIES = "stories"
    EVIDENCE = "evidence"


@attrs.frozen(kw_only=True)
class WordOfMouth:
    """What to expect of the talk after one encounter or episode.

    `standing` is the score in [-1, 1]. `told` is the expected number of people who hear of it, rounded to 3 places:
    times `commitment`, which grows with the step of the relationship. `probability` is that it is told at all, in
    [0, 1], as the matter stands (`state`).
    """

    model: TellingModel
    standing: float
    told: float
    probability: float
    state: RecoveryState
    commitment: float = 1.0
    base: float = 0.0
    gain: float = 5.0
    loss: float = 10.0

    def explain(self, language: str = "en") -> str:
        """The expectation as a text to read, in `en`, `fi` or `sv`."""
        tone = "good" if self.standing > 0 else "bad" if self.standing < 0 else "neutral"
        told = decimal(self.told, language)
        share = percent(self.probability, language)
        lines = [phrase(f"word_of_mouth.{tone}", language, told=told)]
        lines.append(phrase(f"word_of_mouth.{self.model}", language, share=share))
        return "\n".join([phrase("word_of_mouth.head", language), *(f"  {line}" for line in lines)])
