"""Notes about a whole verdict: which rubric served, what kind of record it was, what is odd in it."""

from __future__ import annotations

from collections.abc import Iterator

from palvelumittari.reading.choosing import Choice
from palvelumittari.reading.encounters import odd_events
from palvelumittari.records.encounter import Encounter
from palvelumittari.records.verdict import Note, NoteKind
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.report.rules import actors_in_words
from palvelumittari.report.sentences import Speaker, in_all_languages
from palvelumittari.words.phrases import phrase, quoted


def notes_on(encounter: Encounter, choice: Choice, vocabulary: Vocabulary, *, chosen_by_caller: bool) -> Iterator[Note]:
    """What a reader of a verdict should know beside its findings, in every language.

    Args:
        encounter: What was judged.
        choice: By which rubrics.
        vocabulary: The acts that it names.
        chosen_by_caller: Whether the rubric was asked for, whatever sector and channel say.
    """
    if chosen_by_caller:
        yield _note(NoteKind.CHOSEN_BY_CALLER)
    elif choice.is_universal:
        yield _universal(encounter)
    elif choice.parent is not None:
        yield _note(NoteKind.SERVED_BY_PARENT, subject=str(encounter.sector), parent=choice.parent)
    if not encounter.is_full:
        yield _note(NoteKind.EXCERPT)
    speaker = Speaker(encounter, vocabulary)
    yield from (_oddity(index, speaker) for index in odd_events(encounter, vocabulary))


def _note(kind: NoteKind, **values: str) -> Note:
    def say(language: str) -> str:
        filled = {key: quoted(value, language) for key, value in values.items()}
        return phrase(f"note.{kind}", language, **filled)

    return Note(kind, in_all_languages(say))


def _universal(encounter: Encounter) -> Note:
    """That nothing is made for a sector, which has only an id, or for a channel, which has a name."""
    if encounter.sector is not None:
        return _note(NoteKind.UNIVERSAL, subject=encounter.sector)

    def say(language: str) -> str:
        channel = quoted(phrase(f"channel.{encounter.channel}", language), language)
        return phrase("note.universal_channel", language, subject=channel)

    return Note(NoteKind.UNIVERSAL, in_all_languages(say))


def _oddity(index: int, speaker: Speaker) -> Note:
    """That an event is noted of an actor who cannot do it."""
    event = speaker.encounter.events[index]
    able = speaker.vocabulary.acts[event.act].by

    def say(language: str) -> str:
        actor = phrase(f"actor.{event.by}", language)
        what = speaker.moment(index, language)
        return phrase("note.odd", language, what=what, actor=actor, able=actors_in_words(able, language))

    return Note(NoteKind.ODD_ACTOR, in_all_languages(say))
