"""What changed in the head of a rubric: its words, whom it serves, how it adds up, how its file is laid out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from palvelumittari.authoring.difference.edition import Edition
from palvelumittari.authoring.difference.parts import Part, parts_of, parts_of_text
from palvelumittari.authoring.difference.proof import is_within
from palvelumittari.authoring.difference.records import Change, Kind, Reason, Subject
from palvelumittari.reading.rubric_file import RubricDocument

_VERSION = re.compile(r'^version\s*=\s*(["\']).*?\1', re.MULTILINE)


def changes_of_head(old: Edition, new: Edition) -> Iterator[Change]:
    """The changes of title, summary, sectors, channels, parents and scoring constants."""
    before, after = old.document, new.document
    for key in ("title", "summary"):
        for part in parts_of_text(key, getattr(before, key), getattr(after, key)):
            yield _change(part, Reason.WORDING)
    if before.extends != after.extends:
        yield _change(Part(key="extends", old=before.extends, new=after.extends), Reason.REWRITTEN)
    yield from _changes_of_service(before, after)
    for part in parts_of(old.rubric.scoring, new.rubric.scoring):
        yield attrs.evolve(_change(part, Reason.SCORES), subject=Subject.SCORING)


def changes_of_layout(old: Edition, new: Edition) -> Iterator[Change]:
    """That comments or the layout changed, where the file says the same otherwise."""
    files = (old.file.file, new.file.file)
    said = [{key: value for key, value in file.data.items() if key != "version"} for file in files]
    texts = [_VERSION.sub("", file.text, count=1) for file in files]
    if said[0] == said[1] and texts[0] != texts[1]:
        yield _change(Part(key="layout", old=None, new=None), Reason.WORDING)


def _changes_of_service(old: RubricDocument, new: RubricDocument) -> Iterator[Change]:
    for key in ("sectors", "channels"):
        before, after = getattr(old, key), getattr(new, key)
        if frozenset(before) != frozenset(after):
            reason = Reason.SERVED if serves_still(old, new) else Reason.UNSERVED
            yield _change(Part(key=key, old=before, new=after), reason)
        elif before != after:
            yield _change(Part(key=key, old=before, new=after), Reason.REWRITTEN)


def serves_still(old: RubricDocument, new: RubricDocument) -> bool:
    """Whether a rubric serves every encounter that it served; one for no sector or channel in particular does."""
    if not old.sectors and not old.channels:
        return True
    sectors = all(is_within(each, new.sectors) for each in old.sectors) and bool(old.sectors) == bool(new.sectors)
    channels = not new.channels or (bool(old.channels) and frozenset(old.channels) <= frozenset(new.channels))
    return sectors and channels and bool(new.sectors or new.channels)


def _change(part: Part, reason: Reason) -> Change:
    return Change(subject=Subject.RUBRIC, kind=Kind.CHANGED, reason=reason, key=part.key, old=part.old, new=part.new)
