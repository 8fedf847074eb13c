"""How a case that failed is told: expected, actual and why, what weighed most, and the timeline with what decided."""

from __future__ import annotations

from collections.abc import Iterator

from palvelumittari.authoring.trying import Tried
from palvelumittari.reading.notation import format_events
from palvelumittari.records.explanation import coverage_line, gate_line, headline, weightiest
from palvelumittari.records.verdict import Finding, Part
from palvelumittari.words.phrases import signed

LANGUAGE = "en"
MARKS = ("against", "for", "occasion")
"""What an event may be to a finding that decided; the first of several is shown."""


def told(tried: Tried) -> str:
    """A failed case as text for its author; lines without colour, joined by newlines."""
    return "\n".join(_lines(tried))


def _lines(tried: Tried) -> Iterator[str]:
    case, verdict = tried.case, tried.verdict
    for difference in tried.differences:
        yield f"{difference.what}: expected {difference.expected}, got {difference.actual}"
        yield from (f"    {line}" for line in difference.because.splitlines())
    yield ""
    yield f"  {case.title.said_in(LANGUAGE)} ({case.file})"
    yield f"  {headline(verdict, LANGUAGE)}"
    yield from (f"  {gate_line(gate, verdict, LANGUAGE)}" for gate in verdict.gates)
    yield f"  {coverage_line(verdict, LANGUAGE)}"
    yield ""
    decided = deciding(tried)
    yield "  What decided" if decided else "  Nothing earned or cost a point."
    for finding in decided:
        yield from _finding(finding)
    yield ""
    yield "  What happened"
    yield from _timeline(tried)


def deciding(tried: Tried) -> tuple[Finding, ...]:
    """The findings that the case expects otherwise, then those that weigh most; each once."""
    findings = {finding.criterion: finding for finding in tried.verdict.findings}
    named = [findings[each.what] for each in tried.differences if each.what in findings]
    return tuple({finding.criterion: finding for finding in (*named, *weightiest(tried.verdict))}.values())


def _finding(finding: Finding) -> Iterator[str]:
    points = signed(finding.points, LANGUAGE) if finding.judged else "\N{EN DASH}"
    yield f"  {points:>6}  {finding.title.said_in(LANGUAGE)} ({finding.outcome}) [{finding.criterion}]"
    yield f"            {finding.reason.said_in(LANGUAGE)}"
    yield from (f"            in the situation: {each.said_in(LANGUAGE)}" for each in finding.situations)
    if finding.evidence:
        cited = (f"event {piece.event + 1} {_mark(finding, piece.event)}" for piece in finding.evidence)
        yield f"            {', '.join(dict.fromkeys(cited))}"


def _mark(finding: Finding, event: int) -> str:
    """What an event is to a finding."""
    pieces = [piece for piece in finding.evidence if piece.event == event]
    kinds = {"occasion" if piece.part is Part.TRIGGER else str(piece.weighs) for piece in pieces}
    return next(mark for mark in MARKS if mark in kinds)


def _timeline(tried: Tried) -> Iterator[str]:
    """Every event with its number, and what it was to the findings that decided."""
    marks: dict[int, set[str]] = {}
    for finding in deciding(tried):
        for piece in finding.evidence:
            marks.setdefault(piece.event, set()).add(_mark(finding, piece.event))
    for index, line in enumerate(format_events(tried.case.encounter.events).splitlines()):
        mark = next((mark for mark in MARKS if mark in marks.get(index, ())), "")
        yield f"  {mark:>8} {index + 1:>3}  {line}"
