"""Hypothesis strategies: criteria with every measure, as they stand in a rubric file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from palvelumittari.records.measure import Phase, Pick
from palvelumittari.records.rubric import Lifecycle, Role
from palvelumittari.testing.strategies.of_terms import DURATIONS, WINDOWS, Phrasing, texts

Table = dict[str, Any]
Keys = Mapping[str, SearchStrategy[Any]]

SHARES = st.sampled_from([1.0, 0.0, 0.5, 0.25, 0.3, 0.8]) | st.floats(0, 1)
WEIGHTS = st.sampled_from([1, 2, 3, 4, 5, 0.5, 10]) | st.floats(0.1, 10)
WITHIN = st.sampled_from(WINDOWS)
PHASES = st.sampled_from([phase.value for phase in Phase])
ROLES = st.sampled_from(list(Role))
RARELY = st.sampled_from([False, False, True])
SITUATIONS = st.sampled_from([0, 0, 1, 2])
SOME_PHASES = PHASES | st.lists(PHASES, min_size=1, max_size=3, unique=True)


@attrs.frozen(kw_only=True, slots=False)
class Kind:
    """What a measure is made of: keys that stand always, keys that may stand, and keys that a situation may change."""

    always: Keys
    perhaps: Keys
    changes: tuple[str, ...]

    @cached_property
    def tables(self) -> SearchStrategy[Table]:
        """The tables of this measure."""
        return st.fixed_dictionaries(dict(self.always), optional=dict(self.perhaps))

    @cached_property
    def changeable(self) -> Keys:
        """The keys that a situation may change."""
        return {key: strategy for key, strategy in {**self.always, **self.perhaps}.items() if key in self.changes}


def _shows(said: Phrasing) -> list[Kind]:
    """With few phases in question only so many can be reached, so those are named in pairs."""
    keys: Keys = {
        "at_least": st.integers(1, 3),
        "while": said.at_moment,
        "after": said.by_others | said.by_anybody,
        "within": WITHIN,
        "longer": st.sampled_from(DURATIONS),
        "otherwise": SHARES,
    }
    changes = ("act", *keys)
    act = {"act": said.by_staff | said.by_anybody}
    return [
        Kind(always=act, perhaps={**keys, "phase": SOME_PHASES}, changes=(*changes, "phase")),
        Kind(always=act, perhaps={**keys, "phases": st.integers(1, 4)}, changes=(*changes, "phases")),
        Kind(
            always={**act, "phase": st.lists(PHASES, min_size=2, unique=True), "phases": st.just(2)},
            perhaps=keys,
            changes=changes,
        ),
    ]


def _avoids(said: Phrasing) -> list[Kind]:
    keys = {"while": said.at_moment, "allow": st.integers(0, 2), "each": st.sampled_from([1, 0.5, 0.3, 0.01])}
    perhaps = {**keys, "healed": said.by_staff}
    return [Kind(always={"act": said.by_staff}, perhaps=perhaps, changes=("act", *perhaps))]


def _responds(said: Phrasing) -> list[Kind]:
    """One pair of trigger and answer, or several that are pooled."""
    always = {"after": said.by_others, "with": said.by_staff}
    perhaps = {"within": WITHIN, "unless": said.by_others | said.by_anybody}
    rule = Kind(always=always, perhaps=perhaps, changes=("after", "with", "within", "unless"))
    rules = st.lists(rule.tables, min_size=1, max_size=3)
    pooled = Kind(always={"rules": rules}, perhaps={}, changes=("rules",))
    return [rule, pooled]


def _ceases(said: Phrasing) -> list[Kind]:
    perhaps = {"within": WITHIN, "until": said.at_moment}
    starts: tuple[Keys, ...] = ({"after": said.by_others}, {"once": said.at_moment})
    return [
        Kind(always={"act": said.by_staff, **start}, perhaps=perhaps, changes=("act", *start, *perhaps))
        for start in starts
    ]


def _precedes(said: Phrasing) -> list[Kind]:
    always = {"act": said.by_staff | said.by_anybody, "first": said.by_staff | said.by_anybody}
    return [Kind(always=always, perhaps={"otherwise": SHARES}, changes=("act", "first", "otherwise"))]


def _prompt(said: Phrasing) -> list[Kind]:
    return [
        Kind(
            always={"after": said.by_others, "act": said.by_staff, "full": st.just(full), "none": st.just(none)},
            perhaps={"untimed": WITHIN},
            changes=("after", "act", "untimed"),
        )
        for full, none in (("5 s", "65 s"), ("20 s", "2 min"), ("0 s", "1 s"))
    ]


def _grades(said: Phrasing) -> list[Kind]:
    step = st.fixed_dictionaries(
        {"act": said.by_staff | said.by_anybody, "is": SHARES},
        optional={"while": said.at_moment, "phase": SOME_PHASES},
    )
    perhaps = {
        "pick": st.sampled_from([pick.value for pick in Pick]),
        "otherwise": SHARES,
        "after": said.by_others,
        "healed": said.by_staff,
    }
    always = {"acts": st.lists(step, min_size=1, max_size=3)}
    return [Kind(always=always, perhaps=perhaps, changes=("acts", *perhaps))]


_FORMS: Mapping[str, Callable[[Phrasing], Sequence[Kind]]] = {
    "shows": _shows,
    "avoids": _avoids,
    "responds": _responds,
    "ceases": _ceases,
    "precedes": _precedes,
    "prompt": _prompt,
    "grades": _grades,
}


def _calls(functions: Sequence[str]) -> list[Kind]:
    return [Kind(always={"function": st.sampled_from(sorted(functions))}, perhaps={}, changes=("function",))]


# --- criteria ---------------------------------------------------------------------------------------------------


@attrs.frozen(slots=False)
class Sheet:
    """What criteria are drawn from. Strategies are made when they are first needed, for making them takes time."""

    said: Phrasing
    functions: Sequence[str] = ()
    _kinds: dict[str, Sequence[Kind]] = attrs.field(factory=dict, init=False, eq=False, repr=False)
    _heads: dict[Role, SearchStrategy[Table]] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @cached_property
    def measures(self) -> SearchStrategy[str]:
        """The names of the measures; `calls` only if there are functions to call."""
        return st.sampled_from([*_FORMS, *(["calls"] if self.functions else [])])

    def kinds(self, measure: str) -> Sequence[Kind]:
        """The forms of a measure."""
        if measure not in self._kinds:
            self._kinds[measure] = _FORMS[measure](self.said) if measure in _FORMS else _calls(self.functions)
        return self._kinds[measure]

    def heads(self, role: Role) -> SearchStrategy[Table]:
        """The keys of a criterion of some role beside its measure and situations."""
        if role not in self._heads:
            self._heads[role] = _heads(self.said, role)
        return self._heads[role]


@st.composite
def criteria(draw: DrawFn, sheet: Sheet) -> Table:
    """Criteria without an id and without what they refine, which only their rubric can say."""
    name = draw(sheet.measures)
    kind = draw(st.sampled_from(sheet.kinds(name)))
    found = {**draw(sheet.heads(draw(ROLES))), name: draw(kind.tables)}
    if draw(RARELY):
        found["when"] = draw(sheet.said.over_all)
    under = [draw(_situations(sheet.said, kind)) for _ in range(draw(SITUATIONS))]
    return {**found, "situation": under} if under else found


def _heads(said: Phrasing, role: Role) -> SearchStrategy[Table]:
    """Each role may say more."""
    always = {"role": st.just(role.value), "weight": WEIGHTS, "title": texts(), "why": st.just("Drawn at random.")}
    perhaps = {
        "advice": texts(),
        "instead": st.lists(st.sampled_from(sorted(said.vocabulary.acts)), max_size=2, unique=True),
        "free": st.booleans(),
        "lifecycle": st.sampled_from([lifecycle.value for lifecycle in Lifecycle]),
        **_OF_ROLE.get(role, {}),
    }
    return st.fixed_dictionaries(always, optional=perhaps)


_OF_ROLE: Mapping[Role, Keys] = {
    Role.MUST: {"caps": st.sampled_from(["poor", "none"])},
    Role.BONUS: {"lifts": st.booleans()},
}


@st.composite
def _situations(draw: DrawFn, said: Phrasing, kind: Kind) -> Table:
    """Situations that change something: an excuse, keys of the criterion, keys of its measure."""
    changes = {**_CHANGES, **kind.changeable}
    names = draw(st.lists(st.sampled_from(list(changes)), min_size=1, max_size=3, unique=True))
    title = {"title": draw(texts())} if draw(RARELY) else {}
    return {"when": draw(said.over_all), **title, **{name: draw(changes[name]) for name in names}}


_CHANGES: Keys = {
    "excuse": st.booleans(),
    "weight": WEIGHTS,
    "role": st.sampled_from([role.value for role in Role]),
    "advice": texts(),
}
