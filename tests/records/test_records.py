"""The records: immutable, with the few questions they answer about themselves."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest

import palvelumittari as pm
from palvelumittari.reading.conditions import parse_condition
from palvelumittari.reading.rubric_types import parse_window
from palvelumittari.reading.selectors import parse_selector
from palvelumittari.records.condition import Literal, Values
from palvelumittari.records.measure import Prompt, Responds, Rule, Shows, Window, measure_name, with_changes
from palvelumittari.records.vocabulary import BUILT_IN_FIELDS, Act, Field, FieldType, Vocabulary


def test_records_are_frozen_and_picklable() -> None:
    """So that they can be shared between threads and sent between processes."""
    meter = pm.Meter(installed=False)
    encounter = meter.loads("id: x\nsector: taxi\nsetting.queue: 2\n\n- server greet", format="timeline")
    verdict = meter.score(encounter)
    for record in (encounter, verdict, meter.rubric("service"), meter.vocabulary):
        assert pickle.loads(pickle.dumps(record)) == record
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            record.id = "y"  # type: ignore[misc,union-attr]  # that it cannot be set is what is tested
    assert hash(encounter) == hash(attrs.evolve(encounter))


# --- encounter ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "side", "addressee"),
    [
        (pm.Actor.CUSTOMER, pm.Side.CUSTOMER, pm.Actor.SERVER),
        (pm.Actor.COMPANION, pm.Side.CUSTOMER, pm.Actor.SERVER),
        (pm.Actor.SERVER, pm.Side.STAFF, pm.Actor.CUSTOMER),
        (pm.Actor.COLLEAGUE, pm.Side.STAFF, pm.Actor.CUSTOMER),
        (pm.Actor.BYSTANDER, None, pm.Actor.CUSTOMER),
        (pm.Actor.SYSTEM, None, pm.Actor.CUSTOMER),
    ],
)
def test_sides_and_addressees(actor: pm.Actor, side: pm.Side | None, addressee: pm.Actor) -> None:
    """By default one speaks to the other side."""
    event = pm.Event(actor, "say")
    assert (event.side, event.addressee) == (side, addressee)
    assert attrs.evolve(event, to=pm.Actor.COMPANION).addressee is pm.Actor.COMPANION


def test_context_fields_by_name() -> None:
    """`None` for what nobody noted."""
    encounter = pm.Encounter("x", [], channel=pm.Channel.CHAT, language="fi", setting={"queue": 0})
    names = ("channel", "language", "sector", "setting.queue", "setting.pace", "customer.regular")
    assert [encounter.field_value(name) for name in names] == ["chat", "fi", None, 0, None, None]


# --- vocabulary ---------------------------------------------------------------------------------------------------


def _act(name: str, *, by: frozenset[pm.Actor] = frozenset(pm.Actor), **keys: Any) -> Act:
    return Act(name, pm.Text({"en": name}), modalities=frozenset({pm.Modality.TASK}), by=by, **keys)


def test_kinds_groups_and_core_acts() -> None:
    """Kinds of kinds, diamonds and groups; a kind of a core act is core."""
    acts = [
        _act("serve", core=True),
        _act("pour", kind_of=("serve",)),
        _act("pour_twice", kind_of=("pour", "repeat")),
        _act("repeat"),
        _act("attend", is_group=True, members=("serve", "repeat")),
    ]
    vocabulary = Vocabulary(pm.FrozenMap({act.id: act for act in acts}))
    assert vocabulary.any_of("serve") == {"serve", "pour", "pour_twice"}
    assert vocabulary.any_of("attend") == {"serve", "pour", "pour_twice", "repeat"}
    assert vocabulary.any_of("nothing", "pour") == {"pour", "pour_twice"}
    assert vocabulary.core_acts == {"serve", "pour", "pour_twice"}
    assert vocabulary.ancestors("pour_twice") == {"pour_twice", "pour", "serve", "repeat", "attend"}
    assert "attend" not in vocabulary.timeline_acts()
    assert [str(vocabulary.title(name)) for name in ("pour", "juggle")] == ["pour", "juggle"]
    assert not acts[0].speaks


@pytest.mark.parametrize(
    ("field", "good", "bad", "expected"),
    [
        (Field("a", FieldType.COUNT), [0, 7], [-1, 1.5, True, "1"], "a whole number from 0"),
        (Field("a", FieldType.NUMBER), [0, -1.5], ["1", True, float("nan")], "a number"),
        (Field("a", FieldType.NUMBER, range=(0, 1)), [0, 0.5, 1], [1.1, -0.1], "a number from 0 to 1"),
        (Field("a", FieldType.FLAG), [True, False], [0, "true"], "true or false"),
        (Field("a", FieldType.TEXT), ["", "x"], [1, None], "text"),
        (Field("a", FieldType.CHOICE, values=("x", "y")), ["x"], ["z", 1], "one of x, y"),
    ],
)
def test_what_a_field_accepts(field: Field, good: list[Any], bad: list[Any], expected: str) -> None:
    """By type, range and values; in words for a message."""
    assert all(map(field.accepts, good))
    assert not any(map(field.accepts, bad))
    assert field.expected == expected


def test_channels_and_observers_are_built_in() -> None:
    """As choices, so that a misspelt one is found."""
    channel = next(field for field in BUILT_IN_FIELDS if field.name == "channel")
    assert channel.accepts("phone")
    assert not channel.accepts("telephone")


# --- selectors, conditions, measures ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "side", "staff", "others"),
    [
        ("server.greet | customer.greet", pm.Side.STAFF, True, True),
        ("*.greet | customer.greet", pm.Side.CUSTOMER, True, True),
        ("*.greet", pm.Side.STAFF, True, True),
        ("system.fault", pm.Side.STAFF, False, True),
        ("staff.greet", pm.Side.STAFF, True, False),
    ],
)
def test_whose_turns_a_selector_waits_for(text: str, side: pm.Side, staff: bool, others: bool) -> None:
    """Those of the first alternative with one side, else staff's."""
    selector = parse_selector(text)
    assert (selector.side, selector.reads_staff, selector.reads_others) == (side, staff, others)
    assert (str(selector), set(selector.acts)) == (text, {text.rsplit(".", maxsplit=1)[-1]})


