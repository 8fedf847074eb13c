"""Pages in Markdown, read back by a parser of CommonMark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from palvelumittari.authoring.pages import Note, Part, page_in_markdown
from palvelumittari.authoring.pages.markdown import escaped

ASKED = Note("Did it?", notes=(Note("x", "act"),))
PAGE = Part(
    title="Service | *here*",
    name="service 1.0.0",
    notes=(Note("What it is for."), Note("everything", "For")),
    parts=(
        Part(
            title="Criteria",
            parts=(
                Part(title="1. Greeting", name="service/greeting", notes=(Note("Did it?", notes=(Note("x", "act"),)),)),
            ),
        ),
        Part(title="Nothing"),
    ),
)
MARKDOWN = """\
# Service \\| \\*here\\* `service 1.0.0`

- What it is for.
- **For:** everything

## Criteria

### 1\\. Greeting `service/greeting`

- Did it?
  - **act:** x

## Nothing
"""
HARD = (
    *("<b>&amp;</b>", "{doc}`x`", "![a](b)", "(x)=", "% no", "+++", "1) a", "- a", "# a", "a  \n b", "$x$", "~~a~~"),
    *("http://a_b_", "***", "==="),
)
ITEM = ("bullet_list", "list_item", "paragraph")


def plain(markdown: str) -> str:
    """The text that a reader sees, whatever stands around it; nothing but text may be there."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    kinds = [token.type for token in tokens]
    assert kinds == [*(f"{each}_open" for each in ITEM), "inline", *(f"{each}_close" for each in reversed(ITEM))]
    inner = tokens[3].children or []
    assert {token.type for token in inner} <= {"text", "text_special"}
    return "".join(token.content for token in inner)


def test_a_page_has_headings_and_lists() -> None:
    """The ids as code, labels in bold, what belongs together nested."""
    assert page_in_markdown(PAGE) == MARKDOWN


@pytest.mark.parametrize("text", HARD)
def test_what_means_something_to_markdown_is_shown_as_it_is(text: str) -> None:
    """Tables, tags, entities, roles of Sphinx, lists."""
    assert plain(f"- {escaped(text)}") == " ".join(text.split())


PRINTED = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]))
MARKS = st.text("#*_<>&;a1.)-+=|`[]{}!~\\ ")


@given((PRINTED | MARKS).filter(str.strip))
def test_no_text_breaks_a_page(text: str) -> None:
    """Whatever a rubric is called."""
    assert plain(f"- {escaped(text)}") == " ".join(text.split())


def test_inside_a_line_less_is_escaped() -> None:
    """A number begins no list there."""
    assert escaped("2. a", is_start=False) == "2. a"
    assert escaped("2. a") == "2\\. a"
