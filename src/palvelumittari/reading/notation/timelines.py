"""Reading the events of a timeline."""

from __future__ import annotations

import attrs

from palvelumittari.reading.excerpts import place_in
from palvelumittari.reading.gathering import MOST_PROBLEMS, first_problems
from palvelumittari.reading.notation.lines import LineReader, Range
from palvelumittari.reading.structure import Path
from palvelumittari.records.encounter import Event
from palvelumittari.words.errors import Place, Problem


@attrs.frozen
class Mark:
    """Where an event was written: the number of its line, the text of that line, and the range of each part."""

    line: int
    text: str
    ranges: dict[Path, Range]

    def place(self, part: Path, file: str | None) -> Place:
        """The place of a part such as `("tags", 0)`, else of what holds it, else of the whole event."""
        ancestry = (part[:length] for length in range(len(part), 0, -1))
        known = (self.ranges[at] for at in ancestry if at in self.ranges)
        whole = (len(self.text) - len(self.text.lstrip()), len(self.text.rstrip()))
        return place_in(self.text, *next(known, whole), file=file, first_line=self.line)


@attrs.frozen
class Timeline:
    """Events read from the notation, everything that is wrong with it, and where each event stands."""

    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    marks: tuple[Mark, ...]
    file: str | None = None

    def place(self, path: Path) -> Place:
        """The place of a path that starts with the index of an event: `(4, "act")`.

        It tells line and column but no path: people who write the notation see no indices.
        """
        index, *part = path
        return self.marks[int(index)].place(tuple(part), self.file)


def parse_events(
    text: str, *, file: str | None = None, first_line: int = 1
) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    r"""The events of a timeline in order, and everything that is wrong with it.

    Args:
        text: Lines in the timeline notation; blank lines and comments are skipped.
        file: The name of the file, for messages.
        first_line: The number of the first line within that file.

    Returns:
        The events of the lines that can be read, and one problem or more for each that cannot.

    >>> parse_events("0:02 server greet: Iltaa!")[0][0].at_ms
    2000
    """
    timeline = parse_timeline(text, file=file, first_line=first_line)
    return timeline.events, timeline.problems


def parse_timeline(text: str, *, file: str | None = None, first_line: int = 1) -> Timeline:
    """What `parse_events` reads, together with the place of every event, for problems found later."""
    events: list[Event] = []
    marks: list[Mark] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), first_line):
        if line.strip() and not is_comment(line) and len(problems) <= MOST_PROBLEMS:
            reader = LineReader(line, number, file)
            event = reader.read()
            problems += reader.problems
            if event is not None:
                events.append(event)
                marks.append(Mark(number, line, reader.ranges))
    return Timeline(tuple(events), first_problems(problems), tuple(marks), file)


def is_comment(line: str) -> bool:
    """Whether a line holds nothing but a comment."""
    return line.lstrip().startswith("#")