def test_the_names_and_selectors_of_a_condition() -> None:
    """Wherever they stand in it."""
    condition = parse_condition("not ever(talk < 0.3) and setting.pace in ['busy'] or count('customer.ask') > 1")
    assert condition.names == {"talk", "setting.pace"}
    assert [selector.text for selector in condition.selectors] == ["customer.ask"]
    (values,) = [node for node in condition.nodes() if isinstance(node, Values)]
    assert values.parts() == (Literal("busy"),)
    assert str(condition) == condition.text


@pytest.mark.parametrize("text", ["20 s", "1 turn", "2 turns", "90 s or 1 turn", "2 min"])
def test_a_window_as_text(text: str) -> None:
    """Reads back the same."""
    assert str(parse_window(text)) == text


def test_the_name_of_a_measure() -> None:
    """As it stands in a rubric."""
    assert measure_name(Shows(act=parse_selector("server.greet"))) == "shows"


def test_a_measure_with_changes() -> None:
    """Keys of a rule go into all rules."""
    ask, answer = parse_selector("customer.ask"), parse_selector("server.answer")
    prompt = Prompt(after=ask, act=answer, full=1, none=2)
    assert with_changes(prompt, {"none": 3}) == attrs.evolve(prompt, none=3)
    responds = Responds(rules=(Rule(after=ask, with_=answer), Rule(after=answer, with_=ask)))
    changed = with_changes(responds, {"within": Window(turns=2)})
    assert isinstance(changed, Responds)
    assert [rule.within for rule in changed.rules] == [Window(turns=2)] * 2
    assert with_changes(responds, {"rules": responds.rules[:1]}) == Responds(rules=responds.rules[:1])
