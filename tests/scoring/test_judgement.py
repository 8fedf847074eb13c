"""What a fulfilment is called."""

from __future__ import annotations

import attrs
import pytest

from palvelumittari.records.rubric import Role
from palvelumittari.records.verdict import Outcome
from palvelumittari.scoring import Judgement, outcome_of


@pytest.mark.parametrize(
    ("fulfilment", "outcome"),
    [(0.0, Outcome.MISSED), (1e-9, Outcome.PARTLY), (0.5, Outcome.PARTLY), (0.999, Outcome.PARTLY), (1.0, Outcome.MET)],
)
def test_only_the_ends_are_met_and_missed(fulfilment: float, outcome: Outcome) -> None:
    """Met at exactly 1, missed at exactly 0, everything between is partly."""
    assert outcome_of(fulfilment) is outcome


def test_a_judgement_is_frozen() -> None:
    """A judgement cannot be changed after it was made."""
    judgement = Judgement(criterion="greeting", role=Role.LINEAR, weight=1, outcome=Outcome.NOT_OBSERVED)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        judgement.weight = 2  # type: ignore[misc]  # that it cannot be set is what is tested
