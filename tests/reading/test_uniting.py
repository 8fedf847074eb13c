"""Rubrics among their fellows: lineage, overrides, drops, refinement, and everything that can be wrong with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.reading.rubric_file import RubricFile, read_rubric
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import parse_toml
from palvelumittari.reading.uniting import check_lineage, check_rubric, entries, lineage, unite
from palvelumittari.records.measure import Prompt
from palvelumittari.records.rubric import Rubric
from palvelumittari.words.errors import Problem, RubricError

Load = Callable[..., dict[str, RubricFile]]
Check = Callable[..., list[Problem]]
Text = Callable[..., str]

PACE = "service/pace"
STAFF_IN_WHEN = "this `when` reads what staff did, so that doing more could lower the score"


def said(problems: list[Problem]) -> list[tuple[str | None, str, str | None]]:
    """Path, first line and hint of each problem."""
    return [(problem.place.path, problem.what, problem.hint) for problem in problems]


def refines(united: Rubric) -> dict[str, tuple[str, ...]]:
    """What each criterion refines."""
    return {criterion.id: criterion.refines for criterion in united.criteria}


# --- parents ----------------------------------------------------------------------------------------------------


def test_parents_come_first_and_shared_ones_once(load: Load, rubric: Text) -> None:
    """Left to right, each rubric after all that it rests on."""
    files = load(
        rubric("b", extends='"service"'),
        rubric("a", extends='"service"'),
        rubric("c", extends='"b", "a"'),
        rubric("d", extends='"a"'),
    )
    assert [file.id for file in lineage(["c", "d"], files)] == ["service", "b", "a", "c", "d"]
    assert [file.id for file in lineage(["d", "c"], files)] == ["service", "a", "d", "b", "c"]


def test_an_unknown_parent_is_named_and_the_rest_is_checked(check: Check, rubric: Text, criterion: Text) -> None:
    """Of criteria that the parent may declare nothing is said."""
    text = rubric(
        "own",
        'drop = ["service/x"]\n[override."service/pace"]\nweight = 99\n'
        + criterion('refines = ["servce/x", "own/two"]\nshows = { act = "staff.sya" }'),
        extends='"servce"',
    )
    assert said(check(text)) == [
        ("$.extends[0]", "unknown rubric `servce`", "did you mean `service`?"),
        ("$.criterion[0].refines[1]", "unknown criterion `own/two`", "did you mean `own/own`?"),
        ("$.criterion[0].shows.act", "unknown act `sya`", "did you mean `say`?"),
    ]
    assert said(check(rubric("own", extends='"zzz"')))[0][2] == "install the plugin that brings it"


def test_the_texts_of_a_rubric_are_wanted_in_all_languages(check: Check, rubric: Text) -> None:
    """As warnings, for the title and the summary."""
    assert said(check(rubric("own", 'summary = { en = "A", fi = "B" }'))) == [
        ("$.summary", "the summary lacks its translation to sv", "add sv = ...; until then English is shown")
    ]


def test_circles_of_parents_are_named_in_full(load: Load, rubric: Text) -> None:
    """Also the smallest; whoever only leads into a circle is in none."""
    files = load(
        rubric("a", extends='"service", "b"'),
        rubric("b", extends='"c"'),
        rubric("c", extends='"a"'),
        rubric("self", extends='"self"'),
        rubric("outside", extends='"a"'),
    )
    found = {name: said([p for _, p in check_lineage(files[name], files)]) for name in files}
    assert [what for _, what, _ in found["a"]] == ["the rubric extends itself: a -> b -> c -> a"]
    assert [what for _, what, _ in found["self"]] == ["the rubric extends itself: self -> self"]
    assert found["service"] == found["outside"] == []


# --- overrides --------------------------------------------------------------------------------------------------


def test_an_override_replaces_keys_and_tables_key_by_key(load: Load, rubric: Text, terms: Terms) -> None:
    """Situations are replaced whole."""
    one = '[override."service/pace"]\nweight = 1\ntitle.fi = "Vauhti"\nprompt.full = "7 s"\n' + (
        '[[override."service/pace".situation]]\nwhen = "setting.queue > 1"\nexcuse = true\n' * 2
    )
    two = (
        '[override."service/pace"]\nrole = "must"\n[[override."service/pace".situation]]\n'
        'when = "customer.regular"\nexcuse = true'
    )
    files = load(rubric("one", one), rubric("two", two, extends='"one"'))
    pace = next(each for each in unite(["two"], files, terms).criteria if each.id == PACE)
    assert (pace.weight, pace.role, pace.declared_in) == (1, "must", "service")
    assert dict(pace.title.said) == {"en": "Pace", "fi": "Vauhti", "sv": "Takt"}
    assert isinstance(pace.measure, Prompt)
    assert (pace.measure.full, pace.measure.none) == (7000, 90_000)
    assert [situation.when.text for situation in pace.situations] == ["customer.regular"]


def test_names_that_no_parent_declares(check: Check, rubric: Text, criterion: Text) -> None:
    """In `override` and `drop`; one's own criteria are changed where they stand."""
    text = rubric(
        "own",
        'drop = ["service/pce", "own/own"]\n'
        '[override."service/greting"]\nweight = 1\n[override."own/own"]\nweight = 1\n'
        '[override."service/pace"]\nid = "haste"\n' + criterion('shows = { act = "staff.say" }'),
    )
    assert said(check(text)) == [
        ("$.drop[0]", "no parent declares `service/pce`", "did you mean `service/pace`?"),
        ("$.drop[1]", "no parent declares `own/own`", "name a criterion of a rubric in `extends`"),
        ('$.override."service/greting"', "no parent declares `service/greting`", "did you mean `service/greeting`?"),
        ('$.override."own/own"', "no parent declares `own/own`", "name a criterion of a rubric in `extends`"),
        ('$.override."service/pace".id', "fixed key `id`: no override gives a new name", "leave it out"),
    ]


