"""Which version of the engine makes a record."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version


@cache
def engine_version() -> str:
    """The version of the installed core distribution."""
    return version("palvelumittari")
