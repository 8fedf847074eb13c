"""The contract of a plugin: what must hold of it, whoever wrote it."""
