"""`scaffold`: what is made is in order and proves itself; what cannot be made leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

import palvelumittari as pm
from palvelumittari.authoring.packs import PackMeters
from palvelumittari.authoring.scaffold import Made, new_plugin, new_rubric, rendering
from palvelumittari.authoring.scaffold.writing import write_folder
from palvelumittari.authoring.trying import Tried, case_files, try_case
from palvelumittari.plugins import Catalog, load_catalog
from palvelumittari.records.encounter import Actor, Event

Make = Callable[..., Made]

AWKWARD = (
    'Bar "Löyly"',
    r"C:\new\table",
    "{braces} }{ {{x}}",
    "$name ${sector} $$ $",
    "'''quotes\"\"\"",
    "# no remark",
    "%s & <b>*bold*</b> `code`",
    "漢字 🎣",
    "=]",
)


@pytest.fixture(scope="module")
def bare() -> Catalog:
    """The core alone, whatever is installed."""
    return load_catalog(installed=False)


@pytest.fixture
def rubric(tmp_path: Path, bare: Catalog) -> Make:
    """Makes rubrics in the test's folder: `rubric("hotel", title="…")`."""
    return lambda name="hotel", **options: new_rubric(name, into=tmp_path, catalog=bare, **options)


@pytest.fixture
def plugin(tmp_path: Path, bare: Catalog, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes plugins in the test's folder that can be imported: `plugin("hotel")`."""

    def make(name: str = "hotel", **options: Any) -> Made:
        made = new_plugin(name, into=tmp_path, catalog=bare, **options)
        monkeypatch.syspath_prepend(str(made.folder / "src"))
        return made

    yield make
    for module in [name for name in sys.modules if name.startswith(("palvelumittari_hotel", "palvelumittari_night"))]:
        del sys.modules[module]


@pytest.fixture(params=["rubric", "plugin"])
def either(request: pytest.FixtureRequest) -> Make:
    """Makes rubrics, and then plugins: what is tested holds for both."""
    made: Make = request.getfixturevalue(request.param)
    return made


def tried(made: Made, plugins: tuple[str, ...] = ()) -> list[Tried]:
    """The cases of what was made, each judged by the rubric beside it."""
    meters = PackMeters(
        pm.Meter(plugins, installed=False, strict=True), lambda pack: pm.Meter(rubrics=pack, installed=False)
    )
    return [try_case(meters.meter_for(file), file) for file in case_files(meters.common, [made.folder])]


def toml_files(made: Made) -> dict[str, dict[str, Any]]:
    """Every TOML file of what was made, read."""
    files = [file for file in made.files if file.suffix == ".toml"]
    return {str(file): tomllib.loads((made.folder / file).read_text("utf-8")) for file in files}


def texts_in(data: Any) -> Iterator[dict[str, str]]:
    """Every text in several languages that stands anywhere in some data."""
    if isinstance(data, dict):
        if "en" in data:
            yield data
        for key, value in data.items():
            yield from texts_in(value) if key != "note" else ()
    elif isinstance(data, list):
        for item in data:
            yield from texts_in(item)


def left_in(folder: Path) -> list[str]:
    """What lies in a folder, hidden things included."""
    return sorted(path.name for path in folder.iterdir())


# --- what is made -------------------------------------------------------------------------------------------------


def test_a_rubric_is_a_folder_with_rubric_cases_readme_and_schemas(rubric: Make, tmp_path: Path) -> None:
    """Everything that lies there was said, and everything that was said lies there."""
    made = rubric()
    assert made.folder == tmp_path / "hotel"
    lying = sorted(file.relative_to(made.folder).as_posix() for file in made.folder.rglob("*") if file.is_file())
    assert lying == sorted(map(str, made.files))
    assert {"hotel.toml", "README.md", "schema/rubric.schema.json", "cases/help-unwanted.case.toml"} <= set(lying)
    assert left_in(tmp_path) == ["hotel"]


def test_a_plugin_is_a_distribution(plugin: Make, tmp_path: Path) -> None:
    """The name of the plugin stands where pip, palvelumittari and pytest look for it."""
    made = plugin("night_bus")
    project = toml_files(made)["pyproject.toml"]
    assert made.folder == tmp_path / "palvelumittari-night-bus"
    assert project["project"]["name"] == "palvelumittari-night-bus"
    assert project["project"]["entry-points"]["palvelumittari"] == {"night_bus": "palvelumittari_night_bus"}
    assert project["project"]["optional-dependencies"]["test"] == ["palvelumittari[test]"]
    package = made.folder / "src" / "palvelumittari_night_bus"
    assert [(package / name).is_file() for name in ("__init__.py", "py.typed", "rubrics/night_bus.toml")] == [True] * 3


def test_all_cases_of_a_rubric_pass(rubric: Make) -> None:
    """They are judged by the new rubric and get what they expect, in outcomes of every kind."""
    found = tried(rubric())
    assert [each.case.id for each in found if each.differences] == []
    assert {rubric.id for each in found for rubric in each.verdict.rubrics} == {"hotel"}
    expected = {str(outcome) for each in found for outcome in each.case.expect.outcomes.values()}
    assert expected == {"met", "missed", "excused", "not_applicable"}


def test_all_cases_of_a_plugin_pass(plugin: Make) -> None:
    """They are judged by the plugin's rubric and get what they expect."""
    made = plugin()
    found = tried(made, ("palvelumittari_hotel",))
    assert [each.case.id for each in found if each.differences] == []
    assert {rubric.id for each in found for rubric in each.verdict.rubrics} == {"hotel"}
    assert len(found) == 6


@pytest.mark.parametrize("kind", ["rubric", "plugin"])
def test_contrasts_show_the_same_act_with_another_verdict(kind: str, request: pytest.FixtureRequest) -> None:
    """Staff do the same in both cases of a pair; only what the customer shows, or the place, differs."""
    made = request.getfixturevalue(kind)()
    cases = {each.case.id: each for each in tried(made, ("palvelumittari_hotel",) if kind == "plugin" else ())}
    pairs = [(each, cases[each.case.contrast]) for each in cases.values() if each.case.contrast]
    assert pairs
    for one, other in pairs:
        assert one.verdict.band is not other.verdict.band
        acts = [acts_of_staff(each.case.encounter.events) for each in (one, other)]
        assert set(acts[0]) & set(acts[1])


def acts_of_staff(events: tuple[Event, ...]) -> list[str]:
    """What staff did, in order."""
    return [event.act for event in events if event.by in (Actor.SERVER, Actor.COLLEAGUE)]


def test_every_text_comes_in_three_languages(either: Make) -> None:
    """Titles and advice alike."""
    found = [text for data in toml_files(either()).values() for text in texts_in(data)]
    assert len(found) > 10
    assert [text for text in found if not {"en", "fi", "sv"} <= text.keys()] == []


def test_every_toml_file_of_ours_names_the_schema_that_lies_there(either: Make) -> None:
    """The path on the first line leads from the file to its schema, for the editor to find."""
    made = either("hotel")
    ours = [made.folder / file for file in made.files if file.suffix == ".toml" and file.name != "pyproject.toml"]
    for file in ours:
        mark, _, path = file.read_text("utf-8").partition("\n")[0].partition(" ")
        assert mark == "#:schema"
        assert (file.parent / path).resolve().is_relative_to(made.folder.resolve() / "schema")
        assert (file.parent / path).is_file()


def test_every_toml_file_of_ours_is_what_its_schema_says(either: Make) -> None:
    """An editor that follows the schemas underlines nothing."""
    jsonschema = pytest.importorskip("jsonschema")
    made = either()
    for name, data in toml_files(made).items():
        if name != "pyproject.toml":
            file = made.folder / name
            schema = file.parent / file.read_text("utf-8").partition("\n")[0].removeprefix("#:schema ")
            jsonschema.validate(data, json_in(schema))


def json_in(file: Path) -> Any:
    """A JSON file, read."""

    return json.loads(file.read_text("utf-8"))


def test_a_name_with_a_slash_names_folder_and_file_by_all_its_words(rubric: Make) -> None:
    """The sector is the first word, the title all of them."""
    made = rubric("hotel/late_desk")
    head = toml_files(made)["hotel_late_desk.toml"]
    assert made.folder.name == "hotel_late_desk"
    assert (head["id"], head["sectors"], head["title"]["en"]) == ("hotel/late_desk", ["hotel"], "Hotel late desk")
    assert not [each.case.id for each in tried(made) if each.differences]


def test_the_sector_may_be_another_than_the_name(either: Make) -> None:
    """The rubric serves it, and the cases happen in it."""
    made = either("hotel", sector="hotel.spa")
    found = toml_files(made)
    rubric = next(data for data in found.values() if "sectors" in data)
    assert rubric["sectors"] == ["hotel.spa"]
    assert {data["encounter"]["sector"] for data in found.values() if "encounter" in data} == {"hotel.spa"}


@pytest.mark.parametrize("title", AWKWARD)
def test_an_awkward_title_comes_back_verbatim(title: str, either: Make) -> None:
    """Whatever signs it holds, the files can be read and the title is the one that was given."""
    made = either(title=title)
    found = toml_files(made)
    rubric = next(data for data in found.values() if "sectors" in data)
    assert set(rubric["title"].values()) == {title}
    for project in (data["project"] for data in found.values() if "project" in data):
        assert project["description"] == f"Judges the service at {title}: a plugin of palvelumittari"
    for file in (made.folder / file for file in made.files if file.suffix == ".py"):
        compile(file.read_text("utf-8"), str(file), "exec")


def test_nothing_of_the_templates_is_left(either: Make) -> None:
    """No name that was to be filled in stands anywhere, in files or in their names."""
    made = either()
    assert not [file for file in made.files if "NAME" in str(file) or file.suffix == ".tmpl"]
    texts = {file: (made.folder / file).read_text("utf-8") for file in made.files if file.suffix != ".json"}
    assert [file for file, text in texts.items() if "$" in text] == []


def test_the_new_folder_can_be_read_by_whoever_may_read_its_neighbours(rubric: Make, tmp_path: Path) -> None:
    """It is no private folder, as temporary ones are."""
    (tmp_path / "neighbour").mkdir()
    assert rubric().folder.stat().st_mode == (tmp_path / "neighbour").stat().st_mode


def test_without_a_catalog_the_installed_plugins_count(tmp_path: Path) -> None:
    """The door for Python needs a name and no more."""
    made = new_rubric("lighthouse_of_tests", into=str(tmp_path))
    assert made.folder == tmp_path / "lighthouse_of_tests"


def test_a_new_plugin_keeps_the_contract(plugin: Make) -> None:
    """Its own test of that passes, called in this process."""
    made = plugin()
    path = made.folder / "tests" / "test_contract.py"
    found: dict[str, Any] = {}
    exec(compile(path.read_text("utf-8"), str(path), "exec"), found)
    found["test_the_plugin_keeps_the_contract"]()


def test_cases_and_measures_of_a_new_plugin_pass_as_it_stands(plugin: Make) -> None:
    """By the settings in its pyproject, without being installed; the contract, which takes longer, is left out here."""
    made = plugin()
    left_out = f"--ignore={made.folder / 'tests' / 'test_contract.py'}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", left_out, str(made.folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=made.folder.parent
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "15 passed" in done.stdout  # 6 cases and 9 tests of the measure


# --- what is refused ----------------------------------------------------------------------------------------------

_LETTERS = "lower-case letters a to z and digits, words joined by _"
_AS_RUBRIC = f"    expected {_LETTERS}, as in hotel, night_bus or hotel/desk"
_AS_PLUGIN = f"    expected {_LETTERS}, as in hotel or night_bus"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("hotelli-ä", "did you mean `hotelli_a`?"),
        ("Hotel", "did you mean `hotel`?"),
        ("hotel ", "did you mean `hotel`?"),
        ("Hotelli Åbo/Tiski 1", "did you mean `hotelli_abo/tiski_1`?"),
        ("../hotel", "did you mean `hotel`?"),
        ("hotel//desk", "did you mean `hotel/desk`?"),
        ("_hotel_", "did you mean `hotel`?"),
        ("7 sisters", "begin with a letter from a to z, and so after each /"),
        ("漢", "begin with a letter from a to z, and so after each /"),
        ("", "begin with a letter from a to z, and so after each /"),
    ],
)
def test_a_name_that_no_rubric_can_have_gets_a_suggestion(name: str, hint: str, rubric: Make, tmp_path: Path) -> None:
    """The nearest name that fits; and nothing is written."""
    with pytest.raises(pm.RubricError) as caught:
        rubric(name, title="Hotel")
    assert str(caught.value) == f"{name!r} cannot name a rubric\n{_AS_RUBRIC}\n    try: {hint}"
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("hotel/desk", "did you mean `hotel_desk`?"),
        ("hotel-desk", "did you mean `hotel_desk`?"),
        ("42", "begin with a letter from a to z"),
    ],
)
def test_a_name_that_no_plugin_can_have_gets_a_suggestion(name: str, hint: str, plugin: Make) -> None:
    """A plugin's name has no slash, for it names a module, too."""
    with pytest.raises(pm.PluginError) as caught:
        plugin(name)
    assert str(caught.value) == f"{name!r} cannot name a plugin\n{_AS_PLUGIN}\n    try: {hint}"


