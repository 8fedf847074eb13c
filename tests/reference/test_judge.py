"""From `when` to a judgement: situations, excuses, refinement, lifecycles, evidence that adds up."""

from __future__ import annotations

import pytest
from tests.reference.conftest import Ask, Score, result

from palvelumittari.formats import dumps, loads
from palvelumittari.reading.terms import Terms
from palvelumittari.records.verdict import Band, Finding, Outcome, Status, Verdict

SAID = 'shows = { act = "server.say", otherwise = 0 }\n'
QUEUE = '[[criterion.situation]]\nwhen = "setting.queue > %d"\n'


# --- situations ---------------------------------------------------------------------------------------------------


def test_situations_that_apply_merge_in_order(finding: Ask) -> None:
    """Later keys win, others stay; the situations are named in the finding."""
    criterion = SAID + QUEUE % 0 + "weight = 2\nat_least = 2\n" + QUEUE % 1 + 'weight = 3\nrole = "bonus"\n'
    text = "- server say"

    def told(queue: int) -> tuple[str, float, object, tuple[str, ...]]:
        found = finding(criterion, text, setting={"queue": queue})
        return found.role.value, found.weight, found.fulfilment, tuple(map(str, found.situations))

    assert told(0) == ("linear", 1, 1, ())
    assert told(1) == ("linear", 2, 0.5, ("“others waiting” > 0",))
    assert told(2) == ("bonus", 3, 0.5, ("“others waiting” > 0", "“others waiting” > 1"))


def test_a_situation_is_named_by_its_title_or_its_condition(finding: Ask) -> None:
    """The title in the reader's language, the condition as it stands in each."""
    titled = '\n[[criterion.situation]]\nwhen = "setting.queue > 0"\nweight = 2\n'
    criterion = (
        SAID + titled + 'title = { en = "Rush hour", fi = "Ruuhka", sv = "Rusning" }\n' + QUEUE % 1 + "weight = 3"
    )
    found = finding(criterion, "- server say", setting={"queue": 2})
    assert [[situation.said_in(tag) for tag in ("en", "fi", "sv")] for situation in found.situations] == [
        ["Rush hour", "Ruuhka", "Rusning"],
        ["“others waiting” > 1", "”others waiting” > 1", "”others waiting” > 1"],
    ]


def test_numbers_of_a_verdict_are_free_of_binary_noise(score: Score, terms: Terms) -> None:
    """Points and ratings to 9 places, coverage to 6: -3.6, not -3.6000000000000005."""
    graded = "[[criterion]]\nid = 'a'\nweight = 3\ngrades = { acts = [{ act = 'server.say', is = 0.1 }] }\n"
    rest = "[[criterion]]\nid = 'b'\nweight = 6\navoids = { act = 'server.rush' }\n"
    found = score(graded + rest, "- server say")
    one = found.findings[0]
    assert (one.rating, one.points, found.coverage) == (-0.8, -3.6, 0.333333)
    assert loads(dumps(found), Verdict, vocabulary=terms.vocabulary) == found


def test_an_unknown_situation_does_not_apply(finding: Ask) -> None:
    """Nobody noted the queue."""
    assert finding(SAID + QUEUE % 0 + "weight = 2").weight == 1


def test_a_situation_may_change_measure_caps_lifts_and_advice(score: Score) -> None:
    """Criterion keys and the measure's own keys stand flat."""
    rubric = f"""
    [[criterion]]
    id = "must"
    role = "must"
    weight = 0.5
    avoids = {{ act = "server.rush", each = 0.5 }}
    advice = {{ en = "Wait." }}
    [[criterion.situation]]
    when = "setting.queue > 0"
    caps = "none"
    each = 1.0
    advice = {{ en = "Wait all the same." }}
    [[criterion]]
    id = "bonus"
    role = "bonus"
    weight = 10
    {SAID}
    [[criterion.situation]]
    when = "setting.queue > 1"
    lifts = false
    """
    text = "- server say\n- server rush"
    plain, one, two = (score(rubric, text, setting={"queue": queue}) for queue in (0, 1, 2))
    assert [str(each.finding("test/must").advice) for each in (plain, one)] == ["Wait.", "Wait all the same."]
    assert [each.finding("test/must").fulfilment for each in (plain, one)] == [0.5, 0]
    assert [each.band for each in (plain, one, two)] == [Band.VERY_GOOD, Band.VERY_GOOD, Band.GOOD]
    assert [[gate.kind.value for gate in each.gates] for each in (plain, one, two)] == [[], [], ["no_delight"]]


