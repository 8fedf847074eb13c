"""What a shop needs to ask of a timeline and the rubric language cannot say."""

from __future__ import annotations

from palvelumittari import Actor, Answer, Event, Phase, Scene, Text

STAFF = frozenset({Actor.SERVER, Actor.COLLEAGUE})
"""Who sells."""

VISITORS = frozenset({Actor.CUSTOMER, Actor.COMPANION})
"""Whose answer counts."""


def one_question(scene: Scene, *, each: float = 0.5, by_another: float = 0.6, called: float = 0.6) -> Answer | None:
    """Was one question enough, or did another seller ask again what the customer had already answered?

    The measures of the rubric language look at acts and actors; that the second offer came from somebody else than the
    answered one (`who`) is a comparison across events. So that it can stand in for `service/no-pushing`, it counts
    what that counts as well: further offers by the same seller, unless hedged.

    An offer is uncalled for if the reading `help` is low and it does not come in the closing phase. It repeats another
    one if it is the same act. After a no (reading `declined`) it is left to `service/respected-no`. Somebody without a
    name may be the same person as somebody with one.

    Args:
        scene: The encounter.
        each: What a further uncalled offer takes off, from 0 to 1.
        by_another: What it takes off if it repeats the answered offer of somebody else; not less than `each`.
        called: From which value of `help` on an offer is called for.

    Returns:
        1 less all that is taken off, at least 0. `None` if nobody else of the staff did anything after an answer, or if
        all they repeated came after a no.
    """
    asked_before = _asked_by_others(scene)
    if not asked_before:
        return None
    events = scene.encounter.events
    uncalled = [index for index in scene.find("offer", by=STAFF) if _is_uncalled(scene, index, called)]
    repeats = [index for index in uncalled if events[index].act in asked_before.get(index, ())]
    judged = [index for index in uncalled if scene.readings["declined"][index] < 0.5]
    again = [index for index in judged if index in repeats]
    further = [index for index in judged if index not in repeats and "hedged" not in events[index].tags][1:]
    if not again and not further:
        return None if repeats else Answer(fulfilment=1.0, speaks_for=(min(asked_before),), reason=_KEPT)
    share = max(0.0, 1 - by_another * len(again) - each * len(further))
    return Answer(fulfilment=share, speaks_against=tuple(sorted(again + further)), reason=_AGAIN if again else _PUSHED)


def _asked_by_others(scene: Scene) -> dict[int, frozenset[str]]:
    """For each event of staff that came after somebody else's answered offer: which acts were offered and answered."""
    offers = scene.vocabulary.any_of("offer")
    pending: list[Event] = []
    answered: dict[tuple[Actor, str | None, str], Event] = {}
    found: dict[int, frozenset[str]] = {}
    for index, event in enumerate(scene.encounter.events):
        if event.by in VISITORS and _is_answer(scene, event):
            answered |= {(offer.by, offer.who, offer.act): offer for offer in pending}
            pending.clear()
        elif event.by in STAFF:
            others = frozenset(offer.act for offer in answered.values() if _are_different(offer, event))
            if others:
                found[index] = others
            if event.act in offers:
                pending.append(event)
    return found


def _is_answer(scene: Scene, event: Event) -> bool:
    """Whether a customer answers by this: with a word, or by going on looking."""
    return scene.vocabulary.acts[event.act].speaks or event.act == "browse"


def _are_different(one: Event, other: Event) -> bool:
    """Whether two events of staff are certainly by two people."""
    if one.who is not None and other.who is not None:
        return one.who != other.who
    return one.by is not other.by


def _is_uncalled(scene: Scene, index: int, called: float) -> bool:
    return scene.readings["help"][index] < called and scene.phases[index] is not Phase.CLOSING


def _text(en: str, fi: str, sv: str) -> Text:
    return Text({"en": en, "fi": fi, "sv": sv})


_KEPT = _text(
    "Nobody else asked again uncalled.",
    "Kukaan muu ei kysynyt uudelleen pyytämättä.",
    "Ingen annan frågade igen oombedd.",
)
_AGAIN = _text(
    "Somebody else asked again what the customer had already answered.",
    "Joku toinen kysyi uudelleen sitä, mihin asiakas oli jo vastannut.",
    "Någon annan frågade igen om det som kunden redan hade svarat på.",
)
_PUSHED = _text(
    "Nobody else asked again, but the same seller did not leave it at one offer.",
    "Kukaan muu ei kysynyt uudelleen, mutta sama myyjä ei tyytynyt yhteen tarjoukseen.",
    "Ingen annan frågade igen, men samma säljare nöjde sig inte med ett erbjudande.",
)
