"""What a desk's rubric cannot say in data: where staff's attention was at the very moment when it was needed.

The measures of the rubric language look at events one by one, at the moment when they begin. A librarian who picked up
the phone before the customer came is still on it when the customer arrives: that is an overlap of two stretches of
time, which only a comparison of both can see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import attrs

from palvelumittari import Actor, Answer, Scene, Text

STAFF = frozenset({Actor.SERVER, Actor.COLLEAGUE})
GUESTS = frozenset({Actor.CUSTOMER, Actor.COMPANION})
EVERYONE_WAITING = GUESTS | {Actor.BYSTANDER}


@attrs.frozen(kw_only=True)
class Stretch:
    """What one member of staff was busy with: from an event up to, but without, `until`.

    `until` is the index of the event that ends it in the order of the record; `start_ms` and `end_ms` are `None`
    where times are missing.
    """

    event: int
    until: int
    start_ms: int | None
    end_ms: int | None

    @property
    def lasts_ms(self) -> int | None:
        """How long it lasts in milliseconds, at least 0; `None` where times are missing."""
        if self.start_ms is None or self.end_ms is None:
            return None
        return max(0, self.end_ms - self.start_ms)


def poise(
    scene: Scene,
    *,
    engrossed: Sequence[str] = ("phone_use", "private_chat", "daydream", "side_task"),
    within_s: float = 30,
) -> Answer | None:
    """Whether staff who were engrossed in something looked up when the customer came to the desk.

    Judged are the stretches of engrossment that the customer walked into, and those that began while the customer
    stood there unnoticed. What was over before is nobody's matter, and what begins once the two have met is judged as
    presence.

    Args:
        scene: The encounter.
        engrossed: The acts, kinds included, that keep staff's eyes from whoever comes.
        within_s: How soon attention must follow, in seconds, inclusive; without times it may come any time before
            the customer leaves. The 30 s are an assumption: the universal rubric's notice while busy.

    Returns:
        1 if attention followed every such stretch, else 0; `None` if nobody came or nobody was engrossed.
    """
    coming = next(iter(scene.find("desk_coming", by=GUESTS)), None)
    if coming is None:
        return None
    met = _stretches(scene, engrossed)
    met = [stretch for stretch in met if _meets(scene, stretch, coming)]
    if not met:
        return None
    ignoring = [stretch.event for stretch in met if _attention(scene, max(stretch.event, coming), within_s) is None]
    if not ignoring:
        return Answer(fulfilment=1.0, reason=_LOOKED_UP)
    return Answer(fulfilment=0.0, speaks_against=tuple(sorted({coming, *ignoring})), reason=_ENGROSSED)


def vigilance(
    scene: Scene,
    *,
    absorbed: Sequence[str] = ("daydream", "private_chat", "phone_use"),
    busy: Sequence[str] = ("idle", "side_task"),
    within_s: float = 60,
) -> Answer | None:
    """How much of the lull staff's eyes were open for those in view.

    A stretch of the lull is lost as far as somebody's sign of need stands unmet in it, and lost as a whole if staff
    are absorbed, for then a sign would not be seen. Putting books in order while nobody needs anything is no loss. The
    lull ends when somebody comes to the desk or takes up a matter.

    Args:
        scene: The encounter.
        absorbed: The acts, kinds included, in which the eyes are elsewhere.
        busy: The acts, kinds included, that leave room for a look.
        within_s: How soon a sign must be met by any attention, in seconds, inclusive; without times it may be met any
            time before the customer leaves. The 60 s are an assumption, that of the universal rubric.

    Returns:
        1 - the share of the lull that was lost: share of time where all stretches and unmet signs are timed, else of
        the number of stretches. `None` without a lull.
    """
    end = _lull_end(scene)
    stretches = [_cut(scene, stretch, end) for stretch in _stretches(scene, (*absorbed, *busy)) if stretch.event < end]
    if not stretches:
        return None
    gaps = _unmet(scene, end, within_s)
    blind = {stretch.event for stretch in stretches} & set(scene.find(*absorbed, by=STAFF))
    losses = _losses(stretches, gaps, blind)
    lost = tuple(stretch.event for stretch, loss in zip(stretches, losses, strict=True) if loss > 0)
    if not lost:
        return Answer(fulfilment=1.0, speaks_for=tuple(stretch.event for stretch in stretches), reason=_OPEN_EYES)
    signs = {gap.event for gap in gaps}
    return Answer(
        fulfilment=max(0.0, 1 - sum(losses)),
        speaks_against=tuple(sorted({*lost, *signs})),
        reason=_SIGN_UNMET if signs else _EYES_ELSEWHERE,
    )


# --- stretches ----------------------------------------------------------------------------------------------------


def _stretches(scene: Scene, acts: Iterable[str]) -> list[Stretch]:
    """What staff were busy with, in order."""
    return [_stretch(scene, index) for index in scene.find(*acts, by=STAFF)]


def _stretch(scene: Scene, index: int) -> Stretch:
    """A stretch lasts as long as was noted, else until the same person's next act, else to the end of the record."""
    events = scene.encounter.events
    event = events[index]
    later = range(index + 1, len(events))
    until = next((i for i in later if (events[i].by, events[i].who) == (event.by, event.who)), len(events))
    end_ms = _at(scene, until)
    if event.at_ms is not None and event.lasts_ms is not None:
        end_ms = event.at_ms + event.lasts_ms
    return Stretch(event=index, until=until, start_ms=event.at_ms, end_ms=end_ms)