@pytest.mark.parametrize(
    ("override", "path", "what"),
    [
        ("weight = 20", '.weight', "the weight 20 is out of range"),
        ("wieght = 2", ".wieght", "unknown key `wieght`"),
        ("prompt.none = '1 s'", "", "this window can never be met: `full` is not sooner than `none`"),
        ("prompt.act = 'staff.chrge'", ".prompt.act", "unknown act `chrge`"),
        ("shows = { act = 'staff.say' }", "", "a criterion has exactly one measure, this one has 2"),
        ("when = 'seen(\"staff.say\")'", ".when", STAFF_IN_WHEN),
        ("refines = 'service/greting'", ".refines", "unknown criterion `service/greting`"),
        ("role = 'linear'\ncaps = 'none'", ".caps", "only a must caps the band"),
        ("title.fi = ''", ".title", "the title lacks its translation to fi"),
    ],
)  # fmt: skip
def test_what_an_override_does_wrong_is_told_at_the_override(
    override: str, path: str, what: str, check: Check, rubric: Text
) -> None:
    """Even where the fault only shows at a key of the parent."""
    (problem,) = check(rubric("own", f'[override."{PACE}"]\n{override}'))
    assert problem.what == what
    assert problem.place.path is not None
    assert problem.place.path.startswith(f'$.override."{PACE}"')
    assert path == "" or problem.place.path.endswith(path)


def test_faults_of_parents_are_not_told_again(check: Check, rubric: Text, criterion: Text) -> None:
    """Their own file is told of them."""
    parent = rubric("parent", criterion("", title='{ en = "A" }', weight="99"))
    assert len(check(parent)) == 3
    assert check(parent, rubric("own", '[override."parent/own"]\nrole = "must"', extends='"parent"')) == []


# --- drops ------------------------------------------------------------------------------------------------------


def test_a_drop_holds_only_if_all_that_inherit_it_agree(load: Load, rubric: Text) -> None:
    """Who does not inherit a criterion has no say."""
    files = load(
        rubric("drops", f'drop = ["{PACE}"]'),
        rubric("drops-too", f'drop = ["{PACE}"]'),
        rubric("keeps"),
        rubric("stranger", extends=""),
        rubric("child", extends='"drops"'),
        rubric("torn", extends='"drops", "keeps"'),
    )

    def is_dropped(*tops: str) -> bool:
        return PACE not in entries(tops, files)

    assert is_dropped("drops")
    assert is_dropped("drops", "drops-too")
    assert is_dropped("drops", "stranger")
    assert is_dropped("child")
    assert not is_dropped("drops", "keeps")
    assert not is_dropped("torn")
    assert not is_dropped("stranger", "keeps")


# --- refinement -------------------------------------------------------------------------------------------------

CHAIN = (
    ("a", 'refines = "own/b"\navoids = { act = "staff.joke" }'),
    ("b", 'refines = ["own/c", "own/d"]\navoids = { act = "staff.say" }'),
    ("c", 'refines = "service/pace"\navoids = { act = "staff.greet" }'),
    ("d", 'avoids = { act = "staff.quiet" }'),
)


