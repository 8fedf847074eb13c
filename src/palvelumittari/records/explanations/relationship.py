"""A relationship as plain text: the step, how the customer came there, and what the next one takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from palvelumittari.words.phrases import decimal, phrase

if TYPE_CHECKING:
    from palvelumittari.records.relationship import RelationMove, Relationship, RelationStep


def explain(relationship: Relationship, language: str) -> str:
    """The whole explanation, lines joined by newlines, without a trailing one."""
    return "\n".join(_lines(relationship, language))


def _lines(relationship: Relationship, language: str) -> Iterator[str]:
    yield headline(relationship, language)
    yield from (f"  {line}" for line in remarks(relationship, language))
    if relationship.moves:
        yield ""
        yield phrase("relationship.section.moves", language)
        yield from (f"  {move_line(move, language)}" for move in relationship.moves)


def step_name(step: RelationStep, language: str) -> str:
    """A step by its name."""
    return phrase(f"relationship.step.{step}", language)


def headline(relationship: Relationship, language: str) -> str:
    """Where the customer stands, and after how many encounters."""
    step, start = step_name(relationship.step, language), step_name(relationship.start, language)
    key = "left" if relationship.step == "former" else "head"
    count, number = len(relationship.moves), relationship.step.number
    return phrase(f"relationship.{key}", language, step=step, number=number, start=start, count=count)


def remarks(relationship: Relationship, language: str) -> Iterator[str]:
    """The balance and what the next step takes; what was assumed; whether there was no aftercare at all."""
    if relationship.needed is not None:
        balance, needed = signed(relationship.balance, language), decimal(relationship.needed, language, 2)
        yield phrase("relationship.balance", language, balance=balance, needed=needed)
    if relationship.step == "loyalist":
        have, needed = relationship.emotional_count, str(relationship.emotional_needed)
        yield phrase("relationship.emotional", language, count=have, needed=needed)
    if not relationship.start_known:
        yield phrase("relationship.assumed_start", language, step=step_name(relationship.start, language))
    if relationship.moves and not relationship.aftercare_count:
        yield phrase("relationship.no_aftercare", language)


def move_line(move: RelationMove, language: str) -> str:
    """What one encounter did: its verdict, what it added, and why the customer rose, stayed, dropped or left."""
    ref = move.encounter
    told = phrase(
        "relationship.move",
        language,
        encounter=ref.name(language),
        verdict=ref.verdict(language),
        change=signed(move.change, language),
        reached=signed(move.reached, language),
        step=step_name(move.after, language),
        cause=phrase(f"relationship.cause.{move.cause}", language),
    )
    if move.aftercare:
        told += " " + phrase("relationship.aftercare", language, change=signed(move.aftercare, language))
    if move.emotional:
        titles = ", ".join(title.said_in(language) for title in move.emotional)
        told += " " + phrase("relationship.touched", language, titles=titles)
    return told


def signed(value: float, language: str) -> str:
    """A balance with two decimals and its sign."""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return sign + decimal(abs(value), language, 2)
