"""Two versions of a small rubric with a vocabulary and readings of its own, for the tests of what differs."""

# ruff: noqa: E501  # a row of a table stands on one line

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

import palvelumittari as pm
from palvelumittari.authoring.difference import Change, Difference, compare

RUBRIC = """
schema  = 1
id      = "quay"
version = "1.2.3"
sectors = ["quay", "ferry.cable"]
title   = { en = "Quay", fi = "Laituri" }
summary = { en = "At the quay." }

[[criterion]]
id     = "hello"
role   = "linear"
weight = 2
title  = { en = "A hello" }
why    = "Everybody likes to be greeted."
advice = { en = "Say hello." }
shows  = { act = "staff.greet | staff.nod" }

[[criterion.situation]]
title = { en = "Busy" }
when  = "setting.pace == 'busy'"
weight = 1

[[criterion.situation]]
when   = "seen('customer.decline')"
excuse = true

[[criterion]]
id      = "question"
role    = "must"
weight  = 4
title   = { en = "Answering" }
refines = ["quay/hello"]
responds = { after = "customer.ask", with = "staff.answer | staff.explain", within = "1 turn" }

[[criterion]]
id     = "peace"
role   = "linear"
weight = 4
title  = { en = "Peace" }
when   = "ever(talk < 0.3)"
ceases = { act = "staff.small_talk", once = "talk < 0.3" }

[[criterion]]
id     = "delay"
role   = "linear"
weight = 5
title  = { en = "Late" }
grades = { after = "system.delay", acts = [{ act = "staff.explain", is = 0.5 }, { act = "staff.apologise", is = 0.3 }], pick = "sum" }

[[criterion]]
id     = "sea"
role   = "bonus"
weight = 3
title  = { en = "Seasick" }
when   = "ever(seasick > 0.2)"
shows  = { act = "staff.host" }

[[criterion]]
id     = "boarding"
role   = "must"
weight = 3
title  = { en = "Noticed" }
prompt = { after = "customer.arrive", act = "staff.wave | staff.greet", full = "5 s", none = "65 s", untimed = "1 turn" }

[[criterion]]
id        = "tidy"
role      = "bonus"
weight    = 1
lifecycle = "trial"
title     = { en = "Tidy" }
shows     = { act = "staff.waved" }
"""

VOCABULARY = """
schema = 1

[act.wave]
title      = { en = "wave", fi = "vilkutus", sv = "vinkning" }
modalities = ["body"]
by         = ["staff"]

[act.pat]
title      = { en = "pat", fi = "taputus", sv = "klapp" }
modalities = ["body"]
by         = ["staff"]

[group.waved]
title   = { en = "waved", fi = "vilkutti", sv = "vinkade" }
acts = ["wave"]

[tag.wet]
title = { en = "wet", fi = "märkä", sv = "våt" }

[field."customer.boat"]
type   = "choice"
values = ["sail", "row"]
title  = { en = "boat", fi = "vene", sv = "båt" }

[field."setting.wind"]
type  = "number"
range = [0, 30]
unit  = "m/s"
title = { en = "wind", fi = "tuuli", sv = "vind" }
"""

READINGS = """
schema = 1

[[reading]]
id     = "seasick"
title  = { en = "Seasickness", fi = "Merisairaus", sv = "Sjösjuka" }
range  = [0.0, 1.0]
start  = 0.0
starts = [{ when = "customer.boat == 'sail'", set = 0.3 }]
cues   = [{ on = "customer.wince", add = 0.3 }, { on = "customer.smile", set = 0.0 }]
"""

Edit = tuple[str, str]
"""A piece of text and what stands in its place."""


@attrs.frozen
class Shelf:
    """Writes versions of the rubric, each into a folder of its own, and keeps their meters."""

    folder: Path
    made: dict[tuple[tuple[str, str], ...], pm.Meter] = attrs.field(factory=dict)

    def meter(
        self,
        name: str,
        rubric: Sequence[Edit] = (),
        vocabulary: Sequence[Edit] = (),
        readings: Sequence[Edit] = (),
        parents: Mapping[str, str] | None = None,
    ) -> pm.Meter:
        """A meter with a version of the rubric; parents are further rubric files by their names."""
        texts = {"quay.toml": edited(RUBRIC, rubric), "vocabulary.toml": edited(VOCABULARY, vocabulary)}
        texts |= {"readings.toml": edited(READINGS, readings), **(parents or {})}
        known = tuple(texts.items())
        if known not in self.made:
            place = self.folder / f"{name}-{len(list(self.folder.iterdir()))}"
            place.mkdir(parents=True)
            for file, text in known:
                (place / file).write_text(text, encoding="utf-8")
            files = [place / file for file in ("quay.toml", *(parents or {}))]
            self.made[known] = pm.Meter(rubrics=files, installed=False)
        return self.made[known]

    def difference(
        self, rubric: Sequence[Edit] = (), vocabulary: Sequence[Edit] = (), readings: Sequence[Edit] = ()
    ) -> Difference:
        """What differs between the rubric as it stands and with some edits."""
        return compare(self.meter("old"), "quay", self.meter("new", rubric, vocabulary, readings), "quay")


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with some pieces replaced, each of which must be there; an empty piece adds at the end."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1) if old else text + new
    return text


def told(changes: Sequence[Change]) -> list[tuple[str, str, str, str]]:
    """Changes in brief: what they are about, what became of it, which key, and why they have their level."""
    return [(each.id.removeprefix("quay/"), each.kind.value, each.key, each.reason.value) for each in changes]
