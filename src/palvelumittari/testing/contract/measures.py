"""Measures in Python: in range, with real evidence, pure, and the same today and tomorrow."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import attrs

from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.measure import Calls
from palvelumittari.records.rubric import Role
from palvelumittari.records.scene import Answer, Scene
from palvelumittari.reference.measures.calls import scene_of
from palvelumittari.reference.moments import Moments
from palvelumittari.reference.stage import Stage
from palvelumittari.reference.timeline import Timeline
from palvelumittari.testing.contract.breach import Breach
from palvelumittari.testing.contract.elsewhere import answers_elsewhere
from palvelumittari.testing.contract.subject import Subject
from palvelumittari.words.text import Text


@attrs.frozen
class Said:
    """What a measure said of a scene: an answer, or the exception that it raised; and whether it changed the scene."""

    scene: Scene
    answer: Any = None
    raised: Exception | None = None
    changed: bool = False

    @property
    def text(self) -> str:
        """What was said in text, so that it can be compared with what another process says."""
        return repr(as_answer(self.answer)) if self.raised is None else repr(self.raised)


def as_answer(said: Any) -> Answer:
    """What a measure said, as an answer, whatever it is."""
    return said if isinstance(said, Answer) else Answer(fulfilment=said)


def scenes(meter: Meter, encounters: Sequence[Encounter]) -> list[Scene]:
    """What a measure sees of encounters."""
    readings = tuple(meter.catalog.terms.readings.values())
    walked = (Moments(Timeline(each, meter.vocabulary), readings) for each in encounters)
    return [scene_of(Stage(moments=moments, role=Role.LINEAR, functions={})) for moments in walked]


def ask(function: Callable[..., Any], scene: Scene, options: Mapping[str, Any]) -> Said:
    """What a measure says of a scene; whatever it raises is noted."""
    before, answer, raised = _shown(scene), None, None
    try:
        answer = function(scene, **options)
    except Exception as error:  # a plugin's function may raise anything
        raised = error
    return Said(scene, answer, raised, _shown(scene) != before)


def _shown(scene: Scene) -> str:
    """All of a scene that a measure might change."""
    return repr((scene.encounter, scene.phases, scene.readings))


def check_measures(subject: Subject, encounters: Sequence[Encounter]) -> Iterator[Breach]:
    """Every way in which the measures of the plugin break their contract on these encounters."""
    others = answers_elsewhere(subject.modules, subject.calls, encounters)
    for index, call in enumerate(subject.calls):
        function = subject.measures[call.function]
        said = [ask(function, scene, call.options) for scene in scenes(subject.meter, encounters)]
        yield from _answers(call, said)
        yield from _purity(call, function, said, [each[index] for each in others])


def _named(call: Calls) -> str:
    options = ", ".join(f"{key}={value!r}" for key, value in call.options.items())
    return f"the measure `{call.function}`" + (f" with {options}" if options else "")


# --- answers ----------------------------------------------------------------------------------------------------


def _answers(call: Calls, said: Sequence[Said]) -> Iterator[Breach]:
    """What is wrong with the answers, each thing once, on the shortest encounter that shows it."""
    for check in CHECKS:
        first = next(((each, wrong) for each in said if (wrong := check(each)) is not None), None)
        if first is not None:
            each, (what, hint) = first
            yield Breach(f"{_named(call)} {what}", hint=hint, on=each.scene.encounter)


Wrong = tuple[str, str] | None
"""What is wrong and what to do about it; `None` for nothing."""


def _raises(said: Said) -> Wrong:
    if said.raised is None:
        return None
    return f"raises {said.raised!r}", "return None where there is nothing to judge"


def _range(said: Said) -> Wrong:
    value: Any = as_answer(said.answer).fulfilment
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if is_number and 0 <= value <= 1:
        return None
    return f"answers {value!r}", "answer a number from 0 to 1, or None where there is nothing to judge"


def _undecided(said: Said) -> Wrong:
    answer = as_answer(said.answer)
    if answer.fulfilment is None or not answer.undecided:
        return None
    return f"answers {answer.fulfilment!r} and says that it is undecided", "say one of the two"


def _evidence(said: Said) -> Wrong:
    answer, count = as_answer(said.answer), len(said.scene.encounter.events)
    hint = "cite the index of an event, as scene.find gives it"
    try:
        cited: tuple[Any, ...] = (*answer.speaks_for, *answer.speaks_against)
    except TypeError:
        return f"cites {answer.speaks_for!r} and {answer.speaks_against!r}, which are not both lists of events", hint
    for index in cited:
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < count:
            return f"cites event {index!r}, but the encounter has {count} (they count from 0)", hint
    return None


def _reason(said: Said) -> Wrong:
    reason: Any = as_answer(said.answer).reason
    if reason is not None and not isinstance(reason, Text):
        return f"gives the reason {reason!r}, which is no Text", 'write pm.Text({"en": ..., "fi": ..., "sv": ...})'
    missing = reason.missing() if reason is not None else ()
    if missing:
        what = f"gives a reason that lacks its translation to {' and '.join(missing)}"
        return what, f"add {missing[0]} to its Text"
    return None


CHECKS: tuple[Callable[[Said], Wrong], ...] = (_raises, _range, _undecided, _evidence, _reason)
"""What is looked at in each answer."""


# --- purity -----------------------------------------------------------------------------------------------------


def _purity(
    call: Calls, function: Callable[..., Any], said: Sequence[Said], elsewhere: Sequence[Sequence[str]]
) -> Iterator[Breach]:
    """Whether it changes what it was shown, and whether it says the same again: in another order, in other processes.

    Only the first that is found is told, since one brings the others with it.
    """
    changed = next((each for each in said if each.changed), None)
    if changed is not None:
        hint = "leave the scene as it is, and make new records with attrs.evolve"
        yield Breach(f"{_named(call)} changes the scene", hint=hint, on=changed.scene.encounter)
        return
    again = [ask(function, each.scene, call.options).text for each in reversed(said)][::-1]
    times = [("when it is asked again", again), *(("in another process", each) for each in elsewhere)]
    different = (found for when, others in times for found in _different(call, said, others, when))
    yield from islice(different, 1)


def _different(call: Calls, said: Sequence[Said], others: Sequence[str], when: str) -> Iterator[Breach]:
    """Answers that are not the same another time."""
    for each, other in zip(said, others, strict=True):
        if each.text != other:
            what = f"{_named(call)} says something else {when}:\n        {each.text}\n        {other}"
            hint = "let it depend on nothing but its scene and options: no clock, no chance, no state, no order of sets"
            yield Breach(what, hint=hint, on=each.scene.encounter)
