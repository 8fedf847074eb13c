"""Which records are written and read, what messages call them, and how a document says which one it is.

A new kind of record is one more member of `Record` and one more line in `_HOMES`. A document of any kind but an
encounter and a verdict names its kind under the key `kind`, behind `schema`; so no record may have an attribute of that
name. Kinds are loaded when somebody first writes or reads one: most programs need two of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Verdict
from palvelumittari.words.errors import Problem, did_you_mean, shown

if TYPE_CHECKING:
    from palvelumittari.records.advice import Advice
    from palvelumittari.records.comparison import Comparison
    from palvelumittari.records.episode import Episode
    from palvelumittari.records.journey import Journey
    from palvelumittari.records.panel import Panel
    from palvelumittari.records.relationship import Relationship
    from palvelumittari.records.shift import Shift
    from palvelumittari.records.word_of_mouth import WordOfMouth

    Record = Encounter | Verdict | Advice | Comparison | Episode | Relationship | WordOfMouth | Journey | Shift | Panel
    """Everything that `dump` writes and `load` reads."""

_RECORDS = "palvelumittari.records"

_HOMES: Mapping[str, str] = MappingProxyType(
    {
        "Encounter": f"{_RECORDS}.encounter",
        "Verdict": f"{_RECORDS}.verdict",
        "Advice": f"{_RECORDS}.advice",
        "Comparison": f"{_RECORDS}.comparison",
        "Episode": f"{_RECORDS}.episode",
        "Relationship": f"{_RECORDS}.relationship",
        "WordOfMouth": f"{_RECORDS}.word_of_mouth",
        "Journey": f"{_RECORDS}.journey",
        "Shift": f"{_RECORDS}.shift",
        "Panel": f"{_RECORDS}.panel",
    }
)
"""The module of each kind, by the name of its class."""

Kind = TypeVar("Kind", bound="Record")

KIND_KEY = "kind"
"""The key that names the kind of a document."""

_TELLING: Mapping[type[Any], str] = MappingProxyType({Encounter: "events", Verdict: "findings"})
"""The kinds that name no kind, and the key that gives each away."""


def is_kind(kind: type[Any]) -> bool:
    """Whether a class is one of the kinds of records."""
    return _HOMES.get(kind.__name__) == kind.__module__


def name_of_kind(kind: type[Any]) -> str:
    """What a kind of record is called in a document, and with blanks for underscores in messages.

    >>> name_of_kind(Verdict)
    'verdict'
    """
    return _in_document(kind.__name__)


def _in_document(class_name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


def _kind_of_name(name: Any) -> type[Any] | None:
    """The kind that is called so in documents."""
    found = next((each for each in _HOMES if _in_document(each) == name), None)
    return None if found is None else getattr(import_module(_HOMES[found]), found)


def words_for(kind: type[Any]) -> str:
    """What messages call a kind of record: `verdict`, `word of mouth`."""
    return name_of_kind(kind).replace("_", " ")


def one(kind: type[Any]) -> str:
    """A kind of record with its article: `an encounter`, `a verdict`."""
    words = words_for(kind)
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def names_its_kind(kind: type[Any]) -> bool:
    """Whether documents of this kind must name it."""
    return kind not in _TELLING


def check_kind(data: Mapping[str, Any], kind: type[Any]) -> Problem | None:
    """That a document is of another kind than the one wanted, or does not say which; `None` if all is well."""
    if KIND_KEY in data:
        return _check_named(data[KIND_KEY], kind)
    other = next((each for each, key in _TELLING.items() if each is not kind and key in data), None)
    if other is not None and _TELLING.get(kind) not in data:
        return Problem(f"this is {one(other)}", expected=one(kind))
    if names_its_kind(kind):
        return Problem(f"the key `{KIND_KEY}` is missing", hint=f'add "{KIND_KEY}": "{name_of_kind(kind)}"')
    return None


def _check_named(name: Any, kind: type[Any]) -> Problem | None:
    named = _kind_of_name(name)
    if named is not None and names_its_kind(named):
        return None if named is kind else Problem(f"this is {one(named)}", expected=one(kind))
    names = [_in_document(each) for each in _HOMES if each not in {silent.__name__ for silent in _TELLING}]
    hint = did_you_mean(name, names) if isinstance(name, str) else None
    return Problem("unknown kind of record", found=shown(name), expected=one(kind), hint=hint)


def kind_of_data(data: Any) -> type[Any] | None:
    """The kind that a document says it is, or seems to be; `None` if it is of no kind that is known.

    >>> kind_of_data({"schema": 1, "findings": []}).__name__
    'Verdict'
    """
    if not isinstance(data, Mapping):
        return None
    if KIND_KEY in data:
        return _kind_of_name(data[KIND_KEY])
    return next((each for each, key in _TELLING.items() if key in data), None)


def raise_unless_known(kind: type[Any]) -> None:
    """Raise `TypeError` for a class that is no kind of record: a mistake of the program, not of a file."""
    if not is_kind(kind):
        raise TypeError(f"a record is one of {', '.join(_HOMES)}, not a {kind.__name__}")