@pytest.mark.parametrize(
    ("retired", "wanted"),
    [
        ("", {"a": "b", "b": "cd", "c": "p", "d": ""}),
        ("b", {"a": "cd", "c": "p", "d": ""}),
        ("bc", {"a": "pd", "d": ""}),
        ("c", {"a": "b", "b": "pd", "d": ""}),
    ],
)
@pytest.mark.parametrize("way", ["retire", "drop"])
def test_chains_of_refinement_are_not_torn(
    retired: str, wanted: dict[str, str], way: str, load: Load, rubric: Text, criterion: Text, terms: Terms
) -> None:
    """What refines a criterion that is retired or dropped refines what that one refined."""
    own = rubric("own", "".join(criterion(text, name) for name, text in CHAIN))
    if way == "drop":
        rest = "drop = [" + ", ".join(f'"own/{name}"' for name in retired) + "]"
    else:
        rest = "".join(f'[override."own/{name}"]\nlifecycle = "retired"\n' for name in retired)
    united = unite(["top"], load(own, rubric("top", rest, extends='"own"')), terms)
    found = {name.removeprefix("own/"): parents for name, parents in refines(united).items() if name.startswith("own")}
    full = {"p": PACE, **{name: f"own/{name}" for name, _ in CHAIN}}
    assert found == {name: tuple(full[parent] for parent in parents) for name, parents in wanted.items()}


def test_refinement_knows_its_criteria(check: Check, rubric: Text, criterion: Text) -> None:
    """By their full names; a dropped one may still be refined."""
    text = 'drop = ["service/pace"]\n' + criterion(
        'refines = ["service/pace", "greeting"]\nshows = { act = "staff.say" }'
    )
    assert said(check(rubric("own", text))) == [
        ("$.criterion[0].refines[1]", "unknown criterion `greeting`", "did you mean `service/greeting`?")
    ]
    far = criterion('refines = "zzz"\nshows = { act = "staff.say" }')
    assert said(check(rubric("own", far)))[0][2] == "name it with its rubric, such as service/pace"


def test_circles_of_refinement_are_named_in_full(check: Check, rubric: Text, criterion: Text) -> None:
    """From each criterion that stands in them."""
    bodies = {"a": ("b", "joke"), "b": ("c", "say"), "c": ("a", "greet"), "self": ("self", "quiet")}
    text = "".join(
        criterion(f'refines = "own/{other}"\navoids = {{ act = "staff.{act}" }}', name)
        for name, (other, act) in bodies.items()
    )
    assert [what for _, what, _ in said(check(rubric("own", text)))] == [
        "the criterion refines itself: own/a -> own/b -> own/c -> own/a",
        "the criterion refines itself: own/b -> own/c -> own/a -> own/b",
        "the criterion refines itself: own/c -> own/a -> own/b -> own/c",
        "the criterion refines itself: own/self -> own/self",
    ]


# --- scoring ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "what", "hint"),
    [
        ('model = "leger"', "$.scoring.model", "unknown scoring model `leger`", "did you mean `ledger`?"),
        ("loss_weight = -1", "$.scoring.loss_weight", "`loss_weight` is negative", None),
        ("doubt = -0.5", "$.scoring.doubt", "`doubt` is negative", None),
        ('doubt = "3"', "$.scoring.doubt", "a value of the wrong kind", "leave out the quotation marks"),
        ("loss_wait = 1", "$.scoring.loss_wait", "unknown key `loss_wait`", "did you mean `loss_weight`?"),
    ],
)
def test_each_fault_of_the_scoring(
    text: str, path: str, what: str, hint: str | None, check: Check, rubric: Text
) -> None:
    """Models that are known, constants that are not negative."""
    assert said(check(rubric("own", f"[scoring]\n{text}"))) == [(path, what, hint)]


def test_scoring_is_merged_in_order(load: Load, rubric: Text, terms: Terms) -> None:
    """Later rubrics win key by key."""
    files = load(
        rubric("channel", '[scoring]\nmodel = "mean"\ndoubt = 5'),
        rubric("sector", "[scoring]\ndoubt = 1\nloss_weight = 2"),
    )
    scoring = unite(["channel", "sector"], files, terms).scoring
    assert (scoring.model, scoring.doubt, scoring.loss_weight) == ("mean", 1, 2)
    assert unite(["service"], files, terms).scoring.model == "ledger"


# --- the union --------------------------------------------------------------------------------------------------


