"""The contract of a plugin: a good one keeps it, and each breach of a bad one is named, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

import palvelumittari as pm
from palvelumittari.testing import HEAVY, assert_plugin_contract
from palvelumittari.testing.contract import elsewhere
from palvelumittari.testing.contract.answering import said
from palvelumittari.testing.contract.examples import examples
from palvelumittari.testing.contract.subject import load_subject

from .conftest import KEY_ACT, MakePlugin, case, hotel, write

CODE = """
import torch
import palvelumittari as pm

CALLS = []
TEXT = {"en": "A", "fi": "B", "sv": "C"}


def raising(scene):
    return 1 / len(scene.encounter.events)

def high(scene):
    return 1.5

def both(scene):
    return pm.Answer(fulfilment=0.5, undecided=True)

def inventing(scene):
    return pm.Answer(fulfilment=1.0, speaks_for=(len(scene.encounter.events),))

def unlisted(scene):
    return pm.Answer(fulfilment=1.0, speaks_for=None)

def english(scene):
    return pm.Answer(fulfilment=1.0, reason=pm.Text({"en": "Well done."}))

def mumbling(scene):
    return pm.Answer(fulfilment=1.0, reason="Well done.")

def changing(scene):
    object.__setattr__(scene.encounter, "language", "se")
    return 1.0

def counting(scene):
    CALLS.append(scene)
    return 1 / len(CALLS)

def hashing(scene, *, words=()):
    return hash("hotel") % 1000 / 1000

def heavy_tally(settled, scoring):
    raise ValueError("no idea")

def lost(text, language):
    yield "hand_kye", 0, len(text) + 1

def broken(text, language):
    raise KeyError(language)

def shapeless(text, language):
    return ["hand_key"]

def moody(text, language):
    CALLS.append(text)
    return [("hand_key", 0, len(text))] if text and len(CALLS) % 2 else []


@pm.hookimpl
def palvelumittari_measures():
    found = [raising, high, both, inventing, unlisted, english, mumbling, changing, counting, hashing]
    return {function.__name__: function for function in found}

@pm.hookimpl
def palvelumittari_scoring_models():
    return {"heavy_tally": heavy_tally}

@pm.hookimpl
def palvelumittari_detectors():
    return {function.__name__: function for function in (lost, broken, shapeless, moody)}

@pm.hookimpl
def palvelumittari_readers():
    return {"notes": lambda file: []}

@pm.hookimpl
def palvelumittari_writers():
    return {"notes": lambda: [], "length": len, "kind": type}
"""

RUBRIC = (
    hotel("bad").replace('why    = "Tired guests want a bed."\n', "")
    + """
[[criterion]]
id     = "hashed"
role   = "must"
weight = 1
title  = { en = "Hashed" }
why    = "A test."
calls  = { function = "bad.hashing", options = { words = ["a"] } }

