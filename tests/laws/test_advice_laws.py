"""The laws of advice: every promise is kept, and nobody is changed but the server."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings

import palvelumittari as pm
from palvelumittari.advice import MOST_RESCORINGS
from palvelumittari.formats import dumps
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.encounters import check_encounter
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.advice import Advice, Piece
from palvelumittari.records.case import Case
from palvelumittari.records.changes import ChangeKind
from palvelumittari.testing import encounters
from palvelumittari.words.text import LANGUAGES

METER = pm.Meter()
VOCABULARY = METER.vocabulary
RANDOM = settings(max_examples=40, deadline=None)
ROLES = {each.id: each.role for name in METER.catalog.rubrics for each in METER.rubric(name).criteria}
CASES = [read_case(read_toml(each.file, each.name), VOCABULARY) for each in METER.catalog.cases]


def _pieces(advice: Advice) -> list[Piece]:
    return [*advice.pieces, *filter(None, (advice.together, advice.next_band))]


def _check_promises(encounter: pm.Encounter, advice: Advice) -> None:
    """Applying a piece and scoring again gives exactly what the piece says."""
    before = METER.score(encounter)
    assert (advice.score, advice.band) == (before.score, before.band)
    for piece in _pieces(advice):
        after = METER.score(piece.apply(encounter))
        assert (after.score, after.band) == (piece.score, piece.band)
        assert before.score is not None
        assert after.score is not None
        assert piece.gain == round(after.score - before.score, 1)
        assert after.calculated_score is not None
        assert before.calculated_score is not None
        assert piece.calculated_gain == round(after.calculated_score - before.calculated_score, 1)
        for move in piece.moves:
            was, now = before.finding(move.criterion), after.finding(move.criterion)
            assert (move.before, move.points_before) == (was.outcome, was.points)
            assert (move.after, move.points_after) == (now.outcome, now.points)


def _check_whose(encounter: pm.Encounter, advice: Advice) -> None:
    """Only the server's own acts change, no core acts among them, and the server does what the server may do."""
    for change in (change for piece in _pieces(advice) for change in piece.changes):
        for event in (encounter.events[index] for index in change.events):
            assert event.by is pm.Actor.SERVER
            assert event.act not in VOCABULARY.core_acts
        if change.act is not None:
            assert pm.Actor.SERVER in VOCABULARY.acts[change.act].by
            assert not VOCABULARY.acts[change.act].is_group


def _check_validity(encounter: pm.Encounter, advice: Advice) -> None:
    """What was valid stays valid: times never go backwards, and nothing that the vocabulary lacks comes in."""
    for piece in _pieces(advice):
        changed = piece.apply(encounter)
        assert not [problem for _, problem in check_encounter(changed, VOCABULARY) if problem.is_error]
        assert attrs.evolve(changed, events=()) == attrs.evolve(encounter, events=())


def _check_order(advice: Advice) -> None:
    """Single pieces gain something, those that gain most for each event first; combinations beat them."""
    assert all(piece.gain > 0 for piece in advice.pieces) or not any(piece.gain for piece in advice.pieces)
    mends = [piece for piece in advice.pieces if not _is_bonus(piece)]
    is_held = not any(piece.gain for piece in mends)
    ratios = [(piece.calculated_gain if is_held else piece.gain) / piece.event_count for piece in mends]
    assert ratios == sorted(ratios, reverse=True)
    assert [*mends, *(piece for piece in advice.pieces if _is_bonus(piece))] == list(advice.pieces)
    assert len(advice.pieces) - len(mends) <= 1
    if advice.together is not None:
        gains = [(piece.gain, piece.calculated_gain if is_held else 0) for piece in advice.pieces]
        assert all(gain < (advice.together.gain, advice.together.calculated_gain) for gain in gains)
    if advice.next_band is not None and advice.band is not None:
        assert advice.next_band.band.rank > advice.band.rank


def _is_bonus(piece: Piece) -> bool:
    return all(ROLES[each.criterion] is pm.Role.BONUS for each in piece.asked)


def _check_exploits(encounter: pm.Encounter, advice: Advice) -> None:
    """Nothing is given for nothing, and no rule is bent where none stood in the way."""
    proposed = {change.act for piece in _pieces(advice) for change in piece.changes}
    assert proposed.isdisjoint(VOCABULARY.any_of("gift", "compensate"))
    assert "bend_rule" not in proposed or any(event.act == "rule" for event in encounter.events)


def _check(encounter: pm.Encounter) -> Advice:
    advice = METER.advise(encounter)
    assert advice.rescorings <= MOST_RESCORINGS
    _check_promises(encounter, advice)
    _check_whose(encounter, advice)
    _check_validity(encounter, advice)
    _check_exploits(encounter, advice)
    return advice


@RANDOM
@given(encounters(VOCABULARY, max_events=10))
def test_every_promise_is_kept(encounter: pm.Encounter) -> None:
    """On random encounters, which fail in every way that there is."""
    advice = _check(encounter)
    assert METER.advise(encounter) == advice
    assert pm.loads(dumps(advice), Advice) == advice
    assert all(advice.explain(language) for language in LANGUAGES)


@RANDOM
@given(encounters(VOCABULARY, sector="retail", max_events=10))
def test_every_promise_is_kept_where_python_measures(encounter: pm.Encounter) -> None:
    """Plugins' measures say against which events they speak, and no more."""
    _check(encounter)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_promise_is_kept_in_the_shipped_cases(case: Case) -> None:
    """Here people also look at the order, and a bonus stands alone only where nothing is broken."""
    advice = _check(case.encounter)
    _check_order(advice)
    if any(_is_bonus(piece) for piece in advice.pieces):
        findings = METER.score(case.encounter).findings
        assert not [each.criterion for each in findings if each.counted and (each.rating or 0) < 0]


def test_a_long_bad_encounter_keeps_the_allowance() -> None:
    """However much went wrong, no more than a hundred timelines are scored."""
    events: list[pm.Event] = []
    for act in ("arrive", "ask", "fumble", "hesitate", "complain", "request", "look_around", "decline", "check_time"):
        bad = ("sigh", "rush", "blame", "refer_cold", "phone_use", "look_away", "upsell", "private_chat", "lecture")
        events.append(pm.Event(pm.Actor.CUSTOMER, act))
        events += [pm.Event(pm.Actor.SERVER, wrong) for wrong in bad]
    setting = {"queue": 4, "deadline_s": 600}
    long = pm.Encounter("long", events * 3, sector="transit", channel="face_to_face", record="full", setting=setting)
    long = attrs.evolve(long, channel=pm.Channel.FACE_TO_FACE, record=pm.Record.FULL)
    advice = _check(long)
    assert MOST_RESCORINGS / 2 < advice.rescorings <= MOST_RESCORINGS
    assert advice.together is not None


def test_nearly_every_kind_of_change_is_advised_somewhere() -> None:
    """The shipped rubrics name something better for whatever is done, so nothing is merely left out."""
    advised = {
        change.kind for case in CASES for piece in _pieces(METER.advise(case.encounter)) for change in piece.changes
    }
    assert advised == set(ChangeKind) - {ChangeKind.LEAVE_OUT}
