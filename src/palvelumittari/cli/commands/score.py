"""`palvelumittari score`: the verdicts on the encounters of files, for people or for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from types import MappingProxyType
from typing import BinaryIO

import attrs
import click
from rich.text import Text

from palvelumittari.cli.batching import Asked, Wish, batch_options, score_batch
from palvelumittari.cli.score_stream import Scorer
from palvelumittari.cli.screen import Screen, band_style, make_screen, styled
from palvelumittari.cli.session import (
    Session,
    check_format,
    language_option,
    pass_session,
    rubric_option,
    source_option,
)
from palvelumittari.cli.telling import Ending, tell_note
from palvelumittari.cli.verdict_view import show_brief
from palvelumittari.formats import Format, dumps, write_plugged
from palvelumittari.plugins import Catalog
from palvelumittari.records.verdict import Band, Verdict
from palvelumittari.report.distribution import Distribution
from palvelumittari.words.phrases import percent, phrase

Found = Iterable[Verdict | None]

TEXT = "text"
"""The format to read, which is not for programs."""


@attrs.define
class Count:
    """What came of all encounters, for the summary and for how the command ends."""

    under: float | None
    distribution: Distribution = attrs.field(factory=Distribution)
    below_count: int = 0

    def of(self, found: Found) -> Iterator[Verdict | None]:
        """The same verdicts, counted as they pass."""
        for verdict in found:
            self.distribution.add(verdict)
            self.below_count += self._is_below(verdict)
            yield verdict

    def _is_below(self, verdict: Verdict | None) -> bool:
        if self.under is None or verdict is None or verdict.score is None:
            return False
        return verdict.score < self.under

    @property
    def ending(self) -> Ending:
        """How the command ends: bad input weighs more than a low score."""
        if self.distribution.rejected_count:
            return Ending.BAD_INPUT
        return Ending.BELOW if self.below_count else Ending.FINE


@click.command(short_help="Score the encounters in files.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@rubric_option
@click.option(
    "-f",
    "--format",
    "form",
    default=TEXT,
    show_default=True,
    metavar="NAME",
    help="text: to read; json: one object if there is one encounter in all, else an array; ndjson: an object a line; "
    "or a format that a plugin writes.",
)
@source_option
@language_option
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="End with 1 if a score is below N (0 to 100). An encounter without a score is not.",
)
@batch_options
@pass_session
def score(  # noqa: PLR0913, PLR0917 - the options of a command, most of them bundled
    session: Session,
    files: tuple[str, ...],
    source: str | None,
    rubrics: tuple[str, ...],
    form: str,
    language: str,
    fail_under: float | None,
    wish: Wish,
) -> None:
    """Score the encounters in FILES: JSON, NDJSON (one a line), .timeline, cases (*.case.toml) or what a plugin reads;
    - is standard input.

    What cannot be read is told on standard error with its file and line, the rest is scored, and the command ends
    with 2. With -o, a batch of any length is scored, which can be resumed after a crash.
    """
    if wish.output is not None:
        asked = Asked(files=files, source=source, rubrics=rubrics, form=form, language=language, fail_under=fail_under)
        score_batch(session, asked, wish)
    wish.refuse_without_output()
    meter, chosen = session.meter_with(rubrics)
    check_format("'-f' / '--format'", form, (TEXT, *_PIECES, *meter.catalog.writers))
    count = Count(fail_under)
    found = count.of(Scorer(meter, chosen, language, source).verdicts(files))
    if form == TEXT:
        write_text(found, count, make_screen(), language)
    else:
        write_data(pieces(found, form, meter.catalog), sys.stdout.buffer)
    if count.below_count:
        tell_note(f"{count.below_count} of {count.distribution.scored_count} scores are below {fail_under:g}")
    raise click.exceptions.Exit(count.ending)


# --- for programs -----------------------------------------------------------------------------------------------


def write_data(some: Iterable[str], stream: BinaryIO) -> None:
    """Pieces of text in UTF-8, whatever the encoding of the terminal, each as soon as it is there."""
    for piece in some:
        stream.write(piece.encode(errors="replace"))
        stream.flush()


def pieces(found: Found, form: str, catalog: Catalog) -> Iterator[str]:
    """The text that holds the verdicts in a format of ours, or in one that a plugin writes."""
    if form in _PIECES:
        yield from _PIECES[form](found)
        return
    verdicts = (verdict for verdict in found if verdict is not None)
    yield from write_plugged(catalog.writers[form], verdicts, format=form, plugin=catalog.owner("writers", form))
    for _ in verdicts:  # what the writer did not ask for is counted all the same
        pass


def _lines(found: Found) -> Iterator[str]:
    return (_line(verdict) + "\n" for verdict in found if verdict is not None)


def _document(found: Found) -> Iterator[str]:
    """One object if one encounter was found in all, scored or not; else an array with a verdict a line."""
    rest = iter(found)
    first = list(islice(rest, 2))
    if len(first) == 1:
        yield from (dumps(verdict) for verdict in first if verdict is not None)
        return
    yield "["
    lead = "\n"
    for verdict in chain(first, rest):
        if verdict is not None:
            yield lead + _line(verdict)
            lead = ",\n"
    yield "\n]\n"


def _line(verdict: Verdict) -> str:
    return dumps(verdict, format=Format.NDJSON).rstrip("\n")


_PIECES: Mapping[str, Callable[[Found], Iterator[str]]] = MappingProxyType(
    {Format.JSON.value: _document, Format.NDJSON.value: _lines}
)


# --- for people -------------------------------------------------------------------------------------------------


def write_text(found: Found, count: Count, screen: Screen, language: str) -> None:
    """Each verdict in brief, and how they spread if there are several."""
    is_first = True
    for verdict in found:
        if verdict is not None:
            if not is_first:
                screen.blank()
            show_brief(screen, verdict, language)
            is_first = False
    if count.distribution.count and count.distribution.count + count.distribution.rejected_count > 1:
        show_distribution(screen, count.distribution, language)


def show_distribution(screen: Screen, distribution: Distribution, language: str) -> None:
    """How many encounters got which band, and how many are below good. Never a mean, which hides the bad ones."""
    screen.blank()
    screen.heading(phrase("cli.summary.count", language, count=distribution.count))
    bands = [*reversed(Band), None] if distribution.bands[None] else [*reversed(Band)]
    screen.table("", "", "", "", rows=[_row(screen, distribution, band, language) for band in bands])
    scored = distribution.scored_count
    if scored:
        below = distribution.below_good_count
        share = percent(below / scored, language)
        screen.line(phrase("cli.summary.below", language, below=below, scored=scored, share=share))
    if distribution.rejected_count:
        screen.line(phrase("cli.summary.rejected", language, count=distribution.rejected_count))


def _row(screen: Screen, distribution: Distribution, band: Band | None, language: str) -> list[str | Text]:
    share = distribution.share(band)
    name = styled(phrase(f"band.{band or 'none'}", language), band_style(band))
    return [name, str(distribution.bands[band]), screen.bar(share * 100, band), percent(share, language)]
