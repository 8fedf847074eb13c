"""Picking a model by name, and distrusting what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest

from palvelumittari.records.rubric import Role, Scoring
from palvelumittari.records.verdict import Band
from palvelumittari.scoring import MODELS, Settled, Tally, ledger, lowest, mean, tally
from palvelumittari.words.errors import EvaluationError, RubricError
from palvelumittari.words.frozen import FrozenMap

Settle = Callable[..., tuple[Settled, ...]]
GOOD = Tally(calculated_score=61.0, score=61.0, band=Band.GOOD)


def _tally_saying(result: Any, findings: Sequence[Settled] = ()) -> Tally:
    """The tally of a plugin's model that always returns `result`."""
    return tally(findings, Scoring(model="mine"), FrozenMap({"mine": lambda _settled, _scoring: result}))


def test_models_by_name(settled: Settle) -> None:
    """Every shipped model is found under its name."""
    findings = settled((Role.LINEAR, 2, 0.7), (Role.MUST, 1, 1.0))
    assert dict(MODELS) == {"ledger": ledger, "mean": mean, "lowest": lowest}
    for name, model in MODELS.items():
        assert tally(findings, Scoring(model=name)) == model(findings, Scoring(model=name))


def test_an_unknown_model_suggests_the_nearest() -> None:
    """The message names what was found, what there is and what was probably meant."""
    with pytest.raises(RubricError) as caught:
        tally((), Scoring(model="ledgr"))
    assert str(caught.value) == (
        "unknown scoring model\n"
        "    found `ledgr`; expected one of `ledger`, `mean`, `lowest`\n"
        "    try: did you mean `ledger`?"
    )


def test_a_plugins_model_is_used() -> None:
    """A well-formed tally passes unchanged."""
    assert _tally_saying(GOOD) is GOOD
    assert _tally_saying(Tally()) == Tally()


def test_a_model_that_raises_is_named() -> None:
    """The cause is told and kept."""

    def broken(_settled: Sequence[Settled], _scoring: Scoring) -> Tally:
        raise ZeroDivisionError("no findings")

    with pytest.raises(EvaluationError) as caught:
        tally((), Scoring(model="mine"), FrozenMap({"mine": broken}))
    assert str(caught.value) == "scoring model `mine` raised ZeroDivisionError: no findings"
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"score": 101.0}, "wrong `score`\n    found 101.0; expected 0 to 100"),
        ({"calculated_score": -0.1}, "wrong `calculated_score`\n    found -0.1; expected 0 to 100"),
        ({"score": float("nan")}, "wrong `score`\n    found nan; expected a finite number or `None`"),
        ({"score": "61"}, "wrong `score`\n    found '61'; expected a finite number or `None`"),
        ({"score": True}, "wrong `score`\n    found True; expected a finite number or `None`"),
        ({"band": "good"}, "wrong `band`\n    found 'good'; expected a `Band` or `None`"),
        ({"band": None}, "half a tally\n    found no band; expected all or none"),
        ({"score": None, "calculated_score": None}, "found no calculated_score and no score"),
        ({"band": Band.POOR}, "found 61.0; expected 39.9, one decimal and inside the band `poor`"),
        ({"score": 61.04}, "found 61.04; expected 61.0, one decimal"),
        ({"gates": None}, "wrong `gates`\n    found None; expected a tuple of `Gate`"),
        ({"gates": ("grave",)}, "wrong `gates`\n    found ('grave',); expected a tuple of `Gate`"),
        ({"points": {}}, "wrong `points`\n    found {}; expected a `FrozenMap` of finite numbers"),
        ({"points": FrozenMap({"c0": float("inf")})}, "wrong `points`"),
        ({"points": FrozenMap({"other": 1.0})}, "found 'other'; expected points for the criteria that it was given"),
    ],
)
def test_a_model_that_breaks_its_promises_is_named(settled: Settle, changes: dict[str, Any], message: str) -> None:
    """Each broken promise has its message, after the model's name."""
    with pytest.raises(EvaluationError) as caught:
        _tally_saying(attrs.evolve(GOOD, **changes), settled((Role.LINEAR, 1, 1.0)))
    assert str(caught.value).startswith("scoring model `mine` returned ")
    assert message in str(caught.value)


def test_a_model_must_return_a_tally() -> None:
    """A bare number is not enough."""
    with pytest.raises(EvaluationError) as caught:
        _tally_saying(61.0)
    assert str(caught.value) == "scoring model `mine` returned no tally\n    found 61.0; expected a `Tally`"


def test_broken_constants_do_not_reach_the_verdict(settled: Settle) -> None:
    """A negative doubt would leave the scale."""
    with pytest.raises(EvaluationError, match="scoring model `ledger` returned wrong `calculated_score`"):
        tally(settled((Role.LINEAR, 1, 1.0)), Scoring(doubt=-1.5))
