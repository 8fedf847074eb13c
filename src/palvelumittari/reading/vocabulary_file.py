"""Reading vocabulary files: acts, groups, tags and context fields, checked and added to a vocabulary."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import attrs

from palvelumittari.reading.circles import circle_through
from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import Path, structured
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.records.encounter import Actor, Modality
from palvelumittari.records.selector import STAFF
from palvelumittari.records.vocabulary import BUILT_IN_FIELDS, Act, Field, FieldType, Tag, Vocabulary
from palvelumittari.words.errors import Problem, RubricError, did_you_mean, raise_errors
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

EMPTY = Vocabulary(FrozenMap(), FrozenMap(), FrozenMap({field.name: field for field in BUILT_IN_FIELDS}))
"""A vocabulary without acts, to which files add theirs."""

NUMERIC = (FieldType.COUNT, FieldType.NUMBER)
"""The types of fields that hold a number."""

ID = re.compile(r"[a-z][a-z0-9_]*\Z", re.ASCII)
"""The shape of the name of an act, group, tag or reading."""

FIELD = re.compile(r"(setting|customer)\.[a-z][a-z0-9_]*\Z", re.ASCII)
"""The shape of the name of a context field."""


@attrs.frozen(kw_only=True)
class ActEntry:
    """The keys of an act."""

    title: Text
    modalities: tuple[Modality, ...] = ()
    kind_of: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    core: bool = False
    note: Text | None = None


@attrs.frozen(kw_only=True)
class GroupEntry:
    """The keys of a group."""

    title: Text
    acts: tuple[str, ...]
    note: Text | None = None


@attrs.frozen(kw_only=True)
class TagEntry:
    """The keys of a tag."""

    title: Text


@attrs.frozen(kw_only=True)
class FieldEntry:
    """The keys of a context field."""

    type: FieldType
    title: Text
    unit: str | None = None
    values: tuple[str, ...] = ()
    range: tuple[float, float] | None = None


@attrs.frozen(kw_only=True)
class VocabularyDocument:
    """The file, its entries still raw."""

    schema: int
    act: FrozenMap[Any] = FrozenMap()
    group: FrozenMap[Any] = FrozenMap()
    tag: FrozenMap[Any] = FrozenMap()
    field: FrozenMap[Any] = FrozenMap()


@attrs.frozen(kw_only=True)
class _Entries:
    """The entries of a file that could be read; `names` are those of all its acts and groups."""

    act: Mapping[str, ActEntry]
    group: Mapping[str, GroupEntry]
    tag: Mapping[str, TagEntry]
    field: Mapping[str, FieldEntry]
    names: frozenset[str]


Found = Iterator[tuple[Path, Problem]]
Entry = TypeVar("Entry")


def _read_entries(document: VocabularyDocument, problems: list[tuple[Path, Problem]]) -> _Entries:
    """The entries that can be read, after adding what is wrong with the others to `problems`."""

    def read(table: str, kind: type[Entry]) -> dict[str, Entry]:
        found = {}
        for name, raw in getattr(document, table).items():
            entry, misfits = structured(rubric_converter(), raw, kind)
            problems.extend(((table, name, *path), problem) for path, problem in misfits)
            if entry is not None:
                found[name] = entry
        return found

    return _Entries(
        act=read("act", ActEntry),
        group=read("group", GroupEntry),
        tag=read("tag", TagEntry),
        field=read("field", FieldEntry),
        names=frozenset([*document.act, *document.group]),
    )


def _actors(names: tuple[str, ...]) -> frozenset[Actor]:
    named = frozenset(Actor(name) for name in names if name != "staff")
    return named | STAFF if "staff" in names else named


def _check_actors(entries: _Entries) -> Found:
    known = [*Actor, "staff"]
    for act, entry in entries.act.items():
        for index, name in enumerate(entry.by):
            if name not in known:
                problem = Problem(
                    f"`{name}` is no actor", expected="one of " + ", ".join(known), hint=did_you_mean(name, known)
                )
                yield ("act", act, "by", index), problem


def _check_ids(document: VocabularyDocument, base: Vocabulary) -> Found:
    tables: list[tuple[str, Mapping[str, Any], Mapping[str, Any], re.Pattern[str]]] = [
        ("act", document.act, base.acts, ID),
        ("group", document.group, {**base.acts, **document.act}, ID),
        ("tag", document.tag, base.tags, ID),
        ("field", document.field, base.fields, FIELD),
    ]
    for table, entries, taken, shape in tables:
        for name in entries:
            if not shape.match(name) or keyword.iskeyword(name.rpartition(".")[2]):
                expected = "setting.name or customer.name" if table == "field" else "lower-case letters, digits and _"
                yield (table, name), Problem(f"`{name}` cannot be a name in [{table}]", expected=expected)
            elif name in taken:
                origin = getattr(taken[name], "origin", "") or "this file"
                what = f"the {table} `{name}` is already declared by {origin}"
                yield (table, name), Problem(what, hint="choose another name, or use the one that exists")


def _check_references(entries: _Entries, base: Vocabulary) -> Found:
    known = {*base.acts, *entries.names}
    named = [(("act", name, "kind_of"), entry.kind_of) for name, entry in entries.act.items()]
    named += [(("group", name, "acts"), entry.acts) for name, entry in entries.group.items()]
    for path, acts in named:
        for index, act in enumerate(acts):
            if act not in known:
                yield (*path, index), Problem(f"unknown act `{act}`", hint=did_you_mean(act, known))
            elif act in entries.group or (act in base.acts and base.acts[act].is_group):
                yield (*path, index), Problem(f"`{act}` is a group", expected="an act")


def _check_acts(entries: _Entries) -> Found:
    for name, entry in entries.act.items():
        if not entry.modalities and not entry.kind_of:
            what = "an act needs modalities, or a kind_of to take them from"
            yield ("act", name), Problem(what, hint='add modalities = ["speech"]')
        for index, parent in enumerate(entry.kind_of):
            circle = circle_through(name, parent, lambda each: entries.act[each].kind_of if each in entries.act else ())
            if circle:
                what = f"the act is a kind of itself: {' -> '.join(circle)}"
                yield ("act", name, "kind_of", index), Problem(what, hint="break the circle")
    for name, group in entries.group.items():
        if not group.acts:
            yield ("group", name, "acts"), Problem("the group has no acts", hint="name them, or leave the group out")


def _check_fields(entries: _Entries) -> Found:
    for name, field in entries.field.items():
        if (field.type is FieldType.CHOICE) != bool(field.values):
            yield ("field", name), Problem("values belong to a choice, and a choice needs values")
        if field.range is not None and field.type not in NUMERIC:
            yield ("field", name, "range"), Problem("only a number or a count has a range", hint="leave it out")
        elif field.range is not None and field.range[0] >= field.range[1]:
            yield ("field", name, "range"), Problem("the range is empty", expected="a lower and a higher bound")


class _Builder:
    """Builds acts in the order of their kinds, so that a kind can inherit from its first parent."""

    def __init__(self, entries: _Entries, base: Vocabulary, origin: str) -> None:
        self.entries, self.origin = entries, origin
        self.acts: dict[str, Act] = dict(base.acts)

    def act(self, name: str) -> Act:
        if name not in self.acts:
            entry = self.entries.act[name]
            parents = [self.act(parent) for parent in entry.kind_of]
            self.acts[name] = self.made(name, entry, parents[0] if parents else None)
        return self.acts[name]

    def made(self, name: str, entry: ActEntry, parent: Act | None) -> Act:
        by = _actors(entry.by)
        return Act(
            name,
            entry.title,
            modalities=frozenset(entry.modalities) or (parent.modalities if parent else frozenset()),
            by=by or (parent.by if parent else frozenset(Actor)),
            kind_of=entry.kind_of,
            core=entry.core or bool(parent and parent.core),
            note=entry.note,
            origin=self.origin,
        )

    def group(self, name: str, entry: GroupEntry) -> None:
        members = [self.acts[act] for act in entry.acts]
        self.acts[name] = Act(
            name,
            entry.title,
            modalities=frozenset().union(*(act.modalities for act in members)),
            by=frozenset().union(*(act.by for act in members)),
            is_group=True,
            members=entry.acts,
            note=entry.note,
            origin=self.origin,
        )


def _built(entries: _Entries, base: Vocabulary, origin: str) -> Vocabulary:
    builder = _Builder(entries, base, origin)
    for name in entries.act:
        builder.act(name)
    for name, entry in entries.group.items():
        builder.group(name, entry)
    tags = {name: Tag(name, entry.title, origin=origin) for name, entry in entries.tag.items()}
    fields = {
        name: Field(name, e.type, e.title, unit=e.unit, values=e.values, range=e.range, origin=origin)
        for name, e in entries.field.items()
    }
    return Vocabulary(FrozenMap(builder.acts), FrozenMap({**base.tags, **tags}), FrozenMap({**base.fields, **fields}))


def add_vocabulary(base: Vocabulary, file: TomlFile, origin: str = "") -> Vocabulary:
    """`base` with the acts, groups, tags and fields of a file.

    Raises `RubricError` with every problem: unknown keys and parents, circles, names that are already declared
    (by whom), actors that do not exist.
    """
    document, found = structured(rubric_converter(), file.data, VocabularyDocument)
    problems = list(found)
    if document is None:
        raise RubricError(*file.problems(problems))
    if document.schema != 1:
        problems.append((("schema",), Problem("this version reads schema 1", hint="write schema = 1")))
    entries = _read_entries(document, problems)
    problems += [*_check_ids(document, base), *_check_references(entries, base), *_check_actors(entries)]
    problems += [*_check_acts(entries), *_check_fields(entries)]
    raise_errors(file.problems(problems), RubricError)
    return _built(entries, base, origin)
