"""Loading: everybody's content finds its place, and whoever is broken breaks nobody else."""

from __future__ import annotations

import pickle
import random
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from palvelumittari.hookspecs import hookimpl
from palvelumittari.plugins import Catalog, PluginStatus, State, asking, find_installed, load_catalog, loading, stock
from palvelumittari.words.errors import Place, PluginError, Problem, RubricError, Severity

from .conftest import Site, act, rubric

MakeSite = Callable[..., Site]

HEALTHY_CODE = """
from palvelumittari.hookspecs import hookimpl

CALLS = []

def distance(scene, *, most=1.0):
    return 1.0

@hookimpl
def palvelumittari_measures():
    CALLS.append("measures")
    return {"distance": distance}
"""

HEALTHY_FILES = {
    "vocabulary.toml": act("open_door"),
    "readings.toml": """
[[reading]]
id    = "thirst"
title = { en = "Thirst", fi = "Jano", sv = "Törst" }
cues  = [{ on = "customer.sigh", add = 0.1 }]
""",
    "rubrics/ride.toml": rubric(
        "healthy/ride",
        act="open_door",
        tail="""
[[criterion]]
id     = "straight-way"
role   = "linear"
weight = 1
title  = { en = "Straight way", fi = "Suora tie", sv = "Rak väg" }
why    = "A test."
when   = "ever(thirst < 0.5)"
calls  = "healthy.distance"
""",
    ),
    "cases/E01.case.toml": "",
    "cases/notes.txt": "no case",
}


def install_healthy(site: Site) -> str:
    return site.install("healthy", HEALTHY_CODE, files=HEALTHY_FILES)


def told(status: PluginStatus) -> str:
    """What is said of a plugin, after making sure that its problems carry remedies and that it brings nothing."""
    assert status.state is State.FAILED
    assert status.brings == {}
    assert status.problems
    assert all(problem.hint for problem in status.problems)
    return str(status)


# --- what is healthy --------------------------------------------------------------------------------------------


def test_the_core_alone_brings_its_content() -> None:
    """Without plugins there are the base vocabulary, the readings, the universal rubric and the engine's models."""
    catalog = load_catalog(installed=False)
    assert "greet" in catalog.vocabulary.acts
    assert "talk" in catalog.terms.readings
    assert list(catalog.rubrics) == ["service"]
    assert list(catalog.models) == ["ledger", "mean", "lowest"]
    assert [(case.owner, case.name) for case in catalog.cases] == [("palvelumittari", "plain")]
    assert list(catalog.versions) == ["palvelumittari"]
    assert catalog.plugins == ()


def test_a_pure_rubric_pack_needs_an_empty_module(site: Site) -> None:
    """Vocabulary, readings, rubrics and cases in the folder of a package load by themselves."""
    files = {"vocabulary.toml": act("open_door"), "rubrics/a.toml": rubric("pack", act="open_door")}
    site.install("pack", files=files)
    catalog = load_catalog()
    assert "open_door" in catalog.vocabulary.acts
    assert list(catalog.rubrics) == ["service", "pack"]
    assert catalog.rubrics["pack"].origin == "palvelumittari-pack"


def test_a_healthy_plugin_tells_all_that_it_brings(site: Site) -> None:
    """The status holds name, distribution, version, entry point, and the ids of everything by kind."""
    install_healthy(site)
    catalog = load_catalog()
    assert catalog.plugin("healthy") == PluginStatus(
        name="healthy",
        entry_point="palvelumittari_healthy",
        distribution="palvelumittari-healthy",
        version="1.0",
        state=State.OK,
        brings=catalog.plugin("healthy").brings,
    )
    assert catalog.plugin("healthy").brings == {
        "rubrics": ("healthy/ride",),
        "acts": ("open_door",),
        "readings": ("thirst",),
        "measures": ("healthy.distance",),
        "cases": ("E01",),
    }
    assert catalog.versions["palvelumittari-healthy"] == "1.0"
    assert [case.owner for case in catalog.cases] == ["palvelumittari", "healthy"]
    assert str(catalog.plugin("healthy")) == (
        "healthy (palvelumittari-healthy 1.0, entry point palvelumittari_healthy): ok"
    )


def test_hooks_are_called_once_and_never_after_loading(site: Site) -> None:
    """Whatever the catalog is asked, no hook runs a second time."""
    install_healthy(site)
    catalog = load_catalog()
    assert catalog.measures["healthy.distance"](None) == 1.0
    assert catalog.plugins
    assert catalog.vocabulary
    assert sys.modules["palvelumittari_healthy"].CALLS == ["measures"]


def test_a_catalog_cannot_be_changed(site: Site) -> None:
    """Neither attributes nor registries can be assigned to."""
    install_healthy(site)
    catalog = load_catalog()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        catalog.rubrics = {}  # type: ignore[misc, assignment]  # what must not work
    for registry in (catalog.rubrics, catalog.measures, catalog.models, catalog.readers, catalog.versions):
        with pytest.raises(TypeError):
            registry["new"] = None  # type: ignore[index]  # what must not work


