"""Strict structuring of plain data into records with cattrs: nothing is coerced, every problem is told.

`structured` returns the record or all problems, each with its JSON path. Unlike cattrs' defaults a number is no
text, a text is no list, an unknown key is an error that suggests the nearest known one.
"""

from __future__ import annotations

import math
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

import attrs
from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from palvelumittari.words.errors import Place, Problem, did_you_mean, shown
from palvelumittari.words.frozen import FrozenMap, freeze, thaw
from palvelumittari.words.text import Text
from palvelumittari.words.timing import duration_from_ms, ms_from_duration, ms_from_seconds, seconds_from_ms

Record = TypeVar("Record")
Path = tuple[str | int, ...]

_FILE_KEYS = {"at_ms": "at", "lasts_ms": "lasts", "ends_ms": "ends", "from_field": "from"}
_TYPE_WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    dict: "a table of keys and values",
    list: "a list",
    type(None): "nothing",
}


class Mismatch(ValueError):
    """A value is not what it must be. `path` leads from the value that was structured to the culprit."""

    def __init__(
        self,
        expected: str | None,
        found: object,
        *,
        hint: str | None = None,
        what: str | None = None,
        path: Path = (),
        span: tuple[str, int, int] | None = None,
    ) -> None:
        """Say what was `expected` and `found`.

        `what` replaces the usual first line; `span` is a text with the half-open range of its wrong characters.
        """
        super().__init__(expected or what)
        self.expected, self.found, self.hint, self.what = expected, found, hint, what
        self.path, self.span = path, span


def file_key(attribute: str) -> str:
    """The key in a file for an attribute in memory.

    >>> file_key("at_ms"), file_key("while_")
    ('at', 'while')
    """
    return _FILE_KEYS.get(attribute, attribute.rstrip("_"))


def kind_of(value: object) -> str:
    """What a value is, in words: `a number`, `text`, ..."""
    for known, words in _TYPE_WORDS.items():
        if type(value) is known:
            return words
    return type(value).__name__


def described(value: object) -> str:
    """A value with its kind, for messages."""
    return "nothing" if value is None else f"{kind_of(value)} ({shown(value)})"


def json_path(path: Path) -> str:
    """A path as text.

    >>> json_path(("events", 4, "act"))
    '$.events[4].act'
    """
    steps = []
    for step in path:
        if isinstance(step, int):
            steps.append(f"[{step}]")
        else:
            steps.append(f".{step}" if step.replace("_", "a").replace("-", "a").isalnum() else f'."{step}"')
    return "$" + "".join(steps)


# --- strict hooks -----------------------------------------------------------------------------------------------


def _text(value: Any, _: Any = None) -> str:
    if type(value) is not str:
        raise Mismatch("text", value)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Mismatch("text that can be written as UTF-8 (it holds half a surrogate pair)", value) from None
    return value


def _flag(value: Any, _: Any = None) -> bool:
    if type(value) is not bool:
        raise Mismatch("true or false", value)
    return value


def _whole(value: Any, _: Any = None) -> int:
    if type(value) is not int:
        raise Mismatch("a whole number", value)
    return value


def _number(value: Any, _: Any = None) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise Mismatch("a number", value)
    return float(value)


def _enum(value: Any, kind: type[StrEnum]) -> StrEnum:
    known = list(kind)
    if type(value) is str and value in known:
        return kind(value)
    hint = did_you_mean(value, known) if isinstance(value, str) else None
    raise Mismatch("one of " + ", ".join(known), value, hint=hint)


def _datetime(value: Any, _: Any = None) -> datetime:
    try:
        return datetime.fromisoformat(_text(value))
    except ValueError:
        raise Mismatch("a date and time such as 2026-11-21T17:40:00+02:00", value) from None


def localised(value: Any, _: Any = None) -> Text:
    """A `Text` from a table of languages, every entry a text."""
    if not isinstance(value, Mapping):
        hint = f"write {{ en = {shown(value)} }}" if isinstance(value, str) else None
        raise Mismatch('a text by language such as { en = "...", fi = "..." }', value, hint=hint)
    for language, said in value.items():
        if not isinstance(said, str):
            raise Mismatch("text", said, path=(language,))
    return Text(FrozenMap({language: _text(said) for language, said in value.items()}))


def text_or_localised(value: Any, _: Any = None) -> Text:
    """A `Text` from a table of languages or from a plain text, which counts as English."""
    return Text(FrozenMap({"en": _text(value)})) if isinstance(value, str) else localised(value)


def _json(value: Any, _: Any = None) -> Any:
    return freeze(value)


def _milliseconds(value: Any, _: Any = None) -> int | None:
    if value is None:
        return None
    if type(value) not in (int, float):
        raise Mismatch("a number of seconds", value)
    try:
        return ms_from_seconds(value)
    except (ValueError, OverflowError) as error:
        raise Mismatch(str(error), value) from None


