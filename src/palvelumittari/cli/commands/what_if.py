"""`palvelumittari what-if`: the same encounter in another situation, both verdicts side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click
from rich.text import Text

from palvelumittari.advice import Which, value_from_text
from palvelumittari.cli.data_stream import TEXT, format_option, write_records
from palvelumittari.cli.encounter_stream import Asker
from palvelumittari.cli.screen import Screen, band_style, make_screen, styled
from palvelumittari.cli.session import Session, language_option, pass_session, rubric_option, source_option
from palvelumittari.cli.verdict_view import INDENT, show_section
from palvelumittari.meter import Meter
from palvelumittari.records.comparison import Comparison
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.explanations.comparison import reading_lines, score_and_band, standing
from palvelumittari.records.verdict import Finding, Verdict
from palvelumittari.words.phrases import phrase

_SHAPE = "such as setting.queue=0"
_REPLACEMENT = "such as customer.minimal=small_talk"


@click.command("what-if", short_help="Compare an encounter with the same in another situation.")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@click.option("--set", "values", multiple=True, metavar="FIELD=VALUE", help=f"Another value of a field, {_SHAPE}.")
@click.option("--unset", multiple=True, metavar="FIELD", help="Take a field away, as if nobody had noted it.")
@click.option(
    "--add",
    multiple=True,
    metavar="LINE",
    help="Add an event, as the timeline notation writes it: '0:36 customer small_talk: And then?'. It comes where its "
    "time says, else at the end; '@3 customer laugh' comes right after event 3.",
)
@click.option(
    "--remove", multiple=True, metavar="WHICH", help="Leave events out: a number from 1, or such as customer.minimal."
)
@click.option(
    "--replace",
    multiple=True,
    metavar="WHICH=ACT",
    help=f"Let who did them do something else, {_REPLACEMENT}; tags and words may follow the act.",
)
@rubric_option
@click.option("--all", "shows_all", is_flag=True, help="Show the criteria that come out the same, too.")
@format_option
@source_option
@language_option
@pass_session
def what_if(session: Session, /, files: tuple[str, ...], language: str, form: str, **options: Any) -> None:
    """Score each encounter in FILES as it was and in another situation, and show both criterion by criterion.

    All options but --all and those on formats may be repeated and mixed. --rubric scores the second one only.
    """
    meter, chosen = session.meter_with(options["rubrics"])
    asker = Asker(meter, _question(meter, chosen, options), options["source"])
    found = asker.answers(files)
    if form == TEXT:
        _write_text(found, make_screen(), language, shows_all=options["shows_all"])
    else:
        write_records(found, form)
    raise click.exceptions.Exit(asker.ending)


def _question(meter: Meter, rubric: str | None, options: Mapping[str, Any]) -> Any:
    """What to ask of each encounter; raises a usage error if nothing is to be other, or an option has no `=`."""
    fields = _fields(meter, options["values"]) | dict.fromkeys(options["unset"])
    replace: dict[Which, str] = dict(_pair(each, "--replace", _REPLACEMENT) for each in options["replace"])
    if not (fields or replace or options["add"] or options["remove"] or rubric):
        raise click.UsageError("Say what is to be other: --set, --unset, --add, --remove, --replace or --rubric.")

    def ask(encounter: Encounter) -> Comparison:
        return meter.what_if(
            encounter, add=options["add"], remove=options["remove"], replace=replace, rubric=rubric, **fields
        )

    return ask


def _fields(meter: Meter, values: Iterable[str]) -> dict[str, Any]:
    pairs = (_pair(each, "--set", _SHAPE) for each in values)
    return {name: value_from_text(name, text, meter.vocabulary) for name, text in pairs}


def _pair(text: str, option: str, shape: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name.strip() and value.strip()):
        raise click.BadParameter(f"{text!r} is not {shape}", param_hint=option)
    return name.strip(), value.strip()


# --- for people -------------------------------------------------------------------------------------------------


def _write_text(found: Iterable[Comparison], screen: Screen, language: str, *, shows_all: bool) -> None:
    for number, comparison in enumerate(found):
        if number:
            screen.blank()
        show_comparison(screen, comparison, language, shows_all=shows_all)


def show_comparison(screen: Screen, comparison: Comparison, language: str, *, shows_all: bool = False) -> None:
    """What is other, and both verdicts side by side: scores, criteria, readings."""
    screen.heading(comparison.encounter)
    for change in comparison.changes:
        screen.line(change, indent=INDENT, hang=INDENT * 2)
    screen.blank()
    titles = [phrase(f"what_if.{name}", language) for name in ("criterion", "before", "after")]
    screen.table(*titles, rows=_rows(comparison, language, shows_all=shows_all))
    _show_rest(screen, comparison, language, shows_all=shows_all)
    show_section(screen, "showed", reading_lines(comparison, language), language)


def _rows(comparison: Comparison, language: str, *, shows_all: bool) -> Iterator[list[str | Text]]:
    score = styled(phrase("what_if.score", language), "bold")
    yield [score, *(_total(each, language) for each in (comparison.before, comparison.after))]
    for row in comparison.rows if shows_all else comparison.differing:
        title = row.title.said_in(language)
        yield [title, *(_standing(each, language) for each in (row.before, row.after))]


def _total(verdict: Verdict, language: str) -> Text:
    return styled(score_and_band(verdict, language), band_style(verdict.band))


def _standing(finding: Finding | None, language: str) -> Text:
    points = 0 if finding is None else finding.points
    return styled(standing(finding, language), "green" if points > 0 else "red" if points < 0 else "dim")


def _show_rest(screen: Screen, comparison: Comparison, language: str, *, shows_all: bool) -> None:
    """That no criterion differs, or how many do not."""
    same = len(comparison.rows) - len(comparison.differing)
    screen.blank()
    if not comparison.differing:
        screen.line(phrase("what_if.same", language))
    elif not shows_all:
        screen.line(phrase("what_if.rest", language, count=same))
