"""`palvelumittari demo`: what the meter does, shown on the encounters that come with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click
from rich import box
from rich.table import Table
from rich.text import Text

from palvelumittari.authoring.trying import Tried, case_files
from palvelumittari.cli.case_sources import tried
from palvelumittari.cli.commands.case import band_text
from palvelumittari.cli.screen import Screen, joined, make_screen, styled
from palvelumittari.cli.session import Session, language_option, pass_session
from palvelumittari.cli.telling import Ending
from palvelumittari.reading.notation import format_events
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Band, Finding
from palvelumittari.words.phrases import phrase

UNIVERSAL = "service"

GAP = 7
"""What borders and padding take from the width of a pair."""


@click.command(short_help="Show what the meter does, on the shipped encounters.")
@language_option
@pass_session
def demo(session: Session, language: str) -> None:
    """Score the encounters that come with the meter and its plugins, and show how the same act can be good or bad."""
    meter = session.meter()
    screen = make_screen()
    found = list(tried(lambda _: meter, case_files(meter, ())))
    results = [each for each in found if each is not None]
    pairs = tuple(pairs_of(results))
    if pairs:
        screen.line(phrase("cli.demo.lead", language))
    for pair in pairs:
        screen.blank()
        show_pair(screen, pair, language)
    shown = {each for pair in pairs for each in pair}
    show_rest(screen, [each for each in results if each not in shown], language, is_all=not pairs)
    if not any(status.is_ok for status in meter.catalog.plugins):
        _show_packages(screen, language)
    _show_hints(screen, pairs, language)
    raise click.exceptions.Exit(Ending.FINE if len(results) == len(found) else Ending.BAD_INPUT)


# --- pairs ------------------------------------------------------------------------------------------------------

Pair = tuple[Tried, Tried]


def pairs_of(results: Sequence[Tried]) -> Iterator[Pair]:
    """The cases that `contrast` links, each link once, the better verdict first."""
    by_id = {each.case.id: each for each in reversed(results)}
    seen: set[frozenset[str]] = set()
    for each in results:
        other = by_id.get(each.case.contrast or "")
        link = frozenset({each.case.id, each.case.contrast or ""})
        if other is not None and other is not each and link not in seen:
            seen.add(link)
            yield (each, other) if _score(each) >= _score(other) else (other, each)


def _score(each: Tried) -> float:
    return -1.0 if each.verdict.score is None else each.verdict.score


def deciding(each: Tried) -> Finding | None:
    """The finding that decided most: of those that the case names if any counts, in the direction of the band."""
    band = each.verdict.band
    sign = 0 if band is None else 1 if band.rank >= Band.GOOD.rank else -1
    found = [one for one in each.verdict.findings if one.counted and one.points * sign > 0]
    named = [one for one in found if one.criterion in each.case.expect.outcomes]
    return max(named or found, key=lambda finding: abs(finding.points), default=None)


def show_pair(screen: Screen, pair: Pair, language: str) -> None:
    """Two encounters side by side: title, what happened, the score, and the reason that decided."""
    table = Table(box=box.ROUNDED if screen.is_terminal else None, pad_edge=screen.is_terminal)
    width = (screen.width - GAP) // 2
    for each in pair:
        table.add_column(styled(each.case.title.said_in(language), "bold"), width=width, overflow="fold")
    if not screen.is_terminal:
        table.add_row("-" * width, "-" * width)
    table.add_row(*(_happened(screen, each.case.encounter, width) for each in pair))
    table.add_row("", "")
    table.add_row(*(_bar(screen, each, language) for each in pair))
    table.add_row(*(_because(each, language) for each in pair))
    screen.show(table)


def _happened(screen: Screen, encounter: Encounter, width: int) -> Text:
    """The context that was noted, and the timeline."""
    context = [*_noted("setting", encounter.setting.items()), *_noted("customer", encounter.customer.items())]
    lines = [*context, *format_events(encounter.events).splitlines()]
    return Text("\n").join(piece for line in lines for piece in screen.wrapped(styled(line), width, hang=4))


def _noted(place: str, items: Iterable[tuple[str, object]]) -> Iterator[str]:
    return (f"{place}.{key}: {str(value).lower() if isinstance(value, bool) else value}" for key, value in items)


def _bar(screen: Screen, each: Tried, language: str) -> Text:
    return joined(screen.bar(each.verdict.score, each.verdict.band), "  ", band_text(each.verdict, language))


def _because(each: Tried, language: str) -> Text:
    finding = deciding(each)
    if finding is None:
        return Text()
    return joined(styled(f"{finding.title.said_in(language)}: ", "bold"), finding.reason.said_in(language))


# --- the rest ---------------------------------------------------------------------------------------------------


def show_rest(screen: Screen, results: Sequence[Tried], language: str, *, is_all: bool) -> None:
    """A line for each other encounter, by sector."""
    if not results:
        return
    if not is_all:
        screen.blank()
    screen.heading(phrase("cli.demo.only" if is_all else "cli.demo.rest", language))
    rows = [_row(screen, each, sector, language) for sector, each in _by_sector(results, language)]
    screen.table("", "", "", "", rows=rows, fixed=(0, 2, 3))


def _by_sector(results: Sequence[Tried], language: str) -> Iterator[tuple[str, Tried]]:
    """The results by sector (else by channel); a sector is named only at its first."""
    last = ""
    for each in sorted(results, key=_sector):
        sector = _sector(each)
        yield sector if sector != last else "", each
        last = sector


def _sector(each: Tried) -> str:
    encounter = each.case.encounter
    return encounter.sector or str(encounter.channel)


def _row(screen: Screen, each: Tried, sector: str, language: str) -> list[str | Text]:
    verdict = each.verdict
    title = each.case.title.said_in(language)
    return [styled(sector, "bold"), title, screen.bar(verdict.score, verdict.band), band_text(verdict, language)]


# --- what to do next --------------------------------------------------------------------------------------------


def _show_packages(screen: Screen, language: str) -> None:
    screen.blank()
    screen.line(phrase("cli.demo.sectors", language))
    screen.verbatim(styled(phrase("cli.demo.packages", language), "cyan"), indent=2)


def _show_hints(screen: Screen, pairs: Sequence[Pair], language: str) -> None:
    own = next((each for pair in pairs for each in pair if each.case.encounter.sector), None)
    head = "channel: face_to_face" if own is None else f"sector: {own.case.encounter.sector}"
    rubric = UNIVERSAL if own is None else own.verdict.rubrics[-1].id
    screen.blank()
    screen.heading(phrase("cli.demo.next", language))
    screen.line(phrase("cli.demo.hint_explain", language), indent=2)
    events = r"- server small_talk: hello\n- customer minimal #lengthened: mmmm\n- server small_talk: and then\n"
    command = rf"printf 'id: mine\n{head}\n\n{events}' | palvelumittari explain -"
    screen.verbatim(styled(command, "cyan"), indent=4)
    screen.line(phrase("cli.demo.hint_rubric", language), indent=2)
    screen.verbatim(styled(f"palvelumittari rubric show {rubric}", "cyan"), indent=4)
