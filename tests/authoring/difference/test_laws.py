"""Laws of differences: what is called minor or less leaves every old score as it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.authoring.difference.versions_of import Edit, Shelf

import palvelumittari as pm
from palvelumittari.authoring.difference import Level, compare
from palvelumittari.authoring.difference.edition import Edition
from palvelumittari.authoring.difference.proof import Prover, known_to
from palvelumittari.reading.conditions import parse_condition
from palvelumittari.records.encounter import Encounter
from palvelumittari.reference.moments import Moments
from palvelumittari.reference.timeline import Timeline
from palvelumittari.testing import encounters

NEW_WORDS: Sequence[Edit] = (
    ("[0, 30]", "[0, 40]"),
    ('["sail", "row"]', '["sail", "row", "canoe"]'),
    ("", '\n[field."customer.has_dog"]\ntype = "flag"\ntitle = { en = "dog" }\n'),
    ("", '\n[act.bark]\ntitle = { en = "bark" }\nkind_of = ["wince"]\nmodalities = ["speech"]\nby = ["customer"]\n'),
    ("", '\n[tag.salty]\ntitle = { en = "salty" }\n'),
)
NEW_CUE: Edit = ('{ on = "customer.wince"', '{ on = "customer.bark", add = 0.9 }, { on = "customer.wince"')

QUIET: Sequence[Edit] = (
    ('en = "A hello"', 'en = "Hello"'),
    ('"staff.greet | staff.nod"', '"staff.nod | staff.greet"'),
    ("excuse = true", "excuse = true\n[[criterion.situation]]\nwhen = \"customer.boat == 'canoe'\"\nweight = 9"),
    ("weight    = 1", 'weight    = 9\nrefines = ["quay/hello"]'),
    ("", '\n[[criterion]]\nid = "dog"\nrole = "must"\nweight = 9\nrefines = ["quay/hello"]\ntitle = { en = "Dog" }\n'
     'when = "seen(\'customer.bark\') or customer.has_dog"\navoids = { act = "staff.greet" }\n'),
    ("", '\n[[criterion]]\nid = "cat"\nrole = "must"\nweight = 9\ntitle = { en = "Cat" }\n'
     'responds = { after = "*.say #salty", with = "staff.wave" }\n'),
    ("", '\n[[criterion]]\nid = "bus"\nrole = "must"\nweight = 9\ntitle = { en = "Bus" }\n'
     'when = "sector in [\'bus\']"\navoids = { act = "staff.greet" }\n'),
    ('"ferry.cable"]', '"ferry"]'),
)  # fmt: skip
"""Edits that change no old score."""

LOUD: Sequence[Edit] = (
    ("weight = 2", "weight = 9"),
    ('refines = ["quay/hello"]\nresponds', "responds"),
    ("is = 0.5", "is = 0.1"),
    ('when   = "ever(seasick > 0.2)"', 'when   = "ever(seasick > 0.1)"'),
)
"""Edits that change some."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Writes versions of a small rubric."""
    return Shelf(Path(tmp_path_factory.mktemp("versions")))


def meter_of(shelf: Shelf, edits: Sequence[Edit]) -> pm.Meter:
    """The new version with some edits, all new words and a new cue."""
    return shelf.meter("new", edits, NEW_WORDS, (NEW_CUE,))


def told(meter: pm.Meter, encounter: Encounter) -> object:
    """What must not change."""
    verdict = meter.score(encounter, "quay")
    return verdict.score, verdict.calculated_score, verdict.band, verdict.gates


def test_quiet_edits_are_minor_and_loud_ones_major(shelf: Shelf) -> None:
    """All quiet edits together are minor; with any loud one they are major."""
    old = shelf.meter("old")
    assert compare(old, "quay", meter_of(shelf, QUIET), "quay").level is Level.MINOR
    for loud in LOUD:
        assert compare(old, "quay", meter_of(shelf, [loud]), "quay").level is Level.MAJOR


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_minor_changes_no_old_score(shelf: Shelf, data: st.DataObject) -> None:
    """Every encounter that the old version knows and serves has the same score, band and gates under both."""
    old = shelf.meter("old")
    edits = data.draw(st.sampled_from([QUIET, *combinations([*QUIET[:2], *LOUD[:2]], 2)]))
    new = meter_of(shelf, edits)
    if compare(old, "quay", new, "quay").level is Level.MAJOR:
        return
    sector = data.draw(st.sampled_from(["quay", "quay.north", "ferry.cable"]))
    encounter = data.draw(encounters(old.vocabulary, sector=sector))
    assert told(old, encounter) == told(new, encounter)


# --- conditions ---------------------------------------------------------------------------------------------------

ATOMS = (
    *("customer.has_dog", "customer.regular", "seen('customer.bark')", "seen('customer.wince')", "channel == 'phone'"),
    *("count('customer.bark') < 1", "seen('*.say #salty')", "customer.boat == 'canoe'", "customer.boat != 'canoe'"),
    *("customer.boat in ['row', 'canoe']", "setting.queue > 2", "sector == 'bus'", "sector != 'quay'"),
    *("sector in ['bus', 'quay']", "ever(seasick > 0.2)", "always(talk >= 0.3)", "setting.wind >= 5"),
    *("channel not in ['phone', 'chat']", "customer.has_dog == false", "count('customer.ask') == 2"),
)
"""Conditions in which old and new words are mixed."""


def conditions() -> st.SearchStrategy[str]:
    """Conditions over them, joined and turned round."""
    return st.recursive(
        st.sampled_from(ATOMS),
        lambda inner: (
            inner.map(lambda each: f"not ({each})")
            | st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: "({}) {} ({})".format(*parts))
        ),
        max_leaves=5,
    )


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data(), text=conditions())
def test_what_cannot_be_true_never_is(shelf: Shelf, data: st.DataObject, text: str) -> None:
    """No encounter that the old version knows and serves makes such a condition true."""
    old, new = shelf.meter("old"), meter_of(shelf, ())
    condition = parse_condition(text)
    prover = Prover(known_to(Edition(old, "quay")), new.vocabulary, new.catalog.terms.readings)
    encounter = data.draw(encounters(old.vocabulary, sector=data.draw(st.sampled_from(["quay", "ferry.cable"]))))
    moments = Moments(Timeline(encounter, new.vocabulary), tuple(new.catalog.terms.readings.values()))
    if moments.throughout(condition) is True:
        assert prover.can_be_true(condition)


@pytest.mark.parametrize(
    "text", ["customer.has_dog and customer.regular", "not (seen('customer.bark') or sector != 'bus')"]
)
def test_something_is_proven_never_to_be_true(shelf: Shelf, text: str) -> None:
    """The law above is not kept by calling everything possible."""
    old, new = shelf.meter("old"), meter_of(shelf, ())
    prover = Prover(known_to(Edition(old, "quay")), new.vocabulary, new.catalog.terms.readings)
    assert not prover.can_be_true(parse_condition(text))