def test_an_excuse_turns_a_loss_into_none(score: Score) -> None:
    """Outcome excused, no gate, no points; the reason keeps what happened and names the situation."""
    rubric = """
    [[criterion]]
    role = "must"
    avoids = { act = "server.rush" }
    [[criterion.situation]]
    title = { en = "Rush hour", fi = "Ruuhka" }
    when = "setting.queue > 0"
    excuse = true
    """
    found = score(rubric, "- server rush", setting={"queue": 1})
    (one,) = found.findings
    assert (one.outcome, one.rating, one.points, found.gates, found.score) == (Outcome.EXCUSED, None, 0, (), None)
    assert str(one.reason) == ("This should not have been: “rushing” (event 1). Excused by circumstances: Rush hour.")
    assert one.evidence
    blamed = score(rubric, "- server rush", setting={"queue": 0})
    assert blamed.findings[0].outcome is Outcome.MISSED


def test_an_excuse_without_a_title_names_its_condition(finding: Ask) -> None:
    """And nothing is excused where there is no loss."""
    criterion = SAID + QUEUE % 0 + "excuse = true"
    assert str(finding(criterion, setting={"queue": 1}).reason).endswith(
        "Excused by circumstances: “others waiting” > 0."
    )
    assert result(finding(criterion, "- server say", setting={"queue": 1})) == 1


def test_a_later_situation_may_take_an_excuse_back(finding: Ask) -> None:
    """Later keys win."""
    criterion = SAID + QUEUE % 0 + "excuse = true\n" + QUEUE % 1 + "excuse = false"
    assert finding(criterion, setting={"queue": 1}).outcome is Outcome.EXCUSED
    assert finding(criterion, setting={"queue": 2}).outcome is Outcome.MISSED


def test_where_when_is_not_true_no_situation_is_asked(finding: Ask) -> None:
    """The finding stays as declared."""
    criterion = SAID + 'when = "setting.queue > 5"\n' + QUEUE % 0 + "weight = 9"
    found = finding(criterion, setting={"queue": 1})
    assert (found.outcome, found.weight, found.situations) == (Outcome.NOT_APPLICABLE, 1, ())


# --- refinement ---------------------------------------------------------------------------------------------------


def _family(child: str) -> str:
    return f"""
    [[criterion]]
    id = "grandparent"
    {SAID}
    [[criterion]]
    id = "parent"
    refines = "test/grandparent"
    responds = {{ after = "customer.complain", with = "server.apologise" }}
    [[criterion]]
    id = "child"
    title = {{ en = "The child", fi = "Lapsi" }}
    refines = "test/parent"
    {child}
    """


CHILDREN = {
    "met": 'shows = { act = "server.say" }',
    "partly": 'role = "bonus"\nshows = { act = "server.say", at_least = 2 }',
    "missed": 'role = "must"\nshows = { act = "server.greet" }',
    "excused": SAID.replace("say", "greet") + QUEUE % 0 + "excuse = true",
}


@pytest.mark.parametrize("outcome", CHILDREN)
def test_a_child_that_is_judged_replaces_all_it_refines(score: Score, outcome: str) -> None:
    """Through chains; met, partly, missed or excused."""
    verdict = score(_family(CHILDREN[outcome]), "- server say", setting={"queue": 1})
    grandparent, parent, child = verdict.findings
    assert child.outcome == outcome
    for one in (grandparent, parent):
        assert (one.outcome, one.counted, one.points, one.evidence) == (Outcome.NOT_APPLICABLE, False, 0, ())
        assert str(one.reason) == "Judged more narrowly by “The child”."
    assert grandparent.reason.said_in("fi") == "Arvioidaan tarkemmin kohdassa ”Lapsi”."


UNJUDGED = {
    "undecided": 'responds = { after = "customer.ask", with = "server.answer", within = "9 s" }',
    "not_observed": 'shows = { act = "server.smile" }',
    "not_applicable": 'responds = { after = "customer.request", with = "server.serve" }',
    "error": 'calls = "my.measure"',
    "met": 'avoids = { act = "server.rush" }',
}