def _seconds(value: int | None) -> float | None:
    return None if value is None else seconds_from_ms(value)


def _duration(value: Any, _: Any = None) -> int | None:
    if value is None:
        return None
    if type(value) is not str:
        raise Mismatch('a duration in quotes such as "20 s"', value)
    try:
        return ms_from_duration(value)
    except ValueError as error:
        raise Mismatch(str(error), value) from None


def _duration_text(value: int | None) -> str | None:
    return None if value is None else duration_from_ms(value)


def _names(value: Any, _: Any = None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(value),)
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise Mismatch("a name or a list of names", value)
    return tuple(map(_text, value))


_READ_FORM: Mapping[str, Callable[[Any, Any], Any]] = types.MappingProxyType(
    {"seconds": _milliseconds, "duration": _duration, "plain_text": text_or_localised, "names": _names}
)
_WRITE_FORM: Mapping[str, Callable[[Any], Any]] = types.MappingProxyType(
    {"seconds": _seconds, "duration": _duration_text}
)


_STRICT: Mapping[type[Any], Callable[[Any, Any], Any]] = types.MappingProxyType(
    {
        str: _text,
        bool: _flag,
        int: _whole,
        float: _number,
        StrEnum: _enum,
        datetime: _datetime,
        Text: localised,
    }
)


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
            raise Mismatch("a list", value)
        if length is not None and len(value) != length:
            raise Mismatch(f"a list of {length}", value)
        return tuple(_each(iter(enumerate(value)), lambda item: converter.structure(item, arguments[0]), kind))

    return structure_tuple


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


def _overrides(kind: type[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in attrs.fields(kind):
        form = field.metadata.get("form")
        if form or file_key(field.name) != field.name:
            found[field.name] = override(
                rename=file_key(field.name), struct_hook=_READ_FORM.get(form), unstruct_hook=_WRITE_FORM.get(form)
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
    for kind, hook in _STRICT.items():
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(_exactly(Any), _json)
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
    return [file_key(field.name) for field in attrs.fields(kind) if field.init]


def _unknown_keys(error: ForbiddenExtraKeysError, path: Path) -> Iterator[tuple[Path, Problem]]:
    known = _keys_of(error.cl)
    for key in sorted(error.extra_fields):
        yield (
            (*path, key),
            Problem(
                f"unknown key `{key}`",
                expected="one of " + ", ".join(known),
                hint=did_you_mean(key, known) or "leave it out",
            ),
        )


def _mismatch(error: Mismatch, path: Path) -> tuple[Path, Problem]:
    what = error.what or "a value of the wrong kind"
    found = described(error.found) if error.span is None else None
    problem = Problem(what, found=found, expected=error.expected, hint=error.hint)
    return (*path, *error.path), problem if error.span is None else problem.at(within_text(*error.span))


def within_text(text: str, start: int, end: int) -> Place:
    """A place inside a text whose own place in a file is not known yet: the column counts within `text`."""
    return Place(excerpt=text, column=start + 1, width=max(1, end - start))


def problems_of(error: BaseException, path: Path = ()) -> Iterator[tuple[Path, Problem]]:
    """Every problem in an exception that structuring raised, each with the path to its place."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        for inner in error.exceptions:
            yield from problems_of(inner, path + _step_of(inner))
    elif isinstance(error, ForbiddenExtraKeysError):
        yield from _unknown_keys(error, path)
    elif isinstance(error, KeyError):
        key = path[-1] if path else str(error.args[0])
        yield path[:-1], Problem(f"the key `{key}` is missing", hint=f"add `{key}`")
    elif isinstance(error, Mismatch):
        yield _mismatch(error, path)
    else:
        yield path, Problem(str(error) or type(error).__name__)


def structured(
    converter: Converter, data: Any, kind: type[Record]
) -> tuple[Record | None, tuple[tuple[Path, Problem], ...]]:
    """`data` as a record of `kind`, or `None` with every problem and the path to it."""
    try:
        return converter.structure(data, kind), ()
    except (ClassValidationError, IterableValidationError, ForbiddenExtraKeysError, Mismatch) as error:
        return None, tuple(problems_of(error))


def read_field(converter: Converter, kind: type[Any], attribute: str, value: Any) -> Any:
    """`value` as one field of a record alone, as the whole record would read it; raises what structuring raises."""
    form = attrs.fields_dict(kind)[attribute].metadata.get("form")
    wanted = typing.get_type_hints(kind)[attribute]
    return _READ_FORM[form](value, wanted) if form else converter.structure(value, wanted)


def placed(found: tuple[tuple[Path, Problem], ...], file: str | None = None) -> tuple[Problem, ...]:
    """Problems with their paths written into them, for files without known lines."""
    return tuple(problem.at(Place(file, json_path(path))) for path, problem in found)
