"""Strict structuring of plain data into records with cattrs: nothing is coerced, every problem is told.

`structured` returns the record or all problems, each with its JSON path. Unlike cattrs' defaults a number is no
text, a text is no list, an unknown key is an error that suggests the nearest known one.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import attrs
from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from palvelumittari.reading.mismatch import Mismatch, Path, described, file_key, json_path, kind_of, within_text
from palvelumittari.reading.strict_values import (
    READ_FORM,
    STRICT,
    UNWRITTEN,
    WRITE_FORM,
    as_it_stands,
    localised,
    text_or_localised,
)
from palvelumittari.words.errors import Place, Problem, did_you_mean, nearest
from palvelumittari.words.frozen import FrozenMap, freeze, thaw
from palvelumittari.words.text import Text

__all__ = [
    "MISFITS",
    "Mismatch",
    "Path",
    "described",
    "field_types",
    "file_fields",
    "file_key",
    "json_path",
    "kind_of",
    "localised",
    "make_converter",
    "missing_key",
    "placed",
    "problems_of",
    "read_field",
    "structured",
    "text_or_localised",
    "unknown_key",
    "within_text",
]

Record = TypeVar("Record")

MAX_LISTED = 40
"""How long a text may be that is shown as a list: longer ones are no names."""

MISFITS = (ClassValidationError, IterableValidationError, ForbiddenExtraKeysError, Mismatch, RecursionError)
"""What structuring raises if data do not fit; `problems_of` tells what is wrong."""

# --- the converter ----------------------------------------------------------------------------------------------


def _is_tuple(kind: Any) -> bool:
    return typing.get_origin(kind) is tuple


def _is_frozen_map(kind: Any) -> bool:
    return typing.get_origin(kind) is FrozenMap


def _each(items: Iterator[tuple[Any, Any]], convert: Callable[[Any], Any], kind: Any) -> list[Any]:
    done, errors = [], []
    for index, item in items:
        try:
            done.append(convert(item))
        except Exception as error:
            error.add_note(IterableValidationNote(f"item {index}", index, kind))
            errors.append(error)
    if errors:
        raise IterableValidationError("items", errors, kind)
    return done


def _tuple_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], tuple[Any, ...]]:
    arguments = typing.get_args(kind)
    length = None if arguments[-1] is Ellipsis else len(arguments)

    def structure_tuple(value: Any, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise Mismatch("a list", value, hint=_listed(value))
        if length is not None and len(value) != length:
            raise Mismatch(f"a list of {length}", value)
        return tuple(_each(iter(enumerate(value)), lambda item: converter.structure(item, arguments[0]), kind))

    return structure_tuple


def _listed(value: Any) -> str | None:
    """How a short text is written as a list; nothing for what else is no list."""
    is_short = isinstance(value, str) and len(value) <= MAX_LISTED
    return f"write {json.dumps([value], ensure_ascii=False)}" if is_short else None


def _map_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], FrozenMap[Any]]:
    (inner,) = typing.get_args(kind)

    def structure_map(value: Any, _: Any) -> FrozenMap[Any]:
        if not isinstance(value, Mapping):
            raise Mismatch("a table of keys and values", value)
        if inner is Any:
            return typing.cast("FrozenMap[Any]", freeze(value))
        items = _each(iter(value.items()), lambda item: converter.structure(item, inner), kind)
        return FrozenMap(dict(zip(value, items, strict=True)))

    return structure_map


def file_fields(kind: type[Any]) -> tuple[attrs.Attribute[Any], ...]:
    """The fields of a record that stand in files, in their order; what only the engine knows is left out."""
    return tuple(field for field in attrs.fields(kind) if field.init and field.metadata.get("form") != UNWRITTEN)


def field_types(kind: type[Any]) -> Mapping[str, Any]:
    """The type of each field of a record, by attribute."""
    return _field_types(typing.cast("Hashable", kind))  # mypy does not see that classes are hashable


@cache
def _field_types(kind: Any) -> Mapping[str, Any]:
    """The same, worked out once, which takes longer than to read a value."""
    return types.MappingProxyType(typing.get_type_hints(kind))


def _overrides(kind: type[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in attrs.fields(kind):
        form = field.metadata.get("form")
        if form == UNWRITTEN:
            found[field.name] = override(omit=True)
        elif form or file_key(field.name) != field.name:
            found[field.name] = override(
                rename=file_key(field.name), struct_hook=READ_FORM.get(form), unstruct_hook=WRITE_FORM.get(form)
            )
    return found


def _class_hook(kind: type[Any], converter: Converter) -> Callable[[Any, Any], Any]:
    build: Any = make_dict_structure_fn(
        kind, converter, _cattrs_forbid_extra_keys=True, **typing.cast(Any, _overrides(kind))
    )

    def structure_class(value: Any, wanted: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Mismatch("a table of keys and values", value)
        return build(value, wanted)

    return structure_class


def _unstructure_hook(kind: type[Any], converter: Converter) -> Callable[[Any], dict[str, Any]]:
    return make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True, **typing.cast(Any, _overrides(kind)))


def _optional(kind: Any) -> bool:
    return typing.get_origin(kind) in (typing.Union, types.UnionType) and type(None) in typing.get_args(kind)


def _optional_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    (inner,) = (part for part in typing.get_args(kind) if part is not type(None))
    return lambda value, _: None if value is None else converter.structure(value, inner)


def _exactly(wanted: Any) -> Callable[[Any], bool]:
    """A predicate for one type alone: an enum of texts is no text."""
    return lambda kind: kind is wanted


def make_converter() -> Converter:
    """A strict converter for all records: reads and writes plain JSON-like data."""
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    converter.register_structure_hook_factory(attrs.has, _class_hook)
    converter.register_unstructure_hook_factory(attrs.has, _unstructure_hook)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(_is_frozen_map, _map_hook)
    converter.register_structure_hook_factory(_optional, _optional_hook)
    for kind, hook in STRICT.items():
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(_exactly(Any), as_it_stands)
    for test in (_exactly(FrozenMap), _is_frozen_map):
        converter.register_unstructure_hook_func(
            test, lambda value: {key: converter.unstructure(item) for key, item in value.items()}
        )
    for test in (_exactly(tuple), _is_tuple):
        converter.register_unstructure_hook_func(test, lambda value: [converter.unstructure(item) for item in value])
    converter.register_unstructure_hook(StrEnum, lambda value: value.value)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(Text, lambda text: thaw(text.said))
    return converter


# --- from exceptions to problems --------------------------------------------------------------------------------


def _step_of(error: BaseException) -> Path:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (file_key(note.name),)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()


def _keys_of(kind: type[Any]) -> list[str]:
    return [file_key(field.name) for field in file_fields(kind)]


def _unknown_keys(error: ForbiddenExtraKeysError, path: Path) -> Iterator[tuple[Path, Problem]]:
    known = _keys_of(error.cl)
    for key in sorted(error.extra_fields):
        yield (*path, key), unknown_key(key, known)


def unknown_key(key: str, known: Iterable[str]) -> Problem:
    """The problem of a key that does not belong where it stands."""
    names = tuple(known)
    hint = did_you_mean(key, names) or "leave it out"
    return Problem(f"unknown key `{key}`", expected="one of " + ", ".join(names), hint=hint)


def missing_key(key: str) -> Problem:
    """The problem of a key that must be there."""
    return Problem(f"the key `{key}` is missing", hint=f"add `{key}`")


def _meant_keys(errors: Iterable[BaseException]) -> frozenset[str]:
    """The keys that unknown ones are misspellings of: to tell that they are missing too would say it twice."""
    unknown = (error for error in errors if isinstance(error, ForbiddenExtraKeysError))
    return frozenset(nearest(key, _keys_of(error.cl)) or key for error in unknown for key in error.extra_fields)


def _mismatch(error: Mismatch, path: Path) -> tuple[Path, Problem]:
    what = error.what or "a value of the wrong kind"
    found = described(error.found) if error.span is None else None
    problem = Problem(what, found=found, expected=error.expected, hint=error.hint)
    return (*path, *error.path), problem if error.span is None else problem.at(within_text(*error.span))


def problems_of(error: BaseException, path: Path = ()) -> Iterator[tuple[Path, Problem]]:
    """Every problem in an exception that structuring raised, each with the path to its place."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        meant = _meant_keys(error.exceptions)
        for inner in error.exceptions:
            step = _step_of(inner)
            if not (isinstance(inner, KeyError) and step and step[0] in meant):
                yield from problems_of(inner, path + step)
    elif isinstance(error, ForbiddenExtraKeysError):
        yield from _unknown_keys(error, path)
    elif isinstance(error, KeyError):
        yield path[:-1], missing_key(str(path[-1] if path else error.args[0]))
    elif isinstance(error, Mismatch):
        yield _mismatch(error, path)
    elif isinstance(error, RecursionError):
        yield path, Problem("this is nested too deeply", hint="no file of ours needs more than ten levels")
    else:
        yield path, Problem(str(error) or type(error).__name__)


def structured(
    converter: Converter, data: Any, kind: type[Record]
) -> tuple[Record | None, tuple[tuple[Path, Problem], ...]]:
    """`data` as a record of `kind`, or `None` with every problem and the path to it."""
    try:
        return converter.structure(data, kind), ()
    except MISFITS as error:
        return None, tuple(problems_of(error))


def read_field(converter: Converter, kind: type[Any], attribute: str, value: Any) -> Any:
    """`value` as one field of a record alone, as the whole record would read it; raises what structuring raises."""
    form = attrs.fields_dict(kind)[attribute].metadata.get("form")
    wanted = field_types(kind)[attribute]
    return READ_FORM[form](value, wanted) if form else converter.structure(value, wanted)


def placed(found: tuple[tuple[Path, Problem], ...], file: str | None = None) -> tuple[Problem, ...]:
    """Problems with their paths written into them, for files without known lines."""
    return tuple(problem.at(Place(file, json_path(path))) for path, problem in found)
