"""What generated functions call while they run: how events lie to each other, and a plugin's measure."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from palvelumittari.records.encounter import Channel, Encounter, Modality
from palvelumittari.records.measure import Phase
from palvelumittari.records.scene import Answer, Scene
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

MODALITY_BIT = FrozenMap({modality: 1 << place for place, modality in enumerate(Modality)})
"""One bit for each modality."""

_ALL = sum(MODALITY_BIT.values())
_UNSEEN = _ALL - MODALITY_BIT[Modality.GAZE] - MODALITY_BIT[Modality.FACE]

Indices = Sequence[int]


class Known(dict[int, tuple[bool, ...]]):
    """By the modalities that a record covers: whether the absence of each of several things would be known.

    `asked` holds for each thing the modalities (as bits) of every act, all of which would have to show.
    """

    def __init__(self, asked: Sequence[frozenset[int]]) -> None:
        """Nothing is reckoned before a record asks for it."""
        super().__init__()
        self.asked = tuple(asked)

    def __missing__(self, covered: int) -> tuple[bool, ...]:
        found = tuple(all(each & covered for each in masks) for masks in self.asked)
        self[covered] = found
        return found


def bits_of(modalities: Iterable[Modality]) -> int:
    """Modalities as bits."""
    return sum(MODALITY_BIT[each] for each in set(modalities))


def covered_by(observed: Iterable[Modality] | None, channel: Channel | None) -> int:
    """The modalities, as bits, that a record covers: those noted, or else the default of its channel."""
    if observed is not None:
        return bits_of(observed)
    return _ALL if channel is None or channel == Channel.FACE_TO_FACE else _UNSEEN


# --- phases -----------------------------------------------------------------------------------------------------


def find_phases(
    count: int,
    arrivals: Indices,
    core: Indices,
    working: Indices,
    requests: Indices,
    endings: Indices,
    helping: Indices,
) -> list[Phase]:
    """The phase of each of `count` events.

    Args:
        count: How many events there are.
        arrivals: Where the customer arrives.
        core: The core acts.
        working: Those among them that do not end the encounter.
        requests: What is requested.
        endings: The acts with which the closing may begin.
        helping: What stands in for core acts where there are none.
    """
    if not core and helping:
        core = working = (helping[0], helping[-1])
    arrived = arrivals[0] if arrivals else 0
    opened = max(arrived, core[0]) if core else count
    last = max(working[-1] if working else -1, requests[-1] if requests else -1)
    place = bisect_left(endings, max(core[0], last + 1)) if core else len(endings)
    closed = max(opened, endings[place]) if place < len(endings) else count
    parts = (arrived, opened - arrived, closed - opened, count - closed)
    before, opening, service, closing = ([phase] * size for phase, size in zip(Phase, parts, strict=True))
    return before + opening + service + closing


def phase_changes(phases: Sequence[Phase]) -> list[int]:
    """The events before which another phase ended, the first included."""
    return [index for index, phase in enumerate(phases) if index == 0 or phase is not phases[index - 1]]


# --- sides ------------------------------------------------------------------------------------------------------


def find_runs(codes: Indices) -> tuple[tuple[Indices, Indices, Indices, Indices, Indices], ...]:
    """For the customer's side and for staff: own events, first and last events of runs, and of runs with speech."""
    customer: tuple[list[int], ...] = ([], [], [], [], [])
    staff: tuple[list[int], ...] = ([], [], [], [], [])
    side, first, last, speaks = customer, -1, -1, False
    for index, code in enumerate(codes):
        turn = code & 7
        if not turn:
            continue
        own = customer if turn < 3 else staff
        if own is not side or first < 0:
            if first >= 0:
                _close(side, first, last, speaks)
            side, first, speaks = own, index, False
        last = index
        speaks = speaks or not turn & 1
        own[0].append(index)
    if first >= 0:
        _close(side, first, last, speaks)
    return customer, staff  # type: ignore[return-value]  # five lists each, by the literals above


def _close(side: tuple[list[int], ...], first: int, last: int, speaks: bool) -> None:
    side[1].append(first)
    side[2].append(last)
    if speaks:
        side[3].append(first)
        side[4].append(last)


