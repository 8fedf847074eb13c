"""What comes of a block of lines: verdicts, rejects, counts; the same for every cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import palvelumittari as pm
from palvelumittari.batch import Block, Question, Summary, score_block
from palvelumittari.meter import Meter
from palvelumittari.reading.encounters import Limits

GOOD = b'{"schema":1,"id":"a","sector":"kiosk","server":{"id":"s1"},"events":[{"by":"server","act":"greet"}]}\n'
BAD = b'{"schema":1,"id":"b","sector":"kiosk","events":[{"by":"server","act":"gret"}]}\n'


def rejects(block: Block) -> list[dict[str, Any]]:
    """The rejects of a block, read."""
    return [json.loads(line) for line in block.rejects.splitlines()]


def test_a_verdict_line_is_what_dumps_writes(meter: Meter) -> None:
    """A batch says neither more nor less than the meter."""
    verdict = meter.score(meter.loads(GOOD))
    assert score_block(meter, GOOD).results.decode() == pm.dumps(verdict, format="ndjson")


def test_a_bad_line_is_rejected_with_all_that_finds_it_again(meter: Meter) -> None:
    """File, line, offset, what is wrong on one line, and the raw line; line and offset count from the file's start."""
    block = score_block(meter, GOOD + BAD, 11, 5000, file="a.ndjson")
    assert rejects(block) == [
        {
            "file": "a.ndjson",
            "line": 12,
            "byte": 5000 + len(GOOD),
            "error": "$.events[0].act: unknown act 'gret' (expected an act of the vocabulary; did you mean `greet`?)",
            "raw": BAD.decode().rstrip("\n"),
        }
    ]
    assert (block.summary.whole.count, block.summary.rejected) == (1, 1)


def test_any_cut_gives_the_same(meter: Meter, lines: Callable[[int], bytes]) -> None:
    """Cut between any two lines, the parts add up to the whole: results, rejects and counts."""
    data = lines(40)
    question = Question(by="server.id", under=50)
    whole = score_block(meter, data, file="x", question=question)
    summary, results, refused, start = Summary(), b"", b"", 0
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        part = score_block(meter, line, number, start, file="x", question=question)
        summary, results, refused = summary + part.summary, results + part.results, refused + part.rejects
        start += len(line)
    assert (results, refused, summary) == (whole.results, whole.rejects, whole.summary)
    assert summary.rejected
    assert summary.whole.count > 20
    assert 0 < summary.below < summary.whole.count


def test_what_is_not_utf_8_is_rejected_and_can_be_read(meter: Meter) -> None:
    """Bytes that are no character stand as `\\xe4`."""
    (reject,) = rejects(score_block(meter, b'{"id": "h\xe4n"}\n'))
    assert reject["raw"] == '{"id": "h\\xe4n"}'
    assert reject["error"].startswith("not UTF-8 (found the byte 0xe4 at offset 9; ")


def test_a_truncated_last_line_has_its_own_message(meter: Meter) -> None:
    """The file was cut, which is not the fault of whoever wrote the line."""
    (reject,) = rejects(score_block(meter, GOOD + GOOD[:30]))
    assert reject["error"] == (
        "the file ends in the midst of this line (expected a whole JSON object and a line feed; "
        "the file was cut off, or was still being written; score the line again when it is whole)"
    )
    assert (reject["line"], reject["byte"], reject["raw"]) == (2, len(GOOD), GOOD[:30].decode())


def test_a_last_line_without_an_end_counts_if_it_is_whole(meter: Meter) -> None:
    """Many programs write no line feed at the end; what is wrong with it otherwise is told as ever."""
    assert score_block(meter, GOOD + GOOD.rstrip()).summary.whole.count == 2
    (reject,) = rejects(score_block(meter, BAD.rstrip()))
    assert reject["error"].startswith("$.events[0].act: unknown act 'gret'")


def test_a_line_that_is_too_long_is_rejected_with_its_beginning(meter: Meter) -> None:
    """Nobody keeps a gigabyte for one bad line; what follows is scored, and placed right."""
    question = Question(limits=Limits(document_bytes=len(GOOD)))
    block = score_block(meter, b"x" * 5000 + b"\n" + BAD + GOOD, question=question)
    first, second = rejects(block)
    assert first["error"] == f"the line is too large (expected at most {len(GOOD)} bytes; split the encounter)"
    assert len(first["raw"]) <= 1000
    assert (second["line"], second["byte"]) == (2, 5001)
    assert block.summary.whole.count == 1


def test_what_cannot_be_scored_is_rejected(meter: Meter) -> None:
    """A rubric that is not there is told for each encounter; the command refuses it before."""
    block = score_block(meter, GOOD, question=Question(rubric="servce"))
    assert block.results == b""
    assert rejects(block)[0]["error"].startswith("there is no rubric `servce` (")


@pytest.mark.parametrize(("by", "groups"), [(None, []), ("server.id", ["s1", ""]), ("channel", ["", "phone"])])
def test_encounters_are_grouped_by_a_field(meter: Meter, by: str | None, groups: list[str]) -> None:
    """What nobody noted is a group of its own; without a field there are no groups."""
    other = b'{"schema":1,"id":"c","channel":"phone","events":[]}\n'
    summary = score_block(meter, GOOD + other, question=Question(by=by)).summary
    assert list(summary.groups.named) == groups
    assert list(summary.sectors.named) == ["kiosk", ""]


def test_scores_below_a_limit_are_counted(meter: Meter) -> None:
    """What has no score is not below."""
    good = GOOD.replace(b'"events"', b'"record":"full","events"')
    score = meter.score(meter.loads(good)).score
    assert score is not None
    data = good + b'{"schema":1,"id":"c","sector":"kiosk","events":[]}\n'
    counts = [score_block(meter, data, question=Question(under=limit)).summary.below for limit in (score, score + 1)]
    assert counts == [0, 1]
    assert attrs.evolve(Question(), under=None) == Question()