@pytest.mark.parametrize("name", ["vocabulary", "readings"])
def test_a_name_of_a_file_of_ours_is_reserved(name: str, rubric: Make) -> None:
    """`vocabulary.toml` beside the cases would be taken for the vocabulary."""
    with pytest.raises(pm.RubricError) as caught:
        rubric(name)
    assert str(caught.value) == (
        f"the name `{name}` is reserved: palvelumittari calls a file of its own {name}.toml\n"
        f"    try: choose another name, such as {name}_desk"
    )


def test_the_name_of_a_rubric_is_taken(rubric: Make) -> None:
    """Also its sector is; but that is not said, for it follows from the name."""
    with pytest.raises(pm.RubricError) as caught:
        rubric("salon")
    assert str(caught.value) == "the name `salon` is taken by a rubric of palvelumittari\n    try: choose another name"


def test_the_name_of_a_plugin_is_taken(plugin: Make, tmp_path: Path) -> None:
    """Once a plugin is loaded, neither a rubric nor a plugin can be called like it."""
    plugin()
    catalog = load_catalog(installed=False, modules=["palvelumittari_hotel"])
    said = "the name `hotel` is taken by the plugin hotel (palvelumittari_hotel)\n    try: choose another name"
    for make, family in ((new_rubric, pm.RubricError), (new_plugin, pm.PluginError)):
        with pytest.raises(family) as caught:
            make("hotel", into=tmp_path, catalog=catalog)
        assert str(caught.value) == said


