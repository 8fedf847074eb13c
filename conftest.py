"""For all tests: machines are shared and noisy, so no property test has a deadline."""

from hypothesis import settings

settings.register_profile("patient", parent=settings(), deadline=None)
settings.load_profile("patient")
