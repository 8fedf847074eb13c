"""Asking one plugin through its hooks: names, signatures and results are checked, nothing is kept of pluggy."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from traceback import extract_tb
from typing import Any

import attrs
import pluggy

from palvelumittari import hookspecs
from palvelumittari.hookspecs import PROJECT
from palvelumittari.words.errors import Place, PluginError, Problem, did_you_mean, raise_errors, shown

PREFIX = f"{PROJECT}_"
"""What the name of every hook begins with."""

HOOKS: tuple[str, ...] = tuple(name for name in vars(hookspecs) if name.startswith(PREFIX))
"""The names of all hooks, in the order of their specification."""

_MARK = f"{PROJECT}_impl"

_IMPORTLIB, _OURS = Path(importlib.__file__).parent, Path(hookspecs.__file__).parent

Given = Mapping[str, tuple[Any, ...]]
"""What a plugin gives, by hook without the prefix: files and commands one by one, functions as (name, function)."""


def ask(plugin: object, name: str) -> Given:
    """Everything that a plugin gives through its hooks, each of which is called once.

    Raises:
        PluginError: With every problem: hooks that do not exist or are not marked, signatures that ask for more than
            there is, hooks that raise, results of the wrong kind.
    """
    raise_errors(_check_functions(plugin), PluginError)
    manager = _manager_with(plugin, name)
    given: dict[str, tuple[Any, ...]] = {}
    problems: list[Problem] = []
    cause: BaseException | None = None
    for hook in HOOKS:
        try:
            given[hook.removeprefix(PREFIX)] = _answers(manager, hook)
        except PluginError as error:
            problems += error.problems
            cause = cause or error.__cause__
    if problems:
        raise PluginError(*problems) from cause
    return given


def _manager_with(plugin: object, name: str) -> pluggy.PluginManager:
    """A manager that knows this plugin alone, so that no plugin can reach into another."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(plugin, name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as error:
        hint = f"compare it with {hookspecs.__name__}"
        raise PluginError(Problem(f"pluggy refuses the plugin: {error}", hint=hint)) from error
    return manager


# --- functions --------------------------------------------------------------------------------------------------


def _check_functions(plugin: object) -> Iterator[Problem]:
    """Problems of everything in a plugin that looks like a hook."""
    if plugin is None:
        yield Problem("the entry point names nothing", found="None", expected="a module or an object with hooks")
    for name in dir(plugin):
        options = _options_of(plugin, name)
        if options is not None:
            yield from _check_marked(plugin, options.get("specname") or name, name, options)
        elif name.startswith(PREFIX):
            yield from _check_unmarked(name, inspect.getattr_static(plugin, name, None))


def _options_of(plugin: object, name: str) -> Mapping[str, Any] | None:
    """What `hookimpl` has noted on a function; `None` where it marks nothing."""
    try:
        found = getattr(getattr(plugin, name), _MARK, None)
    except Exception:  # a property may raise whatever it likes; it is no hook
        return None
    return found if isinstance(found, Mapping) else None


def _check_marked(plugin: object, hook: str, name: str, options: Mapping[str, Any]) -> Iterator[Problem]:
    if hook not in HOOKS:
        if not options.get("optionalhook"):
            yield _unknown(hook)
        return
    if not inspect.isroutine(getattr(plugin, name)):
        yield Problem(f"`{name}` is not a function", hint=f"write @hookimpl above `def {name}():`")
        return
    if options.get("wrapper") or options.get("hookwrapper"):
        yield Problem(f"`{name}` is a wrapper, and there is nothing to wrap", hint="write @hookimpl alone")
    asked = [*_required(getattr(plugin, name))]
    if asked:
        what = f"`{name}` asks for {', '.join(asked)}, which the hook does not give"
        hint = f"write `def {name}():` and take what it needs from elsewhere"
        yield Problem(what, found=f"{name}({', '.join(asked)})", expected=f"{name}()", hint=hint)


def _check_unmarked(name: str, thing: object) -> Iterator[Problem]:
    """A function that is called like a hook and is none; or a hook that is no function."""
    if name in HOOKS:
        what = "is not marked as a hook, so nobody calls it" if inspect.isroutine(thing) else "is not a function"
        yield Problem(f"`{name}` {what}", hint=f"write @hookimpl above `def {name}():`")
    elif inspect.isroutine(thing):
        yield _unknown(name)


