"""From the verdicts on a customer's encounters to a journey: peak, low point, end and spread, and what was worst.

Peak and end predict what is remembered about as well as the mean does (Alaybek et al. 2022, 174 effects), so all of
them are shown, and none is made into a score of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from palvelumittari.records.encounter import Encounter
from palvelumittari.records.journey import HandOver, Highlight, Journey, JourneyCourse, Stop
from palvelumittari.records.references import EncounterRef, EventRef, reference
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup.moments import Citing, moments_of
from palvelumittari.rollup.spread import bands_of
from palvelumittari.words.engine import engine_version
from palvelumittari.words.errors import EncounterError, Problem

SENDING = ("refer", "call_for", "escalate")
"""How staff send a customer on."""


def make_journey(
    verdicts: Sequence[Verdict],
    *,
    encounters: Sequence[Encounter] = (),
    vocabulary: Vocabulary | None = None,
    names: bool = False,
) -> Journey:
    """One customer's encounters as a journey.

    Args:
        verdicts: The verdicts, in the order of the encounters.
        encounters: The encounters themselves, in the same order; without them it is not told who sent whom on.
        vocabulary: What the acts are called, if there are encounters.
        names: Whether the ids of the encounters and what was said may stand in the record.

    Raises:
        EncounterError: If there is no verdict, or there are encounters but not one for each verdict.
    """
    if not verdicts or (encounters and len(encounters) != len(verdicts)):
        found = f"{len(verdicts)} verdicts and {len(encounters)} encounters"
        expected = "at least one verdict, and an encounter for each or for none"
        raise EncounterError(Problem("no journey can be made of this", found=found, expected=expected))
    stops = tuple(_stop(reference(number, each, names=names), each) for number, each in enumerate(verdicts, start=1))
    citing = Citing(vocabulary, names) if vocabulary is not None else None
    refs = [stop.encounter for stop in stops]
    scores = {ref.number: ref.score for ref in refs if ref.score is not None}
    return Journey(
        stops=stops,
        peak=max(scores, key=lambda number: scores[number], default=None),
        trough=min(scores, key=lambda number: scores[number], default=None),
        end=max(scores, default=None),
        mean=round(sum(scores.values()) / len(scores), 1) if scores else None,
        course=_course([ref.band.rank for ref in refs if ref.band is not None]) if scores else None,
        bands=bands_of(refs),
        below_good_count=sum(ref.band is not None and not ref.band.is_pleasant for ref in refs),
        hand_overs=tuple(_hand_overs(refs, encounters, citing)),
        engine=engine_version(),
    )


def _stop(ref: EncounterRef, verdict: Verdict) -> Stop:
    told = [
        Highlight(
            criterion=finding.criterion,
            title=finding.title,
            points=finding.points,
            reason=finding.reason,
            advice=finding.advice,
        )
        for finding in verdict.findings
        if finding.counted and finding.points
    ]
    best = max((each for each in told if each.points > 0), key=lambda each: each.points, default=None)
    worst = min((each for each in told if each.points < 0), key=lambda each: each.points, default=None)
    return Stop(encounter=ref, best=best, worst=worst)


def _course(ranks: Sequence[int]) -> JourneyCourse:
    steps = [later - earlier for earlier, later in pairwise(ranks)]
    goes_up, goes_down = any(step > 0 for step in steps), any(step < 0 for step in steps)
    if goes_up and goes_down:
        return JourneyCourse.MIXED
    if goes_up:
        return JourneyCourse.RISING
    return JourneyCourse.FALLING if goes_down else JourneyCourse.EVEN


def _hand_overs(
    refs: Sequence[EncounterRef], encounters: Sequence[Encounter], citing: Citing | None
) -> Iterator[HandOver]:
    sent = _sending(encounters, citing) if citing is not None else {}
    for before, after in pairwise(refs):
        sector, channel = before.sector != after.sector, before.channel != after.channel
        if sector or channel or before.number in sent:
            yield HandOver(
                before=before.number, after=after.number, sector=sector, channel=channel, by=sent.get(before.number)
            )


def _sending(encounters: Sequence[Encounter], citing: Citing) -> dict[int, EventRef]:
    """The last act with which staff of each encounter sent the customer on."""
    acts = citing.vocabulary.any_of(*SENDING)
    found = [moment for moment in moments_of(encounters) if moment.is_staff and moment.event.act in acts]
    return {moment.number: citing.event(moment) for moment in found}
