"""Times and durations."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palvelumittari.words.timing import (
    MAX_TIME_MS,
    clock_from_ms,
    duration_from_ms,
    ms_from_clock,
    ms_from_duration,
    ms_from_seconds,
    seconds_from_ms,
)

TIMES = st.integers(0, MAX_TIME_MS)


@given(TIMES)
def test_seconds_are_read_back_the_same(ms: int) -> None:
    """Every whole millisecond has its seconds."""
    assert ms_from_seconds(seconds_from_ms(ms)) == ms


@given(TIMES)
def test_clock_times_and_durations_are_read_back_the_same(ms: int) -> None:
    """Whatever is written can be read."""
    assert ms_from_clock(clock_from_ms(ms)) == ms
    if ms < 10**9 * 1000:
        assert ms_from_duration(duration_from_ms(ms)) == ms


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -math.inf, -0.001, 10**400, 1e300, MAX_TIME_MS / 1000 + 1])
def test_seconds_out_of_range_are_refused(seconds: float) -> None:
    """Even numbers that no float can hold."""
    with pytest.raises(ValueError, match="from 0 to ten years"):
        ms_from_seconds(seconds)


def test_seconds_finer_than_milliseconds_are_refused() -> None:
    """They would not be read back the same."""
    with pytest.raises(ValueError, match="three decimals"):
        ms_from_seconds(0.0005)


@pytest.mark.parametrize(
    ("text", "ms"),
    [("0:36", 36_000), ("12:05.25", 725_250), ("999:59", 59_999_000), ("72:00:00", 259_200_000), ("0:00:00.001", 1)],
)
def test_clock_times(text: str, ms: int) -> None:
    """Minutes may go beyond the hour, unless an hour stands before them."""
    assert ms_from_clock(text) == ms


@pytest.mark.parametrize(
    "text", ["", "36", "0:60", "1:60:00", "0:3", "-0:36", "0:36.1234", " 0:36", "\u0663:00", "999999:00:00"]
)
def test_what_is_no_clock_time(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"time|minutes"):
        ms_from_clock(text)


@pytest.mark.parametrize(
    ("text", "ms"), [("15 s", 15_000), ("2.5min", 150_000), (" 3 h ", 10_800_000), ("1.005 s", 1005)]
)
def test_durations(text: str, ms: int) -> None:
    """The blank before the unit may be missing."""
    assert ms_from_duration(text) == ms


@pytest.mark.parametrize("text", ["", "15", "15 sec", "-1 s", "1.2345 s", "1e3 s", "999999999 h"])
def test_what_is_no_duration(text: str) -> None:
    """Nor is more than ten years."""
    with pytest.raises(ValueError, match="duration"):
        ms_from_duration(text)


@pytest.mark.parametrize(("ms", "text"), [(0, "0 s"), (3_600_000, "1 h"), (90_000, "90 s"), (60_000, "1 min")])
def test_durations_are_written_in_the_largest_unit_that_fits(ms: int, text: str) -> None:
    """So that 90 s stays 90 s."""
    assert duration_from_ms(ms) == text
