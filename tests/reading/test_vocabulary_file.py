"""Vocabulary files: what is added, and every fault with its remedy."""

from __future__ import annotations

import pytest

from palvelumittari.reading.toml_file import parse_toml
from palvelumittari.reading.vocabulary_file import EMPTY, add_vocabulary
from palvelumittari.records.encounter import Actor, Modality
from palvelumittari.records.selector import STAFF
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import RubricError

TITLE = 'title = { en = "A" }'


def add(text: str, base: Vocabulary) -> Vocabulary:
    """A vocabulary with the entries of a text."""
    return add_vocabulary(base, parse_toml("schema = 1\n" + text, "v.toml"), "taxi 1.0")


def faults(text: str, base: Vocabulary = EMPTY) -> list[tuple[str | None, str, str | None]]:
    """Path, first line and hint of everything that is wrong."""
    with pytest.raises(RubricError) as caught:
        add(text, base)
    return [(problem.place.path, problem.what, problem.hint) for problem in caught.value.problems]


def test_acts_inherit_from_their_first_parent(vocabulary: Vocabulary) -> None:
    """Modalities, actors and core; whatever the order in the file."""
    found = add(
        f'[act.tip]\n{TITLE}\nkind_of = ["fare", "greet"]\nnote = {{ en = "B" }}\n'
        f'[act.fare]\n{TITLE}\nkind_of = ["charge"]',
        vocabulary,
    )
    tip = found.acts["tip"]
    assert (tip.modalities, tip.by, tip.core, tip.origin) == (frozenset({Modality.TASK}), STAFF, True, "taxi 1.0")
    assert found.selected["charge"] == {"charge", "fare", "tip"}
    assert "tip" in found.selected["attend"]
    assert found.core_acts == {"charge", "fare", "tip"}


def test_actors_may_be_named_or_left_out(vocabulary: Vocabulary) -> None:
    """Staff are server and colleague; without any, anybody may do it."""
    found = add(f'[act.x]\n{TITLE}\nmodalities = ["task"]\nby = ["staff", "customer"]', vocabulary)
    assert found.acts["x"].by == STAFF | {Actor.CUSTOMER}
    assert found.acts["greet"].by == frozenset(Actor)


def test_groups_tags_and_fields_are_added(vocabulary: Vocabulary) -> None:
    """Beside those that are there already."""
    found = add(
        f'[group.chat]\n{TITLE}\nacts = ["joke", "bid"]\n[tag.loud]\n{TITLE}\n'
        f'[field."setting.rain"]\n{TITLE}\ntype = "number"\nunit = "mm"\nrange = [0, 9]',
        vocabulary,
    )
    assert found.acts["chat"].is_group
    assert found.acts["chat"].modalities == frozenset({Modality.SPEECH, Modality.GAZE})
    assert set(found.tags) == {"lengthened", "hedged", "loud"}
    assert found.fields["setting.rain"].range == (0.0, 9.0)
    assert "channel" in found.fields


@pytest.mark.parametrize(
    ("text", "path", "what", "hint"),
    [
        ('modalities = ["speach"]', "$.act.x.modalities[0]", "a value of the wrong kind", "did you mean `speech`?"),
        ('kind_off = ["greet"]', "$.act.x.kind_off", "unknown key `kind_off`", "did you mean `kind_of`?"),
        ('kind_of = ["gret"]', "$.act.x.kind_of[0]", "unknown act `gret`", "did you mean `greet`?"),
        ('kind_of = ["attend"]', "$.act.x.kind_of[0]", "`attend` is a group", None),
        ('kind_of = ["x"]', "$.act.x.kind_of[0]", "the act is a kind of itself: x -> x", "break the circle"),
        ('kind_of = ["greet"]\nby = ["stuff"]', "$.act.x.by[0]", "`stuff` is no actor", "did you mean `staff`?"),
        ("", "$.act.x", "an act needs modalities, or a kind_of to take them from", 'add modalities = ["speech"]'),
    ],
)
def test_each_fault_of_an_act(text: str, path: str, what: str, hint: str | None, vocabulary: Vocabulary) -> None:
    """What does not exist, circles, and what is missing."""
    assert faults(f"[act.x]\n{TITLE}\n{text}", vocabulary) == [(path, what, hint)]


