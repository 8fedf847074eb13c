"""A verdict as plain text: score, what weighed most and why, what the customer showed, what was not judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from palvelumittari.words.phrases import act_in_words, decimal, percent, phrase, quoted
from palvelumittari.words.timing import clock_from_ms

if TYPE_CHECKING:
    from palvelumittari.records.verdict import Course, Finding, Gate, Step, Verdict
    from palvelumittari.words.text import Text

MOST = 3
"""How many findings are told first, with their reasons."""

SILENT = ("undecided", "not_observed")
"""The outcomes that say more of the record than of the service, and are told in a line each."""


def explain(verdict: Verdict, language: str) -> str:
    """The whole explanation, lines joined by newlines, without a trailing one."""
    return "\n".join(_lines(verdict, language))


def _lines(verdict: Verdict, language: str) -> Iterator[str]:
    yield headline(verdict, language)
    yield from summary(verdict, language)
    yield from _section("weighed", [_full(each, language) for each in weightiest(verdict)], language)
    yield from _section("other", [[_short(each, language)] for each in also_judged(verdict)], language)
    yield from _section("showed", [list(showed_lines(verdict, language))], language)
    yield from _section("open", [list(not_judged_lines(verdict, language))], language)
    yield from _section("trial", [[_short(each, language)] for each in on_trial(verdict)], language)
    yield from _section("notes", [[note.text.said_in(language)] for note in verdict.notes], language)


def _section(name: str, blocks: list[list[str]], language: str) -> Iterator[str]:
    if any(blocks):
        yield ""
        yield phrase(f"section.{name}", language)
        for block in blocks:
            yield from (f"  {line}" for line in block)


# --- what is told, in which order ------------------------------------------------------------------------------


def weightiest(verdict: Verdict) -> list[Finding]:
    """The counted findings with the largest points, at most three."""
    counted = [finding for finding in verdict.findings if finding.counted and finding.points]
    return sorted(counted, key=lambda finding: -abs(finding.points))[:MOST]


def also_judged(verdict: Verdict) -> list[Finding]:
    """The other judged and counted findings, those that cost or earned most first."""
    told = {finding.criterion for finding in weightiest(verdict)}
    rest = [each for each in verdict.findings if each.judged and each.counted and each.criterion not in told]
    return sorted(rest, key=lambda finding: -abs(finding.points))


def not_judged(verdict: Verdict) -> list[Finding]:
    """The findings that could have been judged, had the record or the circumstances allowed it."""
    names = ("not_observed", "undecided", "excused", "error")
    return [finding for finding in verdict.findings if finding.counted and finding.outcome in names]


def without_occasion(verdict: Verdict) -> list[Finding]:
    """The findings that are met but not judged, because nothing gave an occasion to fail."""
    return [
        finding for finding in verdict.findings if finding.counted and finding.outcome == "met" and not finding.judged
    ]


def on_trial(verdict: Verdict) -> list[Finding]:
    """The findings that are shown and not counted."""
    return [finding for finding in verdict.findings if finding.lifecycle == "trial" and finding.judged]


def telling_courses(verdict: Verdict) -> list[Course]:
    """The readings that a cue moved, or that began where the context said: what the criteria were judged against."""
    return [course for course in verdict.readings if course.steps or course.declared]


# --- lines ------------------------------------------------------------------------------------------------------


def headline(verdict: Verdict, language: str) -> str:
    """The encounter with its score and band, or why there is none."""
    if verdict.score is None or verdict.band is None:
        return phrase("head.no_score", language, encounter=verdict.encounter)
    score = decimal(verdict.score, language)
    band = phrase(f"band.{verdict.band}", language)
    return phrase("head.score", language, encounter=verdict.encounter, score=score, band=band)


def summary(verdict: Verdict, language: str) -> Iterator[str]:
    """Gates, the score before them, coverage and the rubrics, a line each."""
    for gate in verdict.gates:
        yield gate_line(gate, verdict, language)
    if verdict.calculated_score is not None and verdict.calculated_score != verdict.score:
        yield phrase("head.calculated", language, score=decimal(verdict.calculated_score, language))
    yield coverage_line(verdict, language)
    rubrics = ", ".join(f"{ref.id} {ref.version}" for ref in verdict.rubrics)
    yield phrase("head.rubric", language, rubric=rubrics)


def coverage_line(verdict: Verdict, language: str) -> str:
    """How much of the weight was judged on evidence."""
    if verdict.coverage is None:
        return phrase("head.no_coverage", language)
    return phrase("head.coverage", language, share=percent(verdict.coverage, language))


def gate_line(gate: Gate, verdict: Verdict, language: str) -> str:
    """What a gate did, and because of which criteria."""
    titles = [quoted(verdict.finding(each).title.said_in(language), language) for each in gate.criteria]
    before, after = (phrase(f"band.{band}", language) for band in (gate.before, gate.after))
    return phrase(f"gate.{gate.kind}", language, before=before, after=after, criteria=", ".join(titles))


def _full(finding: Finding, language: str) -> list[str]:
    lines = [_short(finding, language), f"    {finding.reason.said_in(language)}"]
    lines += [f"    {situation_line(situation, language)}" for situation in finding.situations]
    if finding.advice is not None and finding.points < 0:
        lines.append("    " + phrase("line.advice", language, advice=finding.advice.said_in(language)))
    return lines


def situation_line(situation: Text, language: str) -> str:
    """That a situation applied."""
    return phrase("line.situation", language, situation=situation.said_in(language))


def _short(finding: Finding, language: str) -> str:
    outcome = phrase(f"outcome.{finding.outcome}", language)
    sign = "+" if finding.points > 0 else "\N{MINUS SIGN}" if finding.points < 0 else " "
    points = f"{sign}{decimal(abs(finding.points), language)}"
    return f"{points:>6}  {finding.title.said_in(language)} ({outcome}) [{finding.criterion}]"


def not_judged_lines(verdict: Verdict, language: str) -> Iterator[str]:
    """What was excused or failed with its reason; what was not seen, left open or had no occasion in a line each."""
    missing = not_judged(verdict)
    yield from (_open(each, language) for each in missing if each.outcome not in SILENT)
    for outcome in SILENT:
        yield from _grouped("grouped", outcome, [each for each in missing if each.outcome == outcome], language)
    yield from _grouped("no_occasion", "met", without_occasion(verdict), language)


def _open(finding: Finding, language: str) -> str:
    outcome = phrase(f"outcome.{finding.outcome}", language)
    return f"{finding.title.said_in(language)}: {outcome}. {finding.reason.said_in(language)}"


def _grouped(line: str, outcome: str, findings: list[Finding], language: str) -> Iterator[str]:
    if findings:
        titles = ", ".join(finding.title.said_in(language) for finding in findings)
        said = phrase(f"outcome.{outcome}", language)
        yield phrase(f"line.{line}", language, outcome=said, count=len(findings), titles=titles)


def showed_lines(verdict: Verdict, language: str) -> Iterator[str]:
    """The readings that moved or whose start was declared, or that none did; nothing where the rubric reads none."""
    shown = telling_courses(verdict)
    yield from (course_line(course, language) for course in shown)
    if verdict.readings and not shown:
        yield phrase("line.still", language)


def course_line(course: Course, language: str) -> str:
    """How a reading ran: its start, and each cue with the value after it."""
    title, start = course.title.said_in(language), _value(course.start, language)
    if not course.steps and not course.declared:
        return f"{title}: " + phrase("line.reading_still", language, start=start)
    steps = "".join(f" \N{RIGHTWARDS ARROW} {_step(step, language)}" for step in course.steps)
    return f"{title}: {start}{steps}"


def _step(step: Step, language: str) -> str:
    event = phrase("event_number", language, step.event + 1)
    act = act_in_words(step.title.said_in(language), language, step.tags)
    return f"{_value(step.value, language)} ({event}: {act})"


def _value(value: float, language: str) -> str:
    return decimal(value, language, 0) if value == int(value) else decimal(value, language, 2)


def evidence_line(finding: Finding, language: str) -> Iterator[str]:
    """Each piece of evidence: which event, what it is to the finding, which way it speaks."""
    for piece in finding.evidence:
        when = f" {clock_from_ms(piece.at_ms)}" if piece.at_ms is not None else ""
        mark = "+" if piece.weighs == "for" else "\N{MINUS SIGN}"
        text = f": {piece.text}" if piece.text else ""
        yield f"{mark} {phrase('event_number', language, piece.event + 1)}{when} {piece.by} {piece.act}{text}"
