"""A journey as plain text: what it was as a whole, each encounter, the worst one and why, and the hand-overs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from palvelumittari.records.explanations.layout import bands_told, laid_out
from palvelumittari.words.phrases import act_in_words, decimal, phrase

if TYPE_CHECKING:
    from palvelumittari.records.journey import HandOver, Journey, Stop


def explain(journey: Journey, language: str) -> str:
    """The whole explanation, lines joined by newlines, without a trailing one."""
    return laid_out(
        "journey",
        headline(journey, language),
        language,
        remarks=summary(journey, language),
        lists=lists(journey, language),
    )


def headline(journey: Journey, language: str) -> str:
    """How many encounters there were, and in how many bands."""
    bands = bands_told("journey.count", journey.bands, language)
    return phrase("journey.head", language, count=len(journey.stops), bands=bands)


def summary(journey: Journey, language: str) -> Iterator[str]:
    """How the journey went as a whole: its course, its peak, low point and end, and the mean beside them."""
    if journey.peak is None or journey.trough is None or journey.end is None or journey.mean is None:
        yield phrase("journey.no_score", language)
        return
    yield phrase(f"journey.course.{journey.course}", language)
    for name, number in (("peak", journey.peak), ("trough", journey.trough), ("end", journey.end)):
        yield phrase(f"journey.{name}", language, encounter=_named(journey, number, language))
    if journey.end == journey.trough and journey.below_good_count:
        yield phrase("journey.ended_low", language)
    scored = sum(stop.encounter.score is not None for stop in journey.stops)
    yield phrase("journey.below_good", language, count=journey.below_good_count, scored=scored)
    yield phrase("journey.mean", language, mean=decimal(journey.mean, language))


def _named(journey: Journey, number: int, language: str) -> str:
    ref = journey.stop(number).encounter
    place = ref.place(language)
    return f"{ref.name(language)}{f' ({place})' if place else ''}, {ref.verdict(language)}"


def lists(journey: Journey, language: str) -> dict[str, list[str]]:
    """The titled lists below, each with its lines."""
    return {
        "stops": [line for stop in journey.stops for line in stop_lines(stop, language)],
        "worst": list(worst_lines(journey, language)),
        "hand_overs": [hand_over_line(journey, each, language) for each in journey.hand_overs],
    }


def stop_lines(stop: Stop, language: str) -> Iterator[str]:
    """An encounter with its verdict, and what spoke most for and against the service in it."""
    ref = stop.encounter
    place = ref.place(language)
    yield f"{ref.name(language)}{f' ({place})' if place else ''}: {ref.verdict(language)}"
    for name, found in (("best", stop.best), ("worst", stop.worst)):
        if found is not None:
            title = found.title.said_in(language)
            yield "    " + phrase(f"journey.stop.{name}", language, title=title, criterion=found.criterion)


def worst_lines(journey: Journey, language: str) -> Iterator[str]:
    """What went wrong in the worst encounter, why, and what would have been better."""
    worst = journey.stop(journey.trough).worst if journey.trough is not None else None
    if worst is None or journey.trough is None:
        return
    yield f"{_named(journey, journey.trough, language)}: {worst.title.said_in(language)}"
    yield "    " + worst.reason.said_in(language)
    if worst.advice is not None:
        yield "    " + phrase("line.advice", language, advice=worst.advice.said_in(language))


def hand_over_line(journey: Journey, each: HandOver, language: str) -> str:
    """From which encounter to which, what changed, and how the customer was sent on."""
    before, after = (journey.stop(number).encounter for number in (each.before, each.after))
    key = "both" if each.sector and each.channel else "sector" if each.sector else "channel" if each.channel else "same"
    line = phrase(f"journey.hand_over.{key}", language, before=before.name(language), after=after.name(language))
    if each.by is None:
        return line
    act = act_in_words(each.by.title.said_in(language), language)
    return line + " " + phrase("journey.hand_over.by", language, act=act)
