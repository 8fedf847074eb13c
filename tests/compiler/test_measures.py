"""Each measure by itself, in every form, against the reference interpreter on dense random timelines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from tests.compiler.agreeing import agree
from tests.compiler.dense import dense_encounters
from tests.reference.conftest import read_criteria

from palvelumittari.compiler import compile_rubric
from palvelumittari.reading.terms import Terms
from palvelumittari.records.scene import Answer, Scene
from palvelumittari.records.verdict import Outcome
from palvelumittari.words.text import Text

ENCOUNTERS = 400
"""How many encounters each form of a measure is tried on."""

WINDOWS = ("1 turn", "2 turns", "20 s", "90 s", "20 s or 1 turn", "90 s or 2 turns")
SURE = {Outcome.MET, Outcome.PARTLY, Outcome.MISSED, Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE}
UNSURE = SURE | {Outcome.UNDECIDED}
OUTCOMES = {
    "shows": UNSURE,
    "avoids": SURE,
    "responds": UNSURE,
    "ceases": UNSURE,
    "precedes": SURE,
    "prompt": UNSURE,
    "grades": UNSURE,
    "calls": UNSURE | {Outcome.ERROR},
}
"""The outcomes that each measure can have, all of which must occur."""

WHILES = (
    "talk < 0.4",
    "phase == 'service'",
    "phase in ['opening', 'closing'] and queue > 0",
    "seen('customer.decline') or declined > 0.5",
    "count('customer.ask | companion.request') >= 2 and not seen('customer.leave')",
    "ever(talk < 0.3) and strain < 0.7",
    "always(queue < 3 or talk > 0.4)",
    "not ever(strain > 0.5 and seen('customer.minimal'))",
    "customer.at_fault or talk > 0.7",
    "not customer.regular",
    "setting.queue == 0 or setting.pace == 'busy'",
    "ever(setting.queue > 0)",
    "customer.talk_wish in ['quiet', 'chat'] or not (talk >= 0.3)",
    "not ever(talk < 0.3) or not always(strain < 0.2)",
    "seen('customer.ask') == true and 0.2 <= talk < 0.6",
    "not (phase != 'service' or talk > 0.5)",
    "not always(talk < 0.6) and not (setting.pace != 'busy')",
)


def _with(key: str, values: Sequence[str], measure: str) -> list[str]:
    return [f'{measure}, {key} = "{value}" }}' for value in values]


FORMS: Mapping[str, Sequence[str]] = {
    "shows": [
        'shows = { act = "staff.answer" }',
        'shows = { act = "server.answer #minor | colleague.offer !#lengthened", at_least = 2 }',
        'shows = { act = "staff.answer", phases = 2, at_least = 3, otherwise = 0.1 }',
        'shows = { act = "staff.small_talk > companion | staff.attend", after = "customer.ask" }',
        'shows = { act = "staff.answer", after = "customer.minimal", longer = "30 s" }',
        'shows = { act = "staff.answer", longer = "30 s", phase = ["service", "closing"] }',
        'shows = { act = "staff.eye_contact", otherwise = 0.5 }',
        *_with("within", WINDOWS, 'shows = { act = "staff.answer"'),
        *_with("within", WINDOWS, 'shows = { act = "staff.answer", after = "customer.ask", longer = "30 s"'),
        *_with("while", WHILES, 'shows = { act = "staff.small_talk"'),
    ],
    "avoids": [
        'avoids = { act = "staff.small_talk", each = 0.3, allow = 1 }',
        'avoids = { act = "staff.small_talk", each = 0.5, healed = "staff.apologise" }',
        'avoids = { act = "staff.small_talk #minor", allow = 1, healed = "staff.apologise | staff.quiet" }',
        'avoids = { act = "staff.smile" }',
        'avoids = { act = "server.answer #minor | staff.answer #minor | staff.answer > companion" }',
        'avoids = { act = "staff.answer | staff.joke", healed = "staff.answer #minor" }',
        *_with("while", WHILES, 'avoids = { act = "staff.joke"'),
    ],
    "responds": [
        'responds = { after = "customer.ask", with = "staff.answer" }',
        'responds = { after = "customer.ask", with = "staff.answer", unless = "customer.decline" }',
        'responds = { after = "customer.ask", with = "staff.answer", unless = "staff.answer #minor" }',
        *_with("within", WINDOWS, 'responds = { after = "customer.ask | *.fault", with = "staff.answer"'),
        *_with("within", WINDOWS, 'responds = { after = "customer.ask", with = "staff.answer", unless = "*.minimal"'),
        *_with("within", WINDOWS, 'responds = { after = "staff.answer", with = "customer.minimal"'),
        """responds = { rules = [
            { after = "customer.ask", with = "staff.answer", within = "1 turn" },
            { after = "customer.fumble", with = "staff.offer", within = "20 s or 1 turn", unless = "customer.quiet" },
            { after = "customer.ask", with = "staff.smile" },
        ] }""",
    ],
    "ceases": [
        *_with("within", WINDOWS, 'ceases = { act = "staff.small_talk", after = "customer.minimal"'),
        *_with("within", WINDOWS, 'ceases = { act = "staff.small_talk", once = "talk < 0.4", until = "talk > 0.45"'),
        *_with("once", WHILES, 'ceases = { act = "server.small_talk"'),
        *_with("until", WHILES, 'ceases = { act = "staff.small_talk", after = "customer.ask"'),
        *_with("until", WHILES[:4], 'ceases = { act = "customer.minimal", after = "staff.answer", within = "2 turns"'),
        'ceases = { act = "staff.smile", after = "customer.minimal" }',
    ],
    "precedes": [
        'precedes = { act = "staff.small_talk", first = "staff.greet" }',
        'precedes = { act = "staff.small_talk", first = "staff.greet", otherwise = 0.4 }',
        'precedes = { act = "*.small_talk", first = "staff.smile" }',
        'precedes = { act = "*.minimal", first = "*.fault", otherwise = 0 }',
        'precedes = { act = "*.minimal", first = "*.fault" }',
        'precedes = { act = "staff.answer", first = "staff.answer #minor" }',
    ],
    "prompt": [
        'prompt = { after = "customer.ask", act = "staff.answer", full = "5 s", none = "60 s" }',
        *_with("untimed", WINDOWS, 'prompt = { after = "*.ask", act = "*.answer", full = "0 s", none = "20 s"'),
        *_with("untimed", WINDOWS, 'prompt = { after = "*.answer", act = "*.minimal", full = "1 s", none = "91 s"'),
    ],
    "grades": [
        'grades = { acts = [{ act = "staff.answer", is = 1 }, { act = "staff.small_talk", is = 0.4 }] }',
        'grades = { pick = "best", acts = [{ act = "*.joke", is = 0 }, { act = "*.small_talk #minor", is = 0.4 }] }',
        """grades = { pick = "sum", otherwise = 0.2, acts = [
            { act = "staff.answer", is = 0.3, phase = "service" },
            { act = "staff.answer", is = 0.35 },
            { act = "staff.joke", is = 0.4, while = "talk > 0.4" },
        ] }""",
        """grades = { otherwise = 1, acts = [
            { act = "staff.joke", is = 0, while = "talk < 0.4" },
            { act = "staff.offer #minor", is = 0.5, while = "declined == 1 or customer.at_fault" },
        ] }""",
        """grades = { otherwise = 1, healed = "staff.apologise", acts = [
            { act = "staff.joke", is = 0 }, { act = "staff.offer", is = 1 },
        ] }""",
        'grades = { acts = [{ act = "staff.answer", is = 1 }], after = "customer.ask", healed = "staff.apologise" }',
        'grades = { acts = [{ act = "staff.joke", is = 0.5 }], after = "customer.ask", otherwise = 1 }',
        'grades = { acts = [{ act = "*.joke", is = 0.5 }], after = "customer.ask", otherwise = 0.7, pick = "best" }',
        'grades = { acts = [{ act = "staff.answer", is = 0.4 }], healed = "staff.answer #minor" }',
        'grades = { acts = [{ act = "staff.smile", is = 1 }], otherwise = 0 }',
        'grades = { acts = [{ act = "staff.smile", is = 1 }], after = "customer.ask" }',
    ],
    "calls": [
        'calls = "t.share"',
        'calls = { function = "t.said", options = { value = 0.123456789123 } }',
        'calls = { function = "t.said", options = { value = 2 } }',
        'calls = { function = "t.said", options = { value = true } }',
        'calls = { function = "t.unsure", options = {} }',
        'calls = "t.raises"',
        'calls = "t.cites"',
        'calls = "t.reason"',
    ],
}
"""Criteria by measure."""


def share(scene: Scene) -> Answer:
    """A number that rests on all that a scene holds."""
    total = sum(sum(values) for values in scene.readings.values()) + len(set(scene.phases))
    return Answer(fulfilment=abs(total) % 1, speaks_against=scene.find("small_talk")[:1])


def said(scene: Scene, value: Any) -> Any:
    """Whatever the rubric wants."""
    return value


def unsure(scene: Scene) -> Answer:
    """Undecided in every second record, a broken contract in one in five."""
    fulfilment = 0.5 if len(scene.phases) % 5 == 0 else None
    return Answer(fulfilment=fulfilment, undecided=len(scene.phases) % 2 == 0)


def raises(scene: Scene) -> None:
    """Fails in some records."""
    if len(scene.phases) > 5:
        raise ValueError("too long")


def cites(scene: Scene) -> Answer:
    """Cites an event that long records alone have."""
    return Answer(fulfilment=1, speaks_for=(6,))


def reason(scene: Scene) -> Any:
    """A reason that is none in some records."""
    return Answer(fulfilment=0, reason="text" if len(scene.phases) % 2 else Text({"en": "text"}))  # type: ignore[arg-type]


FUNCTIONS = {f"t.{each.__name__}": each for each in (share, said, unsure, raises, cites, reason)}

WHENS = ("", 'when = "ever(talk < 0.4)"', "when = \"customer.at_fault or seen('customer.decline')\"")
"""Where each form applies, in turn."""


def _criteria(forms: Sequence[str]) -> str:
    roles = ("linear", "must", "bonus", "penalty")
    tables = (
        f'[[criterion]]\nid = "c{number}"\nrole = "{roles[number % 4]}"\n{WHENS[number % 3]}\n{form}\n'
        for number, form in enumerate(forms)
    )
    return "\n".join(tables)


@pytest.mark.parametrize("measure", list(FORMS))
def test_every_form_of_a_measure_is_judged_as_the_reference_judges_it(measure: str, terms: Terms) -> None:
    """Outcome, fulfilment, evidence or none, occasion or none: on hundreds of encounters, and no outcome is missing."""
    rubric = read_criteria(_criteria(FORMS[measure]), terms, FUNCTIONS)
    compiled = compile_rubric(rubric, terms.vocabulary, FUNCTIONS)
    seen: Counter[Outcome] = Counter()
    for encounter in dense_encounters(Random(measure), ENCOUNTERS):
        numbers = agree(compiled, encounter, terms.vocabulary, FUNCTIONS)
        seen.update(each.outcome for each in numbers.judgements)
    assert set(seen) == OUTCOMES[measure]
    assert all(times >= 20 for outcome, times in seen.items() if outcome is not Outcome.NOT_OBSERVED), seen


def test_both_kinds_of_success_occur(terms: Terms) -> None:
    """Success with and without an occasion, with and without a cue behind it."""
    rubric = read_criteria(_criteria(FORMS["avoids"]), terms)
    compiled = compile_rubric(rubric, terms.vocabulary)
    seen: Counter[tuple[bool, bool]] = Counter()
    for encounter in dense_encounters(Random("kept"), ENCOUNTERS):
        judged = compiled.numbers(encounter).judgements
        seen.update((each.vacuous, each.cites) for each in judged if each.outcome is Outcome.MET)
    assert set(seen) == {(True, False), (False, True), (False, False)}
    assert min(seen.values()) >= 20
