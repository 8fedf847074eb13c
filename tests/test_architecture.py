"""The rules of the architecture that import-linter cannot state: what stands between core and plugins.

The floors inside the core are in pyproject.toml, under ``[tool.importlinter]``.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = ROOT / "src" / "palvelumittari"
PLUGIN_PACKAGES = sorted(path.parent for path in ROOT.glob("plugins/*/src/*/__init__.py"))
PLUGIN_MODULES = sorted(module for package in PLUGIN_PACKAGES for module in package.rglob("*.py"))
CORE_MODULES = sorted(CORE.rglob("*.py"))
DOORS = {"palvelumittari", "palvelumittari.testing"}
"""What a plugin may import of the core: the public names, and the tools for its tests."""


def path_id(path: Path) -> str:
    """Name a module in pytest's output by its place in the repository."""
    return path.relative_to(ROOT).as_posix()


def imported_modules(source: str) -> set[str]:
    """Return the modules that `source` imports by absolute names, a submodule after ``from`` among them."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
            found |= {name for alias in node.names if is_core_module(name := f"{node.module}.{alias.name}")}
    return found


def is_core_module(name: str) -> bool:
    """Answer whether `name` is a module or a package of the core."""
    place = (ROOT / "src").joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or place.is_dir()


def past_the_door(source: str, own_package: str) -> set[str]:
    """Return what `source` imports of the project that is neither a door of the core nor its own package."""
    return {
        module
        for module in imported_modules(source) - DOORS
        if module.startswith("palvelumittari") and module.split(".")[0] != own_package
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import palvelumittari", set()),
        ("from palvelumittari import hookimpl, testing", set()),
        ("from palvelumittari.testing import anything", set()),
        ("from palvelumittari_taxi import distance\nfrom . import distance", set()),
        ("import palvelumittari.words", {"palvelumittari.words"}),
        ("from palvelumittari import words", {"palvelumittari.words"}),
        ("def late():\n    from palvelumittari.words.errors import X", {"palvelumittari.words.errors"}),
        ("import palvelumittari_bar", {"palvelumittari_bar"}),
    ],
)
def test_the_guard_sees_every_way_past_the_door(source: str, expected: set[str]) -> None:
    """Each form of import is judged as it should be, so that the next test proves something."""
    assert past_the_door(source, own_package="palvelumittari_taxi") == expected


@pytest.mark.parametrize("module", PLUGIN_MODULES, ids=path_id)
def test_a_shipped_plugin_uses_the_public_door_only(module: Path) -> None:
    """The shipped sectors import what any other plugin may import."""
    own_package = module.relative_to(ROOT).parts[3]
    assert past_the_door(module.read_text(encoding="utf-8"), own_package) == set()


@pytest.mark.parametrize("module", CORE_MODULES, ids=path_id)
def test_the_core_names_no_sector_plugin(module: Path) -> None:
    """No sector lives in the engine: its modules do not so much as mention a sector's package."""
    source = module.read_text(encoding="utf-8")
    assert [package.name for package in PLUGIN_PACKAGES if package.name in source] == []


def test_all_four_shipped_plugins_are_looked_at() -> None:
    """The guards above look at the plugins that the repository ships, not at an empty list."""
    assert {package.name for package in PLUGIN_PACKAGES} >= {
        "palvelumittari_bar",
        "palvelumittari_library_desk",
        "palvelumittari_retail",
        "palvelumittari_taxi",
    }
