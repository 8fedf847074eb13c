"""Episodes: states, fairness, limits, what is assumed, and what stays private."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from palvelumittari.formats import dumps, loads
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.episode import (
    AssumptionKind,
    Barrier,
    Cause,
    Episode,
    FailureKind,
    JusticeKind,
    JusticePart,
    LimitKind,
    RecoveryState,
    StayKind,
)
from palvelumittari.records.verdict import Band
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup import make_episode
from palvelumittari.words.errors import EncounterError

Met = Callable[..., Encounter]
Matter = Callable[..., Episode]

BAD = 5.0
"""The score of the encounter in which it all went wrong: a standing of -0.9."""


def states(episode: Episode) -> list[RecoveryState]:
    """Where the matter stood, one after another."""
    return [each.after for each in episode.transitions]


def part(episode: Episode, wanted: JusticePart) -> float | None:
    """The value of one part of justice."""
    return next(each.value for justice in episode.justice for each in justice.parts if each.part is wanted)


def one(matter: Matter, met: Met, *lines: str, **fields: object) -> Episode:
    """The episode of one encounter that began with a fault."""
    return matter([met("system fault", *lines, **fields)], [50.0])


# --- states -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (["server greet"], RecoveryState.FAILED),
        (["server apologise"], RecoveryState.ACKNOWLEDGED),
        (["server explain", "server own"], RecoveryState.ACKNOWLEDGED),
        (["server call_for"], RecoveryState.REPAIRING),
        (["server promise", "server promise", "server apologise"], RecoveryState.REPAIRING),
        (["server fix"], RecoveryState.RECOVERED),
        (["colleague compensate", "customer leave"], RecoveryState.RECOVERED),
        (["customer fix"], RecoveryState.FAILED),
        (["customer complain", "customer leave"], RecoveryState.UNRECOVERED),
        (["server apologise", "customer abandon"], RecoveryState.UNRECOVERED),
        (["server promise", "customer leave"], RecoveryState.REPAIRING),
        (["server promise", "customer abandon"], RecoveryState.UNRECOVERED),
        (["customer leave", "server refund"], RecoveryState.RECOVERED),
        (["server promise", "server fail"], RecoveryState.DOUBLE_DEVIATION),
        (["server promise", "system fault"], RecoveryState.DOUBLE_DEVIATION),
        (["server fix", "server fail"], RecoveryState.DOUBLE_DEVIATION),
        (["server fix", "customer complain"], RecoveryState.DOUBLE_DEVIATION),
        (["server fix", "customer complain", "server refund"], RecoveryState.DOUBLE_DEVIATION),
        (["server fix", "customer complain", "server apologise"], RecoveryState.DOUBLE_DEVIATION),
        (["server fix", "customer complain", "server apologise", "server refund"], RecoveryState.RECONCILED),
        (["server fix", "customer complain", "customer leave"], RecoveryState.UNRECOVERED),
        (["server fix", "system fault"], RecoveryState.FAILED),
        (["server fix", "system fault", "server fix"], RecoveryState.RECOVERED),
        (["companion complain", "system delay"], RecoveryState.FAILED),
    ],
)
def test_where_a_matter_stands(matter: Matter, met: Met, lines: list[str], state: RecoveryState) -> None:
    """Every way from a failure to a repair, to a second one, or to the door."""
    assert one(matter, met, *lines).state is state


def test_without_a_failure_the_mean_stands(matter: Matter, met: Met) -> None:
    """Nothing failed, so nothing was assumed, judged or lost; encounters without a score are left out."""
    episode = matter([met("server greet"), met("server greet"), met("server greet")], [70.0, None, 80.0])
    assert (episode.state, episode.score, episode.band) == (RecoveryState.OK, 75.0, Band.GOOD)
    assert (episode.before, episode.after, episode.during) == (0.5, 0.5, None)
    assert (episode.failure, episode.assumptions, episode.justice, episode.stay) == (None, (), (), None)


def test_without_a_failure_and_a_score_there_is_none(matter: Matter, met: Met) -> None:
    """Nothing judged is not neutral."""
    episode = matter([met("customer arrive")], [None])
    assert (episode.score, episode.band) == (None, None)
    assert episode.explain().startswith("Episode: no score, because nothing was judged on evidence. Encounters: 1.")


def test_poor_service_is_a_failure_even_if_nobody_noted_one(matter: Matter, met: Met) -> None:
    """It opens a matter at the end of the encounter, and an apology in the next one answers it."""
    episode = matter([met("server greet"), met("server lecture"), met("server apologise")], [70.0, 25.0, 60.0])
    assert [each.cause for each in episode.transitions] == [Cause.POOR_SERVICE, Cause.ACKNOWLEDGED]
    assert (episode.transitions[0].encounter, episode.transitions[0].event) == (2, None)
    assert (episode.before, episode.during) == (0.4, -0.5)
    assert part(episode, JusticePart.RESPECT) == 1
    assert "encounter 2: the service was poor → failed, and nobody is at it" in episode.explain()


def test_a_complaint_opens_a_matter(matter: Matter, met: Met) -> None:
    """The customer knows best."""
    episode = matter([met("customer complain", "server fix")], [70.0])
    assert states(episode) == [RecoveryState.FAILED, RecoveryState.RECOVERED]


def test_a_failure_told_again_is_the_same_one(matter: Matter, met: Met) -> None:
    """Encounters must be read alone, so later ones note the failure again; after a repair that is an assumption."""
    again = [met("system fault", "server fix"), met("system fault", "server refund")]
    episode = matter(again, [60.0, 60.0])
    assert [each.cause for each in episode.transitions] == [
        Cause.FAILURE,
        Cause.REPAIRED,
        Cause.RETOLD,
        Cause.REPAIRED,
    ]
    assert episode.failure is not None
    assert episode.failure.count == 1
    assert [each.encounter for each in episode.assumptions if each.kind is AssumptionKind.RETOLD] == [2]


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        ("system fault #again", None, None),
        ("system fault", "2026-11-20T10:00", "2026-11-21T10:00"),
    ],
)
def test_a_failure_that_strikes_again_is_a_second_one(
    matter: Matter, met: Met, line: str, first: str | None, second: str | None
) -> None:
    """The tag says so, or the times do; then nobody is more content than before."""
    two = [met("system fault", "server fix", started=first), met(line, "server fix", started=second)]
    episode = matter(two, [60.0, 60.0])
    assert [each.cause for each in episode.transitions][2] is Cause.SECOND_FAILURE
    assert episode.failure is not None
    assert episode.failure.count == 2


def test_a_repair_under_way_that_is_noted_again_goes_on(matter: Matter, met: Met) -> None:
    """The next encounter tells the failure again; that is no failed repair."""
    episode = matter([met("system fault", "server promise"), met("system fault", "server fix")], [60.0, 60.0])
    assert episode.state is RecoveryState.RECOVERED
    assert RecoveryState.DOUBLE_DEVIATION not in states(episode)


def test_patience_ends(matter: Matter, met: Met) -> None:
    """At a desk after twenty minutes, in another encounter after four days; a repair still puts it right."""
    late = matter([met("0:00 system fault", "20:01 customer ask", "21:00 server fix")], [50.0])
    assert [each.cause for each in late.transitions] == [Cause.FAILURE, Cause.TOO_LATE, Cause.REPAIRED]
    soon = matter([met("0:00 system fault", "20:00 customer ask")], [50.0])
    assert soon.state is RecoveryState.FAILED
    week = [met("system fault", started="2026-11-01T10:00"), met("customer ask", started="2026-11-05T10:01")]
    assert matter(week, [50.0, 50.0]).state is RecoveryState.UNRECOVERED


def test_times_with_and_without_a_zone_are_not_compared(matter: Matter, met: Met) -> None:
    """Nobody knows how far they lie apart."""
    two = [met("system fault", started="2026-11-01T10:00"), met("server fix", started="2026-11-02T10:00+02:00")]
    assert AssumptionKind.SPEED in [each.kind for each in matter(two, [50.0, 50.0]).assumptions]


# --- the worked examples, from events ---------------------------------------------------------------------------


def test_a_full_and_caring_refund_makes_a_happy_end(matter: Matter, met: Met) -> None:
    """B12 in small: the firm rings, explains and refunds; the customer was at fault, so nobody need say sorry."""
    second = met("server contact", "server explain", "server refund", failure_kind="money", at_fault=True)
    episode = matter([met("system fault"), second], [BAD, 82.0])
    assert (episode.band, episode.quality) == (Band.GOOD, pytest.approx(0.966667))
    assert (episode.before, episode.during, episode.after) == (0, -0.9, pytest.approx(0.26))
    assert part(episode, JusticePart.REGRET) is None


def test_the_same_as_a_second_failure_is_neutral_at_best(matter: Matter, met: Met) -> None:
    """The paradox needs a first failure: the standing is held at what it was before."""
    second = met("server contact", "server explain", "server refund", failure_kind="money", at_fault=True)
    episode = matter([met("system fault"), second], [BAD, 82.0], earlier_failures=1)
    assert (episode.band, episode.score) == (Band.NEUTRAL, 50.0)
    (limit,) = episode.limits
    assert (limit.kind, limit.before, limit.after, limit.barriers) == (
        LimitKind.PARADOX,
        63.0,
        50.0,
        (Barrier.NOT_FIRST,),
    )
    assert "Held at 50.0, where it was before the failure (it would be 63.0): it was not the first" in episode.explain()


def test_only_sent_on_stays_very_poor(matter: Matter, met: Met) -> None:
    """Being bounced repairs nothing."""
    episode = matter([met("system fault"), met("customer request", "server refer_number")], [BAD, 45.0])
    assert (episode.state, episode.band, episode.quality) == (RecoveryState.FAILED, Band.VERY_POOR, 0)
    assert all(each.value == 0 for justice in episode.justice for each in justice.parts)


def test_an_apology_without_the_money_stays_poor(matter: Matter, met: Met) -> None:
    """Kind words give nothing back."""
    second = met("customer request", "server apologise", "server explain", failure_kind="money")
    episode = matter([met("system fault"), second], [BAD, 45.0])
    assert (episode.state, episode.band) == (RecoveryState.ACKNOWLEDGED, Band.POOR)


def test_a_small_slip_with_a_voucher_is_good(matter: Matter, met: Met) -> None:
    """Said sorry, explained, made up for at once."""
    lines = ("0:00 system fault", "0:05 server apologise", "0:10 server explain", "0:20 server compensate")
    episode = matter([met(*lines, severity=0.2)], [70.0])
    assert (episode.state, episode.band) == (RecoveryState.RECOVERED, Band.GOOD)
    assert episode.stay is not None
    assert episode.stay.kind is StayKind.SATISFIED_QUICKLY


# --- fairness ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "kind", "value"),
    [
        (["server refund"], "money", 1),
        (["server refund"], "service", 0.75),
        (["server compensate"], "service", 0.75),
        (["server refund", "server compensate"], "service", 1),
        (["server refund #minor"], "money", 0.5),
        (["server refund #minor", "server refund"], "money", 1),
        (["server apologise", "server gift"], "service", 0.5),
        (["server fix"], "service", 1),
        (["server apologise"], "money", 0),
    ],
)
def test_redress(matter: Matter, met: Met, lines: list[str], kind: str, value: float) -> None:
    """What is given back counts by what was lost."""
    assert part(one(matter, met, *lines, failure_kind=kind), JusticePart.REDRESS) == value


@pytest.mark.parametrize(
    ("lines", "wanted", "value"),
    [
        (["server fix"], JusticePart.REGRET, 0),
        (["server own", "server fix"], JusticePart.REGRET, 0.75),
        (["server empathise", "server apologise"], JusticePart.REGRET, 1),
        (["server fix"], JusticePart.RESPECT, 1),
        (["server lecture", "server fix"], JusticePart.RESPECT, 0),
        (["server ridicule", "server fix"], JusticePart.RESPECT, 0),
        (["server fix"], JusticePart.CARE, 0),
        (["server extra_effort", "server fix"], JusticePart.CARE, 1),
        (["server fix"], JusticePart.INITIATIVE, 1),
        (["customer complain", "server fix"], JusticePart.INITIATIVE, 0),
        (["server apologise", "customer complain", "server fix"], JusticePart.INITIATIVE, 1),
        (["server fix"], JusticePart.EASE, 1),
        (["server refer_number", "customer repeat_self", "server fix"], JusticePart.EASE, 0.5),
        (["server hold", "customer repeat_self", "server refer_cold", "server hold", "server hold", "server fix"],
         JusticePart.EASE, 0),
        (["server fix"], JusticePart.SPEED, 0.5),
    ],
)  # fmt: skip
def test_the_parts_of_justice(matter: Matter, met: Met, lines: list[str], wanted: JusticePart, value: float) -> None:
    """Each part by what staff did, and by what the customer was put to."""
    assert part(one(matter, met, *lines), wanted) == value


def test_regret_counts_where_it_was_not_owed(matter: Matter, met: Met) -> None:
    """A customer at fault may still be told that one is sorry."""
    assert part(one(matter, met, "server apologise", "server fix", at_fault=True), JusticePart.REGRET) == 1


def test_speed_is_known_from_times(matter: Matter, met: Met) -> None:
    """Five minutes halve it at a desk; a day halves it in another encounter, whatever its channel."""
    desk = matter([met("0:00 system fault", "5:00 server fix")], [50.0])
    assert part(desk, JusticePart.SPEED) == 0.5
    assert AssumptionKind.SPEED not in [each.kind for each in desk.assumptions]
    days = [
        met("system fault", started="2026-11-01T10:00"),
        met("server fix", started="2026-11-02T10:00", channel="phone"),
    ]
    assert part(matter(days, [20.0, 60.0]), JusticePart.SPEED) == 0.5


def test_what_the_failure_already_cost_is_not_counted_twice(matter: Matter, met: Met) -> None:
    """A lecture in the encounter that was left open is in its verdict; one beside the repair counts."""
    before = matter([met("system fault", "server lecture"), met("server fix")], [BAD, 60.0])
    beside = matter([met("system fault"), met("server lecture", "server fix")], [BAD, 60.0])
    assert (part(before, JusticePart.RESPECT), part(beside, JusticePart.RESPECT)) == (1, 0)


# --- limits -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "kind", "band", "score"),
    [
        (["server fix", "customer complain", "server apologise", "server explain", "server refund"],
         LimitKind.RECONCILED, Band.NEUTRAL, 59.9),
        (["server apologise", "server promise", "server fail", "server compensate"],
         LimitKind.DOUBLE_DEVIATION, Band.POOR, 39.9),
        (["server apologise", "server explain", "customer leave"], LimitKind.UNRECOVERED, Band.VERY_POOR, 19.9),
    ],
)  # fmt: skip
def test_states_hold_a_score_down(
    matter: Matter, met: Met, lines: list[str], kind: LimitKind, band: Band, score: float
) -> None:
    """Reconciled is neutral at best, a failed repair poor, and who was lost was lost."""
    episode = matter([met("0:00 system fault", *lines, severity=0.1)], [90.0])
    assert [limit.kind for limit in episode.limits] == [kind]
    assert (episode.band, episode.score) == (band, score)
    assert episode.after is not None
    assert 50 * (episode.after + 1) > score


@pytest.mark.parametrize(
    ("fields", "barrier"),
    [
        ({"severity": 0.6}, Barrier.SEVERE),
        ({"failure_control": "high"}, Barrier.CONTROLLED),
        ({"failure_stable": True}, Barrier.STABLE),
    ],
)
def test_a_barrier_holds_at_the_standing_before(
    matter: Matter, met: Met, fields: dict[str, object], barrier: Barrier
) -> None:
    """However fair the recovery was."""
    lines = ("0:00 system fault", "0:01 server apologise", "0:02 server explain", "0:03 server fix")
    episode = matter([met(*lines, **fields)], [90.0])
    assert [limit.barriers for limit in episode.limits] == [(barrier,)]
    assert (episode.score, episode.band) == (50.0, Band.NEUTRAL)


# --- what is told -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["server greet"], StayKind.SILENT),
        (["customer request"], StayKind.UNSATISFIED),
        (["customer request", "server fix"], StayKind.SATISFIED),
    ],
)
def test_who_stays(matter: Matter, met: Met, lines: list[str], kind: StayKind) -> None:
    """Silent, in vain, or put right; without times nobody knows how quickly."""
    stay = one(matter, met, *lines).stay
    assert stay is not None
    assert stay.kind is kind


def test_everything_that_nobody_noted_is_said(matter: Matter, met: Met) -> None:
    """No number comes from nowhere."""
    bare = one(matter, met, "server fix")
    assert {each.kind for each in bare.assumptions} == {
        AssumptionKind.SEVERITY,
        AssumptionKind.KIND,
        AssumptionKind.CONTROL,
        AssumptionKind.STABLE,
        AssumptionKind.BEFORE,
        AssumptionKind.DURING,
        AssumptionKind.SPEED,
    }
    fields = {"severity": 0.25, "failure_kind": "money", "failure_control": "low", "failure_stable": False}
    told = matter([met("server greet"), met("0:00 system fault"), met("server fix", **fields)], [70.0, 20.0, 60.0])
    assert [each.kind for each in told.assumptions] == [AssumptionKind.SPEED]
    assert told.failure is not None
    assert (told.failure.severity, told.failure.kind) == (0.25, FailureKind.MONEY)


def test_a_refund_tells_that_money_was_lost(matter: Matter, met: Met) -> None:
    """And says so."""
    episode = one(matter, met, "server refund")
    assert episode.failure is not None
    assert episode.failure.kind is FailureKind.MONEY
    assert AssumptionKind.REFUNDED in [each.kind for each in episode.assumptions]
    assert "that money was lost, for some was given back (setting.failure_kind)" in episode.explain()


def test_nobody_is_named_unless_asked_for(matter: Matter, met: Met) -> None:
    """Neither ids nor words."""
    encounters = [met("system fault", "server/Pekka apologise: sorry, Anna", "server fix")]
    private = matter(encounters, [50.0])
    for text in (dumps(private), *(private.explain(language) for language in ("en", "fi", "sv"))):
        assert not any(name in text for name in ("Anna", "kunigunde", "Pekka"))
    named = matter(encounters, [50.0], names=True)
    assert named.encounters[0].id == "kunigunde"
    assert "“apology” (kunigunde, event 2, “sorry, Anna”)" in named.explain()
    assert "Pekka" not in dumps(named)


def test_an_episode_reads_back_the_same(matter: Matter, met: Met, vocabulary: Vocabulary) -> None:
    """With limits, evidence, times and assumptions, in every format."""
    lines = ("0:00 system fault", "0:30 server promise", "1:00 server fail", "1:30 server apologise: sorry")
    episode = matter([met(*lines, channel="phone")], [90.0], names=True)
    for format in ("json", "ndjson"):
        assert loads(dumps(episode, format=format), Episode, vocabulary=vocabulary) == episode


def test_an_episode_needs_encounters_with_their_verdicts(vocabulary: Vocabulary, met: Met) -> None:
    """Neither none nor one too few."""
    with pytest.raises(EncounterError, match="no episode can be made of this\n    found 0 encounters and 0 verdicts"):
        make_episode([], [], vocabulary)
    with pytest.raises(EncounterError, match="found 1 encounters and 0 verdicts"):
        make_episode([met("server greet")], [], vocabulary)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "How the customer was met: 33% (weight 45%)"),
        ("fi", "Miten asiakas kohdattiin: 33\N{NO-BREAK SPACE}% (paino 45\N{NO-BREAK SPACE}%)"),
        ("sv", "Hur kunden bemöttes: 33\N{NO-BREAK SPACE}% (vikt 45\N{NO-BREAK SPACE}%)"),
    ],
)
def test_it_explains_itself(matter: Matter, met: Met, language: str, told: str) -> None:
    """In three languages, with what each part rests on."""
    text = one(matter, met, "server fix").explain(language)
    assert told in text
    assert "assum" not in text or language == "en"
    assert JusticeKind.DISTRIBUTIVE not in text


def test_times_are_told_where_they_were_noted(matter: Matter, met: Met) -> None:
    """By the clock of the encounter, else by the number of the event."""
    text = matter([met("0:07 system fault", "server fix")], [50.0]).explain()
    assert "“technical fault” (encounter 1, 0:07): something went wrong" in text
    assert "“putting right” (encounter 1, event 2): it was made good" in text


def test_an_episode_without_a_stay_is_told_all_the_same(matter: Matter, met: Met) -> None:
    """A record may be made elsewhere, and leave it out."""
    text = attrs.evolve(one(matter, met, "server fix"), stay=None).explain()
    assert "stay:" not in text
    assert "Where it left the customer" in text
