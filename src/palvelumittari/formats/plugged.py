"""The formats that plugins bring: what is read is checked as strictly as a file of ours, what is written is text."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any, cast

import attrs

from palvelumittari.formats.loading import Reject
from palvelumittari.formats.sources import Readable, name_of, opened
from palvelumittari.formats.structuring import record_from
from palvelumittari.reading.encounters import DEFAULT_LIMITS, Limits
from palvelumittari.reading.structure import described, placed
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import EncounterError, Place, PluginError, Problem, shown

Record = Encounter | Verdict

PluggedReader = Callable[[IO[bytes], str | None], Iterable[Mapping[str, Any]]]
"""A plugin's reader: gets an open file and its name, gives encounters in the form of the JSON files."""

PluggedWriter = Callable[[Iterable[Record]], Iterable[str]]
"""A plugin's writer: gets records, gives the pieces of the text that holds them."""


def load_plugged(
    reader: PluggedReader,
    where: Readable,
    *,
    format: str,
    plugin: str,
    vocabulary: Vocabulary,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Encounter | Reject]:
    """The encounters that a plugin's reader finds in a file or stream, each checked; what is none becomes a `Reject`.

    Args:
        reader: The plugin's function.
        where: A path, or a stream of text or bytes.
        format: The name of the format, for messages.
        plugin: What messages call the plugin.
        vocabulary: What an encounter may name.
        limits: How large an encounter may be.

    Raises:
        EncounterError: If the file cannot be read, or the reader fails: it may raise anything.
    """
    name = name_of(where)
    with opened(where) as stream:
        blame = f"the reader `{format}` of the plugin {plugin} failed"
        for number, data in enumerate(_read(reader, _binary(stream), name, blame), start=1):
            record, found = record_from(data, Encounter, vocabulary, limits)
            problems = tuple(problem for problem in placed(tuple(found), name) if problem.is_error)
            yield Reject(number, problems, shown(data)) if record is None else record


def _read(reader: PluggedReader, stream: IO[bytes], name: str | None, blame: str) -> Iterator[Mapping[str, Any]]:
    try:
        yield from reader(stream, name)
    except EncounterError:
        raise
    except Exception as error:
        hint = "is the file in this format? If so, tell whoever makes the plugin"
        raise EncounterError(Problem(f"{blame}: {_said(error)}", Place(name), hint=hint)) from error


def _binary(stream: IO[str] | IO[bytes]) -> IO[bytes]:
    if isinstance(stream, io.TextIOBase):
        return io.BytesIO(stream.read().encode())
    return cast("IO[bytes]", stream)


# --- writing ----------------------------------------------------------------------------------------------------


def write_plugged(writer: PluggedWriter, records: Iterable[Record], *, format: str, plugin: str) -> Iterator[str]:
    """The pieces of text that a plugin's writer makes of records, each as soon as it is made.

    Args:
        writer: The plugin's function.
        records: Encounters or verdicts; the writer asks for them one by one, and need not ask for all.
        format: The name of the format, for messages.
        plugin: What messages call the plugin.

    Raises:
        PluginError: If the writer fails (it may raise anything) or gives something other than text. What `records`
            itself raises passes as it is.
    """
    blame = f"the writer `{format}` of the plugin {plugin}"
    source = _Source(iter(records))
    try:
        for piece in writer(source):
            if not isinstance(piece, str):
                raise PluginError(_no_text(blame, piece))
            yield piece
    except Exception as error:
        if error is source.failure or isinstance(error, PluginError):
            raise
        hint = "tell whoever makes the plugin, or write json or ndjson"
        raise PluginError(Problem(f"{blame} failed: {_said(error)}", hint=hint)) from error


@attrs.define
class _Source:
    """Records for a writer; what goes wrong in making them is kept apart from what goes wrong in writing."""

    records: Iterator[Record]
    failure: Exception | None = None

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        try:
            return next(self.records)
        except StopIteration:
            raise
        except Exception as error:
            self.failure = error
            raise


def _no_text(blame: str, piece: object) -> Problem:
    return Problem(
        f"{blame} gives something other than text", found=described(piece), expected="text", hint="yield text alone"
    )


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
