"""What became of each plugin: loaded or not, what it brings, and what to do if something is wrong."""

from __future__ import annotations

from enum import StrEnum

import attrs

from palvelumittari.words.errors import Problem
from palvelumittari.words.frozen import FrozenMap


class State(StrEnum):
    """Whether a plugin is in use (`ok`), or was left out as a whole (`failed`)."""

    OK = "ok"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class PluginStatus:
    """One plugin that was found or given, and what became of it.

    `name` is the entry point's, `entry_point` the module (or `module:object`) that it names. `distribution` and
    `version` are `None` for what a caller handed over. `brings` holds ids by kind (`rubrics`, `acts`, `measures`, ...;
    kinds of which it brings nothing are left out) and is empty for a plugin that failed. Each of the `problems` carries
    its remedy as the hint; warnings may stand beside the state `ok`.
    """

    name: str
    entry_point: str
    state: State
    distribution: str | None = None
    version: str | None = None
    brings: FrozenMap[tuple[str, ...]] = FrozenMap()
    problems: tuple[Problem, ...] = ()

    @property
    def is_ok(self) -> bool:
        """Whether the plugin is in use."""
        return self.state is State.OK

    @property
    def label(self) -> str:
        """Everything that tells this plugin from others: name, distribution, version, entry point.

        >>> PluginStatus(
        ...     name="taxi", entry_point="my_taxi", state=State.OK, distribution="my-taxi", version="1.0"
        ... ).label
        'taxi (my-taxi 1.0, entry point my_taxi)'
        """
        return label_of(self.name, self.entry_point, self.distribution, self.version)

    @property
    def named_problems(self) -> tuple[Problem, ...]:
        """The problems, each with the plugin named in front, for places where the plugin is not named otherwise."""
        return tuple(attrs.evolve(one, what=f"plugin {self.label}: {one.what}") for one in self.problems)

    def __str__(self) -> str:
        """The label and the state, then every problem."""
        return "\n".join([f"{self.label}: {self.state}", *map(str, self.problems)])


def label_of(name: str, entry_point: str, distribution: str | None, version: str | None) -> str:
    """A plugin as messages call it."""
    release = " ".join(filter(None, (distribution, version)))
    entry = f"entry point {entry_point}" if release else entry_point
    return f"{name} ({', '.join(filter(None, (release, entry)))})"
