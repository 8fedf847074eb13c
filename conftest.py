"""For all tests: what they share, and that machines are shared and noisy, so no property test has a deadline."""

from hypothesis import settings

pytest_plugins = ["pytester", "palvelumittari.testing.pytest_plugin"]
# Here, not among the options: what an option names is imported before coverage is measured.

collect_ignore_glob = ["plugins/*/src/*/cases"]
"""The cases of the plugins come out in tests/acceptance/test_rows.py, all plugins together, and in each contract."""

settings.register_profile("patient", parent=settings(), deadline=None)
settings.load_profile("patient")

settings.register_profile("brief", parent=settings.get_profile("patient"), max_examples=15)
"""For a further interpreter, where the question is whether anything breaks at all: `--hypothesis-profile=brief`."""
