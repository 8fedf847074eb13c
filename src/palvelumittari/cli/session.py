"""What the options before the command ask for, and the meter that comes of it, built when it is first needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs
import click

from palvelumittari.authoring.packs import rubric_files
from palvelumittari.cli.telling import tell_note
from palvelumittari.formats import unknown_format
from palvelumittari.meter import Meter
from palvelumittari.plugins import Catalog, PluginStatus, load_catalog
from palvelumittari.words.errors import Place, Problem, RubricError, raise_errors
from palvelumittari.words.errors import PluginError as _PluginError
from palvelumittari.words.phrases import spoken_language
from palvelumittari.words.text import LANGUAGES

Function = TypeVar("Function", bound=Callable[..., Any])

_WHERE_LANGUAGE_STANDS = ("LC_ALL", "LC_MESSAGES", "LANG")


@attrs.frozen(kw_only=True)
class Session:
    """The options of the whole program.

    `modules` are the plugins that the caller names, `installed` says whether to use the installed ones, `strict`
    whether one that cannot be loaded is an error. `built_in` are the commands whose names no plugin may take.
    """

    modules: tuple[str, ...] = ()
    installed: bool = True
    strict: bool = False
    built_in: frozenset[str] = frozenset()

    def meter(self, rubrics: tuple[Path, ...] = ()) -> Meter:
        """A meter with further rubric files; says what is wrong with plugins.

        Raises:
            PluginError: If a plugin that the caller names cannot be loaded, or any if `strict`.
            RubricError: If one of the rubric files is wrong.
        """
        meter = Meter(self.modules, rubrics=rubrics, installed=self.installed, strict=self.strict)
        self._tell(meter.catalog)
        return meter

    def further_meter(self, rubrics: Sequence[Path]) -> Meter:
        """One more meter, with other rubric files; what is wrong with plugins was said with the first.

        Raises:
            RubricError: If one of the rubric files is wrong.
        """
        return Meter(self.modules, rubrics=rubrics, installed=self.installed, strict=self.strict)

    def meter_with(self, rubrics: Sequence[str]) -> tuple[Meter, str | None]:
        """A meter with the rubrics that the caller names, each by its id or as a TOML file, and the id of the last.

        Raises:
            PluginError: If a plugin that the caller names cannot be loaded, or any if `strict`.
            RubricError: If one of the rubric files is wrong, or there is no rubric of an id.
        """
        meter = self.meter(tuple(Path(name) for name in rubrics if is_file_name(name)))
        chosen = ids_of(meter, rubrics)
        return meter, chosen[-1] if chosen else None

    def catalog(self) -> Catalog:
        """Everything that is loaded, without a word about what is not."""
        return load_catalog(installed=self.installed, modules=self.modules, strict=self.strict)

    def collisions(self, status: PluginStatus) -> tuple[str, ...]:
        """The commands of a plugin that cannot be called, because the program has its own of that name."""
        return tuple(name for name in status.brings.get("commands", ()) if name in self.built_in)

    def _tell(self, catalog: Catalog) -> None:
        """Raise what is wrong with the plugins that the caller names, note what is wrong with the others."""
        raise_errors(self._wanted(catalog), _PluginError)
        for status in catalog.plugins:
            if not status.is_ok:
                tell_note(f"the plugin {status.label} is left out; `palvelumittari plugin list` tells why")
            for name in self.collisions(status):
                what = f"the command `{name}` of the plugin {status.label} is left out"
                tell_note(f"{what}: palvelumittari has one of that name")

    def _wanted(self, catalog: Catalog) -> Iterator[Problem]:
        for status in catalog.plugins:
            if not status.is_ok and status.distribution is None:
                yield from status.named_problems


def is_file_name(rubric: str) -> bool:
    """Whether a rubric is named by its file rather than by its id."""
    return rubric.endswith(".toml")


def ids_of(meter: Meter, names: Iterable[str]) -> list[str]:
    """The ids of rubrics that the caller names, each by its id or as a TOML file that the meter was made with.

    Raises:
        RubricError: If there is no rubric of an id.
    """
    of_files = {file.file.name: file.id for file in meter.catalog.rubrics.values()}
    ids = [of_files[str(Path(name))] if is_file_name(name) else name for name in names]
    for each in ids:
        _refuse_folder(each, meter)
        meter.rubric(each)
    return ids


def _refuse_folder(name: str, meter: Meter) -> None:
    """Who has just checked a folder easily names the folder here, too."""
    if name in meter.catalog.rubrics or not Path(name).is_dir():
        return
    files = " or ".join(map(str, rubric_files(Path(name))))
    hint = f"name the file of the rubric: {files}" if files else "name a TOML file, or the id of a rubric"
    raise RubricError(Problem("this is a folder, and no rubric has that id", Place(name), hint=hint))


def default_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the environment if the engine speaks it, else English.

    >>> default_language({"LANG": "fi_FI.UTF-8"}), default_language({"LC_ALL": "C", "LANG": "fi_FI.UTF-8"})
    ('fi', 'en')
    """
    locale = next((environment[name] for name in _WHERE_LANGUAGE_STANDS if environment.get(name)), "")
    return spoken_language(locale.partition(".")[0])


pass_session = click.make_pass_decorator(Session)
"""Hands the session to a command as its first argument."""


def language_option(function: Function) -> Function:
    """Adds `--lang`, which a command gets as `language`."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        default=default_language,
        help="The language of the text; by default that of LC_ALL, LC_MESSAGES or LANG, else English.",
    )(function)


def rubric_option(function: Function) -> Function:
    """Adds `--rubric`, which a command gets as `rubrics`."""
    return click.option(
        "--rubric",
        "rubrics",
        multiple=True,
        metavar="ID|FILE.toml",
        help="The rubric to score with, instead of those made for the sector and the channel: its id, or its file. "
        "Repeatable: every file is loaded, so that they may extend each other, and the LAST one named scores. "
        "A vocabulary.toml and a readings.toml beside a file, or in the folder above, are taken along.",
    )(function)


def source_option(function: Function) -> Function:
    """Adds `--from`, which a command gets as `source`."""
    return click.option(
        "--from",
        "source",
        metavar="NAME",
        help="The format of all files and of standard input: json, ndjson, timeline, or one that a plugin reads. "
        "By default each file's suffix tells, else how it begins.",
    )(function)


def check_format(option: str, name: str | None, known: Iterable[str]) -> None:
    """Raise a usage error if an option asks for a format that is not known."""
    names = tuple(known)
    if name is not None and name not in names:
        problem = unknown_format(name, names)
        hint = f"; {problem.hint}" if problem.hint else ""
        raise click.BadParameter(
            f"{problem.what} {problem.found}; expected {problem.expected}{hint}", param_hint=option
        )
