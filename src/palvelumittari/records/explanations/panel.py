"""A panel as plain text: every view, the gaps with what somebody did not note, who is kinder, and the agreement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from palvelumittari.records.explanations.layout import laid_out
from palvelumittari.words.phrases import act_in_words, decimal, phrase

if TYPE_CHECKING:
    from palvelumittari.records.panel import (
        Agreement,
        Bias,
        BlindSpot,
        CriterionGap,
        Panel,
        PanelEncounter,
        View,
    )

PLACES = 2


def explain(panel: Panel, language: str) -> str:
    """The whole explanation, lines joined by newlines, without a trailing one."""
    return laid_out(
        "panel",
        headline(panel, language),
        language,
        lists=lists(panel, language),
    )


def headline(panel: Panel, language: str) -> str:
    """How many observers there are, and of how many encounters."""
    return phrase("panel.head", language, raters=len(panel.raters), count=len(panel.encounters))


def lists(panel: Panel, language: str) -> dict[str, list[str]]:
    """The titled lists below, each with its lines."""
    return {
        "encounters": [line for each in panel.encounters for line in encounter_lines(panel, each, language)],
        "biases": [bias_line(each, language) for each in panel.biases],
        "agreements": [agreement_line(each, language) for each in panel.agreements if each.count > 1],
    }


def rater_name(number: int, language: str) -> str:
    """What a text calls an observer."""
    return phrase("panel.rater", language, number=number)


def introduced(panel: Panel, number: int, language: str) -> str:
    """An observer where first named: the number, and whose eyes these are if that is known."""
    observer = panel.raters[number - 1].observer
    name = rater_name(number, language)
    return name if observer is None else f"{name} ({phrase(f'observer.{observer}', language)})"


def encounter_lines(panel: Panel, each: PanelEncounter, language: str) -> Iterator[str]:
    """One encounter: every view of it, how many bands lie between, each gap, and what somebody did not note."""
    yield each.id or phrase("ref.encounter", language, number=each.number)
    for view in each.views:
        yield f"  {introduced(panel, view.rater, language)}: {view_told(view, language)}"
    if each.band_gap is not None:
        yield "  " + phrase("panel.band_gap", language, count=each.band_gap)
    for gap in each.gaps:
        yield "  " + gap_line(each.views[0].rater, gap, language)
    for spot in each.blind_spots:
        yield "  " + blind_spot_line(spot, language)


def view_told(view: View, language: str) -> str:
    """A score with its band, or that there is none."""
    band = phrase(f"band.{view.band or 'none'}", language)
    return band if view.score is None else f"{decimal(view.score, language)}, {band}"


def gap_line(first: int, gap: CriterionGap, language: str) -> str:
    """How two observers differ in a criterion."""
    mine, theirs = (phrase(f"outcome.{outcome}", language) for outcome in (gap.outcome, gap.other_outcome))
    one, other = (rater_name(number, language) for number in (first, gap.rater))
    title = gap.title.said_in(language)
    return f"{gap_told(gap.gap, language)}  {title}: {one} {mine}, {other} {theirs} [{gap.criterion}]"


def gap_told(gap: float | None, language: str) -> str:
    """A gap with its sign, as wide as all gaps are; blank where there is none."""
    if gap is None:
        return " " * 5
    sign = "+" if gap > 0 else "\N{MINUS SIGN}" if gap < 0 else " "
    return f"{sign}{decimal(abs(gap), language, PLACES)}"


def blind_spot_line(spot: BlindSpot, language: str) -> str:
    """What one observer did not note and another did."""
    acts = ", ".join(act_in_words(each.title.said_in(language), language, each.tags) for each in spot.unseen)
    rater, other = (rater_name(number, language) for number in (spot.rater, spot.other))
    return phrase("panel.unseen", language, rater=rater, other=other, acts=acts)


def bias_line(bias: Bias, language: str) -> str:
    """How much kinder or sterner the first observer is than another."""
    way = "alike" if not bias.mean else "kinder" if bias.mean > 0 else "sterner"
    limits = ""
    if bias.limits is not None:
        limits = phrase("panel.limits", language, interval=bias.limits.told(language))
    return phrase(
        f"panel.bias.{way}",
        language,
        first=rater_name(1, language),
        other=rater_name(bias.rater, language),
        points=decimal(abs(bias.mean), language),
        count=bias.count,
        limits=limits,
    )


def agreement_line(agreement: Agreement, language: str) -> str:
    """A coefficient with what it allows."""
    figure = phrase(f"panel.figure.{agreement.figure}", language)
    if agreement.value is None or agreement.quality is None:
        return phrase("panel.undefined", language, figure=figure, count=agreement.count)
    interval = ""
    if agreement.interval is not None:
        told = agreement.interval.told(language, PLACES)
        interval = phrase("panel.agreement_interval", language, interval=told)
    return phrase(
        "panel.agreement",
        language,
        figure=figure,
        value=decimal(agreement.value, language, PLACES),
        quality=phrase(f"panel.quality.{agreement.quality}", language),
        count=agreement.count,
        interval=interval,
    )
