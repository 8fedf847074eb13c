"""What a difference is: changes, each with its level and the reason for it, and the version that they call for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import attrs

from palvelumittari.records.condition import Condition
from palvelumittari.records.rubric import RubricRef
from palvelumittari.words.text import Text


class Level(StrEnum):
    """Which of the three numbers of a version a change raises; from least to most."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def rank(self) -> int:
        """0 for no change to 3 for scores that cannot be compared."""
        return list(Level).index(self)


class Subject(StrEnum):
    """What a change is about."""

    RUBRIC = "rubric"
    SCORING = "scoring"
    CRITERION = "criterion"
    READING = "reading"
    ACT = "act"
    TAG = "tag"
    FIELD = "field"


class Kind(StrEnum):
    """What became of it."""

    ADDED = "added"
    REMOVED = "removed"
    DROPPED = "dropped"
    RETIRED = "retired"
    RENAMED = "renamed"
    CHANGED = "changed"
    REORDERED = "reordered"


class Reason(StrEnum):
    """Why a change has its level."""

    SCORES = "scores"
    """An encounter can get another score."""
    UNREADABLE = "unreadable"
    """An encounter that the old version read can no longer be read."""
    UNSERVED = "unserved"
    """Encounters that the rubric served go to another one."""
    UNNAMED = "unnamed"
    """Whoever refers to a criterion by its id no longer finds it."""
    NEW_SITUATION = "new_situation"
    """It matters only where something is noted that no encounter of the old version could hold."""
    TRIAL = "trial"
    """It is shown and not counted."""
    NEW_TERM = "new_term"
    """Encounters may now name it; those that there are do not."""
    SERVED = "served"
    """Further encounters are served; those served before keep their scores."""
    NO_EFFECT = "no_effect"
    """It changes what is told, and no score."""
    REWRITTEN = "rewritten"
    """It is written in another way and means the same."""
    WORDING = "wording"
    """Words for people, which nothing is judged by."""

    @property
    def level(self) -> Level:
        """The level of a change with this reason."""
        return _LEVELS[self]


_LEVELS: Mapping[Reason, Level] = MappingProxyType(
    {
        Reason.SCORES: Level.MAJOR,
        Reason.UNREADABLE: Level.MAJOR,
        Reason.UNSERVED: Level.MAJOR,
        Reason.UNNAMED: Level.MAJOR,
        Reason.NEW_SITUATION: Level.MINOR,
        Reason.TRIAL: Level.MINOR,
        Reason.NEW_TERM: Level.MINOR,
        Reason.SERVED: Level.MINOR,
        Reason.NO_EFFECT: Level.MINOR,
        Reason.REWRITTEN: Level.PATCH,
        Reason.WORDING: Level.PATCH,
    }
)


@attrs.frozen(kw_only=True)
class Change:
    """One thing that differs.

    `id` names what it is about, `title` says it in words. `key` is the key of the file, such as `weight`, `within` or
    `title.fi`; empty where the whole thing came or went. `situation` is the condition of the situation in which the key
    stands, `step` (from 1) the pair or grade. `old` and `new` are the values as records, `None` for none. `sources` are
    the rubrics in whose files it changed, where that is not the compared rubric itself.
    """

    subject: Subject
    kind: Kind
    reason: Reason
    id: str = ""
    title: Text | None = None
    key: str = ""
    situation: Condition | None = None
    step: int | None = None
    old: Any = None
    new: Any = None
    sources: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """Which number of the version this change raises."""
        return self.reason.level


class Fit(StrEnum):
    """What is to be said of the new version number."""

    RIGHT = "right"
    """It is the one that the changes call for."""
    HIGHER = "higher"
    """It is higher than need be, which does no harm."""
    UNCHANGED = "unchanged"
    """It is the old one, although something changed."""
    TOO_LOW = "too_low"
    """It is lower than the changes call for."""
    ANOTHER = "another"
    """The two are different rubrics, each with versions of its own."""

    @property
    def is_fine(self) -> bool:
        """Whether the version may stay."""
        return self not in (Fit.UNCHANGED, Fit.TOO_LOW)


@attrs.frozen(kw_only=True)
class Difference:
    """Everything that differs between two rubrics, inherited parts included.

    `old` and `new` carry id, version, and the digest of the united rubric. `needed_version` is the least version that
    the new rubric may have.
    """

    old: RubricRef
    new: RubricRef
    level: Level
    needed_version: str
    fit: Fit
    changes: tuple[Change, ...] = ()

    def at(self, level: Level) -> tuple[Change, ...]:
        """The changes of one level."""
        return tuple(change for change in self.changes if change.level is level)
