"""Public names that their package loads when somebody first asks for one: who only scores waits for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def from_homes(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package that takes public names from the modules where they live.

    Args:
        package: The name of the package.
        homes: The module of each name.

    >>> get = from_homes("here", {"Text": "palvelumittari.words.text"})
    >>> get("Text").__name__
    'Text'
    """

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(homes[name]), name)

    return get


def homes_in(package: str, modules: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The module of each name, from the names of each module of a package.

    >>> homes_in("here", {"one": ("a", "b")})
    {'a': 'here.one', 'b': 'here.one'}
    """
    return {name: f"{package}.{module}" for module, names in modules.items() for name in names}
