"""Reading encounters, verdicts and other records with the vocabulary of the installed plugins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, overload

from palvelumittari import formats
from palvelumittari.formats import Reject
from palvelumittari.formats.kinds import Kind
from palvelumittari.formats.sources import Readable
from palvelumittari.plugins import find_installed
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.vocabulary import Vocabulary


@overload
def load(
    where: Readable, kind: type[Encounter] = ..., *, format: str | None = ..., vocabulary: Vocabulary | None = ...
) -> Encounter: ...
@overload
def load(
    where: Readable, kind: type[Kind], *, format: str | None = ..., vocabulary: Vocabulary | None = ...
) -> Kind: ...
def load(
    where: Readable,
    kind: type[Any] = Encounter,
    *,
    format: str | None = None,
    vocabulary: Vocabulary | None = None,
) -> Any:
    """One encounter, or another record, from a file or an open stream.

    Args:
        where: A path, or a stream of text or bytes.
        kind: `Encounter`, `Verdict`, or the class of another record that `dump` writes.
        format: `json`, `ndjson` or `timeline`; by default told from the file's suffix, else from its content.
        vocabulary: What an encounter may name; by default that of the core and the installed plugins.

    Raises:
        EncounterError: With every problem of the file: where, what was found, what was expected, what to try.

    Warns:
        EncounterWarning: If something in it is odd, such as an act by an actor who does not do it.
    """
    return formats.load(where, kind, vocabulary=_known(vocabulary), format=format)


@overload
def loads(
    text: str | bytes, kind: type[Encounter] = ..., *, format: str | None = ..., vocabulary: Vocabulary | None = ...
) -> Encounter: ...
@overload
def loads(
    text: str | bytes, kind: type[Kind], *, format: str | None = ..., vocabulary: Vocabulary | None = ...
) -> Kind: ...
def loads(
    text: str | bytes,
    kind: type[Any] = Encounter,
    *,
    format: str | None = None,
    vocabulary: Vocabulary | None = None,
) -> Any:
    """One encounter, or another record, from a text; arguments and errors are those of `load`.

    >>> loads("id: ride-117\\nsector: taxi\\n\\n0:02 server greet: Iltaa!\\n").events[0].text
    'Iltaa!'
    """
    return formats.loads(text, kind, vocabulary=_known(vocabulary), format=format)


@overload
def load_many(
    where: Readable, kind: type[Encounter] = ..., *, format: str | None = ..., vocabulary: Vocabulary | None = ...
) -> Iterator[Encounter | Reject]: ...
@overload
def load_many(
    where: Readable, kind: type[Kind], *, format: str | None = ..., vocabulary: Vocabulary | None = ...
) -> Iterator[Kind | Reject]: ...
def load_many(
    where: Readable,
    kind: type[Any] = Encounter,
    *,
    format: str | None = None,
    vocabulary: Vocabulary | None = None,
) -> Iterator[Any]:
    """The encounters, or other records, of a file or stream one after another, each as soon as its line is read.

    A bad line becomes a `Reject` with its number and problems, and the rest go on; at most one line is kept in memory.
    Arguments are those of `load`.
    """
    return formats.load_many(where, kind, vocabulary=_known(vocabulary), format=format)


def _known(vocabulary: Vocabulary | None) -> Vocabulary:
    return find_installed().vocabulary if vocabulary is None else vocabulary
