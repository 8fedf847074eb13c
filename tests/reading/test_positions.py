"""Places of keys and values in TOML documents: by example, and as laws over random documents."""

from __future__ import annotations

import datetime as dt
import re
import time
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from palvelumittari.reading.positions import (
    Path,
    Span,
    find_positions,
    line_and_column,
    locate,
    offset_in_string,
)

RUBRIC = """\
schema = 1  # a comment with "quotes", [brackets] and = signs
title  = { en = "Taxi ride", fi = 'Taksimatka' }

[override."service/pace"]
weight = 2

[[criterion]]
id = "greeting"

[[criterion]]
id = "dose"
acts = [
    { act = "server.talk", is = 0.5 },  # commas, ]
    { act = "server.quiet", is = 1 },
]

  [criterion.shows]
  act = "server.talk"

  [[criterion.situation]]
  when = "setting.pace == 'busy'"

  [[criterion.situation]]
  excuse = true

[[criterion]]

  [[criterion.situation]]
  excuse = false
"""


def source(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


def places(text: str) -> dict[Path, tuple[str | None, str | None]]:
    """The sources of the key and the value of each path."""
    return {path: (source(text, at.key), source(text, at.value)) for path, at in find_positions(text).items()}


def offsets(text: str, path: Path = ("x",)) -> list[int]:
    """The offset of each character of a decoded string, and that of its closing quotes."""
    value: Any = tomllib.loads(text)
    for part in path:
        value = value[part]
    located = find_positions(text)[path]
    return [offset_in_string(text, located, index) for index in range(len(value) + 1)]


# --- by example: keys, tables and arrays ---


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("schema",), "schema", "1"),
        (("title",), "title", "{ en = \"Taxi ride\", fi = 'Taksimatka' }"),
        (("title", "fi"), "fi", "'Taksimatka'"),
        (("override",), "override", "override"),
        (("override", "service/pace"), '"service/pace"', '[override."service/pace"]'),
        (("override", "service/pace", "weight"), "weight", "2"),
        (("criterion",), "criterion", "[[criterion]]"),
        (("criterion", 1, "id"), "id", '"dose"'),
        (("criterion", 1, "acts", 1), None, '{ act = "server.quiet", is = 1 }'),
        (("criterion", 1, "acts", 0, "is"), "is", "0.5"),
        (("criterion", 1, "shows"), "shows", "[criterion.shows]"),
        (("criterion", 1, "shows", "act"), "act", '"server.talk"'),
        (("criterion", 1, "situation", 0, "when"), "when", "\"setting.pace == 'busy'\""),
        (("criterion", 1, "situation", 1, "excuse"), "excuse", "true"),
        (("criterion", 2, "situation", 0, "excuse"), "excuse", "false"),
    ],
)
def test_rubric_places(path: Path, key: str | None, value: str) -> None:
    """Every kind of key and value that a rubric uses is found where it stands."""
    assert places(RUBRIC)[path] == (key, value)


def test_each_element_stands_at_its_own_header() -> None:
    """The elements of an array of tables stand at different headers, and the array at the first."""
    found = find_positions(RUBRIC)
    starts = [found["criterion", index].value.start for index in range(3)]
    assert starts == [match.start() for match in re.finditer(r"^\[\[criterion\]\]", RUBRIC, re.MULTILINE)]
    assert found["criterion",].value.start == starts[0]


def test_dotted_and_quoted_keys() -> None:
    """A dotted key places each of its tables at its part; quotes belong to the span and not to the path."""
    assert places("a . \"b.\\u0063\".'d' = 1\na.e = 2") == {
        ("a",): ("a", "a"),
        ("a", "b.c"): ('"b.\\u0063"', '"b.\\u0063"'),
        ("a", "b.c", "d"): ("'d'", "1"),
        ("a", "e"): ("e", "2"),
    }


def test_header_after_its_sub_table() -> None:
    """A table that a longer header implied first moves to its own header."""
    assert places("[a.b]\n[ a ]")["a",] == ("a", "[ a ]")


def test_keys_that_look_like_values() -> None:
    """Keys of digits and dashes are split at dots, values are not."""
    assert places("1.2 = 3.4\n2024-01-01 = 1979-05-27 07:32:00 # noon") == {
        ("1",): ("1", "1"),
        ("1", "2"): ("2", "3.4"),
        ("2024-01-01",): ("2024-01-01", "1979-05-27 07:32:00"),
    }