def test_two_rubrics_become_one(load: Load, rubric: Text, criterion: Text, terms: Terms) -> None:
    """Channel before sector; only the readings that are named come along."""
    say, joke = 'shows = { act = "staff.say", while = "talk > 0" }', 'avoids = { act = "staff.joke" }'
    files = load(
        rubric("line", 'channels = ["phone"]\n[override."service/pace"]\nweight = 1\n' + criterion(say)),
        rubric("taxi", '[override."service/pace"]\nweight = 5\n' + criterion(joke), sectors='"taxi"'),
    )
    united = unite(["line", "taxi"], files, terms)
    assert united.id == "line+taxi"
    assert [each.id for each in united.criteria] == ["service/greeting", PACE, "line/own", "taxi/own"]
    assert [part.id for part in united.parts] == ["line", "taxi"]
    assert (united.sectors, united.channels) == (("taxi",), ("phone",))
    assert dict(united.title.said) == {"en": "A + A", "fi": "B + B", "sv": "C + C"}
    assert next(each.weight for each in united.criteria if each.id == PACE) == 5
    assert list(united.readings) == ["talk"]


def test_a_plugins_measure_brings_all_readings(load: Load, rubric: Text, criterion: Text, terms: Terms) -> None:
    """It may look at any."""
    files = load(rubric("own", criterion('calls = "taxi.route"')))
    assert list(unite(["own"], files, terms).readings) == ["talk", "din"]


def test_overrides_that_do_not_go_together(load: Load, check: Check, rubric: Text, terms: Terms) -> None:
    """Each fits for itself; together they are an error that names both."""
    texts = [
        rubric("line", f'[override."{PACE}"]\nprompt.full = "20 s"'),
        rubric("taxi", f'[override."{PACE}"]\nprompt.none = "10 s"'),
    ]
    assert check(*texts) == check(texts[0]) == []
    with pytest.raises(RubricError) as caught:
        unite(["line", "taxi"], load(*texts), terms)
    (problem,) = caught.value.problems
    assert problem.what.startswith("`service/pace` as line and taxi will have it: this window can never be met")
    assert problem.place.line == 14


def test_what_never_passed_the_checks_is_refused(load: Load, rubric: Text, criterion: Text, terms: Terms) -> None:
    """A criterion that cannot be read names its rubric."""
    with pytest.raises(RubricError, match="`own/own` as own will have it: a criterion has exactly one measure"):
        unite(["own"], load(rubric("own", criterion(""))), terms)


# --- the whole message ------------------------------------------------------------------------------------------

MANY = """\
schema  = 1
id      = "taxi/ride"
version = "1.0.0"
extends = ["service"]
title   = { en = "Taxi ride", fi = "Taksimatka" }
drop    = ["service/greting"]

[override."service/pace"]
weight = 0

[[criterion]]
id     = "dose-of-talk"
weight = 5
title  = { en = "Dose of talk", fi = "Juttelun mitoitus", sv = "Lagom prat" }
why    = "A test."
when   = "ever(talk < 0.3) and setting.pace == 'bussy'"
cease  = { act = "server.small_talk", once = "tlak < 0.3" }
"""

REPORT = """\
taxi.toml:5:11 at $.title: warning: the title lacks its translation to sv
    title   = { en = "Taxi ride", fi = "Taksimatka" }
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    try: add sv = ...; until then English is shown
taxi.toml:6:12 at $.drop[0]: no parent declares `service/greting`
    drop    = ["service/greting"]
               ^^^^^^^^^^^^^^^^^
    try: did you mean `service/greeting`?
taxi.toml:9:10 at $.override."service/pace".weight: the weight 0 is out of range
    weight = 0
             ^
    expected more than 0, at most 10
taxi.toml:11:1 at $.criterion[0]: the key `role` is missing
    [[criterion]]
    ^^^^^^^^^^^^^
    try: add `role`
taxi.toml:16:48 at $.criterion[0].when: 'bussy' is no value of this field
    when   = "ever(talk < 0.3) and setting.pace == 'bussy'"
                                                   ^^^^^^^
    expected one of quiet, normal, busy
    try: did you mean `busy`?
taxi.toml:17:1 at $.criterion[0].cease: unknown key `cease`
    cease  = { act = "server.small_talk", once = "tlak < 0.3" }
    ^^^^^
    expected one of id, role, weight, title, why, advice, when, refines, instead, caps, lifts, free, lifecycle, \
situation, shows, avoids, responds, ceases, precedes, prompt, grades, calls
    try: did you mean `ceases`?"""


def test_a_file_with_many_faults_tells_them_all_at_once(load: Load, terms: Terms) -> None:
    """Sorted by line, each with its caret and its remedy: the whole text."""
    file = read_rubric(parse_toml(MANY, "taxi.toml"))
    assert "\n".join(map(str, check_rubric(file, {**load(), file.id: file}, terms))) == REPORT
