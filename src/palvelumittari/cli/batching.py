"""`score -o`: a batch from the options of the command to its summary, and how it ends."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import attrs
import click

from palvelumittari.batch import Batch, Ended, Question, Recipe, Summary, run_batch
from palvelumittari.batch.inputs import no_lines
from palvelumittari.batch.output import writing
from palvelumittari.batch.summary_data import summary_data
from palvelumittari.cli.batch_progress import AUTO, KINDS, progress_shown
from palvelumittari.cli.batch_summary import show_summary
from palvelumittari.cli.score_stream import STDIN
from palvelumittari.cli.screen import make_screen
from palvelumittari.cli.session import Function, Session, is_file_name
from palvelumittari.cli.telling import Ending, tell_errors, tell_note
from palvelumittari.formats import Format
from palvelumittari.meter import Meter
from palvelumittari.words.errors import EncounterError, PalvelumittariError
from palvelumittari.words.phrases import phrase

INTERRUPTED = 130
"""As a process ends that the signal SIGINT stops."""

FORMS = ("text", Format.JSON.value)
"""What `-f` may ask for: the form of the summary."""

_PLAIN_FIELDS = ("sector", "channel", "language", "observer", "record")
_PLACES = ("setting", "customer", "server", "outcome", "extra")


@attrs.frozen(kw_only=True)
class Wish:
    """The options that make a batch of the command."""

    output: str | None = None
    jobs: int | None = None
    resume: bool = False
    progress: str | None = None
    by: str | None = None
    summary: str | None = None

    def refuse_without_output(self) -> None:
        """Raise a usage error if an option stands there that is for batches only."""
        for field in attrs.fields(type(self)):
            if getattr(self, field.name) != field.default:
                raise click.UsageError(f"--{field.name} is for batches: name the file of the results with -o")


def batch_options(function: Function) -> Function:
    """Adds the options of a batch, which a command gets as `wish`."""

    def bundled(*arguments: Any, **options: Any) -> Any:
        fields = {field.name: options.pop(field.name) for field in attrs.fields(Wish)}
        return function(*arguments, wish=Wish(**fields), **options)

    bundled.__name__, bundled.__doc__ = function.__name__, function.__doc__
    bundled.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]  # click's own way
    for option in reversed(_OPTIONS):
        option(bundled)
    return bundled  # type: ignore[return-value]  # click asks for a function, whatever it takes


def _check_field(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no field of an encounter that has one value."""
    place, dot, key = (value or "sector").partition(".")
    if (dot and key and place in _PLACES) or (not dot and place in _PLAIN_FIELDS):
        return value
    places = ", ".join(f"{place}.…" for place in _PLACES)
    raise click.BadParameter(f"{value!r} is no field to group by; expected one of {', '.join(_PLAIN_FIELDS)}, {places}")


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        help="Score a batch: the verdicts go to FILE as NDJSON, what cannot be scored goes to FILE's name with "
        ".rejects.ndjson, and a summary is printed (-f text or json). FILES must be NDJSON.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="With -o: how many processes score; by default one for each core.",
    ),
    click.option("--resume", is_flag=True, help="With -o: go on where a run was stopped, if one was."),
    click.option(
        "--progress",
        type=click.Choice(KINDS),
        help="With -o: auto shows a bar on a terminal (the default); json writes a line a second to standard error.",
    ),
    click.option(
        "--by",
        metavar="FIELD",
        callback=_check_field,
        help="With -o: group the summary by a field, such as channel or server.id.",
    ),
    click.option("--summary", metavar="FILE", help="With -o: write the summary to FILE, too, as JSON."),
)


# --- running ----------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Asked:
    """What the options of the command come to, beside those of a batch."""

    files: tuple[str, ...]
    source: str | None
    rubrics: tuple[str, ...]
    form: str
    language: str
    fail_under: float | None


