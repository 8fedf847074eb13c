"""Times and durations: whole milliseconds in memory, clock times and `"20 s"` in files."""

from __future__ import annotations

import re

MAX_TIME_MS = 10 * 366 * 24 * 3600 * 1000
"""Ten years: later than anything that belongs to one encounter."""

_CLOCK = re.compile(r"(?:(\d{1,6}):)?(\d{1,3}):([0-5]\d)(?:\.(\d{1,3}))?\Z", re.ASCII)
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*(s|min|h)\Z", re.ASCII)
_UNIT_MS = {"s": 1000, "min": 60_000, "h": 3_600_000}


def ms_from_seconds(seconds: float) -> int:
    """Whole milliseconds from seconds with at most three decimals.

    Raises `ValueError` (its text says what was expected) for NaN, infinite, negative, too late or too fine times.

    >>> ms_from_seconds(36.5)
    36500
    """
    if not 0 <= seconds <= MAX_TIME_MS / 1000:  # NaN does not lie in between either
        raise ValueError("seconds from the start, from 0 to ten years")
    ms = round(seconds * 1000)
    if abs(ms / 1000 - seconds) > 1e-9 * max(1.0, abs(seconds)):
        raise ValueError("seconds with at most three decimals")
    return ms


def seconds_from_ms(ms: int) -> int | float:
    """Seconds as a file writes them: a whole number where it is one.

    >>> seconds_from_ms(36500), seconds_from_ms(2000)
    (36.5, 2)
    """
    return ms // 1000 if ms % 1000 == 0 else ms / 1000


def ms_from_clock(text: str) -> int:
    """Milliseconds from `[h:]m:ss[.mmm]`; raises `ValueError` otherwise.

    >>> ms_from_clock("1:02:03.5")
    3723500
    """
    match = _CLOCK.match(text)
    if match is None:
        raise ValueError("a time such as 0:36, 12:05.250 or 1:02:03")
    hours, minutes, seconds, fraction = match.groups()
    if hours is not None and int(minutes) > 59:
        raise ValueError("minutes from 0 to 59 after an hour")
    ms = ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((fraction or "").ljust(3, "0"))
    if ms > MAX_TIME_MS:
        raise ValueError("a time of at most ten years")
    return ms


def clock_from_ms(ms: int) -> str:
    """The reverse of `ms_from_clock`.

    >>> clock_from_ms(36_000), clock_from_ms(3_723_500)
    ('0:36', '1:02:03.500')
    """
    seconds, fraction = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    tail = f".{fraction:03d}" if fraction else ""
    return f"{hours}:{minutes:02d}:{seconds:02d}{tail}" if hours else f"{minutes}:{seconds:02d}{tail}"


def ms_from_duration(text: str) -> int:
    """Milliseconds from a duration such as `15 s`, `2.5 min` or `3 h`; raises `ValueError` otherwise.

    >>> ms_from_duration("1.5 min")
    90000
    """
    match = _DURATION.match(text.strip())
    if match is None:
        raise ValueError('a duration such as "20 s", "2 min" or "3 h"')
    number, unit = match.groups()
    ms = round(float(number) * _UNIT_MS[unit])
    if ms > MAX_TIME_MS:
        raise ValueError("a duration of at most ten years")
    return ms


def duration_from_ms(ms: int) -> str:
    """A duration in the largest unit that keeps it exact.

    >>> duration_from_ms(90_000), duration_from_ms(120_000), duration_from_ms(250)
    ('90 s', '2 min', '0.25 s')
    """
    for unit in ("h", "min"):
        if ms and ms % _UNIT_MS[unit] == 0:
            return f"{ms // _UNIT_MS[unit]} {unit}"
    return f"{seconds_from_ms(ms)} s"
