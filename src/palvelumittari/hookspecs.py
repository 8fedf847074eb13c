"""The hooks: where a plugin may add to the meter, one function each.

A plugin is a module (or any object) that an entry point of the group ``palvelumittari`` names. It implements as
many of these hooks as it likes, each a function of the same name under `hookimpl`:

.. code-block:: toml

    [project.entry-points.palvelumittari]
    ferry = "palvelumittari_ferry"

All hooks are called once, without arguments, when the plugins are loaded; what they return is checked and frozen.
No hook is called while an encounter is scored. A plugin whose hook raises, or returns the wrong kind of thing,
is left out as a whole and named with its remedy; the others load all the same.

Not every plugin needs hooks: ``vocabulary.toml``, ``readings.toml``, ``rubrics/*.toml`` and ``cases/*.case.toml`` in
the folder of the plugin's package load by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pluggy

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.scene import Answer
from palvelumittari.records.verdict import Verdict
from palvelumittari.scoring import Model

if TYPE_CHECKING:
    import click  # only plugins with commands pay for loading it

PROJECT = "palvelumittari"
"""The name of the project in pluggy, of the entry-point group, and of the core distribution."""

hookspec = pluggy.HookspecMarker(PROJECT)
"""Marks the specifications below."""

hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a plugin's functions as implementations of hooks."""

File = Path | Traversable
"""A file on disk, or a resource inside a package that may be zipped."""

MeasureFunction = Callable[..., Answer | float | None]
"""A measure for `calls`. It gets a `Scene` and the criterion's options as keywords, and says how fulfilled it is."""

Detector = Callable[[str, str | None], Iterable[tuple[str, int, int]]]
"""Gets a text and its language (BCP 47, `None` if unknown); gives acts, each with the half-open range of characters."""

Reader = Callable[[IO[bytes], str | None], Iterable[Mapping[str, Any]]]
"""Gets an open file and its name (`None` if it has none); gives encounters as plain data in the form of the JSON files.

The engine checks them as it checks a file, so a reader needs to know neither records nor vocabulary.
"""

Writer = Callable[[Iterable[Encounter | Verdict]], Iterable[str]]
"""Gets records; gives the pieces of the text that holds them, so that a file of any length can be written."""


@hookspec
def palvelumittari_rubrics() -> Iterable[File]:
    """Give rubric files that do not lie in the package's own ``rubrics/``.

    Called once when the plugins are loaded, after the vocabulary and the readings of all plugins are known. The rubrics
    may extend those of any other plugin, whatever the order of loading.

    Returns:
        Paths or resources of TOML files. The id of each rubric is the plugin's name or begins with it and a slash.

    Example::

        @hookimpl
        def palvelumittari_rubrics():
            return [Path(__file__).parent / "seasonal" / "christmas.toml"]
    """
    raise NotImplementedError


@hookspec
def palvelumittari_vocabulary() -> Iterable[File]:
    """Give files that declare acts, groups, tags and context fields, beside the package's ``vocabulary.toml``.

    Called once when the plugins are loaded. Names are shared by all plugins: a plugin adds, and never redefines what
    the core or another plugin declares.

    Returns:
        Paths or resources of TOML files in the form of the core's ``vocabulary.toml``.

    Example::

        @hookimpl
        def palvelumittari_vocabulary():
            return [importlib.resources.files(__package__) / "acts_on_board.toml"]
    """
    raise NotImplementedError


@hookspec
def palvelumittari_readings() -> Iterable[File]:
    """Give files that declare readings, beside the package's ``readings.toml``.

    Called once when the plugins are loaded; the cues may name the acts of every plugin.

    Returns:
        Paths or resources of TOML files in the form of the core's ``readings.toml``.

    Example::

        @hookimpl
        def palvelumittari_readings():
            return [importlib.resources.files(__package__) / "thirst.toml"]
    """
    raise NotImplementedError


