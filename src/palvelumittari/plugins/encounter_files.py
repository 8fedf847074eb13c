"""Reading encounters from files in the formats of the core and of the plugins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from palvelumittari import formats
from palvelumittari.formats.sources import Readable, name_of
from palvelumittari.plugins.catalog import Catalog
from palvelumittari.records.encounter import Encounter
from palvelumittari.words.errors import EncounterError, Place, Problem


def load(catalog: Catalog, where: Readable, format: str | None) -> Encounter:
    """The one encounter of a file or stream, checked against the vocabulary of the catalog.

    Raises:
        EncounterError: If there is none or there are several, or it is wrong; or there is no such format.
    """
    if plugged_format(catalog, where, format) is None:
        return formats.load(where, vocabulary=catalog.vocabulary, format=format)
    found = list(islice(load_many(catalog, where, format), 2))
    if len(found) != 1:
        how_many = "no encounter" if not found else "several encounters"
        hint = "load_many reads them one by one, and so does `palvelumittari score`" if found else None
        raise EncounterError(Problem(f"this holds {how_many}", Place(name_of(where)), hint=hint))
    if isinstance(found[0], formats.Reject):
        raise EncounterError(*found[0].problems)
    return found[0]


def load_many(catalog: Catalog, where: Readable, format: str | None) -> Iterator[Encounter | formats.Reject]:
    """The encounters of a file or stream one after another, checked against the vocabulary of the catalog.

    Raises:
        EncounterError: If there is no such format, or the file cannot be read to its end.
    """
    name = plugged_format(catalog, where, format)
    if name is None:
        return formats.load_many(where, vocabulary=catalog.vocabulary, format=format)
    return formats.load_plugged(
        catalog.readers[name],
        where,
        format=name,
        plugin=catalog.owner("readers", name),
        vocabulary=catalog.vocabulary,
    )


def plugged_format(catalog: Catalog, where: Readable, format: str | None) -> str | None:
    """The format that a plugin reads, by its name or the file's suffix; `None` if it is one of the core's.

    Raises:
        EncounterError: If there is no format of that name.
    """
    known = (*formats.Format, *catalog.readers)
    if format is not None and format not in known:
        raise EncounterError(formats.unknown_format(format, known))
    file = name_of(where) or ""
    if format is None and formats.format_of(file) is None:
        format = Path(file).suffix.removeprefix(".").lower()
    return format if format in catalog.readers else None
