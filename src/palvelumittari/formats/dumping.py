"""Writing records so that they read back the same."""

from __future__ import annotations

import json
import os
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, cast

from palvelumittari.formats.kinds import is_kind, one, raise_unless_known
from palvelumittari.formats.naming import Format, format_named, format_of
from palvelumittari.formats.structuring import CONVERTER, head_of
from palvelumittari.reading.notation import format_document
from palvelumittari.reading.strict_json import check_json
from palvelumittari.reading.structure import placed
from palvelumittari.records.encounter import Encounter
from palvelumittari.words.errors import EncounterError, Place, Problem, raise_errors

if TYPE_CHECKING:
    from palvelumittari.formats.kinds import Record

_FREE = ("setting", "customer", "server", "outcome", "extra")
"""Where an encounter holds whatever its maker put there."""

_ENCOUNTER_KEYS = (
    *("schema", "id", "sector", "channel", "language", "started", "observer", "record", "observed", "ends"),
    *("setting", "customer", "server", "events", "outcome", "source", "extra"),
)
_EVENT_KEYS = ("at", "by", "who", "act", "to", "lasts", "text", "tags", "detector", "span")


def dumps(record: Record, *, format: str = Format.JSON, indent: int | None = 2) -> str:
    """A record as text that ends with a line feed and that `loads` reads back the same.

    Args:
        record: What to write. Its times become seconds; attributes that have their default are left out.
        format: `json`; `ndjson`, on one line; or `timeline`, for encounters alone.
        indent: How many blanks deep JSON is indented; `None` for all on one line.

    Raises:
        EncounterError: The record holds what the format cannot, such as NaN or half a surrogate pair.
    """
    return _WRITERS[format_named(format)](record, indent)


def dump(
    records: Record | Iterable[Record],
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    indent: int | None = 2,
) -> None:
    """Write one record, or many as NDJSON, to a file; an old file stays as it is until the new one is complete.

    Args:
        records: One record, or any number of them, which may come one by one.
        path: The file. Anything else that stands there, such as a pipe, is written to directly.
        format: As for `dumps`; by default as the suffix tells, else `json` for one record and `ndjson` for many.
        indent: As for `dumps`.

    Raises:
        EncounterError: As for `dumps`; or the file cannot be written; or many records for a format that holds one.
    """
    file = Path(path)
    is_one = is_kind(type(records))
    asked = format_named(format) if format else format_of(file.name)
    chosen = asked or (Format.JSON if is_one else Format.NDJSON)
    if not is_one and chosen is not Format.NDJSON:
        problem = Problem("many records for one document", Place(str(file)), hint="write NDJSON: name it .ndjson")
        raise EncounterError(problem)
    some = cast("Iterable[Record]", (records,) if is_one else records)
    with _writing(file), _replacing(file) as stream:
        for record in some:
            stream.write(dumps(record, format=chosen, indent=indent))


# --- plain data -------------------------------------------------------------------------------------------------


def plain(record: Record) -> dict[str, Any]:
    """A record as the dicts and lists of its JSON form, its keys in their order.

    Raises:
        EncounterError: It holds something that JSON cannot.
    """
    raise_unless_known(type(record))
    if isinstance(record, Encounter):
        _raise_flaws({name: getattr(record, name) for name in _FREE})
    data = {**head_of(type(record)), **CONVERTER.unstructure(record)}
    _raise_flaws(data)
    if isinstance(record, Encounter):
        data["events"] = [_ordered(event, _EVENT_KEYS) for event in data["events"]]
        return _ordered(data, _ENCOUNTER_KEYS)
    return data


def _raise_flaws(data: Mapping[str, Any]) -> None:
    raise_errors(placed(tuple(check_json(data))), EncounterError)


def _ordered(data: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: data[key] for key in keys if key in data}


# --- formats ----------------------------------------------------------------------------------------------------


def _as_json(record: Record, indent: int | None) -> str:
    return json.dumps(plain(record), ensure_ascii=False, allow_nan=False, indent=indent) + "\n"


def _as_line(record: Record, _: int | None) -> str:
    return json.dumps(plain(record), ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def _as_timeline(record: Record, _: int | None) -> str:
    if not isinstance(record, Encounter):
        what = f"{one(type(record))} cannot stand in the timeline notation"
        raise EncounterError(Problem(what, expected="json or ndjson"))
    return format_document(plain(record), record.events)


_WRITERS: Mapping[Format, Callable[[Record, int | None], str]] = MappingProxyType(
    {Format.JSON: _as_json, Format.NDJSON: _as_line, Format.TIMELINE: _as_timeline}
)


# --- files ------------------------------------------------------------------------------------------------------


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """Turn what the system says of a file that cannot be written into an `EncounterError`."""
    try:
        yield
    except OSError as error:
        raise EncounterError(Problem(f"cannot be written: {error.strerror or error}", Place(str(file)))) from None


@contextmanager
def _replacing(file: Path) -> Iterator[IO[str]]:
    """A stream whose text takes the place of `file` once it is complete; after an error the old file stays."""
    target = file.resolve()
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and not stat.S_ISREG(mode):
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    new = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        with new.open("x", encoding="utf-8", newline="\n") as stream:
            yield stream
        if mode is not None:
            new.chmod(stat.S_IMODE(mode))
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
