"""What the page of a rubric says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from palvelumittari.authoring.pages import Note, Part, rubric_page
from palvelumittari.hookspecs import hookimpl
from palvelumittari.meter import Meter
from palvelumittari.scoring import MODELS
from palvelumittari.words.text import LANGUAGES

HEAD = 'schema = 1\nid = "{id}"\nversion = "1.0.0"\ntitle = {{ en = "{id}" }}\n'
PARENT = """\
[[criterion]]
id = "one"
role = "must"
weight = 2
title = { en = "One" }
responds = { after = "customer.ask", with = "staff.answer" }
[[criterion.situation]]
when = "customer.regular"
weight = 1
[[criterion]]
id = "two"
role = "bonus"
weight = 1
title = { en = "Two" }
grades = { acts = [{ act = "staff.nod", is = 1 }, { act = "staff.smile", is = 1 }], pick = "best" }
[[criterion]]
id = "old"
role = "linear"
weight = 1
lifecycle = "retired"
title = { en = "Old" }
shows = { act = "staff.greet" }
[[criterion]]
id = "gone"
role = "linear"
weight = 1
title = { en = "Gone" }
shows = { act = "staff.greet" }
"""
CHILD = """\
extends = ["parent"]
drop = ["parent/gone"]
[scoring]
model = "lowest"
[override."parent/one"]
weight = 3
caps = "none"
title = { en = "Uno" }
when = "customer.regular"
refines = "parent/two"
why = "Ours."
responds = { with = "staff.explain", within = "5 s" }
[[override."parent/one".situation]]
when = "customer.regular"
weight = 2
[override."parent/two".grades]
acts = [{ act = "staff.nod", is = 1 }]
"""
GRANDCHILD = """\
extends = ["child"]
[override."parent/one"]
instead = ["answer"]
why = "Ours, and theirs."
situation = []
"""


@cache
def everything() -> Meter:
    """All rubrics that ship."""
    return Meter()


@pytest.fixture
def family(tmp_path: Path) -> Meter:
    """Three generations."""
    paths = []
    for name, text in (("parent", PARENT), ("child", CHILD), ("grandchild", GRANDCHILD)):
        paths.append(tmp_path / f"{name}.toml")
        paths[-1].write_text(HEAD.format(id=name) + text, encoding="utf-8")
    return Meter(rubrics=paths, installed=False)


def parts_in(part: Part) -> Iterator[Part]:
    """A part with all inside it."""
    yield part
    for inner in part.parts:
        yield from parts_in(inner)


def lines(notes: tuple[Note, ...], depth: int = 0) -> Iterator[str]:
    """Notes as lines."""
    for note in notes:
        yield "  " * depth + (f"{note.label}: {note.text}" if note.label else note.text)
        yield from lines(note.notes, depth + 1)


def criterion(page: Part, name: str) -> list[str]:
    """What a page says of a criterion."""
    return list(lines(next(part for part in parts_in(page) if part.name == name).notes))


def test_what_a_child_changes_is_told_key_by_key(family: Meter) -> None:
    """With what was there before."""
    assert criterion(rubric_page(family, "child", "en"), "parent/one") == [
        "must, weight 3, never holds the verdict down",
        "Applies when “regular customer” is noted.",
        "Judged instead of: “Two” (parent/two)",
        "Was it answered?",
        "  after: “question” (customer)",
        "  answered by: “explanation” (staff)",
        "  within: 5 s",
        "When “regular customer” is noted:",
        "  weight: 2",
        "Why: Ours.",
        "Changed by child:",
        "  title: Uno instead of One",
        "  weight: 3 instead of 2",
        "  holds the band down: no instead of yes",
        "  Judged instead of: “Two” (parent/two); nothing was said before",
        "  applies when: “regular customer” is noted; nothing was said before",
        "  Why: Ours.",
        "    Nothing was said before.",
        "  answered by: “explanation” (staff) instead of “answer” (staff)",
        "  within: 5 s; nothing was said before",
        "  It was before:",
        "    When “regular customer” is noted:",
        "      weight: 1",
    ]


def test_a_scale_that_changed_is_told_whole(family: Meter) -> None:
    """Its steps have no names by which they could be compared."""
    told = criterion(rubric_page(family, "child", "en"), "parent/two")
    assert told[-6:] == [
        "Changed by child:",
        "  It was before:",
        "    How well was it done?",
        "      worth 100%: “nod” (staff)",
        "      worth 100%: “smile” (staff)",
        "      what counts: the best of them",
    ]
    assert "Steps back where this is judged: “Uno” (parent/one)" in told


def test_changed_situations_stand_in_a_row_without_their_colons() -> None:
    """What was there before follows."""
    page = rubric_page(everything(), "library_desk/desk", "en")
    (told,) = [line for line in criterion(page, "service/warmth") if line.startswith("  situations: ")]
    new, old = told.split(" instead of ")
    assert "; Others are waiting, when " in new
    assert old.startswith("Others are waiting, when ")
    assert ":" not in told.removeprefix("  situations: ")


def test_every_generation_tells_its_changes(family: Meter) -> None:
    """Parents first."""
    told = criterion(rubric_page(family, "grandchild", "en"), "parent/one")
    assert told[told.index("Changed by grandchild:") :] == [
        "Changed by grandchild:",
        "  situations: no longer When “regular customer” is noted",
        "  To do instead: “answer”; nothing was said before",
        "  Why: Ours, and theirs.",
        "    It was before: Ours.",
    ]
    assert told.index("Changed by child:") < told.index("Changed by grandchild:")


def test_what_is_left_out_is_named_with_its_fate(family: Meter) -> None:
    """Dropped by whom, or retired."""
    page = rubric_page(family, "child", "en")
    (left_out,) = [part for part in page.parts if part.title == "Left out"]
    assert list(lines(left_out.notes)) == [
        "“Old” (parent/old): no longer judged",
        "“Gone” (parent/gone): dropped by child",
    ]


def test_the_head_says_what_a_rubric_is(family: Meter) -> None:
    """What it serves, rests on, and how many of its criteria are its own."""
    page = rubric_page(family, "child", "en")
    assert (page.title, page.name) == ("child", "child 1.0.0")
    told = list(lines(page.notes))
    assert told[:2] == ["For: Everything that has no rubric of its own.", "Rests on: parent (parent 1.0.0)"]
    assert told[-1] == "Criteria: 2, of which 0 are its own"
    assert page.parts[0].notes[0].text.startswith("The worst criterion decides (the model lowest). A loss weighs 1.5")


def test_the_model_of_a_plugin_is_named(tmp_path: Path) -> None:
    """The engine has no words for it."""
    plugin = ModuleType("palvelumittari_stars")
    plugin.palvelumittari_scoring_models = hookimpl(lambda: {"stars.most": MODELS["mean"]})  # type: ignore[attr-defined]
    path = tmp_path / "starry.toml"
    path.write_text(HEAD.format(id="starry") + '[scoring]\nmodel = "stars.most"\ndoubt = 0.5\n', encoding="utf-8")
    page = rubric_page(Meter([plugin], rubrics=[path], installed=False), "starry", "fi")
    assert page.parts[0].notes[0].text == (
        "Malli stars.most laskee pisteet. Tappio painaa 1,5-kertaisesti voittoon verrattuna. Mitä vähemmän näyttöä on, "
        "sitä lähempänä keskikohtaa pisteet ovat; epävarmuus vastaa painoa 0,5."
    )
    assert [part.title for part in page.parts] == ["Miten pisteet lasketaan"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(everything().catalog.rubrics))
def test_every_rubric_has_a_page_in_every_language(name: str, language: str) -> None:
    """With every criterion and reading, and no condition left in signs."""
    page = rubric_page(everything(), name, language)
    united = everything().rubric(name)
    named = {part.name for part in parts_in(page)}
    assert named >= {criterion.id for criterion in united.criteria} | set(united.readings)
    text = "\n".join(line for part in parts_in(page) for line in lines(part.notes))
    assert not [
        sign for sign in ("==", "!=", ">=", "<=", "ever(", "always(", "seen(", " < ", " > ", "#") if sign in text
    ]


def test_another_language_is_answered_in_english() -> None:
    """As everywhere."""
    assert rubric_page(everything(), "service", "et") == rubric_page(everything(), "service", "en")
