"""Readings files: what is added, and every fault with its remedy."""

from __future__ import annotations

import attrs
import pytest

from palvelumittari.reading.readings_file import add_readings
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import parse_toml
from palvelumittari.words.errors import RubricError

HEAD = '[[reading]]\nid = "haste"\ntitle = { en = "Haste" }\n'


def faults(text: str, terms: Terms) -> list[tuple[str | None, str, str | None]]:
    """Path, first line and hint of everything that is wrong."""
    with pytest.raises(RubricError) as caught:
        add_readings(terms, parse_toml(text, "r.toml"), "taxi 1.0")
    return [(problem.place.path, problem.what, problem.hint) for problem in caught.value.problems]


def test_a_reading_is_added(terms: Terms) -> None:
    """With starts, a field to start from, and cues."""
    text = HEAD + (
        'range = [0, 9]\nfrom = "setting.queue"\nstart = 1\nstarts = [{ when = "customer.regular", set = 2 }]\n'
        'cues = [{ on = "customer.bid", set = 3 }, { on = "*.joke", add = -20 }]'
    )
    found = add_readings(terms, parse_toml(text, "r.toml"), "taxi 1.0").readings
    haste = found["haste"]
    assert (haste.from_field, haste.start, haste.range, haste.origin) == ("setting.queue", 1, (0, 9), "taxi 1.0")
    assert [(str(cue.on), cue.set, cue.add) for cue in haste.cues] == [("customer.bid", 3, None), ("*.joke", None, -20)]
    assert list(found) == ["talk", "din", "haste"]
    assert "haste" not in terms.readings


@pytest.mark.parametrize(
    ("text", "path", "what", "hint"),
    [
        ("range = [1, 1]\nstart = 1", "$.reading[0].range", "the range is empty", None),
        ("start = 2", "$.reading[0].start", "2 lies outside the range", None),
        ('cues = [{ on = "customer.bid", set = -1 }]', "$.reading[0].cues[0].set", "-1 lies outside the range", None),
        ('starts = [{ when = "customer.regular", set = 9 }]', "$.reading[0].starts[0].set", "9 lies outside the range",
         None),
        ('cues = [{ on = "customer.bid" }]', "$.reading[0].cues[0]", "a cue either sets or adds",
         "give set or add, not both"),
        ('cues = [{ on = "customer.bid", set = 0, add = 1 }]', "$.reading[0].cues[0]", "a cue either sets or adds",
         "give set or add, not both"),
        ('cues = [{ on = "customer.bit", set = 0 }]', "$.reading[0].cues[0].on", "unknown act `bit`",
         "did you mean `bid`?"),
        ('cues = [{ on = "server.bid", set = 0 }]', "$.reading[0].cues[0].on", "`bid` is never done by server",
         "did you mean `customer.bid`?"),
        ('starts = [{ when = "talk > 1", set = 0 }]', "$.reading[0].starts[0].when",
         "a start may read context fields alone", None),
        ('from = "setting.que"', "$.reading[0].from", "`setting.que` is no field that holds a number",
         "did you mean `setting.queue`?"),
        ('from = "customer.name"', "$.reading[0].from", "`customer.name` is no field that holds a number", None),
        ("sart = 0", "$.reading[0].sart", "unknown key `sart`", "did you mean `start`?"),
    ],
)  # fmt: skip
def test_each_fault_of_a_reading(text: str, path: str, what: str, hint: str | None, terms: Terms) -> None:
    """Numbers outside the range, cues and starts that cannot be."""
    ((where, said, tried),) = faults(HEAD + text, terms)
    assert (where, said, tried) == (path, what, hint)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Haste", "`Haste` cannot name a reading"),
        ("phase", "`phase` cannot name a reading"),
        ("lambda", "`lambda` cannot name a reading"),
        ("talk", "the reading `talk` is already declared by core"),
        ("channel", "`channel` is already a context field"),
    ],
)
def test_names_that_cannot_be(name: str, what: str, terms: Terms) -> None:
    """Words of the condition language, and names that are taken."""
    assert [said for _, said, _ in faults(HEAD.replace("haste", name), terms)] == [what]


def test_a_name_twice_in_one_file(terms: Terms) -> None:
    """The second is the fault."""
    bare = attrs.evolve(terms)
    with pytest.raises(RubricError) as caught:
        add_readings(bare, parse_toml(HEAD + HEAD, "r.toml"))
    (problem,) = caught.value.problems
    assert problem.what == "the reading `haste` is already declared by this file"
    assert problem.place.line == 5


def test_all_faults_are_told_at_once(terms: Terms) -> None:
    """Those of readings that cannot be read and those of readings that can."""
    text = (
        "schema = 2\n"
        + HEAD
        + 'cues = [{ on = "bid" }]\n'
        + HEAD.replace("haste", "rush")
        + "start = 3\n[[readings]]\n"
    )
    assert [what for _, what, _ in faults(text.replace("[[readings]]\n", ""), terms)] == [
        "this version reads schema 1",
        "this is no selector",
        "3 lies outside the range",
    ]
    assert [what for _, what, _ in faults(text, terms)] == ["unknown key `readings`"]


def test_who_declares_a_reading_is_no_key_of_it(terms: Terms) -> None:
    """The engine knows it from where the file lies, and nobody is asked for it."""
    with pytest.raises(RubricError) as caught:
        add_readings(terms, parse_toml(HEAD + 'origin = "me"', "r.toml"), "taxi 1.0")
    (problem,) = caught.value.problems
    assert problem.what == "unknown key `origin`"
    assert problem.expected == "one of id, title, range, start, from, starts, cues"
