"""Reading one rubric file: its document, and criteria from their raw tables."""

from __future__ import annotations

import hashlib
import json
import re
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import attrs

from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import Path, file_key, problems_of, read_field, structured
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.records.condition import Condition
from palvelumittari.records.encounter import Channel
from palvelumittari.records.measure import MEASURES, Calls, Measure, Responds
from palvelumittari.records.rubric import Caps, Criterion, Lifecycle, Role, RubricRef, Situation
from palvelumittari.words.errors import Problem, RubricError, did_you_mean, nearest, raise_errors
from palvelumittari.words.frozen import FrozenMap, thaw
from palvelumittari.words.text import Text

Found = Iterator[tuple[Path, Problem]]
Record = TypeVar("Record")

_RUBRIC_ID = re.compile(r"[a-z][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\Z", re.ASCII)
_CRITERION_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z", re.ASCII)
_VERSION = re.compile(r"\d+\.\d+\.\d+\Z", re.ASCII)
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
    yield from _check_shape(document.id, _RUBRIC_ID, ("id",), "a name such as taxi/ride")
    yield from _check_shape(document.version, _VERSION, ("version",), "three numbers such as 1.0.0")
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
            yield from _check_shape(raw["id"], _CRITERION_ID, (*path, "id"), "a noun phrase such as dose-of-talk")
    for name, changes in document.override.items():
        if not isinstance(changes, Mapping):
            yield ("override", name), Problem("an override is a table", hint=f'write [override."{name}"]')


def read_rubric(file: TomlFile, origin: str = "") -> RubricFile:
    """A rubric file whose head and ids are in order; its criteria are checked once its parents are known.

    Raises `RubricError` with every problem of head, keys and ids.
    """
    document, problems = structured(rubric_converter(), file.data, RubricDocument)
    found = list(problems)
    if document is not None:
        found += [*_check_head(document), *_check_criterion_ids(document)]
    raise_errors(file.problems(found), RubricError)
    assert document is not None  # for the type checker: without problems there is a document
    return RubricFile(file=file, document=document, origin=origin)


# --- one criterion from its raw table ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Head:
    """The keys of a criterion beside its measure and situations."""

    id: str
    role: Role
    weight: float
    title: Text
    why: Text | None = attrs.field(default=None, metadata={"form": "plain_text"})
    advice: Text | None = None
    when: Condition | None = None
    refines: tuple[str, ...] = attrs.field(default=(), metadata={"form": "names"})
    instead: tuple[str, ...] = attrs.field(default=(), metadata={"form": "names"})
    caps: Caps = Caps.POOR
    lifts: bool = True
    free: bool = False
    lifecycle: Lifecycle = Lifecycle.STABLE


@attrs.frozen(kw_only=True)
class _SituationHead:
    """The keys of a situation itself."""

    when: Condition
    excuse: bool | None = None
    title: Text | None = None


@attrs.frozen(kw_only=True)
class _SituationChanges:
    """The keys of a criterion that a situation may change."""

    role: Role | None = None
    weight: float | None = None
    caps: Caps | None = None
    lifts: bool | None = None
    advice: Text | None = None


_FIXED_KEYS = ("id", "refines", "lifecycle", *MEASURES)


@attrs.frozen(kw_only=True)
class Draft:
    """A criterion as far as it could be read.

    `criterion` is `None` if anything stood in the way; `parts` holds whatever could be read by its key in the
    file, so that its terms can be checked all the same.
    """

    criterion: Criterion | None
    parts: Mapping[str, Any]
    problems: tuple[tuple[Path, Problem], ...]


