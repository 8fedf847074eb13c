"""Reading vocabulary files: acts, groups, tags and context fields, checked and added to a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import Mismatch, Path, structured
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.records.encounter import Actor, Modality
from palvelumittari.records.selector import STAFF
from palvelumittari.records.vocabulary import BUILT_IN_FIELDS, Act, Field, FieldType, Tag, Vocabulary
from palvelumittari.words.errors import Problem, did_you_mean, raise_errors
from palvelumittari.words.errors import RubricError as _RubricError
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

EMPTY = Vocabulary(FrozenMap(), FrozenMap(), FrozenMap({field.name: field for field in BUILT_IN_FIELDS}))
"""A vocabulary without acts, to which files add theirs."""

_ID = re.compile(r"[a-z][a-z0-9_]*\Z", re.ASCII)
_FIELD = re.compile(r"(setting|customer)\.[a-z][a-z0-9_]*\Z", re.ASCII)


@attrs.frozen(kw_only=True)
class _ActEntry:
    title: Text
    modalities: tuple[Modality, ...] = ()
    kind_of: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    core: bool = False
    note: Text | None = None


@attrs.frozen(kw_only=True)
class _GroupEntry:
    title: Text
    acts: tuple[str, ...]
    note: Text | None = None


@attrs.frozen(kw_only=True)
class _TagEntry:
    title: Text


@attrs.frozen(kw_only=True)
class _FieldEntry:
    type: FieldType
    title: Text
    unit: str | None = None
    values: tuple[str, ...] = ()
    range: tuple[float, float] | None = None


@attrs.frozen(kw_only=True)
class _VocabularyDocument:
    schema: int
    act: FrozenMap[_ActEntry] = FrozenMap()
    group: FrozenMap[_GroupEntry] = FrozenMap()
    tag: FrozenMap[_TagEntry] = FrozenMap()
    field: FrozenMap[_FieldEntry] = FrozenMap()


Found = Iterator[tuple[Path, Problem]]


def _actors(names: tuple[str, ...], path: Path) -> frozenset[Actor]:
    known = [*Actor, "staff"]
    for index, name in enumerate(names):
        if name not in known:
            hint = did_you_mean(name, known)
            raise Mismatch("one of " + ", ".join(known), name, hint=hint, path=(*path, index))
    named = frozenset(Actor(name) for name in names if name != "staff")
    return named | STAFF if "staff" in names else named


def _check_ids(document: _VocabularyDocument, base: Vocabulary) -> Found:
    tables: list[tuple[str, Mapping[str, Any], Mapping[str, Any], re.Pattern[str]]] = [
        ("act", document.act, base.acts, _ID),
        ("group", document.group, {**base.acts, **document.act}, _ID),
        ("tag", document.tag, base.tags, _ID),
        ("field", document.field, base.fields, _FIELD),
    ]
    for table, entries, taken, shape in tables:
        for name in entries:
            if not shape.match(name):
                expected = "setting.name or customer.name" if table == "field" else "lower-case letters, digits and _"
                yield (table, name), Problem(f"`{name}` cannot name a {table}", expected=expected)
            elif name in taken:
                origin = getattr(taken[name], "origin", "") or "this file"
                what = f"the {table} `{name}` is already declared by {origin}"
                yield (table, name), Problem(what, hint="choose another name, or use the one that exists")


def _check_references(document: _VocabularyDocument, base: Vocabulary) -> Found:
    known = {**base.acts, **document.act}
    named = [(("act", name, "kind_of"), entry.kind_of) for name, entry in document.act.items()]
    named += [(("group", name, "acts"), entry.acts) for name, entry in document.group.items()]
    for path, acts in named:
        for index, act in enumerate(acts):
            if act not in known:
                yield (*path, index), Problem(f"unknown act `{act}`", hint=did_you_mean(act, known))
    for name, entry in document.act.items():
        if not entry.modalities and not entry.kind_of:
            what = "an act needs modalities, or a kind_of to take them from"
            yield ("act", name), Problem(what, hint='add modalities = ["speech"]')
        if name in _parents(name, document):
            yield ("act", name, "kind_of"), Problem(f"`{name}` is a kind of itself", hint="break the circle")
    for name, field in document.field.items():
        if (field.type is FieldType.CHOICE) != bool(field.values):
            yield ("field", name), Problem("values belong to a choice, and a choice needs values")


def _parents(name: str, document: _VocabularyDocument) -> set[str]:
    found: set[str] = set()
    waiting = list(document.act[name].kind_of)
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting.extend(document.act[parent].kind_of if parent in document.act else ())
    return found


class _Builder:
    """Builds acts in the order of their kinds, so that a kind can inherit from its first parent."""

    def __init__(self, document: _VocabularyDocument, base: Vocabulary, origin: str) -> None:
        self.document, self.origin = document, origin
        self.acts: dict[str, Act] = dict(base.acts)

    def act(self, name: str) -> Act:
        if name not in self.acts:
            entry = self.document.act[name]
            parents = [self.act(parent) for parent in entry.kind_of]
            self.acts[name] = self.made(name, entry, parents[0] if parents else None)
        return self.acts[name]

    def made(self, name: str, entry: _ActEntry, parent: Act | None) -> Act:
        by = _actors(entry.by, ("act", name, "by"))
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

    def group(self, name: str, entry: _GroupEntry) -> None:
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


def _built(document: _VocabularyDocument, base: Vocabulary, origin: str) -> Vocabulary:
    builder = _Builder(document, base, origin)
    for name in document.act:
        builder.act(name)
    for name, entry in document.group.items():
        builder.group(name, entry)
    tags = {name: Tag(name, entry.title, origin=origin) for name, entry in document.tag.items()}
    fields = {
        name: Field(name, e.type, e.title, unit=e.unit, values=e.values, range=e.range, origin=origin)
        for name, e in document.field.items()
    }
    return Vocabulary(FrozenMap(builder.acts), FrozenMap({**base.tags, **tags}), FrozenMap({**base.fields, **fields}))


def add_vocabulary(base: Vocabulary, file: TomlFile, origin: str = "") -> Vocabulary:
    """`base` with the acts, groups, tags and fields of a file.

    Raises `RubricError` with every problem: unknown keys and parents, circles, names that are already declared
    (by whom), actors that do not exist.
    """
    document, found = structured(rubric_converter(), file.data, _VocabularyDocument)
    problems = list(found)
    if document is not None:
        if document.schema != 1:
            problems.append((("schema",), Problem("this version reads schema 1")))
        problems += [*_check_ids(document, base), *_check_references(document, base)]
    raise_errors(file.problems(problems), _RubricError)
    assert document is not None  # for the type checker: without problems there is a document
    try:
        return _built(document, base, origin)
    except Mismatch as error:
        problem = Problem(
            "a value of the wrong kind", found=repr(error.found), expected=error.expected, hint=error.hint
        )
        raise _RubricError(file.problem(error.path, problem)) from None
