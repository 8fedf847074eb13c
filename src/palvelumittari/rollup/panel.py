"""From several observers' records of the same encounters to their gaps, blind spots and agreement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from palvelumittari.records.encounter import Actor, Encounter, Event, Observer
from palvelumittari.records.panel import (
    BlindSpot,
    CriterionGap,
    Panel,
    PanelEncounter,
    Rater,
    Unseen,
    View,
)
from palvelumittari.records.verdict import Finding, Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup.observer_agreement import agreements, biases
from palvelumittari.words.engine import engine_version
from palvelumittari.words.errors import EncounterError, Problem

GAP_PLACES = 6

Eyes = tuple[Observer | None, int]
"""Whose eyes these are, and which of several of that kind."""


@attrs.frozen
class Note:
    """One observer's record of an encounter with its verdict."""

    encounter: Encounter
    verdict: Verdict


@attrs.frozen
class _Seat:
    """What one observer noted of one encounter: the number of the observer, and the note."""

    rater: int
    note: Note


def make_panel(
    encounters: Sequence[Encounter],
    verdicts: Sequence[Verdict],
    *,
    vocabulary: Vocabulary,
    one_encounter: bool = False,
    names: bool = False,
) -> Panel:
    """Several observers' records of the same encounters together.

    Records with the same id are of the same encounter. The key `observer` of a record tells whose eyes these are; of
    several with the same (or none) the first is the first everywhere.

    Args:
        encounters: All records.
        verdicts: The verdict on each, in the same order.
        vocabulary: What the acts are called.
        one_encounter: Whether all records are of one and the same encounter, whatever their ids.
        names: Whether the ids of the encounters may stand in the panel.

    Raises:
        EncounterError: If nobody's record of an encounter has another's beside it, or a verdict is missing.
    """
    if len(encounters) != len(verdicts):
        found = f"{len(encounters)} encounters and {len(verdicts)} verdicts"
        raise EncounterError(Problem("every record needs its verdict", found=found))
    groups = _groups([Note(*pair) for pair in zip(encounters, verdicts, strict=True)], one_encounter=one_encounter)
    if not any(len(group) > 1 for group in groups.values()):
        hint = "give the records of one encounter the same id, or say that all are of one encounter"
        raise EncounterError(Problem("no encounter here has two observers", hint=hint))
    raters = _raters(groups.values())
    numbers = {eyes: number for number, eyes in enumerate(raters, start=1)}
    seated = {name: [_Seat(numbers[eyes], note) for eyes, note in group.items()] for name, group in groups.items()}
    compared = _Comparison(vocabulary)
    rows = [_row(seats, len(raters)) for seats in seated.values()]
    return Panel(
        raters=tuple(Rater(number=number, observer=observer) for (observer, _), number in numbers.items()),
        encounters=tuple(
            compared.encounter(number, name if names and not one_encounter else None, seats)
            for number, (name, seats) in enumerate(seated.items(), start=1)
        ),
        agreements=tuple(agreements(rows)),
        biases=tuple(biases(rows)),
        engine=engine_version(),
    )


# --- who saw what -------------------------------------------------------------------------------------------------


def _groups(notes: Sequence[Note], *, one_encounter: bool) -> dict[str, dict[Eyes, Note]]:
    """The notes of each encounter by whose eyes they are."""
    groups: dict[str, dict[Eyes, Note]] = defaultdict(dict)
    seen: Counter[tuple[str, Observer | None]] = Counter()
    for note in notes:
        name, observer = "" if one_encounter else note.encounter.id, note.encounter.observer
        groups[name][observer, seen[name, observer]] = note
        seen[name, observer] += 1
    return groups


def _raters(groups: Iterable[Mapping[Eyes, Note]]) -> list[Eyes]:
    """Everybody who noted something: the one who served first, the others as they first appear."""
    found = dict.fromkeys(eyes for group in groups for eyes in group)
    return sorted(found, key=lambda eyes: eyes[0] is not Observer.SERVER)


def _row(seats: Sequence[_Seat], size: int) -> list[Verdict | None]:
    """The verdicts on one encounter, a place for each rater."""
    row: list[Verdict | None] = [None] * size
    for seat in seats:
        row[seat.rater - 1] = seat.note.verdict
    return row


@attrs.frozen
class _Comparison:
    """Holds the views of one encounter against the first of them."""

    vocabulary: Vocabulary

    def encounter(self, number: int, name: str | None, seats: Sequence[_Seat]) -> PanelEncounter:
        first, *others = ordered = sorted(seats, key=lambda seat: seat.rater)
        views = tuple(_view(seat) for seat in ordered)
        ranks = [view.band.rank for view in views if view.band is not None]
        return PanelEncounter(
            number=number,
            id=name,
            views=views,
            band_gap=max(ranks) - min(ranks) if len(ranks) > 1 else None,
            gaps=tuple(gap for other in others for gap in _gaps(first, other)),
            blind_spots=tuple(spot for other in others for spot in self._blind_spots(first, other)),
        )

    def _blind_spots(self, one: _Seat, other: _Seat) -> Iterator[BlindSpot]:
        """What either of two observers did not note, and the other's findings rest on."""
        for rater, witness in ((one, other), (other, one)):
            unseen = tuple(self._unseen(witness.note, rater.note.encounter))
            if unseen:
                yield BlindSpot(rater=rater.rater, other=witness.rater, unseen=unseen)

    def _unseen(self, witness: Note, encounter: Encounter) -> Iterator[Unseen]:
        """The events that a witness's findings cite and that an encounter lacks, each kind once."""
        cited: dict[_Kind, dict[str, None]] = defaultdict(dict)
        for finding in witness.verdict.findings:
            for piece in finding.evidence:
                event = witness.encounter.events[piece.event]
                if not _is_noted(event, encounter):
                    cited[event.by, event.act, event.tags][finding.criterion] = None
        for (by, act, tags), criteria in cited.items():
            title = self.vocabulary.title(act)
            yield Unseen(by=by, act=act, title=title, tags=tags, criteria=tuple(criteria))


_Kind = tuple[Actor, str, tuple[str, ...]]
"""What kind of event it is; times and words differ between observers of one event."""


def _is_noted(event: Event, encounter: Encounter) -> bool:
    """Whether a record holds an event of that kind, with these tags at least."""
    return any(
        (each.by, each.act) == (event.by, event.act) and {*each.tags} >= {*event.tags} for each in encounter.events
    )


def _view(seat: _Seat) -> View:
    return View(rater=seat.rater, score=seat.note.verdict.score, band=seat.note.verdict.band)


def _gaps(first: _Seat, other: _Seat) -> list[CriterionGap]:
    """The criteria in which the two differ, the widest gap first."""
    theirs = {finding.criterion: finding for finding in other.note.verdict.findings}
    findings = [mine for mine in first.note.verdict.findings if mine.criterion in theirs]
    gaps = [_gap(mine, theirs[mine.criterion], other.rater) for mine in findings]
    differing = [gap for gap in gaps if gap.gap or gap.outcome is not gap.other_outcome]
    return sorted(differing, key=lambda gap: (-abs(gap.gap or 0.0), gap.criterion))


def _gap(mine: Finding, theirs: Finding, rater: int) -> CriterionGap:
    return CriterionGap(
        criterion=mine.criterion,
        title=mine.title,
        rater=rater,
        outcome=mine.outcome,
        other_outcome=theirs.outcome,
        gap=_difference(mine, theirs),
    )


def _difference(mine: Finding, theirs: Finding) -> float | None:
    if mine.rating is None or theirs.rating is None:
        return None
    return round(mine.rating - theirs.rating, GAP_PLACES)
