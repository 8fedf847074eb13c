"""Parsing conditions: what there is, and that there is nothing else."""

from __future__ import annotations

import pytest

from palvelumittari.reading.conditions import MAX_LENGTH, parse_condition
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.reading.structure import Mismatch
from palvelumittari.records.condition import (
    Compare,
    Comparison,
    Connective,
    Count,
    Join,
    Literal,
    Name,
    Node,
    Not,
    Scope,
    Seen,
    Throughout,
    Values,
)

TALK, QUEUE = Name("talk"), Name("setting.queue")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("customer.regular", Name("customer.regular")),
        ("true", Literal(True)),
        ("False", Literal(False)),
        ("not customer.regular", Not(Name("customer.regular"))),
        ("talk < 0.3", Compare(TALK, Comparison.LESS, Literal(0.3))),
        ("talk <= -1", Compare(TALK, Comparison.AT_MOST, Literal(-1))),
        ("talk > 1 or talk >= 2", Join(Connective.OR, (
            Compare(TALK, Comparison.MORE, Literal(1)), Compare(TALK, Comparison.AT_LEAST, Literal(2)),
        ))),
        ("setting.pace == 'busy'", Compare(Name("setting.pace"), Comparison.EQUAL, Literal("busy"))),
        ('setting.pace != "busy"', Compare(Name("setting.pace"), Comparison.UNEQUAL, Literal("busy"))),
        ("setting.queue in [1, 2]", Compare(QUEUE, Comparison.IN, Values((Literal(1), Literal(2))))),
        ("setting.queue not in (1, true)", Compare(QUEUE, Comparison.NOT_IN, Values((Literal(1), Literal(True))))),
        ("1 < talk < 2", Join(Connective.AND, (
            Compare(Literal(1), Comparison.LESS, TALK), Compare(TALK, Comparison.LESS, Literal(2)),
        ))),
        ("ever(talk < 1)", Throughout(Scope.EVER, Compare(TALK, Comparison.LESS, Literal(1)))),
        ("always(talk < 1)", Throughout(Scope.ALWAYS, Compare(TALK, Comparison.LESS, Literal(1)))),
        ("seen('customer.bid')", Seen(parse_selector("customer.bid"))),
        ("count('customer.bid') > 1", Compare(Count(parse_selector("customer.bid")), Comparison.MORE, Literal(1))),
    ],
)  # fmt: skip
def test_all_there_is(text: str, node: Node) -> None:
    """Fields, readings, comparisons, connectives, literals and four functions."""
    assert parse_condition(text).root == node


def test_a_condition_knows_what_it_names() -> None:
    """Names and selectors at every depth, and the characters of each node."""
    condition = parse_condition(
        "  not (ever(talk < 0.3) and seen('customer.bid | companion.bid')) or phase in ['opening'] "
    )
    assert str(condition).startswith("not (")
    assert condition.names == {"talk", "phase"}
    assert [str(selector) for selector in condition.selectors] == ["customer.bid | companion.bid"]
    spans = {condition.text[node.start : node.end] for node in condition.nodes()}
    assert {"talk", "talk < 0.3", "ever(talk < 0.3)", "seen('customer.bid | companion.bid')", "['opening']"} <= spans


