"""Panels: gaps with their sign, blind spots by evidence, who is kinder, and how far observers agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import pytest

from palvelumittari.formats import dumps, loads
from palvelumittari.meter import Meter
from palvelumittari.records.encounter import Encounter, Observer
from palvelumittari.records.panel import Figure, Panel, Quality
from palvelumittari.records.verdict import Verdict
from palvelumittari.records.vocabulary import Vocabulary
from palvelumittari.rollup import make_panel
from palvelumittari.words.errors import EncounterError

Met = Callable[..., Encounter]
Scored = Callable[[float | None], Verdict]

SERVER, CUSTOMER = Observer.SERVER, Observer.CUSTOMER


@pytest.fixture
def seen(meter: Meter, met: Met) -> Callable[..., Panel]:
    """The panel of one encounter: `seen((SERVER, ["server greet"]), (CUSTOMER, ["server greet", "server sigh"]))`."""

    def make(*notes: tuple[Observer | None, list[str]], **options: bool) -> Panel:
        encounters = [
            attrs.evolve(met("customer arrive", *lines, "customer request", channel="face_to_face"), observer=observer)
            for observer, lines in notes
        ]
        verdicts = [meter.score(encounter) for encounter in encounters]
        return make_panel(encounters, verdicts, vocabulary=meter.vocabulary, **options)

    return make


@pytest.fixture
def rated(met: Met, scored: Scored, vocabulary: Vocabulary) -> Callable[..., Panel]:
    """The panel of observers who gave these scores: a row for each encounter, a place for each observer."""

    def make(*rows: Sequence[float | None], absent: Sequence[tuple[int, int]] = (), **options: bool) -> Panel:
        notes = [
            (attrs.evolve(met("customer arrive"), id=f"case-{row}", observer=list(Observer)[place]), scored(score))
            for row, scores in enumerate(rows)
            for place, score in enumerate(scores)
            if (row, place) not in absent
        ]
        encounters, verdicts = zip(*notes, strict=True)
        return make_panel(encounters, verdicts, vocabulary=vocabulary, **options)

    return make


HEARD = ["customer complain", "server apologise"]
TALKED_PAST = ["customer complain", "server small_talk", "customer say", "server blank_face"]


def test_the_server_is_held_against_the_customer(seen: Callable[..., Panel]) -> None:
    """Whoever comes first in the files: the server's own record is the first rater, and the gap has its sign."""
    panel = seen((CUSTOMER, TALKED_PAST), (SERVER, HEARD))
    assert [(rater.number, rater.observer) for rater in panel.raters] == [(1, SERVER), (2, CUSTOMER)]
    gaps = {gap.criterion: gap for gap in panel.encounters[0].gaps}
    assert gaps["service/response"].gap == 2.0
    assert (gaps["service/warmth"].outcome, gaps["service/warmth"].other_outcome) == ("not_observed", "partly")
    assert gaps["service/warmth"].gap is None
    assert "observer 1 is kinder than observer 2 by" in panel.explain()
    assert seen((CUSTOMER, HEARD), (None, TALKED_PAST)).raters[0].observer is CUSTOMER


def test_a_server_may_be_sterner_with_themselves(seen: Callable[..., Panel]) -> None:
    """Nobody assumes the direction of the gap."""
    panel = seen((SERVER, TALKED_PAST), (CUSTOMER, HEARD))
    assert panel.encounters[0].gaps[0].gap == -2.0
    assert "observer 1 is sterner than observer 2 by" in panel.explain()
    line = "\n    −2.00  Listening and responding: observer 1 missed, observer 2 met [service/response]"
    assert line in panel.explain()


def test_the_widest_gap_comes_first(seen: Callable[..., Panel]) -> None:
    """Then those without a number."""
    panel = seen((SERVER, HEARD), (CUSTOMER, TALKED_PAST))
    sizes = [abs(gap.gap or 0.0) for gap in panel.encounters[0].gaps]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 2.0
    assert sizes[-1] == 0.0


