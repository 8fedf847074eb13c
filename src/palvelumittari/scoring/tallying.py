"""Tallying: pick the model that a rubric names, run it, and check what it says."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

from palvelumittari.records.rubric import Scoring
from palvelumittari.records.verdict import Band, Gate
from palvelumittari.scoring.bands import printed_score
from palvelumittari.scoring.models import MODELS, Model, Tally
from palvelumittari.scoring.settling import Settled
from palvelumittari.words import errors
from palvelumittari.words.errors import EvaluationError, Problem, RubricError
from palvelumittari.words.frozen import FrozenMap


def tally(settled: Sequence[Settled], scoring: Scoring, models: Mapping[str, Model] = MODELS) -> Tally:
    """Add up settled findings with the model that `scoring` names.

    Raises `RubricError` for a name that is not among `models`, and `EvaluationError` for a model that raises
    or whose tally breaks what `Tally` promises.
    """
    result = _run(_model_named(scoring.model, models), settled, scoring)
    broken = (_of_model(scoring.model, problem) for problem in check_tally(result, settled))
    errors.raise_errors(broken, EvaluationError)
    return result


def check_tally(result: object, settled: Sequence[Settled]) -> Iterator[Problem]:
    """What a model's result breaks of the promises of `Tally`; `settled` is what the model was given."""
    if not isinstance(result, Tally):
        yield Problem("returned no tally", found=errors.shown(result), expected="a `Tally`")
        return
    misshapen = tuple(_check_types(result))
    yield from misshapen
    if not misshapen:
        yield from _check_scores(result)
        yield from _check_band(result)
        yield from _check_points(result, settled)


def _model_named(name: str, models: Mapping[str, Model]) -> Model:
    if name in models:
        return models[name]
    known = ", ".join(f"`{model}`" for model in models)
    hint = errors.did_you_mean(name, models)
    problem = Problem("unknown scoring model", found=f"`{name}`", expected=f"one of {known}", hint=hint)
    raise RubricError(problem)


def _run(model: Model, settled: Sequence[Settled], scoring: Scoring) -> Tally:
    try:
        return model(settled, scoring)
    except Exception as error:  # a plugin's model may raise anything, and its name must be told
        problem = Problem(f"raised {type(error).__name__}: {error}")
        raise EvaluationError(_of_model(scoring.model, problem)) from error


def _of_model(model: str, problem: Problem) -> Problem:
    what = f"scoring model `{model}` {problem.what}"
    return Problem(what, found=problem.found, expected=problem.expected)


def _check_types(result: Tally) -> Iterator[Problem]:
    for name, fits, expected in _TYPES:
        value = getattr(result, name)
        if not fits(value):
            yield _wrong(name, value, expected)


def _check_scores(result: Tally) -> Iterator[Problem]:
    for name in ("calculated_score", "score"):
        value = getattr(result, name)
        if value is not None and not 0 <= value <= 100:
            yield _wrong(name, value, "0 to 100")
    missing = [name for name in ("calculated_score", "score", "band") if getattr(result, name) is None]
    if len(missing) in (1, 2):
        yield Problem("returned half a tally", found=f"no {' and no '.join(missing)}", expected="all or none")


def _check_band(result: Tally) -> Iterator[Problem]:
    if result.band is None or result.score is None:
        return
    expected = printed_score(result.score, result.band)
    if expected != result.score:
        yield _wrong("score", result.score, f"{expected}, one decimal and inside the band `{result.band}`")


def _check_points(result: Tally, settled: Sequence[Settled]) -> Iterator[Problem]:
    known = {one.criterion for one in settled}
    for criterion in result.points:
        if criterion not in known:
            yield _wrong("points", criterion, "points for the criteria that it was given")


def _wrong(name: str, found: object, expected: str) -> Problem:
    return Problem(f"returned wrong `{name}`", found=errors.shown(found), expected=expected)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -math.inf < value < math.inf


def _is_score(value: object) -> bool:
    return value is None or _is_number(value)


def _is_band(value: object) -> bool:
    return value is None or isinstance(value, Band)


def _are_gates(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(gate, Gate) for gate in value)


def _are_points(value: object) -> bool:
    return isinstance(value, FrozenMap) and all(map(_is_number, value.values()))


_TYPES: tuple[tuple[str, Callable[[object], bool], str], ...] = (
    ("calculated_score", _is_score, "a finite number or `None`"),
    ("score", _is_score, "a finite number or `None`"),
    ("band", _is_band, "a `Band` or `None`"),
    ("gates", _are_gates, "a tuple of `Gate`"),
    ("points", _are_points, "a `FrozenMap` of finite numbers"),
)
"""What every field of a tally must be, before its value is looked at."""
