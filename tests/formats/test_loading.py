"""Reading records from texts, files and streams."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import pytest

from palvelumittari.formats import Limits, Reject, dumps, load, load_many, loads
from palvelumittari.records.encounter import Actor, Channel, Encounter, Event, Modality, Observer, Record, Source
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.words.errors import EncounterError, EncounterWarning


def told(text: str | bytes, vocabulary: Vocabulary, **keys: object) -> str:
    """The message of the error that reading a text ends in."""
    with pytest.raises(EncounterError) as caught:
        loads(text, vocabulary=vocabulary, **keys)  # type: ignore[call-overload]
    return str(caught.value)


# --- what can be read -------------------------------------------------------------------------------------------


def test_every_key_of_an_encounter_is_read(ride: str, vocabulary: Vocabulary) -> None:
    """Times become milliseconds, closed sets become enums, and nothing is left out."""
    encounter = loads(ride, vocabulary=vocabulary)
    assert (encounter.id, encounter.sector, encounter.channel) == ("ride-117", "taxi", Channel.FACE_TO_FACE)
    assert (encounter.observer, encounter.record, encounter.ends_ms) == (Observer.CUSTOMER, Record.EXCERPT, 900_000)
    assert encounter.observed == (Modality.SPEECH, Modality.TASK)
    assert encounter.events[1] == Event(
        Actor.SERVER, "greet", at_ms=2500, text="Iltaa!", detector="fi/greetings", span=(0, 5)
    )
    assert encounter.events[2].addressee is Actor.COMPANION
    assert encounter.source == Source("vcon", "a.json", 0)
    assert encounter.extra["notes"][0]["by"] == "Länsi"


def test_bytes_with_a_mark_are_read(line: str, vocabulary: Vocabulary) -> None:
    """A UTF-8 byte order mark, which some editors write, is no part of the document."""
    assert loads(b"\xef\xbb\xbf" + line.encode(), vocabulary=vocabulary).id == "a"
    assert loads("\ufeff" + line, vocabulary=vocabulary).id == "a"


def test_the_notation_is_known_by_its_looks_and_by_its_name(vocabulary: Vocabulary) -> None:
    """A text that begins like a head is a timeline; so is a file named so, whose stem is the id."""
    text = "# told by Anna\nsector: taxi\nsetting.queue: 2\n\n0:02 server greet: Iltaa!\n"
    encounter = loads(text, vocabulary=vocabulary, name="rides/ride-9.timeline")
    assert encounter == loads(f"id: ride-9\n{text}", vocabulary=vocabulary)
    assert encounter.setting["queue"] == 2


@pytest.mark.parametrize("suffix", [".json", ".ndjson", ".jsonl", ".timeline", ".txt", "", ".data"])
def test_a_file_is_read_whatever_its_suffix(tmp_path: Path, ride: str, vocabulary: Vocabulary, suffix: str) -> None:
    """The suffix tells the format; where it tells nothing the content does."""
    encounter = loads(ride, vocabulary=vocabulary)
    format = {".timeline": "timeline", ".txt": "timeline", ".ndjson": "ndjson", ".jsonl": "ndjson"}.get(suffix, "json")
    file = tmp_path / f"ride{suffix}"
    file.write_text(dumps(encounter, format=format), encoding="utf-8")
    assert load(file, vocabulary=vocabulary) == encounter
    assert load(str(file), vocabulary=vocabulary) == encounter
    assert list(load_many(file, vocabulary=vocabulary)) == [encounter]


def test_streams_of_text_and_of_bytes_are_read(ride: str, vocabulary: Vocabulary) -> None:
    """A stream needs no name, and is not closed: it is the caller's."""
    for stream in (io.StringIO(ride), io.BytesIO(ride.encode())):
        assert load(stream, vocabulary=vocabulary).id == "ride-117"
        assert not stream.closed


def test_an_odd_actor_is_a_warning(line: str, vocabulary: Vocabulary) -> None:
    """An act by an actor who cannot do it loads all the same."""
    with pytest.warns(EncounterWarning, match="`fault` is nothing that the actor `server` does"):
        encounter = loads(line.replace("greet", "fault"), vocabulary=vocabulary)
    assert encounter.events[0].act == "fault"


# --- what is wrong with the content -----------------------------------------------------------------------------


