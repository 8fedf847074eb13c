"""Reading records: one from a text or a file, or many from a stream, line by line."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any, cast, overload

import attrs

from palvelumittari.formats.kinds import Kind
from palvelumittari.formats.reader import Reader
from palvelumittari.formats.sources import Readable, legible, name_of, opened, read_at_most
from palvelumittari.reading.encounters import DEFAULT_LIMITS, Limits
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import EncounterError, EncounterWarning, Problem, raise_errors


@attrs.frozen
class Reject:
    """A line (or a whole document) of a stream that is no record.

    `line` is its number from 1, `problems` is what is wrong with it, `raw` its text: what is not UTF-8 stands as
    `\\xe4`, and of a line that is too long there is only the beginning.
    """

    line: int
    problems: tuple[Problem, ...]
    raw: str = attrs.field(repr=False)


@overload
def loads(
    text: str | bytes,
    kind: type[Encounter] = ...,
    *,
    vocabulary: Vocabulary,
    format: str | None = ...,
    name: str | None = ...,
    limits: Limits = ...,
) -> Encounter: ...
@overload
def loads(
    text: str | bytes,
    kind: type[Kind],
    *,
    vocabulary: Vocabulary,
    format: str | None = ...,
    name: str | None = ...,
    limits: Limits = ...,
) -> Kind: ...
def loads(
    text: str | bytes,
    kind: type[Any] = Encounter,
    *,
    vocabulary: Vocabulary,
    format: str | None = None,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Any:
    """One record from a text: an encounter, or of the kind that is asked for.

    Args:
        text: The document as text, or as bytes in UTF-8.
        kind: `Encounter`, `Verdict` or another class of `formats.kinds.Record`.
        vocabulary: The acts, tags and fields that an encounter may name.
        format: `json`, `ndjson` or `timeline`; by default as the suffix of `name` tells, else as the text begins.
        name: The name of the file, for messages; in the notation its stem is the id where the head gives none.
        limits: How large the document and the encounter may be.

    Raises:
        EncounterError: With every problem, if the text holds no such record.

    Warns:
        EncounterWarning: For what is odd but can be judged, such as an act by an actor who cannot do it.
    """
    return _accepted(*Reader(kind, vocabulary, limits, name, format).read(text))


@overload
def load(
    where: Readable,
    kind: type[Encounter] = ...,
    *,
    vocabulary: Vocabulary,
    format: str | None = ...,
    limits: Limits = ...,
) -> Encounter: ...
@overload
def load(
    where: Readable, kind: type[Kind], *, vocabulary: Vocabulary, format: str | None = ..., limits: Limits = ...
) -> Kind: ...
def load(
    where: Readable,
    kind: type[Any] = Encounter,
    *,
    vocabulary: Vocabulary,
    format: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Any:
    """One record from a file or an open stream; otherwise as `loads`.

    No more than `limits.document_bytes` are read.
    """
    name = name_of(where)
    with opened(where) as stream:
        raw = read_at_most(stream, limits.document_bytes, name)
    return loads(raw, kind, vocabulary=vocabulary, format=format, name=name, limits=limits)


@overload
def load_many(
    where: Readable,
    kind: type[Encounter] = ...,
    *,
    vocabulary: Vocabulary,
    format: str | None = ...,
    limits: Limits = ...,
) -> Iterator[Encounter | Reject]: ...
@overload
def load_many(
    where: Readable, kind: type[Kind], *, vocabulary: Vocabulary, format: str | None = ..., limits: Limits = ...
) -> Iterator[Kind | Reject]: ...
def load_many(
    where: Readable,
    kind: type[Any] = Encounter,
    *,
    vocabulary: Vocabulary,
    format: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Any]:
    """All records of one kind in a file or an open stream, each as soon as its line is read.

    Nothing is opened before the first one is asked for, and no more than a line is kept in memory. A file with a
    single JSON document or timeline gives one record. Arguments are as for `load`. What is merely odd passes without
    a warning here: there may be millions, and a verdict notes it.

    Returns:
        In the order of the file a record, or a `Reject` for what is none. Blank lines are passed over.

    Raises:
        EncounterError: If there is no such file, it cannot be read, is empty, or is UTF-16 throughout.
    """
    yield from _records(Reader(kind, vocabulary, limits, name_of(where), format), where)


def load_mixed(
    where: Readable,
    kinds: tuple[type[Any], ...],
    *,
    vocabulary: Vocabulary,
    format: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Any]:
    """All records of a file or an open stream, of whichever of `kinds` each says or seems to be.

    What seems to be none of them is read as the first. A list in one JSON document, as `score -f json` writes it,
    gives its members. Otherwise as `load_many`.
    """
    yield from _records(Reader(kinds[0], vocabulary, limits, name_of(where), format, kinds), where)


def _records(reader: Reader[Any], where: Readable) -> Iterator[Any]:
    with opened(where) as stream:
        for number, raw, (record, problems) in reader.read_stream(stream):
            if record is None:
                yield Reject(
                    number, tuple(problem for problem in problems if problem.is_error), legible(raw).rstrip("\r\n")
                )
            else:
                yield record


def _accepted(record: Kind | None, problems: tuple[Problem, ...]) -> Kind:
    raise_errors(problems, EncounterError)
    for problem in problems:
        warnings.warn(EncounterWarning(str(problem)), stacklevel=3)
    return cast("Kind", record)