def turn_end(firsts: Indices, lasts: Indices, after: int, turns: int, none: int) -> int:
    """The last event of the n-th turn that begins after an event; `none` where there is no such turn."""
    place = bisect_right(firsts, after) + turns - 1
    return lasts[place] if place < len(lasts) else none


def run_start(own: Indices, firsts: Indices, lasts: Indices, after: int, count: int, none: int) -> int:
    """Where the n-th own run after an event begins; what is left of a run that was going on is the first."""
    place = bisect_right(firsts, after)
    if place and lasts[place - 1] > after:
        if count == 1:
            return own[bisect_right(own, after)]
        count -= 1
    place += count - 1
    return firsts[place] if place < len(firsts) else none


# --- moments ----------------------------------------------------------------------------------------------------


def next_after(indices: Indices, after: int, none: int) -> int:
    """The first of some events after an event; `none` where there is no such event."""
    place = bisect_right(indices, after)
    return indices[place] if place < len(indices) else none


def states_up_to(last: int, *moved: Indices) -> list[int]:
    """The states, counted in events whose cues were heard, up to `last`, in which one of some readings is new."""
    found = {event + 1 for events in moved for event in events if event < last}
    return [0, *sorted(found)]


def points_at(count: int, moved: Iterable[Indices], others: Iterable[Indices]) -> list[int]:
    """The events at which a condition may differ from what it was at the event before; the first included."""
    found = {event + 1 for events in moved for event in events}
    found.update(*others)
    found.add(0)
    return sorted(index for index in found if index < count)


def points_after(moved: Iterable[Indices], others: Iterable[Indices]) -> list[int]:
    """The events after which a condition may differ from what it was before them; first the start, as -1."""
    found: set[int] = set()
    found.update(*moved, *others)
    return [-1, *sorted(found)]


def beyond(points: Indices, first: int) -> Indices:
    """An event, and those of some points that come after it."""
    return (first, *points[bisect_right(points, first) :])


# --- a plugin's measure -----------------------------------------------------------------------------------------

NOTHING, UNDECIDED, ERROR = 0, 2, 3
"""Codes of outcomes without a fulfilment, as `numbers` reads them."""

Told = tuple[int, float | None, bool]


def ask_plugin(
    functions: Mapping[str, Callable[..., Any]], name: str, options: Mapping[str, Any], scene: Scene
) -> Told:
    """The outcome's code, the fulfilment, and whether an event is cited, as a plugin's measure says."""
    try:
        said = functions[name](scene, **options)
        answer = said if isinstance(said, Answer) else Answer(fulfilment=said)
        if not _keeps_contract(answer, len(scene.encounter.events)):
            return ERROR, None, False
    except Exception:  # a plugin's measure may raise anything; it never breaks the other criteria
        return ERROR, None, False
    if answer.fulfilment is None:
        return (UNDECIDED if answer.undecided else NOTHING), None, False
    share = min(1.0, max(0.0, round(answer.fulfilment, 9)))
    return 0, share, bool(answer.speaks_for or answer.speaks_against)


def _keeps_contract(answer: Answer, events: int) -> bool:
    """Whether an answer is what its annotations say; nothing in it is trusted to be."""
    value: Any = answer.fulfilment
    reason: Any = answer.reason
    cited: tuple[Any, ...] = (*answer.speaks_for, *answer.speaks_against)
    if value is not None:
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            return False
        if not 0 <= value <= 1 or answer.undecided:
            return False
    return all(isinstance(index, int) and 0 <= index < events for index in cited) and isinstance(reason, Text | None)


def make_scene(
    encounter: Encounter,
    vocabulary: Vocabulary,
    phases: Sequence[Phase],
    courses: Mapping[str, tuple[Indices, Sequence[float]]],
) -> Scene:
    """What a plugin's measure sees; `courses` hold by reading the events that moved it, and its values."""
    count = len(encounter.events)
    readings = {name: _spread(moved, values, count) for name, (moved, values) in courses.items()}
    return Scene(encounter=encounter, vocabulary=vocabulary, phases=tuple(phases), readings=FrozenMap(readings))


def _spread(moved: Indices, values: Sequence[float], count: int) -> tuple[float, ...]:
    """The value before each event, and after the last."""
    found: list[float] = []
    for value, end in zip(values, (*moved, count), strict=True):
        found += [value] * (end + 1 - len(found))
    return tuple(found)
