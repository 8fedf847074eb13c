"""Reading one criterion from its raw table: every problem is gathered, and whatever could be read is kept."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import attrs

from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import (
    MISFITS,
    Path,
    file_key,
    missing_key,
    problems_of,
    read_field,
    unknown_key,
)
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import MEASURES, Grade, Grades, Measure, Responds, Rule
from palvelumittari.records.rubric import Caps, Criterion, Lifecycle, Role, Situation
from palvelumittari.words.errors import Problem, nearest
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

Record = TypeVar("Record")
Raw = Mapping[str, Any]


@attrs.frozen(kw_only=True)
class CriterionHead:
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
class SituationHead:
    """The keys of a situation itself."""

    when: Condition
    excuse: bool | None = None
    title: Text | None = None


@attrs.frozen(kw_only=True)
class SituationChanges:
    """The keys of a criterion that a situation may change."""

    role: Role | None = None
    weight: float | None = None
    caps: Caps | None = None
    lifts: bool | None = None
    advice: Text | None = None


_FIXED_KEYS = ("id", "why", "refines", "instead", "free", "lifecycle", "situation", *MEASURES)
"""What a criterion says once, whatever the situation."""

_LISTED: Mapping[tuple[type[Any], str], type[Any]] = {
    (Responds, "rules"): Rule,
    (Grades, "acts"): Grade,
}
"""The keys of measures that hold a list of tables, each read by itself."""

_MEASURE_KEYS = frozenset(file_key(field.name) for kind in (*MEASURES.values(), Rule) for field in attrs.fields(kind))


def _is_whole(kind: type[Any], name: str, value: Any) -> bool:
    """Whether a value could be read to its end; of a list of tables some may have remained half read."""
    inner = _LISTED.get((kind, name))
    return inner is None or all(isinstance(each, inner) for each in value)


@attrs.frozen(kw_only=True)
class Draft:
    """A criterion as far as it could be read.

    `criterion` is `None` if anything stood in the way; `parts` holds whatever could be read by its key in the
    file, so that its terms can be checked all the same; `is_why_plain` says that `why` is one plain text.
    """

    criterion: Criterion | None
    parts: Mapping[str, Any]
    problems: tuple[tuple[Path, Problem], ...]
    is_why_plain: bool


class _Reader:
    """Reads one criterion field by field, gathering every problem on the way.

    `kind` is the kind of the measure, `None` where it is not clear; `misspelt` holds the paths that unknown keys
    probably mean.
    """

    def __init__(self) -> None:
        self.converter = rubric_converter()
        self.problems: list[tuple[Path, Problem]] = []
        self.parts: dict[str, Any] = {}
        self.misspelt: set[Path] = set()
        self.kind: type[Any] | None = None

    # --- fields and records ---

    def refuse(self, path: Path, what: str, *, expected: str | None = None, hint: str | None = None) -> None:
        self.problems.append((path, Problem(what, expected=expected, hint=hint)))

    def attempt(self, read: Callable[[], Any], path: Path) -> Any:
        """What `read` returns, or `None` after noting the problems."""
        try:
            return read()
        except MISFITS as error:
            self.problems += problems_of(error, path)
            return None

    def fields(
        self, kinds: Sequence[type[Any]], raw: Raw, path: Path, *, also: Iterable[str] = ()
    ) -> list[dict[str, Any]]:
        """The values of `raw` sorted into the records of `kinds`, by attribute; what cannot be read is left out.

        `also` are keys that might stand here, for the hint of a misspelt one.
        """
        homes = [{file_key(field.name): field.name for field in attrs.fields(kind)} for kind in kinds]
        found: list[dict[str, Any]] = [{} for _ in kinds]
        for key, value in raw.items():
            home = next((place for place, names in enumerate(homes) if key in names), None)
            if home is None:
                self.unknown_key(key, path, [*(name for names in homes for name in names), *also])
                continue
            name = homes[home][key]
            read = self.value(kinds[home], name, value, (*path, key))
            if read is not None:
                found[home][name] = read
        return found

    def unknown_key(self, key: str, path: Path, known: Sequence[str]) -> None:
        if path[:1] == ("situation",) and len(path) == 2 and key in _FIXED_KEYS:
            self.refuse((*path, key), f"fixed key `{key}`: it cannot change in a situation", hint="leave it out")
        elif not (path[:1] == ("situation",) and self.kind is None and key in _MEASURE_KEYS):
            self.misspelt.add((*path, nearest(key, known) or key))
            self.problems.append(((*path, key), unknown_key(key, known)))

    def value(self, kind: type[Any], name: str, raw: Any, path: Path) -> Any:
        """One field of a record; of a list of tables as much as can be read."""
        inner = _LISTED.get((kind, name))
        if inner is None or not isinstance(raw, list | tuple):
            return self.attempt(partial(read_field, self.converter, kind, name, raw), path)
        return tuple(self.item(inner, each, (*path, index)) for index, each in enumerate(raw))

    def item(self, kind: type[Any], raw: Any, path: Path, *, also: Iterable[str] = ()) -> Any:
        """A record, or if anything is wrong with it, the values that could be read."""
        if not isinstance(raw, Mapping):
            return self.attempt(lambda: self.converter.structure(raw, kind), path)
        (values,) = self.fields([kind], raw, path, also=also)
        return self.record(kind, values, path) or values

    def record(self, kind: type[Record], values: Raw, path: Path) -> Record | None:
        """The record, or `None` after naming the keys that are missing."""
        required = [field.name for field in attrs.fields(typing.cast(Any, kind)) if field.default is attrs.NOTHING]
        missing = [name for name in required if name not in values]
        told = {where[: len(path) + 1] for where, _ in self.problems} | self.misspelt
        for key in map(file_key, missing):
            if (*path, key) not in told:
                self.problems.append((path, missing_key(key)))
        return kind(**values) if not missing and all(_is_whole(kind, *item) for item in values.items()) else None

    # --- the parts of a criterion ---

    def head(self, raw: Raw) -> CriterionHead | None:
        rest = {key: value for key, value in raw.items() if key not in MEASURES and key != "situation"}
        (values,) = self.fields([CriterionHead], rest, (), also=("situation", *MEASURES))
        self.parts |= values
        return self.record(CriterionHead, values, ())

    def measure(self, raw: Raw) -> Measure | None:
        names = [name for name in MEASURES if name in raw]
        if len(names) != 1:
            self.no_measure(names)
            return None
        name, kind, table = names[0], MEASURES[names[0]], raw[names[0]]
        self.kind = kind
        is_one_rule = kind is Responds and isinstance(table, Mapping) and "rules" not in table
        found = self.item(Rule, table, (name,), also=("rules",)) if is_one_rule else self.item(kind, table, (name,))
        self.parts[name] = found
        if isinstance(found, Rule):
            return Responds(rules=(found,))
        return typing.cast("Measure", found) if isinstance(found, kind) else None

    def no_measure(self, names: list[str]) -> None:
        if not names and any((name,) in self.misspelt for name in MEASURES):
            return
        what = f"a criterion has exactly one measure, this one has {len(names) or 'none'}"
        self.refuse((names[1],) if names else (), what, expected="one of " + ", ".join(MEASURES))

    def situations(self, raw: Any) -> tuple[Situation, ...]:
        if not isinstance(raw, list | tuple):
            self.refuse(("situation",), "situations are a list of tables", hint="write [[criterion.situation]]")
            return ()
        self.parts["situation"] = ()
        found = [self.situation(each, ("situation", index)) for index, each in enumerate(raw)]
        return tuple(situation for situation in found if situation is not None)

    def situation(self, raw: Any, path: Path) -> Situation | None:
        if not isinstance(raw, Mapping):
            self.refuse(path, "a situation is a table", hint="write [[criterion.situation]]")
            self.parts["situation"] += ({},)
            return None
        own, changes, *rest = self.fields([SituationHead, SituationChanges, *self.changeable()], raw, path)
        measured = {name: value for values in rest for name, value in values.items()}
        self.parts["situation"] += ({**changes, **measured, **own},)
        head = self.record(SituationHead, own, path)
        if head is None:
            return None
        return Situation(
            when=head.when,
            excuse=head.excuse,
            title=head.title,
            criterion=FrozenMap(changes),
            measure=FrozenMap(measured),
        )

    def changeable(self) -> tuple[type[Any], ...]:
        """The records of the measure that a situation may change: of `responds` also what all its rules say."""
        if self.kind is None:
            return ()
        return (Responds, Rule) if self.kind is Responds else (self.kind,)


def read_criterion(name: str, raw: Raw, declared_in: str) -> Draft:
    """The criterion of qualified id `name` from its raw table, as far as it can be read."""
    reader = _Reader()
    head = reader.head(raw)
    measure = reader.measure(raw)
    situations = reader.situations(raw.get("situation", ()))
    criterion = None
    if not reader.problems and head is not None and measure is not None:
        values = {field.name: getattr(head, field.name) for field in attrs.fields(CriterionHead)}
        values |= {"id": name, "measure": measure, "situations": situations, "declared_in": declared_in}
        criterion = Criterion(**values)
    return Draft(
        criterion=criterion,
        parts=reader.parts,
        problems=tuple(reader.problems),
        is_why_plain=isinstance(raw.get("why"), str),
    )
