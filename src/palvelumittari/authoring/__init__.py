"""What the author of a rubric needs: cases tried, coverage, differences, tables, schemas and templates."""
