"""Settling in source, and the account of the model `ledger`: straight lines, with the constants of `scoring`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from palvelumittari.compiler.program import Program
from palvelumittari.compiler.source import Source
from palvelumittari.records.measure import Avoids, Grades
from palvelumittari.records.rubric import Caps, Criterion, Lifecycle, Role, Rubric
from palvelumittari.records.verdict import Band
from palvelumittari.scoring import BALANCE_CUTS, DELIGHT_AT, GRAVE_AT, PLACES, RANGES

DUTIES = (Role.LINEAR, Role.MUST)


def emit_settling(program: Program, source: Source) -> None:
    """Write what becomes of each criterion among the others, and its entry in the account."""
    judges, whole = judges_of(program.rubric), is_whole(program.rubric)
    source.line("gains, losses, duties, graves, away, excused = [], [], [], [], [], []")
    source.line("delights = False")
    source.line("whole = seen = 0" if whole else "whole, seen = [], []")
    for number, criterion in enumerate(program.rubric.criteria):
        _Settling(program, source, criterion, number, whole).write(judges.get(criterion.id, ()))


def is_whole(rubric: Rubric) -> bool:
    """Whether all weights are whole numbers, which add up exactly in any order."""
    changed = (each.criterion.get("weight", 1) for one in rubric.criteria for each in one.situations)
    return all(float(weight).is_integer() for weight in (*(one.weight for one in rubric.criteria), *changed))


def judges_of(rubric: Rubric) -> Mapping[str, Sequence[int]]:
    """By criterion: the places of those that may judge in its place, through chains, unless they are on trial."""
    refines = {each.id: each.refines for each in rubric.criteria}
    found: dict[str, list[int]] = {}
    for number, child in enumerate(rubric.criteria):
        if child.lifecycle is Lifecycle.STABLE:
            for parent in _reached(child.id, refines):
                found.setdefault(parent, []).append(number)
    return found


def _reached(child: str, refines: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """All criteria that one refines, through chains, never itself."""
    seen = [child]
    for each in seen:
        seen.extend(parent for parent in refines[each] if parent in refines and parent not in seen)
    return seen[1:]


@attrs.define
class _Settling:
    """Settles one criterion; `heads` are expressions for what situations may change."""

    program: Program
    source: Source
    criterion: Criterion
    number: int
    has_whole_weights: bool
    heads: dict[str, str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.heads = {key: self._head(key) for key in ("weight", "caps", "lifts")}

    def write(self, judges: Sequence[int]) -> None:
        """Write it; `judges` are the places of the criteria that may judge in its place."""
        number, source = self.number, self.source
        excuse, head = self._excuse(), "if"
        if judges:
            away = " or ".join(f"x{judge} is not None and not u{judge}" for judge in judges)
            with source.block(f"if {away}"):
                source.line(f"away.append({number})")
            head = "elif"
        with source.block(f"{head} x{number} is not None"):
            self._count("whole")
            if isinstance(self.criterion.measure, Avoids | Grades):
                with source.block(f"if not u{number}"):
                    self._by_role(excuse)
            else:
                self._by_role(excuse)
        if self.is_counted:
            with source.block(f"elif o{number}"):
                self._count("whole")

    @property
    def is_counted(self) -> bool:
        """Whether it counts, unlike those on trial."""
        return self.criterion.lifecycle is Lifecycle.STABLE

    def _count(self, what: str) -> None:
        if self.is_counted:
            weight = self.heads["weight"]
            self.source.line(f"{what} += {weight}" if self.has_whole_weights else f"{what}.append({weight})")

    # --- what situations change ---------------------------------------------------------------------------------

    def _head(self, key: str) -> str:
        """An expression for a key of the criterion, as the situations that apply leave it."""
        return self._changed(key, getattr(self.criterion, key), [each.criterion for each in self.criterion.situations])

    def _excuse(self) -> str:
        """An expression for whether the last situation that says so excuses; empty if none ever does."""
        said = [{} if each.excuse is None else {"excuse": each.excuse} for each in self.criterion.situations]
        return self._changed("excuse", False, said) if any(each.get("excuse") for each in said) else ""

    def _changed(self, key: str, declared: Any, changes: Sequence[Mapping[str, Any]]) -> str:
        constant = self.program.constant
        if not any(key in each for each in changes):
            return constant(declared)
        local = self.program.fresh("k")
        self.source.line(f"{local} = {constant(declared)}")
        for place, each in enumerate(changes):
            if key in each:
                with self.source.block(f"if b{self.number} & {1 << place}"):
                    self.source.line(f"{local} = {constant(each[key])}")
        return local

    def _by_role(self, excuse: str) -> None:
        """Each role that situations may give it is written by itself."""
        roles = [self.criterion.role]
        roles += [each.criterion["role"] for each in self.criterion.situations if "role" in each.criterion]
        if len(set(roles)) == 1:
            self._judged(roles[0], excuse)
            return
        role = self._head("role")
        for place, each in enumerate(dict.fromkeys(roles)):
            with self.source.block(f"{'elif' if place else 'if'} {role} is {self.program.constant(each)}"):
                self._judged(each, excuse)

    # --- the account --------------------------------------------------------------------------------------------

    def _judged(self, role: Role, excuse: str) -> None:
        number, source = self.number, self.source
        if not (self.is_counted or excuse):
            return
        rated = {Role.LINEAR: f"2 * x{number} - 1", Role.BONUS: f"x{number}"}.get(role, f"x{number} - 1")
        source.line(f"rating = {rated}")
        if role is Role.BONUS:
            self._won(role)
        elif excuse:
            with source.block(f"if rating < 0 and {excuse}"):
                source.line(f"excused.append({number})")
            self._signed(role, "elif")
        else:
            self._signed(role, "if")

    def _signed(self, role: Role, head: str) -> None:
        with self.source.block(f"{head} rating < 0"):
            self._lost(role)
        with self.source.block("else"):
            self._won(role)

    def _lost(self, role: Role) -> None:
        if not self.is_counted:
            return
        source, loss_weight = self.source, self.program.constant(self.program.rubric.scoring.loss_weight)
        source.line(f"p{self.number} = {loss_weight} * ({self.heads['weight']} * rating)")
        source.line(f"losses.append(-p{self.number})")
        self._count("seen")
        if role is Role.MUST and self.heads["caps"] != self.program.constant(Caps.NONE):
            caps = f" and {self.heads['caps']} is not {self.program.constant(Caps.NONE)}"
            with source.block(f"if round(rating, {PLACES}) <= {self.program.constant(GRAVE_AT)}{caps}"):
                source.line(f"graves.append({self.number})")

    def _won(self, role: Role) -> None:
        if not self.is_counted:
            return
        source, weight = self.source, self.heads["weight"]
        if role in (Role.LINEAR, Role.BONUS):
            with source.block("if rating"):
                source.line(f"p{self.number} = {weight} * rating")
                source.line(f"gains.append(p{self.number})")
        with source.block(f"if e{self.number}"):
            self._count("seen")
            if role in DUTIES:
                source.line(f"duties.append({weight} * (1 - rating))")
        if role is Role.BONUS:
            delight = f"round(rating, {PLACES}) >= {self.program.constant(DELIGHT_AT)}"
            with source.block(f"if {delight} and {self.heads['lifts']}"):
                source.line("delights = True")


def emit_account(program: Program, source: Source) -> None:
    """Write the balance of the account, the band and the printed score."""
    constant = program.constant
    source.line("score = calculated = band = ungated = None")
    with source.block("if gains or losses or duties"):
        source.line("gained, lost = fsum(gains), fsum(losses)")
        source.line("kept = fsum(duties) if lost > gained else 0.0")
        source.line(f"turnover = gained + lost + kept + {constant(program.rubric.scoring.doubt)}")
        source.line(f"balance = round((gained - lost) / turnover, {PLACES}) if turnover else 0.0")
        source.line(f"band = ungated = bisect_right({constant(BALANCE_CUTS)}, balance)")
        with source.block("if band == 4 and not delights"):
            source.line("band = 3")
        with source.block("if graves and band > 1"):
            source.line("band = 1")
        with source.block("if not band and not graves"):
            source.line("band = 1")
        source.line("calculated = round(50 * (balance + 1), 1)")
        low, high = zip(*(RANGES[each] for each in Band), strict=True)
        source.line(f"score = min(max(calculated, {constant(low)}[band]), {constant(high)}[band])")


def emit_coverage(program: Program, source: Source) -> None:
    """Write the share of all weight that was judged on evidence."""
    if not is_whole(program.rubric):
        source.line("whole, seen = fsum(whole), fsum(seen)")
    source.line("coverage = seen / whole if whole else None")