def test_everything_wrong_is_told_at_once_with_line_and_caret(ride: str, vocabulary: Vocabulary) -> None:
    """The message of a misspelt act, a misspelt field and times going backwards, as people see it."""
    text = ride.replace("small_talk", "smal_talk").replace('"queue"', '"quee"').replace('"at": 20', '"at": 1')
    text = text.replace('"who": "Anna", ', "")
    assert (
        told(text, vocabulary, name="ride.json")
        == """\
ride.json:12:15 at $.setting.quee: unknown field 'setting.quee'
      "setting": {"quee": 0, "pace": "quiet"},
                  ^^^^^^^^^
    expected one of pace, queue
    try: did you mean `queue`?
ride.json:18:6 at $.events[2].at: times go backwards: events[2] (`smal_talk`) is at 1 s, but events[1] (`greet`) \
before it is at 2.5 s
        {"at": 1, "by": "server", "act": "smal_talk", "to": "companion", "lasts": 15},
         ^^^^^^^
    expected at least 2.5 s
    try: put the events in order, or leave out the times that are not known
ride.json:18:31 at $.events[2].act: unknown act 'smal_talk'
        {"at": 1, "by": "server", "act": "smal_talk", "to": "companion", "lasts": 15},
                                  ^^^^^^^^^^^^^^^^^^
    expected an act of the vocabulary
    try: did you mean `small_talk`?"""
    )


def test_a_number_is_no_text_and_a_text_no_number(ride: str, vocabulary: Vocabulary) -> None:
    """Nothing is coerced."""
    text = ride.replace('"Iltaa!"', "4").replace('"at": 20', '"at": "20"').replace('"queue": 0', '"queue": "0"')
    message = told(text, vocabulary)
    assert "at $.events[1].text: a value of the wrong kind" in message
    assert "found a whole number (4); expected text" in message
    assert "found text ('20'); expected a number of seconds" in message


def test_an_unknown_key_names_the_nearest_known_one(ride: str, vocabulary: Vocabulary) -> None:
    """A misspelt key is never passed over."""
    message = told(ride.replace('"lasts"', '"last"'), vocabulary)
    assert "at $.events[2].last: unknown key `last`" in message
    assert "did you mean `lasts`?" in message


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ('"schema": 2,', "unknown schema: this version of palvelumittari reads schema 1"),
        ('"schema": true,', "unknown schema"),
        ('"schema": "1",', "unknown schema"),
        ('"schema": 1.0,', "unknown schema"),
        ("", "the key `schema` is missing"),
    ],
)
def test_another_schema_is_told_alone(ride: str, vocabulary: Vocabulary, schema: str, message: str) -> None:
    """Of a file that another version wrote nothing else is judged."""
    text = ride.replace('"schema": 1,', schema).replace("small_talk", "big_talk")
    with pytest.raises(EncounterError) as caught:
        loads(text, vocabulary=vocabulary)
    assert [problem.what.startswith(message) for problem in caught.value.problems] == [True]


def test_a_verdict_is_no_encounter_and_the_other_way_round(ride: str, vocabulary: Vocabulary) -> None:
    """The one mistaken for the other is told in one line, not in twenty unknown keys."""
    assert "this is a verdict" in told('{"schema": 1, "findings": []}', vocabulary)
    assert "this is an encounter" in told(ride, vocabulary, kind=Verdict)
    assert "a verdict cannot stand in the timeline notation" in told("id: a", vocabulary, kind=Verdict)


def test_too_many_events_are_told_before_they_are_read(line: str, vocabulary: Vocabulary) -> None:
    """A limit names what was found, what is allowed and how to raise it."""
    event = '{"at":0,"by":"server","act":"greet"}'
    many = line.replace(event, ",".join([event] * 3))
    message = told(many, vocabulary, limits=Limits(events=2))
    assert "too many events" in message
    assert "found 3 events; expected at most 2" in message
    assert "try: split the encounter" in message
    assert len(loads(many, vocabulary=vocabulary, limits=Limits(events=3)).events) == 3


def test_of_very_many_problems_the_first_are_told(line: str, vocabulary: Vocabulary) -> None:
    """A hostile file costs little, and no problem is hidden by warnings."""
    odd = '{"by":"server","act":"fault"},' * 200
    bad = odd + '{"by":"server","act":"no"},' * 200
    for events, more in ((bad, 1), (odd + '{"by":"server","act":"no"},', 0)):
        with pytest.raises(EncounterError) as caught:
            loads(line.replace('"events":[', f'"events":[{events}'), vocabulary=vocabulary)
        assert len(caught.value.problems) == (101 if more else 1)


