"""`compare`: what changed between two versions of a rubric, why that has its level, and which version it calls for."""

# ruff: noqa: E501  # a row of a table stands on one line

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from tests.authoring.difference.versions_of import READINGS, RUBRIC, VOCABULARY, Edit, Shelf, told

import palvelumittari as pm
from palvelumittari.authoring.difference import Fit, Level, Reason, compare, next_version

QUESTION = 'responds = { after = "customer.ask", with = "staff.answer | staff.explain", within = "1 turn" }'
HEAD = 'title   = { en = "Quay", fi = "Laituri" }'
DOG = """
[[criterion]]
id     = "dog"
role   = "bonus"
weight = 2
title  = { en = "A dog" }
"""
NEW_FIELD = ("", '\n[field."customer.has_dog"]\ntype = "flag"\ntitle = { en = "dog" }\n')
NEW_ACT = (
    "",
    '\n[act.bark]\ntitle = { en = "bark" }\nkind_of = ["wince"]\nmodalities = ["speech"]\nby = ["customer"]\n',
)
NEW_TAG = ("", '\n[tag.salty]\ntitle = { en = "salty" }\n')


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Writes versions of a small rubric."""
    return Shelf(tmp_path_factory.mktemp("versions"))


def test_the_same_rubric_has_no_difference(shelf: Shelf) -> None:
    """Nothing changed, and the version may stay."""
    found = shelf.difference()
    assert (found.changes, found.level, found.needed_version, found.fit) == ((), Level.NONE, "1.2.3", Fit.RIGHT)
    assert (found.old.id, found.new.version) == ("quay", "1.2.3")
    assert found.old.digest == found.new.digest


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("weight = 2", "weight = 3")], ("hello", "changed", "weight", "scores")),
        ([('role   = "linear"', 'role   = "bonus"')], ("hello", "changed", "role", "scores")),
        ([('"staff.greet | staff.nod"', '"staff.greet"')], ("hello", "changed", "act", "scores")),
        ([('"staff.greet | staff.nod"', '"staff.nod | staff.greet"')], ("hello", "changed", "act", "rewritten")),
        ([('"staff.wave | staff.greet"', '["staff.greet", "staff.wave"]')], ("boarding", "changed", "act", "rewritten")),
        ([('en = "A hello"', 'en = "Hello"')], ("hello", "changed", "title.en", "wording")),
        ([('en = "A hello"', 'en = "A hello", sv = "Hej"')], ("hello", "changed", "title.sv", "wording")),
        ([("to be greeted.", "greetings.")], ("hello", "changed", "why.en", "wording")),
        ([('advice = { en = "Say hello." }\n', "")], ("hello", "changed", "advice.en", "wording")),
        ([("shows  = { act", 'instead = ["smile"]\nshows  = { act')], ("hello", "changed", "instead", "wording")),
        ([("shows  = { act", "free = true\nshows  = { act")], ("hello", "changed", "free", "wording")),
        ([('when   = "ever(seasick > 0.2)"', 'when   = "ever(seasick > 0.2)"\nlifts = false')], ("sea", "changed", "lifts", "scores")),
        ([("weight  = 4\n", 'weight  = 4\ncaps = "none"\n')], ("question", "changed", "caps", "scores")),
        ([("weight = 2", 'weight = 2\nlifecycle = "trial"')], ("hello", "changed", "lifecycle", "scores")),
        ([('lifecycle = "trial"\n', "")], ("tidy", "changed", "lifecycle", "scores")),
        ([("weight    = 1", "weight    = 2")], ("tidy", "changed", "weight", "trial")),
        ([('refines = ["quay/hello"]\n', "")], ("question", "changed", "refines", "scores")),
        ([('within = "1 turn"', 'within = "2 turns"')], ("question", "changed", "within", "scores")),
        ([('full = "5 s"', 'full = "6 s"')], ("boarding", "changed", "full", "scores")),
        ([('when   = "ever(talk < 0.3)"', 'when   = "ever( talk<.3 )"'.replace(".3", "0.3"))], ("peace", "changed", "when", "rewritten")),
        ([('when   = "ever(talk < 0.3)"\n', "")], ("peace", "changed", "when", "scores")),
        ([("is = 0.5", "is = 0.4")], ("delay", "changed", "is", "scores")),
        ([(', pick = "sum"', "")], ("delay", "changed", "pick", "scores")),
        ([(', { act = "staff.apologise", is = 0.3 }', "")], ("delay", "changed", "acts", "scores")),
        ([(QUESTION, 'avoids = { act = "staff.rush" }')], ("question", "changed", "measure", "scores")),
        ([("weight = 1\n", "weight = 0.5\n")], ("hello", "changed", "weight", "scores")),
        ([('title = { en = "Busy" }', 'title = { en = "Full" }')], ("hello", "changed", "title.en", "wording")),
        ([("excuse = true", "excuse = false")], ("hello", "changed", "excuse", "scores")),
        ([('when  = "setting.pace == \'busy\'"', 'when  = "setting.pace==\'busy\'"')], ("hello", "changed", "when", "rewritten")),
        ([("excuse = true", 'excuse = true\nadvice = { en = "Wait." }')], ("hello", "changed", "advice.en", "wording")),
        ([("weight = 1\n", "weight = 1\nat_least = 2\n")], ("hello", "changed", "at_least", "scores")),
        ([('weight = 2\ntitle  = { en = "A hello" }', 'weight = 2.0\ntitle  = { en = "A hello" }')], ("", "changed", "layout", "wording")),
        ([("schema  = 1", "# The quay.\nschema  = 1")], ("", "changed", "layout", "wording")),
        ([('en = "Quay", fi = "Laituri"', 'en = "Quay", fi = "Satama"')], ("", "changed", "title.fi", "wording")),
        ([('summary = { en = "At the quay." }\n', "")], ("", "changed", "summary.en", "wording")),
        ([('"ferry.cable"]', '"ferry"]')], ("", "changed", "sectors", "served")),
        ([('["quay", "ferry.cable"]', '["quay"]')], ("", "changed", "sectors", "unserved")),
        ([('["quay", "ferry.cable"]', '["ferry.cable", "quay"]')], ("", "changed", "sectors", "rewritten")),
        ([(HEAD, f'{HEAD}\nchannels = ["phone"]')], ("", "changed", "channels", "unserved")),
        ([("", "\n[scoring]\ndoubt = 4\n")], ("", "changed", "doubt", "scores")),
        ([("", f'{DOG}shows = {{ act = "staff.pat" }}\n')], ("dog", "added", "", "scores")),
        ([("", f'{DOG}when = "sector == \'bus\'"\nshows = {{ act = "staff.pat" }}\n')], ("dog", "added", "", "new_situation")),
        ([("", f'{DOG}lifecycle = "trial"\nshows = {{ act = "staff.pat" }}\n')], ("dog", "added", "", "trial")),
        ([('id     = "hello"', 'id     = "greeting"'), ('refines = ["quay/hello"]', 'refines = ["quay/greeting"]')], ("greeting", "renamed", "id", "unnamed")),
        ([('id        = "tidy"', 'id        = "neat"')], ("neat", "renamed", "id", "trial")),
        ([('id     = "sea"', 'id     = "sea"\nlifecycle = "retired"')], ("sea", "retired", "", "scores")),
    ],
)  # fmt: skip
def test_each_change_has_its_level(shelf: Shelf, edits: list[Edit], expected: tuple[str, ...]) -> None:
    """What is judged otherwise is major, what cannot matter to an old encounter minor, words a patch."""
    assert expected in told(shelf.difference(edits).changes)


def test_only_what_was_edited_is_told(shelf: Shelf) -> None:
    """A single key is a single change, with its values, its title and its situation."""
    (change,) = shelf.difference([("weight = 1\n", "weight = 0.5\n")]).changes
    assert (change.old, change.new, str(change.situation)) == (1.0, 0.5, "setting.pace == 'busy'")
    assert str(change.title) == "A hello"
    assert (change.level, change.sources, change.step) == (Level.MAJOR, (), None)


def test_steps_are_numbered_from_one(shelf: Shelf) -> None:
    """Of several grades the number tells which."""
    (change,) = shelf.difference([("is = 0.3", "is = 0.4")]).changes
    assert (change.key, change.step, change.old, change.new) == ("is", 2, 0.3, 0.4)


def test_situations_are_compared_by_their_conditions(shelf: Shelf) -> None:
    """One that came, one that went and two that changed places are told as such."""
    gone = shelf.difference([("[[criterion.situation]]\nwhen   = \"seen('customer.decline')\"\nexcuse = true\n", "")])
    assert told(gone.changes) == [("hello", "removed", "situation", "scores")]
    come = shelf.difference(
        [("excuse = true", "excuse = true\n[[criterion.situation]]\nwhen = \"channel == 'phone'\"\nweight = 3")]
    )
    assert told(come.changes) == [("hello", "added", "situation", "scores")]
    twice = shelf.difference(
        [("excuse = true", "excuse = true\n[[criterion.situation]]\nwhen = \"setting.pace == 'busy'\"\nweight = 3")]
    )
    assert told(twice.changes) == [("hello", "added", "situation", "scores")]


def test_situations_in_another_order(shelf: Shelf) -> None:
    """Later ones win, so the order counts, unless only one of them can ever apply."""
    first = 'title = { en = "Busy" }\nwhen  = "setting.pace == \'busy\'"\nweight = 1\n'
    second = "when   = \"seen('customer.decline')\"\nexcuse = true\n"
    swapped = [(first, "@"), (second, first), ("@", second)]
    assert told(shelf.difference(swapped).changes) == [("hello", "reordered", "situation", "scores")]
    never = [("setting.pace == 'busy'", "sector == 'bus'")]
    before, after = shelf.meter("old", never), shelf.meter("new", [*swapped, *never])
    assert told(compare(before, "quay", after, "quay").changes) == [("hello", "reordered", "situation", "rewritten")]


def test_criteria_in_another_order(shelf: Shelf) -> None:
    """The order of criteria changes no score, only the order in which they are told."""
    start = RUBRIC.index('[[criterion]]\nid        = "tidy"')
    tidy = RUBRIC[start:]
    (change,) = shelf.difference(
        [(tidy, ""), ('[[criterion]]\nid     = "hello"', f'{tidy}\n[[criterion]]\nid     = "hello"')]
    ).changes
    assert (change.kind, change.key, change.reason) == ("reordered", "criterion", Reason.REWRITTEN)
    assert change.new[0] == "quay/tidy"


# --- situations that no old encounter can be in -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vocabulary", "criterion"),
    [
        (NEW_FIELD, 'when = "customer.has_dog"\nshows = { act = "staff.pat" }'),
        (NEW_FIELD, 'when = "customer.has_dog and setting.queue > 2"\nshows = { act = "staff.pat" }'),
        (NEW_FIELD, 'when = "not customer.has_dog"\nshows = { act = "staff.pat" }'),
        (NEW_FIELD, 'when = "customer.has_dog == false"\nshows = { act = "staff.pat" }'),
        (('"row"]', '"row", "canoe"]'), "when = \"customer.boat == 'canoe'\"\nshows = { act = \"staff.pat\" }"),
        (NEW_ACT, 'when = "seen(\'customer.bark\')"\nshows = { act = "staff.pat" }'),
        (NEW_ACT, 'when = "count(\'customer.bark\') >= 1"\nshows = { act = "staff.pat" }'),
        (NEW_TAG, 'when = "seen(\'customer.wince #salty\')"\nshows = { act = "staff.pat" }'),
        (NEW_ACT, 'responds = { after = "customer.bark", with = "staff.pat" }'),
        (NEW_ACT, 'shows = { after = "customer.bark", act = "staff.pat" }'),
        (NEW_ACT, 'grades = { after = "customer.bark", acts = [{ act = "staff.pat", is = 1 }] }'),
        (NEW_ACT, 'ceases = { after = "customer.bark", act = "staff.pat" }'),
        (NEW_ACT, 'ceases = { once = "seen(\'customer.bark\')", act = "staff.pat" }'),
        (NEW_ACT, 'prompt = { after = "customer.bark", act = "staff.pat", full = "1 s", none = "9 s" }'),
        (NEW_ACT, 'precedes = { act = "customer.bark", first = "staff.pat" }'),
        (NEW_ACT, 'grades = { acts = [{ act = "customer.bark", is = 1 }] }'),
        (NEW_ACT, 'when = "sector in [\'bus\', \'tram\']"\nshows = { act = "staff.pat" }'),
    ],
)  # fmt: skip
def test_a_criterion_for_new_situations_is_minor(shelf: Shelf, vocabulary: Edit, criterion: str) -> None:
    """Its condition, or what calls for it, needs a word that no old encounter could hold."""
    found = shelf.difference([("", f"{DOG}{criterion}\n")], [vocabulary])
    assert ("dog", "added", "", "new_situation") in told(found.changes)
    assert (found.level, found.needed_version, found.fit) == (Level.MINOR, "1.3.0", Fit.UNCHANGED)


@pytest.mark.parametrize(
    ("vocabulary", "criterion"),
    [
        (NEW_FIELD, 'when = "customer.has_dog or setting.queue > 2"\nshows = { act = "staff.pat" }'),
        (NEW_ACT, 'when = "not seen(\'customer.bark\')"\nshows = { act = "staff.pat" }'),
        (NEW_ACT, 'when = "count(\'customer.bark\') == 0"\nshows = { act = "staff.pat" }'),
        (NEW_ACT, 'when = "seen(\'customer.bark | customer.wince\')"\nshows = { act = "staff.pat" }'),
        (NEW_ACT, 'shows = { act = "customer.bark" }'),
        (NEW_ACT, 'avoids = { act = "customer.bark" }'),
        (NEW_ACT, 'grades = { acts = [{ act = "customer.bark", is = 1 }], otherwise = 1 }'),
        (NEW_ACT, "responds = { after = \"customer.bark\", with = \"staff.pat\" }\n[[criterion.situation]]\nwhen = \"setting.pace == 'busy'\"\nafter = \"customer.ask\""),
        (NEW_ACT, "when = \"sector != 'bus'\"\nshows = { act = \"staff.pat\" }"),
        (NEW_ACT, "when = \"sector == 'quay.north'\"\nshows = { act = \"staff.pat\" }"),
        (NEW_ACT, "when = \"channel == 'phone'\"\nshows = { act = \"staff.pat\" }"),
        (NEW_ACT, 'when = "customer.regular"\nshows = { act = "staff.pat" }'),
        (NEW_ACT, 'when = "ever(seasick > 0.5)"\nshows = { act = "staff.pat" }'),
        (NEW_ACT, 'when = "setting.wind > 40"\nshows = { act = "staff.pat" }'),
    ],
)  # fmt: skip
def test_whatever_may_apply_to_an_old_encounter_is_major(shelf: Shelf, vocabulary: Edit, criterion: str) -> None:
    """Where it cannot be proven that nothing matters, scores count as not comparable."""
    found = shelf.difference([("", f"{DOG}{criterion}\n")], [vocabulary])
    assert ("dog", "added", "", "scores") in told(found.changes)
    assert found.needed_version == "2.0.0"


def test_channels_that_are_not_served_are_new_situations(shelf: Shelf) -> None:
    """A rubric for some channels alone has no old encounter on another."""
    only = [('sectors = ["quay", "ferry.cable"]', 'channels = ["email"]')]
    wider = [
        (only[0][0], 'channels = ["email", "chat"]'),
        ("", f'{DOG}when = "channel == \'chat\'"\nshows = {{ act = "staff.pat" }}\n'),
    ]
    found = compare(shelf.meter("old", only), "quay", shelf.meter("new", wider), "quay")
    assert told(found.changes) == [("", "changed", "channels", "served"), ("dog", "added", "", "new_situation")]


def test_a_situation_for_a_new_field_is_minor(shelf: Shelf) -> None:
    """Coming, changing and going, it matters to no encounter that holds no such field."""
    text = 'excuse = true\n[[criterion.situation]]\nwhen = "customer.has_dog"\nweight = {weight}'
    found = shelf.difference([("excuse = true", text.format(weight=3))], [NEW_FIELD])
    assert ("hello", "added", "situation", "new_situation") in told(found.changes)
    assert found.level is Level.MINOR
    other = [("excuse = true", "excuse = true\n[[criterion.situation]]\nwhen = \"sector == 'bus'\"\nweight = 3")]
    heavier = [(other[0][0], other[0][1].replace("3", "4"))]
    changed = compare(shelf.meter("old", other), "quay", shelf.meter("new", heavier), "quay")
    assert told(changed.changes) == [("hello", "changed", "weight", "new_situation")]


def test_a_criterion_on_trial_may_change_freely(shelf: Shelf) -> None:
    """What counts nowhere changes no score, its situations included; what it is called is wording."""
    situation = "\n[[criterion.situation]]\nwhen = \"setting.pace == 'busy'\"\nweight = 3\n"
    found = shelf.difference([('act = "staff.waved" }\n', f'act = "staff.wave" }}\n{situation}'), ('"Tidy"', '"Neat"')])
    assert told(found.changes) == [
        ("tidy", "changed", "act", "trial"),
        ("tidy", "added", "situation", "trial"),
        ("tidy", "changed", "title.en", "wording"),
    ]
    gone = shelf.difference([(RUBRIC[RUBRIC.index('[[criterion]]\nid        = "tidy"') :], "")])
    assert told(gone.changes) == [("tidy", "removed", "", "trial")]


def test_chains_of_refining_are_followed_through_criteria_on_trial(shelf: Shelf) -> None:
    """A link on trial is no criterion that counts, but what it refines still steps back for what refines it."""
    chain = [
        ('refines = ["quay/hello"]', 'refines = ["quay/tidy"]'),
        ('lifecycle = "trial"', 'lifecycle = "trial"\nrefines = ["quay/hello"]'),
    ]
    same = compare(shelf.meter("old"), "quay", shelf.meter("new", chain), "quay")
    assert {(each.key, each.reason) for each in same.changes} == {("refines", Reason.NO_EFFECT)}
    torn = compare(shelf.meter("old2", chain), "quay", shelf.meter("new2", chain[:1]), "quay")
    assert told(torn.changes) == [("tidy", "changed", "refines", "scores")]


# --- parents ------------------------------------------------------------------------------------------------------

CHILD = (
    'schema = 1\nid = "jetty"\nversion = "1.0.0"\nsectors = ["jetty"]\nextends = ["quay"]\ntitle = { en = "Jetty" }\n'
)


def test_a_change_of_a_parent_is_inherited(shelf: Shelf) -> None:
    """It changes the scores of the heir, so that needs a new version, too; the change tells where it comes from."""
    before = shelf.meter("old", parents={"jetty.toml": CHILD})
    after = shelf.meter("new", [("weight = 2", "weight = 3")], parents={"jetty.toml": CHILD})
    (change,) = compare(before, "jetty", after, "jetty").changes
    assert (change.id, change.sources, change.level) == ("quay/hello", ("quay",), Level.MAJOR)


def test_overrides_and_drops_are_changes_of_ones_own(shelf: Shelf) -> None:
    """They are told of the criterion that they change, and as nothing inherited."""
    more = f'{CHILD}drop = ["quay/sea"]\n[override."quay/question"]\nweight = 5\n'
    before, after = shelf.meter("old", parents={"jetty.toml": CHILD}), shelf.meter("new", parents={"jetty.toml": more})
    found = compare(before, "jetty", after, "jetty")
    assert told(found.changes) == [("sea", "dropped", "", "scores"), ("question", "changed", "weight", "scores")]
    assert [each.sources for each in found.changes] == [(), ()]


def test_another_parent_is_told(shelf: Shelf) -> None:
    """What it brings or takes is told with the criteria, and comes from the rubric's own file."""
    alone = CHILD.replace('extends = ["quay"]\n', "") + DOG + 'shows = { act = "staff.pat" }\n'
    before, after = shelf.meter("old", parents={"jetty.toml": alone}), shelf.meter("new", parents={"jetty.toml": CHILD})
    found = compare(before, "jetty", after, "jetty")
    assert ("", "changed", "extends", "rewritten") in told(found.changes)
    assert ("jetty/dog", "removed", "", "scores") in told(found.changes)
    hello = next(each for each in found.changes if each.id == "quay/hello")
    assert (hello.kind, hello.sources) == ("added", ("quay",))


