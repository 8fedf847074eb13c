"""The pages of the shipped rubrics, made from the rubrics themselves: `docs/rubrics/`.

python docs/rubric_pages.py             tell which pages are not what comes out
python docs/rubric_pages.py --update    write them anew
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import palvelumittari as pm
from palvelumittari.authoring.pages import Note, Part, page_in_markdown, rubric_page
from palvelumittari.reading.case_file import read_case
from palvelumittari.reading.choosing import choose
from palvelumittari.reading.toml_file import read_toml
from palvelumittari.records.case import Case

FOLDER = Path(__file__).parent / "rubrics"
LANGUAGE = "en"

_INDEX = """\
# Shipped rubrics

Each page tells one rubric in full, with all that it inherits, in words that can be read aloud. They are made from the
rubrics by `docs/rubric_pages.py`. `palvelumittari rubric show ID -f markdown` makes them, too, and with `--lang fi` or
`--lang sv` in Finnish or Swedish.

| rubric | what it is for | its own criteria | cases that hold it to its word |
|---|---|---|---|
"""


@cache
def everything() -> pm.Meter:
    """A meter with all shipped plugins."""
    return pm.Meter()


def pages() -> Mapping[str, str]:
    """Every page by the name of its file, the index first."""
    names = sorted(everything().catalog.rubrics, key=lambda name: (name != "service", name))
    return {"index.md": index(names), **{file_name(name): page(name) for name in names}}


def file_name(rubric: str) -> str:
    """The file of a rubric's page: `taxi-ride.md`."""
    return rubric.replace("/", "-") + ".md"


def page(name: str) -> str:
    """The page of a rubric, with the cases that are judged by it."""
    found = rubric_page(everything(), name, LANGUAGE)
    notes = tuple(Note(case.title.said_in(LANGUAGE), case.id) for case in cases(name))
    proof = Part(title="Cases that hold it to its word", notes=notes)
    return page_in_markdown(Part(title=found.title, name=found.name, notes=found.notes, parts=(*found.parts, proof)))


def index(names: list[str]) -> str:
    """The page that names all others."""
    listed = "\n".join(file_name(name).removesuffix(".md") for name in names)
    return _INDEX + "".join(map(_row, names)) + f"\n```{{toctree}}\n:maxdepth: 1\n:hidden:\n\n{listed}\n```\n"


def _row(name: str) -> str:
    document = everything().catalog.rubrics[name].document
    summary = (document.summary or document.title).said_in(LANGUAGE).replace("|", "\\|")
    cells = (f"[{name}]({file_name(name)})", summary, str(len(document.criterion)), str(len(cases(name))))
    return f"| {' | '.join(cells)} |\n"


@cache
def cases(rubric: str) -> tuple[Case, ...]:
    """The cases that a rubric judges, by id."""
    return tuple(sorted((case for name, case in _judged() if name == rubric), key=lambda case: case.id))


@cache
def _judged() -> tuple[tuple[str, Case], ...]:
    return tuple(_each())


def _each() -> Iterator[tuple[str, Case]]:
    """Every case with each rubric that judges it."""
    meter = everything()
    for known in meter.catalog.cases:
        case = read_case(read_toml(known.file), meter.vocabulary)
        for name in choose(case.encounter, meter.catalog.rubrics).rubrics:
            yield name, case


def outdated() -> list[str]:
    """The names of pages that are missing, not what comes out, or left over."""
    made = pages()
    there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
    return sorted(name for name in {*made, *there} if made.get(name) != there.get(name))


def update() -> None:
    """Write every page anew, and remove those that nothing makes any more."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for name in outdated():
        if name in made:
            (FOLDER / name).write_text(made[name], encoding="utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()


def main(arguments: list[str]) -> int:
    """Compare or write all pages; 1 if something differs."""
    found = outdated()
    if "--update" in arguments:
        update()
    for name in found:
        print(f"{'updated' if '--update' in arguments else 'outdated'}: {name}")
    return int(bool(found) and "--update" not in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
