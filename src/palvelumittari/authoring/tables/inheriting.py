"""The rows of a table that are not the rubric's own: edited ones become overrides, missing ones are dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from palvelumittari.authoring.tables.blocks import Block
from palvelumittari.authoring.tables.changes import Path, difference
from palvelumittari.authoring.tables.columns import MEASURE, ROW, Column
from palvelumittari.authoring.tables.sheet import Cell, Sheet
from palvelumittari.reading.lineage import Entry, Files, all_entries, check_lineage, entries
from palvelumittari.reading.rubric_file import RubricDocument, RubricFile
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.records.measure import MEASURES
from palvelumittari.words.errors import Problem, did_you_mean
from palvelumittari.words.frozen import FrozenMap, thaw
from palvelumittari.words.text import Text


@attrs.define
class Inheritance:
    """What a table says of its parents' criteria, and which blocks are its own.

    `placed` are the blocks with the path in the document under which their values stand.
    """

    own: list[Block] = attrs.field(factory=list)
    override: dict[str, Any] = attrs.field(factory=dict)
    drop: list[str] = attrs.field(factory=list)
    placed: list[tuple[Path, Block]] = attrs.field(factory=list)
    notes: list[str] = attrs.field(factory=list)
    problems: dict[Cell, Problem] = attrs.field(factory=dict)


def inherit(sheet: Sheet, blocks: Iterable[Block], head: Mapping[str, Any], files: Files) -> Inheritance:
    """The rows of a table sorted into own criteria, overrides and drops.

    A criterion whose id names another rubric is inherited: where its row differs from what the parents say, it becomes
    an override. Once a table shows inherited criteria, those that it leaves out are dropped.
    """
    before, standing = _parents(head, files)
    inheriting = _Inheriting(sheet, head, before)
    for block in blocks:
        inheriting.block(block)
    inheriting.leave_out(standing)
    return inheriting.found


def _parents(head: Mapping[str, Any], files: Files) -> tuple[Mapping[str, Entry] | None, Iterable[str]]:
    """All criteria of the parents, and the ids of those that come down; `None` if the parents are not in order."""
    extends, name = head.get("extends", []), head.get("id")
    if not isinstance(name, str) or not (isinstance(extends, list) and all(isinstance(one, str) for one in extends)):
        return None, ()
    document = RubricDocument(schema=1, id=name, version="", title=Text(FrozenMap()), extends=tuple(extends))
    rubric = RubricFile(file=TomlFile("", "", {}), document=document)
    if any(check_lineage(rubric, {**files, name: rubric})):
        return None, ()
    return all_entries(extends, files), tuple(entries(extends, files))


class _Inheriting:
    """Goes through the blocks once. `seen` are the criteria of parents about which the table says something."""

    def __init__(self, sheet: Sheet, head: Mapping[str, Any], before: Mapping[str, Entry] | None) -> None:
        self.sheet, self.head, self.before = sheet, head, before
        self.found = Inheritance()
        self.seen: dict[str, Block] = {}
        self.is_whole = False
        self.heads = 0

    def refuse(self, cell: Cell, what: str, hint: str | None = None) -> None:
        self.found.problems.setdefault(cell, Problem(what, self.sheet.place(cell), hint=hint))

    def block(self, block: Block) -> None:
        name = block.record.get("id")
        if block.kind == "rubric":
            self.heads += 1
            if self.heads > 1:
                cell = self.sheet.cell(block.row, Column(ROW))
                self.refuse(cell, "this is another row `rubric`, and there is one already", "a table holds one rubric")
        elif block.kind == "criterion" and not self.is_inherited(name):
            self.found.own.append(block)
        elif self.is_new(block, name):
            _BY_KIND[block.kind](self, block, str(name))

    def is_inherited(self, name: object) -> bool:
        return isinstance(name, str) and "/" in name and not name.startswith(f"{self.head.get('id')}/")

    def is_new(self, block: Block, name: object) -> bool:
        """Whether a row names a criterion of a parent that no row above has named."""
        cell = self.sheet.cell(block.row, Column("id"))
        if not isinstance(name, str):
            self.refuse(cell, "the criterion is not named", "write its id in full, such as service/greeting")
        elif name in self.seen and {block.kind, self.seen[name].kind} != {"drop", "override"}:
            self.refuse(cell, f"`{name}` stands in row {self.seen[name].row}, too", "leave one out")
        elif self.before is not None and name not in self.before and block.kind == "criterion":
            hint = did_you_mean(name, self.before) or "name its rubric in `extends`; an id of your own has no /"
            self.refuse(cell, f"no parent declares `{name}`", hint)
        else:
            self.seen.setdefault(name, block)
            return True
        return False

    # --- by kind ---

    def dropped(self, block: Block, name: str) -> None:
        self.found.drop.append(name)
        index = len(self.found.drop) - 1 + len(self.head.get("drop", ()))
        cells: dict[Path, Cell] = {(): self.sheet.cell(block.row, Column("id"))}
        self.found.placed.append((("drop", index), Block("drop", block.row, {}, cells)))

    def overridden(self, block: Block, name: str) -> None:
        changes = {key: value for key, value in block.record.items() if key != "id"}
        self.found.override[name] = changes
        self.found.placed.append((("override", name), block))

    def compared(self, block: Block, name: str) -> None:
        """An inherited criterion as the table has it."""
        self.is_whole = True
        if self.before is None:
            return
        found = difference(thaw(self.before[name].raw), block.record)
        for path in found.lost:
            self.tell_lost(block, path)
        if found.override and not found.lost:
            self.found.override[name] = found.override
            self.found.placed.append((("override", name), block))

    def tell_lost(self, block: Block, path: Path) -> None:
        """A key that an inherited criterion has and the table has not."""
        key = str(path[-1])
        if key in MEASURES:
            cell = self.sheet.cell(block.row, Column(MEASURE))
            hint = f"put {key} back, or drop this criterion and write one of your own"
            self.refuse(cell, f"no override changes the measure, which is {key}", hint)
            return
        column = Column(str(path[0]), key) if len(path) > 1 and path[0] not in MEASURES else Column(key)
        cell = self.sheet.cell(block.row, column)
        hint = "put it back, or drop this criterion and write one of your own"
        self.refuse(cell, f"no override takes `{column.name}` away from an inherited criterion", hint)

    def leave_out(self, standing: Iterable[str]) -> None:
        """What the parents bring and the table does not show, if it shows such criteria at all."""
        already = {*self.seen, *self.head.get("drop", ())} if isinstance(self.head.get("drop", []), list) else set()
        missing = [name for name in standing if name not in already] if self.is_whole else []
        self.found.drop += missing
        if missing:
            self.found.notes.append(f"dropped, because the table has no row for it: {', '.join(missing)}")
        changed = [f"{name} ({', '.join(keys)})" for name, keys in self.found.override.items()]
        if changed:
            self.found.notes.append(f"overridden, because the parents have it otherwise: {', '.join(changed)}")


_BY_KIND = {"drop": _Inheriting.dropped, "override": _Inheriting.overridden, "criterion": _Inheriting.compared}