def test_two_rubrics_have_versions_of_their_own(shelf: Shelf) -> None:
    """Then no version is called for, whatever differs."""
    meter = shelf.meter("old", parents={"jetty.toml": CHILD})
    found = compare(meter, "quay", meter, "jetty")
    assert (found.fit, found.needed_version, found.fit.is_fine) == (Fit.ANOTHER, "1.0.0", True)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("", 'sectors = ["quay"]', Reason.SERVED),
        ('sectors = ["quay"]', "", Reason.UNSERVED),
        ('sectors = ["quay"]\nchannels = ["phone"]', 'sectors = ["quay"]', Reason.SERVED),
        ('sectors = ["quay"]', 'channels = ["phone"]', Reason.UNSERVED),
        ('channels = ["phone"]', 'channels = ["chat", "phone"]', Reason.SERVED),
        ('channels = ["phone", "chat"]', 'channels = ["phone"]', Reason.UNSERVED),
        ('channels = ["phone"]', "", Reason.UNSERVED),
    ],
)
def test_whom_a_rubric_serves(shelf: Shelf, before: str, after: str, reason: Reason) -> None:
    """To serve more is minor; to leave out any that it served is major."""
    sectors = 'sectors = ["quay", "ferry.cable"]'
    meters = [shelf.meter(name, [(sectors, each)]) for name, each in (("old", before), ("new", after))]
    found = compare(meters[0], "quay", meters[1], "quay")
    assert found.changes and {each.reason for each in found.changes} == {reason}


