"""From a verdict or an episode to the talk that it may cause. Never part of a score.

How many hear of it follows an asymmetric U (Anderson 1998); bad news goes twice as far as good (TARP: 10 to 5 and 16
to 8). How surely it is told follows the rules of the five texts behind the meter; research found no gain from a good
recovery (de Matos, Henrique & Rossi 2007), so the model `evidence` puts it level with service without a failure.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from palvelumittari.records.episode import Episode, RecoveryState
from palvelumittari.records.relationship import RelationStep
from palvelumittari.records.verdict import Band, Verdict
from palvelumittari.records.word_of_mouth import TellingModel, WordOfMouth
from palvelumittari.words.errors import EncounterError, Problem

PLACES = 3
NEUTRAL_STEP = 3
"""The step of the relationship at which commitment changes nothing."""


@attrs.frozen(kw_only=True)
class Telling:
    """The numbers of word of mouth, all of which a caller may set otherwise.

    Args:
        base: How many hear of an encounter that was neither good nor bad (0).
        gain: How many more hear of a perfect one (5).
        loss: How many more hear of the worst (10).
        fine, recovered, unrecovered: How probably it is told that all went well (maybe), that a failure was put right
            (probably), and that it was not (surely); in [0, 1].
    """

    base: float = 0.0
    gain: float = 5.0
    loss: float = 10.0
    fine: float = 0.33
    recovered: float = 0.70
    unrecovered: float = 0.95

    def probability(self, state: RecoveryState, model: TellingModel) -> float:
        """How probably a matter is told that stands so."""
        if state is RecoveryState.OK:
            return self.fine
        if state in (RecoveryState.RECOVERED, RecoveryState.RECONCILED):
            return self.recovered if model is TellingModel.STORIES else self.fine
        return self.unrecovered

    def tellings(self, standing: float) -> float:
        """How many hear of it, for a standing in [-1, 1].

        >>> Telling().tellings(0.5), Telling().tellings(-0.5)
        (1.25, 2.5)
        """
        return self.base + (self.gain if standing > 0 else self.loss) * standing**2


TELLING = Telling()
"""The numbers that are used where a caller gives none."""

_STATE_OF: Mapping[bool, RecoveryState] = MappingProxyType({True: RecoveryState.OK, False: RecoveryState.FAILED})


def make_word_of_mouth(
    of: Verdict | Episode,
    *,
    model: TellingModel | str = TellingModel.STORIES,
    step: RelationStep | None = None,
    numbers: Telling = TELLING,
) -> WordOfMouth:
    """What to expect of the talk after an encounter or an episode.

    Args:
        of: The verdict or the episode. A verdict knows of no repair: below neutral it counts as a failure that
            stands, else as service without one.
        model: `stories` or `evidence`.
        step: The step of the relationship; the higher, the more people are told. `None`: as at the third step.
        numbers: The numbers of the model.

    Raises:
        EncounterError: If there is no score.
    """
    if of.score is None or of.band is None:
        raise EncounterError(Problem("nothing can be said of word of mouth", found="no score", expected="a score"))
    state = of.state if isinstance(of, Episode) else _STATE_OF[of.band.rank >= Band.NEUTRAL.rank]
    standing = _standing(of.score, of, TellingModel(model))
    commitment = 1.0 if step is None else max(step.number, 1) / NEUTRAL_STEP
    return WordOfMouth(
        model=TellingModel(model),
        standing=standing,
        told=round(numbers.tellings(standing) * commitment, PLACES),
        probability=numbers.probability(state, TellingModel(model)),
        state=state,
        commitment=round(commitment, 6),
        base=numbers.base,
        gain=numbers.gain,
        loss=numbers.loss,
    )


def _standing(score: float, of: Verdict | Episode, model: TellingModel) -> float:
    """The standing in [-1, 1] of which people hear.

    A recovery may leave a customer more content than before the failure, but evidence found that no more is told of it
    for that (de Matos, Henrique & Rossi 2007).
    """
    standing = round((score - 50) / 50, 6)
    if model is TellingModel.EVIDENCE and isinstance(of, Episode) and of.failure is not None and of.before is not None:
        return min(standing, of.before)
    return standing
