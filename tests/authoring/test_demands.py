"""What the cases must show of a criterion, derived from its measure, its role and its situations."""

from __future__ import annotations

import tomllib

import pytest
from tests.authoring.small import criterion, meter_with

from palvelumittari.authoring.demands import Aside, Demands, Kind, demands_of
from palvelumittari.reading.criterion_reader import read_criterion
from palvelumittari.records.rubric import Lifecycle, Role
from palvelumittari.records.verdict import Outcome
from palvelumittari.scoring import Judgement, Settled, settle

EXCUSE = '[[criterion.situation]]\nwhen = "setting.queue > 0"\nexcuse = true\n'


READINGS = meter_with().rubric("service").readings


def demanded(body: str, role: str = "linear") -> tuple[float, float, bool, str]:
    """Best, worst, whether on an occasion, and how without a say."""
    (raw,) = tomllib.loads(criterion("x", body, role))["criterion"]
    draft = read_criterion("small/x", raw, "small")
    assert draft.criterion is not None, draft.problems
    found = demands_of(draft.criterion, READINGS)
    return found.best, found.worst, found.on_occasion, str(found.aside)


@pytest.mark.parametrize(
    ("body", "role", "expected"),
    [
        ('shows = { act = "staff.greet" }', "linear", (1, 0.25, True, "not_observed")),
        ('shows = { act = "staff.greet" }', "bonus", (1, 0, True, "not_observed")),
        ('shows = { act = "staff.greet", otherwise = 0.5 }', "must", (1, 0.5, True, "not_observed")),
        ('shows = { act = "staff.greet", after = "customer.ask" }', "linear", (1, 0, True, "not_applicable")),
        ('precedes = { act = "staff.charge", first = "staff.ask" }', "linear", (1, 0.25, True, "not_applicable")),
        ('precedes = { act = "staff.charge", first = "staff.ask" }', "must", (1, 0, True, "not_applicable")),
        ('responds = { after = "customer.ask", with = "staff.answer" }', "linear", (1, 0, True, "not_applicable")),
        ('ceases = { act = "staff.small_talk", after = "customer.quiet" }', "must", (1, 0, True, "not_applicable")),
        (
            'prompt = { after = "customer.ask", act = "staff.answer", full = "1 s", none = "9 s" }',
            "must",
            (1, 0, True, "not_applicable"),
        ),
    ],
)
def test_best_and_worst_of_a_measure(body: str, role: str, expected: tuple[float, float, bool, str]) -> None:
    """An omission is worth what the rubric says, else a quarter where nothing calls for a linear act, else nothing."""
    assert demanded(body, role) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", (1, 0.4, True, "not_applicable")),
        ("otherwise = 0.2", (1, 0.2, True, "not_observed")),
        ("otherwise = 1", (1, 0.4, True, "no_occasion")),
        ('after = "customer.ask"', (1, 0, True, "not_applicable")),
        ('after = "customer.ask"\notherwise = 0.3', (1, 0.3, True, "not_applicable")),
    ],
)
def test_the_worst_of_a_scale(more: str, expected: tuple[float, float, bool, str]) -> None:
    """The lowest step, or what nothing at all is worth where that is judged."""
    steps = 'acts = [{ act = "staff.smile", is = 1 }, { act = "staff.blank_face", is = 0.4 }]\n'
    assert demanded(f"[criterion.grades]\n{steps}{more}") == expected


@pytest.mark.parametrize(
    ("more", "best"),
    [("", 0.6), ('pick = "sum"', 0.9), ('healed = "staff.apologise"', 1), ("otherwise = 0.8", 0.8)],
)
def test_the_best_of_a_scale(more: str, best: float) -> None:
    """The highest step, their sum, what is healed, or what nothing at all is worth."""
    steps = 'acts = [{ act = "staff.smile", is = 0.6 }, { act = "staff.blank_face", is = 0.3 }]\n'
    assert demanded(f"[criterion.grades]\n{steps}{more}")[0] == best


