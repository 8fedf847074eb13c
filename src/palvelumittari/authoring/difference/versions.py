"""Version numbers: which one a change calls for, and whether a rubric has it."""

from __future__ import annotations

from palvelumittari.authoring.difference.records import Fit, Level

_RAISED = (Level.MAJOR, Level.MINOR, Level.PATCH)


def next_version(version: str, level: Level) -> str:
    """The version after a change of a level; the first number is raised below 1.0.0, too.

    >>> next_version("1.2.3", Level.MAJOR), next_version("0.2.3", Level.MINOR), next_version("1.2.3", Level.NONE)
    ('2.0.0', '0.3.0', '1.2.3')
    """
    if level is Level.NONE:
        return version
    numbers = _numbers(version)
    place = _RAISED.index(level)
    raised = (*numbers[:place], numbers[place] + 1, *(0 for _ in numbers[place + 1 :]))
    return ".".join(map(str, raised))


def fit_of(old: str, new: str, needed: str) -> Fit:
    """How the version of the new rubric fits.

    >>> fit_of("1.2.0", "1.3.0", "2.0.0"), fit_of("1.2.0", "1.2.0", "1.2.0")
    (<Fit.TOO_LOW: 'too_low'>, <Fit.RIGHT: 'right'>)
    """
    wanted, found = _numbers(needed), _numbers(new)
    if found >= wanted:
        return Fit.RIGHT if found == wanted else Fit.HIGHER
    return Fit.UNCHANGED if found == _numbers(old) else Fit.TOO_LOW


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
