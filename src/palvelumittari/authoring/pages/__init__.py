"""Rubrics as pages that a person can read aloud: what a page says, and how Markdown shows it."""

from palvelumittari.authoring.pages.making import rubric_page
from palvelumittari.authoring.pages.markdown import page_in_markdown
from palvelumittari.authoring.pages.model import Note, Part, Tone

__all__ = ["Note", "Part", "Tone", "page_in_markdown", "rubric_page"]