def test_a_blind_spot_is_what_another_finding_rests_on(seen: Callable[..., Panel]) -> None:
    """With the criteria; an act that both noted, in whatever words and times, is none."""
    panel = seen(
        (SERVER, ["server greet: Hei"]),
        (CUSTOMER, ["server greet: no hei", "server blank_face", "server phone_use"]),
    )
    (spot,) = panel.encounters[0].blind_spots
    assert (spot.rater, spot.other) == (1, 2)
    assert [each.act for each in spot.unseen] == ["phone_use", "blank_face"] or [each.act for each in spot.unseen] == [
        "blank_face",
        "phone_use",
    ]
    acts = {each.act: each.criteria for each in spot.unseen}
    assert "service/presence" in acts["phone_use"]
    assert "observer 1 did not note what observer 2 did: " in panel.explain()


def test_a_tag_may_be_a_blind_spot(seen: Callable[..., Panel]) -> None:
    """Both heard the greeting; only one heard the routine in it. Who noted more has missed nothing."""
    panel = seen((SERVER, ["server greet"]), (CUSTOMER, ["server greet #routine"]))
    (spot,) = panel.encounters[0].blind_spots
    assert [(each.act, each.tags) for each in spot.unseen] == [("greet", ("routine",))]


def test_same_events_have_no_blind_spots(seen: Callable[..., Panel]) -> None:
    """And no gaps."""
    panel = seen((SERVER, ["server greet"]), (CUSTOMER, ["server greet"]))
    assert (panel.encounters[0].gaps, panel.encounters[0].blind_spots) == ((), ())


def test_bands_between_the_views(rated: Callable[..., Panel]) -> None:
    """From the best to the worst of all observers; one band alone has no gap."""
    panel = rated([50.0, 30.0, 90.0], [None, 50.0, None])
    assert [each.band_gap for each in panel.encounters] == [3, None]
    assert "Bands between the best and the worst view: 3" in panel.explain()
    assert "observer 2 (customer): no score" in panel.explain()


def test_the_coefficients(rated: Callable[..., Panel]) -> None:
    """Scores of Shrout and Fleiss: little agreement of one judge, some of the mean of all."""
    table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    panel = rated(*([score * 10.0 for score in row] for row in table))
    single, mean = panel.agreement(Figure.ICC_SINGLE), panel.agreement(Figure.ICC_MEAN)
    assert (single.value, single.count, single.quality) == (0.29, 6, Quality.UNRELIABLE)
    assert (mean.value, mean.quality) == (0.62, Quality.TENTATIVE)
    assert single.interval is not None
    assert single.interval.holds(0.29)
    assert "Scores, one observer, ICC(2,1): 0.29, too low to rely on (encounters: 6; 95 %: " in panel.explain()


def test_observers_who_always_agree(rated: Callable[..., Panel]) -> None:
    """All figures are 1, and reliable."""
    panel = rated([90.0, 90.0], [50.0, 50.0], [10.0, 10.0], [70.0, 70.0])
    assert [(each.value, each.quality) for each in panel.agreements] == [(1.0, Quality.RELIABLE)] * 4
    assert panel.biases[0].mean == 0.0
    assert "observer 1 and observer 2 give the same on average" in panel.explain()


def test_a_figure_that_is_not_defined_is_said(rated: Callable[..., Panel]) -> None:
    """Only one band, ever: alpha says nothing; AC2 still does."""
    panel = rated([70.0, 70.0], [70.0, 70.0])
    assert panel.agreement(Figure.ALPHA).value is None
    assert panel.agreement(Figure.AC2).value == 1.0
    assert "Krippendorff’s alpha (ordinal): not defined for these records (encounters: 2)" in panel.explain()


def test_holes(rated: Callable[..., Panel]) -> None:
    """Bands take missing observers; scores take the encounters that all saw."""
    panel = rated([90.0, 90.0, 70.0], [50.0, 30.0, 50.0], [10.0, 10.0, 10.0], absent=[(1, 2)])
    assert panel.agreement(Figure.ALPHA).count == 3
    assert panel.agreement(Figure.ICC_SINGLE).count == 2
    assert {bias.rater: bias.count for bias in panel.biases} == {2: 3, 3: 2}