# --- words and readings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([NEW_FIELD], ("customer.has_dog", "added", "", "new_term")),
        ([NEW_TAG], ("salty", "added", "", "new_term")),
        ([NEW_ACT], ("bark", "added", "", "new_term")),
        ([("[tag.wet]", "[tag.soaked]")], ("wet", "removed", "", "unreadable")),
        ([('"setting.wind"', '"setting.gale"')], ("setting.wind", "removed", "", "unreadable")),
        ([("[act.pat]", "[act.stroke]")], ("pat", "removed", "", "unreadable")),
        ([('en = "wet"', 'en = "damp"')], ("wet", "changed", "title.en", "wording")),
        ([('en = "pat"', 'en = "a pat"')], ("pat", "changed", "title.en", "wording")),
        ([('unit  = "m/s"', 'unit  = "knots"')], ("setting.wind", "changed", "unit", "wording")),
        ([("[0, 30]", "[0, 40]")], ("setting.wind", "changed", "range", "new_term")),
        ([("[0, 30]", "[0, 20]")], ("setting.wind", "changed", "range", "unreadable")),
        ([("range = [0, 30]\n", "")], ("setting.wind", "changed", "range", "new_term")),
        ([('"number"', '"count"')], ("setting.wind", "changed", "type", "scores")),
        ([('["sail", "row"]', '["row", "sail"]')], ("customer.boat", "changed", "values", "rewritten")),
        ([('["sail", "row"]', '["sail", "row", "canoe"]')], ("customer.boat", "changed", "values", "new_term")),
        ([('["sail", "row"]', '["sail", "canoe"]')], ("customer.boat", "changed", "values", "unreadable")),
        ([('modalities = ["body"]', 'modalities = ["speech"]')], ("wave", "changed", "modalities", "scores")),
        ([('by         = ["staff"]', 'by         = ["server"]')], ("wave", "changed", "by", "no_effect")),
        ([('acts = ["wave"]', 'acts = ["wave", "pat"]')], ("waved", "changed", "members", "scores")),
        ([('by         = ["staff"]', 'by         = ["staff"]\nkind_of = ["pat"]'), ("[act.wave]", "[act.wave]")], ("wave", "changed", "kind_of", "scores")),
        ([("[act.pat]", "[act.pat]\ncore = true")], ("pat", "changed", "core", "scores")),
        ([('acts = ["wave"]', 'acts = ["wave", "flag"]'), ("", '[act.flag]\ntitle = { en = "flag" }\nmodalities = ["body", "task"]\nby = ["staff"]\n')], ("waved", "changed", "members", "new_term")),
        ([('acts = ["wave"]', 'acts = ["wave", "flag"]'), ("", '[act.flag]\ntitle = { en = "flag" }\nmodalities = ["task"]\nby = ["staff"]\n')], ("waved", "changed", "members", "scores")),
    ],
)  # fmt: skip
def test_words_of_the_vocabulary(shelf: Shelf, edits: list[Edit], expected: tuple[str, ...]) -> None:
    """New words are minor; what makes old encounters unreadable, or selects other acts, is major."""
    assert expected in told(shelf.difference((), edits).changes)