[scoring]
model = "bad.heavy_tally"
"""
)

FILES = {
    "vocabulary.toml": KEY_ACT.replace(', sv = "att lämna nyckeln"', "")
    + '\n[group.part]\ntitle = { en = "part" }\nacts = ["hand_key"]\n'
    '[tag.late]\ntitle = { fi = "myöhään", sv = "sent" }\n'
    '[field."setting.stars"]\ntype = "count"\ntitle = { en = "stars" }\n',
    "readings.toml": 'schema = 1\n[[reading]]\nid = "sleep"\ntitle = { en = "sleep", sv = "sömn" }\n',
    "rubrics/bad.toml": RUBRIC,
    "rubrics/plain.toml": hotel("bad/plain").replace('sectors = ["hotel"]', 'sectors = ["hotel.plain"]'),
    "cases/late.case.toml": case("late", 'band = "poor", outcomes = { "bad/plain/key" = "missed" }').replace(
        'sector   = "hotel"', 'sector   = "hotel.plain"'
    ),
    "cases/odd.case.toml": case("odd", timeline="- server dance"),
    "cases/no_title.case.toml": case("no_title", 'band = "good"')
    .replace(', fi = "Tiskillä"', "")
    .replace('sector   = "hotel"', 'sector   = "hotel.plain"'),
}

BREACHES = {
    "heavy": "importing `palvelumittari_bad` imports torch, which is heavy\n"
    "    try: import torch inside the function that needs it",
    "why": "warning: no `why`",
    "rubric text": "warning: the title lacks its translation to fi and sv",
    "act": "the title of the act `hand_key` lacks its translation to sv\n    try: add sv = ...",
    "group": "the title of the group `part` lacks its translation to fi and sv",
    "tag": "the title of the tag `late` lacks its translation to en",
    "field": "the title of the field `setting.stars` lacks its translation to fi and sv",
    "reading": "the title of the reading `sleep` lacks its translation to fi",
    "case": "the case `late` does not come out: band: expected poor, got good (75.0)\n"
    "    try: change the rubric or the expectation, never what happened\n"
    "    on the encounter\n        schema: 1\n        id: late\n",
    "outcome": "the case `late` does not come out: bad/plain/key: expected missed, got met: Answered (1 of 1): "
    "“handing over the key” (event 2).",
    "case title": "the title of the case `no_title` lacks its translation to fi",
    "unread case": "odd.case.toml:10:10: unknown act 'dance'",
    "raises": "the measure `bad.raising` raises ZeroDivisionError('division by zero')\n"
    "    try: return None where there is nothing to judge\n"
    "    on the encounter\n        schema: 1\n        id: random\n",
    "range": "the measure `bad.high` answers 1.5\n    try: answer a number from 0 to 1, or None",
    "undecided": "the measure `bad.both` answers 0.5 and says that it is undecided\n    try: say one of the two",
    "evidence": "the measure `bad.inventing` cites event 0, but the encounter has 0 (they count from 0)\n"
    "    try: cite the index of an event, as scene.find gives it",
    "no evidence": "the measure `bad.unlisted` cites None and (), which are not both lists of events",
    "reason": "the measure `bad.english` gives a reason that lacks its translation to fi and sv\n"
    "    try: add fi to its Text",
    "no reason": "the measure `bad.mumbling` gives the reason 'Well done.', which is no Text\n"
    '    try: write pm.Text({"en": ..., "fi": ..., "sv": ...})',
    "impure": "the measure `bad.changing` changes the scene\n"
    "    try: leave the scene as it is, and make new records with attrs.evolve",
    "state": "the measure `bad.counting` says something else when it is asked again:\n        Answer(fulfilment=",
    "hash": "the measure `bad.hashing` with words=('a',) says something else in another process:\n"
    "        Answer(fulfilment=",
    "no act": "the detector `bad.lost` finds what is no act in '': 'hand_kye'\n"
    "    try: name an act of the vocabulary, and no group",
    "outside": "the detector `bad.lost` finds something outside the text in '': 0 to 1 of 0\n"
    "    try: give the half-open range of characters, as a match of re does",
    "detector raises": "the detector `bad.broken` raises KeyError in '': None\n    try: find nothing where",
    "shape": "the detector `bad.shapeless` finds something of the wrong shape in '': 'hand_key'\n"
    "    try: give the act and the half-open range: (act, start, end)",
    "moody": "the detector `bad.moody` finds something else when it is asked again in '",
    "reader": "the reader `notes` cannot be called with a file and its name\n"
    "    try: compare it with palvelumittari.hookspecs",
    "writer": "the writer `notes` cannot be called with records",
    "scoring": "scoring with the rubric `bad` raises EvaluationError: ",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What is told of a plugin that does wrong whatever can be done wrong."""
    site = tmp_path_factory.mktemp("site")
    write(site, {"torch.py": "", **{f"palvelumittari_bad/{name}": text for name, text in FILES.items()}})
    (site / "palvelumittari_bad" / "__init__.py").write_text(CODE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(site))
        with pytest.raises(AssertionError) as caught:
            assert_plugin_contract("palvelumittari_bad")
    yield str(caught.value)


@pytest.mark.parametrize("breach", BREACHES)
def test_each_breach_is_named_with_what_to_do(breach: str, told: str) -> None:
    """All in one go, each in words of its own."""
    assert BREACHES[breach] in told


def test_nothing_is_told_twice_and_nothing_else_is_told(told: str) -> None:
    """The head counts the breaches; there are as many as there should be."""
    head, _, _ = told.partition("\n\n")
    assert head == f"the plugin palvelumittari_bad breaks its contract ({len(BREACHES)} breaches):"


def test_what_cannot_load_is_told_first(make_plugin: MakePlugin) -> None:
    """A misspelt hook is named with the one that was meant, and there the examination ends."""
    code = "import palvelumittari as pm\n\n@pm.hookimpl\ndef palvelumittari_mesures():\n    return {}\n"
    with pytest.raises(AssertionError) as caught:
        assert_plugin_contract(make_plugin("misspelt", code))
    text = str(caught.value)
    assert text.startswith("the plugin palvelumittari_misspelt breaks its contract (2 breaches):\n\n")
    assert "there is no hook `palvelumittari_mesures`" in text
    assert "try: did you mean `palvelumittari_measures`?" in text
    assert text.endswith("\n\nnothing more can be told of it until it loads")


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({"rubrics/a.toml": hotel("hotel"), "vocabulary.toml": KEY_ACT}, "the id of the rubric `hotel` does not begin"),
        ({"rubrics/a.toml": hotel("strange")}, "unknown act `hand_key`"),
    ],
)
def test_rubrics_must_fit_their_plugin(files: dict[str, str], what: str, make_plugin: MakePlugin) -> None:
    """Ids tell whose they are, and what is named exists."""
    with pytest.raises(AssertionError) as caught:
        assert_plugin_contract(make_plugin("strange", files=files))
    assert what in str(caught.value)


