"""What is said on standard error: errors with their remedies, notes, and how the process ends after them."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TextIO

import click

from palvelumittari.reading.excerpts import printable
from palvelumittari.records.verdict import NoteKind, Verdict
from palvelumittari.words.errors import EncounterWarning, PalvelumittariError, Place, Problem
from palvelumittari.words.phrases import phrase

LONGEST_LINE = 300
"""No line of a message is longer than this many characters."""


class Ending(IntEnum):
    """How a command ends: all is well, something was below what was asked for, or the input or the usage is bad."""

    FINE = 0
    BELOW = 1
    BAD_INPUT = 2
    BROKEN_PIPE = 141
    """As a process ends that the signal SIGPIPE stops: nobody reads on, which is no mistake of anybody."""


def lines_of(problem: Problem) -> list[str]:
    """A problem as it tells itself, line by line, without what would upset a terminal and with no endless line."""
    lines = (printable(line) for line in str(problem).split("\n"))
    return [line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}..." for line in lines]


def tell_error(problem: Problem) -> None:
    """Say what is wrong: one problem with its place, what was expected and what to try."""
    _tell("error:", "red", "\n".join(lines_of(problem)))


def tell_errors(problems: Iterable[Problem]) -> None:
    """Say everything that is wrong."""
    for problem in problems:
        tell_error(problem)


def tell_note(text: object) -> None:
    """Say what is odd, without anything being wrong."""
    _tell("note:", "yellow", printable(str(text).replace("\n", " ")))


def tell_oddities(verdict: Verdict, language: str) -> None:
    """Say in one note what is odd in an encounter, if anything is."""
    odd = [note.text.said_in(language) for note in verdict.notes if note.kind is NoteKind.ODD_ACTOR]
    if odd:
        more = len(odd) - 1
        text = phrase("cli.more_like_this", language, text=odd[0], count=more) if more else odd[0]
        tell_note(f"{verdict.encounter}: {text}")


def _tell(mark: str, colour: str, text: str) -> None:
    click.echo(f"{click.style(mark, fg=colour, bold=True)} {text}", err=True)


@contextmanager
def all_told() -> Iterator[None]:
    """Turn the errors of a command into messages, its warnings into notes, and end the process accordingly."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", EncounterWarning)
        warnings.showwarning = _show_warning
        try:
            yield
        except PalvelumittariError as error:
            tell_errors(error.problems)
            raise click.exceptions.Exit(Ending.BAD_INPUT) from None
        except BrokenPipeError:
            _close_stdout()
            raise click.exceptions.Exit(Ending.BROKEN_PIPE) from None
        except OSError as error:
            tell_error(Problem(error.strerror or str(error), Place(_name_of(error))))
            raise click.exceptions.Exit(Ending.BAD_INPUT) from None


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    if issubclass(category, EncounterWarning):
        tell_note(message)
    else:
        click.echo(warnings.formatwarning(message, category, filename, lineno, line), err=True, nl=False)


def _name_of(error: OSError) -> str | None:
    return None if error.filename is None else os.fsdecode(error.filename)


def _close_stdout() -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain of it at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no file, as in tests
        return
