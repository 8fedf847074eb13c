"""A summary as plain data for programs, with the shares that its counts give."""

from __future__ import annotations

from typing import Any

from palvelumittari.batch.summary import NO_SCORE, Criterion, Groups, Spread, Summary
from palvelumittari.records.verdict import Band, Outcome

SCHEMA = 1
_PLACES = 6


def summary_data(summary: Summary, by: str | None = None) -> dict[str, Any]:
    """The JSON form of a summary; `groups` only if the batch was grouped `by` a field."""
    data: dict[str, Any] = {"schema": SCHEMA, "kind": "summary", **_spread(summary.whole)}
    data |= {"rejected": summary.rejected, "below_limit": summary.below, "sectors": _groups(summary.sectors)}
    if by is not None:
        data |= {"by": by, "groups": _groups(summary.groups)}
    return data | {"criteria": [_criterion(name, found) for name, found in summary.criteria.items()]}


def _groups(groups: Groups) -> list[dict[str, Any]]:
    """Groups in the order in which they came; a value that nobody noted is `null`."""
    named = [{"value": name or None, **_spread(spread)} for name, spread in groups.named.items()]
    return named + ([{"value": None, "others": True, **_spread(groups.others)}] if groups.others.count else [])


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "encounters": spread.count,
        "scored": spread.scored_count,
        "bands": {band: spread.bands.get(band, 0) for band in (*map(str, reversed(Band)), NO_SCORE)},
        "below_good": spread.below_good_count,
        "share_below_good": _rounded(spread.share_below_good),
        "coverage": _rounded(spread.coverage),
    }


def _criterion(name: str, found: Criterion) -> dict[str, Any]:
    return {
        "criterion": name,
        "title": dict(found.title.said),
        "role": found.role.value,
        "judged": found.judged_count,
        "missed": found.missed_count,
        "share_missed": _rounded(found.share_missed),
        "outcomes": {outcome.value: found.outcomes[outcome] for outcome in Outcome if outcome in found.outcomes},
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, _PLACES)
