"""`palvelumittari explain`: everything there is to say about a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from palvelumittari.cli.score_stream import Scorer
from palvelumittari.cli.screen import Screen, make_screen, styled
from palvelumittari.cli.session import Session, language_option, pass_session, rubric_option, source_option
from palvelumittari.cli.telling import Ending
from palvelumittari.cli.verdict_view import INDENT, TEXT, show_finding, show_headline, show_section
from palvelumittari.records.explanation import (
    also_judged,
    course_line,
    not_judged,
    on_trial,
    summary,
    weightiest,
    without_occasion,
)
from palvelumittari.records.verdict import Evidence, Finding, Outcome, Part, Verdict
from palvelumittari.words.errors import shown
from palvelumittari.words.phrases import phrase
from palvelumittari.words.timing import clock_from_ms

MAX_TEXT = 60
"""How much of what somebody said is repeated."""


@click.command(short_help="Tell everything about one verdict.")
@click.argument("file")
@source_option
@rubric_option
@language_option
@pass_session
def explain(session: Session, file: str, source: str | None, rubrics: tuple[str, ...], language: str) -> None:
    """Tell everything about the verdict on the encounter in FILE (or on each, if there are several).

    Every finding with the events that it rests on, how the readings ran, what was not judged and why, and with which
    versions it was scored. FILE is a case (*.case.toml), JSON, NDJSON, .timeline or what a plugin reads; - is
    standard input.
    """
    meter, chosen = session.meter_with(rubrics)
    screen = make_screen()
    ending = Ending.FINE
    for number, verdict in enumerate(Scorer(meter, chosen, language, source).verdicts([file])):
        if verdict is None:
            ending = Ending.BAD_INPUT
            continue
        if number:
            screen.blank()
        show_explanation(screen, verdict, language)
    raise click.exceptions.Exit(ending)


def show_explanation(screen: Screen, verdict: Verdict, language: str) -> None:
    """The whole explanation of a verdict."""
    show_headline(screen, verdict, language)
    for line in summary(verdict, language):
        screen.line(line, indent=INDENT)
    _show_findings(screen, "weighed", weightiest(verdict), language)
    _show_findings(screen, "other", also_judged(verdict), language)
    show_section(screen, "showed", (course_line(each, language) for each in verdict.readings), language)
    _show_findings(screen, "open", not_judged(verdict), language)
    _show_findings(screen, "trial", on_trial(verdict), language)
    _show_uncounted(screen, verdict, language)
    show_section(screen, "notes", (note.text.said_in(language) for note in verdict.notes), language)
    _show_versions(screen, verdict, language)


def _show_findings(screen: Screen, section: str, findings: Iterable[Finding], language: str) -> None:
    for number, finding in enumerate(findings):
        screen.blank()
        if number == 0:
            screen.heading(phrase(f"section.{section}", language), indent=INDENT)
        show_finding(screen, finding, language)
        for piece in finding.evidence:
            screen.line(styled(evidence_line(piece, language), "dim"), indent=TEXT, hang=TEXT + 2)


def evidence_line(piece: Evidence, language: str) -> str:
    """A piece of evidence: which way it speaks, which event it is (from 1), when, who did what, and the words."""
    kind = "trigger" if piece.part is Part.TRIGGER else piece.weighs
    when = f" {clock_from_ms(piece.at_ms)}" if piece.at_ms is not None else ""
    event = phrase("event_number", language, piece.event + 1)
    said = f": {shown(piece.text, MAX_TEXT)[1:-1]}" if piece.text else ""
    return f"{phrase(f'evidence.{kind}', language)}: {event}{when} {piece.by} {piece.act}{said}"


# --- what is only counted ---------------------------------------------------------------------------------------


def _show_uncounted(screen: Screen, verdict: Verdict, language: str) -> None:
    lines = list(_uncounted(verdict, language))
    if lines:
        screen.blank()
    for line in lines:
        screen.line(line, indent=INDENT, hang=INDENT * 2)


def _uncounted(verdict: Verdict, language: str) -> Iterator[str]:
    """Which criteria were kept without an occasion, and how many do not apply."""
    kept = [finding.title.said_in(language) for finding in without_occasion(verdict)]
    if kept:
        met = phrase("outcome.met", language)
        line = phrase("line.no_occasion", language, outcome=met, count=len(kept), titles=", ".join(kept))
        yield line[:1].upper() + line[1:]
    foreign = sum(each.outcome is Outcome.NOT_APPLICABLE for each in verdict.findings)
    if foreign:
        yield phrase("cli.explain.not_applicable", language, count=foreign)


def _show_versions(screen: Screen, verdict: Verdict, language: str) -> None:
    screen.blank()
    screen.heading(phrase("cli.explain.versions", language), indent=INDENT)
    for line in _versions(verdict, language):
        screen.line(styled(line, "dim"), indent=INDENT * 2, hang=INDENT * 3)


def _versions(verdict: Verdict, language: str) -> Iterator[str]:
    releases = {"palvelumittari": verdict.engine, **verdict.plugins}
    yield ", ".join(f"{name} {version}" for name, version in releases.items())
    yield phrase("cli.explain.model", language, model=verdict.model)
    for ref in verdict.rubrics:
        yield phrase("cli.explain.rubric", language, rubric=f"{ref.id} {ref.version}", digest=ref.digest)
    yield phrase("cli.explain.united", language, digest=verdict.digest)
