"""A small vocabulary, and an encounter that uses it."""

from __future__ import annotations

import pytest

from palvelumittari.records.encounter import Actor, Modality
from palvelumittari.records.vocabulary import BUILT_IN_FIELDS, Act, Field, FieldType, Tag, Vocabulary
from palvelumittari.words.frozen import FrozenMap
from palvelumittari.words.text import Text

RIDE = """\
{
  "schema": 1,
  "id": "ride-117",
  "sector": "taxi",
  "channel": "face_to_face",
  "language": "fi",
  "started": "2026-11-21T17:40:00+02:00",
  "observer": "customer",
  "record": "excerpt",
  "observed": ["speech", "task"],
  "ends": 900,
  "setting": {"queue": 0, "pace": "quiet"},
  "customer": {"regular": true},
  "server": {"id": "car-12"},
  "events": [
    {"at": 0, "by": "customer", "act": "arrive"},
    {"at": 2.5, "by": "server", "act": "greet", "text": "Iltaa!", "detector": "fi/greetings", "span": [0, 5]},
    {"at": 20, "by": "server", "who": "Anna", "act": "small_talk", "to": "companion", "lasts": 15},
    {"by": "customer", "act": "minimal", "text": "mmmm", "tags": ["lengthened"]}
  ],
  "outcome": {"satisfaction": 2},
  "source": {"format": "vcon", "path": "a.json", "index": 0},
  "extra": {"notes": [{"by": "Länsi"}, null, 0.5]}
}
"""


def _act(name: str, **keys: object) -> Act:
    return Act(name, Text(FrozenMap()), modalities=frozenset({Modality.SPEECH}), **keys)  # type: ignore[arg-type]


@pytest.fixture
def ride() -> str:
    """An encounter in JSON that holds every key."""
    return RIDE


@pytest.fixture
def line() -> str:
    """A small encounter on one line, as in NDJSON."""
    return '{"schema":1,"id":"a","sector":"taxi","events":[{"at":0,"by":"server","act":"greet"}]}\n'


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Acts, a group, a tag and fields."""
    acts = [
        *(_act(name) for name in ("arrive", "greet", "small_talk", "minimal")),
        _act("fault", by=frozenset({Actor.SYSTEM})),
        _act("attend", is_group=True, members=("greet",)),
    ]
    fields = [
        Field("setting.queue", FieldType.COUNT),
        Field("setting.pace", FieldType.CHOICE, values=("quiet", "normal", "busy")),
        Field("customer.regular", FieldType.FLAG),
    ]
    return Vocabulary(
        FrozenMap({act.id: act for act in acts}),
        FrozenMap({"lengthened": Tag("lengthened", Text(FrozenMap()))}),
        FrozenMap({field.name: field for field in (*BUILT_IN_FIELDS, *fields)}),
    )
