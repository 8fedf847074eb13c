"""Parsing conditions: the syntax is a small part of Python's own expressions, so Python's parser reads it.

Only the nodes listed here get through. Everything else (calls, attributes, arithmetic, comprehensions, ...) is
refused with a caret, so a condition can never run anything.
"""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache
from typing import NoReturn

from palvelumittari.reading.selectors import parse_selector
from palvelumittari.reading.structure import Mismatch
from palvelumittari.records.condition import (
    Compare,
    Comparison,
    Condition,
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
from palvelumittari.records.selector import Selector
from palvelumittari.words.errors import did_you_mean

MAX_LENGTH = 1000
"""Characters in one condition: far more than anybody can read."""

MAX_NUMBER = 10**12
"""No field, reading or count comes near it."""

# Line ends of any kind, for carets count in one line; a null, at which Python stops; half of a surrogate pair.
_ODD = re.compile("[\n\r\f\v\0\ud800-\udfff]")

_COMPARISONS: dict[type[ast.cmpop], Comparison] = {
    ast.Eq: Comparison.EQUAL,
    ast.NotEq: Comparison.UNEQUAL,
    ast.Lt: Comparison.LESS,
    ast.LtE: Comparison.AT_MOST,
    ast.Gt: Comparison.MORE,
    ast.GtE: Comparison.AT_LEAST,
    ast.In: Comparison.IN,
    ast.NotIn: Comparison.NOT_IN,
}
_HINTS = (("=", "compare with =="), ("&", "write and"), ("|", "write or"), ("!", "write not"), ("?", "leave the ? out"))
_FUNCTIONS = ("ever", "always", "seen", "count")
_WORDS = {"true": True, "false": False, "True": True, "False": False}
_ALLOWED = (
    "fields such as setting.queue, readings, phase, comparisons, in, and, or, not, literals, "
    'ever(...), always(...), seen("actor.act") and count("actor.act")'
)


class _Parser:
    """Turns Python's tree into ours; knows the text, for carets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.encoded = text.encode()

    def column(self, byte_offset: int) -> int:
        return len(self.encoded[:byte_offset].decode(errors="ignore"))

    def span(self, node: ast.expr) -> tuple[int, int]:
        return self.column(node.col_offset), self.column(node.end_col_offset or node.col_offset + 1)

    def refuse(self, node: ast.expr, what: str, *, hint: str | None = None) -> NoReturn:
        raise Mismatch(_ALLOWED, self.text, what=what, hint=hint, span=(self.text, *self.span(node)))

    def refuse_calls(self, node: ast.expr) -> None:
        """Refuse the first call of something that is no function, wherever it stands, by its name."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call):
                self.call(inner)

    def read(self, node: ast.expr) -> Node:
        """The node for one Python expression; refuses what is not part of the language."""
        match node:
            case ast.BoolOp():
                return self.join(node)
            case ast.UnaryOp(op=ast.Not()):
                start, end = self.span(node)
                return Not(self.read(node.operand), start=start, end=end)
            case ast.Compare():
                return self.comparisons(node)
            case ast.Call():
                return self.call(node)
            case ast.List() | ast.Tuple():
                return self.values(node)
            case ast.Name() | ast.Attribute():
                return self.name(node)
            case _:
                return self.literal(node)

    def join(self, node: ast.BoolOp) -> Join:
        start, end = self.span(node)
        connective = Connective.AND if isinstance(node.op, ast.And) else Connective.OR
        return Join(connective, tuple(map(self.read, node.values)), start=start, end=end)

    def comparisons(self, node: ast.Compare) -> Node:
        start, end = self.span(node)
        sides = [node.left, *node.comparators]
        pairs = []
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            if type(operator) not in _COMPARISONS:
                self.refuse(node, "`is` is no comparison here", hint="use ==")
            comparison = _COMPARISONS[type(operator)]
            pairs.append(Compare(self.read(left), comparison, self.read(right), start=start, end=end))
        return pairs[0] if len(pairs) == 1 else Join(Connective.AND, tuple(pairs), start=start, end=end)

    def call(self, node: ast.Call) -> Node:
        start, end = self.span(node)
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name not in _FUNCTIONS:
            shown = self.called(node.func)
            self.refuse(node, f"`{shown}` is no function here", hint=did_you_mean(shown, _FUNCTIONS))
        if len(node.args) != 1 or node.keywords:
            self.refuse(node, f"`{name}` takes exactly one argument")
        if name in ("seen", "count"):
            selector = self.selector(node.args[0])
            kind = Seen if name == "seen" else Count
            return kind(selector, start=start, end=end)
        return Throughout(Scope(name), self.read(node.args[0]), start=start, end=end)

    def called(self, node: ast.expr) -> str:
        """The name of what is called; refuses what calls something that is no function itself to get at it."""
        found = self.read(node) if isinstance(node, ast.Name | ast.Attribute | ast.Call) else None
        return found.name if isinstance(found, Name) else "this"

    def selector(self, node: ast.expr) -> Selector:
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            self.refuse(node, 'a selector in quotes belongs here, as in seen("customer.headphones")')
        try:
            return parse_selector(node.value)
        except Mismatch as error:
            start, end = self.span(node)
            inner = error.span or ("", 0, 0)
            begin = start + 1 + len(node.value) - len(node.value.lstrip())
            span = (self.text, min(end, begin + inner[1]), min(end, begin + inner[2]))
            raise Mismatch(error.expected, self.text, what=error.what, hint=error.hint, span=span) from None

    def values(self, node: ast.List | ast.Tuple) -> Values:
        start, end = self.span(node)
        items = tuple(map(self.literal, node.elts))
        return Values(items, start=start, end=end)

    def name(self, node: ast.Name | ast.Attribute) -> Node:
        start, end = self.span(node)
        parts: list[str] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            parts.insert(0, inner.attr)
            inner = inner.value
        if not isinstance(inner, ast.Name):
            self.refuse_calls(inner)
            self.refuse(node, "only the fields of the record can be read")
        if not parts and inner.id in _WORDS:
            return Literal(_WORDS[inner.id], start=start, end=end)
        return Name(".".join([inner.id, *parts]), start=start, end=end)

    def literal(self, node: ast.expr) -> Literal:
        start, end = self.span(node)
        sign = 1
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            sign, node = -1, node.operand
        if isinstance(node, ast.Name) and node.id in _WORDS and sign == 1:
            return Literal(_WORDS[node.id], start=start, end=end)
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            if abs(value) > MAX_NUMBER:
                self.refuse(node, "this number is too large", hint=f"numbers go to {MAX_NUMBER:,}")
            return Literal(sign * value, start=start, end=end)
        if not isinstance(value, bool | str) or sign == -1:
            self.refuse_calls(node)
            self.refuse(node, "this is not part of the condition language")
        return Literal(value, start=start, end=end)


def _tree(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise Mismatch(f"at most {MAX_LENGTH} characters", text, what="the condition is too long")
    if not text:
        raise Mismatch("a condition", text, what="the condition is empty", hint="leave the key out")
    odd = _ODD.search(text)
    if odd:
        raise Mismatch("one line of plain text", text, what="a condition stands on one line", span=(text, *odd.span()))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise _unreadable(text, error) from None
    except (RecursionError, MemoryError):
        raise Mismatch("fewer parentheses", text, what="the condition is nested too deeply") from None


def _unreadable(text: str, error: SyntaxError) -> Mismatch:
    start = min(error.offset or len(text), len(text)) - 1  # no offset: something is missing at the end
    hint = next((hint for mark, hint in _HINTS if text.startswith(mark, start)), None)
    return Mismatch(_ALLOWED, text, what="this cannot be read as a condition", hint=hint, span=(text, start, start + 1))


def _check_rest(text: str, end: int) -> None:
    """Refuse a comment: a tag written behind the quotes of a selector would silently count for nothing."""
    start = text.find("#", end)
    if start >= 0:
        hint = "a #tag stands inside the quotes of a selector"
        raise Mismatch(_ALLOWED, text, what="a comment in a condition", hint=hint, span=(text, start, len(text)))


@lru_cache(maxsize=4096)
def parse_condition(text: str) -> Condition:
    """A condition from its text; raises `Mismatch` with the wrong characters otherwise.

    Characters count in the text without the blanks around it.

    >>> sorted(parse_condition("ever(talk < 0.3) and setting.queue == 0").names)
    ['setting.queue', 'talk']
    """
    text = text.strip()
    tree = _tree(text)
    parser = _Parser(text)
    _check_rest(text, parser.span(tree)[1])
    try:
        return Condition(text, parser.read(tree))
    except RecursionError:
        raise Mismatch("fewer parentheses", text, what="the condition is nested too deeply") from None