# --- what is no record at all -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n\t\n", b"", b"\xef\xbb\xbf", "\ufeff\n"])
def test_an_empty_file_is_told(text: str | bytes, vocabulary: Vocabulary) -> None:
    """Nothing is no encounter."""
    assert told(text, vocabulary, name="ride.json") == "ride.json: the file is empty\n    expected one encounter"
    assert told(text, vocabulary) == "the text is empty\n    expected one encounter"


def test_what_is_not_json_gets_a_caret(ride: str, vocabulary: Vocabulary) -> None:
    """The place where the text stops being JSON is shown."""
    assert (
        told(ride.replace('"queue": 0,', '"queue": 0'), vocabulary, name="ride.json")
        == """\
ride.json:12:26: not JSON: expecting ',' delimiter
      "setting": {"queue": 0 "pace": "quiet"},
                             ^
    found '"pace": "quiet"},'"""
    )
    assert "found the end of the text" in told('{"schema": 1', vocabulary)
    assert "not JSON" in told("hello", vocabulary)


def test_what_is_not_utf8_is_told_with_its_byte(vocabulary: Vocabulary) -> None:
    """The first byte that is not UTF-8 is named, with the letter it was probably meant to be."""
    raw = '{"schema": 1,\n"id": "Hyvää"}'.encode("latin-1")
    assert (
        told(raw, vocabulary, name="ride.json")
        == """\
ride.json:2: not UTF-8
    found the byte 0xe4 at offset 24
    try: save it as UTF-8 (in Latin-1 this byte is `ä`)"""
    )


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        *(("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")),
        *(("utf-32", "UTF-32"), ("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32")),
    ],
)
def test_other_encodings_are_recognised(line: str, vocabulary: Vocabulary, encoding: str, name: str) -> None:
    """UTF-16 and UTF-32 are named, with a byte order mark or without, alone and in streams."""
    raw = line.encode(encoding)
    assert told(raw, vocabulary) == f"not UTF-8\n    found {name}\n    try: save it as UTF-8"
    with pytest.raises(EncounterError, match=name):
        next(load_many(io.BytesIO(raw), vocabulary=vocabulary))