def score_batch(session: Session, asked: Asked, wish: Wish) -> NoReturn:
    """Score a batch, print its summary, and end as it went."""
    if asked.form not in FORMS:
        raise click.UsageError("with -o, -f is the form of the summary: text or json; the results are NDJSON")
    if asked.source not in (None, Format.NDJSON):
        raise EncounterError(no_lines(asked.files[0]))
    meter, chosen = session.meter_with(asked.rubrics)
    batch = _batch_of(session, asked, wish, chosen)
    if wish.resume and not batch.is_resumable:
        tell_note("there is nothing to resume; this run starts at the beginning")
    ended = _run(batch, meter, wish)
    _tell_all(ended, batch, asked, wish)
    raise click.exceptions.Exit(_ending(ended.summary))


def _batch_of(session: Session, asked: Asked, wish: Wish, rubric: str | None) -> Batch:
    streams = [file for file in asked.files if _is_stream(file)]
    if streams and (len(asked.files) > 1 or wish.resume or (wish.jobs or 1) > 1):
        name = "standard input" if streams[0] == STDIN else streams[0]
        raise click.UsageError(
            f"{name} can be read only once: it must be the only file, with one job and without --resume"
        )
    rubrics = tuple(Path(name) for name in asked.rubrics if is_file_name(name))
    stream = _opened(streams[0]) if streams else None
    return Batch(
        files=() if streams else asked.files,
        output=Path(wish.output or ""),
        recipe=Recipe(modules=session.modules, rubrics=rubrics, installed=session.installed, strict=session.strict),
        question=Question(rubric=rubric, by=wish.by, under=asked.fail_under),
        jobs=1 if streams else wish.jobs or os.cpu_count() or 1,
        resume=wish.resume,
        stream=stream,
    )


def _is_stream(file: str) -> bool:
    """Whether a file gives its bytes only once, as standard input and pipes do."""
    if file == STDIN:
        return True
    try:
        mode = Path(file).stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _opened(file: str) -> Any:
    if file == STDIN:
        return sys.stdin.buffer, "<stdin>"
    return click.get_current_context().with_resource(click.open_file(file, "rb")), file


def _run(batch: Batch, meter: Meter, wish: Wish) -> Ended:
    try:
        with progress_shown(wish.progress or AUTO) as tell:
            return run_batch(batch, meter, tell)
    except PalvelumittariError as error:
        tell_errors(error.problems)
        _tell_of_resuming(batch)
        raise click.exceptions.Exit(Ending.BAD_INPUT) from None
    except KeyboardInterrupt:
        tell_note("stopped")
        _tell_of_resuming(batch)
        raise click.exceptions.Exit(INTERRUPTED) from None


def _tell_of_resuming(batch: Batch) -> None:
    if batch.is_resumable:
        tell_note("what is done so far is kept; the same command with --resume goes on")


# --- telling ----------------------------------------------------------------------------------------------------


def _tell_all(ended: Ended, batch: Batch, asked: Asked, wish: Wish) -> None:
    for name, more in ended.grown:
        tell_note(f"{name} grew while it was read; the last {more:,} bytes are not scored")
    data = json.dumps(summary_data(ended.summary, wish.by), ensure_ascii=False, indent=2) + "\n"
    if wish.summary is not None:
        with writing(Path(wish.summary)):
            Path(wish.summary).write_text(data, encoding="utf-8")
    if asked.form == Format.JSON:
        sys.stdout.buffer.write(data.encode())
        sys.stdout.buffer.flush()
        return
    screen = make_screen()
    show_summary(screen, ended.summary, wish.by, str(batch.places.rejects), asked.language)
    screen.blank()
    screen.line(phrase("batch.results", asked.language, file=wish.output))
    if ended.summary.below:
        scored = ended.summary.whole.scored_count
        tell_note(f"{ended.summary.below} of {scored} scores are below {asked.fail_under:g}")


def _ending(summary: Summary) -> Ending:
    """Bad input weighs more than a low score."""
    if summary.rejected:
        return Ending.BAD_INPUT
    return Ending.BELOW if summary.below else Ending.FINE