@hookspec
def palvelumittari_detectors() -> Mapping[str, Detector]:
    """Give functions that find acts in what somebody said.

    Called once when the plugins are loaded; the detectors themselves get a text and its language.

    This version registers detectors: ``plugin list`` names them, and `Catalog.detectors` holds them for programs that
    call them themselves. It does not apply them to the texts of encounters; a later version will.

    Returns:
        Detectors by name. A name without a dot is put behind the plugin's: ``hum`` of ``ferry`` becomes ``ferry.hum``.

    Example::

        def hum(text, language):
            return [("minimal", found.start(), found.end()) for found in re.finditer("m{2,}", text)]


        @hookimpl
        def palvelumittari_detectors():
            return {"hum": hum}
    """
    raise NotImplementedError


@hookspec
def palvelumittari_measures() -> Mapping[str, MeasureFunction]:
    """Give measures in Python for what the measures of the rubric language cannot say.

    Called once when the plugins are loaded; the measures themselves get a `Scene` for each encounter that they judge.
    A measure that raises, or answers something outside [0, 1], becomes an `error` finding and breaks nothing else.

    Returns:
        Functions by name. A name without a dot is put behind the plugin's: ``detour`` of ``ferry`` becomes
        ``ferry.detour``, which is what a rubric writes under `calls`.

    Example::

        def detour(scene, *, most=0.2):
            routes = scene.find("state_route")
            return None if not routes else 1.0


        @hookimpl
        def palvelumittari_measures():
            return {"detour": detour}
    """
    raise NotImplementedError


@hookspec
def palvelumittari_scoring_models() -> Mapping[str, Model]:
    """Give ways in which findings add up to a score, beside `ledger`, `mean` and `lowest`.

    Called once when the plugins are loaded; the models themselves get the settled findings of an encounter and the
    constants of its rubric.

    Returns:
        Models by name. A name without a dot is put behind the plugin's: ``median`` of ``lab`` becomes ``lab.median``,
        which is what a rubric writes as `model` under ``[scoring]``.

    Example::

        @hookimpl
        def palvelumittari_scoring_models():
            return {"median": median}
    """
    raise NotImplementedError


@hookspec
def palvelumittari_readers() -> Mapping[str, Reader]:
    """Give readers of further file formats.

    Called once when the plugins are loaded. A reader gets an open file whenever ``score``, ``explain``, `Meter.load`
    or `Meter.load_many` reads one in its format: one whose suffix is the name of the format (``monday.rides``), or any
    file, and standard input, if the caller says so (``--from rides``, in Python ``format="rides"``). The suffixes that
    the engine reads itself stay its own. A reader that raises ends the reading of that file, and the others go on.

    Returns:
        Readers by the name of the format, as a user writes it; `json`, `ndjson` and `timeline` are the engine's own.

    Example::

        def read_rides(stream, name):
            for index, row in enumerate(csv.DictReader(io.TextIOWrapper(stream, "utf-8"))):
                yield {"schema": 1, "id": row["ride"], "sector": "ferry", "events": [], "source": {"index": index}}


        @hookimpl
        def palvelumittari_readers():
            return {"rides": read_rides}
    """
    raise NotImplementedError


@hookspec
def palvelumittari_writers() -> Mapping[str, Writer]:
    """Give writers of further file formats.

    Called once when the plugins are loaded. ``score -f NAME`` hands the verdicts to the writer of that name one by
    one, as they are made, and prints each piece of text as soon as the writer gives it. A program finds the writer in
    `Catalog.writers`; `dump` writes the engine's own formats alone. A writer that raises ends the command with 2 and a
    message that names the plugin.

    Returns:
        Writers by the name of the format, as a user writes it; `text`, `json`, `ndjson` and `timeline` are the engine's
        own.

    Example::

        def write_scores(records):
            yield "encounter;score\\n"
            for verdict in records:
                yield f"{verdict.encounter};{verdict.score}\\n"


        @hookimpl
        def palvelumittari_writers():
            return {"scores": write_scores}
    """
    raise NotImplementedError


@hookspec
def palvelumittari_commands() -> Iterable[click.Command]:
    """Give commands for the command line.

    Called once when the plugins are loaded; a command runs when somebody types its name after ``palvelumittari``.

    Returns:
        Commands or groups of click. Each has a name that no other plugin has taken.

    Example::

        @click.command()
        def rides():
            "List the rides of today."


        @hookimpl
        def palvelumittari_commands():
            return [rides]
    """
    raise NotImplementedError
