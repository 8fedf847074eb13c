"""The case: an encounter with the verdict it must get. Cases are the tests of a rubric."""

from __future__ import annotations

import attrs

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Outcome
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

NO_SCORE = "no_score"
"""The expected band of an encounter that must not get a score."""


@attrs.frozen(kw_only=True)
class Expectation:
    """What the verdict must be: a band or `no_score`, outcomes by criterion, a score in an inclusive range."""

    band: str | None = None
    outcomes: FrozenMap[Outcome] = FrozenMap()
    score: tuple[float, float] | None = None


@attrs.frozen(kw_only=True)
class Case:
    """An encounter with its expected verdict.

    `contrast` is the id of a case with the same act in another situation; `story` says what happened in words.
    """

    id: str
    title: Text
    expect: Expectation
    encounter: Encounter
    contrast: str | None = None
    story: Text | None = None
    file: str = ""
