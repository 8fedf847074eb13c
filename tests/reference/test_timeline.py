"""What is found of a timeline before judging: what a selector selects, turns, phases, what the record covers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.reading.selectors import parse_selector
from palvelumittari.records.encounter import Side
from palvelumittari.reference.timeline import START, Timeline

Read = Callable[..., Timeline]

# --- selecting ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "matches"),
    [
        ("server.offer", (0, 1)),
        ("server.upsell", (1,)),
        ("staff.offer", (0, 1, 2)),
        ("*.offer", (0, 1, 2, 3)),
        ("server.attend", (0, 1)),
        ("*.offer > companion", (2,)),
        ("*.offer > customer", (0, 1)),
        ("*.offer > server", (3,)),
        ("*.offer #minor", (1, 3)),
        ("*.offer !#minor", (0, 2)),
        ("*.offer #minor #lengthened", (3,)),
        ("colleague.offer | customer.offer", (2, 3)),
    ],
)
def test_a_selector_selects_by_actor_act_addressee_and_tags(
    timeline: Read, selector: str, matches: tuple[int, ...]
) -> None:
    """Kinds and groups are included, `staff` is server and colleague, the addressee is the other side by default."""
    line = timeline(
        "- server offer\n- server upsell #minor\n- colleague offer > companion\n- customer offer #minor #lengthened\n"
    )
    assert line.matches(parse_selector(selector)) == matches


def test_no_selector_selects_nothing(timeline: Read) -> None:
    """An option that a criterion leaves out selects no event."""
    assert timeline("- server greet").matches(None) == ()


# --- what the record covers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "observed", "known"),
    [
        ("server.smile", ["face"], True),
        ("server.smile", ["speech", "task"], False),
        ("server.smile | server.say", ["speech"], False),
        ("server.smile | server.say", ["speech", "face"], True),
        ("server.wish", ["gaze"], True),
        ("server.wish", ["speech"], True),
        ("server.wish", ["task"], False),
        ("server.attend", ["speech"], False),
        ("server.attend", ["speech", "gaze"], True),
    ],
)
def test_absence_is_known_only_where_every_alternative_would_show(
    timeline: Read, selector: str, observed: list[str], known: bool
) -> None:
    """An act of two modalities is unseen only if both are; each member of a group is an alternative."""
    line = timeline("", observed=observed)
    assert line.absence_is_known(parse_selector(selector)) is known


@pytest.mark.parametrize(
    ("channel", "selector", "known"),
    [
        ("face_to_face", "server.smile", True),
        ("phone", "server.smile", False),
        ("phone", "server.nod", False),
        ("chat", "server.say", True),
        ("self_service", "server.serve", True),
    ],
)
def test_by_default_gaze_and_face_are_observed_face_to_face_only(
    timeline: Read, channel: str, selector: str, known: bool
) -> None:
    """All modalities face to face, all but gaze and face elsewhere."""
    assert timeline("", channel=channel).absence_is_known(parse_selector(selector)) is known


# --- turns --------------------------------------------------------------------------------------------------------


def _turns(line: Timeline, after: int, side: Side) -> list[tuple[int, int]]:
    return [(run.first, run.last) for run in line.turns_after(after, side)]


def test_a_turn_is_a_run_of_one_side(timeline: Read) -> None:
    """Customer with companion, server with colleague."""
    line = timeline("- customer say\n- companion say\n- server say\n- colleague say\n- customer say")
    assert _turns(line, START, Side.CUSTOMER) == [(0, 1), (4, 4)]
    assert _turns(line, START, Side.STAFF) == [(2, 3)]


def test_bystanders_and_the_system_do_not_break_a_turn(timeline: Read) -> None:
    """Their events belong to no side."""
    line = timeline("- server say\n- bystander join_queue\n- system fault\n- server say\n- customer say")
    assert _turns(line, START, Side.STAFF) == [(0, 3)]


def test_a_speechless_run_is_no_turn(timeline: Read) -> None:
    """A smile alone is none, though it separates what is said before and after it; one word in a run makes it one."""
    line = timeline("- customer say\n- server smile\n- customer say\n- server smile\n- server say")
    assert _turns(line, START, Side.CUSTOMER) == [(0, 0), (2, 2)]
    assert _turns(line, START, Side.STAFF) == [(3, 4)]


def test_turns_after_an_event_begin_after_it(timeline: Read) -> None:
    """A turn that was going on does not count as one after."""
    line = timeline("- server say\n- bystander join_queue\n- server say\n- customer say\n- server say")
    assert _turns(line, 1, Side.STAFF) == [(4, 4)]


def test_what_is_left_of_a_run_is_the_first_own_run_after_a_trigger(timeline: Read) -> None:
    """For `ceases`, which wants an end at once."""
    line = timeline("- server say\n- bystander join_queue\n- server smile\n- customer say\n- server say")
    assert [(run.first, run.last) for run in line.runs_after(1, Side.STAFF)] == [(2, 2), (4, 4)]


# --- phases -------------------------------------------------------------------------------------------------------


def _phases(line: Timeline) -> str:
    return " ".join(phase[0] for phase in line.phases)


PHASES = {
    "before until the first noted arrival of the customer": (
        "- server say\n- customer arrive\n- server greet\n- server serve\n- customer arrive",
        "b o o s s",
    ),
    "without an arrival nothing is before": ("- server say\n- server serve", "o s"),
    "a companion's arrival opens nothing": ("- companion arrive\n- server serve", "o s"),
    "opening until the first core act, a kind of one included": (
        "- server greet\n- server pour\n- server say",
        "o s s",
    ),
    "anybody's core act": ("- server greet\n- customer pay\n- server say", "o c c"),
    "closing from the first charge after the last work": (
        "- server greet\n- server serve\n- server charge\n- customer say",
        "o s c c",
    ),
    "closing from thanks, too": ("- server serve\n- customer thank\n- server say", "s c c"),
    "closing from farewell, a kind included": ("- server serve\n- server wish\n- server say", "s c c"),
    "closing from leaving, a kind included": ("- server serve\n- customer abandon", "s c"),
    "a later request puts the closing off": (
        "- server serve\n- server charge\n- customer request\n- customer pay\n- server say",
        "s s s c c",
    ),
    "later work puts the closing off": ("- server serve\n- server charge\n- server serve\n- server thank", "s s s c"),
    "charge, pay and deliver do not put it off": ("- server serve\n- customer pay\n- server deliver", "s c c"),
    "never closing before the first core act": ("- server thank\n- server serve\n- server say", "o s s"),
    "thanks before the first core act do not count": ("- server thank\n- server charge\n- server say", "o c c"),
    "no closing act, no closing": ("- server serve\n- server say", "s s"),
    "without core acts answers stand in": (
        "- server greet\n- server answer\n- server say\n- colleague refer\n- server thank",
        "o s s s c",
    ),
    "one stand-in is first and last": ("- server greet\n- server help\n- server thank", "o s c"),
    "a customer's answer stands in for nothing": ("- customer answer\n- server thank", "o o"),
    "thanks between the stand-ins are no closing": (
        "- server explain\n- server thank\n- server recommend\n- server farewell",
        "s s s c",
    ),
    "without core acts and stand-ins all is opening": ("- server greet\n- server thank\n- customer leave", "o o o"),
    "before even then": ("- server say\n- customer arrive\n- server greet", "b o o"),
    "nothing happened": ("", ""),
}


@pytest.mark.parametrize(("text", "phases"), PHASES.values(), ids=PHASES.keys())
def test_phases(timeline: Read, text: str, phases: str) -> None:
    """Before, opening, service, closing, by their first letters."""
    assert _phases(timeline(text)) == phases


# --- ends ---------------------------------------------------------------------------------------------------------


def test_the_customer_alone_closes_by_leaving(timeline: Read) -> None:
    """A companion may go; giving up is leaving."""
    line = timeline("- companion leave\n- server leave\n- customer abandon\n- customer leave", record="excerpt")
    assert (line.left_after(START), line.left_after(2), line.left_after(3)) == (2, 3, None)
    assert [line.is_closed_after(index) for index in (1, 3)] == [True, False]


def test_the_latest_time_after_an_event(timeline: Read) -> None:
    """Times before it do not count, the end of the record does."""
    text = "0:05 server say\n- server say\n0:20 server say\n- server say"
    assert [timeline(text).latest_after(index) for index in (START, 1, 2)] == [20_000, 20_000, None]
    assert timeline(text, ends=60).latest_after(2) == 60_000
