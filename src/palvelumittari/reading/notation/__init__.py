"""The timeline notation: encounters as people write them down, one event a line.

    0:36    customer minimal #lengthened: mmmm

`time actor[/who] act [> to] [#tags] [(duration)] [{...}] [: text]`. The time `-` means that nobody noted one; `#` at
the start of a line is a comment. `who`, the act and a tag may be JSON strings where they hold blanks or marks, the
text where its edges are blank; the braces hold `detector` and `span` as JSON. So every event can be written,
and reads back the same.
"""

from palvelumittari.reading.notation.documents import Document, format_document, parse_document
from palvelumittari.reading.notation.timelines import Timeline, parse_events, parse_timeline
from palvelumittari.reading.notation.writing import format_events

__all__ = [
    "Document",
    "Timeline",
    "format_document",
    "format_events",
    "parse_document",
    "parse_events",
    "parse_timeline",
]
