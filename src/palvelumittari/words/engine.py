"""Which version of the engine makes a record."""

from __future__ import annotations

from functools import cache

ENGINE = "palvelumittari"
"""The name of the core distribution."""


@cache
def engine_version() -> str:
    """The version of the installed core distribution; asked for once, for looking it up takes milliseconds."""
    from importlib.metadata import version  # noqa: PLC0415  # slow to import, and not needed until a record is made

    return version(ENGINE)
