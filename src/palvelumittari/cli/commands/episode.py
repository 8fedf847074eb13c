"""`palvelumittari episode`: what became of one matter over several encounters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from palvelumittari.cli.rollup_view import form_option, names_option, show, telling_option
from palvelumittari.cli.score_stream import Scorer
from palvelumittari.cli.session import Session, language_option, pass_session, rubric_option, source_option
from palvelumittari.cli.verdict_sources import VerdictSources
from palvelumittari.records.episode import Episode
from palvelumittari.records.word_of_mouth import WordOfMouth
from palvelumittari.rollup import make_episode, make_word_of_mouth


@click.command(short_help="Tell what became of one matter over several encounters.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@source_option
@rubric_option
@form_option
@names_option
@click.option(
    "--earlier-failures",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="How many failures this customer met here before this matter (0).",
)
@telling_option
@language_option
@pass_session
def episode(
    session: Session, /, files: tuple[str, ...], source: str | None, rubrics: tuple[str, ...], form: str, **options: Any
) -> None:
    """Tell what became of one matter over the encounters in FILES: what failed, and how well it was put right.

    FILES are encounters in their order: cases (*.case.toml), JSON, NDJSON, .timeline or what a plugin reads; - is
    standard input. Only what happened belongs here. How many people hear of it stands beside the score, never in it.
    """
    language = options["language"]
    meter, chosen = session.meter_with(rubrics)
    sources = VerdictSources(Scorer(meter, chosen, language, source))
    encounters, verdicts = sources.encounters(files, "episode")
    made = make_episode(
        encounters,
        verdicts,
        meter.vocabulary,
        names=options["names"],
        earlier_failures=options["earlier_failures"],
    )
    show(made, form, language, beside=_told(made, options["model"]))


def _told(made: Episode, model: str) -> Iterator[WordOfMouth]:
    if made.score is not None:
        yield make_word_of_mouth(made, model=model)
