"""Reading one rubric file: its head and the ids of its criteria, which stay raw until their parents are known."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from palvelumittari.reading.criterion_reader import read_criterion
from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import Path, structured
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.records.encounter import Channel
from palvelumittari.records.rubric import RubricRef
from palvelumittari.words.errors import Problem, RubricError, raise_errors
from palvelumittari.words.frozen import FrozenMap, thaw
from palvelumittari.words.text import Text

Found = Iterator[tuple[Path, Problem]]

RUBRIC_ID = re.compile(r"[a-z][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\Z", re.ASCII)
"""The shape of the id of a rubric."""

CRITERION_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z", re.ASCII)
"""The shape of the id of a criterion within its rubric."""

VERSION = re.compile(r"\d+\.\d+\.\d+\Z", re.ASCII)
"""The shape of the version of a rubric."""

SECTOR = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\Z", re.ASCII)
"""The shape of a sector: lower-case words with dots between them."""


@attrs.frozen(kw_only=True)
class RubricDocument:
    """A rubric file as it stands: criteria and overrides still raw, because parents may change them."""

    schema: int
    id: str
    version: str
    title: Text
    summary: Text | None = None
    extends: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    drop: tuple[str, ...] = ()
    override: FrozenMap[Any] = FrozenMap()
    criterion: tuple[Any, ...] = ()
    scoring: FrozenMap[Any] = FrozenMap()


@attrs.frozen(kw_only=True)
class RubricFile:
    """One rubric file that could be read: where it came from, what it says."""

    file: TomlFile
    document: RubricDocument
    origin: str = ""

    @property
    def id(self) -> str:
        """The rubric's id."""
        return self.document.id

    @property
    def ref(self) -> RubricRef:
        """Id, version and digest of this file's content."""
        return RubricRef(self.id, self.document.version, digest_of(self.file.data))

    def own_criteria(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The qualified id and the raw table of each criterion that this file declares."""
        for raw in self.document.criterion:
            yield f"{self.id}/{raw['id']}", raw

    def index_of(self, criterion: str) -> int | None:
        """The place of a criterion by its qualified id among those this file declares."""
        own = [name for name, _ in self.own_criteria()]
        return own.index(criterion) if criterion in own else None


def digest_of(data: Any) -> str:
    """SHA-256 over the canonical JSON (sorted keys, no spaces) of plain or frozen data."""
    text = json.dumps(thaw(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


# --- the document -----------------------------------------------------------------------------------------------


def _check_shape(value: str, shape: re.Pattern[str], path: Path, expected: str) -> Found:
    if not shape.match(value):
        yield path, Problem(f"`{value}` does not fit here", expected=expected)


def _check_head(document: RubricDocument) -> Found:
    if document.schema != 1:
        yield ("schema",), Problem("this version reads schema 1", hint="write schema = 1")
    yield from _check_shape(document.id, RUBRIC_ID, ("id",), "a name such as taxi/ride")
    yield from _check_shape(document.version, VERSION, ("version",), "three numbers such as 1.0.0")
    for index, sector in enumerate(document.sectors):
        yield from _check_shape(sector, SECTOR, ("sectors", index), "a sector such as retail.toys")


def _check_criterion_ids(document: RubricDocument) -> Found:
    seen: set[str] = set()
    for index, raw in enumerate(document.criterion):
        path: Path = ("criterion", index)
        if not isinstance(raw, Mapping):
            yield path, Problem("a criterion is a table", hint="write [[criterion]]")
        elif not isinstance(raw.get("id"), str):
            yield path, Problem("the key `id` is missing or no text", hint='add id = "dose-of-talk"')
        elif raw["id"] in seen:
            yield (*path, "id"), Problem(f"the criterion `{raw['id']}` stands twice", hint="choose another id")
        else:
            seen.add(raw["id"])
            yield from _check_shape(raw["id"], CRITERION_ID, (*path, "id"), "a noun phrase such as dose-of-talk")
    for name, changes in document.override.items():
        if not isinstance(changes, Mapping):
            yield ("override", name), Problem("an override is a table", hint=f'write [override."{name}"]')


def _check_criteria(raw: Any) -> Found:
    for index, each in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(each, Mapping) and isinstance(each.get("id"), str):
            for path, problem in read_criterion(each["id"], each, "").problems:
                yield ("criterion", index, *path), problem


def read_rubric(file: TomlFile, origin: str = "") -> RubricFile:
    """A rubric file whose head and ids are in order; its criteria are checked once its parents are known.

    Raises `RubricError` with every problem of head, keys and ids; then also with those problems of the criteria that
    can be told without knowing the terms.
    """
    document, problems = structured(rubric_converter(), file.data, RubricDocument)
    found = list(problems)
    if document is not None:
        found += [*_check_head(document), *_check_criterion_ids(document)]
    if found:
        found += _check_criteria(file.data.get("criterion"))
    raise_errors(file.problems(found), RubricError)
    assert document is not None  # for the type checker: without problems there is a document
    return RubricFile(file=file, document=document, origin=origin)