def test_a_group_follows_its_members(shelf: Shelf) -> None:
    """Who does it and how it is perceived follows from them and is not told twice."""
    flag = '[act.flag]\ntitle = { en = "flag" }\nmodalities = ["body", "task"]\nby = ["customer"]\n'
    found = shelf.difference((), [('acts = ["wave"]', 'acts = ["wave", "flag"]'), ("", flag)])
    assert [each.key for each in found.changes if each.id == "waved"] == ["members"]


def test_a_group_that_is_gone_makes_nothing_unreadable(shelf: Shelf) -> None:
    """A group never stands in a timeline."""
    group = '[group.waved]\ntitle   = { en = "waved", fi = "vilkutti", sv = "vinkade" }\nacts = ["wave"]\n'
    found = shelf.difference([('act = "staff.waved"', 'act = "staff.wave"')], [(group, "")])
    assert ("waved", "removed", "", "no_effect") in told(found.changes)
    assert found.level is Level.MINOR


@pytest.mark.parametrize(
    ("edits", "key", "reason"),
    [
        ([('en = "Seasickness"', 'en = "Sickness"')], "title.en", "wording"),
        ([("start  = 0.0", "start  = 0.1")], "start", "scores"),
        ([("[0.0, 1.0]", "[0.0, 2.0]")], "range", "scores"),
        ([("add = 0.3", "add = 0.4")], "cues", "scores"),
        ([("set = 0.3", "set = 0.4")], "starts", "scores"),
        ([('{ on = "customer.wince"', '{ on = "customer.bark", add = 0.5 }, { on = "customer.wince"')], "cues", "new_situation"),
        ([("starts = [", 'starts = [{ when = "customer.has_dog", set = 0.9 }, ')], "starts", "new_situation"),
        ([("start  = 0.0", 'start  = 0.0\nfrom = "customer.dogs"')], "from", "new_situation"),
        ([("start  = 0.0", 'start  = 0.0\nfrom = "setting.wind"')], "from", "scores"),
        ([('on = "customer.smile"', 'on = ["customer.smile"]')], "", ""),
    ],
)  # fmt: skip
def test_readings(shelf: Shelf, edits: list[Edit], key: str, reason: str) -> None:
    """A cue or a start that no old encounter can hold is minor; any other that moves a reading is major."""
    dogs = ("", '\n[field."customer.dogs"]\ntype = "number"\ntitle = { en = "dogs" }\n')
    found = shelf.difference((), [NEW_ACT, NEW_FIELD, dogs], edits)
    changed = [(each.key, each.reason) for each in found.changes if each.id == "seasick"]
    assert changed == ([(key, reason)] if key else [])


