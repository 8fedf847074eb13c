"""What has been adopted so far: an immutable stock, to which contributions are added whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from palvelumittari.formats.naming import Format
from palvelumittari.hookspecs import PROJECT
from palvelumittari.plugins.asking import described, place_of
from palvelumittari.plugins.contribution import Contribution
from palvelumittari.reading.readings_file import add_readings
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.reading.uniting import check_lineage, check_rubric
from palvelumittari.reading.vocabulary_file import EMPTY, add_vocabulary
from palvelumittari.words.errors import PalvelumittariError, PluginError, Problem, RubricError, raise_errors
from palvelumittari.words.frozen import FrozenMap

Grown = TypeVar("Grown")

_NO_TERMS = Terms(vocabulary=EMPTY)

_OWN = {"readers": tuple(Format), "writers": ("text", *Format)}
"""The formats that the engine reads and writes itself; `text` is that of the command line."""


@attrs.frozen
class Owned:
    """A function or a command, and who brings it."""

    thing: Any
    origin: str


@attrs.frozen(kw_only=True)
class Stock:
    """Vocabulary and readings, rubrics by id, functions and commands by kind and name."""

    terms: Terms = _NO_TERMS
    rubrics: FrozenMap[RubricFile] = FrozenMap()
    things: FrozenMap[FrozenMap[Owned]] = FrozenMap()

    def named(self, kind: str) -> FrozenMap[Any]:
        """The functions or commands of one kind by name."""
        owned = self.things.get(kind, FrozenMap())
        return FrozenMap({name: one.thing for name, one in owned.items()})

    def owner(self, kind: str, name: str) -> str | None:
        """Who has taken a name; the formats of the engine are its own."""
        owned = self.things.get(kind, FrozenMap[Owned]()).get(name)
        return owned.origin if owned is not None else PROJECT if name in _OWN.get(kind, ()) else None


# --- adopting ---------------------------------------------------------------------------------------------------


def adopt(stock: Stock, group: Sequence[Contribution]) -> tuple[Stock, dict[str, PalvelumittariError]]:
    """The stock with a group of contributions, and what is wrong with whom, by plugin.

    Functions come first, then the vocabularies of all, then their readings, then their rubrics, so that within the
    group the order does not matter to rubrics. Only a stock without failures is whole.
    """
    failures: dict[str, PalvelumittariError] = {}
    for step in (_add_things, _add_vocabularies, _add_readings, _add_rubrics, _checked_rubrics):
        for one in group:
            if one.name not in failures:
                try:
                    stock = step(stock, one)
                except PalvelumittariError as error:
                    failures[one.name] = error
                except Exception as error:  # content so odd that a check stumbles over it must not break the others
                    failures[one.name] = _stumbled(error)
    return stock, failures


def _stumbled(error: Exception) -> PluginError:
    failure = PluginError(Problem(f"checking its content raised {described(error)}", place_of(error)))
    failure.__cause__ = error
    return failure


def settle(stock: Stock, pending: Sequence[Contribution]) -> tuple[Stock, tuple[Contribution, ...]]:
    """The stock with everything that can stand in it, and what cannot.

    All are tried together. Whoever fails is left out and the rest tried again, until a group stands; then those left
    out are tried once more upon it, for what they collided with may be gone. If no group stands, each is tried alone.
    """
    while pending:
        stock, stood = _first_standing(stock, pending)
        if not stood:
            break
        pending = [one for one in pending if one.name not in stood]
    return stock, tuple(pending)


def _first_standing(stock: Stock, pending: Sequence[Contribution]) -> tuple[Stock, frozenset[str]]:
    for group in (pending, *([one] for one in pending)):
        grown, stood = _standing(stock, group)
        if stood:
            return grown, stood
    return stock, frozenset()


def _standing(stock: Stock, group: Sequence[Contribution]) -> tuple[Stock, frozenset[str]]:
    """The stock with as much of a group as stands once those that fail are left out."""
    while group:
        grown, failures = adopt(stock, group)
        if not failures:
            return grown, frozenset(one.name for one in group)
        group = [one for one in group if one.name not in failures]
    return stock, frozenset()


# --- the steps --------------------------------------------------------------------------------------------------


def _add_things(stock: Stock, new: Contribution) -> Stock:
    raise_errors(_check_things(stock, new), PluginError)
    things = dict(stock.things)
    for kind, named in new.things.items():
        owned = {name: Owned(thing, new.origin) for name, thing in named.items()}
        things[kind] = FrozenMap({**things.get(kind, {}), **owned})
    grown = attrs.evolve(stock, things=FrozenMap(things))
    terms = attrs.evolve(stock.terms, functions=grown.named("measures"), models=grown.named("models"))
    return attrs.evolve(grown, terms=terms)


def _check_things(stock: Stock, new: Contribution) -> Iterator[Problem]:
    for kind, named in new.things.items():
        for name in named:
            owner = stock.owner(kind, name)
            if owner is not None:
                yield _collision(f"the {kind.removesuffix('s')} `{name}`", owner, new.origin)


def _collision(what: str, owner: str, newcomer: str) -> Problem:
    hint = f"give one of them another name, or keep only one of {owner} and {newcomer}"
    return Problem(f"{what} of {newcomer} is already brought by {owner}", hint=hint)


def _add_vocabularies(stock: Stock, new: Contribution) -> Stock:
    def add(terms: Terms, file: TomlFile) -> Terms:
        return attrs.evolve(terms, vocabulary=add_vocabulary(terms.vocabulary, file, new.origin))

    return attrs.evolve(stock, terms=_folded(stock.terms, new.vocabularies, add))


def _add_readings(stock: Stock, new: Contribution) -> Stock:
    def add(terms: Terms, file: TomlFile) -> Terms:
        return add_readings(terms, file, new.origin)

    return attrs.evolve(stock, terms=_folded(stock.terms, new.readings, add))


def _folded(start: Grown, files: Iterable[TomlFile], add: Callable[[Grown, TomlFile], Grown]) -> Grown:
    """`start` with one file after the other; raises `RubricError` with the problems of all."""
    problems: list[Problem] = []
    for file in files:
        try:
            start = add(start, file)
        except RubricError as error:
            problems += error.problems
    raise_errors(problems, RubricError)
    return start


def _add_rubrics(stock: Stock, new: Contribution) -> Stock:
    rubrics = dict(stock.rubrics)
    problems: list[Problem] = []
    for rubric in new.rubrics:
        if rubric.id in rubrics:
            collision = _collision(f"the rubric `{rubric.id}`", rubrics[rubric.id].origin, new.origin)
            problems.append(collision.at(rubric.file.place(("id",))))
        rubrics[rubric.id] = rubric
    raise_errors(problems, RubricError)
    return attrs.evolve(stock, rubrics=FrozenMap(rubrics))


def _checked_rubrics(stock: Stock, new: Contribution) -> Stock:
    raise_errors(problems_of(new.rubrics, stock.rubrics, stock.terms), RubricError)
    return stock


def problems_of(rubrics: Iterable[RubricFile], files: Mapping[str, RubricFile], terms: Terms) -> list[Problem]:
    """Every problem of some rubrics among all, warnings included."""
    found: list[Problem] = []
    for rubric in rubrics:
        # What is wrong with its own parents is told before what is wrong with theirs, or a circle would hide itself.
        is_lost = any(check_lineage(rubric, files))
        above = [] if is_lost else _check_ancestors(rubric, files)
        found += above or check_rubric(rubric, files, terms)
    return found


def _check_ancestors(rubric: RubricFile, files: Mapping[str, RubricFile]) -> list[Problem]:
    """Rubrics further up that cannot be resolved, so that nothing more can be told of this one."""
    broken = (name for name in _above(rubric, files) if any(check_lineage(files[name], files)))
    place = rubric.file.place(("extends",))
    return [Problem(f"it rests on `{name}`, whose own parents are wrong", place, hint="mend that") for name in broken]


def _above(rubric: RubricFile, files: Mapping[str, RubricFile]) -> Iterator[str]:
    """The known rubrics that a rubric rests on, each once, itself left out."""
    seen, waiting = {rubric.id}, list(rubric.document.extends)
    while waiting:
        name = waiting.pop(0)
        if name not in seen and name in files:
            seen.add(name)
            waiting += files[name].document.extends
            yield name
