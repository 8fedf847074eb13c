"""Rubrics as tables for spreadsheets: written from a rubric, and read back with every problem told by its cell."""

from palvelumittari.authoring.tables.importing import Imported, import_table
from palvelumittari.authoring.tables.writing import rubric_table

__all__ = ["Imported", "import_table", "rubric_table"]
