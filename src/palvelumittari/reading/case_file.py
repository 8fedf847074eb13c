"""Reading case files: an encounter in timeline notation with the verdict it must get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from palvelumittari.reading.encounters import check_encounter
from palvelumittari.reading.notation import Timeline, parse_timeline
from palvelumittari.reading.rubric_types import rubric_converter
from palvelumittari.reading.structure import Path, structured
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.records.case import NO_SCORE, Case, Expectation
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Band
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import Place, Problem, RubricError, did_you_mean, raise_errors
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

_BANDS = (*Band, NO_SCORE)


@attrs.frozen(kw_only=True)
class CaseDocument:
    """A case file as it stands, its encounter still raw."""

    schema: int
    id: str
    title: Text
    expect: Expectation
    encounter: FrozenMap[Any]
    contrast: str | None = None
    story: Text | None = None


def read_case(file: TomlFile, vocabulary: Vocabulary) -> Case:
    """A case from its file; raises `RubricError` with every problem, those of the timeline with their lines."""
    document, found = structured(rubric_converter(), file.data, CaseDocument)
    problems = file.problems([*found, *(_check_head(document) if document is not None else ())])
    encounter = _encounter(file, vocabulary, problems)
    raise_errors(sorted(problems, key=lambda problem: problem.place.line or 0), RubricError)
    assert document is not None  # for the type checker: without problems there are both
    assert encounter is not None
    return Case(
        id=document.id,
        title=document.title,
        expect=document.expect,
        encounter=encounter,
        contrast=document.contrast,
        story=document.story,
        file=file.name,
    )


def _check_head(document: CaseDocument) -> Iterable[tuple[Path, Problem]]:
    expect = document.expect
    if document.schema != 1:
        yield ("schema",), Problem("this version reads schema 1", hint="write schema = 1")
    if expect.band is not None and expect.band not in _BANDS:
        hint = did_you_mean(expect.band, _BANDS)
        expected = "one of " + ", ".join(_BANDS)
        yield ("expect", "band"), Problem(f"`{expect.band}` is no band", expected=expected, hint=hint)
    if expect.score is not None and not 0 <= expect.score[0] <= expect.score[1] <= 100:
        yield ("expect", "score"), Problem("this is no range of scores", expected="[low, high] from 0 to 100")
    if expect == Expectation():
        yield ("expect",), Problem("the case expects nothing", hint="add band, outcomes or score")


def _encounter(file: TomlFile, vocabulary: Vocabulary, problems: list[Problem]) -> Encounter | None:
    """The encounter, or `None` after adding what is wrong with it to `problems`."""
    raw = file.data.get("encounter")
    if not isinstance(raw, Mapping):
        return None
    timeline = _timeline(raw.get("timeline", ""), file, problems)
    data = {"id": file.data.get("id"), "events": [], **{key: raw[key] for key in raw if key != "timeline"}}
    encounter, found = structured(rubric_converter(), data, Encounter)
    told = () if "id" in raw else (("id",),)  # the id is the case's, whose problems are told there
    problems += file.problems((("encounter", *path), problem) for path, problem in found if path not in told)
    if encounter is None:
        return None
    listed = len(encounter.events)
    encounter = attrs.evolve(encounter, events=encounter.events + timeline.events)
    for path, problem in check_encounter(encounter, vocabulary):
        problems.append(problem.at(_place(path, file, timeline, listed)))
    return encounter


def _place(path: Path, file: TomlFile, timeline: Timeline, listed: int) -> Place:
    """Where in the file a part of the encounter stands, whose first `listed` events stand before the timeline."""
    match path:
        case ("events", int(index), *rest) if index >= listed:
            return timeline.place((index - listed, *rest))
        case _:
            return file.place(("encounter", *path))


def _timeline(text: Any, file: TomlFile, problems: list[Problem]) -> Timeline:
    if not isinstance(text, str):
        problems.append(file.problem(("encounter", "timeline"), Problem("the timeline is text in three quotes")))
        text = ""
    timeline = parse_timeline(text, file=file.name, first_line=_first_line(file))
    problems += timeline.problems
    return timeline


def _first_line(file: TomlFile) -> int:
    """The line of the file on which the text of the timeline begins."""
    path = ("encounter", "timeline")
    if path not in file.positions:
        return 1
    content = file.positions[path].content
    return file.text.count("\n", 0, content) + 1
