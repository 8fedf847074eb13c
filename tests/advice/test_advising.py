"""Advice as a whole: which pieces, in which order, together, and what is said where there are none."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from tests.advice.conftest import Asked, criterion, encounter, said

import palvelumittari as pm
from palvelumittari.advice import Bench, advise, searching
from palvelumittari.advice.bench import Trial
from palvelumittari.reference import Judgements
from palvelumittari.scoring import Tally

BLAME = criterion('instead = ["ask"]\navoids = { act = "staff.blame" }', name="blame", role="must")
RUSH = criterion('avoids = { act = "staff.rush" }', name="rush", role="penalty", weight=2)
HINT = criterion('shows = { act = "staff.hint" }', name="hint", role="bonus", weight=3)
HELP = criterion('responds = { after = "customer.fumble", with = "staff.help" }', name="help", role="bonus", weight=2)


def test_pieces_gain_most_for_each_event_first(asked: Asked) -> None:
    """What lifts most is not the first if it asks for more."""
    _, advice = asked(BLAME + RUSH, "- server blame\n- server rush\n- server rush\n- server rush")
    assert [piece.asked[0].criterion for piece in advice.pieces] == ["kiosk/blame", "kiosk/rush"]
    gains = [piece.gain / piece.event_count for piece in advice.pieces]
    assert gains == sorted(gains, reverse=True)


def test_the_best_combination_beats_every_single_piece(asked: Asked) -> None:
    """And its gain is not the sum of theirs."""
    one, advice = asked(BLAME + RUSH, "- server blame\n- server rush")
    together = advice.together
    assert together is not None
    assert [each.criterion for each in together.asked] == ["kiosk/blame", "kiosk/rush"]
    assert together.score > max(piece.score for piece in advice.pieces)
    assert together.apply(one).events[0].act == "ask"


def test_the_least_that_lifts_a_band_is_the_smallest(asked: Asked) -> None:
    """Fewest changed events; of equals the best."""
    _, advice = asked(BLAME + RUSH, "- server blame\n- server rush\n- server rush")
    assert advice.next_band is not None
    assert advice.band is not None
    assert advice.next_band.band.rank > advice.band.rank
    assert advice.next_band.event_count == 1


def test_a_bonus_comes_last_alone_and_only_where_nothing_is_broken(asked: Asked) -> None:
    """While something is broken it comes only on top of what mends it."""
    whole, broken = "- customer say", "- server blame"
    _, fine = asked(BLAME + HINT, whole)
    _, bad = asked(BLAME + HINT, broken)
    assert [said(piece) for piece in fine.pieces] == [["right after “thanks” (event 3): add “useful hint”"]]
    assert [piece.asked[0].criterion for piece in bad.pieces] == ["kiosk/blame"]
    assert bad.together is not None
    assert [each.criterion for each in bad.together.asked] == ["kiosk/blame", "kiosk/hint"]


def test_of_several_bonuses_the_best_is_told(asked: Asked) -> None:
    """One is enough."""
    _, advice = asked(HINT + HELP, "- customer fumble\n- customer say")
    assert [piece.asked[0].criterion for piece in advice.pieces] == ["kiosk/hint"]
    assert advice.together is None


def test_a_bonus_that_the_customer_called_for_goes_before_free_ones(asked: Asked) -> None:
    """Even where a free one would be worth more."""
    free = criterion('free = true\nshows = { act = "staff.hint" }', name="hint", role="bonus", weight=3)
    _, advice = asked(free + HELP, "- customer fumble\n- customer say")
    assert [piece.asked[0].criterion for piece in advice.pieces] == ["kiosk/help"]


def test_a_machine_is_asked_for_no_gestures_of_its_own(asked: Asked) -> None:
    """But for what the customer called for."""
    free = criterion('free = true\nshows = { act = "staff.hint" }', name="hint", role="bonus", weight=3)
    _, alone = asked(free, "- customer say", channel="self_service")
    _, called = asked(free + HELP, "- customer fumble\n- customer say", channel="self_service")
    assert alone.pieces == ()
    assert [piece.asked[0].criterion for piece in called.pieces] == ["kiosk/help"]


def test_criteria_that_ask_for_the_same_share_a_piece(asked: Asked) -> None:
    """And each of them gives its advice."""
    both = "".join(
        criterion('responds = { after = "customer.ask", with = "staff.answer" }', name=name) for name in ("one", "two")
    )
    _, advice = asked(both, "- customer ask")
    assert len(advice.pieces) == 1
    assert [each.criterion for each in advice.pieces[0].asked] == ["kiosk/one", "kiosk/two"]
    assert "Mind one.\n     Mind two.\n" in advice.explain()


def test_a_larger_piece_that_gains_no_more_is_not_told(asked: Asked) -> None:
    """One word answers both."""
    body = 'responds = { after = "customer.ask", with = "staff.answer" }'
    _, advice = asked(criterion(body), "- customer ask\n- customer say\n- customer ask")
    assert [said(piece) for piece in advice.pieces] == [["right after the second “question” (event 3): add “answer”"]]
    assert advice.together is None


def test_the_same_is_told_once_where_it_gains_most(asked: Asked) -> None:
    """An answer to the first question alone would have been worth less than one to the second."""
    both = "- customer ask: this?\n- customer say\n- customer ask: that?"
    one, advice = asked(criterion('responds = { after = "customer.ask", with = "staff.answer" }'), both)
    (piece,) = advice.pieces
    assert said(piece) == ["right after “that?” (event 3): add “answer”"]
    assert advice.score is not None
    assert piece.score == pytest.approx(advice.score + piece.gain)
    assert len(piece.apply(one).events) == len(one.events) + 1


def test_of_two_acts_in_place_of_one_event_the_better_is_told(asked: Asked) -> None:
    """Two criteria object to the same event and want other things instead."""
    fuss = criterion('instead = ["help"]\navoids = { act = "staff.blame" }', name="fuss", role="penalty", weight=3)
    _, advice = asked(BLAME + fuss, "- customer say\n- server blame")
    assert [said(piece) for piece in advice.pieces] == [
        ["event 2, after “other speech”: “question” instead of “blame”"]
    ]


def test_situations_and_excuses_hold(asked: Asked) -> None:
    """What circumstances excuse needs no advice."""
    excused = BLAME + "[[criterion.situation]]\nwhen = \"setting.pace == 'busy'\"\nexcuse = true\n"
    _, advice = asked(excused, "- server blame", **{"setting.pace": "busy"})
    assert advice.pieces == ()


def test_criteria_on_trial_ask_for_nothing(asked: Asked) -> None:
    """They do not count."""
    _, advice = asked(criterion('lifecycle = "trial"\navoids = { act = "staff.blame" }'), "- server blame")
    assert advice.pieces == ()


def test_without_a_score_it_says_what_is_left_open(
    asked: Asked, meter: pm.Meter, bench: Callable[[str], Bench]
) -> None:
    """An excerpt that ends on a question."""
    talk = meter.loads("id: t\nsector: kiosk\nrecord: excerpt\n\n- customer ask", format="timeline")
    question = criterion('responds = { after = "customer.ask", with = "staff.answer" }', name="reply")
    advice = advise(talk, bench(question))
    assert (advice.score, advice.pieces, advice.rescorings) == (None, (), 0)
    assert advice.explain() == (
        "t: no score, because nothing was noted that speaks for the service or against it\n"
        "  Without a score there is nothing to lift.\n"
        "  Called for, and left open by the record: reply"
    )


def test_where_nothing_would_be_left_no_gain_is_promised(meter: pm.Meter, bench: Callable[[str], Bench]) -> None:
    """What was amiss is all that the record tells; what to do is said all the same."""
    talk = meter.loads("id: t\nsector: kiosk\nrecord: excerpt\n\n- server blame", format="timeline")
    advice = advise(talk, bench(criterion('avoids = { act = "staff.blame" }', name="blame", role="must")))
    assert (advice.pieces, [each.criterion for each in advice.unpromised]) == ((), ["kiosk/blame"])
    assert advice.explain() == (
        "t: 16.7 of 100, very poor\n"
        "  What was amiss is all that the record tells; without it nothing is left to score, "
        "so no gain can be promised.\n"
        "  Mind blame."
    )


def test_each_timeline_is_scored_once_and_no_more_than_allowed(meter: pm.Meter, bench: Callable[[str], Bench]) -> None:
    """What is known costs nothing; beyond the allowance there is no answer."""
    one = encounter(meter, "- server blame\n- server rush")
    both = bench(BLAME + RUSH)
    advice = advise(one, both)
    calls: list[pm.Encounter] = []

    def judge(changed: pm.Encounter) -> Judgements:
        calls.append(changed)
        return both.judge(changed)

    counted = attrs.evolve(both, judge=judge)
    assert advise(one, counted) == advice
    assert len(calls) == advice.rescorings + 1
    assert len(set(calls)) == len(calls)
    trial = Trial(both, one, 1)
    first, second = (piece.changes for piece in advice.pieces)
    assert trial.score(first) is not None
    assert trial.score(second) is None
    assert trial.score(first) is not None
    assert trial.count == 1


def test_single_pieces_leave_something_for_combinations(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many findings there are, the most urgent come first and the last have to wait."""
    monkeypatch.setattr(searching, "MOST_SINGLY", 1)
    _, advice = asked(BLAME + RUSH, "- server rush\n- server blame")
    assert [piece.asked[0].criterion for piece in advice.pieces] == ["kiosk/blame"]


