"""Asking something of the encounters of files one by one; what cannot be read or asked is told, and the rest go on.

A file is a case (`*.case.toml`), of which the encounter is taken, or whatever the meter reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

import attrs

from palvelumittari.cli.score_stream import encounters_in, placed_in_file
from palvelumittari.cli.session import check_format
from palvelumittari.cli.telling import Ending, tell_errors
from palvelumittari.formats import Format, Reject
from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Encounter
from palvelumittari.words.errors import PalvelumittariError

Answer = TypeVar("Answer")


@attrs.define
class Asker(Generic[Answer]):
    """Asks of each encounter, and remembers whether anything was wrong.

    Raises a usage error where it is made if there is no format of the name `source`.
    """

    meter: Meter
    ask: Callable[[Encounter], Answer]
    source: str | None = None
    ending: Ending = attrs.field(default=Ending.FINE, init=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a format that nobody reads."""
        check_format("--from", self.source, (*Format, *self.meter.catalog.readers))

    def answers(self, files: Iterable[str]) -> Iterator[Answer]:
        """The answer to each encounter of each file that can be read and asked."""
        for file in files:
            try:
                for found in encounters_in(self.meter, file, self.source):
                    yield from self._answered(found, file)
            except PalvelumittariError as error:  # the file cannot be read at all, or not to its end
                self.ending = Ending.BAD_INPUT
                tell_errors(error.problems)

    def _answered(self, found: Encounter | Reject, file: str) -> Iterator[Answer]:
        if isinstance(found, Reject):
            self.ending = Ending.BAD_INPUT
            tell_errors(found.problems)
            return
        try:
            answer = self.ask(found)
        except PalvelumittariError as error:
            self.ending = Ending.BAD_INPUT
            tell_errors(placed_in_file(problem, file, found) for problem in error.problems)
            return
        yield answer
