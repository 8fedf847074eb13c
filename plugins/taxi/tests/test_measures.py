"""`fading_replies`: what counts as fading, what as hearing it, and when lengths are not known."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import palvelumittari as pm
from palvelumittari_taxi.measures import fading_replies

TAXI = pm.Meter(plugins=["palvelumittari_taxi"], installed=False, strict=True)
FADED = "- server small_talk (20 s)\n- customer small_talk (10 s)\n" \
        "- server small_talk (20 s)\n- customer small_talk (6 s)\n" \
        "- server small_talk (20 s)\n- customer small_talk (2 s)\n"  # fmt: skip


def scene(encounter):
    """The scene of an encounter; the measure reads neither readings nor phases."""
    return pm.Scene(encounter=encounter, vocabulary=TAXI.vocabulary, phases=(), readings=pm.FrozenMap())


def told(timeline, record="excerpt", **options):
    """What the measure says of a timeline."""
    encounter = TAXI.loads(f"id: x\nsector: taxi\nrecord: {record}\n\n{timeline}", format="timeline")
    return fading_replies(scene(encounter), **options)


def fulfilment(timeline, **options):
    """The fulfilment, or none where there is no answer."""
    answer = told(timeline, **options)
    return None if answer is None else answer.fulfilment


def test_an_empty_encounter_gives_nothing_to_judge():
    """Without events there is no answer."""
    assert fading_replies(scene(pm.Encounter("x", (), sector="taxi"))) is None


def test_talking_on_is_heard_as_deafness():
    """After two shrinking replies a stretch of the old length ignores the rider."""
    answer = told(FADED + "- server small_talk (20 s)\n")
    assert (answer.fulfilment, answer.speaks_for, answer.speaks_against) == (0, (), (6,))
    assert answer.reason.missing() == ()


@pytest.mark.parametrize(
    "after", ["- server small_talk (10 s)", "- server quiet", "- server adjust", "- customer leave"]
)
def test_talking_less_or_not_at_all_is_hearing(after):
    """Half the length is enough; so is doing something else, or the end of the ride."""
    answer = told(f"{FADED}{after}\n")
    assert (answer.fulfilment, answer.speaks_for, answer.speaks_against) == (1, (5,), ())
    assert answer.reason.missing() == ()


def test_an_excerpt_that_ends_with_the_reply_decides_nothing():
    """Nobody knows what came next; the end of a full record is known."""
    assert told(FADED) is None
    assert fulfilment(FADED, record="full") == 1


def test_one_shorter_reply_is_no_fading():
    """Two falls in a row are asked for."""
    once = FADED.replace("(10 s)", "(6 s)")
    assert told(once + "- server small_talk (20 s)\n") is None


def test_a_little_shorter_is_no_fall():
    """A reply must be clearly shorter than the one before."""
    assert told(FADED.replace("(6 s)", "(8 s)").replace("(2 s)", "(6 s)") + "- server small_talk (20 s)\n") is None


@pytest.mark.parametrize(
    "reply", ["small_talk (2 s): Oikeasti?", "joke (2 s)", "ask (2 s)", "small_talk (2 s)\n- customer laugh"]
)
def test_a_short_reply_that_asks_for_more_is_no_fading(reply):
    """A question, a joke or a laugh carries the talk on, however short it is."""
    assert told(FADED.replace("small_talk (2 s)", reply) + "- server small_talk (20 s)\n") is None


def test_silence_is_the_shortest_reply():
    """A rider who says nothing where a word was due has faded altogether."""
    timeline = FADED.replace("customer small_talk (2 s)", "customer quiet")
    assert fulfilment(timeline + "- server small_talk (20 s)\n") == 0


def test_what_the_company_says_among_itself_is_no_reply():
    """Talk to a companion, or of one, tells nothing here."""
    assert told(FADED.replace("customer small_talk", "companion small_talk") + "- server small_talk (20 s)\n") is None
    aside = FADED.replace("customer small_talk (2 s)", "customer small_talk > companion (2 s)")
    assert told(aside + "- server small_talk (20 s)\n") is None


def test_words_are_counted_where_nothing_was_timed():
    """With all the talk written down, words stand for seconds."""
    lines = [("server", 8), ("customer", 10), ("server", 8), ("customer", 6), ("server", 8), ("customer", 2)]
    text = "".join(f"- {by} small_talk: {'sana ' * count}\n" for by, count in [*lines, ("server", 9)])
    assert fulfilment(text) == 0


def test_without_lengths_there_is_nothing_to_compare():
    """One stretch that was neither timed nor written down leaves the matter open."""
    assert told(FADED + "- server small_talk\n") is None


def test_each_fading_counts_and_the_answer_is_a_share():
    """Ignored once and heard once is a half."""
    again = "- server small_talk (20 s)\n- customer small_talk (1 s)\n- server quiet\n"
    assert fulfilment(FADED + again) == 0.5


def test_the_options_say_what_clearly_shorter_means():
    """A rubric may be milder or stricter."""
    talked_on = FADED + "- server small_talk (15 s)\n"
    assert fulfilment(talked_on) == 0
    assert fulfilment(talked_on, ease=0.8) == 1
    assert told(talked_on, shrink=0.3) is None


ROWS = st.lists(
    st.tuples(st.sampled_from(["server", "customer", "companion"]), st.sampled_from(["small_talk", "quiet", "laugh"]),
              st.integers(0, 30)), max_size=14,
)  # fmt: skip


def ride(rows, *, start=None, who=None):
    """An encounter of rows, a minute apart from `start` (`None`: untimed), all people named `who`."""
    times = [None if start is None else start + 60_000 * index for index in range(len(rows))]
    events = [
        pm.Event(pm.Actor(by), act, at_ms=at, lasts_ms=1000 * seconds, who=who)
        for at, (by, act, seconds) in zip(times, rows, strict=True)
    ]
    return pm.Encounter("x", events, sector="taxi", record=pm.Record.FULL)


@given(ROWS, st.integers(0, 10**7))
def test_times_and_names_change_nothing(rows, start):
    """Untimed, timed, shifted and renamed rides are judged alike."""
    plain = fading_replies(scene(ride(rows)))
    assert fading_replies(scene(ride(rows, start=start))) == plain
    assert fading_replies(scene(ride(rows, start=0, who="Öö"))) == plain


@given(ROWS, st.integers(1, 9))
def test_only_proportions_count(rows, factor):
    """Everybody talking so many times longer changes nothing."""
    slow = [(by, act, seconds * factor) for by, act, seconds in rows]
    assert fading_replies(scene(ride(slow))) == fading_replies(scene(ride(rows)))


@given(ROWS)
def test_the_answer_keeps_the_contract(rows):
    """The fulfilment is a share, and no event speaks both ways."""
    answer = fading_replies(scene(ride(rows)))
    if answer is not None:
        assert 0 <= answer.fulfilment <= 1
        assert not set(answer.speaks_for) & set(answer.speaks_against)
        assert attrs.asdict(answer)["reason"]
