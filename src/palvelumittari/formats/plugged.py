"""Reading the formats that plugins bring: their data is checked as strictly as a file of ours."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, cast

from palvelumittari.formats.loading import Reject
from palvelumittari.formats.sources import Readable, name_of, opened
from palvelumittari.formats.structuring import record_from
from palvelumittari.reading.encounters import DEFAULT_LIMITS, Limits
from palvelumittari.reading.structure import placed
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import EncounterError, Place, Problem, shown

Plugged = Callable[[IO[bytes], str | None], Iterable[Mapping[str, Any]]]
"""A plugin's reader: gets an open file and its name, gives encounters in the form of the JSON files."""


def load_plugged(
    reader: Plugged, where: Readable, *, format: str, vocabulary: Vocabulary, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Encounter | Reject]:
    """The encounters that a plugin's reader finds in a file or stream, each checked; what is none becomes a `Reject`.

    Raises:
        EncounterError: If the file cannot be read, or the reader fails: it may raise anything.
    """
    name = name_of(where)
    with opened(where) as stream:
        for number, data in enumerate(_read(reader, _binary(stream), name, format), start=1):
            record, found = record_from(data, Encounter, vocabulary, limits)
            problems = tuple(problem for problem in placed(tuple(found), name) if problem.is_error)
            yield Reject(number, problems, shown(data)) if record is None else record


def _read(reader: Plugged, stream: IO[bytes], name: str | None, format: str) -> Iterator[Mapping[str, Any]]:
    try:
        yield from reader(stream, name)
    except EncounterError:
        raise
    except Exception as error:
        what = f"the reader `{format}` failed: {type(error).__name__}: {error}"
        raise EncounterError(Problem(what, Place(name), hint="`palvelumittari plugin list` names its plugin")) from error


def _binary(stream: IO[str] | IO[bytes]) -> IO[bytes]:
    if isinstance(stream, io.TextIOBase):
        return io.BytesIO(stream.read().encode())
    return cast("IO[bytes]", stream)
