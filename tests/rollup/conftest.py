"""Small encounters of one matter, and verdicts with a score of one's choice, on the shipped vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import attrs
import pytest

from palvelumittari.meter import Meter
from palvelumittari.reading.notation import parse_document
from palvelumittari.records.encounter import Channel, Encounter
from palvelumittari.records.episode import Episode
from palvelumittari.records.verdict import Status, Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup import make_episode
from palvelumittari.scoring.bands import SCORE_CUTS, band_at

Met = Callable[..., Encounter]
Scored = Callable[[float | None], Verdict]
Matter = Callable[..., Episode]


@pytest.fixture(scope="session")
def meter() -> Meter:
    """A meter without plugins."""
    return Meter(installed=False)


@pytest.fixture(scope="session")
def vocabulary(meter: Meter) -> Vocabulary:
    """The acts of the core."""
    return meter.vocabulary


@pytest.fixture(scope="session")
def met() -> Met:
    """An encounter from lines such as `server fix`: `met("system fault", "server fix", severity=0.2)`."""

    def make(*lines: str, started: str | None = None, channel: str | None = None, **fields: object) -> Encounter:
        text = "\n".join(line if line[0].isdigit() else f"- {line}" for line in lines)
        events = parse_document(f"id: kunigunde\n\n{text}\n", file=None).events
        customer = {"at_fault": True} if fields.pop("at_fault", False) else {}
        return Encounter(
            "kunigunde",
            events,
            sector="kiosk",
            channel=None if channel is None else Channel(channel),
            started=None if started is None else datetime.fromisoformat(started),
            setting=fields,
            customer=customer,
        )

    return make


@pytest.fixture(scope="session")
def scored(meter: Meter, met: Met) -> Scored:
    """A verdict with a score and its band, and nothing found."""
    empty = meter.score(met("customer arrive"))

    def make(score: float | None) -> Verdict:
        band = None if score is None else band_at(score, SCORE_CUTS)
        status = Status.NO_SCORE if score is None else Status.SCORED
        return attrs.evolve(empty, score=score, calculated_score=score, band=band, status=status, findings=())

    return make


@pytest.fixture(scope="session")
def matter(vocabulary: Vocabulary, scored: Scored) -> Matter:
    """The episode of some encounters: `matter([encounter, ...], [score, ...], names=True)`."""

    def make(encounters: Sequence[Encounter], scores: Sequence[float | None], **options: bool | int) -> Episode:
        return make_episode(encounters, [scored(each) for each in scores], vocabulary, **options)  # type: ignore[arg-type]

    return make
