"""`palvelumittari relationship`: the step on which a customer stands after a history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from palvelumittari.cli.rollup_view import form_option, names_option, show, telling_option
from palvelumittari.cli.score_stream import Scorer
from palvelumittari.cli.session import Session, language_option, pass_session, rubric_option, source_option
from palvelumittari.cli.verdict_sources import Sourced, VerdictSources
from palvelumittari.records.episode import Episode
from palvelumittari.records.relationship import RelationStep
from palvelumittari.records.word_of_mouth import WordOfMouth
from palvelumittari.rollup import make_relationship, make_word_of_mouth

_STEPS = [step.value for step in RelationStep if step is not RelationStep.FORMER]


@click.command(short_help="Tell where a customer stands after a history of encounters.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@source_option
@rubric_option
@form_option
@names_option
@click.option(
    "--start",
    type=click.Choice(_STEPS),
    help="The step before the first encounter; by default what the first encounter that knows it says of "
    "customer.relationship, else consumer.",
)
@telling_option
@language_option
@pass_session
def relationship(
    session: Session, /, files: tuple[str, ...], source: str | None, rubrics: tuple[str, ...], form: str, **options: Any
) -> None:
    """Tell on which of five steps, from chance visitor to advocate, the customer stands after the encounters in FILES.

    FILES are one customer's encounters, verdicts as `score -f json` writes them, or episodes as `episode -f json` does,
    in their order; - is standard input. How many people hear of the last one stands beside, and grows with the step.
    """
    language = options["language"]
    meter, chosen = session.meter_with(rubrics)
    found = VerdictSources(Scorer(meter, chosen, language, source), (Episode,)).gather(files)
    made = make_relationship(
        [each.record for each in found],
        start=options["start"] or _noted_start(found),
        emotional=meter.emotional_criteria,
        names=options["names"],
    )
    show(made, form, language, beside=_told(found, made.step, options["model"]))


def _noted_start(found: list[Sourced]) -> str | None:
    """What the first encounter that knows it says of the step."""
    noted = (each.encounter.field_value("customer.relationship") for each in found if each.encounter is not None)
    return next(filter(None, noted), None)


def _told(found: list[Sourced], step: RelationStep, model: str) -> Iterator[WordOfMouth]:
    """What to expect of the talk after the last encounter that has a score."""
    scored = [each.record for each in found if each.record.score is not None]
    if scored:
        yield make_word_of_mouth(scored[-1], model=model, step=step)
