"""`calls`: what does a plugin's Python function say?"""

from __future__ import annotations

import math
from typing import Any

import attrs

from palvelumittari.records.measure import Calls
from palvelumittari.records.scene import Answer, Scene
from palvelumittari.records.verdict import Outcome
from palvelumittari.reference.results import Reason, Result, credits_against, credits_for, without, worth
from palvelumittari.reference.stage import Stage
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

_NOTHING = (Outcome.NOT_APPLICABLE, "calls_nothing")
_UNDECIDED = (Outcome.UNDECIDED, "calls_undecided")


def calls(measure: Calls, stage: Stage) -> Result:
    """The function's answer if it keeps the contract; an `error` result, never an exception, otherwise."""
    try:
        said = stage.functions[measure.function](scene_of(stage), **measure.options)
        answer = _checked(said, len(stage.timeline.events))
    except Exception as error:  # a plugin's measure may raise anything; it never breaks the other criteria
        return without(Outcome.ERROR, "error", function=measure.function, message=_message(error))
    if answer.fulfilment is None:
        outcome, key = _UNDECIDED if answer.undecided else _NOTHING
        return _said(without(outcome, key, function=measure.function), answer)
    evidence = (*credits_for(answer.speaks_for), *credits_against(answer.speaks_against))
    events = tuple(cited.event for cited in evidence)
    values = {"function": measure.function, "share": answer.fulfilment, "events": events}
    return _said(worth(answer.fulfilment, Reason("calls_told", values), evidence), answer)


def scene_of(stage: Stage) -> Scene:
    """What a measure sees."""
    timeline = stage.timeline
    return Scene(
        encounter=timeline.encounter,
        vocabulary=timeline.vocabulary,
        phases=timeline.phases,
        readings=FrozenMap(stage.moments.values),
    )


def _message(error: Exception) -> str:
    """What went wrong, on one line."""
    text = str(error) if isinstance(error, _BrokenContractError) else f"{type(error).__name__}: {error}"
    return " ".join(text.split()).rstrip(".:")


def _said(result: Result, answer: Answer) -> Result:
    return attrs.evolve(result, said=answer.reason)


class _BrokenContractError(ValueError):
    """A measure answered something that is no answer."""


def _checked(said: Any, events: int) -> Answer:
    """What a plugin's function said, as an answer; nothing in it is trusted to be what its annotation says."""
    answer = said if isinstance(said, Answer) else Answer(fulfilment=said)
    value: Any = answer.fulfilment
    cited: tuple[Any, ...] = (*answer.speaks_for, *answer.speaks_against)
    reason: Any = answer.reason
    if value is not None:
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not number or not 0 <= value <= 1:
            raise _BrokenContractError(f"returned {value!r}, expected a number from 0 to 1 or None")
        if answer.undecided:
            raise _BrokenContractError(f"returned {value!r} and says that it is undecided")
    if not all(isinstance(index, int) and 0 <= index < events for index in cited):
        raise _BrokenContractError(f"cites events {list(cited)!r}, but the encounter has {events}")
    if not isinstance(reason, Text | None):
        raise _BrokenContractError(f"gives the reason {reason!r}, expected a Text or None")
    return answer