def test_a_stream_of_text_in_another_encoding_is_told(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """A file that the caller opened as UTF-8, and that is not, ends in the same error."""
    file = tmp_path / "ride.json"
    file.write_bytes(b"\xe4")
    with file.open(encoding="utf-8") as stream, pytest.raises(EncounterError, match="0xe4 at offset 0"):
        load(stream, vocabulary=vocabulary)


class Endless(io.RawIOBase):
    """A hundred megabytes in one line; counts what was read of it."""

    def __init__(self) -> None:
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        size = min(len(buffer), 100_000_000 - self.taken)
        buffer[:size] = b"[" * size
        self.taken += size
        return size


def test_a_hundred_megabytes_in_one_line_are_not_read(vocabulary: Vocabulary) -> None:
    """Reading stops at the limit, which the message names."""
    endless = Endless()
    with pytest.raises(EncounterError) as caught:
        load(endless, vocabulary=vocabulary)  # type: ignore[call-overload]
    assert endless.taken < 34_000_000
    assert (
        str(caught.value)
        == """\
the document is too large
    expected at most 33,554,432 bytes
    try: split the encounter; write many encounters as NDJSON, one JSON object a line"""
    )


def test_a_line_of_a_hundred_megabytes_is_passed_over(line: str, vocabulary: Vocabulary) -> None:
    """In a stream the line is rejected by its number, little of it is kept, and the next one is read."""

    class Then(io.BytesIO):
        """Counts the longest piece asked for."""

        longest = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            Then.longest = max(Then.longest, size or -1)
            return super().readline(size)

    stream = Then(line.encode() + b"x" * 3_000_000 + b"\n" + line.encode())
    limits = Limits(document_bytes=1_000)
    first, rejected, last = load_many(stream, vocabulary=vocabulary, limits=limits)
    assert first == last
    assert isinstance(rejected, Reject)
    assert str(rejected.problems[0]).startswith("line 2: the line is too large")
    assert len(rejected.raw) == 1_000
    assert Then.longest == 1 << 20


@pytest.mark.parametrize("text", ["[" * 10_000, '{"a":' * 10_000, "[" * 10_000 + "]" * 10_000])
def test_ten_thousand_deep_nesting_is_told(text: str, vocabulary: Vocabulary) -> None:
    """No recursion error, whether the brackets are closed or not."""
    message = told(text, vocabulary)
    assert "nested too deeply" in message
    assert "expected at most 64 lists and objects inside one another" in message


@pytest.mark.parametrize("depth", [70, 300, 900])
def test_nesting_that_python_could_read_is_told_as_well(ride: str, vocabulary: Vocabulary, depth: int) -> None:
    """The limit does not hang on the depth of the caller's stack."""
    deep = '{"a":' * depth + "1" + "}" * depth
    assert "nested too deeply" in told(ride.replace('{"satisfaction": 2}', deep), vocabulary)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_numbers_that_are_not_finite_are_told_anywhere(ride: str, vocabulary: Vocabulary, number: str) -> None:
    """As a time, as a field and where anything may stand."""
    text = ride.replace("2.5", number).replace('"queue": 0', f'"queue": {number}').replace("0.5", number)
    with pytest.raises(EncounterError) as caught:
        loads(text, vocabulary=vocabulary)
    assert [problem.place.line for problem in caught.value.problems] == [12, 17, 23]
    assert {problem.expected for problem in caught.value.problems} == {"a finite number"}


def test_a_key_that_stands_twice_is_told(ride: str, vocabulary: Vocabulary) -> None:
    """Of two values none is taken silently; objects inside a repeated one are judged by themselves."""
    text = ride.replace('"extra": {', '"extra": {"a": 1}, "extra": {"b": 1, "b": 2, ')
    with pytest.raises(EncounterError) as caught:
        loads(text, vocabulary=vocabulary)
    whats = {problem.what for problem in caught.value.problems}
    assert whats == {"the key 'extra' stands twice in one object", "the key 'b' stands twice in one object"}


@pytest.mark.parametrize("escape", [r"\ud800", r"\udc00", r"a\uDBFF b", r"\ud83d\ud83d\ude00", r"\\ud83d\ude00"])
def test_half_a_surrogate_pair_is_told(ride: str, vocabulary: Vocabulary, escape: str) -> None:
    """In a text, in a key and where anything may stand, so that whatever is read can be written."""
    for old, new in (('"mmmm"', f'"{escape}"'), ('"Länsi"', f'"{escape}"'), ('"satisfaction"', f'"{escape}"')):
        assert "half of a surrogate pair" in told(ride.replace(old, new), vocabulary)


@pytest.mark.parametrize("escape", [r"\ud83d\ude00", r"\\ud800", r"\\\ud83d\ude00", "\U0001f600"])
def test_whole_surrogate_pairs_are_read(ride: str, vocabulary: Vocabulary, escape: str) -> None:
    """An escaped pair is a character, and an escaped backslash before the same letters is none of it."""
    assert loads(ride.replace("Iltaa!", escape + " abcdef"), vocabulary=vocabulary).events[1].text


def test_a_text_with_half_a_pair_is_told(ride: str, vocabulary: Vocabulary) -> None:
    """A Python text may hold what no file can."""
    assert told(ride.replace("Iltaa!", "\ud800"), vocabulary).encode()


def test_a_number_of_five_thousand_digits_is_told(ride: str, vocabulary: Vocabulary) -> None:
    """Python's own limit on digits is never met."""
    message = told(ride.replace('"satisfaction": 2', f'"satisfaction": -{"7" * 5_000}'), vocabulary)
    assert "a whole number of 5,000 digits\n    expected at most 308 digits" in message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "a list at the top, not one encounter"),
        ("[{}, {}]", "write NDJSON: one object a line, without brackets and commas around them"),
        ("3", "found a whole number (3); expected a JSON object"),
        ("null", "found nothing; expected a JSON object"),
        ('"a"', "found text ('a'); expected a JSON object"),
    ],
)
def test_another_value_at_the_top_is_told(text: str, message: str, vocabulary: Vocabulary) -> None:
    """One encounter is one object."""
    assert message in told(text, vocabulary)


def test_several_encounters_are_not_one(line: str, ride: str, vocabulary: Vocabulary) -> None:
    """Whoever asks for one is told how to read many."""
    for text in (line * 2, ride + ride):
        message = told(text, vocabulary)
        assert "more than one encounter" in message
        assert (
            "as NDJSON, one JSON object a line; `palvelumittari score` reads them, and in Python load_many" in message
        )


def test_a_format_must_be_known(line: str, vocabulary: Vocabulary) -> None:
    """A misspelt format names the nearest."""
    assert "did you mean `ndjson`?" in told(line, vocabulary, format="ndjsn")