def test_a_catalog_can_be_pickled(site: Site) -> None:
    """A catalog of functions that live in modules goes to another process and back."""
    install_healthy(site)
    catalog = load_catalog()
    assert pickle.loads(pickle.dumps(catalog)) == catalog


def test_the_order_of_the_path_changes_nothing(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plugins load sorted by distribution and entry point, wherever they lie."""
    sites = [make_site(f"site{number}") for number in range(4)]
    for site, name in zip(sites, ("dora", "bert", "anna", "carl"), strict=True):
        site.install(name, files={"vocabulary.toml": act(f"act_{name}"), "rubrics/r.toml": rubric(name)})
    paths, found = list(sys.path), []
    for seed in range(5):
        shuffled = random.Random(seed).sample(paths, len(paths))
        monkeypatch.setattr(sys, "path", shuffled)
        found.append(load_catalog())
    assert [status.name for status in found[0].plugins] == ["anna", "bert", "carl", "dora"]
    assert [list(each.vocabulary.acts) for each in found] == [list(found[0].vocabulary.acts)] * 5
    assert [list(each.rubrics) for each in found] == [["service", "anna", "bert", "carl", "dora"]] * 5


def test_rubrics_extend_across_plugins_whatever_the_order(site: Site) -> None:
    """A plugin that loads first may rest on the rubric and the act of one that loads last."""
    site.install("zeta", files={"vocabulary.toml": act("ring_bell"), "rubrics/z.toml": rubric("zeta")})
    site.install("alpha", files={"rubrics/a.toml": rubric("alpha", extends="zeta", act="ring_bell")})
    catalog = load_catalog()
    assert [status.state for status in catalog.plugins] == [State.OK, State.OK]


def test_a_kind_of_act_may_rest_on_a_plugin_that_loads_later(site: Site) -> None:
    """Vocabularies depend on each other in either order."""
    site.install("zeta", files={"vocabulary.toml": act("ring_bell")})
    kind = 'schema = 1\n[act.ring_twice]\ntitle = { en = "ring" }\nkind_of = ["ring_bell"]\n'
    site.install("alpha", files={"vocabulary.toml": kind})
    catalog = load_catalog()
    assert "ring_twice" in catalog.vocabulary.selected["ring_bell"]
    assert [status.state for status in catalog.plugins] == [State.OK, State.OK]


def test_plugins_may_rest_on_each_other_beside_a_broken_one(site: Site) -> None:
    """Two plugins that need each other stand together, even if a third one falls."""
    site.install("left", files={"vocabulary.toml": act("ring_bell"), "rubrics/l.toml": rubric("left", extends="right")})
    site.install("right", files={"rubrics/r.toml": rubric("right", act="ring_bell")})
    site.install("aaa", files={"rubrics/a.toml": rubric("aaa", act="no_such_act")})
    catalog = load_catalog()
    assert {status.name: status.state for status in catalog.plugins} == {"aaa": "failed", "left": "ok", "right": "ok"}


def test_find_installed_loads_once(site: Site) -> None:
    """The catalog of what is installed is made when first asked for, and kept."""
    find_installed.cache_clear()
    try:
        assert find_installed() is find_installed()
    finally:
        find_installed.cache_clear()


# --- what is broken ---------------------------------------------------------------------------------------------

UNIMPORTABLE = "import no_such_module"
RAISING = """
from palvelumittari.hookspecs import hookimpl

@hookimpl
def palvelumittari_readers():
    raise ZeroDivisionError("no rides today")
"""
RETURNING = """
from palvelumittari.hookspecs import hookimpl

@hookimpl
def palvelumittari_{hook}():
    return {gives}
"""
MISSPELT = """
from palvelumittari.hookspecs import hookimpl

@hookimpl
def palvelumittari_mesures():
    return {}
"""
WRONG_SIGNATURE = """
from palvelumittari.hookspecs import hookimpl

@hookimpl
def palvelumittari_measures(config, *, scale):
    return {}
"""


def test_one_broken_plugin_never_breaks_the_others(make_site: MakeSite) -> None:
    """Among seven plugins that are broken in as many ways the healthy one works, and each of the others is named."""
    site, other = make_site(), make_site("other")
    install_healthy(site)
    site.install("b_import", UNIMPORTABLE, version="0.2")
    site.install("c_raises", RAISING, version="0.3")
    site.install("d_collides", files={"vocabulary.toml": act("zoom")}, version="0.4")
    site.install("e_collides", files={"vocabulary.toml": act("zoom")}, version="0.5")
    site.install("f_misspelt", MISSPELT, version="0.6")
    site.install("g_signature", WRONG_SIGNATURE, version="0.7")
    site.install("h_rubric", files={"rubrics/h.toml": rubric("h_rubric", act="gret")}, version="0.8")
    for place in (site, other):
        place.install("i_twice", version="0.9")
    catalog = load_catalog()
    states = {status.name: status.state.value for status in catalog.plugins}
    failing = ["b_import", "c_raises", "e_collides", "f_misspelt", "g_signature", "h_rubric"]
    assert states == {**dict.fromkeys(failing, "failed"), "d_collides": "ok", "healthy": "ok", "i_twice": "ok"}
    assert catalog.measures["healthy.distance"](None) == 1.0
    assert "healthy/ride" in catalog.rubrics
    for name, letter in zip(failing, "235678", strict=True):
        label = f"{name} (palvelumittari-{name} 0.{letter}, entry point palvelumittari_{name}): failed"
        assert told(catalog.plugin(name)).startswith(label)
    assert set(catalog.versions) == {
        "palvelumittari",
        "palvelumittari-healthy",
        "palvelumittari-d_collides",
        "palvelumittari-i_twice",
    }


def test_a_module_that_is_missing_is_named(site: Site) -> None:
    """Who cannot be imported is told where, why, and what to install."""
    site.install("lame", UNIMPORTABLE)
    status = load_catalog().plugin("lame")
    assert "cannot be imported: ModuleNotFoundError: No module named 'no_such_module'" in told(status)
    assert status.problems[0].place.file == str(site.folder / "palvelumittari_lame" / "__init__.py")
    assert status.problems[0].hint == (
        "it needs the module `no_such_module`: install what brings that, or pip uninstall palvelumittari-lame"
    )


def test_an_entry_point_to_nowhere_is_told_from_a_missing_dependency(site: Site) -> None:
    """Where the plugin's own module is gone, the remedy is to install it again."""
    site.install("gone")
    (site.folder / "palvelumittari_gone" / "__init__.py").unlink()
    (site.folder / "palvelumittari_gone").rmdir()
    assert "pip install --force-reinstall palvelumittari-gone" in told(load_catalog().plugin("gone"))


@pytest.mark.parametrize(
    "code", ["raise SystemExit(3)", "def broken(:", "1 / 0", "import warnings; warnings.warn('x')"]
)
def test_whatever_an_import_raises_is_isolated(site: Site, code: str) -> None:
    """Exits, syntax errors and exceptions at import fail the plugin, not the load."""
    site.install("lame", code)
    assert "cannot be imported" in told(load_catalog().plugin("lame"))


def test_a_hook_that_raises_is_named_with_its_line(site: Site) -> None:
    """The message holds hook, exception and place."""
    site.install("lame", RAISING)
    text = told(load_catalog().plugin("lame"))
    assert "__init__.py:6: the hook `palvelumittari_readers` raised ZeroDivisionError: no rides today" in text
    assert "pip uninstall palvelumittari-lame" in text


def test_a_generator_that_raises_late_is_the_hooks_fault(site: Site) -> None:
    """Iterators are run while loading, so nothing is left to fail later."""
    code = RAISING.replace("palvelumittari_readers", "palvelumittari_rubrics").replace("raise", "yield 1 / 0; raise")
    site.install("lame", code)
    assert "the hook `palvelumittari_rubrics` raised ZeroDivisionError" in told(load_catalog().plugin("lame"))


def test_a_collision_names_both_distributions(site: Site) -> None:
    """Of two plugins that declare the same act the first in order keeps it."""
    site.install("first", files={"vocabulary.toml": act("zoom")})
    site.install("second", files={"vocabulary.toml": act("zoom"), "rubrics/s.toml": rubric("second")})
    catalog = load_catalog()
    text = told(catalog.plugin("second"))
    assert "the act `zoom` is already declared by palvelumittari-first" in text
    assert "palvelumittari-second" in text
    assert catalog.plugin("first").is_ok
    assert "second" not in catalog.rubrics


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("act", {"vocabulary.toml": act("zoom")}),
        ("tag", {"vocabulary.toml": 'schema = 1\n[tag.zoomed]\ntitle = { en = "z" }\n'}),
        ("field", {"vocabulary.toml": 'schema = 1\n[field."setting.zoom"]\ntype = "flag"\ntitle = { en = "z" }\n'}),
        ("reading", {"readings.toml": '[[reading]]\nid = "zoom"\ntitle = { en = "z" }\n'}),
    ],
)
def test_every_kind_of_term_can_collide(site: Site, kind: str, files: dict[str, str]) -> None:
    """Acts, tags, fields and readings belong to whoever declares them first."""
    for name in ("first", "second"):
        site.install(name, files=files)
    text = told(load_catalog().plugin("second"))
    assert f"the {kind} `" in text
    assert "already declared by palvelumittari-first" in text


