"""Comparison: the same encounter in two situations, criterion by criterion side by side."""

from __future__ import annotations

import attrs

from palvelumittari.records.explanations import comparison as explanation
from palvelumittari.records.verdict import Course, Finding, Verdict
from palvelumittari.words.text import Text


@attrs.frozen(kw_only=True)
class Row:
    """One criterion in both verdicts; `None` where a verdict's rubric does not have it."""

    criterion: str
    title: Text
    before: Finding | None
    after: Finding | None

    @property
    def differs(self) -> bool:
        """Whether outcome, fulfilment or points differ."""
        return _standing(self.before) != _standing(self.after)


def _standing(finding: Finding | None) -> tuple[object, ...] | None:
    return None if finding is None else (finding.outcome, finding.fulfilment, finding.points)


@attrs.frozen(kw_only=True)
class Comparison:
    """What a what-if gives: the verdicts on an encounter as it was and in another situation.

    `changes` are what is other in the second one, as people write it: `setting.queue = 0`, `+ 0:34 customer laugh`,
    `- 0:12 customer look_away`.
    """

    encounter: str
    changes: tuple[str, ...]
    before: Verdict
    after: Verdict

    @property
    def gain(self) -> float | None:
        """By how much the score is higher after (one decimal); `None` if either has none."""
        if self.before.score is None or self.after.score is None:
            return None
        return round(self.after.score - self.before.score, 1)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every criterion of either verdict: those of the first in its order, then those of the second alone."""
        findings = {each.criterion: each for each in (*self.after.findings, *self.before.findings)}
        before = {each.criterion: each for each in self.before.findings}
        after = {each.criterion: each for each in self.after.findings}
        return tuple(
            Row(criterion=name, title=findings[name].title, before=before.get(name), after=after.get(name))
            for name in dict.fromkeys((*before, *after))
        )

    @property
    def differing(self) -> tuple[Row, ...]:
        """The criteria that came out otherwise."""
        return tuple(row for row in self.rows if row.differs)

    @property
    def readings(self) -> tuple[tuple[Course | None, Course | None], ...]:
        """The readings that ran otherwise, before and after."""
        before = {course.reading: course for course in self.before.readings}
        after = {course.reading: course for course in self.after.readings}
        pairs = ((before.get(name), after.get(name)) for name in dict.fromkeys((*before, *after)))
        return tuple(pair for pair in pairs if _values(pair[0]) != _values(pair[1]))

    def explain(self, language: str = "en") -> str:
        """The comparison as a text to read, in `en`, `fi` or `sv`; texts that lack a translation stay English."""
        return explanation.explain(self, language)


def _values(course: Course | None) -> tuple[float, ...] | None:
    """What a reading went through, whichever events moved it."""
    return None if course is None else (course.start, *(step.value for step in course.steps))
