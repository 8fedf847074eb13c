"""What a plugin brings as data: rubrics without a doubt, texts in all languages, cases that come out."""

from __future__ import annotations

from collections.abc import Iterator

from palvelumittari.authoring.trying import Tried, try_case
from palvelumittari.plugins.stock import problems_of
from palvelumittari.testing.contract.breach import Breach, breaches_of
from palvelumittari.testing.contract.subject import Subject
from palvelumittari.words.errors import PalvelumittariError
from palvelumittari.words.text import Text


def check_rubrics(subject: Subject) -> Iterator[Breach]:
    """Whatever `rubric check` warns of; the errors have kept the plugin from loading."""
    catalog = subject.meter.catalog
    yield from breaches_of(problems_of(subject.rubrics, catalog.rubrics, catalog.terms))


def check_texts(subject: Subject) -> Iterator[Breach]:
    """Titles of its acts, tags, fields and readings that lack a language; those of rubrics are told above."""
    for what, title in _titles(subject):
        yield from _check_title(what, title)


def _check_title(what: str, title: Text) -> Iterator[Breach]:
    missing = title.missing()
    if missing:
        languages = " and ".join(missing)
        yield Breach(f"the title of the {what} lacks its translation to {languages}", hint=f"add {missing[0]} = ...")


def _titles(subject: Subject) -> Iterator[tuple[str, Text]]:
    terms, origin = subject.meter.catalog.terms, subject.status.entry_point
    for act in terms.vocabulary.acts.values():
        if act.origin == origin:
            yield f"{'group' if act.is_group else 'act'} `{act.id}`", act.title
    others = (("tag", terms.vocabulary.tags), ("field", terms.vocabulary.fields), ("reading", terms.readings))
    for kind, named in others:
        for name, one in named.items():
            if one.origin == origin:
                yield f"{kind} `{name}`", one.title


def check_cases(subject: Subject) -> Iterator[Breach]:
    """Cases that cannot be read, get another verdict than they expect, or lack a language."""
    for case in subject.cases:
        try:
            tried = try_case(subject.meter, case.file)
        except PalvelumittariError as error:
            yield from breaches_of(error.problems)
        else:
            yield from _check_tried(tried)


def _check_tried(tried: Tried) -> Iterator[Breach]:
    case = tried.case
    for each in tried.differences:
        because = f": {each.because}" if each.because else ""
        differs = f"{each.what}: expected {each.expected}, got {each.actual}{because}"
        what = f"the case `{case.id}` does not come out: {differs}"
        yield Breach(what, hint="change the rubric or the expectation, never what happened", on=case.encounter)
    yield from _check_title(f"case `{case.id}`", case.title)