@pytest.mark.parametrize("read", [load, lambda *args, **keys: next(load_many(*args, **keys))])
def test_what_is_no_file_is_told(tmp_path: Path, vocabulary: Vocabulary, read: object) -> None:
    """A directory, a missing file and a name that no file can have."""
    for path, message in (
        (tmp_path, f"{tmp_path}: this is a directory"),
        (tmp_path / "none.json", f"{tmp_path}/none.json: there is no such file"),
        ("a\0b", "a\N{REPLACEMENT CHARACTER}b: cannot be read: embedded null byte"),
        (tmp_path / ("a" * 300), "cannot be read: File name too long"),
    ):
        with pytest.raises(EncounterError) as caught:
            read(path, vocabulary=vocabulary)  # type: ignore[operator]
        assert message in str(caught.value)


# --- many -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("open_text", [io.StringIO, lambda text: io.BytesIO(text.encode())])
def test_a_bad_line_is_rejected_with_its_number(line: str, vocabulary: Vocabulary, open_text: object) -> None:
    """The rest go on; blank lines count but are nothing."""
    text = line + "\n" + line.replace("greet", "gret") + "{bad\n" + "[]\r\n" + line.strip()
    first, *between, last = load_many(open_text(text), vocabulary=vocabulary)  # type: ignore[operator]
    rejected = [item for item in between if isinstance(item, Reject)]
    assert first == last
    assert [(item.line, item.problems[0].place.line, item.raw) for item in rejected] == [
        (3, 3, line.replace("greet", "gret").strip()),
        (4, 4, "{bad"),
        (5, 5, "[]"),
    ]
    assert str(rejected[0].problems[0]).startswith("line 3:70 at $.events[0].act: unknown act 'gret'")


def test_a_bad_first_line_is_rejected_as_well(line: str, vocabulary: Vocabulary) -> None:
    """A stream without a name is NDJSON even if its first line is broken."""
    for broken in ('{"schema":1,"id"', '{"schema":1,}', '{"schema":1,"events":[}'):
        rejected, good = load_many(io.StringIO(f"{broken}\n{line}"), vocabulary=vocabulary)
        assert isinstance(rejected, Reject)
        assert isinstance(good, Encounter)


def test_a_line_that_is_not_utf8_is_rejected(line: str, vocabulary: Vocabulary) -> None:
    """Its raw text stays legible."""
    (rejected, good) = load_many(io.BytesIO(b'{"id":"\xe4"}\n' + line.encode()), vocabulary=vocabulary)
    assert isinstance(rejected, Reject)
    assert rejected.raw == '{"id":"\\xe4"}'
    assert isinstance(good, Encounter)


def test_many_are_read_one_by_one(line: str, vocabulary: Vocabulary) -> None:
    """The first is given out before the second line is read."""
    stream = io.StringIO(line * 3)
    next(load_many(stream, vocabulary=vocabulary))
    assert stream.tell() == len(line)


def test_a_document_among_many_keeps_its_lines(ride: str, vocabulary: Vocabulary) -> None:
    """An indented document behind blank lines is rejected whole, its problems at their lines."""
    (rejected,) = load_many(io.StringIO("\n\n" + ride.replace("greet", "gret")), vocabulary=vocabulary)
    assert isinstance(rejected, Reject)
    assert (rejected.line, rejected.problems[0].place.line) == (3, 19)


def test_a_json_file_may_hold_lines(tmp_path: Path, line: str, vocabulary: Vocabulary) -> None:
    """What `load` refuses for holding several, `load_many` reads, as the hint says."""
    file = tmp_path / "rides.json"
    file.write_text(line * 2)
    with pytest.raises(EncounterError, match="load_many"):
        load(file, vocabulary=vocabulary)
    assert len(list(load_many(file, vocabulary=vocabulary))) == 2


def test_an_empty_stream_is_told(vocabulary: Vocabulary) -> None:
    """Nothing is not zero encounters: somebody sent the wrong file."""
    with pytest.raises(EncounterError, match="the text is empty"):
        next(load_many(io.StringIO("\n\n"), vocabulary=vocabulary))


def test_many_odd_actors_pass_in_silence(line: str, vocabulary: Vocabulary) -> None:
    """A hundred million warnings would help nobody: the verdict notes them."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (read,) = load_many(io.StringIO(line.replace("greet", "fault")), vocabulary=vocabulary)
    assert isinstance(read, Encounter)
