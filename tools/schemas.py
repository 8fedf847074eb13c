"""Write the published JSON Schemas, and into the first line of every shipped TOML file where its schema lies.

    python tools/schemas.py            say what is not up to date, and end with 1 if anything is not
    python tools/schemas.py --update   bring it up to date

Whoever changes what a file may hold, or adds a rubric, a vocabulary, readings or a case, runs it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from palvelumittari.authoring.schemas import DIRECTIVE, Kind, directive, file_name, schema_text, write_schemas

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "docs" / "schema"


def shipped() -> list[Path]:
    """Every TOML file of ours that ships with the engine or with a plugin of this repository."""
    return sorted([*ROOT.glob("rubrics/**/*.toml"), *ROOT.glob("plugins/*/src/**/*.toml")])


def with_directive(file: Path, text: str) -> str:
    """The text of a file with the right first line; all else stays as it is."""
    wanted = directive(file, SCHEMAS)
    first, _, rest = text.partition("\n")
    return f"{wanted}\n{rest if first.startswith(DIRECTIVE) else text}"


def outdated() -> Iterator[str]:
    """What is not up to date, one sentence each."""
    for kind in Kind:
        file = SCHEMAS / file_name(kind)
        if not file.is_file() or file.read_text("utf-8") != schema_text(kind):
            yield f"{file.relative_to(ROOT)} is not what the code says"
    for file in shipped():
        if not file.read_text("utf-8").startswith(directive(file, SCHEMAS) + "\n"):
            yield f"{file.relative_to(ROOT)} must begin with the line {directive(file, SCHEMAS)}"


def update() -> None:
    """Write the schemas, and the first lines that are wrong or missing."""
    write_schemas(SCHEMAS)
    for file in shipped():
        old = file.read_bytes().decode("utf-8")
        new = with_directive(file, old)
        if new != old:
            file.write_bytes(new.encode("utf-8"))


def main(arguments: list[str]) -> int:
    """Bring everything up to date if asked to; 1 if something is not."""
    if "--update" in arguments:
        update()
    sentences = list(outdated())
    for sentence in sentences:
        print(sentence)
    return int(bool(sentences))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