def _required(function: Callable[..., Any]) -> Iterator[str]:
    """The parameters of a function that have no default."""
    for parameter in inspect.signature(function).parameters.values():
        is_many = parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        if parameter.default is parameter.empty and not is_many:
            yield parameter.name


def _unknown(name: str) -> Problem:
    hint = did_you_mean(name, HOOKS) or "leave it out; names that begin so are for hooks"
    return Problem(f"there is no hook `{name}`", expected="one of " + ", ".join(HOOKS), hint=hint)


# --- results ----------------------------------------------------------------------------------------------------


def _answers(manager: pluggy.PluginManager, hook: str) -> tuple[Any, ...]:
    """The frozen answer to one hook. Iterators are run here, so that what they raise is the hook's fault."""
    try:
        results = getattr(manager.hook, hook)()
        return tuple(item for result in results for item in _RESULTS[hook.removeprefix(PREFIX)].frozen(hook, result))
    except PluginError:
        raise
    except (Exception, SystemExit) as error:  # a plugin's code may raise anything; it never breaks the others
        what = f"the hook `{hook}` raised {described(error)}"
        raise PluginError(Problem(what, place_of(error))) from error


def described(error: BaseException) -> str:
    """An exception as a message names it: its kind, and what it says."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def place_of(error: BaseException) -> Place:
    """The line that raised an error, or that is no Python; nothing if it is Python's import of what we asked for."""
    if isinstance(error, SyntaxError) and error.filename:
        return Place(error.filename, line=error.lineno)
    files = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    others = [each for each in files if not _is_machinery(each[0])]
    if not others or (others[-1] != files[-1] and _OURS in Path(others[-1][0]).parents):
        return Place()
    file, line = others[-1]
    return Place(file, line=line)


def _is_machinery(file: str) -> bool:
    """Whether a file belongs to Python's own importing."""
    return file.startswith("<frozen ") or _IMPORTLIB in Path(file).parents


@attrs.frozen
class _Result:
    """What a hook must return: a mapping from names to functions, or an iterable of things."""

    expected: str
    is_fitting: Callable[[Any], bool]
    is_mapping: bool = False

    def frozen(self, hook: str, result: Any) -> tuple[Any, ...]:
        """The result as a tuple; raises `PluginError` if it is none."""
        if not self.is_shaped(result):
            raise PluginError(self.problem(hook, result))
        items = tuple(result.items()) if self.is_mapping else tuple(result)
        raise_errors((self.problem(hook, item) for item in items if not self.fits(item)), PluginError)
        return items

    def is_shaped(self, result: Any) -> bool:
        """Whether a result is a mapping or an iterable, as it must be; a text is neither."""
        if self.is_mapping:
            return isinstance(result, Mapping)
        return isinstance(result, Iterable) and not isinstance(result, str | bytes | Mapping)

    def fits(self, item: Any) -> bool:
        """Whether one thing in a result is of the right kind."""
        if not self.is_mapping:
            return self.is_fitting(item)
        name, function = item
        return isinstance(name, str) and self.is_fitting(function)

    def problem(self, hook: str, found: Any) -> Problem:
        """A result, or something in it, is of the wrong kind."""
        what = f"the hook `{hook}` returns the wrong kind of thing"
        hint = f"return {self.expected}, or leave the hook out"
        return Problem(what, found=f"{type(found).__name__}: {shown(found)}", expected=self.expected, hint=hint)


def _is_file(thing: Any) -> bool:
    return isinstance(thing, Path | Traversable)


def _is_command(thing: Any) -> bool:
    import click  # noqa: PLC0415 - only plugins with commands pay for loading it

    return isinstance(thing, click.Command) and bool(thing.name)


_FILES = _Result("a list of paths (pathlib.Path) or package resources", _is_file)
_FUNCTIONS = _Result("a dict from names (text) to functions", callable, is_mapping=True)
_COMMANDS = _Result("a list of click commands with names", _is_command)
_RESULTS: Mapping[str, _Result] = {
    "rubrics": _FILES,
    "vocabulary": _FILES,
    "readings": _FILES,
    "detectors": _FUNCTIONS,
    "measures": _FUNCTIONS,
    "scoring_models": _FUNCTIONS,
    "readers": _FUNCTIONS,
    "writers": _FUNCTIONS,
    "commands": _COMMANDS,
}
