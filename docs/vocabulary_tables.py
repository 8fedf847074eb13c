"""Tables of the vocabulary and the readings, made from the files that ship, so that the pages never go stale.

    ```{act-table} speech
    ```

`act-table` shows the acts of a modality; `group-table`, `tag-table`, `field-table` and `reading-table` take no
argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import palvelumittari as pm

RUBRICS = Path(__file__).parent.parent / "rubrics"
_STAFF = {pm.Actor.SERVER, pm.Actor.COLLEAGUE}


@cache
def core() -> pm.Meter:
    """A meter without plugins: what the core itself declares."""
    return pm.Meter(installed=False)


class _Table(SphinxDirective):
    """A table whose cells are Markdown."""

    file = "vocabulary.toml"
    head: ClassVar[tuple[str, ...]]

    def rows(self) -> Iterable[tuple[str, ...]]:
        """The cells of each row."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """The table, written as Markdown and parsed by MyST."""
        self.env.note_dependency(str(RUBRICS / self.file))
        lines = [_row(self.head), _row(["---"] * len(self.head)), *map(_row, self.rows())]
        box = nodes.container(classes=["vocabulary"])
        self.state.nested_parse(StringList(lines, source=self.file), 0, box)
        return [box]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(names: Iterable[Any]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _title(text: pm.Text) -> str:
    return text.said_in("en")


def _titles(text: pm.Text) -> str:
    return " · ".join(text.said_in(language) for language in ("en", "fi", "sv"))


# --- acts -------------------------------------------------------------------------------------------------------


class ActTable(_Table):
    """The acts of one modality; an act of two stands under the first."""

    required_arguments = 1
    head = ("act", "title", "kind of", "who", "what counts as it")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Id, title in three languages, parents, actors, the note for observers."""
        wanted = pm.Modality(self.arguments[0])
        for act in core().vocabulary.acts.values():
            if not act.is_group and _first_modality(act) is wanted:
                name = f"`{act.id}`" + (" (core)" if act.core else "")
                yield name, _titles(act.title), _code(act.kind_of), _who(act), _note(act)


def _first_modality(act: Any) -> pm.Modality:
    return next(each for each in pm.Modality if each in act.modalities)


def _note(act: Any) -> str:
    note = _title(act.note) if act.note else ""
    also = sorted(act.modalities - {_first_modality(act)})
    return f"{note} Perceived as {', '.join(also)}, too." if also else note


def _who(act: Any) -> str:
    by = set(act.by)
    if by >= set(pm.Actor) - {pm.Actor.SYSTEM}:
        return "anybody"
    words = ["staff"] if by >= _STAFF else []
    return ", ".join(words + [each for each in pm.Actor if each in by - (_STAFF if words else set())])


class GroupTable(_Table):
    """The groups of acts."""

    head = ("group", "meaning", "selects, with their kinds")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Id, title, members."""
        for act in core().vocabulary.acts.values():
            if act.is_group:
                yield f"`{act.id}`", _title(act.title), _code(act.members)


# --- tags, fields, readings -------------------------------------------------------------------------------------


class TagTable(_Table):
    """The tags."""

    head = ("tag", "meaning")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Id and title in three languages."""
        for tag in core().vocabulary.tags.values():
            yield f"`#{tag.id}`", _titles(tag.title)


class FieldTable(_Table):
    """The declared fields of the context."""

    head = ("field", "meaning", "value")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Name, title, what a value must be."""
        for field in core().vocabulary.fields.values():
            value = _code(field.values) if field.values else field.expected + (f", {field.unit}" if field.unit else "")
            yield f"`{field.name}`", _title(field.title) or "built in", value


class ReadingTable(_Table):
    """The readings with their cues."""

    file = "readings.toml"
    head = ("reading", "from and to", "starts at", "cues, the first that matches an event")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Id and title, range, starts, cues."""
        for reading in core().catalog.terms.readings.values():
            low, high = reading.range
            starts = [f"{start.set:g} if `{start.when}`" for start in reading.starts]
            starts += [f"`{reading.from_field}`"] if reading.from_field else []
            cues = [f"`{cue.on}` {_move(cue)}" for cue in reading.cues]
            name = f"`{reading.id}`: {_title(reading.title)}"
            yield name, f"{low:g} to {high:g}", "; ".join([*starts, f"{reading.start:g}"]), "; ".join(cues)


def _move(cue: Any) -> str:
    if cue.set is not None:
        return f"→ {cue.set:g}"
    return f"{cue.add:+g}".replace("-", "−") if cue.add else "moves nothing"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    tables = {
        "act-table": ActTable,
        "group-table": GroupTable,
        "tag-table": TagTable,
        "field-table": FieldTable,
        "reading-table": ReadingTable,
    }
    for name, directive in tables.items():
        app.add_directive(name, directive)
    return {"version": "1", "parallel_read_safe": True}
