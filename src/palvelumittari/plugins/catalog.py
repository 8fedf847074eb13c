"""The catalog: everything that the meter knows once all plugins are loaded, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from palvelumittari.hookspecs import PROJECT, Detector, MeasureFunction, Reader, Writer
from palvelumittari.plugins.contribution import CaseFile
from palvelumittari.plugins.status import PluginStatus
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.reading.terms import Terms
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.scoring import Model
from palvelumittari.words.frozen import FrozenMap

if TYPE_CHECKING:
    import click


@attrs.frozen(kw_only=True)
class Catalog:
    """All content and code that the core and the plugins bring.

    `terms` is what rubrics are checked against. Measures, detectors and plugins' models are named `plugin.name`;
    readers and writers hold the plugins' alone, by format. `plugins` tells what became of each plugin, in the order of
    loading. `versions` holds the version of every distribution that brings something, the core among them; what a
    caller hands over as a module or an object has no entry there.
    """

    terms: Terms
    rubrics: FrozenMap[RubricFile]
    detectors: FrozenMap[Detector] = FrozenMap()
    readers: FrozenMap[Reader] = FrozenMap()
    writers: FrozenMap[Writer] = FrozenMap()
    commands: tuple[click.Command, ...] = ()
    cases: tuple[CaseFile, ...] = ()
    plugins: tuple[PluginStatus, ...] = ()
    versions: FrozenMap[str] = FrozenMap()

    @property
    def vocabulary(self) -> Vocabulary:
        """The acts, tags and fields of the core and all plugins."""
        return self.terms.vocabulary

    @property
    def measures(self) -> Mapping[str, MeasureFunction]:
        """The functions that `calls` may name."""
        return self.terms.functions

    @property
    def models(self) -> Mapping[str, Model]:
        """The scoring models: the engine's by their plain names, and the plugins'."""
        return self.terms.models

    def owner(self, kind: str, name: str) -> str:
        """What messages call the plugin that brings something: a kind as in `PluginStatus.brings`, and the name."""
        owners = (status.label for status in self.plugins if name in status.brings.get(kind, ()))
        return next(owners, PROJECT)

    def plugin(self, name: str) -> PluginStatus:
        """What became of the plugin of that name (of several, the first); raises `KeyError` if there is none."""
        for status in self.plugins:
            if status.name == name:
                return status
        raise KeyError(name)
