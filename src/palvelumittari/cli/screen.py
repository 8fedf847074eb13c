"""What stands on the screen: coloured and as wide as the terminal, or plain and 100 wide where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import attrs
import click
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from palvelumittari.reading.excerpts import printable
from palvelumittari.records.verdict import Band
from palvelumittari.report.figures import CELLS, score_bar

PLAIN_WIDTH = 100
"""How wide text is where nobody's terminal says otherwise."""

WIDEST = 120
"""Longer lines are hard to read, however wide the terminal is."""

NARROWEST = 20
"""No text is squeezed into less, however narrow the terminal is."""

_CELLS = ((90, CELLS), (70, CELLS // 2), (0, CELLS // 4))
"""How many cells a bar has from which width of the screen on."""

_STYLES = {
    Band.VERY_GOOD: "bold green",
    Band.GOOD: "green",
    Band.NEUTRAL: "yellow",
    Band.POOR: "red",
    Band.VERY_POOR: "bold red",
    None: "dim",
}


def band_style(band: Band | None) -> str:
    """The colour of a band; of no score, if `None`."""
    return _STYLES[band]


def clean(text: str) -> str:
    """A text on one line, without what would move the cursor or change the terminal."""
    return printable(text.replace("\n", " ").replace("\t", " "))


def styled(text: str, style: str = "") -> Text:
    """A clean text in one style."""
    return Text(clean(text), style)


def joined(*parts: str | Text) -> Text:
    """Pieces of text as one; those that are plain strings are cleaned."""
    return Text.assemble(*(part if isinstance(part, Text) else styled(part) for part in parts))


@attrs.frozen
class Screen:
    """Writes to standard output."""

    console: Console

    @property
    def is_terminal(self) -> bool:
        """Whether somebody watches, so that colours and boxes are welcome."""
        return self.console.is_terminal

    @property
    def width(self) -> int:
        """How many characters a line may have."""
        return self.console.width

    def line(self, *parts: str | Text, indent: int = 0, hang: int | None = None) -> None:
        """A paragraph, wrapped; its first line stands at `indent`, the others at `hang` (default: the same)."""
        for piece in self.wrapped(joined(*parts), self.width, indent, indent if hang is None else hang):
            self.show(piece, is_wrapped=True)

    def wrapped(self, text: Text, width: int, indent: int = 0, hang: int = 0) -> Iterator[Text]:
        """A text as lines of at most `width`, the first at `indent`, the others at `hang`."""
        first, *others = text.wrap(self.console, max(NARROWEST, width - indent)) or [Text()]
        yield joined(" " * indent, first)
        if others:
            rest = text[len(first.plain.rstrip()) :]
            rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
            for piece in rest.wrap(self.console, max(NARROWEST, width - hang)):
                yield joined(" " * hang, piece)

    def verbatim(self, *parts: str | Text, indent: int = 0) -> None:
        """A line as it is, however long, so that it can be copied."""
        self.show(joined(" " * indent, *parts), is_wrapped=True)

    def blank(self) -> None:
        """An empty line."""
        self._write("\n")

    def heading(self, text: str, indent: int = 0) -> None:
        """A line that names what follows."""
        self.line(styled(text, "bold"), indent=indent)

    def bar(self, score: float | None, band: Band | None) -> Text:
        """A score as a bar in the colour of its band."""
        cells = next(cells for width, cells in _CELLS if self.width >= width)
        full, empty = score_bar(score, cells)
        block, dot = self._cells()
        return Text.assemble((block * full, band_style(band)), (dot * empty, "dim"))

    def table(self, *columns: str, rows: Iterable[Iterable[str | Text]], fixed: Iterable[int] = ()) -> None:
        """Rows under a head; columns whose index is in `fixed` are never broken. Empty heads are left out."""
        is_headed = any(columns)
        table = Table(box=box.SIMPLE_HEAD if self.is_terminal and is_headed else None, show_header=is_headed)
        table.pad_edge = False
        for number, name in enumerate(columns):
            table.add_column(styled(name, "bold"), no_wrap=number in fixed, overflow="fold")
        for row in rows:
            table.add_row(*(joined(cell) for cell in row))
        self.show(table)

    def show(self, thing: RenderableType, *, is_wrapped: bool = False) -> None:
        """Anything that rich can render; `is_wrapped` says that its lines are short enough already."""
        with self.console.capture() as captured:
            self.console.print(thing, soft_wrap=is_wrapped)
        self._write("".join(f"{line.rstrip()}\n" for line in captured.get().removesuffix("\n").split("\n")))

    def _cells(self) -> tuple[str, str]:
        is_wide = self.console.encoding.startswith("utf")
        return ("\N{FULL BLOCK}", "\N{LIGHT SHADE}") if is_wide else ("#", ".")

    def _write(self, text: str) -> None:
        click.echo(text, nl=False, color=self.is_terminal)


def make_screen() -> Screen:
    """The screen of this process: standard output as it is now."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST) if console.is_terminal else PLAIN_WIDTH
    return Screen(console)