def test_another_scoring_model_is_promised_exactly_too(meter: pm.Meter, bench: Callable[[str], Bench]) -> None:
    """Advice asks the model and knows no formula."""
    plain = bench("")
    fixed = attrs.evolve(plain, models={"ledger": lambda settled, scoring: Tally()})
    assert advise(encounter(meter, "- server blame"), fixed).score is None


EXPLAINED = """\
talk: 19.2 of 100, very poor
  What would have lifted it, the most for the least first:
  Number 1 is the least that makes it poor.

  1. +16.5, to 35.7 (poor)
     0:36, after the second “mmm”: “question” instead of “blame”
     Mind blame.
     blame: missed → met (−6.0 → 0.0)

  2. +5.8, to 25.0 (poor)
     0:40, after the second “mmm”: “staying quiet” instead of “urging haste”
     Mind rush.
     rush: missed → met (−3.0 → 0.0)

Together
  +43.3, to 62.5 (good)
     0:36, after the second “mmm”: “question” instead of “blame”
     0:40, after the second “mmm”: “staying quiet” instead of “urging haste”
     Mind blame.
     Mind rush.
     blame: missed → met (−6.0 → 0.0)
     rush: missed → met (−3.0 → 0.0)"""


def test_of_many_alike_moments_the_number_is_told(asked: Asked) -> None:
    """Beyond the fifth there is no word for it."""
    timeline = "\n".join(["- customer sigh"] * 6 + ["- server blame"])
    _, advice = asked(BLAME, timeline)
    assert said(advice.pieces[0]) == ["event 7, after “sigh” number 6: “question” instead of “blame”"]