@pytest.mark.parametrize("outcome", UNJUDGED)
def test_where_a_child_is_not_judged_the_parent_is(score: Score, outcome: str) -> None:
    """Undecided, not observed, not applicable, in error, or met without an occasion."""
    text = "- server say\n- customer ask\n- server answer"
    functions = {"my.measure": lambda _scene: 7}
    verdict = score(_family(UNJUDGED[outcome]), text, channel="phone", functions=functions)
    grandparent, parent, child = verdict.findings
    assert (child.outcome, child.judged) == (outcome, False)
    assert (grandparent.outcome, grandparent.judged, parent.outcome) == ("met", True, "not_applicable")
    assert str(parent.reason) == "Nothing called for it: no “complaint”."


def test_a_child_on_trial_replaces_nothing(score: Score) -> None:
    """It is shown, not counted."""
    verdict = score(_family(CHILDREN["met"] + '\nlifecycle = "trial"'), "- server say")
    grandparent, _, child = verdict.findings
    assert (grandparent.judged, child.judged, child.counted, child.lifecycle) == (True, True, False, "trial")


def test_a_retired_criterion_is_not_judged(score: Score) -> None:
    """It has no finding at all."""
    verdict = score(_family(CHILDREN["met"] + '\nlifecycle = "retired"'), "- server say")
    assert [each.criterion for each in verdict.findings] == ["test/grandparent", "test/parent"]


# --- the whole ----------------------------------------------------------------------------------------------------


def test_nothing_judged_on_evidence_is_no_score(score: Score) -> None:
    """Never 0 or 50; status says so."""
    verdict = score('[[criterion]]\navoids = { act = "server.rush" }', "- server say")
    assert (verdict.score, verdict.band, verdict.coverage, verdict.status) == (None, None, 0, Status.NO_SCORE)


EVERY_MEASURE = """
[[criterion]]
id = "shows"
shows = { act = "server.say" }
[[criterion]]
id = "avoids"
avoids = { act = "server.rush" }
[[criterion]]
id = "responds"
responds = { after = "customer.ask", with = "server.answer" }
[[criterion]]
id = "ceases"
ceases = { act = "server.say", once = "talk < 0.3" }
[[criterion]]
id = "precedes"
precedes = { act = "server.say", first = "server.greet" }
[[criterion]]
id = "prompt"
prompt = { after = "customer.ask", act = "server.answer", full = "5 s", none = "9 s" }
[[criterion]]
id = "grades"
grades = { acts = [{ act = "server.say", is = 1 }], otherwise = 0.5 }
[[criterion]]
id = "calls"
calls = "my.measure"
[[criterion]]
id = "excused"
role = "bonus"
avoids = { act = "server.blame" }
when = "customer.at_fault"
"""


@pytest.mark.parametrize("record", ["full", "excerpt"])
def test_no_events_no_score(score: Score, record: str) -> None:
    """An empty record is no record of silence, whatever is declared: no measure has anything to say."""
    head = {"record": record, "customer": {"talk_wish": "quiet", "at_fault": True}}
    verdict = score(EVERY_MEASURE, "", functions={"my.measure": lambda _scene: 1.0}, **head)
    assert (verdict.score, verdict.status, verdict.coverage) == (None, Status.NO_SCORE, 0)
    assert {each.outcome for each in verdict.findings} == {Outcome.NOT_OBSERVED}
    assert str(verdict.findings[0].reason) == "The record holds no events, and so says nothing."


def test_a_wish_that_was_there_from_the_start_and_tested_by_nobody(score: Score) -> None:
    """The start of the record is no event: the reason names none."""
    rubric = '[[criterion]]\nceases = { act = "server.say", once = "talk < 0.3" }'
    (found,) = score(rubric, "- customer leave", customer={"talk_wish": "quiet"}).findings
    assert (found.outcome, found.evidence) == (Outcome.MET, ())


def test_findings_keep_the_order_of_the_rubric(score: Score) -> None:
    """And name the rubric that declares them."""
    verdict = score(_family(CHILDREN["met"]))
    assert [(each.criterion, each.rubric) for each in verdict.findings] == [
        ("test/grandparent", "test"),
        ("test/parent", "test"),
        ("test/child", "test"),
    ]


def test_shares_are_exact(finding: Ask) -> None:
    """1 - 3 x 0.1 is 0.7, not 0.7000000000000001."""
    found: Finding = finding('avoids = { act = "server.rush", each = 0.1 }', "- server rush\n" * 3)
    assert found.fulfilment == 0.7
