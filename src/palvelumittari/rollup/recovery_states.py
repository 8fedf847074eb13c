"""The state machine of recovery: a walk along the moments of one matter, from failure to repair or to the door."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import groupby

import attrs

from palvelumittari.records.episode import Cause, RecoveryState
from palvelumittari.records.verdict import Band
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup.moments import Moment, elapsed_ms
from palvelumittari.rollup.recovery import Recovery

AGAIN = "again"
"""The tag that says of a failure that it struck a second time."""

_OPEN = (RecoveryState.FAILED, RecoveryState.ACKNOWLEDGED)
_SETTLED = (RecoveryState.RECOVERED, RecoveryState.RECONCILED)
_LOST = (RecoveryState.FAILED, RecoveryState.UNRECOVERED, RecoveryState.DOUBLE_DEVIATION)


@attrs.frozen(slots=False)
class Acts:
    """Which acts mean what to a recovery; each name stands for its kinds, too."""

    vocabulary: Vocabulary

    @cached_property
    def failing(self) -> frozenset[str]:
        """What goes wrong, by the system or by staff."""
        return self.vocabulary.any_of("fault", "delay", "fail")

    @cached_property
    def complaining(self) -> frozenset[str]:
        """How a customer says that something went wrong."""
        return self.vocabulary.any_of("complain")

    @cached_property
    def acknowledging(self) -> frozenset[str]:
        """How staff own that something went wrong."""
        return self.vocabulary.any_of("apologise", "own", "empathise", "explain", "contact")

    @cached_property
    def beginning(self) -> frozenset[str]:
        """How staff set about putting it right."""
        return self.vocabulary.any_of("call_for", "refer_warm", "escalate", "promise")

    @cached_property
    def repairing(self) -> frozenset[str]:
        """How it is put right."""
        return self.vocabulary.any_of("fix", "refund", "compensate", "keep_promise")

    @cached_property
    def paying(self) -> frozenset[str]:
        """How a loss is made up for, which a failed repair calls for."""
        return self.vocabulary.any_of("refund", "compensate")

    @cached_property
    def apologising(self) -> frozenset[str]:
        """How staff say that they are sorry."""
        return self.vocabulary.any_of("apologise")

    @cached_property
    def leaving(self) -> frozenset[str]:
        """How a customer goes."""
        return self.vocabulary.any_of("leave")

    @cached_property
    def abandoning(self) -> frozenset[str]:
        """How a customer gives up."""
        return self.vocabulary.any_of("abandon")


@attrs.frozen
class Change:
    """A change of state: in which encounter, why, and the moment that brought it, if one did."""

    number: int
    cause: Cause
    before: RecoveryState
    after: RecoveryState
    moment: Moment | None


@attrs.define
class Walk:
    """Where a matter stands, moment by moment.

    `opened` is the number of the first encounter in which it failed. `since` is the moment of the failure that is open
    or was put right last, or of the repair that failed; `None` if the service was poor and nobody noted a failure,
    then it is the end of the encounter `reopened`. `retold` are the encounters that note the failure again after its
    repair.
    """

    acts: Acts
    numbers: Recovery
    count: int
    state: RecoveryState = RecoveryState.OK
    changes: list[Change] = attrs.field(factory=list)
    at_end: list[RecoveryState] = attrs.field(factory=list)
    retold: list[int] = attrs.field(factory=list)
    opened: int | None = None
    reopened: int | None = None
    since: Moment | None = None
    settled: Moment | None = None
    is_double: bool = False
    paid: bool = False
    apologised: bool = False

    def through(self, moments: Sequence[Moment], bands: Sequence[Band | None]) -> Walk:
        """Walk along all moments; `bands` are those of the encounters."""
        by_encounter = {number: list(some) for number, some in groupby(moments, lambda moment: moment.number)}
        for number, band in enumerate(bands, start=1):
            for moment in by_encounter.get(number, ()):
                self.take(moment)
            self.close(number, band)
        return self

    def take(self, moment: Moment) -> None:
        """Take one moment."""
        act = moment.event.act
        if self.state in _OPEN and self.is_late(moment):
            self.turn(moment, Cause.TOO_LATE, RecoveryState.UNRECOVERED)
        if act in self.acts.failing and not moment.is_customer:
            self.fail(moment)
        elif act in self.acts.complaining and moment.is_customer:
            self.complain(moment)
        elif moment.is_staff:
            self.serve(moment)
        elif moment.is_customer and act in self.acts.leaving:
            self.leave(moment)

    def close(self, number: int, band: Band | None) -> None:
        """End an encounter; poor service in which nobody noted a failure is one."""
        if self.state is RecoveryState.OK and band is not None and band.rank <= Band.POOR.rank:
            self.open(number, None, Cause.POOR_SERVICE)
        self.at_end.append(self.state)

    def is_late(self, moment: Moment) -> bool:
        """Whether the failure has stood for longer than anybody has patience."""
        if self.since is None:
            return False
        passed = elapsed_ms(self.since, moment)
        return passed is not None and passed > self.numbers.patience * self.half_life_ms(moment)

    def half_life_ms(self, moment: Moment) -> int:
        """After which time half of the credit for speed is gone: what goes on in another encounter is office work."""
        if self.since is None or self.since.number == moment.number:
            return self.numbers.half_life_ms(moment.encounter.channel)
        return max(self.numbers.office_ms, self.numbers.half_life_ms(moment.encounter.channel))

    # --- what goes wrong ----------------------------------------------------------------------------------------

    def fail(self, moment: Moment) -> None:
        """Something goes wrong."""
        if self.state is RecoveryState.OK:
            self.open(moment.number, moment, Cause.FAILURE)
        elif self.state is RecoveryState.REPAIRING and self.is_new(moment):
            self.deviate(moment)
        elif self.state in _SETTLED:
            self.fail_again(moment)

    def fail_again(self, moment: Moment) -> None:
        """Something goes wrong after the repair: staff spoil it, the failure strikes again, or is only told again."""
        if moment.is_staff:
            self.deviate(moment)
        elif self.is_new(moment):
            self.count += 1
            self.open(moment.number, moment, Cause.SECOND_FAILURE)
        else:
            self.retold.append(moment.number)
            self.open(moment.number, moment, Cause.RETOLD)

    def complain(self, moment: Moment) -> None:
        """A customer says that something is wrong: a first failure, or a repair that did not hold."""
        if self.state is RecoveryState.OK:
            self.open(moment.number, moment, Cause.FAILURE)
        elif self.state in _SETTLED:
            self.deviate(moment)

    def is_new(self, moment: Moment) -> bool:
        """Whether a failure is certainly not the first one told again, as encounters do that must be read alone.

        It is if staff fail, if it is tagged `#again`, if it comes in the same encounter, or if the times tell.
        """
        known = self.settled or self.changes[-1].moment
        if not moment.is_system or AGAIN in moment.event.tags or known is None:
            return True
        return known.number == moment.number or elapsed_ms(known, moment) is not None

    def deviate(self, moment: Moment) -> None:
        """A repair failed: it counts for nothing, and from now on it takes more."""
        self.is_double, self.paid, self.apologised = True, False, False
        self.reopened, self.since, self.settled = moment.number, moment, None
        self.turn(moment, Cause.REPAIR_FAILED, RecoveryState.DOUBLE_DEVIATION)

    def open(self, number: int, moment: Moment | None, cause: Cause) -> None:
        """A failure stands open."""
        self.opened = self.opened or number
        self.reopened, self.since, self.settled = number, moment, None
        self.is_double, self.paid, self.apologised = False, False, False
        self.changes.append(Change(number, cause, self.state, RecoveryState.FAILED, moment))
        self.state = RecoveryState.FAILED

    # --- what is done about it ----------------------------------------------------------------------------------

    def serve(self, moment: Moment) -> None:
        """Staff act."""
        act = moment.event.act
        if self.state is RecoveryState.OK or self.state in _SETTLED:
            return
        if self.is_double:
            self.reconcile(moment)
        elif act in self.acts.repairing:
            self.settled = moment
            self.turn(moment, Cause.REPAIRED, RecoveryState.RECOVERED)
        elif act in self.acts.beginning and self.state is not RecoveryState.REPAIRING:
            self.turn(moment, Cause.REPAIR_BEGUN, RecoveryState.REPAIRING)
        elif act in self.acts.acknowledging and self.state is RecoveryState.FAILED:
            self.turn(moment, Cause.ACKNOWLEDGED, RecoveryState.ACKNOWLEDGED)

    def reconcile(self, moment: Moment) -> None:
        """After a failed repair it takes a compensation and an apology (Joireman et al. 2013)."""
        self.paid = self.paid or moment.event.act in self.acts.paying
        self.apologised = self.apologised or moment.event.act in self.acts.apologising
        if self.paid and self.apologised:
            self.settled = moment
            self.turn(moment, Cause.RECONCILED, RecoveryState.RECONCILED)

    def leave(self, moment: Moment) -> None:
        """The customer goes: away from an open failure for good, unless a repair is under way."""
        gave_up = moment.event.act in self.acts.abandoning
        stands_open = self.state in (*_OPEN, RecoveryState.DOUBLE_DEVIATION)
        if stands_open or (gave_up and self.state is RecoveryState.REPAIRING):
            self.turn(moment, Cause.LEFT, RecoveryState.UNRECOVERED)

    def turn(self, moment: Moment, cause: Cause, state: RecoveryState) -> None:
        """The matter stands elsewhere."""
        self.changes.append(Change(moment.number, cause, self.state, state, moment))
        self.state = state

    # --- afterwards ---------------------------------------------------------------------------------------------

    @property
    def lost_encounters(self) -> tuple[int, ...]:
        """The encounters at whose end the failure stood with nobody at it: their verdicts tell how bad it was."""
        return tuple(number for number, state in enumerate(self.at_end, start=1) if state in _LOST)