def test_long_words_are_cut_and_many_moments_counted(asked: Asked) -> None:
    """Enough to find the moment by."""
    timeline = "- customer ask: is there anybody here who could possibly help\n" + "- server blame\n" * 5
    _, advice = asked(BLAME, timeline.strip())
    where = "after “is there anybody here who cou…”"
    assert said(advice.pieces[0]) == [
        f"event 2, {where}; event 3, {where}; event 4, {where} and 2 more: “question” instead of “blame”"
    ]


def test_the_explanation_reads_so(asked: Asked) -> None:
    """In full, in each language."""
    _, advice = asked(
        BLAME + RUSH, "0:20 customer ask: mmm\n0:30 customer ask: mmm\n0:36 server blame\n0:40 server rush"
    )
    assert advice.explain() == EXPLAINED
    assert advice.explain("fi").splitlines()[1:6] == [
        "  Nämä olisivat nostaneet sitä, ensin se, mistä saa vähimmällä eniten:",
        "  Tasolle huono riittää vähimmillään kohta 1.",
        "",
        "  1. +16,5, jolloin pisteitä on 35,7 (huono)",
        "     0:36, toisen ”mmm” jälkeen: ”kysymys” eikä ”syyttely”",
    ]
    assert advice.explain("sv").splitlines()[5] == (
        "     0:36, efter det andra ”mmm”: ”fråga” i stället för ”skuldbeläggande”"
    )