def test_a_reading_that_comes_or_goes(shelf: Shelf) -> None:
    """A new one is a new word; without an old one scores cannot be the same."""
    less = [('when   = "ever(seasick > 0.2)"\n', "")]
    other = [('id     = "seasick"', 'id     = "dizzy"')]
    found = compare(shelf.meter("old"), "quay", shelf.meter("new", less, (), other), "quay")
    assert ("seasick", "removed", "", "scores") in told(found.changes)
    dizzy = [("ever(seasick > 0.2)", "ever(dizzy > 0.2)")]
    found = compare(shelf.meter("old"), "quay", shelf.meter("new2", dizzy, (), other), "quay")
    assert ("dizzy", "added", "", "new_term") in told(found.changes)


def test_a_new_reading_proves_nothing_unless_no_cue_can_move_it(shelf: Shelf) -> None:
    """It has a value in every encounter; only one that stands still can make a condition false."""
    criterion = ("", f'{DOG}when = "ever(thirst > 0.5)"\nshows = {{ act = "staff.pat" }}\n')
    reading = '\n[[reading]]\nid = "thirst"\ntitle = {{ en = "Thirst" }}\nstart = {start}\n{more}\ncues = [{{ on = "customer.{act}", add = 0.3 }}]\n'
    rows = [
        ("bark", 0.2, "", Reason.NEW_SITUATION),
        ("wince", 0.2, "", Reason.SCORES),
        ("bark", 0.6, "", Reason.SCORES),
        ("bark", 0.2, "starts = [{ when = \"setting.pace == 'busy'\", set = 0.9 }]", Reason.SCORES),
        ("bark", 0.2, 'starts = [{ when = "customer.has_dog", set = 0.9 }]', Reason.NEW_SITUATION),
        ("bark", 0.2, 'from = "setting.wind"', Reason.SCORES),
        ("bark", 0.2, 'from = "customer.dogs"', Reason.NEW_SITUATION),
    ]
    dogs = ("", '\n[field."customer.dogs"]\ntype = "number"\ntitle = { en = "dogs" }\n')
    for act, start, more, reason in rows:
        extra = ("", reading.format(act=act, start=start, more=more))
        found = shelf.difference([criterion], [NEW_ACT, NEW_FIELD, dogs], [extra])
        assert [each.reason for each in found.changes if each.id == "quay/dog"] == [reason], more


