"""Sphinx configuration: Markdown pages, an API reference from docstrings, examples that are run.

Examples in the pages stand in ``{doctest}`` or ``{testcode}`` blocks and are run by ``make docs``; those in
docstrings are run by pytest, which gives them the names of their module. Sessions at the command line are run by
pytest, too: see ``examples.py``.
"""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # examples, vocabulary_tables

project = "palvelumittari"
author = "the palvelumittari authors"
copyright = f"2026, {author}"
release = installed_version("palvelumittari")
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
    "vocabulary_tables",
]
exclude_patterns = ["_build"]
nitpicky = False
default_role = "code"  # docstrings say `load`, as Markdown does

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "description"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_numpy_docstring = False
doctest_test_doctest_blocks = ""  # docstrings are pytest's business, see above
doctest_global_setup = "from examples import files_shown"  # `with` all files of a page in the working folder

html_theme = "furo"
html_title = f"palvelumittari {release}"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
