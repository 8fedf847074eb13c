"""Comparing two rubrics: every change, the level of each, and the version that they call for."""

from __future__ import annotations

from collections.abc import Iterator

from palvelumittari.authoring.difference.criteria import CriterionChanges
from palvelumittari.authoring.difference.edition import Edition
from palvelumittari.authoring.difference.heads import changes_of_head, changes_of_layout
from palvelumittari.authoring.difference.proof import Prover, known_to
from palvelumittari.authoring.difference.records import Change, Difference, Fit, Kind, Level, Reason, Subject
from palvelumittari.authoring.difference.terms import changes_of_terms
from palvelumittari.authoring.difference.versions import fit_of, next_version
from palvelumittari.meter import Meter


def compare(old: Meter, old_id: str, new: Meter, new_id: str) -> Difference:
    """What changed from one rubric to another, inherited parts included, and which version that calls for.

    Args:
        old: The meter that knows the old version.
        old_id: Its id.
        new: The meter that knows the new version; two versions of one id need a meter each.
        new_id: Its id.

    Returns:
        The changes, major ones first. For a difference of level minor or less, every encounter that the old version
        serves and its vocabulary allows has the same score and band under both.

    Raises:
        RubricError: If a meter has no rubric of the id.
    """
    before, after = Edition(old, old_id), Edition(new, new_id)
    changes = sorted(_changes(before, after), key=lambda change: -change.level.rank)
    level = max((change.level for change in changes), key=lambda level: level.rank, default=Level.NONE)
    needed = next_version(before.document.version, level)
    fit = fit_of(before.document.version, after.document.version, needed)
    if old_id != new_id:
        needed, fit = after.document.version, Fit.ANOTHER
    return Difference(
        old=before.ref, new=after.ref, level=level, needed_version=needed, fit=fit, changes=tuple(changes)
    )


def _changes(old: Edition, new: Edition) -> Iterator[Change]:
    known = known_to(old)
    provers = (
        Prover(known, old.vocabulary, old.terms.readings),
        Prover(known, new.vocabulary, new.terms.readings),
    )
    yield from changes_of_head(old, new)
    yield from CriterionChanges(old=old, new=new, provers=provers).found()
    yield from changes_of_terms(old, new, provers)
    yield from _changes_of_code(old, new)
    yield from changes_of_layout(old, new)


def _changes_of_code(old: Edition, new: Edition) -> Iterator[Change]:
    """The plugins' functions and the scoring model that stand behind their names; what they do cannot be seen."""
    before, after = old.terms, new.terms
    for name in sorted(old.functions & new.functions):
        if before.functions[name] is not after.functions[name]:
            yield _code("function", name)
    model = new.rubric.scoring.model
    if old.rubric.scoring.model == model and before.models[model] is not after.models[model]:
        yield _code("model", model)


def _code(key: str, name: str) -> Change:
    return Change(subject=Subject.SCORING, kind=Kind.CHANGED, reason=Reason.SCORES, id=name, key=f"{key}.code")
