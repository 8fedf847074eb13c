"""What makes two runs the same: how a meter is built, and digests of everything that decides what it says."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import attrs

from palvelumittari.batch.blocks import Question
from palvelumittari.meter import Meter
from palvelumittari.reading.rubric_file import digest_of
from palvelumittari.words.engine import ENGINE
from palvelumittari.words.frozen import FrozenMap


@attrs.frozen(kw_only=True)
class Recipe:
    """How each process builds its meter: the arguments of `Meter`, with plugins by the names of their modules."""

    modules: tuple[str, ...] = ()
    rubrics: tuple[Path, ...] = ()
    installed: bool = True
    strict: bool = False

    def meter(self) -> Meter:
        """A meter after this recipe; raises what `Meter` raises."""
        return Meter(self.modules, rubrics=self.rubrics, installed=self.installed, strict=self.strict)


def setup_of(meter: Meter, question: Question) -> FrozenMap[str]:
    """Everything beside the input that decides what the results are, part by part."""
    catalog = meter.catalog
    versions = dict(catalog.versions)
    return FrozenMap(
        {
            "engine": versions.pop(ENGINE, ""),
            "plugins": digest_of(versions),
            "rubrics": digest_of({name: file.ref.digest for name, file in catalog.rubrics.items()}),
            "vocabulary": digest_of(canonical(catalog.vocabulary)),
            "readings": digest_of(canonical(catalog.terms.readings)),
            "options": digest_of(canonical(question)),
        }
    )


def changed_parts(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """The names of the parts in which two setups differ."""
    return [name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)]


def canonical(value: Any) -> Any:
    """A record as plain data that is the same in every process, whatever the order of its sets."""
    if attrs.has(type(value)):
        return {field.name: canonical(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, Mapping):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((canonical(item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [canonical(item) for item in value]
    return value.value if isinstance(value, Enum) else value
