"""One criterion: every fault with its place and remedy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.reading.criterion_checks import check_numbers
from palvelumittari.reading.criterion_reader import read_criterion
from palvelumittari.reading.terms import Terms
from palvelumittari.records.measure import Calls, Responds, Window
from palvelumittari.records.rubric import Caps, Lifecycle, Role
from palvelumittari.words.errors import Problem, Severity

Faults = Callable[..., list[Problem]]
GREET = 'act = "staff.greet"'
SHOWS = 'shows = { act = "staff.say" }'
SITUATION = f"{SHOWS}\n[[criterion.situation]]\nwhen = 'customer.regular'\n"


def told(problem: Problem) -> tuple[str, str, str]:
    """First line, the characters under the caret, and the hint."""
    place = problem.place
    assert place.excerpt is not None
    assert place.column is not None
    return problem.what, place.excerpt[place.column - 1 : place.column - 1 + place.width], problem.hint or ""


def test_a_criterion_is_read_with_all_its_keys() -> None:
    """Keys of situations are sorted into those of the criterion and those of its measure."""
    raw = {
        "id": "own", "role": "must", "weight": 2, "title": {"en": "A"}, "why": "B", "advice": {"en": "C"},
        "when": "customer.regular", "refines": "service/pace", "instead": ["quiet"], "caps": "none", "free": True,
        "lifecycle": "trial", "avoids": {"act": "staff.joke", "while": "talk < 1"},
        "situation": ({"when": "setting.queue > 1", "weight": 3, "allow": 2, "excuse": True, "title": {"en": "D"}},),
    }  # fmt: skip
    found = read_criterion("rubric/own", raw, "rubric").criterion
    assert found is not None
    assert (found.id, found.role, found.caps, found.lifecycle) == ("rubric/own", Role.MUST, Caps.NONE, Lifecycle.TRIAL)
    assert (found.refines, found.instead, str(found.why)) == (("service/pace",), ("quiet",), "B")
    (situation,) = found.situations
    assert dict(situation.criterion) == {"weight": 3}
    assert dict(situation.measure) == {"allow": 2}
    assert situation.excuse


@pytest.mark.parametrize("lifecycle", list(Lifecycle))
def test_one_rule_may_stand_flat_and_change_in_situations(lifecycle: Lifecycle) -> None:
    """A single rule needs no list; its keys are the measure's own."""
    raw = {
        "id": "own", "role": "must", "weight": 2, "title": {"en": "A"}, "lifecycle": lifecycle.value,
        "responds": {"after": "customer.bid", "with": "staff.say"},
        "situation": ({"when": "setting.queue > 1", "within": "2 turns"},),
    }  # fmt: skip
    found = read_criterion("own", raw, "").criterion
    assert found is not None
    assert isinstance(found.measure, Responds)
    assert str(found.measure.rules[0].with_) == "staff.say"
    assert found.situations[0].measure == {"within": Window(None, 2)}