@pytest.mark.parametrize("hook", ["readers", "writers", "commands"])
def test_formats_and_commands_collide_by_name(site: Site, hook: str) -> None:
    """Names without a plugin's prefix belong to whoever takes them first."""
    gives = '[click.Command("zoom")]' if hook == "commands" else '{"zoom": print}'
    for name in ("first", "second"):
        site.install(name, "import click\n" + RETURNING.format(hook=hook, gives=gives))
    text = told(load_catalog().plugin("second"))
    assert f"the {hook[:-1]} `zoom` of palvelumittari-second is already brought by palvelumittari-first" in text


def test_the_formats_of_the_engine_are_taken(site: Site) -> None:
    """No plugin may read what the engine reads itself."""
    site.install("lame", RETURNING.format(hook="readers", gives='{"json": print}'))
    assert "the reader `json` of palvelumittari-lame is already brought by palvelumittari" in told(
        load_catalog().plugin("lame")
    )


def test_the_core_is_never_redefined(site: Site) -> None:
    """A plugin adds; what the core declares stays as it is."""
    site.install("lame", files={"vocabulary.toml": act("greet")})
    assert "the act `greet` is already declared by palvelumittari" in told(load_catalog().plugin("lame"))


def test_a_collision_with_a_plugin_that_falls_is_none(site: Site) -> None:
    """Once the first of two colliding plugins has fallen for a reason of its own, the second one stands."""
    site.install("first", files={"vocabulary.toml": act("zoom"), "rubrics/f.toml": rubric("first", act="gret")})
    site.install("second", files={"vocabulary.toml": act("zoom")})
    catalog = load_catalog()
    assert {status.name: status.state for status in catalog.plugins} == {"first": "failed", "second": "ok"}
    assert catalog.vocabulary.acts["zoom"].origin == "palvelumittari-second"


