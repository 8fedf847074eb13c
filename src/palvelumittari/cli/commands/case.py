"""`palvelumittari case`: whether the cases, which are the tests of the rubrics, get the verdicts they must get."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from palvelumittari.authoring.packs import PackMeters
from palvelumittari.authoring.trying import Tried, case_files
from palvelumittari.cli.case_sources import tried
from palvelumittari.cli.screen import Screen, band_style, make_screen, styled
from palvelumittari.cli.session import Session, language_option, pass_session
from palvelumittari.cli.telling import Ending
from palvelumittari.cli.verdict_view import finding_head
from palvelumittari.reading.notation import format_events
from palvelumittari.records.case import NO_SCORE
from palvelumittari.records.explanation import gate_line, weightiest
from palvelumittari.records.verdict import Band, Outcome, Verdict
from palvelumittari.report.cases import Difference
from palvelumittari.words.phrases import decimal, phrase

DETAIL = 4
_WHOLE = ("band", "score")
_BANDS = {NO_SCORE: "none", **{band.value: band.value for band in Band}}


@click.group(short_help="Check the cases, the tests of the rubrics.")
def case() -> None:
    """The cases: encounters with the verdicts they must get."""


@case.command(short_help="Score cases and compare.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@click.option(
    "--rubric",
    "rubrics",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    help="A rubric file to load beside, or instead of, the installed one of its id (repeatable). "
    "A vocabulary.toml and a readings.toml beside it, or in the folder above, are taken along.",
)
@language_option
@pass_session
def run(session: Session, paths: tuple[Path, ...], rubrics: tuple[Path, ...], language: str) -> None:
    """Score cases and compare: files or folders with *.case.toml; without PATH all shipped and installed ones.

    Without --rubric, the rubrics beside a case are loaded for it: those in its folder and in rubrics/ there, or else
    those in the folder above.

    Ends with 1 if a case gets another verdict than it expects, with 2 if one cannot be read.
    """
    meter = session.meter(rubrics)
    screen = make_screen()
    meter_for = PackMeters(meter, session.further_meter).meter_for if paths and not rubrics else lambda _: meter
    results = list(tried(meter_for, case_files(meter, paths)))
    judged = [each for each in results if each is not None]
    failed = [each for each in judged if each.differences]
    show_table(screen, judged, language)
    for each in failed:
        show_failure(screen, each, language)
    unread = len(results) - len(judged)
    show_summary(screen, len(judged) - len(failed), len(failed), unread, language)
    raise click.exceptions.Exit(Ending.BAD_INPUT if unread else Ending.BELOW if failed else Ending.FINE)


def show_table(screen: Screen, judged: Sequence[Tried], language: str) -> None:
    """A line for each case."""
    if judged:
        screen.table("", "", "", "", "", rows=[_row(screen, each, language) for each in judged], fixed=(0, 1, 3, 4))
        screen.blank()


def _row(screen: Screen, each: Tried, language: str) -> list[str | Text]:
    mark = ("cli.case.failed", "bold red") if each.differences else ("cli.case.passed", "green")
    verdict, case = each.verdict, each.case
    state = styled(phrase(mark[0], language), mark[1])
    title = case.title.said_in(language)
    bar = screen.bar(verdict.score, verdict.band)
    return [state, styled(case.id, "bold"), title, bar, band_text(verdict, language)]


def band_text(verdict: Verdict, language: str) -> Text:
    """The score and the band, or that there is none."""
    band = phrase(f"band.{verdict.band or 'none'}", language)
    score = "" if verdict.score is None else f"{decimal(verdict.score, language):>5} "
    return styled(score + band, band_style(verdict.band))


# --- failures ---------------------------------------------------------------------------------------------------


def show_failure(screen: Screen, each: Tried, language: str) -> None:
    """What was expected, what came out and why, what weighed most, and what happened."""
    case = each.case
    screen.line(styled(f"{case.id}: {case.title.said_in(language)}", "bold red"))
    screen.verbatim(styled(case.file, "dim"), indent=2)
    for difference in each.differences:
        _show_difference(screen, difference, each.verdict, language)
    for gate in each.verdict.gates:
        screen.line(gate_line(gate, each.verdict, language), indent=2)
    weighed = weightiest(each.verdict)
    screen.line(phrase("section.weighed" if weighed else "section.nothing_weighed", language), indent=2)
    for finding in weighed:
        screen.line(finding_head(finding, language), indent=DETAIL)
        screen.line(finding.reason.said_in(language), indent=DETAIL + 8)
    screen.blank()
    show_timeline(screen, each)
    screen.blank()


def _show_difference(screen: Screen, difference: Difference, verdict: Verdict, language: str) -> None:
    line = phrase(
        "cli.case.expected",
        language,
        what=_what(difference.what, language),
        expected=_expected(difference.expected, language),
        actual=_actual(difference, verdict, language),
    )
    screen.line(line, indent=2, hang=DETAIL)
    because = _reason(difference, verdict, language)
    if because:
        screen.line(because, indent=DETAIL)


def _what(what: str, language: str) -> str:
    return phrase(f"cli.case.{what}", language) if what in _WHOLE else what


def _expected(expected: str, language: str) -> str:
    """A band or an outcome in words; a range of scores as it stands."""
    if expected in _BANDS:
        return phrase(f"band.{_BANDS[expected]}", language)
    return phrase(f"outcome.{expected}", language) if expected in tuple(Outcome) else expected


def _actual(difference: Difference, verdict: Verdict, language: str) -> str:
    if difference.what in _WHOLE:
        return band_text(verdict, language).plain.strip()
    if difference.actual in tuple(Outcome):
        return phrase(f"outcome.{difference.actual}", language)
    return phrase("cli.case.no_such", language)


def _reason(difference: Difference, verdict: Verdict, language: str) -> str:
    """The reason of the finding in question in the reader's language, else what the difference knows."""
    found = (finding for finding in verdict.findings if finding.criterion == difference.what)
    finding = next(found, None)
    return difference.because if finding is None else finding.reason.said_in(language)


def show_timeline(screen: Screen, each: Tried) -> None:
    """What happened, as it is written down."""
    for line in format_events(each.case.encounter.events).splitlines():
        screen.line(styled(line, "dim"), indent=DETAIL, hang=DETAIL + 4)


def show_summary(screen: Screen, passed: int, failed: int, unread: int, language: str) -> None:
    """How many passed, how many failed, and how many could not be judged."""
    text = phrase("cli.case.summary", language, passed=passed, failed=failed)
    if unread:
        text += ", " + phrase("cli.case.unread", language, count=unread)
    screen.line(styled(text, "bold red" if failed or unread else "bold green"))