def test_nested_arrays_with_comments() -> None:
    """Comments, line ends and a last comma inside nested arrays do not shift the indices."""
    text = 'x = [ # ]\n  [1, 2,], # "\r\n  [], {y = [{z = 3}]}\n]'
    assert {path: value for path, (_, value) in places(text).items() if len(path) > 1} == {
        ("x", 0): "[1, 2,]",
        ("x", 0, 0): "1",
        ("x", 0, 1): "2",
        ("x", 1): "[]",
        ("x", 2): "{y = [{z = 3}]}",
        ("x", 2, "y"): "[{z = 3}]",
        ("x", 2, "y", 0): "{z = 3}",
        ("x", 2, "y", 0, "z"): "3",
    }


def test_result_is_read_only() -> None:
    """Nobody can change what was found."""
    with pytest.raises(TypeError):
        find_positions("a = 1")["b",] = None  # type: ignore[index]  # the very thing that must fail


# --- by example: strings ---


@pytest.mark.parametrize(
    "written",
    [
        '"a # [ \\" \\\\"',
        "'C:\\'",
        '""',
        "''",
        '""""""',
        '"""a""b\\""" \\\\"""',
        '"""a"""""',
        "'''\na'b''c'''''",
        '"""\r\nx\\\r\n   y"""',
    ],
)
def test_string_ends(written: str) -> None:
    """A string ends at its own closing quotes, whatever stands inside and behind."""
    assert places(f'x = [{written}, \'"\']  # """') == {
        ("x",): ("x", f"[{written}, '\"']"),
        ("x", 0): (None, written),
        ("x", 1): (None, "'\"'"),
    }


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("x = 'a'", 5),
        ('x = "a"', 5),
        ("x = '''a'''", 7),
        ('x = """\na"""', 8),
        ('x = """\r\na"""', 9),
        ("x = 1", 4),
        ("x = [1]", 4),
    ],
)
def test_content(text: str, content: int) -> None:
    """The content of a string begins behind its quotes and a trimmed line end; other values have none."""
    assert find_positions(text)["x",].content == content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 'ab'", [5, 6, 7]),
        (r"x = 'a\b'", [5, 6, 7, 8]),
        (r'x = "\u00e4\U0001F600\tb"', [5, 11, 21, 23, 24]),
        ('x = """\nab"""', [8, 9, 10]),
        ('x = """\r\na\r\nb"""', [9, 10, 12, 13]),
        ('x = """a\\  \n  b\\\n"""', [7, 14, 17]),
        ("x = '''\r\n\\\r\n'''''", [9, 10, 12, 13, 14]),
        ('x = ""', [5]),
    ],
)
def test_offsets_in_strings(text: str, expected: list[int]) -> None:
    """Each character of a decoded string is found in the source, through escapes and folded line ends."""
    assert offsets(text) == expected


def test_offset_outside_a_string() -> None:
    """An index outside the string is kept inside its quotes, and what is no string has only a start."""
    text = "x = 'ab'\ny = 12\n['\"'.z]"
    found = find_positions(text)
    assert [offset_in_string(text, found["x",], index) for index in (-3, 99)] == [5, 7]
    assert offset_in_string(text, found["y",], 1) == text.index("12")
    assert offset_in_string(text, found['"',], 1) == text.index("'\"'")


# --- by example: looking up ---


def test_locate() -> None:
    """A path that is absent stands at its nearest ancestor, and nowhere if nothing of it is there."""
    found = find_positions(RUBRIC)
    assert locate(found, ("criterion", 1, "shows", "act")) is found["criterion", 1, "shows", "act"]
    assert locate(found, ("criterion", 1, "shows", "phase", 0)) is found["criterion", 1, "shows"]
    assert locate(found, ("criterion", 7, "id")) is found["criterion",]
    assert locate(found, ("version",)) is None
    assert locate(found, ()) is None


def test_line_and_column() -> None:
    r"""Only `\n` ends a line; other separators are characters like any other."""
    text = "a\u2028b\x0bc\r\nd\n"
    assert [line_and_column(text, offset) for offset in range(len(text) + 1)] == [
        *((1, column) for column in range(1, 8)),
        (2, 1),
        (2, 2),
        (3, 1),
    ]


# --- by example: robustness ---


@pytest.mark.parametrize("rest", ["y = ", "y = 'a", "y", "= 1", "[z", "y = [1, {", "\ufeffy = 1", "y = ]", "[]"])
def test_what_is_not_toml(rest: str) -> None:
    """Where the text stops being TOML, what stood before is returned and nothing is raised."""
    assert places(f"x = 1\n{rest}")["x",] == ("x", "1")