class _Reader:
    """Reads one criterion field by field, gathering every problem on the way."""

    def __init__(self) -> None:
        self.converter = rubric_converter()
        self.problems: list[tuple[Path, Problem]] = []
        self.parts: dict[str, Any] = {}

    def refuse(self, path: Path, what: str, *, expected: str | None = None, hint: str | None = None) -> None:
        self.problems.append((path, Problem(what, expected=expected, hint=hint)))

    def attempt(self, read: Callable[[], Any], path: Path) -> Any:
        """What `read` returns, or `None` after noting the problems."""
        try:
            return read()
        except Exception as error:  # every kind of error becomes a problem with its path
            self.problems += problems_of(error, path)
            return None

    def fields(self, kinds: Sequence[type[Any]], raw: Mapping[str, Any], path: Path) -> list[dict[str, Any]]:
        """The values of `raw` sorted into the records of `kinds`, by attribute; what cannot be read is left out."""
        homes = [{file_key(field.name): field.name for field in attrs.fields(kind)} for kind in kinds]
        found: list[dict[str, Any]] = [{} for _ in kinds]
        for key, value in raw.items():
            home = next((place for place, names in enumerate(homes) if key in names), None)
            if home is None:
                self.unknown_key(key, (*path, key), [name for names in homes for name in names])
                continue
            name = homes[home][key]
            read = self.attempt(partial(read_field, self.converter, kinds[home], name, value), (*path, key))
            if read is not None:
                found[home][name] = read
        return found

    def unknown_key(self, key: str, path: Path, known: list[str]) -> None:
        if "situation" in path and key in _FIXED_KEYS:
            self.refuse(path, f"`{key}` cannot change in a situation", hint="leave it out")
        elif "situation" in path or nearest(key, MEASURES) is None:
            hint = did_you_mean(key, known) or "leave it out"
            self.refuse(path, f"unknown key `{key}`", expected="one of " + ", ".join(known), hint=hint)

    def record(self, kind: type[Record], values: Mapping[str, Any], path: Path) -> Record | None:
        """The record, or `None` after naming the keys that are missing."""
        required = [field.name for field in attrs.fields(typing.cast(Any, kind)) if field.default is attrs.NOTHING]
        missing = [name for name in required if name not in values]
        known_bad = {
            where[len(path)] for where, _ in self.problems if where[: len(path)] == path and len(where) > len(path)
        }
        for key in map(file_key, missing):
            if key not in known_bad:
                self.refuse(path, f"the key `{key}` is missing", hint=f"add `{key}`")
        return None if missing else kind(**values)

    def head(self, raw: Mapping[str, Any]) -> _Head | None:
        rest = {key: value for key, value in raw.items() if key not in MEASURES and key != "situation"}
        (values,) = self.fields([_Head], rest, ())
        self.parts |= values
        return self.record(_Head, values, ())

    def measure(self, raw: Mapping[str, Any]) -> tuple[type[Any] | None, Measure | None]:
        """The kind of the measure as far as it is clear, and the measure if it could be read."""
        names = [name for name in MEASURES if name in raw]
        if len(names) != 1:
            self.no_measure(raw, names)
            return None, None
        name, kind, table = names[0], MEASURES[names[0]], raw[names[0]]
        if not isinstance(table, Mapping) or kind in (Responds, Calls):
            found = self.attempt(lambda: self.converter.structure(table, kind), (name,))
            self.parts[name] = found
            return kind, found
        (values,) = self.fields([kind], table, (name,))
        self.parts[name] = values
        return kind, self.record(kind, values, (name,))

    def no_measure(self, raw: Mapping[str, Any], names: list[str]) -> None:
        misspelt = [key for key in raw if key not in MEASURES and nearest(key, MEASURES)]
        hint = did_you_mean(misspelt[0], MEASURES) if misspelt and not names else None
        path = (names[1],) if names else (misspelt[0],) if misspelt else ()
        what = f"a criterion has exactly one measure, this one has {len(names) or 'none'}"
        self.refuse(path, what, expected="one of " + ", ".join(MEASURES), hint=hint)

    def situations(self, raw: Any, measure: type[Any] | None) -> tuple[Situation, ...]:
        if not isinstance(raw, list | tuple):
            self.refuse(("situation",), "situations are a list of tables", hint="write [[criterion.situation]]")
            return ()
        self.parts["situation"] = ()
        found = [self.situation(each, ("situation", index), measure) for index, each in enumerate(raw)]
        return tuple(situation for situation in found if situation is not None)

    def situation(self, raw: Any, path: Path, measure: type[Any] | None) -> Situation | None:
        if not isinstance(raw, Mapping):
            self.refuse(path, "a situation is a table", hint="write [[criterion.situation]]")
            return None
        kinds: list[type[Any]] = [_SituationHead, *([measure] if measure is not None else []), _SituationChanges]
        own, *measured, changes = self.fields(kinds, raw, path)
        self.parts["situation"] += ({**changes, **(measured[0] if measured else {}), **own},)
        head = self.record(_SituationHead, own, path)
        if head is None:
            return None
        return Situation(
            when=head.when,
            excuse=head.excuse,
            title=head.title,
            criterion=FrozenMap(changes),
            measure=FrozenMap(measured[0] if measured else {}),
        )


def read_criterion(name: str, raw: Mapping[str, Any], declared_in: str) -> Draft:
    """The criterion of qualified id `name` from its raw table, as far as it can be read."""
    reader = _Reader()
    kind, measure = reader.measure(raw)
    head = reader.head(raw)
    situations = reader.situations(raw.get("situation", ()), kind)
    criterion = None
    if not reader.problems and head is not None and measure is not None:
        values = {field.name: getattr(head, field.name) for field in attrs.fields(_Head)}
        values |= {"id": name, "measure": measure, "situations": situations, "declared_in": declared_in}
        criterion = Criterion(**values)
    return Draft(criterion=criterion, parts=reader.parts, problems=tuple(reader.problems))