@pytest.mark.parametrize(
    ("text", "what", "characters", "hint"),
    [
        # keys
        ("show = { act = 'staff.greet' }", "unknown key `show`", "show", "did you mean `shows`?"),
        ("[criterion.show]\nact = 'staff.greet'", "unknown key `show`", "show", "did you mean `shows`?"),
        (SHOWS + "\navoid = { act = 'staff.say' }", "unknown key `avoid`", "avoid", "did you mean `avoids`?"),
        (SHOWS + "\nwen = 'customer.regular'", "unknown key `wen`", "wen", "did you mean `when`?"),
        (SHOWS + "\nzzz = 1", "unknown key `zzz`", "zzz", "leave it out"),
        ("shows = { act = 'staff.greet', show = 1 }", "unknown key `show`", "show", "leave it out"),
        ("shows = { atc = 'staff.greet' }", "unknown key `atc`", "atc", "did you mean `act`?"),
        ("shows = {}", "the key `act` is missing", "{}", "add `act`"),
        ("[criterion.shows]", "the key `act` is missing", "[criterion.shows]", "add `act`"),
        (
            "responds = { after = 'customer.bid' }",
            "the key `with` is missing",
            "{ after = 'customer.bid' }",
            "add `with`",
        ),
        (
            "responds = { after = 'customer.bid', wit = 'staff.say' }",
            "unknown key `wit`",
            "wit",
            "did you mean `with`?",
        ),
        (
            "responds = { rule = [] , after = 'customer.bid', with = 'staff.say' }",
            "unknown key `rule`",
            "rule",
            "did you mean `rules`?",
        ),
        (
            "responds = { rules = [{ after = 'customer.bid', with = 'staff.say', withn = '1 s' }] }",
            "unknown key `withn`",
            "withn",
            "did you mean `within`?",
        ),
        ("grades = { acts = [{ act = 'staff.say' }] }", "the key `is` is missing", "{ act = 'staff.say' }", "add `is`"),
        ("grades = { acts = [1] }", "a value of the wrong kind", "1", ""),
        ("shows = 'staff.greet'", "a value of the wrong kind", "'staff.greet'", ""),
        ("", "a criterion has exactly one measure, this one has none", "[[criterion]]", ""),
        (
            SHOWS + "\navoids = { act = 'staff.say' }",
            "a criterion has exactly one measure, this one has 2",
            "{ act = 'staff.say' }",
            "",
        ),
        # terms, with the caret inside the text
        ("shows = { act = 'staff.say | staff.gret' }", "unknown act `gret`", "staff.gret", "did you mean `greet`?"),
        (
            "shows = { act = 'staff.say  #hegded' }",
            "unknown tag `#hegded`",
            "staff.say  #hegded",
            "did you mean `hedged`?",
        ),
        (
            "shows = { act = ['staff.say', 'staff.gret'] }",
            "unknown act `gret`",
            "['staff.say', 'staff.gret']",
            "did you mean `greet`?",
        ),
        (
            "shows = { act = 'customer.charge' }",
            "`charge` is never done by customer",
            "customer.charge",
            "did you mean `staff.charge`?",
        ),
        ("shows = { act = 'greet' }", "this is no selector", "greet", "say who does it: staff.greet"),
        (
            "shows = { act = 'staff.say', while = 'tlak < 1' }",
            "unknown field or reading `tlak`",
            "tlak",
            "did you mean `talk`?",
        ),
        (
            "responds = { after = 'customer.bit', with = 'staff.say' }",
            "unknown act `bit`",
            "customer.bit",
            "did you mean `bid`?",
        ),
        (
            "responds = { rules = [{ after = 'customer.bid', with = 'staff.sya' }] }",
            "unknown act `sya`",
            "staff.sya",
            "did you mean `say`?",
        ),
        (
            "grades = { acts = [{ act = 'staff.gret', is = 1 }] }",
            "unknown act `gret`",
            "staff.gret",
            "did you mean `greet`?",
        ),
        (SHOWS + "\ninstead = ['quiett']", "unknown act `quiett`", "'quiett'", "did you mean `quiet`?"),
        (SHOWS + "\ninstead = 'quiett'", "unknown act `quiett`", "'quiett'", "did you mean `quiet`?"),
        (SHOWS + "\nwhen = 'talk < 1'", "a reading moves all the time", "talk", "wrap it in ever(...) or always(...)"),
        (
            SHOWS + "\nwhen = '  phase == \"opening\"'",
            "`phase` does not stand here",
            "phase",
            "use it in while, once or until",
        ),
        (SHOWS + "\nwhen = 'setting.queue > \"a\"'", "a number is compared with text", 'setting.queue > "a"', ""),
        (
            "calls = 'taxi.rute'",
            "no plugin brings the measure `taxi.rute`",
            "'taxi.rute'",
            "did you mean `taxi.route`?",
        ),
        (
            "calls = { function = 'zzz' }",
            "no plugin brings the measure `zzz`",
            "{ function = 'zzz' }",
            "install the plugin that brings it",
        ),
        # numbers and windows
        (f"shows = {{ {GREET}, at_least = 0 }}", "0 is too little", "0", ""),
        (f"shows = {{ {GREET}, at_least = 1.5 }}", "a value of the wrong kind", "1.5", ""),
        (f"shows = {{ {GREET}, phases = 0 }}", "0 is too little", "0", ""),
        (
            f"shows = {{ {GREET}, phases = 5 }}",
            "5 phases can never be reached",
            "5",
            "allow more phases or ask for fewer",
        ),
        (
            f"shows = {{ {GREET}, phases = 2, phase = 'opening' }}",
            "2 phases can never be reached",
            "2",
            "allow more phases or ask for fewer",
        ),
        (f"shows = {{ {GREET}, otherwise = 1.5 }}", "1.5 is no fulfilment", "1.5", ""),
        (
            f"shows = {{ {GREET}, within = '0 s' }}",
            "this window can never be met",
            "'0 s'",
            "say how soon, such as 1 turn",
        ),
        (f"shows = {{ {GREET}, longer = 30 }}", "a value of the wrong kind", "30", ""),
        ("avoids = { act = 'staff.joke', allow = -1 }", "-1 is too little", "-1", ""),
        ("avoids = { act = 'staff.joke', each = 0 }", "0 is no share", "0", ""),
        ("responds = { rules = [] }", "there is nothing to respond to", "[]", "add { after = ..., with = ... }"),
        ("responds = { rules = 1 }", "a value of the wrong kind", "1", ""),
        (
            "ceases = { act = 'staff.joke' }",
            "ceases needs after or once, and not both",
            "{ act = 'staff.joke' }",
            "after an event, or once a condition is true",
        ),
        (
            "ceases = { act = 'staff.joke', after = 'customer.bid', once = 'talk < 1' }",
            "ceases needs after or once, and not both",
            "{ act = 'staff.joke', after = 'customer.bid', once = 'talk < 1' }",
            "after an event, or once a condition is true",
        ),
        ("precedes = { act = 'staff.charge', first = 'staff.greet', otherwise = -1 }", "-1 is no fulfilment", "-1", ""),
        (
            "prompt = { after = 'customer.bid', act = 'staff.say', full = '9 s', none = '9 s' }",
            "this window can never be met: `full` is not sooner than `none`",
            "'9 s'",
            'as in full = "5 s", none = "90 s"',
        ),
        ("grades = { acts = [] }", "there is nothing to grade", "[]", "add { act = ..., is = ... }"),
        ("grades = { acts = [{ act = 'staff.say', is = 2 }] }", "2 is no fulfilment", "2", ""),
        (SHOWS + "\ncaps = 'none'", "only a must caps the band", "'none'", "leave caps out"),
        (SHOWS + "\nlifts = false", "only a bonus lifts the band", "false", "leave lifts out"),
        # situations
        (SHOWS + "\nsituation = 1", "situations are a list of tables", "1", "write [[criterion.situation]]"),
        (SHOWS + "\nsituation = [1]", "a situation is a table", "1", "write [[criterion.situation]]"),
        (
            SHOWS + "\n[[criterion.situation]]\nexcuse = true",
            "the key `when` is missing",
            "[[criterion.situation]]",
            "add `when`",
        ),
        (
            SITUATION,
            "this situation changes nothing",
            "[[criterion.situation]]",
            "give it excuse = true or a key to change",
        ),
        (SITUATION + "atleast = 2", "unknown key `atleast`", "atleast", "did you mean `at_least`?"),
        (SITUATION + "allow = 2", "unknown key `allow`", "allow", "leave it out"),
        (SITUATION + "weight = 11", "the weight 11 is out of range", "11", ""),
        (SITUATION + "at_least = 0", "0 is too little", "0", ""),
        (SITUATION + "act = 'staff.gret'", "unknown act `gret`", "staff.gret", "did you mean `greet`?"),
        (
            SHOWS + "\n[[criterion.situation]]\nwhen = 'talk < 1'\nexcuse = true",
            "a reading moves all the time",
            "talk",
            "wrap it in ever(...) or always(...)",
        ),
        (
            "ceases = { act = 'staff.joke', after = 'customer.bid' }\n"
            "[[criterion.situation]]\nwhen = 'customer.regular'\n"
            "once = 'talk < 1'",
            "ceases needs after or once, and not both",
            "[[criterion.situation]]",
            "after an event, or once a condition is true",
        ),
        (
            "prompt = { after = 'customer.bid', act = 'staff.say', full = '9 s', none = '20 s' }\n"
            "[[criterion.situation]]\n"
            "when = 'customer.regular'\nnone = '5 s'",
            "this window can never be met: `full` is not sooner than `none`",
            "[[criterion.situation]]",
            'as in full = "5 s", none = "90 s"',
        ),
    ],
)
def test_each_fault_has_its_words_its_caret_and_its_remedy(
    text: str, what: str, characters: str, hint: str, faults: Faults
) -> None:
    """One fault is one problem, under the characters that are wrong."""
    errors = [problem for problem in faults(text) if problem.is_error]
    assert [told(problem) for problem in errors] == [(what, characters, hint)]