def test_only_the_first_pieces_are_told_and_the_least_stands_by_itself(asked: Asked) -> None:
    """Of many the rest is counted; what lifts the band is told even where it is none of them."""
    acts = ("sigh", "rush", "interrupt", "nod", "laugh", "hover", "follow")
    many = "".join(
        criterion(f'avoids = {{ act = "staff.{act}" }}', name=act, role="penalty", weight=0.1) for act in acts
    )
    _, advice = asked(many, "\n".join(f"- server {act}" for act in acts))
    text = advice.explain()
    assert len(advice.pieces) == len(acts)
    assert "  The first 5 of 7 are told." in text
    assert "  5. " in text
    assert "  6. " not in text
    alone = attrs.evolve(advice, next_band=advice.pieces[-1], together=None)
    assert "\n\nThe least that lifts it a band\n  +" in alone.explain()
    nothing = attrs.evolve(advice, next_band=None)
    assert "  Nothing that was tried lifts it a whole band." in nothing.explain()
    both = attrs.evolve(advice, next_band=advice.together)
    assert "is the combination below." in both.explain()


def test_where_gates_hold_the_score_the_gain_before_them_counts(asked: Asked) -> None:
    """So much is wrong that no single change shows; where to begin is told all the same."""
    acts = ("sigh", "rush", "interrupt", "nod", "laugh", "hover", "follow")
    many = "".join(criterion(f'avoids = {{ act = "staff.{act}" }}', name=act, role="penalty") for act in acts)
    _, advice = asked(many, "\n".join(f"- server {act}" for act in acts))
    assert {(piece.gain, piece.score) for piece in advice.pieces} == {(0, 20.0)}
    assert all(piece.calculated_gain > 0 for piece in advice.pieces)
    assert advice.together is not None
    assert advice.together.calculated_gain > max(piece.calculated_gain for piece in advice.pieces)
    assert advice.explain().splitlines()[1:6] == [
        "  No single change lifts it, for too much else holds it down. These come first:",
        "  The first 5 of 7 are told.",
        "  Nothing that was tried lifts it a whole band.",
        "",
        "  1. +0.8 before gates; by itself it stays at 20.0 (poor)",
    ]


def test_a_good_encounter_is_not_held_down(asked: Asked) -> None:
    """Where only the want of a delight holds the score, more of the same is no advice."""
    reply = 'responds = { after = "customer.ask", with = "staff.answer" }'
    lots = "".join(criterion(reply, name=name, weight=10) for name in ("one", "two"))
    _, advice = asked(lots + RUSH, "- customer ask\n- server answer\n- server rush")
    assert (advice.score, advice.pieces, advice.together) == (79.9, (), None)


def test_a_very_good_encounter_says_what_is_left(asked: Asked) -> None:
    """Or that nothing is."""
    timeline = "- customer fumble\n- server help\n- server hint"
    large = HINT.replace("weight = 3", "weight = 9")
    _, done = asked(large, timeline)
    _, left = asked(large + criterion('shows = { act = "staff.farewell" }', name="parting", weight=1), timeline)
    assert (done.band, left.band) == ("very_good", "very_good")
    assert done.explain().endswith("\n  Very good already; nothing is left that would lift it.")
    assert left.explain().splitlines()[1:4] == [
        "  Very good already. What is left:",
        "",
        "  1. +5.7, to 89.3 (very good)",
    ]
    _, plain = asked("", "- customer say")
    assert plain.explain().endswith(
        "\n  Nothing that the server did or left undone, as far as the record shows it, would lift the score."
    )
