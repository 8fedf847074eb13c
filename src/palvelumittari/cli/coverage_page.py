"""How far cases exercise a rubric, as a page to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
from rich.text import Text

from palvelumittari.authoring.coverage import Became, Coverage, CriterionCoverage
from palvelumittari.authoring.demands import Kind
from palvelumittari.authoring.played import case_folder
from palvelumittari.authoring.trying import SUFFIX
from palvelumittari.cli.screen import Screen, styled
from palvelumittari.meter import Meter
from palvelumittari.report.rules import Wording
from palvelumittari.words.phrases import catalogue, decimal, one_of, percent, phrase

NAMED = 12
"""So many cases are named one by one; of more, the rest is counted."""


def show_coverage(screen: Screen, meter: Meter, coverage: Coverage, language: str) -> None:
    """The page of one rubric: the table of its criteria, and below it whatever an author should look at."""
    _Page(screen, meter, coverage, language).show()


@attrs.frozen
class _Page:
    """Writes the parts of the page on a screen."""

    screen: Screen
    meter: Meter
    coverage: Coverage
    language: str

    def say(self, key: str, **values: Any) -> str:
        return phrase(f"coverage.{key}", self.language, **values)

    def show(self) -> None:
        self._head()
        self._table()
        self._left_out()
        for title, lines in self._sections():
            self._section(title, lines)
        self.screen.blank()
        self._summary()

    # --- the table ----------------------------------------------------------------------------------------------

    def _head(self) -> None:
        document = self.meter.catalog.rubrics[self.coverage.rubric].document
        name = styled(f"{document.id} {document.version}", "bold")
        self.screen.line(name, f"  {document.title.said_in(self.language)}")
        self.screen.line(self._lead(), indent=2)
        self.screen.blank()

    def _lead(self) -> str:
        cases, left_out = len(self.coverage.cases), len(self.coverage.left_out)
        if cases:
            return self.say("lead", cases=cases, criteria=len(self.coverage.criteria))
        if left_out:
            return self.say("none_judged", cases=left_out)
        return self.say("no_cases", folder=case_folder(self.meter, self.coverage.rubric), suffix=SUFFIX)

    def _table(self) -> None:
        shown = [each for each in Became if each in _USUAL or self._count(each)]
        heads = [self.say(f"head.{name}") for name in ("criterion", *shown, "wanting")]
        rows = [self._row(each, shown) for each in self.coverage.criteria]
        self.screen.table(*heads, rows=rows, fixed=range(len(heads) - 1))
        legends = catalogue()["coverage"]["legend"]
        told = [self.say(f"legend.{each}") for each in shown if each in legends]
        self.screen.blank()
        self.screen.line(styled("; ".join(told), "dim"), indent=2)

    def _count(self, became: Became) -> int:
        return sum(each.counts[became] for each in self.coverage.criteria)

    def _row(self, each: CriterionCoverage, shown: Sequence[Became]) -> list[str | Text]:
        name = each.criterion.id.removeprefix(f"{self.coverage.rubric}/")
        counts = [str(each.counts[became] or "-") for became in shown]
        return [name, *counts, styled(", ".join(self._wanting(each)), "bold red")]

    def _wanting(self, each: CriterionCoverage) -> Iterator[str]:
        """What no case shows; with the share where the best is less than all, or the worst more than nothing."""
        for kind in each.wanting:
            if kind is Kind.ASIDE:
                yield self.say(f"wanting.{each.demands.aside}")
                continue
            share, usual = (each.demands.best, 1) if kind is Kind.MET else (each.demands.worst, 0)
            name = self.say(f"wanting.{kind}")
            yield name if share == usual else f"{name} ({percent(share, self.language)})"

    # --- below the table ----------------------------------------------------------------------------------------

    def _left_out(self) -> None:
        names = self.coverage.left_out
        if names and self.coverage.cases:
            cases = ", ".join(names) if len(names) <= NAMED else one_of(list(names), self.language, NAMED)
            self.screen.line(self.say("left_out", cases=cases), indent=2, hang=4)

    def _sections(self) -> Iterator[tuple[str, Iterable[str]]]:
        yield "never", self._never()
        yield "undecisive", self._undecisive()
        yield "doubled", self._doubled()
        yield "unused", self._unused()

    def _section(self, title: str, lines: Iterable[str]) -> None:
        found = list(lines)
        if found and self.coverage.cases:
            self.screen.blank()
            self.screen.heading(self.say(title), indent=2)
            for line in found:
                self.screen.line(line, indent=4, hang=6)

    def _never(self) -> Iterator[str]:
        for each in self.coverage.never_applied:
            title = each.situation.title
            said = each.situation.when.text if title is None else title.said_in(self.language)
            yield self.say("situation", criterion=each.criterion, number=each.number, title=said)

    def _undecisive(self) -> Iterator[str]:
        for each in self.coverage.undecisive:
            points = decimal(each.score_change, self.language)
            key = "moves_nothing" if each.most is None else "moves"
            yield self.say(key, criterion=each.criterion, points=points, case=each.most)

    def _doubled(self) -> Iterator[str]:
        for each in self.coverage.doubles:
            yield self.say("double", one=each.one, other=each.other, count=len(each.cases))

    def _unused(self) -> Iterator[str]:
        wording = Wording(self.meter.vocabulary, self.language)
        for each in self.coverage.unused:
            key = "step" if each.name == "acts" else "rule"
            yield self.say(key, criterion=each.criterion, number=each.number, acts=wording.selector(each.acts))

    def _summary(self) -> None:
        if self.coverage.is_complete:
            self.screen.line(styled(self.say("complete"), "bold green"))
            return
        counts = {"criteria": len(self.coverage.wanting), "situations": len(self.coverage.never_applied)}
        self.screen.line(styled(self.say("incomplete", **counts), "bold red"))


_USUAL = (Became.MET, Became.PARTLY, Became.MISSED, Became.NOT_APPLICABLE)
"""What stands in every table; the rest only where it came."""
