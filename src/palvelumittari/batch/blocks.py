"""The core of every batch: a pure function from a block of lines to verdicts, rejects and counts."""

from __future__ import annotations

import json
from io import BytesIO

import attrs

from palvelumittari.batch.summary import Summary, Tally
from palvelumittari.formats import Format, dumps
from palvelumittari.formats.reader import Reader
from palvelumittari.formats.sources import Line, Raw, legible, read_lines
from palvelumittari.meter import Meter
from palvelumittari.reading.encounters import DEFAULT_LIMITS, Limits
from palvelumittari.records.encounter import Encounter
from palvelumittari.words.errors import PalvelumittariError, Place, Problem


@attrs.frozen(kw_only=True)
class Question:
    """What is asked of every encounter.

    `rubric` is the id of a rubric to use instead of those that match, `by` the field by whose value the summary groups,
    `under` the score below which encounters are counted, `limits` how large one may be.
    """

    rubric: str | None = None
    by: str | None = None
    under: float | None = None
    limits: Limits = DEFAULT_LIMITS


@attrs.frozen
class Block:
    """What came of a block: verdicts and rejects as lines of NDJSON, and the counts of both."""

    results: bytes
    rejects: bytes
    summary: Summary


def score_block(
    meter: Meter,
    block: bytes,
    first_line: int = 1,
    first_byte: int = 0,
    *,
    file: str | None = None,
    question: Question = Question(),
) -> Block:
    """What comes of a block of NDJSON.

    The same bytes give the same result, whatever stands around them and whoever calls.

    Args:
        meter: The meter.
        block: Whole lines. Only the last may lack its end, where the file ends, too.
        first_line: The number of the first line in the file, from 1.
        first_byte: The offset of the first byte in the file.
        file: The name of the file, for messages and rejects.
        question: What is asked of each encounter.

    Returns:
        A verdict for each line that can be scored and a reject for each other; blank lines are passed over.
    """
    scorer = _Scorer(meter, file, question)
    stream = BytesIO(block)
    start = 0
    for line in read_lines(stream, question.limits.document_bytes, file):
        if not line.is_blank:
            numbered = attrs.evolve(line, number=first_line - 1 + line.number)
            scorer.take(numbered, first_byte + start)
        start = stream.tell()
    return Block(b"".join(scorer.results), b"".join(scorer.rejects), scorer.tally.summary())


@attrs.define
class _Scorer:
    """Scores lines one by one, and collects what comes of them."""

    meter: Meter
    file: str | None
    question: Question
    results: list[bytes] = attrs.field(factory=list)
    rejects: list[bytes] = attrs.field(factory=list)
    tally: Tally = attrs.field(init=False)
    _reader: Reader[Encounter] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Prepare what all lines share."""
        self.tally = Tally(self.question.under)
        self._reader = Reader(Encounter, self.meter.vocabulary, self.question.limits, self.file, Format.NDJSON)

    def take(self, line: Line, start: int) -> None:
        """Score what stands on a line, or reject it."""
        raw, (encounter, problems) = self._reader.read_line(line)
        if encounter is None:
            cut = _is_cut_short(line)
            self._reject(line.number, start, raw, (_cut_short(self.file, line.number),) if cut else problems)
            return
        try:
            verdict = self.meter.score(encounter, self.question.rubric)
            text = dumps(verdict, format=Format.NDJSON)
        except PalvelumittariError as error:
            self._reject(line.number, start, raw, error.problems)
            return
        self.results.append(text.encode())
        self.tally.add(verdict, _group(encounter, self.question.by))

    def _reject(self, number: int, start: int, raw: Raw, problems: tuple[Problem, ...]) -> None:
        error = "; ".join(in_short(problem) for problem in problems if problem.is_error)
        text = legible(raw).rstrip("\r\n")
        reject = {"file": self.file, "line": number, "byte": start, "error": error, "raw": text}
        self.rejects.append(json.dumps(reject, ensure_ascii=False).encode(errors="replace") + b"\n")
        self.tally.rejected += 1


def in_short(problem: Problem) -> str:
    """A problem on one line, without the file and the line, which stand beside it.

    >>> in_short(Problem("unknown act", Place("a.ndjson", "$.act"), found="'gret'", hint="try greet"))
    "$.act: unknown act (found 'gret'; try greet)"
    """
    expected = f"expected {problem.expected}" if problem.expected else ""
    details = "; ".join(filter(None, (f"found {problem.found}" if problem.found else "", expected, problem.hint)))
    lead = f"{problem.place.path}: " if problem.place.path else ""
    return f"{lead}{problem.what}" + (f" ({details})" if details else "")


def _group(encounter: Encounter, by: str | None) -> str | None:
    """The group of an encounter; the empty text if nobody noted the field, `None` if nothing is grouped."""
    if by is None:
        return None
    value = encounter.field_value(by)
    return "" if value is None else str(value)


def _is_cut_short(line: Line) -> bool:
    """Whether a line is the last of its file and ends in the midst of its JSON."""
    if line.is_cut or bytes(line.raw).endswith(b"\n"):  # type: ignore[arg-type]  # a block is bytes
        return False
    try:
        json.loads(line.raw)
    except ValueError:
        return True
    return False


def _cut_short(file: str | None, line: int) -> Problem:
    return Problem(
        "the file ends in the midst of this line",
        Place(file, line=line),
        expected="a whole JSON object and a line feed",
        hint="the file was cut off, or was still being written; score the line again when it is whole",
    )