def _cut(scene: Scene, stretch: Stretch, end: int) -> Stretch:
    """A stretch as far as it lies before the event `end`."""
    end_ms, limit = stretch.end_ms, _at(scene, end)
    if end_ms is not None and limit is not None:
        end_ms = min(end_ms, limit)
    return attrs.evolve(stretch, until=min(stretch.until, end), end_ms=end_ms)


def _at(scene: Scene, index: int) -> int | None:
    """When an event began, in milliseconds; for the index after the last one, when the last of all is over."""
    events = scene.encounter.events
    if index < len(events):
        return events[index].at_ms
    times = [event.at_ms + (event.lasts_ms or 0) for event in events if event.at_ms is not None]
    return max((*times, scene.encounter.ends_ms or 0)) if times else None


def _is_open_at(scene: Scene, stretch: Stretch, index: int) -> bool:
    """Whether a stretch was still going on at an event that came after its beginning."""
    at = scene.encounter.events[index].at_ms
    if at is not None and stretch.start_ms is not None and stretch.end_ms is not None:
        return at < stretch.end_ms
    return index < stretch.until


# --- the customer's side ------------------------------------------------------------------------------------------


def _meets(scene: Scene, stretch: Stretch, coming: int) -> bool:
    """Whether the customer walked into a stretch, or it began while the customer stood there unnoticed."""
    if stretch.event < coming:
        return _is_open_at(scene, stretch, coming)
    met = (*scene.find("attend", by=STAFF, after=coming), *scene.find("desk_matter", by=GUESTS))
    return stretch.event < min(met, default=len(scene.encounter.events))


def _attention(scene: Scene, opened: int, within_s: float) -> int | None:
    """The first attention by anybody of the staff after an event, if it came in time and before the customer left."""
    left = _left(scene, opened)
    found = next((index for index in scene.find("attend", by=STAFF, after=opened) if index < left), None)
    if found is None:
        return None
    start, at = _at(scene, opened), _at(scene, found)
    late = start is not None and at is not None and at - start > 1000 * within_s
    return None if late else found


def _left(scene: Scene, opened: int) -> int:
    """The customer's leaving after an event, or the index after the last event."""
    return next(iter(scene.find("leave", by={Actor.CUSTOMER}, after=opened)), len(scene.encounter.events))


