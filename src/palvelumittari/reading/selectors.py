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
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise _fail(text, start, end, "this is no selector")
        yield match
        position = match.end()


def _alternative(tokens: list[re.Match[str]], text: str) -> Alternative:
    if not tokens or not tokens[0]["head"]:
        start = tokens[0].start() if tokens else max(0, len(text) - 1)
        raise _fail(text, start, len(text), "an alternative must begin with actor.act")
    head, *rest = tokens
    actors = _actors(head["actor"], text, head.start("actor"))
    found = Alternative(actors, head["act"], start=head.start("head"), end=tokens[-1].end())
    for token in rest:
        if token["head"]:
            raise _fail(text, token.start("head"), token.end(), "two acts without | between them", hint="put | between")
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

    >>> [alternative.act for alternative in parse_selector("server.greet | staff.say #by_name").alternatives]
    ['greet', 'say']
    """
    groups: list[list[re.Match[str]]] = [[]]
    for token in _tokens(text):
        if token["bar"]:
            groups.append([])
        else:
            groups[-1].append(token)
    return Selector(" ".join(text.split()), tuple(_alternative(group, text) for group in groups))