def test_a_cue_that_gives_an_occasion_is_no_new_situation(shelf: Shelf) -> None:
    """A reading that only the system moved gives none; with a cue of the customer's its conditions do."""
    staff = [
        (
            'cues   = [{ on = "customer.wince", add = 0.3 }, { on = "customer.smile", set = 0.0 }]',
            'cues = [{ on = "staff.greet", add = 0.3 }@]',
        )
    ]
    before = shelf.meter("old", (), [], [(staff[0][0], staff[0][1].replace("@", ""))])
    after = shelf.meter(
        "new", (), [NEW_ACT], [(staff[0][0], staff[0][1].replace("@", ', { on = "customer.bark", add = 0.3 }'))]
    )
    found = compare(before, "quay", after, "quay")
    assert ("seasick", "changed", "cues", "scores") in told(found.changes)


# --- code of plugins ----------------------------------------------------------------------------------------------

PLUGIN = """
from palvelumittari.hookspecs import hookimpl

@hookimpl
def palvelumittari_measures():
    return {"tally": lambda scene, **options: 1.0}

@hookimpl
def palvelumittari_scoring_models():
    from palvelumittari.scoring import lowest
    return {"least": lambda settled, scoring: lowest(settled, scoring)}
"""


def test_other_code_behind_a_name_is_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a function does cannot be seen, so another function is another score."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "palvelumittari_pier.py").write_text(PLUGIN, encoding="utf-8")
    calls = f'{DOG}calls = {{ function = "pier.tally" }}\n[scoring]\nmodel = "pier.least"\n'
    (tmp_path / "quay.toml").write_text(RUBRIC + calls, encoding="utf-8")
    for name, text in (("vocabulary.toml", VOCABULARY), ("readings.toml", READINGS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [tmp_path / "quay.toml"]
    meters = [pm.Meter(["palvelumittari_pier"], rubrics=files, installed=False) for _ in range(2)]
    found = compare(meters[0], "quay", meters[1], "quay")
    assert [(each.id, each.key) for each in found.changes] == [
        ("pier.tally", "function.code"),
        ("pier.least", "model.code"),
    ]
    assert compare(meters[0], "quay", meters[0], "quay").changes == ()


# --- versions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "edits", "needed", "fit"),
    [
        ("1.2.3", [("weight = 2", "weight = 3")], "2.0.0", Fit.UNCHANGED),
        ("1.3.0", [("weight = 2", "weight = 3")], "2.0.0", Fit.TOO_LOW),
        ("2.0.0", [("weight = 2", "weight = 3")], "2.0.0", Fit.RIGHT),
        ("2.0.1", [("weight = 2", "weight = 3")], "2.0.0", Fit.HIGHER),
        ("1.2.4", [('en = "A hello"', 'en = "Hello"')], "1.2.4", Fit.RIGHT),
        ("1.2.2", [], "1.2.3", Fit.TOO_LOW),
        ("1.10.0", [], "1.2.3", Fit.HIGHER),
    ],
)
def test_the_version_is_held_against_the_changes(
    shelf: Shelf, version: str, edits: list[Edit], needed: str, fit: Fit
) -> None:
    """It may be higher than need be, never lower; numbers are compared as numbers."""
    found = shelf.difference([('version = "1.2.3"', f'version = "{version}"'), *edits])
    assert (found.needed_version, found.fit) == (needed, fit)
    assert found.fit.is_fine is (fit in (Fit.RIGHT, Fit.HIGHER))


def test_each_level_raises_its_own_number() -> None:
    """The numbers behind it begin again at 0."""
    assert [next_version("3.4.5", level) for level in Level] == ["3.4.5", "3.4.6", "3.5.0", "4.0.0"]


def test_changes_are_told_by_their_weight(shelf: Shelf) -> None:
    """Major ones come first; `at` gives those of one level."""
    found = shelf.difference([('en = "Quay"', 'en = "The quay"'), ("weight = 2", "weight = 3")])
    ranks = [each.level.rank for each in found.changes]
    assert all(one >= other for one, other in itertools.pairwise(ranks)) and len(ranks) == 2
    assert [each.key for each in found.at(Level.PATCH)] == ["title.en"]
