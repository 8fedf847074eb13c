"""Records as text to read, one module for each larger record."""
