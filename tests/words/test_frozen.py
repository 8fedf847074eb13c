"""The frozen mapping, and freezing and thawing of plain data."""

from __future__ import annotations

import pickle

import pytest

from palvelumittari.words.frozen import FrozenMap, freeze, thaw


def test_a_frozen_map_is_a_mapping_that_keeps_its_order() -> None:
    """It compares like a dict, but nothing can be put into it."""
    items = FrozenMap({"b": 1, "a": 2})
    assert list(items) == ["b", "a"]
    assert len(items) == 2
    assert items == {"a": 2, "b": 1}
    assert repr(items) == "FrozenMap({'b': 1, 'a': 2})"
    assert FrozenMap() == {}
    with pytest.raises(TypeError):
        items["a"] = 3  # type: ignore[index]


def test_a_frozen_map_is_hashed_by_content_and_can_be_pickled() -> None:
    """Equal maps have equal hashes, whatever their order."""
    items = FrozenMap({"a": 1, "b": FrozenMap({"c": (1, 2)})})
    assert hash(items) == hash(FrozenMap({"b": FrozenMap({"c": (1, 2)}), "a": 1}))
    assert pickle.loads(pickle.dumps(items)) == items


def test_a_frozen_map_copies_what_it_is_made_of() -> None:
    """Later changes of the source do not reach it."""
    source = {"a": 1}
    items = FrozenMap(source)
    source["a"] = 2
    assert items["a"] == 1


def test_freezing_and_thawing_are_reverse() -> None:
    """Objects become frozen maps and lists tuples, at every depth."""
    plain = {"a": [1, {"b": [None, "x", 0.5]}], "c": {}}
    frozen = freeze(plain)
    assert hash(frozen) == hash(freeze(plain))
    assert frozen["a"][1]["b"] == (None, "x", 0.5)
    assert thaw(frozen) == plain
    assert type(thaw(frozen)["c"]) is dict
