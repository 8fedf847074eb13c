"""Source in the making: lines and blocks of Python, and the constants that they name.

No text of a rubric, a vocabulary or a plugin ever gets into the source. Whatever is not ours enters the generated
function as a constant, by a name such as `K12`; every other name is made of our own words and a number.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import attrs

INDENT = "    "


@attrs.define
class Source:
    """Lines of Python that are written one after another, at some depth of indentation."""

    lines: list[str] = attrs.field(factory=list)
    depth: int = 0

    def line(self, text: str) -> None:
        """Add one line at the present depth."""
        self.lines.append(INDENT * self.depth + text)

    def block(self, head: str) -> Block:
        """What is written inside stands under `head` and a colon; an empty block gets a `pass`."""
        self.line(f"{head}:")
        return Block(self, len(self.lines))

    def picking(self, index: str, indices: str, test: str) -> Block:
        """What is written inside is done for each of some events that passes a test."""
        self.line(f"for {index} in {indices}:")
        self.lines.append(f"{INDENT * (self.depth + 1)}if {test}:")
        return Block(self, len(self.lines), 2)

    def join(self, other: Source) -> None:
        """Add the lines of another source at the present depth."""
        self.lines.extend(INDENT * self.depth + line for line in other.lines)

    @property
    def text(self) -> str:
        """The source as one text."""
        return "\n".join(self.lines) + "\n"


@attrs.frozen
class Block:
    """A block that is being written."""

    source: Source
    start: int
    deeper: int = 1

    def __enter__(self) -> None:
        self.source.depth += self.deeper

    def __exit__(self, *_: object) -> None:
        if len(self.source.lines) == self.start:
            self.source.line("pass")
        self.source.depth -= self.deeper


@attrs.define
class Constants:
    """What the source names but does not hold. Equal constants of one type share a name."""

    values: dict[str, Any] = attrs.field(factory=dict)
    _names: dict[tuple[type, Hashable], str] = attrs.field(factory=dict)

    def name(self, value: Hashable) -> str:
        """The name of a constant."""
        key = (type(value), value)
        if key not in self._names:
            self._names[key] = self.add(value)
        return self._names[key]

    def add(self, value: Any) -> str:
        """A new name for a constant that cannot be hashed, or that is itself and no other."""
        name = f"K{len(self.values)}"
        self.values[name] = value
        return name
