"""The taxi sector of palvelumittari.

Its rubric, vocabulary and cases lie beside this module and load by themselves; here stands what needs Python.
"""

from __future__ import annotations

from collections.abc import Callable

from palvelumittari import Answer, hookimpl
from palvelumittari_taxi.measures import fading_replies


@hookimpl
def palvelumittari_measures() -> dict[str, Callable[..., Answer | None]]:
    """The measures that the rubric names under `calls`, as `taxi.fading_replies`."""
    return {"fading_replies": fading_replies}
