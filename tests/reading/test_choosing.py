"""Choosing the rubrics for an encounter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from palvelumittari.reading.choosing import Choice, choose, choose_named
from palvelumittari.reading.rubric_file import RubricFile
from palvelumittari.records.encounter import Channel, Encounter
from palvelumittari.words.errors import RubricError

Load = Callable[..., dict[str, RubricFile]]
Text = Callable[..., str]


def meeting(sector: str | None = None, channel: Channel | None = None) -> Encounter:
    """An encounter in which nothing happens."""
    return Encounter("a", (), sector=sector, channel=channel)


@pytest.fixture
def files(load: Load, rubric: Text) -> Mapping[str, RubricFile]:
    """Rubrics for a sector, a part of it, that part on the phone, two channels, and nothing."""
    return load(
        rubric("retail", sectors='"retail"'),
        rubric("toys", sectors='"retail.toys", "games"'),
        rubric("toy-line", 'channels = ["phone"]', sectors='"retail.toys"'),
        rubric("written", 'channels = ["email", "phone"]'),
        rubric("chat", 'channels = ["chat"]'),
        rubric("special"),
    )


@pytest.mark.parametrize(
    ("sector", "channel", "choice"),
    [
        ("retail", None, Choice(("retail",))),
        ("retail.shoes", None, Choice(("retail",), "retail")),
        ("retail.toys", None, Choice(("toys",))),
        ("retail.toys.dolls", Channel.FACE_TO_FACE, Choice(("toys",), "retail.toys")),
        ("games", None, Choice(("toys",))),
        ("retail", Channel.PHONE, Choice(("written", "retail"))),
        ("retail.toys", Channel.PHONE, Choice(("written", "toy-line"))),
        ("retail.shoes", Channel.CHAT, Choice(("chat", "retail"), "retail")),
        (None, Channel.CHAT, Choice(("chat",))),
        ("taxi", Channel.CHAT, Choice(("chat",))),
        ("taxi", None, Choice(("service",), is_universal=True)),
        ("retailer", Channel.FACE_TO_FACE, Choice(("service",), is_universal=True)),
        (None, Channel.FACE_TO_FACE, Choice(("service",), is_universal=True)),
    ],
)
def test_the_most_specific_sector_and_the_channel_are_united(
    sector: str | None, channel: Channel | None, choice: Choice, files: Mapping[str, RubricFile]
) -> None:
    """The channel before the sector; a rubric for a sector serves its parts; without any the universal one."""
    assert choose(meeting(sector, channel), files) == choice


def test_two_equally_specific_rubrics_for_a_sector_are_an_error(load: Load, rubric: Text) -> None:
    """The message names both and where they come from."""
    files = load(rubric("one", sectors='"taxi"'), rubric("two", sectors='"taxi"'))
    with pytest.raises(RubricError) as caught:
        choose(meeting("taxi.night"), files)
    assert (
        str(caught.value)
        == """\
several rubrics are made for the sector `taxi.night`: `one` (somebody) and `two` (somebody)
    try: name one, for instance --rubric one (in Python rubric='one'), or uninstall one of them"""
    )


def test_two_rubrics_for_a_channel_are_an_error(load: Load, rubric: Text) -> None:
    """Even where the sector has one of its own."""
    files = load(*(rubric(name, 'channels = ["chat"]') for name in ("one", "two")), rubric("taxi", sectors='"taxi"'))
    with pytest.raises(RubricError, match=r"for the channel `chat`: `one` \(somebody\) and `two`"):
        choose(meeting("taxi", Channel.CHAT), files)


def test_without_the_universal_rubric_nothing_can_be_chosen() -> None:
    """It belongs to the core."""
    with pytest.raises(RubricError, match="reinstall palvelumittari"):
        choose(meeting("taxi"), {})


def test_a_rubric_can_be_chosen_by_name(files: Mapping[str, RubricFile]) -> None:
    """Also one that is made for nothing in particular."""
    assert choose_named("special", files) == Choice(("special",))
    with pytest.raises(RubricError, match="did you mean `retail`"):
        choose_named("retial", files)
    with pytest.raises(RubricError, match="names all rubrics"):
        choose_named("zzz", files)