@pytest.mark.parametrize(
    "key", ["id", "why", "refines", "instead", "free", "lifecycle", "shows", "prompt", "situation"]
)
def test_some_keys_cannot_change_in_a_situation(key: str, faults: Faults) -> None:
    """What a criterion is and what it asks stay the same in all situations."""
    (problem,) = faults(f"{SITUATION}excuse = true\n{key} = 1")
    assert told(problem) == (f"fixed key `{key}`: it cannot change in a situation", key, "leave it out")


def test_a_misspelt_measure_is_one_problem_whatever_its_situations_change(faults: Faults) -> None:
    """What belongs to some measure is not held against the situation."""
    (problem,) = faults("avoid = { act = 'x' }\n[[criterion.situation]]\nwhen = 'customer.regular'\nallow = 1")
    assert told(problem) == ("unknown key `avoid`", "avoid", "did you mean `avoids`?")


@pytest.mark.parametrize("weight", ["0", "-1", "10.5", "0.0"])
def test_weights_lie_in_their_range(weight: str, faults: Faults) -> None:
    """More than 0, at most 10."""
    (problem,) = faults(SHOWS, weight=weight)
    assert told(problem)[:2] == (f"the weight {float(weight):g} is out of range", weight)


@pytest.mark.parametrize("key", ["role", "weight", "title"])
def test_a_missing_key_is_told_at_the_header(key: str, faults: Faults) -> None:
    """The caret stands under `[[criterion]]`."""
    (problem,) = faults(SHOWS, **{key: None})
    assert told(problem) == (f"the key `{key}` is missing", "[[criterion]]", f"add `{key}`")


