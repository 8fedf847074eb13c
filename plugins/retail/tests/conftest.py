"""What the tests of the shop share: a meter with this plugin alone, and the case files."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

import palvelumittari as pm
import palvelumittari_retail

CASES = Path(palvelumittari_retail.__file__).parent / "cases"


@pytest.fixture(scope="session")
def meter() -> pm.Meter:
    """A meter that knows the core and this plugin, whatever else is installed."""
    return pm.Meter(plugins=["palvelumittari_retail"], installed=False, strict=True)


@pytest.fixture(scope="session")
def cases(meter: pm.Meter) -> dict[str, tuple[dict[str, Any], pm.Encounter]]:
    """All cases by the stem of their file: what stands in them, and the encounter."""
    found = {path.name.removesuffix(".case.toml"): tomllib.loads(path.read_text("utf-8")) for path in CASES.iterdir()}
    return {name: (case, encounter_of(meter, case)) for name, case in found.items()}


def encounter_of(meter: pm.Meter, case: dict[str, Any]) -> pm.Encounter:
    """The encounter of a case, read through the public door in the timeline notation."""
    given = {"id": case["id"], **case["encounter"]}
    timeline = given.pop("timeline")
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in _dotted(given))
    return meter.loads(f"{head}\n\n{timeline}", format="timeline")


def _dotted(given: dict[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in given.items():
        if isinstance(value, dict):
            found += [(f"{key}.{name}", inner) for name, inner in value.items()]
        else:
            found.append((key, value))
    return found
