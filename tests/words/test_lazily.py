"""Names that are loaded when they are first asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

import palvelumittari as pm
from palvelumittari import advice, rollup
from palvelumittari.words.lazily import from_homes, homes_in

NOT_FOR_SCORING = (
    "palvelumittari.advice.advising",
    "palvelumittari.records.advice",
    "palvelumittari.records.episode",
    "palvelumittari.records.panel",
    "palvelumittari.rollup.episode",
    "statistics",
)


def test_a_name_comes_from_its_home() -> None:
    """As if it had been imported."""
    get = from_homes("here", homes_in("palvelumittari.words", {"text": ("Text",)}))
    assert get("Text") is pm.Text


def test_another_name_is_an_error_as_of_any_module() -> None:
    """Which names the module."""
    with pytest.raises(AttributeError, match=r"^module 'here' has no attribute 'nothing'$"):
        from_homes("here", {})("nothing")


@pytest.mark.parametrize("package", [pm, advice, rollup], ids=lambda package: package.__name__)
def test_every_public_name_is_there(package: object) -> None:
    """Those that are loaded later, too."""
    names: list[str] = package.__all__  # type: ignore[attr-defined]
    assert all(getattr(package, name) is not None for name in names)


def test_a_prompt_offers_every_public_name() -> None:
    """Even before somebody has asked for it."""
    assert set(pm.__all__) <= set(dir(pm))


def test_who_only_scores_does_not_wait_for_the_rest() -> None:
    """What advice and roll-ups need is loaded with the first piece of advice and the first roll-up."""
    program = "import sys, palvelumittari; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & set(NOT_FOR_SCORING)
