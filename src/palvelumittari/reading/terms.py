"""The terms a rubric may use: what vocabulary, readings, functions and models are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from palvelumittari.records.rubric import Reading
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.frozen import FrozenMap


@attrs.frozen(kw_only=True)
class Terms:
    """What the checks hold a rubric against. `functions` and `models` are those that `calls` and `[scoring]` name."""

    vocabulary: Vocabulary
    readings: FrozenMap[Reading] = FrozenMap()
    functions: Mapping[str, Callable[..., Any]] = FrozenMap()
    models: Mapping[str, Callable[..., Any]] = FrozenMap()
