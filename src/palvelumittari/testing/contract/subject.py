"""The plugin that is examined, loaded strictly and with no other but those that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import ModuleType
from typing import Any

import attrs

from palvelumittari.hookspecs import MeasureFunction
from palvelumittari.meter import Meter
from palvelumittari.plugins import PluginStatus
from palvelumittari.plugins.contribution import CaseFile
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.records.measure import Calls
from palvelumittari.words.frozen import FrozenMap

Modules = Sequence[ModuleType | str]


@attrs.frozen(kw_only=True, slots=False)
class Subject:
    """A plugin that loads: the meter that knows it, and what it brings.

    `modules` are the names of the modules that make such a meter anywhere: those it rests on, then itself.
    """

    meter: Meter
    modules: tuple[str, ...]

    @property
    def status(self) -> PluginStatus:
        """What the meter tells of the plugin."""
        return next(each for each in self.meter.catalog.plugins if each.entry_point == self.modules[-1])

    @property
    def rubrics(self) -> tuple[RubricFile, ...]:
        """Its rubrics."""
        return tuple(each for each in self.meter.catalog.rubrics.values() if each.origin == self.status.entry_point)

    @property
    def cases(self) -> tuple[CaseFile, ...]:
        """Its cases."""
        return tuple(each for each in self.meter.catalog.cases if each.owner == self.status.name)

    @property
    def measures(self) -> Mapping[str, MeasureFunction]:
        """Its measures by their full names."""
        names = self.status.brings.get("measures", ())
        return {name: self.meter.catalog.measures[name] for name in names}

    @property
    def sector(self) -> str | None:
        """The first sector that one of its rubrics serves."""
        return next((sector for rubric in self.rubrics for sector in rubric.document.sectors), None)

    @cached_property
    def calls(self) -> tuple[Calls, ...]:
        """Every way in which its rubrics call its measures, each once; without options where none calls one."""
        found = dict.fromkeys(call for rubric in self.rubrics for call in _calls_in(self.meter, rubric.id))
        called = [call for call in found if call.function in self.measures]
        idle = set(self.measures) - {call.function for call in called}
        return (*called, *(Calls(function=name) for name in sorted(idle)))


def _calls_in(meter: Meter, rubric: str) -> list[Calls]:
    """The calls of a rubric, those that its situations change included."""
    found = []
    for criterion in meter.rubric(rubric).criteria:
        if isinstance(criterion.measure, Calls):
            changes: list[FrozenMap[Any]] = [situation.measure for situation in criterion.situations]
            found += [attrs.evolve(criterion.measure, **each) for each in (FrozenMap[Any](), *changes)]
    return found


def load_subject(plugin: ModuleType | str, beside: Modules) -> Subject:
    """The plugin, loaded strictly; raises `PluginError` with everything that keeps it from loading."""
    modules = (*beside, plugin)
    meter = Meter(modules, installed=False, strict=True)
    return Subject(meter=meter, modules=tuple(each if isinstance(each, str) else each.__name__ for each in modules))