def test_the_name_of_the_core_is_taken(plugin: Make) -> None:
    """No plugin may be called palvelumittari."""
    with pytest.raises(pm.PluginError, match="the name `palvelumittari` is taken by the core"):
        plugin("palvelumittari")


@pytest.mark.parametrize(
    ("name", "sector", "part"),
    [("barber", "salon", "salon.barber"), ("salon/desk", None, "salon.desk"), ("hair/salon", "salon", "salon.own")],
)
def test_a_sector_that_is_served_is_refused(name: str, sector: str | None, part: str, rubric: Make) -> None:
    """Two rubrics for one sector are an error when scoring; a part of it is free, as the remedy says."""
    with pytest.raises(pm.RubricError) as caught:
        rubric(name, sector=sector)
    assert str(caught.value) == (
        "the sector `salon` is served by the rubric `salon` of palvelumittari already\n"
        f"    try: serve another sector, or a part of this one, such as --sector {part}"
    )
    rubric(name, sector=part)


def test_everything_that_is_wrong_is_told_at_once(rubric: Make, tmp_path: Path) -> None:
    """Name, sector and title, in this order."""
    with pytest.raises(pm.RubricError) as caught:
        rubric("Inn", sector="X-Y", title="two\nlines")
    assert [problem.what for problem in caught.value.problems] == [
        "'Inn' cannot name a rubric",
        "'X-Y' cannot name a sector",
        "the title is not one line of text",
    ]
    assert caught.value.problems[1].hint == "did you mean `x_y`?"
    assert caught.value.problems[2].found == r"'two\nlines'"
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("title", ["", "  "])
def test_an_empty_title_is_refused(title: str, rubric: Make) -> None:
    """People must be able to call it something."""
    with pytest.raises(pm.RubricError) as caught:
        rubric(title=title)
    hint = "say what people call the place, such as --title Hotel"
    assert str(caught.value) == f"the title is empty\n    try: {hint}"