def test_an_unknown_hook_suggests_the_nearest(site: Site) -> None:
    """A misspelt hook is an error, marked or not."""
    for name, code in (("marked", MISSPELT), ("plain", MISSPELT.replace("@hookimpl", ""))):
        site.install(name, code)
        text = told(load_catalog().plugin(name))
        assert "there is no hook `palvelumittari_mesures`" in text
        assert "did you mean `palvelumittari_measures`?" in text


def test_a_hook_without_its_mark_is_an_error(site: Site) -> None:
    """A function that nobody would call is told, not passed over."""
    site.install("lame", RAISING.replace("@hookimpl", ""))
    assert "`palvelumittari_readers` is not marked as a hook" in told(load_catalog().plugin("lame"))


@pytest.mark.parametrize("value", ["{}", "hookimpl(type('Odd', (), {'__call__': print})())"])
def test_a_hook_that_is_no_function_is_an_error(site: Site, value: str) -> None:
    """A table, or an object that can be called, in the place of a hook is told, not passed over."""
    code = f"from palvelumittari.hookspecs import hookimpl\npalvelumittari_measures = {value}\n"
    site.install("lame", code)
    assert "`palvelumittari_measures` is not a function" in told(load_catalog().plugin("lame"))


def test_what_is_no_hook_is_left_alone(site: Site) -> None:
    """Submodules, hooks of later versions marked as optional, and parameters that may stay empty are no fault."""
    code = """
from palvelumittari.hookspecs import hookimpl
import palvelumittari_fine.palvelumittari_inner as palvelumittari_inner

@hookimpl(optionalhook=True)
def palvelumittari_of_the_future(anything):
    return 1

@hookimpl
def palvelumittari_measures(*all, scale=1, **more):
    return {}
"""
    site.install("fine", code, files={"palvelumittari_inner.py": ""})
    assert str(load_catalog().plugin("fine")).endswith(": ok")


def test_a_signature_that_asks_for_more_is_shown(site: Site) -> None:
    """The message shows what the hook asks for and how it should look."""
    site.install("lame", WRONG_SIGNATURE)
    assert (
        "`palvelumittari_measures` asks for config, scale, which the hook does not give\n"
        "    found palvelumittari_measures(config, scale); expected palvelumittari_measures()\n"
        "    try: write `def palvelumittari_measures():` and take what it needs from elsewhere"
    ) in told(load_catalog().plugin("lame"))


def test_wrappers_have_nothing_to_wrap(site: Site) -> None:
    """No plugin reaches into what another one gives."""
    site.install("lame", RAISING.replace("@hookimpl", "@hookimpl(wrapper=True)").replace("raise", "yield; raise"))
    assert "`palvelumittari_readers` is a wrapper" in told(load_catalog().plugin("lame"))


def test_a_mark_on_any_other_function_is_told(site: Site) -> None:
    """A marked function must be named like a hook."""
    site.install("lame", MISSPELT.replace("palvelumittari_mesures", "measures"))
    assert "there is no hook `measures`" in told(load_catalog().plugin("lame"))


def test_what_pluggy_refuses_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever our own checks let through, pluggy has the last word."""
    monkeypatch.setattr(asking, "HOOKS", (*asking.HOOKS, "palvelumittari_mesures"))
    site.install("lame", MISSPELT)
    assert "pluggy refuses the plugin: unknown hook 'palvelumittari_mesures'" in told(load_catalog().plugin("lame"))


@pytest.mark.parametrize(
    ("hook", "gives", "found"),
    [
        ("measures", "[]", "list: []"),
        ("measures", '{"distance": 3}', "tuple: ('distance', 3)"),
        ("measures", "{3: print}", "tuple: (3, <built-in function print>)"),
        ("rubrics", '"rubric.toml"', "str: 'rubric.toml'"),
        ("rubrics", "{}", "dict: {}"),
        ("vocabulary", '["words.toml"]', "str: 'words.toml'"),
        ("readings", "3", "int: 3"),
        ("commands", "[print]", "builtin_function_or_method: <built-in function print>"),
    ],
)
def test_results_of_the_wrong_kind_are_shown(site: Site, hook: str, gives: str, found: str) -> None:
    """Plugin, hook, what was found and what was expected stand in the message."""
    code = RETURNING.format(hook=hook, gives=gives)
    site.install("lame", code)
    status = load_catalog().plugin("lame")
    assert f"the hook `palvelumittari_{hook}` returns the wrong kind of thing" in told(status)
    assert status.problems[0].found == found
    assert status.problems[0].expected


@pytest.mark.parametrize("name", ["Distance", "other.distance", "lame.", "a b"])
def test_a_name_that_does_not_fit_is_refused(site: Site, name: str) -> None:
    """Measures are named in lower case, and never with another plugin's prefix."""
    site.install("lame", RETURNING.format(hook="measures", gives=f"{{{name!r}: print}}"))
    assert f"gives the name `{name}`, which does not fit" in told(load_catalog().plugin("lame"))


