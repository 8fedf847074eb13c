"""The summary of a batch on the screen, as somebody reads it who answers for the service."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from palvelumittari.batch.summary import NO_SCORE, Criterion, Groups, Spread, Summary
from palvelumittari.cli.screen import Screen, band_style, styled
from palvelumittari.records.figures import LEAST_FOR_RANKING
from palvelumittari.records.rubric import Role
from palvelumittari.records.verdict import Band
from palvelumittari.words.phrases import percent, phrase

MOST_ROWS = 20
"""So many groups and criteria stand in a table; JSON holds all."""

DASH = "\N{EN DASH}"


def show_summary(screen: Screen, summary: Summary, by: str | None, rejects: str, language: str) -> None:
    """How many, how they spread over the bands, by sector and group, what was missed most, what was rejected."""
    _show_whole(screen, summary.whole, language)
    if summary.rejected:
        screen.line(phrase("batch.rejected", language, count=summary.rejected, file=rejects))
    if len(summary.sectors.named) > 1:
        _show_groups(screen, summary.sectors, phrase("batch.section.sectors", language), language)
    if by is not None and summary.groups.named:
        _show_groups(screen, summary.groups, phrase("batch.section.groups", language, field=by), language)
    _show_criteria(screen, summary, language)


def _show_whole(screen: Screen, whole: Spread, language: str) -> None:
    screen.heading(phrase("batch.count", language, count=whole.count))
    if not whole.count:
        return
    bands = [*reversed(Band), None] if whole.bands.get(NO_SCORE) else [*reversed(Band)]
    screen.table("", "", "", "", rows=[_band_row(screen, whole, band, language) for band in bands])
    if whole.share_below_good is not None:
        share = percent(whole.share_below_good, language)
        below, scored = whole.below_good_count, whole.scored_count
        screen.line(phrase("cli.summary.below", language, below=below, scored=scored, share=share))
    if whole.coverage is not None:
        screen.line(phrase("batch.coverage", language, share=percent(whole.coverage, language)))


def _band_row(screen: Screen, whole: Spread, band: Band | None, language: str) -> list[str | Text]:
    count = whole.bands.get(band or NO_SCORE, 0)
    name = styled(phrase(f"band.{band or 'none'}", language), band_style(band))
    share = count / whole.count
    return [name, str(count), screen.bar(share * 100, band), percent(share, language)]


# --- groups -----------------------------------------------------------------------------------------------------


def _show_groups(screen: Screen, groups: Groups, title: str, language: str) -> None:
    """Those with the largest share below good first; nobody is ranked by a handful of encounters."""
    screen.blank()
    screen.heading(title)
    rows = [(name or phrase("batch.unknown", language), spread) for name, spread in ranked(groups)]
    if groups.others.count:
        rows.append((phrase("batch.others", language), groups.others))
    heads = ("", *(phrase(f"batch.head.{head}", language) for head in ("encounters", "below", "coverage")))
    screen.table(*heads, rows=[_group_row(name, spread, language) for name, spread in rows[:MOST_ROWS]])
    if any(not is_ranked(spread) for _, spread in rows):
        screen.line(phrase("batch.too_few", language, least=LEAST_FOR_RANKING))
    _show_more(screen, len(rows), language)


def ranked(groups: Groups) -> list[tuple[str, Spread]]:
    """Groups by their share below good, the largest first, then those that rest on too few encounters, by name."""
    return sorted(
        groups.named.items(),
        key=lambda item: (not is_ranked(item[1]), -(item[1].share_below_good or 0) * is_ranked(item[1]), item[0]),
    )


def is_ranked(spread: Spread) -> bool:
    """Whether a group has enough scored encounters to stand in an order."""
    return spread.scored_count >= LEAST_FOR_RANKING


def _group_row(name: str, spread: Spread, language: str) -> list[str]:
    return [
        name,
        str(spread.count),
        _share(spread.share_below_good if is_ranked(spread) else None, language),
        _share(spread.coverage, language),
    ]


# --- criteria ---------------------------------------------------------------------------------------------------


def _show_criteria(screen: Screen, summary: Summary, language: str) -> None:
    rows = most_missed(summary.criteria.items())
    if not rows:
        return
    screen.blank()
    screen.heading(phrase("batch.section.criteria", language))
    heads = ("", *(phrase(f"batch.head.{head}", language) for head in ("missed", "judged")), "")
    screen.table(*heads, rows=[_criterion_row(name, found, language) for name, found in rows[:MOST_ROWS]])
    _show_more(screen, len(rows), language)


def most_missed(criteria: Iterable[tuple[str, Criterion]]) -> list[tuple[str, Criterion]]:
    """The criteria that were missed at all, those with the largest share first; a bonus that nobody gave is no loss."""
    missed = [(name, found) for name, found in criteria if found.missed_count and found.role is not Role.BONUS]
    return sorted(missed, key=lambda item: (-(item[1].share_missed or 0), -item[1].missed_count, item[0]))


def _criterion_row(name: str, found: Criterion, language: str) -> list[str | Text]:
    title = Text.assemble(styled(found.title.said_in(language)), " ", styled(f"[{name}]", "dim"))
    return [title, str(found.missed_count), str(found.judged_count), _share(found.share_missed, language)]


def _share(share: float | None, language: str) -> str:
    return DASH if share is None else percent(share, language)


def _show_more(screen: Screen, count: int, language: str) -> None:
    if count > MOST_ROWS:
        screen.line(phrase("batch.more", language, count=count - MOST_ROWS))
