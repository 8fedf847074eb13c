"""Laws of episodes: what staff do well never makes a matter worse, and scores and states keep to their scales."""

from __future__ import annotations

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from palvelumittari.formats import dumps, loads
from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Actor, Encounter, Event
from palvelumittari.records.episode import Episode
from palvelumittari.records.verdict import Status
from palvelumittari.rollup import make_episode
from palvelumittari.scoring.bands import RANGES, SCORE_CUTS, band_at

METER = Meter(installed=False)
EMPTY = METER.score(Encounter("a", (Event(Actor.CUSTOMER, "arrive"),), sector="kiosk"))

GOOD = ("apologise", "own", "empathise", "explain", "fix", "refund", "compensate", "gift", "extra_effort", "contact",
        "call_for", "promise", "keep_promise", "refer_warm")  # fmt: skip
EVENTS = [
    *[Event(Actor.SERVER, act) for act in (*GOOD, "lecture", "refer_cold", "hold", "fail", "greet")],
    *[Event(Actor.CUSTOMER, act) for act in ("complain", "request", "repeat_self", "leave", "abandon")],
    Event(Actor.SYSTEM, "fault"),
    Event(Actor.SYSTEM, "fault", tags=("again",)),
]
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "severity": st.sampled_from([0.0, 0.2, 0.5, 0.9]),
        "failure_kind": st.sampled_from(["money", "service"]),
        "failure_control": st.sampled_from(["low", "high"]),
        "failure_stable": st.booleans(),
    },
)
SCORES = st.one_of(st.none(), st.integers(0, 1000).map(lambda tenths: tenths / 10))
ENCOUNTERS = st.builds(
    lambda events, fields, at_fault: Encounter(
        "a", tuple(events), sector="kiosk", setting=fields, customer={"at_fault": True} if at_fault else {}
    ),
    st.lists(st.sampled_from(EVENTS), max_size=6),
    FIELDS,
    st.booleans(),
)
MATTERS = st.lists(st.tuples(ENCOUNTERS, SCORES), min_size=1, max_size=4)


def made(matter: list[tuple[Encounter, float | None]]) -> Episode:
    """The episode of encounters with their scores."""
    verdicts = [
        attrs.evolve(
            EMPTY,
            score=score,
            band=None if score is None else band_at(score, SCORE_CUTS),
            status=Status.NO_SCORE if score is None else Status.SCORED,
        )
        for _, score in matter
    ]
    return make_episode([each for each, _ in matter], verdicts, METER.vocabulary)


@settings(deadline=None)
@given(MATTERS, st.sampled_from(GOOD))
def test_one_more_good_act_at_the_end_never_lowers_a_score(
    matter: list[tuple[Encounter, float | None]], act: str
) -> None:
    """Whatever went before: to see to a matter is never worse than to leave it."""
    before = made(matter)
    last, score = matter[-1]
    after = made([*matter[:-1], (attrs.evolve(last, events=(*last.events, Event(Actor.SERVER, act))), score)])
    assert (after.score is None) is (before.score is None)
    if before.score is not None and after.score is not None:
        assert after.score >= before.score


@settings(deadline=None)
@given(MATTERS)
def test_an_episode_keeps_to_its_scales(matter: list[tuple[Encounter, float | None]]) -> None:
    """Its score lies in its band, everything else in its range, and it reads back the same."""
    episode = made(matter)
    if episode.score is not None and episode.band is not None:
        low, high = RANGES[episode.band]
        assert low <= episode.score <= high
    assert all(0 <= justice.value <= 1 for justice in episode.justice)
    assert episode.quality is None or 0 <= episode.quality <= 1
    assert loads(dumps(episode), Episode, vocabulary=METER.vocabulary) == episode
    assert all(episode.explain(language) for language in ("en", "fi", "sv"))


@settings(deadline=None)
@given(MATTERS)
def test_transitions_lead_from_one_to_the_next(matter: list[tuple[Encounter, float | None]]) -> None:
    """The first begins where nothing went wrong, the last ends where the matter stands."""
    episode = made(matter)
    states = ["ok", *(each.after.value for each in episode.transitions)]
    assert [each.before.value for each in episode.transitions] == states[:-1]
    assert states[-1] == episode.state