def test_all_problems_of_all_files_are_told_together(site: Site) -> None:
    """Two bad files with two problems make two problems, each with its place."""
    files = {"rubrics/a.toml": "id = ", "rubrics/b.toml": rubric("lame/b").replace("1.0.0", "one")}
    site.install("lame", files=files)
    status = load_catalog().plugin("lame")
    told(status)
    assert [Path(problem.place.file or "").name for problem in status.problems] == ["a.toml", "b.toml"]


def test_a_vocabulary_and_readings_tell_every_problem(site: Site) -> None:
    """Several files of a kind are all checked, though the first is wrong."""
    code = """
from pathlib import Path
from palvelumittari.hookspecs import hookimpl

@hookimpl
def palvelumittari_vocabulary():
    folder = Path(__file__).parent
    return [folder / "vocabulary.toml", folder / "more.toml"]
"""
    site.install("lame", code, files={"vocabulary.toml": act("greet"), "more.toml": act("thank")})
    status = load_catalog().plugin("lame")
    told(status)
    assert len(status.problems) == 2


def test_a_rubric_must_bear_the_name_of_its_plugin(site: Site) -> None:
    """No plugin brings rubrics in the name of another."""
    site.install("lame", files={"rubrics/a.toml": rubric("taxi/ride")})
    text = told(load_catalog().plugin("lame"))
    assert "the id of the rubric `taxi/ride` does not begin with the name of its plugin" in text
    assert 'write id = "lame/ride"' in text


def test_two_rubrics_of_one_id_are_refused(site: Site) -> None:
    """An id names one rubric, within a plugin too."""
    site.install("lame", files={"rubrics/a.toml": rubric("lame"), "rubrics/b.toml": rubric("lame")})
    assert "the rubric `lame` of palvelumittari-lame is already brought by palvelumittari-lame" in told(
        load_catalog().plugin("lame")
    )


def test_a_rubric_that_rests_on_a_failed_plugin_fails_cleanly(site: Site) -> None:
    """Whoever extends a rubric of a failed plugin is told to mend that one first, so is whoever extends the heir."""
    site.install("base", UNIMPORTABLE)
    site.install("heir", files={"rubrics/h.toml": rubric("heir", extends="base/desk")})
    site.install("grandchild", files={"rubrics/g.toml": rubric("grandchild", extends="heir")})
    catalog = load_catalog()
    text = told(catalog.plugin("heir"))
    assert "the rubric `heir` rests on the plugin base (palvelumittari-base 1.0" in text
    assert "mend `base` first" in text
    assert "mend `heir` first" in told(catalog.plugin("grandchild"))
    assert list(catalog.rubrics) == ["service"]


def test_circles_between_plugins_break_nobody_else(site: Site) -> None:
    """Two rubrics that extend each other fail, and a third one that extends one of them."""
    site.install("left", files={"rubrics/l.toml": rubric("left", extends="right")})
    site.install("right", files={"rubrics/r.toml": rubric("right", extends="left")})
    site.install("third", files={"rubrics/t.toml": rubric("third", extends="left")})
    install_healthy(site)
    catalog = load_catalog()
    assert [status.name for status in catalog.plugins if status.is_ok] == ["healthy"]
    for name in ("left", "right", "third"):
        told(catalog.plugin(name))


def test_two_plugins_of_one_name_are_told_apart(site: Site) -> None:
    """The second of two entry points with the same name fails and names both distributions."""
    site.install("ferry", distribution="a-ferry")
    site.install("ferry", distribution="b-ferry", entry="palvelumittari_other")
    catalog = load_catalog()
    assert [status.state for status in catalog.plugins] == [State.OK, State.FAILED]
    assert "ferry (b-ferry 1.0, entry point palvelumittari_other) has the same name as ferry (a-ferry 1.0" in told(
        catalog.plugins[1]
    )


@pytest.mark.parametrize("name", ["Taxi", "palvelumittari", "two-words"])
def test_not_every_name_can_name_a_plugin(site: Site, name: str) -> None:
    """Names are lower case, and the core's own is taken."""
    site.install(name, entry="palvelumittari_any")
    assert told(load_catalog().plugins[0])