GOOD = '''
"""A plugin that keeps its contract."""
import palvelumittari as pm


def keys(scene, *, wanted=1):
    """How many keys were handed over."""
    found = scene.find("hand_key")
    return pm.Answer(fulfilment=min(1.0, len(found) / wanted), speaks_for=found) if scene.encounter.events else None


@pm.hookimpl
def palvelumittari_measures():
    return {"keys": keys}

@pm.hookimpl
def palvelumittari_detectors():
    return {"key": lambda text, language: [("hand_key", 0, 3)] if text.startswith("key") else []}
'''

GOOD_FILES = {
    "vocabulary.toml": KEY_ACT,
    "rubrics/inn.toml": hotel("inn"),
    "cases/key.case.toml": case("key"),
}


def test_a_good_plugin_passes(make_plugin: MakePlugin) -> None:
    """By its name."""
    assert_plugin_contract(make_plugin("inn", GOOD, GOOD_FILES))


def test_a_plugin_may_rest_on_another(make_plugin: MakePlugin) -> None:
    """Which is then loaded beside it; without it, it cannot load."""
    make_plugin("inn", GOOD, GOOD_FILES)
    rubric = hotel("chain").replace('sectors = ["hotel"]', 'sectors = ["hotel.chain"]\nextends = ["inn"]')
    chain = make_plugin("chain", files={"rubrics/chain.toml": rubric.replace('id     = "key"', 'id     = "key-card"')})
    with pytest.raises(AssertionError, match="unknown rubric `inn`"):
        assert_plugin_contract(chain)
    with pytest.raises(AssertionError, match=r"1 breach\):\n\n.*judges the same as `inn/key`"):
        assert_plugin_contract(chain, beside=["palvelumittari_inn"])


def test_a_module_that_was_made_on_the_spot_is_examined_in_this_process_only() -> None:
    """No other process could import it, so what needs one is left out."""
    module = ModuleType("palvelumittari_spot")
    module.palvelumittari_measures = pm.hookimpl(lambda: {"seed": lambda scene: hash("a") % 7 / 7})  # type: ignore[attr-defined]
    assert_plugin_contract(module)


def test_the_examples_are_always_the_same(make_plugin: MakePlugin) -> None:
    """The encounters of the cases and random ones, the shortest first; many of them with acts of the plugin."""
    subject = load_subject(make_plugin("inn", GOOD, GOOD_FILES), ())
    first, again = examples(subject), examples(subject)
    assert first == again
    assert [len(each.events) for each in first] == sorted(len(each.events) for each in first)
    assert sum(any(event.act == "hand_key" for event in each.events) for each in first) >= 20
    assert {each.sector for each in first} == {"hotel"}


def test_the_other_process_says_what_is_said_here(make_plugin: MakePlugin) -> None:
    """Of the same encounters, in the same order, in text; with nothing to ask it is not started."""
    subject = load_subject(make_plugin("inn", GOOD, GOOD_FILES), ())
    encounters = examples(subject)[:10]
    here = said(subject.modules, subject.calls, encounters)
    assert [len(each) for each in here] == [10]
    assert elsewhere.answers_elsewhere(subject.modules, subject.calls, encounters) == [here, here]
    assert elsewhere.answers_elsewhere(subject.modules, (), encounters) == []


def test_an_end_of_the_other_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what it said; that is no breach, but something that nobody has thought of."""
    monkeypatch.setattr(elsewhere, "_IMPORT", "raise SystemExit('gone')")
    with pytest.raises(RuntimeError, match="the other process ended with 1: gone"):
        elsewhere.loaded_by(["palvelumittari_taxi"])


@pytest.mark.parametrize(("name", "found"), [("json", True), ("no_such_module", False), ("no.such", False)])
def test_whether_another_process_finds_a_module(name: str, found: bool) -> None:
    """A name that Python cannot find, or whose parent it cannot find, is not found."""
    assert elsewhere.is_importable([name]) is found


def test_heavy_libraries_are_named() -> None:
    """The list is open for reading, sorted by nobody, and holds each once."""
    assert {"pandas", "numpy", "pyarrow", "hypothesis", "pytest", "torch", "matplotlib"} <= set(HEAVY)
    assert len(HEAVY) == len(set(HEAVY))


def test_importing_the_kit_imports_nothing_heavy() -> None:
    """Neither hypothesis nor pytest; both are there only for whoever asks."""
    loaded = elsewhere.loaded_by(["palvelumittari.testing"])
    assert not {name.partition(".")[0] for name in loaded} & set(HEAVY)
    assert "palvelumittari.testing" in loaded


def test_unknown_names_are_no_part_of_the_kit() -> None:
    """As in any module."""
    import palvelumittari.testing as kit

    with pytest.raises(AttributeError, match="has no attribute 'assert_everything'"):
        kit.assert_everything  # noqa: B018