@pytest.mark.parametrize(
    ("text", "path", "what"),
    [
        (f'[act.greet]\n{TITLE}\nmodalities = ["task"]', "$.act.greet", "the act `greet` is already declared by core"),
        (f'[act.Greet]\n{TITLE}\nmodalities = ["task"]', "$.act.Greet", "`Greet` cannot be a name in [act]"),
        (f'[group.greet]\n{TITLE}\nacts = ["say"]', "$.group.greet", "the group `greet` is already declared by core"),
        (f"[group.g]\n{TITLE}\nacts = []", "$.group.g.acts", "the group has no acts"),
        (f'[group.g]\n{TITLE}\nacts = ["attend"]', "$.group.g.acts[0]", "`attend` is a group"),
        (f"[tag.hedged]\n{TITLE}", "$.tag.hedged", "the tag `hedged` is already declared by core"),
        (f'[field.queue]\n{TITLE}\ntype = "count"', "$.field.queue", "`queue` cannot be a name in [field]"),
        (
            f'[field."setting.in"]\n{TITLE}\ntype = "flag"',
            '$.field."setting.in"',
            "`setting.in` cannot be a name in [field]",
        ),
        (
            f'[field."setting.x"]\n{TITLE}\ntype = "choice"',
            '$.field."setting.x"',
            "values belong to a choice, and a choice needs values",
        ),
        (
            f'[field."setting.x"]\n{TITLE}\ntype = "flag"\nrange = [0, 1]',
            '$.field."setting.x".range',
            "only a number or a count has a range",
        ),
        (
            f'[field."setting.x"]\n{TITLE}\ntype = "count"\nrange = [1, 1]',
            '$.field."setting.x".range',
            "the range is empty",
        ),
    ],
)
def test_each_fault_of_other_entries(text: str, path: str, what: str, vocabulary: Vocabulary) -> None:
    """Names that are taken or malformed, groups and fields that make no sense."""
    ((where, said, _),) = faults(text, vocabulary)
    assert (where, said) == (path, what)


def test_a_name_taken_in_the_same_file_is_told_as_such() -> None:
    """There is no other distribution to name."""
    text = f'[act.x]\n{TITLE}\nmodalities = ["task"]\n[group.x]\n{TITLE}\nacts = ["x"]'
    assert ("$.group.x", "the group `x` is already declared by this file") in [each[:2] for each in faults(text)]


def test_circles_are_named_in_full() -> None:
    """From each act that stands in them."""
    text = "".join(f'[act.{a}]\n{TITLE}\nkind_of = ["{b}"]\n' for a, b in ("ab", "bc", "ca"))
    assert [what for _, what, _ in faults(text)] == [
        "the act is a kind of itself: a -> b -> c -> a",
        "the act is a kind of itself: b -> c -> a -> b",
        "the act is a kind of itself: c -> a -> b -> c",
    ]


def test_another_schema_is_refused(vocabulary: Vocabulary) -> None:
    """And so is a file without one."""
    with pytest.raises(RubricError, match="this version reads schema 1"):
        add_vocabulary(vocabulary, parse_toml("schema = 2", "v.toml"))
    with pytest.raises(RubricError, match="the key `schema` is missing"):
        add_vocabulary(vocabulary, parse_toml("", "v.toml"))


def test_all_faults_are_told_at_once(vocabulary: Vocabulary) -> None:
    """Those of entries that cannot be read and those of entries that can, in the order of the file."""
    text = f"""
[act.one]
{TITLE}
modality = ["speech"]
[act.two]
{TITLE}
kind_of = ["one", "three"]
[act.two_b]
{TITLE}
modalities = ["task"]
by = ["nobody"]
[tag.x]
[field."setting.x"]
{TITLE}
type = "cont"
"""
    assert [what for _, what, _ in faults(text, vocabulary)] == [
        "unknown key `modality`",
        "unknown act `three`",
        "`nobody` is no actor",
        "the key `title` is missing",
        "a value of the wrong kind",
    ]