def test_a_distribution_that_is_there_twice_is_told(make_site: MakeSite) -> None:
    """The copy that Python imports is used; a warning says where the other one is and how to be rid of it."""
    behind, front = make_site("behind"), make_site("front")
    behind.install("twin", version="1.0")
    front.install("twin", version="2.0")
    catalog = load_catalog()
    (status,) = catalog.plugins
    assert (status.state, status.version) == (State.OK, "2.0")
    (problem,) = status.problems
    assert problem.severity is Severity.WARNING
    assert "palvelumittari-twin is installed more than once; 2.0 is used" in problem.what
    assert problem.found == f"2.0 in {front.folder} and 1.0 in {behind.folder}"
    assert "pip uninstall palvelumittari-twin" in (problem.hint or "")


def test_an_upgrade_that_left_its_forerunner_behind_counts_as_the_newest(site: Site) -> None:
    """Of two versions in one folder the newer is taken, by numbers and not by letters."""
    for version in ("0.10", "0.9"):
        site.install("twin", version=version)
    (status,) = load_catalog().plugins
    assert (status.version, len(status.problems)) == ("0.10", 1)


def test_a_folder_that_stands_twice_on_the_path_is_no_duplicate(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same copy seen twice is one copy."""
    install_healthy(site)
    monkeypatch.syspath_prepend(f"{site.folder}/.")
    (status,) = load_catalog().plugins
    assert status.problems == ()


def test_damaged_metadata_of_others_breaks_nothing(site: Site) -> None:
    """Without metadata a distribution is called after its module; unreadable entry points are passed over."""
    install_healthy(site)
    site.write("half-1.dist-info/entry_points.txt", "[palvelumittari]\nhalf = palvelumittari_half\n")
    site.write("palvelumittari_half/__init__.py", "")
    site.write("palvelumittari_torn/__init__.py", "")
    site.write("bad-1.dist-info/entry_points.txt", "").write_bytes(b"\xff\xfe[\x00")
    site.write("torn-1.dist-info/entry_points.txt", "[palvelumittari]\ntorn = palvelumittari_torn\n")
    site.write("torn-1.dist-info/METADATA", "").write_bytes(b"Name: \xff\xfe")
    catalog = load_catalog()
    assert catalog.plugin("healthy").is_ok
    assert catalog.plugin("half").label == "half (palvelumittari_half unknown, entry point palvelumittari_half)"
    assert catalog.plugin("torn").is_ok


def test_strict_raises_from_the_original(site: Site) -> None:
    """With strict the problems of every failed plugin are raised together, from the first exception behind them."""
    site.install("b_raises", RAISING)
    site.install("c_rubric", files={"rubrics/c.toml": rubric("c_rubric", act="gret")})
    install_healthy(site)
    with pytest.raises(PluginError) as caught:
        load_catalog(strict=True)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert "plugin b_raises (palvelumittari-b_raises 1.0, entry point palvelumittari_b_raises)" in str(caught.value)
    assert "plugin c_rubric (palvelumittari-c_rubric 1.0, entry point palvelumittari_c_rubric)" in str(caught.value)


def test_strict_has_nothing_against_healthy_plugins(make_site: MakeSite) -> None:
    """Warnings alone raise nothing."""
    for name in ("behind", "front"):
        install_healthy(make_site(name))
    assert load_catalog(strict=True).plugin("healthy").is_ok


# --- what callers hand over -------------------------------------------------------------------------------------


class Corner:
    """A plugin that is an object."""

    @hookimpl
    def palvelumittari_measures(self) -> dict[str, object]:
        return {"corner.tidy": len}


def test_modules_are_plugins_by_name_or_themselves(site: Site) -> None:
    """A module needs no distribution; its name without the prefix is the plugin's."""
    site.write("palvelumittari_local/__init__.py", "")
    site.write("palvelumittari_local/rubrics/l.toml", rubric("local"))
    module = ModuleType("plain_thing")
    catalog = load_catalog(modules=["palvelumittari_local", module])
    assert [(one.name, one.entry_point, one.distribution) for one in catalog.plugins] == [
        ("local", "palvelumittari_local", None),
        ("plain_thing", "plain_thing", None),
    ]
    assert catalog.rubrics["local"].origin == "palvelumittari_local"
    assert list(catalog.versions) == ["palvelumittari"]


def test_a_module_that_is_installed_is_not_loaded_twice(site: Site) -> None:
    """Naming what is there already changes nothing."""
    package = install_healthy(site)
    once = load_catalog(modules=[package, package], plugins=[__import__(package)])
    assert once == load_catalog()


def test_a_module_that_is_not_there_is_told(site: Site) -> None:
    """A misspelt module fails as any plugin does."""
    assert "is it misspelt" in told(load_catalog(modules=["palvelumittari_locl"]).plugins[0])


@pytest.mark.parametrize("plugin", [Corner(), type("Named", (Corner,), {"name": "corner"})()])
def test_objects_are_plugins(plugin: object) -> None:
    """An object is named by its `name`, else after its class."""
    catalog = load_catalog(installed=False, plugins=[plugin])
    assert catalog.plugin("corner").brings == {"measures": ("corner.tidy",)}
    assert catalog.measures["corner.tidy"] is len  # type: ignore[comparison-overlap]  # any function will do here


def test_odd_objects_break_nobody() -> None:
    """A property that raises is no hook; an object that cannot even be looked at fails alone."""

    class Grumpy(Corner):
        @property
        def mood(self) -> str:
            raise RuntimeError("bad")

    class Hidden:
        def __dir__(self) -> list[str]:
            raise RuntimeError("nothing to see")

    catalog = load_catalog(installed=False, plugins=[Hidden(), type("Corner", (Grumpy,), {})()])
    assert "cannot be read: RuntimeError: nothing to see" in told(catalog.plugin("hidden"))
    assert catalog.plugin("corner").is_ok


def test_an_entry_point_may_name_an_object_in_a_module(site: Site) -> None:
    """The object has the hooks, and the package of its module the content."""
    code = """
from palvelumittari.hookspecs import hookimpl

class Plugin:
    @hookimpl
    def palvelumittari_measures(self):
        return {"distance": len}

plugin = Plugin()
"""
    package = site.install("split", code, files={"vocabulary.toml": act("split_up")})
    site.install("split", code, entry=f"{package}:plugin")
    status = load_catalog().plugin("split")
    assert status.entry_point == "palvelumittari_split:plugin"
    assert status.brings == {"acts": ("split_up",), "measures": ("split.distance",)}


def test_a_check_that_stumbles_fails_one_plugin(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even an error of the engine over odd content is held against that content alone."""

    def stumbling(rubric: Any, files: Any, terms: Any) -> list[Problem]:
        if rubric.id == "odd":
            raise IndexError("out of range")
        return []

    site.install("odd", files={"rubrics/o.toml": rubric("odd")})
    install_healthy(site)
    monkeypatch.setattr(stock, "check_rubric", stumbling)
    catalog = load_catalog()
    assert "checking its content raised IndexError" in told(catalog.plugin("odd"))
    assert catalog.plugin("healthy").is_ok


def test_the_core_has_a_version_even_in_a_bare_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an installation the version is not known, and that is said."""

    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(loading, "version", missing)
    assert load_catalog(installed=False).versions["palvelumittari"] == "unknown"


def test_nothing_is_no_plugin() -> None:
    """An object that is None is told, not passed over."""
    assert "names nothing" in told(load_catalog(installed=False, plugins=[None]).plugins[0])


def test_single_rubric_files_join_the_catalog(tmp_path: Path) -> None:
    """A rubric that a caller names is read, checked and there."""
    file = tmp_path / "mine.toml"
    file.write_text(rubric("mine/own"), encoding="utf-8")
    catalog = load_catalog(installed=False, rubric_files=[file])
    assert catalog.rubrics["mine/own"].origin == str(file)


def test_a_single_rubric_takes_the_place_of_a_loaded_one(core: Path, tmp_path: Path) -> None:
    """Whoever works on a copy of a rubric scores with the copy; what rests on it is checked again."""
    (core / "service" / "child.toml").write_text(rubric("child", tail='[override."service/greeting"]\nweight = 3\n'))
    copy = tmp_path / "service.toml"
    text = (core / "service" / "service.toml").read_text(encoding="utf-8")
    copy.write_text(text.replace("weight = 2", "weight = 4"), encoding="utf-8")
    catalog = load_catalog(installed=False, rubric_files=[copy])
    assert catalog.rubrics["service"].origin == str(copy)
    copy.write_text(text.replace("greeting", "welcome"), encoding="utf-8")
    with pytest.raises(RubricError, match="no parent declares `service/greeting`"):
        load_catalog(installed=False, rubric_files=[copy])


def test_wrong_rubric_files_raise_at_once(tmp_path: Path) -> None:
    """What a caller names must be right: every problem of every file is raised."""
    files = [tmp_path / "a.toml", tmp_path / "b.toml"]
    files[0].write_text(rubric("a", act="gret"), encoding="utf-8")
    files[1].write_text(rubric("b", extends="servce"), encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        load_catalog(installed=False, rubric_files=files)
    assert "did you mean `greet`?" in str(caught.value)
    assert "did you mean `service`?" in str(caught.value)


def test_one_rubric_in_two_files_is_an_error(tmp_path: Path) -> None:
    """Two files of the same id cannot both be meant."""
    files = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for file in files:
        file.write_text(rubric("same"), encoding="utf-8")
    with pytest.raises(RubricError, match=r"the rubric `same` stands in .*a\.toml, too"):
        load_catalog(installed=False, rubric_files=files)


def test_a_catalog_knows_its_plugins_by_name() -> None:
    """Asking for a plugin that is not there is a KeyError."""
    catalog: Catalog = load_catalog(installed=False)
    with pytest.raises(KeyError):
        catalog.plugin("taxi")


def test_a_broken_core_is_an_error(core: Path) -> None:
    """Without its own content there is no meter."""
    (core / "service" / "service.toml").write_text(rubric("service", extends="service", act="gret"))
    with pytest.raises(RubricError, match="extends itself"):
        load_catalog(installed=False)


# --- circles, places, what lies beside ----------------------------------------------------------------------------


def test_a_circle_within_a_plugin_is_named_in_full(site: Site) -> None:
    """Over its two files, and not as parents that are wrong."""
    files = {f"rubrics/{name}.toml": rubric(f"ring/{name}", extends=f"ring/{other}") for name, other in ("ab", "ba")}
    site.install("ring", files=files)
    text = told(load_catalog().plugin("ring"))
    assert "the rubric extends itself: ring/a -> ring/b -> ring/a" in text
    assert "whose own parents are wrong" not in text


def test_a_circle_over_two_plugins_is_named_in_full(site: Site) -> None:
    """At both of them, without sending the reader from one to the other; a bystander has its own failure told."""
    site.install("left", files={"rubrics/l.toml": rubric("left", extends="right")})
    site.install("right", files={"rubrics/r.toml": rubric("right", extends="left")})
    site.install("heir", files={"rubrics/h.toml": rubric("heir", extends="left")})
    catalog = load_catalog()
    for name, circle in (("left", "left -> right -> left"), ("right", "right -> left -> right")):
        (problem,) = catalog.plugin(name).problems
        assert problem.what == f"the rubric extends itself: {circle}"
        assert problem.place.line == 5
    assert "which failed" in told(catalog.plugin("heir"))


def test_a_circle_over_two_rubric_files_is_named_in_full(tmp_path: Path) -> None:
    """Both ways round."""
    paths = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for path, (name, other) in zip(paths, ("ab", "ba"), strict=True):
        path.write_text(rubric(name, extends=other), "utf-8")
    with pytest.raises(RubricError) as caught:
        load_catalog(installed=False, rubric_files=paths)
    assert [problem.what for problem in caught.value.problems] == [
        "the rubric extends itself: a -> b -> a",
        "the rubric extends itself: b -> a -> b",
    ]


def test_a_module_that_nobody_has_gets_no_place(site: Site) -> None:
    """Neither the inside of Python nor ours is where anybody could mend it."""
    site.install("gone")
    (site.folder / "palvelumittari_gone" / "__init__.py").unlink()
    (site.folder / "palvelumittari_gone").rmdir()
    for catalog in (load_catalog(), load_catalog(installed=False, modules=["plain_nowhere"])):
        (status,) = catalog.plugins
        assert status.problems[0].place == Place()


def test_text_is_a_format_of_the_engine(site: Site) -> None:
    """No plugin can write it, for nobody could ask for it."""
    site.install("lame", RETURNING.format(hook="writers", gives='{"text": print}'))
    assert "the writer `text` of palvelumittari-lame is already brought by palvelumittari" in told(
        load_catalog().plugin("lame")
    )


def test_the_owner_of_a_thing_is_named(site: Site) -> None:
    """As messages call the plugin; the core for what is its own."""
    site.install("scribe", RETURNING.format(hook="writers", gives='{"scores": print}'))
    catalog = load_catalog()
    label = "scribe (palvelumittari-scribe 1.0, entry point palvelumittari_scribe)"
    assert (catalog.owner("writers", "scores"), catalog.owner("writers", "json")) == (label, "palvelumittari")


def test_what_lies_beside_rubric_files_is_taken_along_once(tmp_path: Path) -> None:
    """Two files in two folders share what lies above, and have readings of their own."""
    (tmp_path / "vocabulary.toml").write_text(act("open_door"), "utf-8")
    paths = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        reading = f'[[reading]]\nid = "thirst_{name}"\ntitle = {{ en = "Thirst" }}\n'
        (folder / "readings.toml").write_text(
            f"{reading}cues = [{{ on = 'customer.open_door', add = 0.1 }}]\n", "utf-8"
        )
        (folder / "rubric.toml").write_text(
            rubric(name, act="open_door", tail=f'when = "ever(thirst_{name} > 0.5)"\n'),
            "utf-8",
        )
        paths.append(folder / "rubric.toml")
    catalog = load_catalog(installed=False, rubric_files=paths)
    assert "open_door" in catalog.vocabulary.acts
    assert {"thirst_one", "thirst_two"} <= set(catalog.terms.readings)


def test_a_wrong_vocabulary_beside_a_rubric_is_told(tmp_path: Path) -> None:
    """In its own place."""
    (tmp_path / "vocabulary.toml").write_text(act("greet"), "utf-8")
    (tmp_path / "a.toml").write_text(rubric("a"), "utf-8")
    with pytest.raises(RubricError, match=r"vocabulary\.toml:3.*the act `greet` is already declared by palvelumittari"):
        load_catalog(installed=False, rubric_files=[tmp_path / "a.toml"])


def test_the_author_of_a_loaded_plugin_may_name_its_rubric_file(site: Site) -> None:
    """The vocabulary beside it is that which is loaded, and does not collide with itself."""
    install_healthy(site)
    package = site.folder / "palvelumittari_healthy"
    catalog = load_catalog(rubric_files=[package / "rubrics" / "ride.toml"])
    assert catalog.vocabulary.acts["open_door"].origin == "palvelumittari-healthy"