@settings(deadline=None)
@given(st.text(alphabet="a1.=,\"'\\u[]{}# \t\r\n\ufeffä"))
def test_any_text_is_survived(text: str) -> None:
    """No text at all makes it raise or hang, and every span lies inside the text."""
    for located in find_positions(text).values():
        assert 0 <= located.value.start < located.value.end <= len(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("x = " + "[" * 300 + "]" * 300, ("x",) + (0,) * 299),
        ("x = " + "{y = " * 200 + "1" + "}" * 200, ("x",) + ("y",) * 200),
    ],
)
def test_deep_nesting(text: str, path: Path) -> None:
    """What tomllib can follow by recursion is found to the bottom."""
    assert tomllib.loads(text)
    assert path in find_positions(text)


@pytest.mark.parametrize("rest", ["y = " + "[" * 50_000, "[" + "a." * 50_000 + "a]"], ids=["brackets", "header"])
def test_absurd_depth_costs_little(rest: str) -> None:
    """Paths that are too long to be meant end the search instead of filling the memory."""
    found = find_positions(f"x = 1\n{rest}")
    assert ("x",) in found
    assert max(map(len, found)) <= 1_000


@pytest.mark.parametrize(
    "unit",
    [
        "k{} = 1\n",
        "[[t]]\na.b = '{}'\n",
        "# \" ' {}\n",
        "k{} = [\n1, # ]\n]\n",
        '"k\\t{}" = """\\\n \\"" """\n',
    ],
    ids=["pairs", "tables", "comments", "arrays", "strings"],
)
def test_time_is_linear(unit: str) -> None:
    """A document of tens of thousands of statements takes moments; quadratic time would take minutes."""
    text = "".join(unit.format(index) for index in range(30_000))
    start = time.process_time()
    find_positions(text)
    assert time.process_time() - start < 10


# --- a small TOML writer that uses every form the language has ---

ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
GAPS = ("", " ", "\t", "\n", " # a ] } \" ''' comment\n  ")


def written_string(random: Random, value: str) -> str:
    """A string in one of the forms that can hold it."""
    forms = [f'"{escaped(random, value)}"', multiline_basic(random, value)]
    if not CONTROLS.search(value) and "'''" not in value:
        forms.append(f"'''{trimmed(random, value)}{value}'''")
        if not {"'", "\n"} & set(value):
            forms.append(f"'{value}'")
    return random.choice(forms)


def trimmed(random: Random, value: str) -> str:
    """The line end that a multi-line string may have behind its opening quotes, and sometimes must."""
    return "\n" if value.startswith("\n") else random.choice(["\n", ""])


def escaped(random: Random, value: str) -> str:
    """The inside of a one-line basic string, with more escapes than it needs."""
    return "".join(escaped_character(random, character) for character in value)


def escaped_character(random: Random, character: str) -> str:
    if random.random() < 0.1:
        return random.choice([f"\\U{ord(character):08X}", f"\\U{ord(character):08x}"])
    if character in ESCAPES:
        return ESCAPES[character]
    return f"\\u{ord(character):04x}" if CONTROLS.match(character) else character


def multiline_basic(random: Random, value: str) -> str:
    """A multi-line basic string with raw line ends and quotes where they may stand, and folded line ends."""
    written = ""
    for character in value:
        if character not in " \t\n" and random.random() < 0.1:
            written += random.choice(["\\\n", "\\  \n\n\t "])
        raw = character == "\n" or (character == '"' and not written.endswith('""'))
        written += character if raw else escaped_character(random, character)
    return f'"""{trimmed(random, written)}{written}"""'


def written_key(random: Random, name: str) -> str:
    """One part of a key, bare where possible."""
    forms = [f'"{escaped(random, name)}"']
    if not CONTROLS.search(name) and not {"'", "\n"} & set(name):
        forms.append(f"'{name}'")
    if re.fullmatch(r"[A-Za-z0-9_-]+", name):
        forms += [name] * 3
    return random.choice(forms)


def written_path(random: Random, path: list[str]) -> str:
    return random.choice([".", " . "]).join(written_key(random, name) for name in path)


def written_value(random: Random, value: Any) -> str:
    """A value in its inline form."""
    match value:
        case str():
            return written_string(random, value)
        case bool():
            return str(value).lower()
        case int():
            return random.choice([str(value), f"{value:+}", f"{value:_}"])
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case list():
            return written_array(random, value)
        case dict():
            pairs = (line for item in value.items() for line in written_pairs(random, [], *item))
            return random.choice(["{{{}}}", "{{ {} }}"]).format(random.choice([",", " , "]).join(pairs))
    return repr(value)


def written_array(random: Random, values: list[Any]) -> str:
    """An array with random line ends, comments and a last comma."""
    elements = [random.choice(GAPS) + written_value(random, value) + random.choice(GAPS) for value in values]
    last = random.choice(["", ","]) if values else ""
    return f"[{','.join(elements)}{last}{random.choice(GAPS)}]"


