"""What is to be made, and what was made."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path, PurePosixPath

import attrs


class Kind(StrEnum):
    """What can be made from templates."""

    RUBRIC = "rubric"
    PLUGIN = "plugin"


def sector_of(name: str) -> str:
    """The sector that a rubric of this name serves if nobody says otherwise."""
    return name.partition("/")[0]


@attrs.frozen
class Wish:
    """A rubric or plugin that somebody wants: its name, what people call the place, and which sector it serves.

    `into` is the folder in which the new folder is to be made.
    """

    kind: Kind
    name: str
    title: str = attrs.field(kw_only=True)
    sector: str = attrs.field(kw_only=True)
    into: Path = attrs.field(kw_only=True)

    @classmethod
    def of(cls, kind: Kind, name: str, *, title: str | None, sector: str | None, into: Path) -> Wish:
        """A wish in which what is not given is taken from the name.

        >>> wish = Wish.of(Kind.RUBRIC, "hotel/desk", title=None, sector=None, into=Path())
        >>> wish.title, wish.sector
        ('Hotel desk', 'hotel')
        """
        said = name.replace("/", " ").replace("_", " ").capitalize() if title is None else title
        return cls(kind, name, title=said, sector=sector_of(name) if sector is None else sector, into=into)

    @property
    def slug(self) -> str:
        """The name as files are called by it."""
        return self.name.replace("/", "_")

    @property
    def folder(self) -> Path:
        """The folder to be made."""
        return self.into / (self.slug if self.kind is Kind.RUBRIC else self.distribution)

    @property
    def distribution(self) -> str:
        """What pip calls the plugin."""
        return f"palvelumittari-{self.slug.replace('_', '-')}"


@attrs.frozen
class Made:
    """What was made: a folder, and its files relative to it, in order."""

    wish: Wish
    files: tuple[PurePosixPath, ...]

    @property
    def folder(self) -> Path:
        """The folder that was made."""
        return self.wish.folder
