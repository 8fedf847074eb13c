"""What differs between two rubrics as a page on the screen, in Markdown, or as data for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import attrs
from cattrs import Converter

from palvelumittari.authoring.difference import Difference, Fit, Level, Move, Moves, Shift
from palvelumittari.authoring.difference.saying import Block, Chapter, Sayer
from palvelumittari.cli.screen import Screen, band_style, clean, joined, styled
from palvelumittari.reading.structure import make_converter
from palvelumittari.records.condition import Condition
from palvelumittari.records.measure import MEASURES, Window
from palvelumittari.records.selector import Selector
from palvelumittari.records.verdict import Band
from palvelumittari.words.phrases import decimal, phrase, signed

SCHEMA = 1
_ARROW = "\N{RIGHTWARDS ARROW}"
_STYLES = {Level.MAJOR: "bold red", Level.MINOR: "bold yellow", Level.PATCH: "bold green", Level.NONE: "bold green"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def head_of(difference: Difference) -> str:
    """Which two rubrics: `ferry/crossing 1.0.0 → 1.1.0`."""
    old, new = difference.old, difference.new
    name = "" if old.id == new.id else f"{new.id} "
    return f"{old.id} {old.version} {_ARROW} {name}{new.version}"


# --- on the screen ----------------------------------------------------------------------------------------------


def show_difference(screen: Screen, difference: Difference, sayer: Sayer) -> None:
    """Which version is needed, and every change under the reason for its level."""
    screen.line(styled(head_of(difference), "bold"))
    style = "bold red" if not difference.fit.is_fine else "" if difference.fit is Fit.ANOTHER else "green"
    screen.line(styled(sayer.verdict(difference), style))
    for chapter in sayer.chapters(difference):
        screen.blank()
        screen.line(styled(chapter.heading, _STYLES[chapter.level]))
        for block in chapter.blocks:
            _show_block(screen, block)


def _show_block(screen: Screen, block: Block) -> None:
    name = styled(f"  [{block.id}]", "dim") if block.id else ""
    inherited = f", {block.inherited}" if block.inherited else ""
    screen.line(styled(block.title, "bold"), name, inherited, indent=2, hang=4)
    for line in block.lines:
        screen.line(line, indent=4, hang=6)


def show_moves(screen: Screen, moves: Moves, sayer: Sayer) -> None:
    """How many bands moved, and which, with the criteria that moved them."""
    screen.blank()
    first, *others = summary_of(moves, sayer)
    screen.heading(first)
    for line in others:
        screen.line(line, indent=2)
    for move in moves.shown:
        screen.blank()
        _show_move(screen, move, sayer)
    if moves.hidden_count:
        screen.blank()
        screen.line(sayer.say("moves.hidden", count=moves.hidden_count))


def _show_move(screen: Screen, move: Move, sayer: Sayer) -> None:
    language = sayer.language
    sides = ((move.old_score, move.old_band), (move.new_score, move.new_band))
    old, new = (styled(_score(score, band, language), band_style(band)) for score, band in sides)
    screen.line(joined(styled(f"{move.encounter}: ", "bold"), old, f" {_ARROW} ", new), indent=2, hang=4)
    for shift in move.shifts:
        screen.line(f"{_points(shift, sayer)}  {shift.title.said_in(language)} [{shift.criterion}]", indent=4, hang=6)
        screen.line(styled(shift.reason.said_in(language), "dim"), indent=6)


# --- words that both pages share --------------------------------------------------------------------------------


def summary_of(moves: Moves, sayer: Sayer) -> Iterator[str]:
    """How many went which way, and how far a score went at most."""
    counts = {"up": moves.up_count, "down": moves.down_count, "stay": moves.stay_count}
    yield sayer.say("moves.count", count=moves.count, **counts)
    for key in ("scored", "unscored"):
        count = getattr(moves, f"{key}_count")
        if count:
            yield sayer.say(f"moves.{key}", count=count)
    yield sayer.say("moves.same", count=moves.same_score_count)
    if moves.largest_encounter is not None:
        shift = signed(moves.largest_shift, sayer.language)
        yield sayer.say("moves.largest", shift=shift, encounter=moves.largest_encounter)
    for key in ("new_only", "rejected"):
        count = getattr(moves, f"{key}_count")
        if count:
            yield sayer.say(f"moves.{key}", count=count)


def _score(score: float | None, band: Band | None, language: str) -> str:
    name = phrase(f"band.{band or 'none'}", language)
    return name if score is None else f"{decimal(score, language)} {name}"


def _points(shift: Shift, sayer: Sayer) -> str:
    """The points before and after, with the outcomes where those differ."""
    sides = ((shift.old_points, shift.old_outcome), (shift.new_points, shift.new_outcome))
    is_same = shift.old_outcome == shift.new_outcome
    said = []
    for points, outcome in sides:
        if points is None:
            said.append(sayer.say("moves.no_criterion"))
        else:
            text = signed(points, sayer.language)
            said.append(text if is_same else f"{text} ({phrase(f'outcome.{outcome}', sayer.language)})")
    return f" {_ARROW} ".join(said)


# --- in Markdown ------------------------------------------------------------------------------------------------


def markdown_of(difference: Difference, moves: Moves | None, sayer: Sayer) -> str:
    """The same in Markdown, for a pull request or a changelog."""
    lines = [f"# {_marked(head_of(difference))}", "", _marked(sayer.verdict(difference))]
    for chapter in sayer.chapters(difference):
        lines += ["", f"## {_marked(chapter.heading)}", "", *_chapter_lines(chapter)]
    if moves is not None:
        first, *others = summary_of(moves, sayer)
        lines += ["", f"## {_marked(first)}", "", *(f"- {_marked(line)}" for line in others)]
        for move in moves.shown:
            lines += _move_lines(move, sayer)
        if moves.hidden_count:
            lines += ["", _marked(sayer.say("moves.hidden", count=moves.hidden_count))]
    return "\n".join(lines) + "\n"


def _chapter_lines(chapter: Chapter) -> Iterator[str]:
    for block in chapter.blocks:
        name = f" (`{block.id}`)" if block.id else ""
        inherited = f", {_marked(block.inherited)}" if block.inherited else ""
        yield f"- **{_marked(block.title)}**{name}{inherited}"
        yield from (f"    - {_marked(line)}" for line in block.lines)


def _move_lines(move: Move, sayer: Sayer) -> Iterator[str]:
    language = sayer.language
    old, new = _score(move.old_score, move.old_band, language), _score(move.new_score, move.new_band, language)
    yield from ("", f"**{_marked(move.encounter)}**: {_marked(f'{old} {_ARROW} {new}')}", "")
    for shift in move.shifts:
        title, reason = shift.title.said_in(language), shift.reason.said_in(language)
        yield f"- {_marked(_points(shift, sayer))} **{_marked(title)}** (`{shift.criterion}`): {_marked(reason)}"


def _marked(text: str) -> str:
    """A text on one line in which nothing is a sign of Markdown."""
    return _SPECIAL.sub(r"\\\1", clean(text))


# --- for programs -----------------------------------------------------------------------------------------------


def data_of(difference: Difference, moves: Moves | None) -> dict[str, Any]:
    """The difference as plain data: values as they stand in rubric files, absent ones left out."""
    converter = _converter()
    changes = [{**converter.unstructure(each), "level": each.level.value} for each in difference.changes]
    data = {"schema": SCHEMA, **converter.unstructure(attrs.evolve(difference, changes=())), "changes": changes}
    if moves is not None:
        counts = {field.name: getattr(moves, field.name) for field in attrs.fields(Moves) if field.init}
        data["moves"] = {**counts, "moved": converter.unstructure(moves.shown), "hidden_count": moves.hidden_count}
    return json.loads(json.dumps(data, default=sorted))  # type: ignore[no-any-return]  # an object in, an object out


def _converter() -> Converter:
    """Writes selectors, conditions and windows as in a file, and a measure under its name."""
    converter = make_converter()
    for kind in (Selector, Condition, Window):
        converter.register_unstructure_hook(kind, str)
    for name, kind in MEASURES.items():
        converter.register_unstructure_hook(kind, partial(_under, name, converter.get_unstructure_hook(kind)))
    return converter


def _under(name: str, inner: Callable[[Any], Any], measure: Any) -> dict[str, Any]:
    return {name: inner(measure)}


def json_of(difference: Difference, moves: Moves | None) -> str:
    """The same as JSON text."""
    return json.dumps(data_of(difference, moves), ensure_ascii=False, indent=2) + "\n"
