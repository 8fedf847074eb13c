"""The laws of the rubric language: what is parsed, what is merged, what a digest sees."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from palvelumittari.reading.conditions import MAX_LENGTH, parse_condition
from palvelumittari.reading.lineage import merged
from palvelumittari.reading.rubric_file import RubricFile, read_rubric
from palvelumittari.reading.rubric_types import parse_window
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.reading.structure import Mismatch
from palvelumittari.reading.term_checks import Stand, check_condition
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile, parse_toml
from palvelumittari.reading.uniting import entries, lineage, unite
from palvelumittari.records.condition import (
    Compare,
    Condition,
    Count,
    Join,
    Literal,
    Name,
    Not,
    Seen,
    Throughout,
    Values,
)
from palvelumittari.records.encounter import Actor, Modality
from palvelumittari.records.rubric import Cue, Reading
from palvelumittari.records.vocabulary import Act, Vocabulary
from palvelumittari.words.errors import RubricError
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

Parsed = TypeVar("Parsed")

# --- parsing ----------------------------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
PIECES = st.one_of(
    st.sampled_from(["talk", "setting.queue", "ever(", "always(", "seen('customer.bid')", "count(", ")", "(", "not "]),
    st.sampled_from([" and ", " or ", " < ", " == ", " in ", "[", "]", ",", "0.3", "'a'", '"', "#", ".", "=", "!"]),
    st.sampled_from(["lambda", "__import__", ":=", "f'", "{", "}", " for ", " if ", "**", "9", "*", "-", "@", "\\"]),
    st.sampled_from(["\n", "\0", "\ud800", "ä", "await ", "is ", "\f", "0x", "1e9"]),
)
LIKE_CONDITIONS = st.lists(PIECES, max_size=20).map("".join)
LIKE_SELECTORS = st.text("acdgrstuv_.*#!>| \t\n09-é", max_size=40)


def parsed(parse: Callable[[str], Parsed], text: str) -> Parsed | None:
    """What a text is parsed to, `None` if it is refused; anything but a refusal is raised."""
    try:
        return parse(text)
    except Mismatch as error:
        if error.span is not None:
            source, start, end = error.span
            assert 0 <= start <= end <= len(source)
        return None


@given(st.one_of(ANY_TEXT, LIKE_CONDITIONS))
@example("(" * 300 + ")" * 300)
@example("not " * 249)
@example("-" * 999 + "1")
@example("a" + ".a" * 499)
@example("[" * 500)
@example("9" * MAX_LENGTH)
@example("1e400 < 0x" + "f" * 900)
@example("9**9**9**9**9")
@example("'a'" * 300)
@example("'" * 3)
def test_parsing_a_condition_raises_nothing_but_a_mismatch(text: str) -> None:
    """Whatever stands there, it is a condition or refused."""
    found = parsed(parse_condition, text)
    if found is not None:
        assert parse_condition(str(found)) == found
        assert parse_condition(str(found)).root == found.root


@given(st.one_of(ANY_TEXT, LIKE_CONDITIONS))
def test_a_condition_can_reach_nothing(text: str) -> None:
    """Its nodes are ours alone, and it names nothing that the terms do not know without being told."""
    found = parsed(parse_condition, text)
    if found is None:
        return
    ours = (Compare, Count, Join, Literal, Name, Not, Seen, Throughout, Values)
    assert all(isinstance(node, ours) for node in found.nodes())
    unknown = found.names - set(TERMS.vocabulary.fields) - set(TERMS.readings) - {"phase"}
    problems = list(check_condition(found, Stand.WHEN, TERMS))
    assert all(any(f"`{name}`" in problem.what for problem in problems) for name in unknown)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__.__base__.__subclasses__()",
        "[x for x in [1]]",
        "{x: 1 for x in [1]}",
        "f'{talk}'",
        "lambda: 1",
        "(talk := 1)",
        "10 ** 10 ** 10",
        "'a' * 10 ** 10",
        "1 << 10 ** 10",
        "seen(open('x'))",
        "ever(eval('1'))",
        "talk @ talk",
        "await talk",
        "(yield)",
        "*talk",
        "talk[0]",
        "talk if talk else talk",
        "not" + " not" * 400 + " talk",
    ],
)
def test_whatever_could_run_is_refused(text: str) -> None:
    """Powers of astronomical size above all cost nothing."""
    assert parsed(parse_condition, text) is None


@given(st.one_of(ANY_TEXT, LIKE_SELECTORS))
def test_parsing_a_selector_raises_nothing_but_a_mismatch(text: str) -> None:
    """And what is parsed, written and parsed again is the same."""
    found = parsed(parse_selector, text)
    if found is not None:
        again = parse_selector(str(found))
        assert again == found
        assert again.alternatives == found.alternatives


NAMES = st.text(string.ascii_lowercase + "_", min_size=1, max_size=8).filter(lambda name: name[0] != "_")
ACTORS = st.sampled_from([*Actor, "staff", "*"])
TAGS = st.lists(st.tuples(st.sampled_from(["#", "!#"]), NAMES).map("".join), max_size=3)
BLANKS = st.text(" \t\n", max_size=3)


@st.composite
def selectors(draw: st.DrawFn) -> tuple[str, list[str]]:
    """The text of a selector with blanks wherever they may stand, and its acts."""
    acts = draw(st.lists(NAMES, min_size=1, max_size=4))
    texts = []
    for act in acts:
        to = draw(st.sampled_from(["", *(f"> {actor}" for actor in Actor)]))
        parts = [f"{draw(ACTORS)}.{act}", *draw(TAGS), to]
        texts.append(draw(BLANKS) + "".join(part + " " + draw(BLANKS) for part in parts))
    return "|".join(texts), acts


@given(selectors())
def test_every_selector_reads_back_the_same(selector: tuple[str, list[str]]) -> None:
    """Blanks do not matter, and the characters of an alternative are its own."""
    text, acts = selector
    found = parse_selector(text)
    assert [each.act for each in found.alternatives] == acts
    assert parse_selector(str(found)) == found
    assert all(f".{each.act}" in text.strip()[each.start : each.end] for each in found.alternatives)


@given(ANY_TEXT)
def test_parsing_a_window_raises_nothing_but_a_mismatch(text: str) -> None:
    """And what is parsed, written and parsed again is the same."""
    found = parsed(parse_window, text)
    if found is not None:
        assert parse_window(str(found)) == found


@given(st.one_of(ANY_TEXT, st.text("abc=[]{}\"'.#\n 019_-", max_size=60)))
def test_reading_toml_raises_nothing_but_a_rubric_error(text: str) -> None:
    """Also of what is TOML but no rubric."""
    try:
        read_rubric(parse_toml(text, "a.toml"))
    except RubricError as error:
        assert str(error)


# --- merging ----------------------------------------------------------------------------------------------------

KEYS = st.sampled_from("abc")
TABLES = st.recursive(
    st.dictionaries(KEYS, st.integers(0, 3), max_size=3),
    lambda inner: st.dictionaries(KEYS, st.one_of(st.integers(0, 3), inner), max_size=3),
    max_leaves=8,
)


@given(TABLES, TABLES)
def test_the_later_override_wins_key_by_key(base: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """What the later one does not name stays."""
    found = merged(base, changes)
    assert set(found) == set(base) | set(changes)
    for key, value in found.items():
        if key not in changes:
            assert value == base[key]
        elif isinstance(changes[key], dict) and isinstance(base.get(key), dict):
            assert value == merged(base[key], changes[key])
        else:
            assert value == changes[key]


@given(TABLES, TABLES)
def test_an_override_twice_is_an_override_once(base: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """And one without keys changes nothing."""
    assert merged(merged(base, changes), changes) == merged(base, changes)
    assert merged(base, {}) == base


# --- families of rubrics ----------------------------------------------------------------------------------------


def made(identity: str, extends: Sequence[str], **keys: Any) -> RubricFile:
    """A rubric with one criterion `own`, from plain data."""
    own = {"id": "own", "role": "penalty", "weight": 1, "title": {"en": "A"}, "avoids": {"act": "staff.say"}}
    title = {"en": "A", "fi": "B", "sv": "C"}
    head = {"schema": 1, "id": identity, "version": "1.0.0", "title": title, "extends": list(extends)}
    return read_rubric(TomlFile("a.toml", "", {"criterion": [own], **head, **keys}))


@st.composite
def families(draw: st.DrawFn) -> dict[str, RubricFile]:
    """Rubrics that extend earlier ones, each with an override and drops of what it inherits."""
    files: dict[str, RubricFile] = {}
    for name in "abcde"[: draw(st.integers(1, 5))]:
        extends = draw(st.lists(st.sampled_from(sorted(files)), unique=True, max_size=3)) if files else []
        known = [f"{file.id}/own" for file in lineage(extends, files)]
        some = st.lists(st.sampled_from(known), unique=True, max_size=2) if known else st.just([])
        override = {parent: {"weight": draw(st.integers(2, 9))} for parent in draw(some)}
        files[name] = made(name, extends, override=override, drop=draw(some))
    return files


@given(families(), st.data())
def test_parents_come_first_each_once_and_always_in_the_same_order(
    files: dict[str, RubricFile], data: st.DataObject
) -> None:
    """The order in which files were found decides nothing."""
    tops = data.draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3))
    order = [file.id for file in lineage(tops, files)]
    assert len(order) == len(set(order))
    for position, name in enumerate(order):
        assert set(files[name].document.extends) <= set(order[:position])
    shuffled = dict(data.draw(st.permutations(sorted(files.items()))))
    assert [file.id for file in lineage(tops, shuffled)] == order
    assert list(entries(tops, shuffled)) == list(entries(tops, files))


@given(families())
def test_the_last_override_in_order_is_the_one_that_counts(files: dict[str, RubricFile]) -> None:
    """Of all that a rubric rests on."""
    top = max(files)
    for name, entry in entries([top], files).items():
        weights = [
            file.document.override[name]["weight"] for file in lineage([top], files) if name in file.document.override
        ]
        assert entry.raw["weight"] == (weights[-1] if weights else 1)


@given(families(), st.data())
def test_a_drop_holds_only_if_all_that_inherit_it_drop_it(files: dict[str, RubricFile], data: st.DataObject) -> None:
    """What one rubric that inherits a criterion keeps stays in the union."""
    tops = data.draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3, unique=True))
    together = set(entries(tops, files))
    alone = {top: set(entries([top], files)) for top in tops}
    assert together == set().union(*alone.values())


# --- digests ----------------------------------------------------------------------------------------------------


def act(name: str, **keys: Any) -> Act:
    """An act that is spoken by anybody, unless `keys` say otherwise."""
    return Act(name, Text(FrozenMap({"en": name})), **{"modalities": frozenset({Modality.SPEECH}), **keys})


ACTS = {name: act(name) for name in ("say", "greet", "minimal", "hum")} | {"pay": act("pay", core=True)}
TALK = Reading(
    id="talk", title=Text(FrozenMap({"en": "Talk"})), cues=(Cue(on=parse_selector("customer.minimal"), set=0.2),)
)
TERMS = Terms(vocabulary=Vocabulary(FrozenMap(ACTS)), readings=FrozenMap({"talk": TALK}))
OWN: dict[str, Any] = {
    "id": "own",
    "role": "penalty",
    "weight": 2,
    "title": {"en": "A"},
    "when": "ever(talk < 0.3)",
    "avoids": {"act": "staff.say", "allow": 1},
}


def digest(own: Mapping[str, Any] = OWN, terms: Terms = TERMS, **keys: Any) -> str:
    """The digest of a rubric with one criterion."""
    return unite(["a"], {"a": made("a", [], criterion=[own], **keys)}, terms).digest


def with_act(name: str, **keys: Any) -> Terms:
    """The terms with an act declared otherwise, or one more."""
    acts = FrozenMap({**ACTS, name: act(name, **keys)})
    return attrs.evolve(TERMS, vocabulary=Vocabulary(acts))


def with_reading(**keys: Any) -> Terms:
    """The terms with the reading declared otherwise."""
    return attrs.evolve(TERMS, readings=FrozenMap({"talk": attrs.evolve(TALK, **keys)}))


@settings(max_examples=30)
@given(st.permutations(sorted(OWN.items())), st.permutations(sorted(ACTS.items())))
def test_the_digest_does_not_see_the_order_of_keys(own: list[tuple[str, Any]], acts: list[tuple[str, Act]]) -> None:
    """Neither of the rubric nor of the vocabulary."""
    vocabulary = Vocabulary(FrozenMap(dict(acts)))
    assert digest(dict(own), attrs.evolve(TERMS, vocabulary=vocabulary)) == digest()


@pytest.mark.parametrize(
    "same",
    [
        digest(terms=with_act("juggle")),
        digest(terms=with_act("greet", modalities=frozenset({Modality.FACE}))),
        digest(terms=attrs.evolve(TERMS, readings=FrozenMap({"hurry": attrs.evolve(TALK, id="hurry"), "talk": TALK}))),
        digest(terms=with_reading(title=Text(FrozenMap({"en": "Chat"})), origin="x")),
        digest(version="2.0.0"),
    ],
)
def test_the_digest_does_not_see_what_has_no_part_in_the_judgement(same: str) -> None:
    """Acts and readings that the rubric does not name, titles of readings."""
    assert same == digest()


OTHERS = {
    "weight": digest({**OWN, "weight": 3}),
    "role": digest({**OWN, "role": "must"}),
    "when": digest({**OWN, "when": "ever(talk < 0.4)"}),
    "no when": digest({key: value for key, value in OWN.items() if key != "when"}),
    "act": digest({**OWN, "avoids": {"act": "staff.greet", "allow": 1}}),
    "allow": digest({**OWN, "avoids": {"act": "staff.say", "allow": 2}}),
    "trial": digest({**OWN, "lifecycle": "trial"}),
    "retired": digest({**OWN, "lifecycle": "retired"}),
    "situation": digest({**OWN, "situation": [{"when": "ever(talk < 1)", "excuse": True}]}),
    "scoring": digest(scoring={"doubt": 4}),
    "modality": digest(terms=with_act("say", modalities=frozenset({Modality.GAZE}))),
    "kind": digest(terms=with_act("hum", kind_of=("say",))),
    "core": digest(terms=with_act("hum", core=True)),
    "cue's act": digest(terms=with_act("minimal", by=frozenset({Actor.CUSTOMER}))),
    "start": digest(terms=with_reading(start=0.5)),
    "range": digest(terms=with_reading(range=(0.0, 2.0))),
    "cue": digest(terms=with_reading(cues=(Cue(on=parse_selector("customer.minimal"), add=0.2),))),
}


@pytest.mark.parametrize("change", OTHERS)
def test_the_digest_sees_every_change_of_meaning(change: str) -> None:
    """Each change gives a digest of its own."""
    assert OTHERS[change] != digest()
    assert len({digest(), *OTHERS.values()}) == len(OTHERS) + 1


def test_conditions_are_compared_by_their_text() -> None:
    """So that they can be kept and hashed."""
    assert isinstance(parse_condition("true"), Condition)
    assert hash(parse_condition("true")) == hash(parse_condition(" true "))