def _lull_end(scene: Scene) -> int:
    """The event that ends the lull, or the index after the last event."""
    ends = (*scene.find("desk_coming", by=EVERYONE_WAITING), *scene.find("desk_matter", by=GUESTS))
    return min(ends, default=len(scene.encounter.events))


def _unmet(scene: Scene, end: int, within_s: float) -> list[Stretch]:
    """The signs of need before the event `end` that were not met in time, each as a stretch until it was over."""
    found = []
    for sign in scene.find("desk_sign", by=GUESTS):
        if sign < end and _attention(scene, sign, within_s) is None:
            met = (*scene.find("attend", by=STAFF, after=sign), _left(scene, sign), end)
            until = min(met)
            found.append(Stretch(event=sign, until=until, start_ms=_at(scene, sign), end_ms=_at(scene, until)))
    return found


# --- what was lost ------------------------------------------------------------------------------------------------


def _losses(stretches: Sequence[Stretch], gaps: Sequence[Stretch], blind: Collection[int]) -> list[float]:
    """The share of the whole lull that each stretch lost: of its time if all of that is known, else of its number."""
    total = sum(stretch.lasts_ms or 0 for stretch in stretches)
    if total and all(one.lasts_ms is not None for one in (*stretches, *gaps)):
        return [_lost_ms(stretch, gaps, stretch.event in blind) / total for stretch in stretches]
    lost = [stretch.event in blind or any(_overlap(stretch, gap) for gap in gaps) for stretch in stretches]
    return [each / len(stretches) for each in lost]


def _lost_ms(stretch: Stretch, gaps: Sequence[Stretch], is_blind: bool) -> int:
    """The milliseconds of a timed stretch that were lost; gaps that overlap each other count once."""
    if is_blind:
        return stretch.lasts_ms or 0
    lost, start = 0, stretch.start_ms or 0
    end = start + (stretch.lasts_ms or 0)
    for gap in gaps:
        opened = max(start, gap.start_ms or 0)
        closed = min(end, gap.end_ms or 0)
        lost += max(0, closed - opened)
        start = max(start, closed)
    return lost


def _overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches overlap in the order of the record."""
    return one.event < other.until and other.event < one.until


_LOOKED_UP = Text(
    {
        "en": "Staff looked up from what they were doing when the customer came.",
        "fi": "Henkilökunta nosti katseensa puuhistaan, kun asiakas tuli.",
        "sv": "Personalen såg upp från det de höll på med när kunden kom.",
    }
)
_ENGROSSED = Text(
    {
        "en": "Staff stayed engrossed in something else when the customer came to the desk.",
        "fi": "Henkilökunta pysyi omissa puuhissaan, kun asiakas tuli tiskille.",
        "sv": "Personalen förblev upptagen av annat när kunden kom fram till disken.",
    }
)
_OPEN_EYES = Text(
    {
        "en": "Nobody's sign of need went unseen in the quiet moment.",
        "fi": "Kenenkään avuntarve ei jäänyt hiljaisena hetkenä huomaamatta.",
        "sv": "Ingens behov gick obemärkt förbi under den lugna stunden.",
    }
)
_SIGN_UNMET = Text(
    {
        "en": "A customer in view showed a need in the quiet moment, and nobody looked up in time.",
        "fi": "Näkyvillä ollut asiakas olisi hiljaisena hetkenä tarvinnut apua, eikä kukaan huomannut ajoissa.",
        "sv": "En kund inom synhåll visade ett behov under den lugna stunden, och ingen såg det i tid.",
    }
)
_EYES_ELSEWHERE = Text(
    {
        "en": "With customers in view, staff's eyes and thoughts were elsewhere in the quiet moment.",
        "fi": "Asiakkaita oli näkyvissä, mutta katse ja ajatukset olivat hiljaisena hetkenä muualla.",
        "sv": "Kunder fanns inom synhåll, men blick och tankar var på annat håll under den lugna stunden.",
    }
)
