"""The records: what an encounter, a vocabulary, a rubric and a verdict are. Data without behaviour."""
