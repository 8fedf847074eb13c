"""The other process of `elsewhere`: reads what to ask on standard input, and writes what was said."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence

from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.measure import Calls
from palvelumittari.testing.contract.measures import ask, scenes


def main() -> None:
    """Read modules, calls and encounters; write for each call what it says of each encounter, in text."""
    modules, calls, encounters = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pickle.dumps(said(modules, calls, encounters)))


def said(modules: Sequence[str], calls: Sequence[Calls], encounters: Sequence[Encounter]) -> list[list[str]]:
    """What each call says of each encounter."""
    meter = Meter(modules, installed=False, strict=True)
    shown = scenes(meter, encounters)
    return [[ask(meter.catalog.measures[call.function], scene, call.options).text for scene in shown] for call in calls]
