"""What the tests of the bar share: a meter with this plugin alone, and its cases."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import palvelumittari as pm
import palvelumittari_bar

FOLDER = Path(palvelumittari_bar.__file__).parent / "cases"


@pytest.fixture(scope="session")
def meter() -> pm.Meter:
    """A meter that knows the core and this plugin, whatever else is installed."""
    return pm.Meter(plugins=["palvelumittari_bar"], installed=False, strict=True)


@pytest.fixture(scope="session")
def cases(meter: pm.Meter) -> dict[str, tuple[dict[str, Any], pm.Encounter]]:
    """All cases by the name of their file: what stands in them, and the encounter."""
    found = {path.name.removesuffix(".case.toml"): tomllib.loads(path.read_text("utf-8")) for path in FOLDER.iterdir()}
    return {name: (case, encounter_of(meter, case)) for name, case in found.items()}


@pytest.fixture(scope="session")
def verdicts(meter: pm.Meter, cases: dict[str, tuple[dict[str, Any], pm.Encounter]]) -> dict[str, pm.Verdict]:
    """The verdict on each case."""
    return {name: meter.score(encounter) for name, (_, encounter) in cases.items()}


def encounter_of(meter: pm.Meter, case: dict[str, Any]) -> pm.Encounter:
    """The encounter of a case, read through the public door as a timeline file."""
    given = {"id": case["id"], **case["encounter"]}
    timeline = given.pop("timeline")
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in dotted(given))
    return meter.loads(f"{head}\n\n{timeline}", format="timeline")


def dotted(given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys of a case's encounter as a timeline file writes them."""
    for key, value in given.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", each) for inner, each in value.items())
        else:
            yield key, value
