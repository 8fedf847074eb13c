"""From the verdicts of a shift to its spread, worst tenth, trend, rush and faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from statistics import fmean

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.figures import LEAST_FOR_RANKING, Interval, Pace, Trend
from palvelumittari.records.references import reference
from palvelumittari.records.shift import Fault, Hours, Shift, Spread, Worker, Worst
from palvelumittari.records.verdict import Finding, Verdict
from palvelumittari.rollup.spread import below_good_share, scores_of, spread_of
from palvelumittari.rollup.statistics.uncertainty import LEAST_FOR_TREND, bootstrap, slope
from palvelumittari.words.engine import engine_version
from palvelumittari.words.errors import EncounterError, Problem
from palvelumittari.words.frozen import FrozenMap

WORST_SHARE = 0.1
MOST_FAULTS = 5
SLOPE_PLACES = 3
HOUR_S = 3600

Pair = tuple[Verdict, Encounter | None]


def make_shift(
    verdicts: Sequence[Verdict],
    *,
    encounters: Sequence[Encounter] = (),
    by: str | None = None,
    names: bool = False,
    least_for_ranking: int = LEAST_FOR_RANKING,
) -> Shift:
    """The encounters of a shift together.

    Args:
        verdicts: The verdicts, in the order of the encounters.
        encounters: The encounters themselves, in the same order; they tell the time of day and the rush.
        by: A field of `server`, such as `id`, by whose values the encounters are grouped and ranked.
        names: Whether the ids of encounters and the values of that field may stand in the record.
        least_for_ranking: How many scored encounters it takes to rank one of the groups.

    Raises:
        EncounterError: If there is no verdict, there are encounters but not one for each, or `by` lacks encounters.
    """
    if not verdicts or (encounters and len(encounters) != len(verdicts)) or (by and not encounters):
        found = f"{len(verdicts)} verdicts and {len(encounters)} encounters"
        expected = "at least one verdict, and an encounter for each (or for none, if they are not grouped)"
        raise EncounterError(Problem("no shift can be made of this", found=found, expected=expected))
    known: Sequence[Encounter | None] = encounters or [None] * len(verdicts)
    pairs = list(zip(verdicts, known, strict=True))
    by_hours = _by_hours(pairs)
    return Shift(
        spread=spread_of(verdicts),
        worst=_worst(verdicts, names=names),
        trend=_trend(pairs),
        hours=FrozenMap({name: spread_of(found) for name, found in by_hours.items()}),
        rush_interval=_rush_interval(by_hours),
        faults=tuple(_faults(verdicts)),
        workers=tuple(_workers(pairs, by, names=names, least=least_for_ranking)) if by else (),
        least_for_ranking=least_for_ranking,
        engine=engine_version(),
    )


def _worst(verdicts: Sequence[Verdict], *, names: bool) -> Worst | None:
    refs = [reference(number, each, names=names) for number, each in enumerate(verdicts, start=1)]
    scored = sorted((ref for ref in refs if ref.score is not None), key=lambda ref: ref.score or 0.0)
    if not scored:
        return None
    found = scored[: ceil(len(scored) * WORST_SHARE)]
    return Worst(encounters=tuple(found), mean=round(fmean(ref.score or 0.0 for ref in found), 1))


# --- trend --------------------------------------------------------------------------------------------------------


def _trend(pairs: Sequence[Pair]) -> Trend | None:
    """The slope of the scores over the hours, or over the encounters where not all of them say when they began."""
    scored = [(verdict.score, encounter) for verdict, encounter in pairs if verdict.score is not None]
    hours = _hours([encounter for _, encounter in scored])
    found = slope(hours or range(len(scored)), [score for score, _ in scored])
    if found is None:
        return None
    steepness, interval = found
    ends = (round(end, SLOPE_PLACES) for end in (interval.low, interval.high))
    return Trend(round(steepness, SLOPE_PLACES), Interval(*ends), pace=Pace.HOUR if hours else Pace.ENCOUNTER)


def _hours(encounters: Sequence[Encounter | None]) -> list[float]:
    """The hours from the first encounter to each; empty unless all begin at known, comparable and different times."""
    starts = [encounter.started for encounter in encounters if encounter is not None and encounter.started is not None]
    if len(starts) != len(encounters) or len({start.tzinfo is None for start in starts}) != 1:
        return []
    hours = [(start - starts[0]).total_seconds() / HOUR_S for start in starts]
    return hours if len(set(hours)) > 1 else []


# --- rush ---------------------------------------------------------------------------------------------------------


def _by_hours(pairs: Sequence[Pair]) -> Mapping[Hours, list[Verdict]]:
    """The verdicts of quiet hours and of a rush; those whose records tell neither are left out."""
    found: dict[Hours, list[Verdict]] = defaultdict(list)
    for verdict, encounter in pairs:
        hours = _hours_of(encounter)
        if hours is not None:
            found[hours].append(verdict)
    return {hours: found[hours] for hours in Hours if hours in found}


def _hours_of(encounter: Encounter | None) -> Hours | None:
    """What was noted of the pace, else whether anybody waited."""
    if encounter is None:
        return None
    pace, queue = encounter.field_value("setting.pace"), encounter.field_value("setting.queue")
    if pace is not None:
        return Hours.RUSH if pace == "busy" else Hours.QUIET
    return None if queue is None else Hours.RUSH if queue > 0 else Hours.QUIET


def _rush_interval(by_hours: Mapping[Hours, Sequence[Verdict]]) -> Interval | None:
    """The interval of how much lower (below 0) or higher the mean score is in a rush; `None` with too few of either."""
    if len(by_hours) < len(Hours) or min(len(scores_of(each)) for each in by_hours.values()) < LEAST_FOR_TREND:
        return None
    units = [(hours, score) for hours, verdicts in by_hours.items() for score in scores_of(verdicts)]
    found = bootstrap(units, _difference)
    return None if found is None else Interval(round(found.low, 1), round(found.high, 1))


def _difference(units: Sequence[tuple[Hours, float]]) -> float | None:
    quiet, rush = ([score for hours, score in units if hours is wanted] for wanted in Hours)
    return fmean(rush) - fmean(quiet) if rush and quiet else None


# --- faults -------------------------------------------------------------------------------------------------------


def _faults(verdicts: Sequence[Verdict]) -> Iterator[Fault]:
    """The criteria that cost most over the whole shift."""
    judged: dict[str, list[Finding]] = defaultdict(list)
    for verdict in verdicts:
        for finding in verdict.findings:
            if finding.judged and finding.counted:
                judged[finding.criterion].append(finding)
    faults = [_fault(criterion, found) for criterion, found in judged.items()]
    costly = sorted((each for each in faults if each.count), key=lambda each: (each.points, each.criterion))
    yield from costly[:MOST_FAULTS]


def _fault(criterion: str, found: Sequence[Finding]) -> Fault:
    short = [finding for finding in found if finding.points < 0]
    return Fault(
        criterion=criterion,
        title=found[0].title,
        count=len(short),
        judged_count=len(found),
        points=round(sum(finding.points for finding in short), 6),
        advice=next((finding.advice for finding in short if finding.advice), None),
    )


# --- workers ------------------------------------------------------------------------------------------------------


def _workers(pairs: Sequence[Pair], by: str, *, names: bool, least: int) -> Iterator[Worker]:
    """The groups in the order in which they first appear; an encounter that does not say who served is in none."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict, encounter in pairs:
        value = encounter.server.get(by) if encounter is not None else None
        if value is not None:
            groups[str(value)].append(verdict)
    spreads = {name: spread_of(found) for name, found in groups.items()}
    ranks = _ranks(spreads, least)
    for number, (name, found) in enumerate(groups.items(), start=1):
        yield Worker(
            number=number,
            id=name if names else None,
            spread=spreads[name],
            interval=bootstrap([each for each in found if each.score is not None], below_good_share),
            rank=ranks.get(name),
        )


def _ranks(spreads: Mapping[str, Spread], least: int) -> dict[str, int]:
    """The rank of each group with enough scored encounters; equals share the better rank."""
    shares = {
        name: spread.below_good_share
        for name, spread in spreads.items()
        if spread.scored_count >= least and spread.below_good_share is not None
    }
    return {name: 1 + sum(other < share for other in shares.values()) for name, share in shares.items()}
