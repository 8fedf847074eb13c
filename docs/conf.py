"""Sphinx configuration: Markdown pages, an API reference from docstrings, examples that are run.

Examples in the pages stand in ``{doctest}`` or ``{testcode}`` blocks and are run by ``make docs``; those in
docstrings are run by pytest, which gives them the names of their module.
"""

from importlib.metadata import version as installed_version

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
]
exclude_patterns = ["_build"]
nitpicky = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_numpy_docstring = False
doctest_test_doctest_blocks = ""  # docstrings are pytest's business, see above

html_theme = "furo"
html_title = f"palvelumittari {release}"