@pytest.mark.parametrize(
    ("body", "on_occasion", "aside"),
    [
        ('avoids = { act = "staff.rush" }', False, "not_observed"),
        ('avoids = { act = "staff.rush", healed = "staff.apologise" }', True, "no_occasion"),
        ('avoids = { act = "staff.rush", allow = 1 }', True, "no_occasion"),
        ('avoids = { act = "staff.rush", while = "talk < 0.4" }', True, "no_occasion"),
        ('avoids = { act = "staff.rush", while = "setting.queue > 1" }', False, "not_observed"),
        ('when = "customer.regular"\navoids = { act = "staff.rush" }', True, "not_applicable"),
        ('when = "setting.queue > 1"\navoids = { act = "staff.rush" }', False, "not_applicable"),
        (f'avoids = {{ act = "staff.rush" }}\n{EXCUSE}', False, "excused"),
        ("[criterion.grades]\nacts = [{ act = 'staff.rush', is = 0 }]\notherwise = 1", False, "not_observed"),
        ("[criterion.grades]\nacts = [{ act = 'staff.help', is = 1 }]\notherwise = 1", True, "no_occasion"),
    ],
)
def test_what_stays_away_is_met_on_an_occasion_where_there_can_be_one(body: str, on_occasion: bool, aside: str) -> None:
    """Something to heal, to allow, or a condition on what others show gives an occasion; the setting gives none."""
    assert demanded(body)[2:] == (on_occasion, aside)


def test_a_situation_may_make_the_worst_worse_and_let_it_wait_for_something() -> None:
    """Every variant counts: a measure that is changed, and a role."""
    shows = 'shows = { act = "staff.greet" }\n[[criterion.situation]]\nwhen = "customer.regular"\n'
    assert demanded(shows + 'role = "bonus"') == (1, 0, True, "not_observed")
    assert demanded(shows + 'after = "customer.ask"') == (1, 0, True, "not_applicable")


# --- what a finding shows -----------------------------------------------------------------------------------------

PLAIN = Demands(best=1.0, worst=0.25, on_occasion=True, aside=Aside.NOT_APPLICABLE)


def settled(
    outcome: Outcome, fulfilment: float | None = None, *, vacuous: bool = False, excuse: bool = False
) -> Settled:
    """A settled judgement on one criterion."""
    judgement = Judgement(
        criterion="x",
        role=Role.LINEAR,
        weight=1,
        outcome=outcome,
        fulfilment=fulfilment,
        vacuous=vacuous,
        excuse=excuse,
        lifecycle=Lifecycle.STABLE,
    )
    return settle([judgement])[0]


VACUOUS = settled(Outcome.MET, 1.0, vacuous=True)


@pytest.mark.parametrize(
    ("finding", "kinds"),
    [
        (settled(Outcome.MET, 1.0), [Kind.MET]),
        (settled(Outcome.PARTLY, 0.5), []),
        (settled(Outcome.PARTLY, 0.25), [Kind.MISSED]),
        (settled(Outcome.PARTLY, 0.25, excuse=True), []),
        (settled(Outcome.NOT_APPLICABLE), [Kind.ASIDE]),
        (settled(Outcome.NOT_OBSERVED), []),
        (settled(Outcome.UNDECIDED), []),
        (VACUOUS, []),
    ],
)
def test_a_finding_shows_at_most_one_kind(finding: Settled, kinds: list[Kind]) -> None:
    """Judged at its best or at its worst, or not applicable; what lies between, or is open, shows nothing."""
    assert list(PLAIN.shown_by(finding)) == kinds


def test_a_success_without_an_occasion_counts_as_the_rubric_allows() -> None:
    """As being without a say where a success can have an occasion, as met where none can."""
    kept = Demands(best=1.0, worst=0.0, on_occasion=True, aside=Aside.NO_OCCASION)
    never = Demands(best=1.0, worst=0.0, on_occasion=False, aside=Aside.NOT_OBSERVED)
    assert list(kept.shown_by(VACUOUS)) == [Kind.ASIDE]
    assert list(never.shown_by(VACUOUS)) == [Kind.MET]


def test_excused_and_not_observed_count_where_nothing_stricter_can_be() -> None:
    """Each in its own place only."""
    excused, unseen = settled(Outcome.PARTLY, 0.25, excuse=True), settled(Outcome.NOT_OBSERVED)
    for aside, finding, other in ((Aside.EXCUSED, excused, unseen), (Aside.NOT_OBSERVED, unseen, excused)):
        demands = Demands(best=1.0, worst=0.25, on_occasion=True, aside=aside)
        assert list(demands.shown_by(finding)) == [Kind.ASIDE]
        assert list(demands.shown_by(other)) == []


def test_what_can_only_come_out_one_way_is_never_missed() -> None:
    """Its worst is its best, so the kind stays wanting, and the author sees it."""
    flat = Demands(best=0.5, worst=0.5, on_occasion=True, aside=Aside.NOT_APPLICABLE)
    assert list(flat.shown_by(settled(Outcome.PARTLY, 0.5))) == [Kind.MET]
