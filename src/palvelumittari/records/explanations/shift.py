"""A shift as plain text: how the encounters spread, the worst of them, trend, rush, what cost most, and who served."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from palvelumittari.records.explanations.layout import bands_told, laid_out
from palvelumittari.words.phrases import decimal, percent, phrase, signed

if TYPE_CHECKING:
    from palvelumittari.records.figures import Interval, Trend
    from palvelumittari.records.shift import Fault, Shift, Spread, Worker, Worst


def explain(shift: Shift, language: str) -> str:
    """The whole explanation, lines joined by newlines, without a trailing one."""
    return laid_out(
        "shift",
        headline(shift, language),
        language,
        remarks=summary(shift, language),
        lists=lists(shift, language),
    )


def headline(shift: Shift, language: str) -> str:
    """How many encounters there were, and in which bands."""
    bands = bands_told("shift.band", shift.spread.bands, language)
    return phrase("shift.head", language, count=shift.spread.count, bands=bands)


def summary(shift: Shift, language: str) -> Iterator[str]:
    """The share below good, the worst tenth, the trend, and the mean among them."""
    spread = shift.spread
    if spread.below_good_share is None or spread.mean is None or spread.median is None:
        yield phrase("shift.no_score", language)
        return
    share = percent(spread.below_good_share, language)
    yield phrase("shift.below_good", language, share=share, scored=spread.scored_count)
    if shift.worst is not None:
        yield worst_line(shift.worst, language)
    yield trend_line(shift.trend, language)
    middle = {"mean": decimal(spread.mean, language), "median": decimal(spread.median, language)}
    yield phrase("shift.middle", language, **middle)


def worst_line(worst: Worst, language: str) -> str:
    """The encounters of the worst tenth."""
    names = "; ".join(f"{ref.name(language)}: {ref.verdict(language)}" for ref in worst.encounters)
    return phrase("shift.worst", language, mean=decimal(worst.mean, language), encounters=names)


def trend_line(trend: Trend | None, language: str) -> str:
    """Whether it got better or worse over the shift, and how sure that is."""
    if trend is None:
        return phrase("shift.trend.none", language)
    way = "unsure" if not trend.is_sure else "rising" if trend.slope > 0 else "falling"
    pace = phrase(f"shift.pace.{trend.pace}", language)
    interval = trend.interval.told(language)
    return phrase(f"shift.trend.{way}", language, slope=signed(trend.slope, language), pace=pace, interval=interval)


def lists(shift: Shift, language: str) -> dict[str, list[str]]:
    """The titled lists below, each with its lines."""
    return {
        "hours": list(hours_lines(shift, language)),
        "faults": [line for fault in shift.faults for line in fault_lines(fault, language)],
        "workers": [worker_line(each, shift.least_for_ranking, language) for each in shift.workers],
    }


def hours_lines(shift: Shift, language: str) -> Iterator[str]:
    """The spread in quiet hours and in a rush, and whether they differ."""
    for name, spread in shift.hours.items():
        yield phrase(f"shift.hours.{name}", language, told=spread_told(spread, language))
    if shift.rush_interval is not None:
        told = shift.rush_interval.told(language)
        yield phrase(f"shift.hours.{_direction(shift.rush_interval)}", language, interval=told)


def _direction(interval: Interval) -> str:
    if interval.holds(0):
        return "alike"
    return "worse" if interval.high < 0 else "better"


def spread_told(spread: Spread, language: str) -> str:
    """A spread in one line: the share below good first, the mean second, and how many encounters it rests on."""
    if spread.below_good_share is None or spread.mean is None:
        return phrase("shift.spread_unscored", language, count=spread.count)
    below, mean = percent(spread.below_good_share, language), decimal(spread.mean, language)
    return phrase("shift.spread", language, below=below, mean=mean, scored=spread.scored_count)


def fault_lines(fault: Fault, language: str) -> Iterator[str]:
    """A criterion that cost much, how often, and what would be better."""
    yield phrase(
        "shift.fault",
        language,
        points=f"\N{MINUS SIGN}{decimal(abs(fault.points), language)}",
        title=fault.title.said_in(language),
        count=fault.count,
        judged=fault.judged_count,
        criterion=fault.criterion,
    )
    if fault.advice is not None:
        yield "    " + phrase("line.advice", language, advice=fault.advice.said_in(language))


def worker_line(worker: Worker, least: int, language: str) -> str:
    """One server's encounters, and the rank or why there is none."""
    name = worker.id or phrase("shift.worker_number", language, number=worker.number)
    return phrase(
        "shift.worker",
        language,
        name=name,
        told=spread_told(worker.spread, language),
        rank=_rank_told(worker, least, language),
    )


def _rank_told(worker: Worker, least: int, language: str) -> str:
    if worker.rank is None or worker.interval is None:
        return phrase("shift.no_rank", language, least=least)
    low, high = (percent(end, language) for end in (worker.interval.low, worker.interval.high))
    interval = phrase("figure.interval", language, low=low, high=high)
    return phrase("shift.rank", language, rank=worker.rank, interval=interval)
