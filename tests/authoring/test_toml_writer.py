"""Rubrics written as TOML."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from palvelumittari.authoring.toml_writer import inline, rubric_toml
from palvelumittari.meter import Meter
from palvelumittari.testing import rubric_documents

CORE = Meter(installed=False)
VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
DOCUMENT: dict[str, Any] = {
    "title": {"en": "Ferry"},
    "id": "ferry",
    "schema": 1,
    "version": "1.0.0",
    "scoring": {"doubt": 2},
    "override": {
        "service/task": {"weight": 5, "responds": {"within": "5 s"}},
        "service/pace": {"situation": [{"excuse": True, "when": "setting.queue > 3"}]},
        "service/warmth": {},
        "service/closing": {"situation": []},
    },
    "criterion": [
        {
            "title": {"en": "Late"},
            "id": "late",
            "weight": 2.5,
            "role": "linear",
            "grades": {"pick": "sum", "acts": [{"is": 1, "act": "staff.explain"}, {"act": "staff.host", "is": 0.5}]},
        },
        {
            "id": "one",
            "calls": "taxi.one",
            "situation": [{"when": "customer.regular", "acts": [{"act": "a", "is": 1}]}],
        },
    ],
}
TEXT = """\
schema  = 1
id      = "ferry"
version = "1.0.0"
title   = { en = "Ferry" }

[scoring]
doubt = 2

[override."service/task"]
weight = 5
[override."service/task".responds]
within = "5 s"

[[override."service/pace".situation]]
when   = "setting.queue > 3"
excuse = true

[override."service/warmth"]

[override."service/closing"]
situation = []

[[criterion]]
id     = "late"
role   = "linear"
weight = 2.5
title  = { en = "Late" }
[criterion.grades]
acts = [
  { act = "staff.explain", is = 1 },
  { act = "staff.host", is = 0.5 },
]
pick = "sum"

[[criterion]]
id    = "one"
calls = "taxi.one"
[[criterion.situation]]
when = "customer.regular"
acts = [{ act = "a", is = 1 }]
"""


def test_a_rubric_is_written_as_by_hand() -> None:
    """Keys in their usual order with aligned signs, measures and situations as tables of their own."""
    assert rubric_toml(DOCUMENT) == TEXT
    assert tomllib.loads(TEXT) == DOCUMENT


@given(VALUES)
def test_every_value_is_read_as_it_was(value: Any) -> None:
    """Texts with any character, nested tables, numbers, dates."""
    assert repr(tomllib.loads(f"value = {inline(value)}")["value"]) == repr(value)


def test_dates_and_control_characters() -> None:
    """As TOML writes them."""
    assert inline([date(2026, 11, 21), "a\x7f\n"]) == '[2026-11-21, "a\\u007F\\n"]'


@given(rubric_documents(CORE.vocabulary, readings=CORE.catalog.terms.readings, measures=("taxi.fading",)))
def test_every_rubric_is_read_as_it_was(document: dict[str, Any]) -> None:
    """Nothing is lost, and nothing changes its kind."""
    assert tomllib.loads(rubric_toml(document)) == document
