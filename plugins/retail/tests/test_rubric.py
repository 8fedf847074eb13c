"""The rubric of the shop: where it is chosen, what it changes, and the laws that it keeps."""

import attrs
import pytest

import palvelumittari as pm

PLAIN = """\
id: plain
sector: retail
channel: face_to_face
record: excerpt

- customer arrive
- server greet
- customer request
- server serve
- server charge
- customer pay
- server thank
- customer leave
"""
BROWSING = """\
id: browsing
sector: retail.clothes
channel: face_to_face
record: excerpt

- customer arrive
- server greet
- customer browse
- server charge
- customer pay
- server thank
- customer leave
"""
FREE = {"smile", "laugh", "empathise", "thank", "farewell", "nod", "eye_contact", "hint", "gift", "extra_effort"}
FREE |= {"contact", "keep_promise", "host", "invite_feedback"}
"""What the universal rubric lets be earned without a cue."""


@pytest.mark.parametrize("sector", ["retail", "retail.toys", "retail.grocery", "retail.gadgets", "retail.clothes"])
def test_one_rubric_serves_every_kind_of_shop(sector, meter):
    """A shop of a kind that has no rubric of its own is served by the general one."""
    verdict = meter.score(pm.Encounter("x", [pm.Event(pm.Actor.SERVER, "greet")], sector=sector))
    assert [ref.id for ref in verdict.rubrics] == ["retail/shop"]


@pytest.mark.parametrize(
    ("criterion", "weight"), [("no-pushing", 4), ("respected-no", 4), ("presence", 4), ("closing", 2)]
)
def test_a_shop_weighs_the_universal_criteria_its_own_way(criterion, weight, meter):
    """The weights of service-science 2.2."""
    weights = {each.id: each.weight for each in meter.rubric("retail/shop").criteria}
    assert weights[f"service/{criterion}"] == weight


@pytest.mark.parametrize("plain", [PLAIN, BROWSING], ids=["plain", "browsing"])
def test_no_act_without_a_cue_lifts_a_plain_errand(plain, meter):
    """Inserting one act of staff anywhere never lifts the band, unless the act is listed as free."""
    encounter = meter.loads(plain, format="timeline")
    before = meter.score(encounter)
    free = meter.vocabulary.any_of(*FREE)
    acts = [act.id for act in meter.vocabulary.acts.values() if not act.is_group and pm.Actor.SERVER in act.by]
    for act in sorted(set(acts) - free):
        for place in range(len(encounter.events) + 1):
            events = (*encounter.events[:place], pm.Event(pm.Actor.SERVER, act), *encounter.events[place:])
            after = meter.score(attrs.evolve(encounter, events=events))
            assert after.band.rank <= before.band.rank, (act, place, after.explain("en"))


def test_goods_that_touch_identity_need_more_room(meter):
    """Following a customer about weighs more among clothes than among tools."""
    text = "id: x\nrecord: excerpt\nsector: {}\n\n- customer browse\n- server follow\n"
    clothes, tools = (
        meter.score(meter.loads(text.format(sector), format="timeline")).finding("retail/shop/personal-space")
        for sector in ("retail.clothes", "retail.tools")
    )
    assert (clothes.points, tools.points) == (-4.5, -3)


def test_an_offer_is_judged_once(meter):
    """On the floor, at the till and after a no different criteria judge, so that no offer costs twice."""
    text = "id: x\nrecord: excerpt\nsector: retail\n\n- server charge\n- server upsell\n- server upsell\n"
    verdict = meter.score(meter.loads(text, format="timeline"))
    judging = [finding.criterion for finding in verdict.findings if finding.points < 0]
    assert judging == ["retail/shop/till-add-on"]


def test_being_asked_by_more_sellers_is_never_better(meter):
    """Replacing one pushing seller by several never lowers the loss, though another criterion judges it."""
    head = "id: x\nrecord: excerpt\nsector: retail\n\n"
    line = "- server/{} offer_help\n- customer answer\n"
    for count in range(2, 6):
        same, others = line.format("a") * count, "".join(line.format(name) for name in range(count))
        one, more = (meter.score(meter.loads(head + lines, format="timeline")) for lines in (same, others))
        assert more.calculated_score <= one.calculated_score