def test_missing_translations_and_reasons_are_warnings(faults: Faults) -> None:
    """They stop nothing."""
    text = (
        SHOWS
        + "\nadvice = { fi = 'A' }\n[[criterion.situation]]\nwhen = 'customer.regular'\nexcuse = true\n"
        + "title = { en = '' }"
    )
    found = faults(text, title='{ en = "A", sv = "B" }', why=None)
    other = "another language or nothing is shown"
    assert {problem.severity for problem in found} == {Severity.WARNING}
    assert [(problem.what, problem.hint) for problem in found] == [
        ("no `why`", "add the reason and its source"),
        ("the title lacks its translation to fi", "add fi = ...; until then English is shown"),
        ("the advice lacks its translation to en and sv", f"add en = ...; until then {other}"),
        ("the title lacks its translation to en and fi and sv", f"add en = ...; until then {other}"),
    ]


@pytest.mark.parametrize(
    ("why", "missing"),
    [
        ('"A."', None),
        ('{ en = "A.", fi = "B.", sv = "C." }', None),
        ('{ en = "A." }', "fi and sv"),
        ('{ en = "A.", fi = "B.", sv = "" }', "sv"),
    ],
)
def test_a_reason_is_translated_wholly_or_not_at_all(why: str, missing: str | None, faults: Faults) -> None:
    """A plain text is a note among authors; a table promises three languages."""
    told_of = [] if missing is None else [(f"the why lacks its translation to {missing}", why)]
    found = faults(SHOWS, why=why)
    assert [told(problem)[:2] for problem in found] == told_of
    assert {problem.severity for problem in found} <= {Severity.WARNING}


def test_an_override_may_leave_a_reason_half_translated(check: Faults, rubric: Callable[..., str]) -> None:
    """A table in place of a plain text is the fault of the rubric that puts it there."""
    whole = '{ en = "A.", fi = "B.", sv = "C." }'
    text = rubric("own", '[override."service/greeting"]\nwhy = { en = "A.", sv = "C." }\n')
    (problem,) = check(text)
    assert told(problem) == (
        "the why lacks its translation to fi",
        '{ en = "A.", sv = "C." }',
        "add fi = ...; until then English is shown",
    )
    child = rubric("child", '[override."service/greeting"]\nwhy = { fi = "B." }\n', extends='"own"')
    assert check(text, child) == []
    assert check(rubric("own", f'[override."service/greeting"]\nwhy = {whole}\n')) == []


def test_caps_and_lifts_stand_where_they_mean_something(faults: Faults) -> None:
    """`caps` with a must, `lifts` with a bonus."""
    assert faults(SHOWS + '\ncaps = "none"', role='"must"') == []
    cued = 'shows = { act = "staff.greet", after = "customer.bid" }\nlifts = false'
    assert faults(cued, role='"bonus"') == []


def test_all_faults_of_one_criterion_are_told_at_once(faults: Faults) -> None:
    """Also those of half-read lists, in the order of the file."""
    text = """\
when   = "talk < 1 and customer.reglar"
grades = { acts = [{ act = "staff.gret", is = 3 }, { act = "staff.say" }], pick = "wurst", otherwise = 7 }
[[criterion.situation]]
when   = "setting.pace == 'bussy'"
free   = true
"""
    assert [problem.what for problem in faults(text, weight="99")] == [
        "the weight 99 is out of range",
        "a reading moves all the time",
        "unknown field or reading `customer.reglar`",
        "unknown act `gret`",
        "the key `is` is missing",
        "a value of the wrong kind",
        "'bussy' is no value of this field",
        "fixed key `free`: it cannot change in a situation",
    ]


def test_functions_must_be_known(terms: Terms) -> None:
    """Those that a plugin brings."""
    assert list(check_numbers(Calls(function="taxi.route"), terms)) == []
    with pytest.raises(NotImplementedError):
        check_numbers(object(), terms)
