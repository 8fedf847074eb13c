"""What the tests of the pages share."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `page` on each page, one by one."""
    if "page" in metafunc.fixturenames:
        pages = sorted(PAGES.glob("*.md"))
        metafunc.parametrize("page", pages, ids=[page.stem for page in pages])


@pytest.fixture(scope="session")
def examples() -> ModuleType:
    """The module `docs/examples.py`, which is no part of any package."""
    name = "palvelumittari_docs_examples"
    spec = importlib.util.spec_from_file_location(name, PAGES / "examples.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module
