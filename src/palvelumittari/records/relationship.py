"""The relationship: the step of the ladder on which a customer stands after a history, and how it came there."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.records.explanations import relationship as explanation
from palvelumittari.records.references import EncounterRef
from palvelumittari.words.text import Text


class RelationStep(StrEnum):
    """The steps, from lowest to highest; `former` is a customer who has left."""

    FORMER = "former"
    CONSUMER = "consumer"
    TRIER = "trier"
    CUSTOMER = "customer"
    LOYALIST = "loyalist"
    ADVOCATE = "advocate"

    @property
    def number(self) -> int:
        """0 for a former customer, 1 for a chance visitor to 5 for an advocate."""
        return list(RelationStep).index(self)


class MoveCause(StrEnum):
    """Why a customer rose, stayed, dropped or left."""

    ROSE = "rose"
    STAYED = "stayed"
    NO_SCORE = "no_score"
    LACKS_EMOTION = "lacks_emotion"
    FORGIVEN = "forgiven"
    POOR = "poor"
    VERY_POOR = "very_poor"
    UNRECOVERED = "unrecovered"
    TWO_BAD = "two_bad"
    BETRAYED = "betrayed"
    RETURNED = "returned"


@attrs.frozen(kw_only=True)
class RelationMove:
    """What one encounter (or episode) did to the relationship.

    `change` is what it added to the balance, `aftercare` the part of it that is due to aftercare; `balance` is the
    balance afterwards, `reached` what it was before a new step set it to nothing. `emotional` are the titles of the
    criteria that touched the customer.
    """

    encounter: EncounterRef
    cause: MoveCause
    before: RelationStep
    after: RelationStep
    change: float
    reached: float
    balance: float
    aftercare: float = 0.0
    emotional: tuple[Text, ...] = ()


@attrs.frozen(kw_only=True)
class Relationship:
    """Where a customer stands on the ladder after a history.

    `start_known` says whether the first step was given; otherwise it is assumed to be the lowest. `needed` is the
    balance that the next step asks for, `None` on the highest and for a former customer. `emotional_count` are the
    very good encounters that touched the customer, `emotional_needed` how many the highest step asks for.
    `aftercare_count` are the encounters with aftercare; 0 is a flag for the firm, not a fault of any encounter.
    """

    start: RelationStep
    start_known: bool
    step: RelationStep
    balance: float
    needed: float | None
    moves: tuple[RelationMove, ...]
    emotional_count: int = 0
    emotional_needed: int = 3
    aftercare_count: int = 0
    engine: str

    def explain(self, language: str = "en") -> str:
        """The relationship as a text to read, in `en`, `fi` or `sv`."""
        return explanation.explain(self, language)
