"""Parsing selectors such as `server.small_talk #lengthened | colleague.joke > companion`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from palvelumittari.reading.structure import Mismatch
from palvelumittari.records.encounter import Actor
from palvelumittari.records.selector import ANYBODY, STAFF, Alternative, Selector
from palvelumittari.words.errors import did_you_mean

_TOKEN = re.compile(
    r"\s*(?:(?P<head>(?P<actor>[A-Za-z_]+|\*)\.(?P<act>[A-Za-z][A-Za-z0-9_]*))"
    r"|(?P<without>!#(?P<unwanted>[A-Za-z0-9_-]+))|(?P<tag>#(?P<wanted>[A-Za-z0-9_-]+))|>\s*(?P<to>[A-Za-z_]+)"
    r"|(?P<bar>\|))",
    re.ASCII,
)
_BARE_ACT = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_ACTORS = {actor.value: frozenset({actor}) for actor in Actor} | {"staff": STAFF, "*": ANYBODY}
_SHAPE = "actor.act, then > to, #tag or !#tag, alternatives by |"


def _fail(text: str, start: int, end: int, what: str, *, hint: str | None = None) -> Mismatch:
    return Mismatch(_SHAPE, text, what=what, hint=hint, span=(text, start, end))


def _actors(name: str, text: str, start: int) -> frozenset[Actor]:
    if name not in _ACTORS:
        hint = did_you_mean(name, _ACTORS) or "use " + ", ".join(_ACTORS)
        raise _fail(text, start, start + len(name), f"`{name}` is no actor", hint=hint)
    return _ACTORS[name]


def _tokens(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            start = len(text) - len(text[position:].lstrip())
            hint = f"say who does it: staff.{text}" if _BARE_ACT.fullmatch(text) else None
            raise _fail(text, start, len(text), "this is no selector", hint=hint)
        yield match
        position = match.end()


def _alternative(tokens: list[re.Match[str]], text: str, after: int) -> Alternative:
    """The alternative of these tokens; `after` is where what stands before it ends."""
    if not tokens:
        raise _fail(text, max(0, after - 1), after, "an alternative is missing", hint="remove the | that is too many")
    if not tokens[0]["head"]:
        start = tokens[0].end() - len(tokens[0][0].lstrip())
        raise _fail(text, start, tokens[0].end(), "an alternative must begin with actor.act")
    head, *rest = tokens
    actors = _actors(head["actor"], text, head.start("actor"))
    found = Alternative(actors, head["act"], start=head.start("head"), end=tokens[-1].end())
    for token in rest:
        if token["head"]:
            raise _fail(text, token.start("head"), token.end(), "two acts without | between them", hint="put | between")
        if token["to"] and found.to is not None:
            raise _fail(text, token.start("to"), token.end(), "two addressees", hint="put | between two alternatives")
        if token["to"]:
            found = attrs.evolve(found, to=_actors(token["to"], text, token.start("to")))
        elif token["wanted"]:
            found = attrs.evolve(found, tags=(*found.tags, token["wanted"]))
        else:
            found = attrs.evolve(found, without=(*found.without, token["unwanted"]))
    return found


@lru_cache(maxsize=4096)
def parse_selector(text: str) -> Selector:
    """A selector from its text; raises `Mismatch` with the wrong characters otherwise.

    Characters count in the text without the blanks around it.

    >>> [alternative.act for alternative in parse_selector("server.greet | staff.say #by_name").alternatives]
    ['greet', 'say']
    """
    text = text.strip()
    groups: list[list[re.Match[str]]] = [[]]
    bars = []
    for token in _tokens(text):
        if token["bar"]:
            groups.append([])
            bars.append(token.end())
        else:
            groups[-1].append(token)
    ends = [bars[0] if bars else 0, *bars]
    alternatives = tuple(_alternative(group, text, end) for group, end in zip(groups, ends, strict=True))
    return Selector(" ".join(text.split()), alternatives)
