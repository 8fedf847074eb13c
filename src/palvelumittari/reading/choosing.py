"""Choosing the rubrics for an encounter: by sector (most specific wins) and by channel, else the universal one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.records.encounter import Encounter
from palvelumittari.words.errors import Problem, RubricError, did_you_mean

UNIVERSAL = "service"
"""The rubric that serves every encounter for which no other is made."""


@attrs.frozen
class Choice:
    """The ids of the rubrics to unite, channel before sector.

    `parent` is the sector whose rubric served a more specific sector, `None` if the sector has its own;
    `is_universal` says that nothing matched.
    """

    rubrics: tuple[str, ...]
    parent: str | None = None
    is_universal: bool = False


def choose(encounter: Encounter, files: Mapping[str, RubricFile]) -> Choice:
    """The rubrics for an encounter; raises `RubricError` naming both if two are equally specific."""
    sector = _for_sector(encounter, files.values())
    channel = _for_channel(encounter, files.values())
    found = tuple(dict.fromkeys(file.id for file in (channel, sector) if file is not None))
    if not found:
        return Choice(_universal(files), is_universal=True)
    parent = _matching_sector(encounter, sector) if sector is not None else None
    return Choice(found, parent if parent != encounter.sector else None)


def choose_named(name: str, files: Mapping[str, RubricFile]) -> Choice:
    """The rubric a caller asks for; raises `RubricError` if there is none of that id."""
    if name not in files:
        hint = did_you_mean(name, files) or "`palvelumittari rubric list` names all rubrics"
        raise RubricError(Problem(f"there is no rubric `{name}`", expected="one of " + ", ".join(files), hint=hint))
    return Choice((name,))


def _universal(files: Mapping[str, RubricFile]) -> tuple[str, ...]:
    if UNIVERSAL not in files:
        raise RubricError(
            Problem(f"no rubric fits, and there is no `{UNIVERSAL}` rubric", hint="reinstall palvelumittari")
        )
    return (UNIVERSAL,)


def _matching_sector(encounter: Encounter, file: RubricFile) -> str | None:
    """The most specific sector of a rubric that covers the encounter's."""
    wanted = encounter.sector or ""
    covering = [name for name in file.document.sectors if wanted == name or wanted.startswith(name + ".")]
    return max(covering, key=len, default=None)


def _for_sector(encounter: Encounter, files: Iterable[RubricFile]) -> RubricFile | None:
    candidates = [file for file in files if _matching_sector(encounter, file) and _suits_channel(encounter, file)]
    ranks = {file.id: _specificity(encounter, file) for file in candidates}
    best = [file for file in candidates if ranks[file.id] == max(ranks.values())]
    return _only(best, f"the sector `{encounter.sector}`")


def _suits_channel(encounter: Encounter, file: RubricFile) -> bool:
    return not file.document.channels or encounter.channel in file.document.channels


def _specificity(encounter: Encounter, file: RubricFile) -> tuple[int, bool]:
    """More dots first, then a rubric that names the channel too."""
    return ((_matching_sector(encounter, file) or "").count("."), bool(file.document.channels))


def _for_channel(encounter: Encounter, files: Iterable[RubricFile]) -> RubricFile | None:
    suiting = [file for file in files if not file.document.sectors and encounter.channel in file.document.channels]
    return _only(suiting, f"the channel `{encounter.channel}`")


def _only(files: list[RubricFile], subject: str) -> RubricFile | None:
    if len(files) > 1:
        names = " and ".join(f"`{file.id}` ({file.origin or file.file.name})" for file in files)
        first = files[0].id
        hint = f"name one, for instance --rubric {first} (in Python rubric={first!r}), or uninstall one of them"
        raise RubricError(Problem(f"several rubrics are made for {subject}: {names}", hint=hint))
    return files[0] if files else None
