"""An episode as plain text: where the matter stands, how it came there, how fair the recovery was, what was assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from palvelumittari.records.explanations.layout import laid_out
from palvelumittari.words.phrases import decimal, percent, phrase

if TYPE_CHECKING:
    from palvelumittari.records.episode import Assumption, Episode, Justice, Limit, Part, Transition
    from palvelumittari.records.references import EventRef


def explain(episode: Episode, language: str) -> str:
    """The whole explanation, lines joined by newlines, without a trailing one."""
    return laid_out(
        "episode",
        headline(episode, language),
        language,
        lists=lists(episode, language),
    )


def headline(episode: Episode, language: str) -> str:
    """How many encounters it had, its score and band, and where the matter stands."""
    count, state = len(episode.encounters), phrase(f"episode.state.{episode.state}", language)
    if episode.score is None:
        return phrase("episode.head_no_score", language, count=count, state=state)
    band = phrase(f"band.{episode.band}", language)
    return phrase("episode.head", language, count=count, score=decimal(episode.score, language), band=band, state=state)


def lists(episode: Episode, language: str) -> dict[str, list[str]]:
    """The titled lists below, each with its lines."""
    return {
        "encounters": [_encounter(episode, number, language) for number in range(1, len(episode.encounters) + 1)],
        "course": [transition_line(episode, each, language) for each in episode.transitions],
        "recovery": list(recovery_lines(episode, language)),
        "standing": list(standing_lines(episode, language)),
        "assumptions": [assumption_line(episode, each, language) for each in episode.assumptions],
    }


def _name(episode: Episode, number: int, language: str) -> str:
    return episode.encounters[number - 1].name(language)


def _encounter(episode: Episode, number: int, language: str) -> str:
    ref = episode.encounters[number - 1]
    place = ref.place(language)
    return f"{ref.name(language)}{f' ({place})' if place else ''}: {ref.verdict(language)}"


def event_line(episode: Episode, event: EventRef, language: str) -> str:
    """An event with its encounter."""
    return event.told(_name(episode, event.encounter, language), language)


def transition_line(episode: Episode, each: Transition, language: str) -> str:
    """Where the matter came to stand, why, and through which event."""
    where = _name(episode, each.encounter, language)
    if each.event is not None:
        where = event_line(episode, each.event, language)
    cause, state = (phrase(f"episode.{key}", language) for key in (f"cause.{each.cause}", f"state.{each.after}"))
    return phrase("episode.transition", language, where=where, cause=cause, state=state)


# --- how fair ---------------------------------------------------------------------------------------------------


def recovery_lines(episode: Episode, language: str) -> Iterator[str]:
    """The quality of the recovery, then each kind of justice with its parts and their evidence."""
    if episode.quality is None:
        return
    yield phrase("episode.quality", language, share=percent(episode.quality, language))
    for justice in episode.justice:
        yield justice_line(justice, language)
        yield from (f"  {part_line(episode, part, language)}" for part in justice.parts)


def justice_line(justice: Justice, language: str) -> str:
    """A kind of justice with its value and its weight."""
    values = {"share": percent(justice.value, language), "weight": percent(justice.weight, language)}
    return phrase(f"episode.justice.{justice.kind}", language, **values)


def part_line(episode: Episode, part: Part, language: str) -> str:
    """A part of justice with its value and the events that it rests on."""
    value = percent(part.value, language) if part.value is not None else phrase("outcome.not_applicable", language)
    line = f"{phrase(f'episode.part.{part.part}', language)}: {value}"
    cited = "; ".join(event_line(episode, event, language) for event in part.evidence)
    return f"{line} \N{EN DASH} {cited}" if cited else line


# --- where it left the customer ---------------------------------------------------------------------------------


def standing_lines(episode: Episode, language: str) -> Iterator[str]:
    """The standing before, during and after the failure, what limited it, and how probably the customer stays."""
    if episode.failure is None or episode.during is None:
        return
    values = {name: _standing(getattr(episode, name) or 0.0, language) for name in ("before", "during", "after")}
    yield phrase("episode.standing", language, **values)
    severity = decimal(episode.failure.severity, language, 2)
    yield phrase(
        "episode.failure",
        language,
        kind=phrase(f"episode.kind.{episode.failure.kind}", language),
        severity=severity,
        control=phrase(f"episode.control.{episode.failure.control}", language),
        stable=phrase(f"episode.lasting.{'yes' if episode.failure.stable else 'no'}", language),
        count=episode.failure.count,
    )
    yield from (limit_line(limit, language) for limit in episode.limits)
    if episode.stay is not None:
        minor, major = percent(episode.stay.minor, language), percent(episode.stay.major, language)
        yield phrase(f"episode.stay.{episode.stay.kind}", language, minor=minor, major=major)


def _standing(value: float, language: str) -> str:
    text = decimal(abs(value), language, 2)
    sign = "" if not float(f"{value:.2f}") else "+" if value > 0 else "\N{MINUS SIGN}"
    return sign + text


def limit_line(limit: Limit, language: str) -> str:
    """What a limit did, and why."""
    barriers = ", ".join(phrase(f"episode.barrier.{barrier}", language) for barrier in limit.barriers)
    before, after = decimal(limit.before, language), decimal(limit.after, language)
    return phrase(f"episode.limit.{limit.kind}", language, before=before, after=after, barriers=barriers)


def assumption_line(episode: Episode, each: Assumption, language: str) -> str:
    """What was assumed, and how to note it instead."""
    value = "" if each.value is None else _standing(each.value, language).lstrip("+")
    where = "" if each.encounter is None else _name(episode, each.encounter, language)
    return phrase(f"episode.assumed.{each.kind}", language, value=value, encounter=where)
