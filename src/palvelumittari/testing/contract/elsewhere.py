"""Another process: what importing a plugin loads there, and what its measures say where Python hashes otherwise."""

from __future__ import annotations

import importlib.util
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.measure import Calls

TIME_LIMIT_S = 300
"""How long the other process may take before it is given up."""

SEEDS = ("1", "2")
"""Two orders of sets; at least one of them is not the one here."""

_IMPORT = """
import importlib, sys
import palvelumittari
before = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sorted(set(sys.modules) - before))
"""

_ANSWER = "from palvelumittari.testing.contract.answering import main; main()"


def is_importable(modules: Sequence[str]) -> bool:
    """Whether another process finds all of some modules; one that was made in a test exists only here."""
    return all(_is_found(name) for name in modules)


def _is_found(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):  # a parent is missing, or the module was made without a specification
        return False


def loaded_by(modules: Sequence[str]) -> frozenset[str]:
    """The modules that importing some modules loads, beside what the engine loads itself."""
    return frozenset(_run(_IMPORT, *modules, given=b"", seed="0").decode().split())


def answers_elsewhere(
    modules: Sequence[str], calls: Sequence[Calls], encounters: Sequence[Encounter]
) -> list[list[list[str]]]:
    """For each of two orders of sets, for each call, what it says of each encounter, in text.

    Nothing where the plugin exists in this process only.
    """
    if not calls or not is_importable(modules):
        return []
    given = pickle.dumps((modules, calls, encounters))
    with ThreadPoolExecutor() as together:
        written = together.map(lambda seed: _run(_ANSWER, given=given, seed=seed), SEEDS)
        return [pickle.loads(answers) for answers in written]


def _run(code: str, *arguments: str, given: bytes, seed: str) -> bytes:
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=given,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        capture_output=True,
        timeout=TIME_LIMIT_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the other process ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout
