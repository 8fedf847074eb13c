"""Emitters: the source of each part of a rubric, one module for each measure."""
