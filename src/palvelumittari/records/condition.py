"""Conditions: the syntax tree of the small expression language in `when`, `while`, `once` and `until`.

Meaning (three-valued) is given by the reference interpreter; parsing and checking by the reading floor.
Every node knows the half-open range of its characters in the condition's text, for carets.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

import attrs

from palvelumittari.records.selector import Selector

Scalar = str | float | int | bool


class Comparison(StrEnum):
    """The comparisons."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    IN = "in"
    NOT_IN = "not in"


class Connective(StrEnum):
    """How several conditions join."""

    AND = "and"
    OR = "or"


class Scope(StrEnum):
    """Over which moments an inner condition is asked."""

    EVER = "ever"
    ALWAYS = "always"


@attrs.frozen
class Literal:
    """A number, a text, true or false."""

    value: Scalar
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return ()


@attrs.frozen
class Values:
    """A list of literals, to the right of `in`."""

    values: tuple[Literal, ...]
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return self.values


@attrs.frozen
class Name:
    """A context field (`setting.queue`), a reading (`talk`) or `phase`; which one is the vocabulary's to say."""

    name: str
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return ()


@attrs.frozen
class Seen:
    """`seen("customer.headphones")`: whether a matching event was noted."""

    selector: Selector
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return ()


@attrs.frozen
class Count:
    """`count("customer.ask")`: how many matching events were noted."""

    selector: Selector
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return ()


@attrs.frozen
class Compare:
    """One comparison of two values."""

    left: Node
    comparison: Comparison
    right: Node
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return (self.left, self.right)


@attrs.frozen
class Not:
    """The reverse of a condition; the reverse of unknown is unknown."""

    inner: Node
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return (self.inner,)


@attrs.frozen
class Join:
    """Conditions joined by `and` or by `or`."""

    connective: Connective
    inner: tuple[Node, ...]
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return self.inner


@attrs.frozen
class Throughout:
    """`ever(...)` or `always(...)`: the inner condition at the start and after every event."""

    scope: Scope
    inner: Node
    start: int = attrs.field(default=0, kw_only=True, eq=False)
    end: int = attrs.field(default=0, kw_only=True, eq=False)

    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        return (self.inner,)


Node = Literal | Values | Name | Seen | Count | Compare | Not | Join | Throughout


@attrs.frozen
class Condition:
    """A parsed condition with the text it was parsed from."""

    text: str
    root: Node = attrs.field(eq=False)

    def nodes(self) -> Iterator[Node]:
        """Every node, outer before inner."""
        waiting: list[Node] = [self.root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.parts()))

    @cached_property
    def names(self) -> frozenset[str]:
        """The fields and readings it names, and `phase` if it does."""
        return frozenset(node.name for node in self.nodes() if isinstance(node, Name))

    @property
    def selectors(self) -> tuple[Selector, ...]:
        """The selectors of its `seen` and `count`."""
        return tuple(node.selector for node in self.nodes() if isinstance(node, Seen | Count))

    def __str__(self) -> str:
        return self.text
