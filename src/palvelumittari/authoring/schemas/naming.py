"""The kinds of files that have a schema, what their schemas are called, and how a TOML file names its schema."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import PurePath

from palvelumittari.authoring.trying import SUFFIX


class Kind(StrEnum):
    """What a schema describes; its value is the name of the schema."""

    ENCOUNTER = "encounter"
    CASE = "case"
    RUBRIC = "rubric"
    READINGS = "readings"
    VOCABULARY = "vocabulary"
    VERDICT = "verdict"


DIRECTIVE = "#:schema "
"""How the first line of a TOML file begins that names its schema; editors read what follows as a path from the file."""


def file_name(kind: Kind) -> str:
    """The name of the file that holds a schema: `rubric.schema.json`."""
    return f"{kind}.schema.json"


def kind_of_toml(name: str) -> Kind:
    """What a TOML file of ours is, told by its name: everything that is named otherwise is a rubric.

    >>> kind_of_toml("rude.case.toml"), kind_of_toml("vocabulary.toml"), kind_of_toml("taxi.toml")
    (<Kind.CASE: 'case'>, <Kind.VOCABULARY: 'vocabulary'>, <Kind.RUBRIC: 'rubric'>)
    """
    if name.endswith(SUFFIX):
        return Kind.CASE
    known = {f"{kind}.toml": kind for kind in (Kind.VOCABULARY, Kind.READINGS)}
    return known.get(name, Kind.RUBRIC)


def directive(file: PurePath, schemas: PurePath) -> str:
    """The first line of a TOML file of ours: where its schema lies, `schemas` being the folder that holds them all.

    >>> directive(PurePath("rubrics/taxi/taxi.toml"), PurePath("docs/schema"))
    '#:schema ../../docs/schema/rubric.schema.json'
    """
    target = schemas / file_name(kind_of_toml(file.name))
    return DIRECTIVE + PurePath(os.path.relpath(target, file.parent)).as_posix()
