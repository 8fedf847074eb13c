"""Beyond one encounter: what several of them make together.

Each function turns verdicts or encounters into one frozen record that explains itself. Ids and what was said stay out
of the records unless `names` asks for them. Each is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING

from palvelumittari.words.lazily import from_homes, homes_in

if TYPE_CHECKING:
    from palvelumittari.rollup.episode import make_episode
    from palvelumittari.rollup.journey import make_journey
    from palvelumittari.rollup.panel import make_panel
    from palvelumittari.rollup.recovery import Recovery
    from palvelumittari.rollup.relationship import Ladder, emotional_among, make_relationship
    from palvelumittari.rollup.shift import make_shift
    from palvelumittari.rollup.word_of_mouth import Telling, make_word_of_mouth

__all__ = [
    "Ladder",
    "Recovery",
    "Telling",
    "emotional_among",
    "make_episode",
    "make_journey",
    "make_panel",
    "make_relationship",
    "make_shift",
    "make_word_of_mouth",
]

_NAMES = {
    "episode": ("make_episode",),
    "journey": ("make_journey",),
    "panel": ("make_panel",),
    "recovery": ("Recovery",),
    "relationship": ("Ladder", "emotional_among", "make_relationship"),
    "shift": ("make_shift",),
    "word_of_mouth": ("Telling", "make_word_of_mouth"),
}

__getattr__ = from_homes(__name__, homes_in(__name__, _NAMES))