def written_pairs(random: Random, parents: list[str], name: str, value: Any) -> Iterator[str]:
    """`key = value`, or several pairs with dotted keys."""
    path = [*parents, name]
    if isinstance(value, dict) and value and random.random() < 0.3:
        for item in value.items():
            yield from written_pairs(random, path, *item)
    else:
        yield written_path(random, path) + random.choice(["=", " = "]) + written_value(random, value)


def written_table(random: Random, path: list[str], table: dict[str, Any], header: str = "") -> Iterator[str]:
    """The lines of a table: its header, its pairs and then what gets headers of its own."""
    apart = [name for name, value in table.items() if may_stand_apart(value) and random.random() < 0.6]
    within = [item for item in table.items() if item[0] not in apart]
    pairs = [line for item in within for line in written_pairs(random, [], *item)]
    if header.startswith("[[") or pairs or not apart or random.random() < 0.5:
        yield header
    yield from (random.choice(["", "\t"]) + line + random.choice(["", " # 'a'"]) for line in pairs)
    for name in apart:
        yield from written_apart(random, [*path, name], table[name])


def may_stand_apart(value: Any) -> bool:
    """Whether a value can be written with headers."""
    elements = value if isinstance(value, list) else [value]
    return bool(elements) and all(isinstance(element, dict) for element in elements)


def written_apart(random: Random, path: list[str], value: Any) -> Iterator[str]:
    """A table or an array of tables, with headers."""
    if isinstance(value, dict):
        yield from written_table(random, path, value, f"[{written_path(random, path)}]")
        return
    for element in value:
        yield from written_table(random, path, element, f"[[ {written_path(random, path)}]] # [c]")


# --- laws over random documents ---

CHARACTERS = st.one_of(st.sampled_from("\"'\\\n\r\t .#=[]{}a\u2028\x85"), st.characters(exclude_categories=["Cs"]))
STRINGS = st.text(CHARACTERS, max_size=12)
KEYS = st.one_of(st.sampled_from(["a", "b", "a-1", "1"]), STRINGS)
ZONES = st.none() | st.builds(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)), st.integers(-1_439, 1_439))
SCALARS = st.one_of(
    STRINGS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=ZONES),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(KEYS, inner, max_size=4),
        st.lists(st.dictionaries(KEYS, inner, max_size=3), max_size=3),
    ),
    max_leaves=15,
)

LAW = settings(deadline=None)  # how long a random document takes says nothing


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document with random content in random forms."""
    random = draw(st.randoms(use_true_random=False))
    lines = written_table(random, [], draw(st.dictionaries(KEYS, VALUES, max_size=5)))
    return random.choice(["\n", "\n\n"]).join(lines).replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def paths(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every path below a value, with what stands there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in items:
        yield (*path, part), inner
        yield from paths(inner, (*path, part))


@LAW
@given(documents())
@example(RUBRIC)
def test_law_exactly_the_paths_are_found(text: str) -> None:
    """The paths that are found are those of the document that tomllib reads."""
    assert set(find_positions(text)) == {path for path, _ in paths(tomllib.loads(text))}


@LAW
@given(documents())
@example(RUBRIC)
def test_law_value_spans_hold_the_values(text: str) -> None:
    """The span of a leaf, and of a container within an array, read alone gives the same value again."""
    found = find_positions(text)
    for path, value in paths(tomllib.loads(text)):
        located = found[path]
        if located.key is None or not isinstance(value, dict | list):
            again = tomllib.loads(f"x = {source(text, located.value)}")["x"]
            assert repr(again) == repr(value)  # repr: nan equals itself, and 1 is not True


@LAW
@given(documents())
@example(RUBRIC)
def test_law_key_spans_hold_the_names(text: str) -> None:
    """The span of a key read alone gives the last name of its path; an element has the name of its array."""
    for path, located in find_positions(text).items():
        name = next(part for part in reversed(path) if isinstance(part, str))
        if located.key is not None:
            assert tomllib.loads(f"{source(text, located.key)} = 1") == {name: 1}
        else:
            assert isinstance(path[-1], int)


@LAW
@given(documents())
@example(RUBRIC)
def test_law_offsets_cut_strings_into_characters(text: str) -> None:
    """Between the offsets of two neighbours in a decoded string stands the source of exactly the first."""
    for path, value in paths(tomllib.loads(text)):
        if isinstance(value, str):
            at = offsets(text, path)
            quote = text[find_positions(text)[path].value.start]
            pieces = [text[start:end] for start, end in pairwise(at)]
            decoded = [tomllib.loads(f"x = {quote * 3}\n{piece}{quote * 3}")["x"] for piece in pieces]
            assert decoded == list(value)