# --- what stays as it was -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_already_is_not_touched(kind: str, rubric: Make, tmp_path: Path) -> None:
    """Be it an empty folder, a file, or a link that leads nowhere."""
    target = tmp_path / "hotel"
    {"folder": target.mkdir, "file": target.touch, "link": lambda: target.symlink_to("nowhere")}[kind]()
    before = target.lstat()
    with pytest.raises(pm.RubricError) as caught:
        rubric()
    assert str(caught.value) == (
        f"{target}: this is there already, and was not touched\n"
        "    try: choose another name, or another place: --into FOLDER"
    )
    after = target.lstat()
    assert (after.st_mtime_ns, after.st_ino, after.st_mode) == (before.st_mtime_ns, before.st_ino, before.st_mode)
    assert left_in(tmp_path) == ["hotel"]


def test_the_folder_for_it_must_be_there(bare: Catalog, tmp_path: Path) -> None:
    """A misspelt place is not made."""
    with pytest.raises(pm.RubricError) as caught:
        new_rubric("hotel", into=tmp_path / "drafst", catalog=bare)
    said = f"{tmp_path / 'drafst'}: there is no such folder\n    try: make it first, or leave out --into"
    assert str(caught.value) == said
    assert left_in(tmp_path) == []


def test_a_template_that_fails_in_the_middle_leaves_nothing(
    either: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that nobody fills in stops everything before the first file is written."""
    number, real = count(), rendering.filled_in
    broken = "title = $no_such_name"
    monkeypatch.setattr(
        rendering, "filled_in", lambda text, values: real(broken if next(number) == 3 else text, values)
    )
    with pytest.raises(KeyError, match="no_such_name"):
        either()
    assert left_in(tmp_path) == []


def test_a_disk_that_is_full_in_the_middle_leaves_nothing(
    rubric: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written already goes away again, and the message says so."""
    number, real = count(), Path.write_text

    def write(path: Path, *arguments: Any, **options: Any) -> int:
        if next(number) == 4:
            raise OSError(28, "No space left on device")
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", write)
    with pytest.raises(pm.RubricError) as caught:
        rubric()
    assert str(caught.value) == (
        f"{tmp_path / 'hotel'}: the folder cannot be made, and nothing was written: No space left on device\n"
        "    try: choose a place in which you may write: --into FOLDER"
    )
    assert left_in(tmp_path) == []


def test_a_place_in_which_one_may_not_write_is_told(
    plugin: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an error of ours, with the remedy."""

    def refuse(path: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(pm.PluginError, match="nothing was written: Permission denied"):
        plugin()
    assert left_in(tmp_path) == []


def test_what_appears_in_the_meantime_is_not_replaced(tmp_path: Path) -> None:
    """An empty folder of that name would vanish under the new one; instead the new one does."""
    (tmp_path / "hotel").mkdir()
    with pytest.raises(FileExistsError, match="is there already"):
        write_folder(tmp_path / "hotel", {PurePosixPath("a/b.txt"): "text"})
    assert left_in(tmp_path) == ["hotel"]
    assert left_in(tmp_path / "hotel") == []
