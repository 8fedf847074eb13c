"""The converter for rubric files: selectors, conditions, windows and durations from their texts."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from cattrs import Converter

from palvelumittari.reading.conditions import parse_condition
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.reading.structure import Mismatch, make_converter
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import Calls, Phase, Window
from palvelumittari.records.selector import Selector
from palvelumittari.words.timing import ms_from_duration

_TURNS = re.compile(r"(\d{1,4}) turns?\Z", re.ASCII)


def parse_window(text: str) -> Window:
    """A window from `"20 s"`, `"1 turn"` or `"90 s or 1 turn"`; raises `Mismatch` otherwise.

    >>> parse_window("90 s or 1 turn")
    Window(within_ms=90000, turns=1)
    """
    within_ms, turns = None, None
    for part in text.split(" or "):
        match = _TURNS.match(part.strip())
        if match and turns is None:
            turns = int(match[1])
        elif not match and within_ms is None:
            within_ms = _duration(part, text)
        else:
            raise _bad_window(text)
    if turns == 0 or within_ms == 0:
        raise Mismatch(
            "more than nothing", text, what="this window can never be met", hint="say how soon, such as 1 turn"
        )
    return Window(within_ms, turns)


def _bad_window(text: str) -> Mismatch:
    return Mismatch('a window such as "20 s", "1 turn" or "90 s or 1 turn"', text)


def _duration(part: str, text: str) -> int:
    try:
        return ms_from_duration(part)
    except ValueError:
        raise _bad_window(text) from None


def _selector(value: Any, _: Any) -> Selector:
    if isinstance(value, list | tuple) and value and all(isinstance(item, str) for item in value):
        value = " | ".join(value)
    if not isinstance(value, str):
        raise Mismatch('a selector such as "server.greet"', value)
    return parse_selector(value)


def _condition(value: Any, _: Any) -> Condition:
    if not isinstance(value, str):
        raise Mismatch('a condition in quotes such as "setting.queue > 0"', value)
    return parse_condition(value)


def _window(value: Any, _: Any) -> Window:
    if not isinstance(value, str):
        raise Mismatch('a window in quotes such as "1 turn"', value)
    return parse_window(value)


def _one_or_many(kind: Any, converter: Converter) -> Any:
    many = converter.get_structure_hook(kind)
    return lambda value, wanted: many([value] if isinstance(value, str) else value, wanted)


def _calls(converter: Converter) -> Any:
    plain = converter.get_structure_hook(Calls)
    return lambda value, wanted: plain({"function": value} if isinstance(value, str) else value, wanted)


@cache
def rubric_converter() -> Converter:
    """The strict converter that also reads the small languages of rubrics out of their texts."""
    converter = make_converter()
    converter.register_structure_hook(Selector, _selector)
    converter.register_structure_hook(Condition, _condition)
    converter.register_structure_hook(Window, _window)
    phases = tuple[Phase, ...]
    converter.register_structure_hook_func(lambda kind: kind == phases, _one_or_many(phases, converter))
    converter.register_structure_hook(Calls, _calls(converter))
    return converter
