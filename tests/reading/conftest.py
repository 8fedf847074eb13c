"""A small vocabulary with readings, a universal rubric, and ways to ask what is wrong with a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from palvelumittari.reading.readings_file import add_readings
from palvelumittari.reading.rubric_file import RubricFile, read_rubric
from palvelumittari.reading.terms import Terms
from palvelumittari.reading.toml_file import parse_toml
from palvelumittari.reading.uniting import check_rubric
from palvelumittari.reading.vocabulary_file import EMPTY, add_vocabulary
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import Problem

VOCABULARY = """\
schema = 1
[act]
greet      = { title = { en = "greeting" }, modalities = ["speech"] }
say        = { title = { en = "word" }, modalities = ["speech"] }
small_talk = { title = { en = "small talk" }, modalities = ["speech"] }
joke       = { title = { en = "joke" }, kind_of = ["small_talk"] }
minimal    = { title = { en = "minimal reply" }, modalities = ["speech"] }
quiet      = { title = { en = "quiet" }, modalities = ["body"] }
bid        = { title = { en = "bid" }, modalities = ["gaze"], by = ["customer", "companion"] }
charge     = { title = { en = "charge" }, modalities = ["task"], by = ["staff"], core = true }
fault      = { title = { en = "fault" }, modalities = ["system"], by = ["system"] }
[group]
attend = { title = { en = "attention" }, acts = ["greet", "small_talk"] }
[tag]
lengthened = { title = { en = "drawn out" } }
hedged     = { title = { en = "hedged" } }
[field]
"setting.queue"    = { type = "count", title = { en = "queue" } }
"setting.pace"     = { type = "choice", title = { en = "pace" }, values = ["quiet", "normal", "busy"] }
"setting.severity" = { type = "number", title = { en = "severity" }, range = [0, 1] }
"customer.regular" = { type = "flag", title = { en = "regular" } }
"customer.name"    = { type = "text", title = { en = "name" } }
"""

READINGS = """\
schema = 1
[[reading]]
id    = "talk"
title = { en = "Appetite for talk" }
start = 0.5
cues  = [{ on = "customer.minimal #lengthened", set = 0.2 }, { on = "customer.small_talk", add = 0.3 }]

[[reading]]
id    = "din"
title = { en = "Noise, which staff make too" }
cues  = [{ on = "*.joke", add = 0.1 }]
"""

SERVICE = """\
schema  = 1
id      = "service"
version = "1.0.0"
title   = { en = "Service", fi = "Palvelu", sv = "Service" }

[[criterion]]
id     = "greeting"
role   = "must"
weight = 2
title  = { en = "Greeting", fi = "Tervehdys", sv = "Hälsning" }
why    = "A test."
shows  = { act = "staff.greet" }

[[criterion]]
id     = "pace"
role   = "penalty"
weight = 3
title  = { en = "Pace", fi = "Tahti", sv = "Takt" }
why    = "A test."
when   = "customer.regular"
[criterion.prompt]
after  = "customer.bid"
act    = "staff.charge"
full   = "5 s"
none   = "90 s"
"""


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Nine acts, a group, two tags and five fields."""
    return add_vocabulary(EMPTY, parse_toml(VOCABULARY, "vocabulary.toml"), "core")


@pytest.fixture(scope="session")
def terms(vocabulary: Vocabulary) -> Terms:
    """The vocabulary with a reading that the customer moves and one that staff move too."""
    plain = Terms(vocabulary=vocabulary, functions={"taxi.route": len}, models={"ledger": len, "mean": len})
    return add_readings(plain, parse_toml(READINGS, "readings.toml"), "core")


Load = Callable[..., dict[str, RubricFile]]
Check = Callable[..., list[Problem]]


@pytest.fixture
def load() -> Load:
    """Makes rubric files of texts, by id, with the universal rubric."""

    def load(*texts: str) -> dict[str, RubricFile]:
        files = [read_rubric(parse_toml(text, "a.toml"), "somebody") for text in (SERVICE, *texts)]
        return {file.id: file for file in files}

    return load


@pytest.fixture
def rubric() -> Callable[..., str]:
    """Makes the text of a rubric from its id and what follows its title."""

    def text(identity: str, rest: str = "", *, extends: str = '"service"', sectors: str = "") -> str:
        return f"""\
schema  = 1
id      = "{identity}"
version = "1.0.0"
extends = [{extends}]
sectors = [{sectors}]
title   = {{ en = "A", fi = "B", sv = "C" }}
{rest}"""

    return text


@pytest.fixture
def criterion() -> Callable[..., str]:
    """Makes the text of a criterion without fault, but for the keys that are given."""

    def text(rest: str, identity: str = "own", **keys: str | None) -> str:
        plain = {"role": '"penalty"', "weight": "1", "title": '{ en = "A", fi = "B", sv = "C" }', "why": '"A test."'}
        lines = [f"{key} = {value}" for key, value in {**plain, **keys}.items() if value is not None]
        return "\n".join(["[[criterion]]", f'id = "{identity}"', *lines, rest, ""])

    return text


@pytest.fixture
def check(load: Load, terms: Terms) -> Check:
    """Tells what is wrong with the last of some rubrics."""

    def check(*texts: str) -> list[Problem]:
        files = load(*texts)
        return check_rubric(list(files.values())[-1], files, terms)

    return check


@pytest.fixture
def faults(check: Check, rubric: Callable[..., str], criterion: Callable[..., str]) -> Check:
    """Tells what is wrong with a rubric of one criterion, made of its measure and its keys."""

    def faults(rest: str, **keys: str | None) -> list[Problem]:
        return check(rubric("own", criterion(rest, **keys)))

    return faults
