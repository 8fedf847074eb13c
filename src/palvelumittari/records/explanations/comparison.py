"""A comparison as plain text: what is other, both scores, and the criteria and readings that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from palvelumittari.records.explanation import course_line
from palvelumittari.words.phrases import decimal, phrase

if TYPE_CHECKING:
    from palvelumittari.records.comparison import Comparison, Row
    from palvelumittari.records.verdict import Finding, Verdict

_ARROW = " \N{RIGHTWARDS ARROW} "


def explain(comparison: Comparison, language: str) -> str:
    """The whole comparison, lines joined by newlines, without a trailing one."""
    return "\n".join(_lines(comparison, language))


def _lines(comparison: Comparison, language: str) -> Iterator[str]:
    yield headline(comparison, language)
    yield from (f"  {change}" for change in comparison.changes)
    yield ""
    yield from (f"  {row_line(row, language)}" for row in comparison.differing)
    if not comparison.differing:
        yield "  " + phrase("what_if.same", language)
    readings = list(reading_lines(comparison, language))
    if readings:
        yield ""
        yield phrase("section.showed", language)
        yield from (f"  {line}" for line in readings)


def headline(comparison: Comparison, language: str) -> str:
    """The encounter with both scores and bands."""
    both = _ARROW.join(score_and_band(each, language) for each in (comparison.before, comparison.after))
    return f"{comparison.encounter}: {both}"


def score_and_band(verdict: Verdict, language: str) -> str:
    """A verdict in a few words."""
    band = phrase(f"band.{verdict.band or 'none'}", language)
    return band if verdict.score is None else f"{decimal(verdict.score, language)} ({band})"


def row_line(row: Row, language: str) -> str:
    """A criterion with its outcome and points, before and after."""
    sides = _ARROW.join(standing(each, language) for each in (row.before, row.after))
    return f"{row.title.said_in(language)}: {sides} [{row.criterion}]"


def standing(finding: Finding | None, language: str) -> str:
    """What became of a criterion: its outcome, and its points if it has any; a dash where the rubric lacks it."""
    if finding is None:
        return "\N{EN DASH}"
    outcome = phrase(f"outcome.{finding.outcome}", language)
    if not finding.points:
        return outcome
    sign = "+" if finding.points > 0 else "\N{MINUS SIGN}"
    return f"{outcome} ({sign}{decimal(abs(finding.points), language)})"


def reading_lines(comparison: Comparison, language: str) -> Iterator[str]:
    """How the readings that differ ran, before and after."""
    for sides in comparison.readings:
        for side, course in zip(("before", "after"), sides, strict=True):
            if course is not None:
                yield f"{phrase(f'what_if.{side}', language)}: {course_line(course, language)}"