@pytest.mark.parametrize(
    ("text", "what", "wrong"),
    [
        ("__import__('os')", "`__import__` is no function here", "__import__('os')"),
        ("sen('customer.bid')", "`sen` is no function here", "sen('customer.bid')"),
        ("__import__('os').system('true')", "`__import__` is no function here", "__import__('os')"),
        ("__import__('os').name == 1", "`__import__` is no function here", "__import__('os')"),
        ("talk in [__import__('os')]", "`__import__` is no function here", "__import__('os')"),
        ("talk == 1 + open('x').read()", "`open` is no function here", "open('x')"),
        ("open()()", "`open` is no function here", "open()"),
        ("talk.bit_length()", "`talk.bit_length` is no function here", "talk.bit_length()"),
        ("seen('customer.bid')()", "`this` is no function here", "seen('customer.bid')()"),
        ("seen('customer.bid').talk()", "only the fields of the record can be read", "seen('customer.bid').talk"),
        ("(lambda: 1)()", "`this` is no function here", "(lambda: 1)()"),
        ("().__class__", "only the fields of the record can be read", "().__class__"),
        ("'a'.upper", "only the fields of the record can be read", "'a'.upper"),
        ("ever()", "`ever` takes exactly one argument", "ever()"),
        ("ever(talk, talk)", "`ever` takes exactly one argument", "ever(talk, talk)"),
        ("ever(x=1)", "`ever` takes exactly one argument", "ever(x=1)"),
        ("ever(*talk)", "this is not part of the condition language", "*talk"),
        ("seen(talk)", 'a selector in quotes belongs here, as in seen("customer.headphones")', "talk"),
        ("seen(1)", 'a selector in quotes belongs here, as in seen("customer.headphones")', "1"),
        ("seen(' custmer.bid')", "`custmer` is no actor", "custmer"),
        ("talk is 1", "`is` is no comparison here", "talk is 1"),
        ("talk + 1", "this is not part of the condition language", "talk + 1"),
        ("9 ** 9 ** 9", "this is not part of the condition language", "9 ** 9 ** 9"),
        ("-talk < 1", "this is not part of the condition language", "talk"),
        ("--1 < 1", "this is not part of the condition language", "-1"),
        ("-'a' == 1", "this is not part of the condition language", "'a'"),
        ("+1 < 1", "this is not part of the condition language", "+1"),
        ("-true == 1", "this is not part of the condition language", "true"),
        ("lambda: 1", "this is not part of the condition language", "lambda: 1"),
        ("[x for x in y]", "this is not part of the condition language", "[x for x in y]"),
        ("ever(x for x in y)", "this is not part of the condition language", "(x for x in y)"),
        ("(x := 1)", "this is not part of the condition language", "x := 1"),
        ("f'{talk}'", "this is not part of the condition language", "f'{talk}'"),
        ("1 if talk else 2", "this is not part of the condition language", "1 if talk else 2"),
        ("talk[0]", "this is not part of the condition language", "talk[0]"),
        ("{1: 2}", "this is not part of the condition language", "{1: 2}"),
        ("talk in [[1]]", "this is not part of the condition language", "[1]"),
        ("talk in [setting.queue]", "this is not part of the condition language", "setting.queue"),
        ("b'a'", "this is not part of the condition language", "b'a'"),
        ("1j", "this is not part of the condition language", "1j"),
        ("...", "this is not part of the condition language", "..."),
        ("None", "this is not part of the condition language", "None"),
        ("talk < 1e999", "this number is too large", "1e999"),
        ("talk < 1" + "0" * 900, "this number is too large", "1" + "0" * 900),
        ("seen('customer.bid') #lengthened", "a comment in a condition", "#lengthened"),
        ("talk = 1", "this cannot be read as a condition", "="),
        ("talk <", "this cannot be read as a condition", "<"),
        ("ääni = = 1", "this cannot be read as a condition", "="),
        ("import os", "this cannot be read as a condition", "i"),
        ("talk < 1;", "this cannot be read as a condition", ";"),
        ("talk\n< 1", "a condition stands on one line", "\n"),
        ("talk\r< 1", "a condition stands on one line", "\r"),
        ("talk\0", "a condition stands on one line", "\0"),
        ("talk == '\ud800'", "a condition stands on one line", "\ud800"),
    ],
)
def test_there_is_nothing_else(text: str, what: str, wrong: str) -> None:
    """Each refusal points at the wrong characters."""
    with pytest.raises(Mismatch) as caught:
        parse_condition(text)
    assert caught.value.span is not None
    source, start, end = caught.value.span
    assert (caught.value.what, source[start:end]) == (what, wrong)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the condition is empty"),
        ("  ", "the condition is empty"),
        ("1" * (MAX_LENGTH + 1), "the condition is too long"),
        ("a" + ".b" * 490, None),
        ("not " * 240 + "true", None),
        ("(" * 400 + "1" + ")" * 400, "this cannot be read as a condition"),
    ],
)
def test_extremes_are_read_or_refused(text: str, what: str | None) -> None:
    """Whatever Python's parser makes of depth, it stays a refusal."""
    try:
        parse_condition(text)
    except Mismatch as error:
        assert what is None or error.what == what
    else:
        assert what is None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("import_it('a')", None),
        ("talk = 1", "compare with =="),
        ("sean('customer.bid')", "did you mean `seen`?"),
        ("talk && queue", "write and"),
        ("talk || queue", "write or"),
        ("!talk", "write not"),
        ("talk is 1", "use =="),
        ("seen('customer.bid') #a", "a #tag stands inside the quotes of a selector"),
        ("seen('custmer.bid')", "did you mean `customer`?"),
    ],
)
def test_common_slips_have_a_hint(text: str, hint: str | None) -> None:
    """Habits from other languages above all."""
    with pytest.raises(Mismatch) as caught:
        parse_condition(text)
    assert caught.value.hint == hint


def test_nothing_warns() -> None:
    """Python would warn of odd escapes and of `is` with a literal; an expert with a rubric has no use for that."""
    parse_condition(r"setting.pace == 'a\d'")
    with pytest.raises(Mismatch):
        parse_condition("1 is 1")


def test_depth_beyond_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python itself gives up, or we do."""

    def give_up(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("palvelumittari.reading.conditions.ast.parse", give_up)
    with pytest.raises(Mismatch, match="fewer parentheses"):
        parse_condition("talk < 0.123")
    monkeypatch.undo()
    monkeypatch.setattr("palvelumittari.reading.conditions._Parser.read", give_up)
    with pytest.raises(Mismatch, match="fewer parentheses"):
        parse_condition("talk < 0.1234")
