"""Hypothesis strategies: small vocabularies, and readings over any vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from palvelumittari.reading.readings_file import add_readings
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import TomlFile
from palvelumittari.reading.vocabulary_file import EMPTY, NUMERIC, add_vocabulary
from palvelumittari.records.encounter import Actor, Modality
from palvelumittari.records.rubric import Reading
from palvelumittari.records.vocabulary import FieldType, Vocabulary
from palvelumittari.testing.strategies.of_terms import Phrasing, texts
from palvelumittari.words.frozen import FrozenMap

Table = dict[str, Any]

ACTS = ("greet", "say", "ask", "answer", "request", "charge", "pay", "arrive", "leave", "quiet", "wave", "hum")
"""Names of acts, those among them that phases and the end of an encounter rest on."""

GROUPS = ("attend", "part")
TAGS = ("softly", "again")
FIELDS = ("setting.queue", "setting.pace", "customer.regular", "customer.name", "setting.size")
_PLAIN = [FieldType.COUNT.value, FieldType.NUMBER.value, FieldType.FLAG.value, FieldType.TEXT.value]
FIELD = st.one_of(
    st.fixed_dictionaries({"type": st.sampled_from(_PLAIN), "title": texts()}),
    st.fixed_dictionaries(
        {"type": st.sampled_from(list(map(str, NUMERIC))), "title": texts(), "range": st.sampled_from([[0, 4], [1, 9]])}
    ),
    st.fixed_dictionaries(
        {"type": st.just(FieldType.CHOICE.value), "title": texts(), "values": st.just(["calm", "busy"])}
    ),
)
READINGS = ("mood", "haste")
STEPS = st.sampled_from([0.1, -0.1, 0.35, -2.0])
RANGES = ((0.0, 1.0), (-1.0, 1.0), (0.0, 10.0))


# --- vocabularies -----------------------------------------------------------------------------------------------


def vocabularies() -> SearchStrategy[Vocabulary]:
    """Small vocabularies: acts of every kind, kinds and groups of them, tags, and fields of every type.

    They hold few acts, so that random rubrics and random encounters of one meet.
    """
    return vocabulary_documents().map(lambda data: add_vocabulary(EMPTY, TomlFile("random.toml", "", data)))


@st.composite
def vocabulary_documents(draw: DrawFn) -> Table:
    """The same as it stands in a `vocabulary.toml`."""
    acts: dict[str, Table] = {}
    for name in draw(st.lists(st.sampled_from(ACTS), min_size=2, max_size=8, unique=True)):
        acts[name] = draw(_act(list(acts)))
    members = st.lists(st.sampled_from(list(acts)), min_size=1, max_size=3, unique=True)
    group = st.fixed_dictionaries({"title": texts(), "acts": members})
    tag = st.fixed_dictionaries({"title": texts()})
    return {
        "schema": 1,
        "act": acts,
        "group": draw(st.dictionaries(st.sampled_from(GROUPS), group)),
        "tag": draw(st.dictionaries(st.sampled_from(TAGS), tag)),
        "field": draw(st.dictionaries(st.sampled_from(FIELDS), FIELD)),
    }


def _act(earlier: Sequence[str]) -> SearchStrategy[Table]:
    """An act with modalities of its own, or a kind of earlier ones; without `by` anybody does it."""
    modalities = st.lists(st.sampled_from([each.value for each in Modality]), min_size=1, max_size=2, unique=True)
    actors = ["server", "customer", "staff", *(actor.value for actor in Actor if actor not in ("server", "customer"))]
    by = st.lists(st.sampled_from(actors), min_size=1, max_size=2, unique=True)
    perhaps: dict[str, SearchStrategy[Any]] = {"by": by, "core": st.booleans()}
    own = st.fixed_dictionaries({"title": texts(), "modalities": modalities}, optional=perhaps)
    if not earlier:
        return own
    kinds = st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True)
    return own | st.fixed_dictionaries({"title": texts(), "kind_of": kinds}, optional=perhaps)


# --- readings ---------------------------------------------------------------------------------------------------


def readings(vocabulary: Vocabulary) -> SearchStrategy[FrozenMap[Reading]]:
    """None to two readings over a vocabulary, by id: with starts, a field that they start from, and cues."""
    known = Terms(vocabulary=vocabulary)
    documents = reading_documents(Phrasing(vocabulary))
    return documents.map(lambda data: add_readings(known, TomlFile("random.toml", "", data)).readings)


@st.composite
def reading_documents(draw: DrawFn, said: Phrasing) -> Table:
    """The same as it stands in a `readings.toml`."""
    names = [name for name in READINGS if name not in said.vocabulary.fields]
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
    return {"schema": 1, "reading": [draw(_reading(name, said)) for name in chosen]}


@st.composite
def _reading(draw: DrawFn, name: str, said: Phrasing) -> Table:
    low, high = draw(st.sampled_from(RANGES))
    values = st.integers(0, 10).map(lambda tenths: low + (high - low) * tenths / 10)
    found = {"id": name, "title": draw(texts()), "range": [low, high], "start": draw(values)}
    numeric = [field.name for field in said.vocabulary.fields.values() if field.type in NUMERIC]
    has_field = draw(st.booleans())
    if numeric and has_field:
        found["from"] = draw(st.sampled_from(numeric))
    starts = range(draw(st.integers(0, 1)))
    found["starts"] = [{"when": draw(said.at_start), "set": draw(values)} for _ in starts]
    found["cues"] = [draw(_cue(values, said)) for _ in range(draw(st.integers(0, 4)))]
    return found


@st.composite
def _cue(draw: DrawFn, values: SearchStrategy[float], said: Phrasing) -> Table:
    moved = {"set": draw(values)} if draw(st.booleans()) else {"add": draw(STEPS)}
    return {"on": draw(said.by_others | said.by_anybody), **moved}
