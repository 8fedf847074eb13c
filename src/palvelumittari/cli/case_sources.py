"""Trying cases at the command line: what cannot be read is told, and the others go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palvelumittari.authoring.trying import Tried, try_case
from palvelumittari.cli.telling import tell_errors
from palvelumittari.hookspecs import File
from palvelumittari.meter import Meter
from palvelumittari.words.errors import PalvelumittariError


def tried(meter: Meter, files: Iterable[File]) -> Iterator[Tried | None]:
    """Each case with its verdict; `None` for one that cannot be read or judged, which is told."""
    for file in files:
        try:
            yield try_case(meter, file)
        except PalvelumittariError as error:
            tell_errors(error.problems)
            yield None
