"""A verdict on the screen: in brief, and its parts for the whole explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from palvelumittari.cli.screen import Screen, band_style, joined, styled
from palvelumittari.records.explanation import (
    course_line,
    coverage_line,
    gate_line,
    headline,
    situation_line,
    telling_courses,
    weightiest,
)
from palvelumittari.records.verdict import Finding, NoteKind, Verdict
from palvelumittari.words.phrases import decimal, phrase, signed

INDENT = 2
POINTS_WIDTH = 8
"""How wide the points of a finding are, with the gap behind them."""

TEXT = INDENT + POINTS_WIDTH
"""Where the text of a finding begins."""


def show_brief(screen: Screen, verdict: Verdict, language: str) -> None:
    """The headline, what held the band, the coverage, what weighed most, what the customer showed, the notes."""
    show_headline(screen, verdict, language)
    for line in _summary(verdict, language):
        screen.line(line, indent=INDENT)
    for finding in weightiest(verdict):
        screen.blank()
        show_finding(screen, finding, language)
    show_section(screen, "showed", (course_line(each, language) for each in telling_courses(verdict)), language)
    notes = (note for note in verdict.notes if note.kind is not NoteKind.ODD_ACTOR)  # that was told on stderr
    show_section(screen, "notes", (note.text.said_in(language) for note in notes), language)


def show_headline(screen: Screen, verdict: Verdict, language: str) -> None:
    """The score as a bar, then the encounter with its score and band, or why there is none."""
    head = styled(headline(verdict, language), "bold")
    band = phrase(f"band.{verdict.band or 'none'}", language)
    head.highlight_words([band], band_style(verdict.band))
    bar = screen.bar(verdict.score, verdict.band)
    screen.line(bar, "  ", head, hang=len(bar.plain) + 2)


def show_finding(screen: Screen, finding: Finding, language: str) -> None:
    """A finding with its points, its reason and, where it counts against the service, what would be better."""
    screen.line(finding_head(finding, language), indent=INDENT, hang=TEXT)
    screen.line(finding.reason.said_in(language), indent=TEXT)
    for situation in finding.situations:
        screen.line(styled(situation_line(situation, language), "dim"), indent=TEXT)
    if finding.advice is not None and finding.points < 0:
        advice = phrase("line.advice", language, advice=finding.advice.said_in(language))
        screen.line(styled(advice, "cyan"), indent=TEXT)


def finding_head(finding: Finding, language: str) -> Text:
    """The points of a finding (a dash if it was not judged), its title and outcome, and the id of its criterion."""
    style = "green" if finding.points > 0 else "red" if finding.points < 0 else "dim"
    told = signed(finding.points, language) if finding.judged else "\N{EN DASH}"
    points = styled(f"{told:>{POINTS_WIDTH - 2}}  ", style)
    title = styled(finding.title.said_in(language), "bold")
    outcome = phrase(f"outcome.{finding.outcome}", language)
    return joined(points, title, f" ({outcome}) ", styled(f"[{finding.criterion}]", "dim"))


def show_section(screen: Screen, name: str, lines: Iterable[str], language: str) -> None:
    """A titled list of lines; nothing if there are none."""
    found = list(lines)
    if not found:
        return
    screen.blank()
    screen.heading(phrase(f"section.{name}", language), indent=INDENT)
    for line in found:
        screen.line(line, indent=INDENT * 2, hang=INDENT * 3)


def _summary(verdict: Verdict, language: str) -> Iterator[str]:
    for gate in verdict.gates:
        yield gate_line(gate, verdict, language)
    if verdict.calculated_score != verdict.score and verdict.calculated_score is not None:
        yield phrase("head.calculated", language, score=decimal(verdict.calculated_score, language))
    yield coverage_line(verdict, language)
