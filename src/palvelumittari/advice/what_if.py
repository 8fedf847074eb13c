"""What if: the verdict on an encounter compared with that on the same in another situation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from palvelumittari.advice.retelling import Which, retell
from palvelumittari.advice.situations import check_fields, said_of, with_fields
from palvelumittari.records.comparison import Comparison
from palvelumittari.records.encounter import Encounter, Event
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import EncounterError, raise_errors


@attrs.frozen(kw_only=True)
class Otherwise:
    """What is other in a what-if; see `Meter.what_if`.

    `fields` are context fields by their dotted names. `rubric` is the id of another rubric.
    """

    fields: Mapping[str, Any] = attrs.field(factory=dict)
    add: Sequence[str | Event] = ()
    remove: Sequence[Which] = ()
    replace: Mapping[Which, str] = attrs.field(factory=dict)
    rubric: str | None = None


def compare(
    encounter: Encounter, other: Otherwise, vocabulary: Vocabulary, score: Callable[[Encounter, str | None], Verdict]
) -> Comparison:
    """The verdicts on an encounter as it was and with what is other, by a function that scores with a rubric.

    Raises:
        EncounterError: If a field, an event or a line is wrong; and what `score` raises.
    """
    raise_errors(check_fields(other.fields, vocabulary), EncounterError)
    before = score(encounter, None)
    retold = retell(encounter, vocabulary, add=other.add, remove=other.remove, replace=other.replace)
    after = score(with_fields(retold.encounter, other.fields), other.rubric)
    rubric = (f"rubric = {other.rubric}",) if other.rubric else ()
    changes = (*said_of(other.fields), *rubric, *retold.said)
    return Comparison(encounter=encounter.id, changes=changes, before=before, after=after)
