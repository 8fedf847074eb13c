"""What editors show beside a table or a key: the words of `descriptions.toml`, by class and key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_ITSELF = "_"
"""The key under which a section says what its table is."""


@cache
def descriptions() -> Mapping[str, Mapping[str, str]]:
    """All descriptions: the name of a class, then a key in files."""
    text = files("palvelumittari.authoring.schemas").joinpath("descriptions.toml").read_text("utf-8")
    return tomllib.loads(text)


def described(kind: type[Any], key: str) -> str:
    """What a key of a record means; raises `LookupError` that says what to add."""
    return worded(kind.__name__, key)


def told(kind: type[Any]) -> str:
    """What a record is."""
    return worded(kind.__name__, _ITSELF)


def worded(section: str, key: str) -> str:
    """One description; raises `LookupError` that says what to add."""
    try:
        return descriptions()[section][key]
    except KeyError:
        raise LookupError(f"descriptions.toml lacks `{key}` in [{section}]: say there what it means") from None