def test_who_shares_no_encounter_with_the_first_has_no_bias(rated: Callable[..., Panel]) -> None:
    """There is nothing to compare."""
    panel = rated([90.0, 90.0, 70.0], [50.0, 30.0, 50.0], absent=[(0, 2), (1, 1)])
    assert len(panel.raters) == 3
    assert [bias.rater for bias in panel.biases] == [2]


def test_bias_and_its_limits(rated: Callable[..., Panel]) -> None:
    """By how many points, and within which limits the differences lie."""
    panel = rated([70.0, 60.0], [60.0, 52.0], [50.0, 38.0])
    (bias,) = panel.biases
    assert (bias.count, bias.mean) == (3, -10.0)
    assert bias.limits is not None
    assert (abs(bias.limits.high - bias.limits.low)) == pytest.approx(2 * 1.96 * 2, abs=0.1)


def test_several_of_one_kind_keep_their_order(met: Met, scored: Scored, vocabulary: Vocabulary) -> None:
    """Two mystery shoppers are two raters."""
    shopper = attrs.evolve(met("customer arrive"), observer=Observer.MYSTERY_SHOPPER)
    panel = make_panel([shopper] * 2, [scored(70.0), scored(30.0)], vocabulary=vocabulary)
    assert [rater.observer for rater in panel.raters] == [Observer.MYSTERY_SHOPPER] * 2
    assert [view.score for view in panel.encounters[0].views] == [70.0, 30.0]


def test_ids_stay_out_unless_asked_for(rated: Callable[..., Panel]) -> None:
    """An id may be somebody's name."""
    assert "case-" not in rated([70.0, 50.0]).explain() + dumps(rated([70.0, 50.0]))
    assert "\n  case-0\n" in rated([70.0, 50.0], names=True).explain()
    assert rated([70.0, 50.0], [70.0, 50.0], names=True, one_encounter=True).encounters[0].id is None


def test_what_no_panel_can_be_made_of(met: Met, scored: Scored, vocabulary: Vocabulary) -> None:
    """A verdict too few, or nobody who saw what another saw."""
    one, other = (attrs.evolve(met("customer arrive"), id=name) for name in ("a", "b"))
    with pytest.raises(EncounterError, match="every record needs its verdict"):
        make_panel([one], [], vocabulary=vocabulary)
    with pytest.raises(EncounterError, match="no encounter here has two observers"):
        make_panel([one, other], [scored(70.0)] * 2, vocabulary=vocabulary)
    panel = make_panel([one, other], [scored(70.0)] * 2, vocabulary=vocabulary, one_encounter=True)
    assert len(panel.encounters) == 1


def test_a_panel_has_no_other_figure(rated: Callable[..., Panel]) -> None:
    """Asking for one that is missing raises."""
    panel = attrs.evolve(rated([70.0, 50.0]), agreements=())
    with pytest.raises(KeyError):
        panel.agreement(Figure.ALPHA)


def test_a_panel_loads_again(seen: Callable[..., Panel], rated: Callable[..., Panel], vocabulary: Vocabulary) -> None:
    """Nothing is lost."""
    for panel in (
        seen((SERVER, ["server greet"]), (CUSTOMER, ["server greet #routine", "server blank_face"])),
        rated([70.0, 50.0], [90.0, 10.0], names=True),
    ):
        assert loads(dumps(panel), Panel, vocabulary=vocabulary) == panel


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fi", "havainnoija 1 ei merkinnyt, toisin kuin havainnoija 2: ”tervehdys” #routine"),
        ("sv", "observatör 1 antecknade inte, till skillnad från observatör 2: ”hälsning” #routine"),
    ],
)
def test_a_panel_in_other_languages(seen: Callable[..., Panel], language: str, line: str) -> None:
    """Every line is said in the reader's language."""
    assert line in seen((SERVER, ["server greet"]), (CUSTOMER, ["server greet #routine"])).explain(language)
